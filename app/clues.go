package app

import (
	"context"

	"github.com/google/uuid"

	"baimi/domain"
	"baimi/domain/calendar"
)

// ClueInput is what somebody found, with the place still as numbers of the directory.
type ClueInput struct {
	domain.Finding
	PointID *domain.OrgID
	AreaID  *int
}

// ReportClue makes a clue. The organisation of who reports decides the committee that follows it.
func (u *Cases) ReportClue(ctx context.Context, actor domain.Actor, in ClueInput) (*domain.Case, error) {
	if err := handlesCases(actor); err != nil {
		return nil, err
	}
	if err := notRestrictedYet(in.Confidentiality); err != nil {
		return nil, err
	}
	var out *domain.Case
	scope := actor.Scope()
	err := u.store.InTx(ctx, scope, func(ctx context.Context) error {
		a, err := u.act(ctx, actor, "")
		if err != nil {
			return err
		}
		where := RegisterInput{Registration: domain.Registration{Type: in.Type}, PointID: in.PointID, AreaID: in.AreaID}
		r, err := u.place(ctx, actor, where, a.Today())
		if err != nil {
			return err
		}
		if a.Confidants, err = u.store.Confidants(ctx, r.AreaPath, a.Today()); err != nil {
			return err
		}
		f := in.Finding
		f.Point, f.Committee, f.AreaPath = r.Point, r.Committee, r.AreaPath
		if out, err = domain.ReportClue(a, f); err != nil {
			return err
		}
		return u.store.CreateCase(ctx, scope, out)
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// DismissInput is what became of a clue that leads to no case.
type DismissInput struct {
	On     calendar.Date
	Reason string
	Tier   *domain.Tier // where it was settled, when it settled itself
}

// DismissClue ends a clue.
func (u *Cases) DismissClue(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in DismissInput) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, in.Reason, func(_ context.Context, c *domain.Case, a domain.Act) error {
		return c.Dismiss(a, in.On, in.Tier)
	})
}

// ClueRegistration is what intake types when a clue becomes a case; what is left out stays as the clue has it.
type ClueRegistration struct {
	domain.Registration
	Level  *domain.Confidentiality
	AreaID *int
	Draft  *uuid.UUID // the draft this was
}

// RegisterClue makes a registered case of a clue.
func (u *Cases) RegisterClue(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in ClueRegistration) (domain.Registered, error) {
	if in.Level != nil {
		if err := notRestrictedYet(*in.Level); err != nil {
			return domain.Registered{}, err
		}
	}
	var secrets []domain.TrackingSecret
	c, err := u.change(ctx, actor, id, ifMatch, "", func(ctx context.Context, c *domain.Case, a domain.Act) error {
		r := in.Registration
		r.AreaPath, r.Confidentiality = c.AreaPath, c.Confidentiality
		if in.Level != nil {
			r.Confidentiality = *in.Level
		}
		if open(c, actor, domain.ActionRegister) {
			var err error
			if r.AreaPath, err = u.clueArea(ctx, actor, in, c.AreaPath, a.Today()); err != nil {
				return err
			}
			if a.Confidants, err = u.store.Confidants(ctx, r.AreaPath, a.Today()); err != nil {
				return err
			}
		}
		var err error
		if secrets, err = c.RegisterClue(a, r); err != nil {
			return err
		}
		return u.endDraft(ctx, a, in.Draft, c)
	})
	return domain.Registered{Case: c, Secrets: secrets}, err
}

// clueArea finds where the dispute is and refuses what the directory does not know.
func (u *Cases) clueArea(ctx context.Context, actor domain.Actor, in ClueRegistration, found string, today calendar.Date) (string, error) {
	var wrong []domain.FieldError
	path := found
	if in.AreaID != nil {
		area, err := u.countyArea(ctx, actor, *in.AreaID, today)
		if err != nil {
			return "", err
		}
		if path = area; area == "" {
			wrong = append(wrong, domain.FieldError{Pointer: "/areaId", Code: "area", Message: outsideCounty})
		}
	}
	ok, err := u.isType(ctx, in.Type)
	if err != nil {
		return "", err
	}
	if !ok {
		wrong = append(wrong, domain.FieldError{Pointer: "/type", Code: "type", Message: "没有这个纠纷类型"})
	}
	return path, invalid(wrong)
}
