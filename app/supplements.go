package app

import (
	"context"

	"baimi/domain"
	"baimi/domain/calendar"
)

// SupplementInput is what is missing, and until when it is to come in.
type SupplementInput struct {
	On    calendar.Date
	Items []string
	DueOn calendar.Date
}

// RequestSupplement asks for what is missing before the decision.
func (u *Cases) RequestSupplement(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in SupplementInput) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.RequestSupplement(a, in.On, in.Items, in.DueOn)
	})
}

// ReceiveSupplement records that it came in.
func (u *Cases) ReceiveSupplement(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, on calendar.Date) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.ReceiveSupplement(a, on)
	})
}
