package domain

import (
	"slices"
	"strings"
	"time"

	"baimi/domain/calendar"
)

// Booking holds a room or a mediator for the time of a planned session. A session that is planned anew frees its bookings and
// takes others, so that a row never changes its time; the database lets no two that are not freed meet. A round that was
// only recorded afterwards books nothing: what happened is not refused.
type Booking struct {
	CaseRow
	SessionNo  int        `json:"sessionNo"`
	Room       *RoomID    `json:"room"`
	Person     *PersonID  `json:"person"`
	StartsAt   time.Time  `json:"startsAt"`
	EndsAt     time.Time  `json:"endsAt"`
	ReleasedAt *time.Time `json:"releasedAt"`
}

// TableName names the table.
func (Booking) TableName() string { return "booking" }

// book takes the room and the mediators of a planned session.
func (c *Case) book(s MediationSession) {
	take := func(room *RoomID, person *PersonID) {
		c.Bookings = append(c.Bookings, Booking{
			CaseRow: c.row(len(c.Bookings) + 1), SessionNo: s.No, Room: room, Person: person, StartsAt: s.StartsAt, EndsAt: s.EndsAt,
		})
	}
	if s.Room != nil {
		room := *s.Room
		take(&room, nil)
	}
	for _, m := range s.Mediators {
		take(nil, &m)
	}
}

// PlannedTime is when a session was last planned for; ok is false for a round that nobody planned.
func (c *Case) PlannedTime(session int) (from, until time.Time, ok bool) {
	for _, b := range c.Bookings {
		if b.SessionNo == session {
			from, until, ok = b.StartsAt, b.EndsAt, true
		}
	}
	return from, until, ok
}

// release frees what a session had taken.
func (c *Case) release(a Act, session int) {
	for i := range c.Bookings {
		if b := &c.Bookings[i]; b.SessionNo == session && b.ReleasedAt == nil {
			at := a.At
			b.ReleasedAt = &at
		}
	}
}

// Engagement is a session that a room or a mediator is booked for at a time somebody else asks for. Of a case that the asker
// may not see it says the time only.
type Engagement struct {
	Room     RoomID
	RoomName string
	Person   PersonID
	Name     string // of the person
	StartsAt time.Time
	EndsAt   time.Time
	DemandNo DemandNo // "" of a case that is not his to see
	Case     CaseID
	Session  int
}

// free refuses a planned session whose room or mediators are booked for another one at its time. Who was first is settled by
// the database.
func (c *Case) free(a Act, s MediationSession) error {
	var list []Engagement
	for _, x := range a.Engaged {
		own := x.Case == c.CaseID() && x.Session == s.No
		taken := x.Room != 0 && s.Room != nil && x.Room == *s.Room || x.Person != 0 && slices.Contains(s.Mediators, x.Person)
		if taken && !own && x.StartsAt.Before(s.EndsAt) && s.StartsAt.Before(x.EndsAt) {
			list = append(list, x)
		}
	}
	if len(list) == 0 {
		return nil
	}
	return booked(list)
}

// handSessionsOn puts the case's mediators of now in the place of those who left it, in every session still to come.
func (c *Case) handSessionsOn(a Act) error {
	for i := range c.Sessions {
		s := &c.Sessions[i]
		if s.Status != SessionPlanned {
			continue
		}
		stay := slices.DeleteFunc(slices.Clone(s.Mediators), func(m PersonID) bool { return !slices.Contains(c.Mediators, m) })
		if len(stay) == len(s.Mediators) {
			continue
		}
		if !slices.Contains(stay, *c.Presiding) {
			stay = sortedIDs(append(stay, *c.Presiding))
		}
		s.Mediators = stay
		if err := c.free(a, *s); err != nil {
			return err
		}
		c.release(a, s.No)
		c.book(*s)
	}
	return nil
}

// booked refuses a plan and says what is in the way.
func booked(list []Engagement) error {
	words := make([]string, 0, len(list))
	for _, x := range list {
		who := x.RoomName
		if x.Person != 0 {
			who = "调解员" + x.Name
		}
		from, until := x.StartsAt.In(calendar.Shanghai), x.EndsAt.In(calendar.Shanghai)
		what := "另有调解会"
		if x.DemandNo != "" {
			what = "已安排需求" + x.DemandNo.Print() + "的调解会"
		}
		words = append(words, who+"在"+from.Format("1月2日15:04")+"至"+until.Format("15:04")+what)
	}
	slices.Sort(words)
	return Errorf(CodeBooked, "%s，请另选时间、场所或者调解员", strings.Join(slices.Compact(words), "；"))
}

func bookingsInUTC(list []Booking) []Booking {
	out := slices.Clone(list)
	for i := range out {
		out[i].StartsAt, out[i].EndsAt, out[i].ReleasedAt = out[i].StartsAt.UTC(), out[i].EndsAt.UTC(), utc(out[i].ReleasedAt)
	}
	return out
}

// PlannedWith counts the sessions still to come that somebody mediates.
func (c *Case) PlannedWith(who PersonID) int {
	n := 0
	for _, s := range c.Sessions {
		if s.Status == SessionPlanned && slices.Contains(s.Mediators, who) {
			n++
		}
	}
	return n
}
