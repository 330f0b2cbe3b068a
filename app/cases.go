package app

import (
	"context"
	"io"
	"slices"
	"time"

	"github.com/google/uuid"

	"baimi/domain"
	"baimi/domain/calendar"
)

// CaseStore is what the use cases about cases need.
type CaseStore interface {
	Tx
	CreateCase(ctx context.Context, scope domain.Scope, c *domain.Case) error
	UpdateCase(ctx context.Context, scope domain.Scope, id domain.CaseID, change func(ctx context.Context, c *domain.Case) error) (*domain.Case, error)
	Case(ctx context.Context, scope domain.Scope, id domain.CaseID) (*domain.Case, error)
	Cases(ctx context.Context, scope domain.Scope, f domain.CaseFilter, p domain.Page) ([]domain.CaseSummary, *domain.Cursor, error)
	CountCases(ctx context.Context, scope domain.Scope, f domain.CaseFilter) (n int, more bool, err error)
	SimilarCases(ctx context.Context, scope domain.Scope, m domain.Matter, except uuid.UUID) ([]domain.Similar, error)
	CaseEvents(ctx context.Context, scope domain.Scope, id domain.CaseID) ([]domain.Event, error)
	UpdateDraft(ctx context.Context, scope domain.Scope, id uuid.UUID, change func(was *domain.IntakeDraft) (*domain.IntakeDraft, error)) (*domain.IntakeDraft, error)
	NextFileNumber(ctx context.Context, scope domain.Scope, committee domain.OrgID, year int) (domain.FileNumber, error)
	Confidants(ctx context.Context, areaPath string, on calendar.Date) (domain.Readers, error)
	Calendar(ctx context.Context) (*calendar.Calendar, error)
	Area(ctx context.Context, id int, on calendar.Date) (domain.Area, error)
	Org(ctx context.Context, id domain.OrgID) (domain.Org, error)
	Orgs(ctx context.Context, f domain.OrgFilter) ([]domain.Org, error)
	IntakePoint(ctx context.Context, id domain.OrgID, on calendar.Date) (domain.Org, *domain.PointStatus, error)
	CasesByDemandNo(ctx context.Context, scope domain.Scope, no domain.DemandNo) ([]domain.CaseID, error)
	StaffNames(ctx context.Context, ids []domain.PersonID) (map[domain.PersonID]string, error)
	Mediators(ctx context.Context, committee domain.OrgID, on calendar.Date) ([]domain.Staff, error)
	DisputeTypes(ctx context.Context) ([]domain.DisputeType, error)
	LogAccess(ctx context.Context, scope domain.Scope, l domain.Access) error
	LogAccessOnce(ctx context.Context, scope domain.Scope, l domain.Access, since time.Time) (wrote bool, err error)
	KeepFile(ctx context.Context, scope domain.Scope, f domain.BroughtFile) error
	StoredFile(ctx context.Context, scope domain.Scope, id domain.CaseID, file uuid.UUID) (domain.StoredFile, error)
	ReadFile(ctx context.Context, scope domain.Scope, id domain.CaseID, file uuid.UUID, part domain.FilePart) ([]byte, error)
	Engagements(ctx context.Context, scope domain.Scope, rooms []domain.RoomID, people []domain.PersonID, since, until time.Time) ([]domain.Engagement, error)
	Agenda(ctx context.Context, scope domain.Scope, f domain.AgendaFilter) (items []domain.AgendaItem, more bool, err error)
	Room(ctx context.Context, county domain.County, id domain.RoomID) (domain.Room, error)
	PrivateNotes(ctx context.Context, scope domain.Scope, c *domain.Case) ([]domain.PrivateNote, error)
	AddPrivateNote(ctx context.Context, scope domain.Scope, c *domain.Case, n domain.PrivateNote) error
	AddPrivateWaiver(ctx context.Context, scope domain.Scope, c *domain.Case, note uuid.UUID, w domain.PrivateWaiver) error
	CaseAccesses(ctx context.Context, scope domain.Scope, id domain.CaseID, p domain.Page) ([]domain.Access, *domain.Cursor, error)
}

// Cases are the use cases about disputes.
type Cases struct {
	store CaseStore
	clock Clock
	rnd   io.Reader
}

// NewCases makes the use cases. rnd must be unpredictable (crypto/rand): secrets of the parties are drawn from it.
func NewCases(store CaseStore, clock Clock, rnd io.Reader) *Cases {
	return &Cases{store: store, clock: clock, rnd: rnd}
}

// Get opens a case and logs that it was looked at.
func (u *Cases) Get(ctx context.Context, actor domain.Actor, id domain.CaseID) (*domain.Case, error) {
	return u.look(ctx, actor, id, func(ctx context.Context, c *domain.Case, l accessLine) error {
		return l.write(ctx, domain.AccessDetail)
	})
}

