package app

import (
	"context"
	"slices"

	"baimi/domain"
	"baimi/domain/calendar"
)

// NameStore is what names are read from.
type NameStore interface {
	Rooms(ctx context.Context, county domain.County, f domain.RoomFilter) ([]domain.Room, error)
	Names(ctx context.Context, people []domain.PersonID, orgs []domain.OrgID, area string, on calendar.Date) (domain.Names, error)
}

// Names are what a page shows instead of numbers.
type Names = domain.Names

// NameBook reads the names an answer needs, in one round trip.
type NameBook struct {
	store NameStore
	clock Clock
}

// NewNameBook makes the book.
func NewNameBook(store NameStore, clock Clock) *NameBook {
	return &NameBook{store: store, clock: clock}
}

// OfCase reads the names that one case shows.
func (u *NameBook) OfCase(ctx context.Context, c *domain.Case) (Names, error) {
	people := append([]domain.PersonID{c.RegisteredBy}, c.Mediators...)
	if c.ClosedBy != nil {
		people = append(people, *c.ClosedBy)
	}
	if c.Presiding != nil {
		people = append(people, *c.Presiding)
	}
	for _, x := range c.Attachments {
		people = append(people, x.AddedBy)
		if x.WithdrawnBy != nil {
			people = append(people, *x.WithdrawnBy)
		}
	}
	for _, x := range c.Urgings {
		people = append(people, x.UrgedBy)
	}
	for _, f := range c.FollowUps {
		if f.VisitedBy != nil {
			people = append(people, *f.VisitedBy)
		}
	}
	orgs := []domain.OrgID{c.Committee}
	if c.Point != nil {
		orgs = append(orgs, *c.Point)
	}
	for _, x := range c.Escalations {
		people = append(people, x.FoundBy)
	}
	for _, x := range c.Reports {
		people = append(people, x.ReportedBy)
	}
	for _, x := range c.Transfers {
		people = append(people, x.SentBy)
		if x.ToOrg != nil {
			orgs = append(orgs, *x.ToOrg)
		}
	}
	for _, x := range c.Approvals {
		people = append(people, x.AskedBy)
		if x.DecidedBy != nil {
			people = append(people, *x.DecidedBy)
		}
	}
	people = append(people, teamOf(c)...)
	for _, x := range c.Pauses {
		people = append(people, x.ApprovedBy)
	}
	roomed := false
	for _, x := range c.Sessions {
		people = append(people, x.Mediators...)
		if x.RecordedBy != nil {
			people = append(people, *x.RecordedBy)
		}
		if x.Point != nil {
			orgs = append(orgs, *x.Point)
		}
		roomed = roomed || x.Room != nil
	}
	for _, x := range c.WaivedNotes {
		people = append(people, x.DisclosedBy)
	}
	for _, x := range c.Screenings {
		people = append(people, x.AskedBy)
	}
	n, err := u.store.Names(ctx, unique(people), unique(orgs), c.AreaPath, calendar.DateOf(u.clock.now()))
	if err != nil || !roomed {
		return n, err
	}
	n.Rooms, err = u.rooms(ctx, c.County)
	return n, err
}

func (u *NameBook) rooms(ctx context.Context, county domain.County) (map[domain.RoomID]domain.Room, error) {
	list, err := u.store.Rooms(ctx, county, domain.RoomFilter{})
	rooms := make(map[domain.RoomID]domain.Room, len(list))
	for _, r := range list {
		rooms[r.ID] = r
	}
	return rooms, err
}

// OfAgenda reads the names that the calendar of sessions shows.
func (u *NameBook) OfAgenda(ctx context.Context, county domain.County, rows []domain.AgendaItem) (Names, error) {
	var people []domain.PersonID
	var orgs []domain.OrgID
	for _, r := range rows {
		people, orgs = append(people, r.Mediators...), append(orgs, r.Committee)
		if r.Point != nil {
			orgs = append(orgs, *r.Point)
		}
	}
	n, err := u.read(ctx, people, orgs)
	if err != nil {
		return n, err
	}
	n.Rooms, err = u.rooms(ctx, county)
	return n, err
}

