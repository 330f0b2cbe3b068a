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
		return u.grantOne(ctx, scope, actor, no, reader, reason)
	})
	return no, err
}

// grantOne opens the newest case under a demand number that is still closed to the reader: a matter that was handed over
// has several, and it may be the one before that is restricted.
func (u *Cases) grantOne(ctx context.Context, scope domain.Scope, actor domain.Actor, no domain.DemandNo, reader domain.PersonID, reason string) error {
	ids, err := u.store.CasesByDemandNo(ctx, scope, no)
	if err != nil {
		return err
	}
	var first error = domain.NotFound("案件")
	for i, id := range ids {
		_, err := u.store.UpdateCase(ctx, scope, id, func(ctx context.Context, c *domain.Case) error {
			a, err := u.act(ctx, actor, reason)
			if err != nil {
				return err
			}
			return c.GrantReading(a, reader)
		})
		if domain.CodeOf(err) != domain.CodeGuard {
			return err
		}
		if i == 0 {
			first = err
		}
	}
	return first
}
