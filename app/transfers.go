package app

import (
	"context"

	"baimi/domain"
	"baimi/domain/calendar"
)

// TransferInput is where a case is to go, and why.
type TransferInput struct {
	domain.Handover
	Reason string
}

// Transfer hands a case over.
func (u *Cases) Transfer(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in TransferInput) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, in.Reason, func(ctx context.Context, c *domain.Case, a domain.Act) error {
		if in.ToOrg != 0 && open(c, actor, domain.ActionTransfer) {
			if err := u.checkReceiver(ctx, actor, in.ToOrg, a.Today()); err != nil {
				return err
			}
		}
		return c.Transfer(a, in.Handover)
	})
}

// checkReceiver refuses what is no committee of the county in force.
func (u *Cases) checkReceiver(ctx context.Context, actor domain.Actor, id domain.OrgID, today calendar.Date) error {
	org, err := u.store.Org(ctx, id)
	if err != nil && domain.CodeOf(err) != domain.CodeNotFound {
		return err
	}
	switch {
	case err != nil, org.County != actor.County, org.Kind != domain.OrgCommittee:
		return wrongReceiver("接收单位须为本县（市、区）的人民调解委员会")
	case org.ValidFrom.After(today), org.ValidTo != nil && !org.ValidTo.After(today):
		return wrongReceiver("该调委会目前不在存续期间，不能接收")
	}
	return nil
}

func wrongReceiver(message string) error {
	return invalid([]domain.FieldError{{Pointer: "/to", Code: "receiver", Message: message}})
}

// ConfirmTransfer takes a case that was handed over. A committee takes it up with a case of its own, made in the same
// transaction: there is no moment at which nobody has it, or two have.
func (u *Cases) ConfirmTransfer(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, in domain.Receipt) (*domain.Case, error) {
	return u.change(ctx, actor, id, ifMatch, "", func(ctx context.Context, c *domain.Case, a domain.Act) error {
		var err error
		if a.Confidants, err = u.store.Confidants(ctx, c.AreaPath, a.Today()); err != nil {
			return err
		}
		next, err := c.TakeUp(a, in)
		if err != nil || next == nil {
			return err
		}
		return u.store.CreateCase(ctx, actor.Scope(), next)
	})
}

// RefuseTransfer gives a case back. The receiver loses his part in it by this very write, which his own scope would
// therefore refuse: the case is read in his scope and changed in the county's, where the move asks for his right again.
func (u *Cases) RefuseTransfer(ctx context.Context, actor domain.Actor, id domain.CaseID, ifMatch int, on calendar.Date, reason string) (*domain.Case, error) {
	if err := mayOpen(actor, id); err != nil {
		return nil, err
	}
	if _, err := u.store.Case(ctx, actor.Scope(), id); err != nil {
		return nil, err
	}
	scope := domain.SystemScope(actor.County, actor.OrgArea[:countyPath])
	return u.changeIn(ctx, scope, actor, id, ifMatch, reason, func(_ context.Context, c *domain.Case, a domain.Act) error {
		if !actor.Scope().Sees(c) {
			return domain.NotFound("案件")
		}
		return c.RefuseTransfer(a, on)
	})
}
