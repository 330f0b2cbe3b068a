package app

import (
	"context"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
)

// PlanSession plans a round of mediation and books its room and mediators.
func (u *Cases) PlanSession(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.SessionPlan) (*domain.Case, error) {
	return u.planned(ctx, actor, id, ifMatch, "", domain.ActionPlanSession, in, (*domain.Case).PlanSession)
}

// ChangeSession plans a session anew.
func (u *Cases) ChangeSession(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, reason string, in domain.SessionPlan) (*domain.Case, error) {
	return u.planned(ctx, actor, id, ifMatch, reason, domain.ActionChangeSession, in, (*domain.Case).ChangeSession)
}

// planned makes a plan with what its room and mediators are booked for besides. Who books between the look and the commit is
// stopped by the database; the second try then says what is in the way.
func (u *Cases) planned(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, reason string, action domain.Action, in domain.SessionPlan,
	plan func(*domain.Case, domain.Act, domain.SessionPlan) error,
) (*domain.Case, error) {
	try := func() (*domain.Case, error) {
		return u.change(ctx, actor, id, ifMatch, reason, func(ctx context.Context, c *domain.Case, a domain.Act) error {
			if !open(c, actor, action) {
				return plan(c, a, in)
			}
			if err := u.checkPlace(ctx, c, a, in.Place, in.StartsAt); err != nil {
				return err
			}
			if in.EndsAt.After(in.StartsAt) {
				people := in.Mediators
				if len(people) == 0 {
					people = c.Mediators
				}
				var err error
				if a.Engaged, err = u.store.Engagements(ctx, actor.Scope(), []domain.RoomID{in.Place.Room}, people, in.StartsAt, in.EndsAt); err != nil {
					return err
				}
			}
			return plan(c, a, in)
		})
	}
	c, err := try()
	if domain.CodeOf(err) == domain.CodeBooked {
		return try()
	}
	return c, err
}

// checkPlace refuses a room that is not open then and a point that is none.
func (u *Cases) checkPlace(ctx context.Context, c *domain.Case, a domain.Act, at domain.SessionPlace, when time.Time) error {
	var wrong []domain.FieldError
	if at.Room != 0 {
		r, err := u.store.Room(ctx, c.County, at.Room)
		switch {
		case domain.CodeOf(err) == domain.CodeNotFound:
			wrong = append(wrong, domain.FieldError{Pointer: "/room", Code: "room", Message: "没有这个调解室"})
		case err != nil:
			return err
		case !r.OpenOn(dayOf(when, a.At)):
			wrong = append(wrong, domain.FieldError{Pointer: "/room", Code: "closed", Message: "该调解室在那一天不开放"})
		}
	}
	if at.Point != 0 {
		o, err := u.store.Org(ctx, at.Point)
		switch {
		case domain.CodeOf(err) == domain.CodeNotFound, err == nil && (o.Kind != domain.OrgPoint || o.County != c.County):
			wrong = append(wrong, domain.FieldError{Pointer: "/point", Code: "point", Message: "没有这个受理点"})
		case err != nil:
			return err
		}
	}
	return invalid(wrong)
}

// CancelSession takes a planned session back.
func (u *Cases) CancelSession(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch, no int, reason string) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, reason, func(_ context.Context, c *domain.Case, a domain.Act) error { return c.CancelSession(a, no) })
}

// RecordSession records a round: held, with what was said, or not held and why.
func (u *Cases) RecordSession(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, reason string, in domain.SessionRecord) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, reason, func(ctx context.Context, c *domain.Case, a domain.Act) error {
		if open(c, actor, domain.ActionRecordSession) {
			if err := u.checkPlace(ctx, c, a, in.Place, in.StartsAt); err != nil {
				return err
			}
		}
		return c.RecordSession(a, in)
	})
}

// ScreenParty records what a party, asked alone, said about its safety.
func (u *Cases) ScreenParty(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.NewScreening) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error { return c.ScreenParty(a, in) })
}

// Agenda reads the calendar of sessions of the cases the actor may see; own shows only those he mediates.
func (u *Cases) Agenda(ctx context.Context, actor domain.Actor, f domain.AgendaFilter, own bool) (items []domain.AgendaItem, more bool, err error) {
	if err := seesCases(actor); err != nil {
		return nil, false, err
	}
	if err := f.Check(); err != nil {
		return nil, false, err
	}
	if own {
		f.Mediator = actor.Person
	}
	return u.store.Agenda(ctx, actor.Scope(), f)
}

// dayOf is the day of a moment, or of now where none was given: the move itself says that it is missing.
func dayOf(when, now time.Time) calendar.Date {
	if when.IsZero() {
		when = now
	}
	return calendar.DateOf(when)
}
