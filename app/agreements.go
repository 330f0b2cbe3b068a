package app

import (
	"context"

	"baimi/domain"
	"baimi/domain/calendar"
)

// The use cases of what comes after terms were found: the agreement and its acts, its performance, the court's
// confirmation, the visits.

// DraftAgreement puts terms on paper that nobody has signed.
func (u *Cases) DraftAgreement(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.Terms) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.DraftAgreement(a, in)
	})
}

// SignAgreement records signatures under a draft.
func (u *Cases) SignAgreement(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch, agreement int, parties []domain.Signature, mediator calendar.Date) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.SignAgreement(a, agreement, parties, mediator)
	})
}

// SealAgreement puts the committee's seal under it.
func (u *Cases) SealAgreement(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch, agreement int, on calendar.Date) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.SealAgreement(a, agreement, on)
	})
}

// RecordAgreementRuling records what a court decided on it.
func (u *Cases) RecordAgreementRuling(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch, agreement int, in domain.CourtRuling) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.RecordAgreementRuling(a, agreement, in)
	})
}

// RecordPerformance records what became of an obligation.
func (u *Cases) RecordPerformance(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch, obligation int, in domain.Performance) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.RecordPerformance(a, obligation, in)
	})
}

// Urge records that who owes was urged.
func (u *Cases) Urge(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch, obligation int, on calendar.Date, how domain.ContactHow) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.Urge(a, obligation, on, how)
	})
}

// ApplyForConfirmation records that both sides asked a court to confirm their agreement.
func (u *Cases) ApplyForConfirmation(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.Application) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.ApplyForConfirmation(a, in)
	})
}

// RecordConfirmation records what the court did; the reason is its own, where it refuses or dismisses.
func (u *Cases) RecordConfirmation(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch, no int, reason string, in domain.CourtDecision) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, reason, func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.RecordConfirmation(a, no, in)
	})
}

// RecordObjection records that somebody objected to the court's confirmation.
func (u *Cases) RecordObjection(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch, no int, on calendar.Date, by domain.Objector) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.RecordObjection(a, no, on, by)
	})
}

// RecordFollowUp records a visit.
func (u *Cases) RecordFollowUp(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch, no int, in domain.Visit) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.RecordFollowUp(a, no, in)
	})
}
