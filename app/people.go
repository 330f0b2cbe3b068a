package app

import (
	"context"

	"baimi/domain"
	"baimi/domain/calendar"
)

// AddRepresentative records who acts for a party.
func (u *Cases) AddRepresentative(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.NewRepresentative) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error { return c.AddRepresentative(a, in) })
}

// EndRepresentative records somebody's last day as a representative.
func (u *Cases) EndRepresentative(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch, no int, on calendar.Date) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error { return c.EndRepresentative(a, no, on) })
}

// CorrectDates corrects the day of the request. It needs the version the client saw, as every correction does.
func (u *Cases) CorrectDates(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, reason string, in domain.DateCorrection) (*domain.Case, error) {
	if ifMatch == 0 {
		return nil, domain.Errorf(domain.CodeNeedsMatch, "更正申请日期须注明所依据的版本（If-Match），请刷新案件后重试")
	}
	return u.change(ctx, actor, id, ifMatch, reason, func(_ context.Context, c *domain.Case, a domain.Act) error { return c.CorrectDates(a, in) })
}

// EraseValues erases personal values of one case for good.
func (u *Cases) EraseValues(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.Erasing) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(ctx context.Context, c *domain.Case, a domain.Act) error {
		history, err := u.store.CaseEvents(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		return c.Erase(a, in, history)
	})
}
