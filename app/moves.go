package app

import (
	"context"
	"fmt"
	"slices"

	"baimi/domain"
	"baimi/domain/calendar"
)

// AcceptInput is the decision to mediate: the day and the mediators, the first of whom presides.
type AcceptInput struct {
	On        calendar.Date
	Mediators []domain.PersonID
	Chosen    []domain.Choice // those whom parties chose themselves
}

// Accept takes a registered case and gives it its file number.
func (u *Cases) Accept(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in AcceptInput) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(ctx context.Context, c *domain.Case, a domain.Act) error {
		acceptance := domain.Acceptance{On: in.On, Mediators: in.Mediators, Chosen: in.Chosen}
		if !open(c, actor, domain.ActionAccept) {
			return c.Accept(a, acceptance)
		}
		var err error
		if acceptance.Orgs, err = u.checkMediators(ctx, c.Committee, in.On, in.Mediators); err != nil {
			return err
		}
		if a.Confidants, err = u.store.Confidants(ctx, c.AreaPath, a.Today()); err != nil {
			return err
		}
		// last, because it holds the committee's counter until the end of the transaction
		acceptance.Number, err = u.store.NextFileNumber(ctx, actor.Scope(), c.Committee, in.On.Year())
		if err != nil {
			return err
		}
		return c.Accept(a, acceptance)
	})
}

// checkMediators refuses people who do not mediate for the committee on that day, and tells where the others do.
func (u *Cases) checkMediators(ctx context.Context, committee domain.OrgID, on calendar.Date, mediators []domain.PersonID) ([]domain.OrgID, error) {
	staff, err := u.store.Mediators(ctx, committee, on)
	if err != nil {
		return nil, err
	}
	var wrong []domain.FieldError
	var orgs []domain.OrgID
	for i, m := range mediators {
		at := slices.IndexFunc(staff, func(s domain.Staff) bool { return s.Person == m })
		if at < 0 {
			wrong = append(wrong, domain.FieldError{
				Pointer: fmt.Sprintf("/mediators/%d", i), Code: "mediator", Message: "所选人员在该日不是本调委会的调解员",
			})
			continue
		}
		orgs = append(orgs, staff[at].Org)
	}
	return orgs, invalid(wrong)
}

// invalid is the refusal of some fields, nil for none.
func invalid(fields []domain.FieldError) error {
	if len(fields) == 0 {
		return nil
	}
	return &domain.Error{Code: domain.CodeInvalid, Message: "有内容需要改正", Fields: fields}
}

// EndInput is an end without an agreement: why, and which other ways the parties were told of.
type EndInput struct {
	On       calendar.Date
	Reason   string
	Remedies []string
	ToldOn   calendar.Date
}

func (in EndInput) ending() domain.Ending {
	return domain.Ending{On: in.On, Remedies: in.Remedies, ToldOn: in.ToldOn}
}

// Decline refuses a registered matter.
func (u *Cases) Decline(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in EndInput) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, in.Reason, func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.Decline(a, in.ending())
	})
}

// Fail ends a mediation that reached no agreement.
func (u *Cases) Fail(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in EndInput) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, in.Reason, func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.Fail(a, in.ending())
	})
}

// Assign changes the mediators.
func (u *Cases) Assign(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, mediators []domain.PersonID, chosen ...domain.Choice) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(ctx context.Context, c *domain.Case, a domain.Act) error {
		if !open(c, actor, domain.ActionAssign) {
			return c.AssignChosen(a, mediators, chosen)
		}
		orgs, err := u.checkMediators(ctx, c.Committee, a.Today(), mediators)
		if err != nil {
			return err
		}
		if a.Confidants, err = u.store.Confidants(ctx, c.AreaPath, a.Today()); err != nil {
			return err
		}
		if err := u.engage(ctx, actor, &a, mediators); err != nil {
			return err
		}
		return c.AssignChosen(a, mediators, chosen, orgs...)
	})
}

// engage reads what mediators are booked for from now on: sessions still to come pass to who takes a case over.
func (u *Cases) engage(ctx context.Context, actor domain.Actor, a *domain.Act, mediators []domain.PersonID) (err error) {
	a.Engaged, err = u.store.Engagements(ctx, actor.Scope(), nil, mediators, a.At, a.At.AddDate(1, 0, 0))
	return err
}

// ConsentInput is what a party has said to being mediated.
type ConsentInput struct {
	PartyNo int
	Consent domain.Consent
	On      calendar.Date
}

// RecordConsent records it.
func (u *Cases) RecordConsent(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in ConsentInput) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.RecordConsent(a, in.PartyNo, in.Consent, in.On)
	})
}

// StartInput opens the mediation: who was told its rights and duties, and who took part.
type StartInput struct {
	On      calendar.Date
	Notices []domain.Notice
	Present []int
}

// Start opens the mediation.
func (u *Cases) Start(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in StartInput) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.Start(a, in.On, in.Notices, in.Present)
	})
}

// AgreeOrally records an oral agreement.
func (u *Cases) AgreeOrally(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.Terms) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.AgreeOrally(a, in)
	})
}

// AgreeInWriting records a written agreement with the three acts that give it effect.
func (u *Cases) AgreeInWriting(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.Terms, s domain.Signing) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.AgreeInWriting(a, in, s)
	})
}

// Withdraw ends the case at the applicant's wish.
func (u *Cases) Withdraw(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, on calendar.Date, reason string) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, reason, func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.Withdraw(a, on)
	})
}

// Close closes an ended case.
func (u *Cases) Close(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, on calendar.Date) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.Close(a, on)
	})
}

// ArchiveInput locks a file: the day, why it is not complete where it is not, and which forms a case prints.
type ArchiveInput struct {
	On         calendar.Date
	Incomplete string
	Documents  func(c *domain.Case) []domain.FiledDocument
}

// Archive locks the file.
func (u *Cases) Archive(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in ArchiveInput) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, in.Incomplete, func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.Archive(a, in.On, in.Documents(c)...)
	})
}

// Void takes a case out of the figures.
func (u *Cases) Void(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, reason string) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, reason, func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.Void(a)
	})
}

// SetConfidentiality raises or lowers the level of confidentiality.
func (u *Cases) SetConfidentiality(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, level domain.Confidentiality) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(ctx context.Context, c *domain.Case, a domain.Act) error {
		var err error
		if a.Confidants, err = u.store.Confidants(ctx, c.AreaPath, a.Today()); err != nil {
			return err
		}
		return c.SetConfidentiality(a, level)
	})
}