// List reads a page of cases, newest first. Whoever looks for a person is logged.
func (u *Cases) List(ctx context.Context, actor domain.Actor, f domain.CaseFilter, p domain.Page) (rows []domain.CaseSummary, next *domain.Cursor, err error) {
	if err := seesCases(actor); err != nil {
		return nil, nil, err
	}
	err = u.store.InTx(ctx, actor.Scope(), func(ctx context.Context) error {
		if rows, next, err = u.store.Cases(ctx, actor.Scope(), f, p); err != nil || f.Party == nil {
			return err
		}
		return u.logPersonSearch(ctx, actor, len(rows))
	})
	return rows, next, err
}

// logPersonSearch writes that somebody looked for a person and how many cases it gave; whom, the log does not say.
func (u *Cases) logPersonSearch(ctx context.Context, actor domain.Actor, found int) error {
	return LogAccess(ctx, u.store, u.rnd, actor, domain.AccessSearchPerson, u.clock.now(), func(l *domain.Access) { l.Count = &found })
}

// Count counts what List would show, up to the store's limit; more says that there are more than it counted.
func (u *Cases) Count(ctx context.Context, actor domain.Actor, f domain.CaseFilter) (n int, more bool, err error) {
	if err := seesCases(actor); err != nil {
		return 0, false, err
	}
	return u.store.CountCases(ctx, actor.Scope(), f)
}

// Events reads what happened to a case, in order.
func (u *Cases) Events(ctx context.Context, actor domain.Actor, id domain.CaseID) ([]domain.Event, error) {
	if err := mayOpen(actor, id); err != nil {
		return nil, err
	}
	return u.store.CaseEvents(ctx, actor.Scope(), id)
}

// ExplainedDeadline is a clock of a case with how its day was computed, line by line.
type ExplainedDeadline struct {
	Deadline domain.Deadline
	Held     string // what is left of it while a suspension holds it
	Trace    []string
}

// ExplainDeadline reads one.
func (u *Cases) ExplainDeadline(ctx context.Context, actor domain.Actor, id domain.CaseID, no int) (ExplainedDeadline, error) {
	if err := mayOpen(actor, id); err != nil {
		return ExplainedDeadline{}, err
	}
	c, err := u.store.Case(ctx, actor.Scope(), id) // a clock tells nothing personal, so the look is not logged
	if err != nil {
		return ExplainedDeadline{}, err
	}
	i := slices.IndexFunc(c.Deadlines, func(d domain.Deadline) bool { return d.No == no })
	if i < 0 {
		return ExplainedDeadline{}, domain.NotFound("期限")
	}
	days, err := u.store.Calendar(ctx)
	if err != nil {
		return ExplainedDeadline{}, err
	}
	held, err := c.Held(days)
	if err != nil {
		return ExplainedDeadline{}, err
	}
	trace, err := c.Trace(c.Deadlines[i], days)
	return ExplainedDeadline{Deadline: c.Deadlines[i], Held: held[no], Trace: trace}, err
}

// mayOpen refuses before the store is asked. A case of another county looks like one that does not exist.
func mayOpen(actor domain.Actor, id domain.CaseID) error {
	if err := seesCases(actor); err != nil {
		return err
	}
	if id.County != actor.County {
		return domain.NotFound("案件")
	}
	return nil
}

// act is one act of the actor now, with the outside facts that every move needs.
func (u *Cases) act(ctx context.Context, actor domain.Actor, reason string) (domain.Act, error) {
	days, err := u.store.Calendar(ctx)
	if err != nil {
		return domain.Act{}, err
	}
	return domain.Act{Actor: actor, At: u.clock.now(), Calendar: days, Reason: reason, Random: u.rnd}, nil
}

// change makes one move on a locked case. ifMatch is the version the client saw, 0 when it does not say.
func (u *Cases) change(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, reason string,
	move func(ctx context.Context, c *domain.Case, a domain.Act) error,
) (*domain.Case, error) {
	if err := mayOpen(actor, id); err != nil {
		return nil, err
	}
	return u.changeIn(ctx, actor.Scope(), actor, id, ifMatch, reason, move)
}

// changeIn is change in another scope than the actor's own, for a move that takes the case out of his sight.
func (u *Cases) changeIn(ctx context.Context, scope domain.Scope, actor domain.Actor, id domain.CaseID, ifMatch int, reason string,
	move func(ctx context.Context, c *domain.Case, a domain.Act) error,
) (*domain.Case, error) {
	var out *domain.Case
	err := u.store.InTx(ctx, scope, func(ctx context.Context) error {
		var err error
		out, err = u.store.UpdateCase(ctx, scope, id, func(ctx context.Context, c *domain.Case) error {
			// the time is taken under the case's lock, so that a move that waited is not recorded before the one it waited for
			a, err := u.act(ctx, actor, reason)
			if err != nil {
				return err
			}
			if ifMatch != 0 && c.Version != ifMatch {
				return domain.Errorf(domain.CodeStale, "该案件已被他人更新，请刷新后重新办理")
			}
			return move(ctx, c, a)
		})
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// open tells whether the move will get past state and capacity, so that outside facts are fetched, and numbers taken,
// only for moves that can succeed. The refusal itself is always the domain's.
func open(c *domain.Case, actor domain.Actor, action domain.Action) bool {
	return slices.ContainsFunc(c.AvailableActions(actor), func(m domain.Move) bool { return m.Action == action })
}
