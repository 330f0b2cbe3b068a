package app

import (
	"context"

	"baimi/domain"
	"baimi/domain/calendar"
)

// AskSuspension asks a leader to let the mediation stand still.
func (u *Cases) AskSuspension(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, reason string) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, reason, func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.AskSuspension(a)
	})
}

// Suspend lets the mediation stand still; without a reason for that of the request.
func (u *Cases) Suspend(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, on calendar.Date, reason string) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, reason, func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.Suspend(a, on)
	})
}

// Resume ends a suspension.
func (u *Cases) Resume(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, on calendar.Date) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.Resume(a, on)
	})
}

// Extend prolongs the clock of the mediation.
func (u *Cases) Extend(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.Prolongation) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.Extend(a, in)
	})
}

// AskReopening asks the judicial office to let the case be mediated anew.
func (u *Cases) AskReopening(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, ground string, consents bool) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, ground, func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.AskReopening(a, consents)
	})
}

// Reopen lets it.
func (u *Cases) Reopen(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, on calendar.Date) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.Reopen(a, on)
	})
}

// RefuseApproval turns down the request that waits.
func (u *Cases) RefuseApproval(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, reason string) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, reason, func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.RefuseApproval(a)
	})
}

// Held says of each clock that a suspension holds what is left of it, by the clock's number.
func (u *Cases) Held(ctx context.Context, c *domain.Case) (map[int]string, error) {
	if !c.Standing() {
		return nil, nil // nearly always, and then nothing needs counting
	}
	days, err := u.store.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	return c.Held(days)
}