// teamOf are those whom the rows about the people around a case name.
func teamOf(c *domain.Case) (people []domain.PersonID) {
	for _, x := range c.Appointments {
		people = append(people, x.Person)
	}
	for _, x := range c.Recusals {
		people = append(people, x.Person, x.AskedBy)
		if x.DecidedBy != nil {
			people = append(people, *x.DecidedBy)
		}
	}
	for _, x := range c.Contacts {
		people = append(people, x.TriedBy)
	}
	for _, x := range c.Notices {
		people = append(people, x.GivenBy)
	}
	for _, x := range c.DataConsents {
		people = append(people, x.RecordedBy)
	}
	return people
}

// OfList reads the names that a page of cases shows.
func (u *NameBook) OfList(ctx context.Context, rows []domain.CaseSummary) (Names, error) {
	var people []domain.PersonID
	var orgs []domain.OrgID
	for _, r := range rows {
		orgs = append(orgs, r.Committee)
		if r.Presiding != nil {
			people = append(people, *r.Presiding)
		}
	}
	return u.read(ctx, people, orgs)
}

// OfSimilar reads the names that proposals show.
func (u *NameBook) OfSimilar(ctx context.Context, rows []domain.Similar) (Names, error) {
	list := make([]domain.CaseSummary, len(rows))
	for i, r := range rows {
		list[i] = r.CaseSummary
	}
	return u.OfList(ctx, list)
}

// OfAlerts reads the names that a page of alerts shows.
func (u *NameBook) OfAlerts(ctx context.Context, rows []domain.AlertSummary) (Names, error) {
	var people []domain.PersonID
	var orgs []domain.OrgID
	for _, r := range rows {
		orgs = append(orgs, r.Committee)
		for _, p := range []*domain.PersonID{r.AcknowledgedBy, r.SnoozedBy, r.HandedTo, r.HandedBy} {
			if p != nil {
				people = append(people, *p)
			}
		}
	}
	return u.read(ctx, people, orgs)
}

// OfEvents reads the names of those who acted.
func (u *NameBook) OfEvents(ctx context.Context, events []domain.Event) (Names, error) {
	var people []domain.PersonID
	for _, e := range events {
		if e.Actor != nil {
			people = append(people, *e.Actor)
		}
	}
	return u.read(ctx, people, nil)
}

// OfStaff reads the names of people.
func (u *NameBook) OfStaff(ctx context.Context, people []domain.PersonID) (Names, error) {
	return u.read(ctx, people, nil)
}

// OfWorkplaces reads the names of people and of where they work.
func (u *NameBook) OfWorkplaces(ctx context.Context, people []domain.PersonID, orgs []domain.OrgID) (Names, error) {
	return u.read(ctx, people, orgs)
}

// OfSubjectRequests reads the names that the register shows.
func (u *NameBook) OfSubjectRequests(ctx context.Context, rows []domain.SubjectRequest) (Names, error) {
	var people []domain.PersonID
	var orgs []domain.OrgID
	for _, r := range rows {
		people, orgs = append(people, r.TakenBy), append(orgs, r.Org)
		if r.DecidedBy != nil {
			people = append(people, *r.DecidedBy)
		}
	}
	return u.read(ctx, people, orgs)
}

// OfCopy reads the names that a copy shows.
func (u *NameBook) OfCopy(ctx context.Context, c Copy) (Names, error) {
	people, orgs := []domain.PersonID{c.Request.TakenBy}, []domain.OrgID{c.Request.Org}
	if c.Request.DecidedBy != nil {
		people = append(people, *c.Request.DecidedBy)
	}
	for _, x := range c.Elsewhere {
		orgs = append(orgs, x.Committee)
	}
	for _, x := range c.Cases {
		orgs = append(orgs, x.Case.Committee)
		for _, l := range x.Accesses {
			if l.Org != nil {
				orgs = append(orgs, *l.Org)
			}
		}
	}
	return u.read(ctx, people, orgs)
}

// OfAccesses reads the names of those who looked.
func (u *NameBook) OfAccesses(ctx context.Context, rows []domain.Access) (Names, error) {
	var people []domain.PersonID
	var orgs []domain.OrgID
	for _, r := range rows {
		if r.Person != nil {
			people = append(people, *r.Person)
		}
		if r.Org != nil {
			orgs = append(orgs, *r.Org)
		}
	}
	return u.read(ctx, people, orgs)
}

func (u *NameBook) read(ctx context.Context, people []domain.PersonID, orgs []domain.OrgID) (Names, error) {
	return u.store.Names(ctx, unique(people), unique(orgs), "", calendar.DateOf(u.clock.now()))
}

func unique[T ~int32 | ~int64](ids []T) []T {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return slices.Compact(ids)
}
