package app

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"baimi/domain"
	"baimi/domain/calendar"
)

// RegisterInput is what intake types, with the place still as numbers of the directory.
type RegisterInput struct {
	domain.Registration
	PointID *domain.OrgID // one of the committee's points, for members of a committee
	Draft   *uuid.UUID    // the draft this was
	AreaID  *int          // where the dispute is; the organisation's area when nil

	PreviousID *domain.CaseID // the ended case that this one takes up again
}

// Register makes a case. The organisation of who registers decides the committee.
func (u *Cases) Register(ctx context.Context, actor domain.Actor, in RegisterInput) (domain.Registered, error) {
	if err := notRestrictedYet(in.Confidentiality); err != nil {
		return domain.Registered{}, err
	}
	return u.intake(ctx, actor, in, func(_ context.Context, a domain.Act, r domain.Registration) (domain.Registered, error) {
		return domain.Register(a, r)
	})
}

// notRestrictedYet refuses a level at which its mediators alone would open a case that has none yet.
func notRestrictedYet(level domain.Confidentiality) error {
	if level != domain.Restricted {
		return nil
	}
	return invalid([]domain.FieldError{
		{Pointer: "/confidentiality", Code: "restricted", Message: "尚未确定调解员，不能设为“查阅受限”，请先设为“隐私”"},
	})
}

// SettleInput is a quarrel settled on the spot.
type SettleInput struct {
	RegisterInput
	Terms       string
	Obligations []domain.NewObligation
}

// SettleInstantly registers, accepts, settles and records the performance, in one transaction.
func (u *Cases) SettleInstantly(ctx context.Context, actor domain.Actor, in SettleInput) (domain.Registered, error) {
	return u.intake(ctx, actor, in.RegisterInput, func(ctx context.Context, a domain.Act, r domain.Registration) (domain.Registered, error) {
		settlement := domain.InstantSettlement{
			Registration: r, Terms: in.Terms, Obligations: in.Obligations, NoPerformance: len(in.Obligations) == 0,
		}
		var err error
		settlement.Number, err = u.store.NextFileNumber(ctx, actor.Scope(), r.Committee, r.RequestedOn.Year())
		if err != nil {
			return domain.Registered{}, err
		}
		return domain.SettleInstantly(a, settlement)
	})
}

// intake places a registration, makes the case of it and stores it.
func (u *Cases) intake(ctx context.Context, actor domain.Actor, in RegisterInput,
	register func(ctx context.Context, a domain.Act, r domain.Registration) (domain.Registered, error),
) (domain.Registered, error) {
	if err := handlesCases(actor); err != nil {
		return domain.Registered{}, err
	}
	var out domain.Registered
	scope := actor.Scope()
	err := u.store.InTx(ctx, scope, func(ctx context.Context) error {
		a, err := u.act(ctx, actor, "")
		if err != nil {
			return err
		}
		r, err := u.place(ctx, actor, in, a.Today())
		if err != nil {
			return err
		}
		if r.Previous, err = u.previous(ctx, actor, in.PreviousID); err != nil {
			return err
		}
		if a.Confidants, err = u.store.Confidants(ctx, r.AreaPath, a.Today()); err != nil {
			return err
		}
		if out, err = register(ctx, a, r); err != nil {
			return err
		}
		if err := u.store.CreateCase(ctx, scope, out.Case); err != nil {
			return err
		}
		return u.endDraft(ctx, a, in.Draft, out.Case)
	})
	if err != nil {
		return domain.Registered{}, err
	}
	return out, nil
}

