package app

import (
	"context"

	"baimi/domain"
)

// RaiseEscalation records a danger. Whoever may see the case may tell of one, whatever its state.
func (u *Cases) RaiseEscalation(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.NewEscalation) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error { return c.RaiseEscalation(a, in) })
}

// RecordMeasures adds what was done about a danger.
func (u *Cases) RecordMeasures(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.NewMeasures) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error { return c.RecordMeasures(a, in) })
}

// ReportEscalation records the report to an organ.
func (u *Cases) ReportEscalation(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.NewReport) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error { return c.ReportEscalation(a, in) })
}

// EndEscalation records how a danger ended.
func (u *Cases) EndEscalation(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.EscalationEnd) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error { return c.EndEscalation(a, in) })
}
