package app

import (
	"context"

	"baimi/domain"
	"baimi/domain/calendar"
)

// AskRecusal records that a party objects to a mediator.
func (u *Cases) AskRecusal(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.NewRecusal) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error { return c.AskRecusal(a, in) })
}

// DiscloseInterest records what a mediator tells of himself.
func (u *Cases) DiscloseInterest(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.Disclosure) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error { return c.DiscloseInterest(a, in) })
}

// DecideRecusal decides about a mediator; who follows him must mediate for the committee.
func (u *Cases) DecideRecusal(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.RecusalDecision) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(ctx context.Context, c *domain.Case, a domain.Act) error {
		if !open(c, actor, domain.ActionDecideRecusal) {
			return c.DecideRecusal(a, in)
		}
		var err error
		if len(in.Mediators) > 0 {
			if in.Orgs, err = u.checkMediators(ctx, c.Committee, in.On, in.Mediators); err != nil {
				return err
			}
		}
		if a.Confidants, err = u.store.Confidants(ctx, c.AreaPath, a.Today()); err != nil {
			return err
		}
		return c.DecideRecusal(a, in)
	})
}

// Invite records that somebody is invited.
func (u *Cases) Invite(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.Invitation) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error { return c.Invite(a, in) })
}

// EndInvitation records an invited person's last day.
func (u *Cases) EndInvitation(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch, no int, on calendar.Date) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error { return c.EndInvitation(a, no, on) })
}

// RecordContact records an attempt to reach somebody.
func (u *Cases) RecordContact(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.NewContact) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error { return c.RecordContact(a, in) })
}

// GiveNotice records that parties were told.
func (u *Cases) GiveNotice(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.Telling) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error { return c.GiveNotice(a, in) })
}

// RecordDataConsent records what a party says to the handling of its sensitive data.
func (u *Cases) RecordDataConsent(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.NewDataConsent) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error { return c.RecordDataConsent(a, in) })
}

// WithdrawDataConsent records that it was withdrawn.
func (u *Cases) WithdrawDataConsent(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch, no int, on calendar.Date) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error { return c.WithdrawDataConsent(a, no, on) })
}