// place finds the committee the case will belong to, where it was taken in, and where the dispute is.
func (u *Cases) place(ctx context.Context, actor domain.Actor, in RegisterInput, today calendar.Date) (domain.Registration, error) {
	r := in.Registration
	if actor.Committee == 0 {
		return r, domain.Errorf(domain.CodeForbidden, "您所在的机构（%s）不属于任何人民调解委员会，不能登记纠纷", actor.OrgName)
	}
	r.Committee, r.AreaPath = actor.Committee, actor.OrgArea
	var wrong []domain.FieldError
	refuse := func(pointer, code, message string) {
		wrong = append(wrong, domain.FieldError{Pointer: pointer, Code: code, Message: message})
	}
	if actor.Org != actor.Committee {
		// a point, group or workroom takes in for its committee, and only at itself
		r.Point = &actor.Org
		if in.PointID != nil && *in.PointID != actor.Org {
			refuse("/pointId", "point", "只能在本单位登记")
		}
	} else {
		r.Point = in.PointID
	}
	if r.Point != nil {
		reason, err := u.checkPoint(ctx, *r.Point, r.Committee, today)
		if err != nil {
			return r, err
		}
		if reason != "" {
			refuse("/pointId", "point", reason)
		}
	}
	if in.AreaID != nil {
		var err error
		if r.AreaPath, err = u.countyArea(ctx, actor, *in.AreaID, today); err != nil {
			return r, err
		}
		if r.AreaPath == "" {
			refuse("/areaId", "area", outsideCounty)
		}
	}
	ok, err := u.isType(ctx, r.Type)
	if err != nil {
		return r, err
	}
	if !ok {
		refuse("/type", "type", "没有这个纠纷类型")
	}
	return r, invalid(wrong)
}

const outsideCounty = "纠纷发生地应在本县（市、区）范围内"

// countyArea is the path of an area of the actor's county, "" for any other.
func (u *Cases) countyArea(ctx context.Context, actor domain.Actor, id int, today calendar.Date) (string, error) {
	area, err := u.store.Area(ctx, id, today)
	switch {
	case domain.CodeOf(err) == domain.CodeNotFound, err == nil && area.County != actor.County:
		return "", nil
	case err != nil:
		return "", err
	}
	return area.Path, nil
}

// previous reads the ended case that a new one takes up again; only one that the actor may open.
func (u *Cases) previous(ctx context.Context, actor domain.Actor, id *domain.CaseID) (*domain.Case, error) {
	if id == nil {
		return nil, nil
	}
	c, err := u.store.Case(ctx, actor.Scope(), *id)
	if domain.CodeOf(err) == domain.CodeNotFound {
		return nil, invalid([]domain.FieldError{{Pointer: "/previousId", Code: "case", Message: "没有这个案件，或者您不能查看"}})
	}
	return c, err
}

// checkPoint says what is wrong with taking a dispute in there today.
func (u *Cases) checkPoint(ctx context.Context, id, committee domain.OrgID, today calendar.Date) (string, error) {
	org, status, err := u.store.IntakePoint(ctx, id, today)
	if domain.CodeOf(err) == domain.CodeNotFound {
		return "没有这个受理点", nil
	}
	if err != nil {
		return "", err
	}
	if org.Committee == nil || *org.Committee != committee {
		return "该受理点不属于本调委会", nil
	}
	if org.ID == committee {
		return "这是调委会本身，不是受理点", nil
	}
	if org.Kind != domain.OrgPoint {
		return "", nil // groups and workrooms have no opening of their own
	}
	if status == nil {
		return "该受理点尚未启用", nil
	}
	switch status.Status {
	case "paused":
		return "该受理点已暂停受理", nil
	case "closed":
		return "该受理点已关闭", nil
	}
	return "", nil
}

func (u *Cases) isType(ctx context.Context, code string) (bool, error) {
	types, err := u.store.DisputeTypes(ctx)
	return slices.ContainsFunc(types, func(t domain.DisputeType) bool { return t.Code == code }), err
}

// Correct changes what was typed at intake. It needs the version the client saw: two people correcting the same form
// must not silently undo one another.
func (u *Cases) Correct(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, reason string, in domain.Correction) (*domain.Case, error) {
	if ifMatch == 0 {
		return nil, domain.Errorf(domain.CodeNeedsMatch, "更正登记须注明所依据的版本（If-Match），请刷新案件后重试")
	}
	return u.change(ctx, actor, id, ifMatch, reason, func(ctx context.Context, c *domain.Case, a domain.Act) error {
		if in.Type != nil && open(c, actor, domain.ActionCorrect) {
			ok, err := u.isType(ctx, *in.Type)
			if err != nil {
				return err
			}
			if !ok {
				return invalid([]domain.FieldError{{Pointer: "/type", Code: "type", Message: "没有这个纠纷类型"}})
			}
		}
		return c.Correct(a, in)
	})
}
