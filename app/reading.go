package app

import (
	"context"

	"baimi/domain"
)

// GrantReading opens a restricted case to one person at a logged request. The security administrator has no scope on any
// case: the case is found and changed in the county's own scope, and nothing of it is answered.
func (u *Cases) GrantReading(ctx context.Context, actor domain.Actor, demandNo string, reader domain.PersonID, reason string) (domain.DemandNo, error) {
	if actor.Role != domain.RoleSecurityAdmin {
		return "", domain.Errorf(domain.CodeForbidden, "查阅申请由安全管理员登记")
	}
	no, err := domain.ParseDemandNo(demandNo)
	if err != nil {
		return "", invalid([]domain.FieldError{{Pointer: "/demandNo", Code: "demand_no", Message: "登记编号不正确，请逐位核对"}})
	}
	if domain.County(no.County()) != actor.County {
		return "", domain.NotFound("案件")
	}
	scope := domain.SystemScope(actor.County, actor.OrgArea[:countyPath])
	err = u.store.InTx(ctx, scope, func(ctx context.Context) error {
		names, err := u.store.StaffNames(ctx, []domain.PersonID{reader})
		if err != nil {
			return err
		}
		if names[reader] == "" {
			return invalid([]domain.FieldError{{Pointer: "/personId", Code: "person", Message: "没有这个人员"}})
		}
		id, err := u.store.CaseByDemandNo(ctx, scope, no)
		if err != nil {
			return err
		}
		_, err = u.store.UpdateCase(ctx, scope, id, func(ctx context.Context, c *domain.Case) error {
			a, err := u.act(ctx, actor, reason)
			if err != nil {
				return err
			}
			return c.GrantReading(a, reader)
		})
		return err
	})
	return no, err
}
