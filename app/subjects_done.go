package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"baimi/domain"
)

// grantable refuses to grant as a whole what some case does not let be done: the person would be told more than happens.
func (u *Subjects) grantable(ctx context.Context, a domain.Actor, id string) error {
	r, err := u.read(ctx, a, id)
	if err != nil || a.Role != domain.RoleBureauOfficer || r.Decision != nil || r.Kind != domain.SubjectErase && r.Kind != domain.SubjectStop {
		return err // Decide says what is wrong
	}
	_, kept, err := u.places(ctx, a, r)
	if err != nil || len(kept) == 0 {
		return err
	}
	return domain.Errorf(domain.CodeGuard, "不能全部照办：%s。请选择“部分同意”或者“不同意”并说明理由", whyKept(kept))
}

// carryOut erases, or stops other processing, in every case that lets it be done, each in a transaction of its own: what is done
// stays done if a later one fails, and calling it again goes on. A file that must be kept is no longer used instead.
func (u *Subjects) carryOut(ctx context.Context, a domain.Actor, id string) error {
	r, err := u.read(ctx, a, id)
	if err != nil || r.Kind != domain.SubjectErase && r.Kind != domain.SubjectStop || r.DoneOn != nil {
		return err
	}
	if a.Role != domain.RoleBureauOfficer {
		return domain.Errorf(domain.CodeForbidden, "删除、停止处理的请求由司法局办理")
	}
	if err := r.Done(u.act(a)); err != nil { // on a copy: whether it was decided
		return err
	}
	open, kept, err := u.places(ctx, a, r)
	if err != nil {
		return err
	}
	if *r.Decision == domain.SubjectGranted && len(kept) > 0 {
		return domain.Errorf(domain.CodeGuard, "决定之后情况有变化，不能全部照办：%s", whyKept(kept))
	}
	stop := open
	if r.Kind == domain.SubjectErase {
		for _, x := range open {
			if err := u.eraseIn(ctx, a, x); err != nil {
				return err
			}
		}
		stop = nil
		for _, x := range kept {
			if x.Fulfils(domain.SubjectStop, "") == nil {
				stop = append(stop, x.PersonInCase)
			}
		}
	}
	for _, x := range stop {
		if err := u.stopIn(ctx, a, x); err != nil {
			return err
		}
	}
	return nil
}

// whyKept says why without saying of which cases: the bureau does not see the confidential ones.
func whyKept(kept []KeptValues) string {
	var why []string
	for _, x := range kept {
		reason := "有的案卷依法须归档保存，保存期限届满前不能应本人要求删除"
		if domain.CodeOf(x.Why) == domain.CodeNotOpen {
			reason = "有的案件尚在办理，办结前须使用当事人的信息"
		}
		if !slices.Contains(why, reason) {
			why = append(why, reason)
		}
	}
	return strings.Join(why, "；")
}

func (u *Subjects) eraseIn(ctx context.Context, a domain.Actor, x domain.PersonInCase) error {
	in := domain.Erasing{PartyNo: x.PartyNo, RepresentativeNo: x.RepresentativeNo, Ground: domain.GroundRequest}
	if _, err := u.store.EraseValues(ctx, u.county(a), u.act(a), x.Case, in); err != nil {
		return fmt.Errorf("erase somebody from %s: %w", x.Case, err)
	}
	return nil
}

// stopIn stops it for a party; a representative is in no search and counts for nothing.
func (u *Subjects) stopIn(ctx context.Context, a domain.Actor, x domain.PersonInCase) error {
	if x.PartyNo == 0 || x.StoppedOn != nil {
		return nil
	}
	_, err := u.store.UpdateCase(ctx, u.county(a), x.Case, func(_ context.Context, c *domain.Case) error {
		return c.StopProcessing(u.act(a), x.PartyNo)
	})
	if err != nil {
		return fmt.Errorf("stop the processing in %s: %w", x.Case, err)
	}
	return nil
}

// places are where the person is in the county's cases: those that let the request be done, and the others with the reason.
func (u *Subjects) places(ctx context.Context, a domain.Actor, r domain.SubjectRequest) (open []domain.PersonInCase, kept []KeptValues, err error) {
	all, err := u.store.PersonInCases(ctx, u.county(a), r.Subject.IDNumber)
	for _, x := range all {
		if why := x.Fulfils(r.Kind, domain.GroundRequest); why != nil {
			kept = append(kept, KeptValues{x, why})
		} else {
			open = append(open, x)
		}
	}
	return open, kept, err
}

// county is the scope in which somebody's cases are found and the bureau's decision is carried out; the events name who decided.
func (u *Subjects) county(a domain.Actor) domain.Scope {
	return domain.SystemScope(a.County, a.OrgArea[:countyPath])
}

// read reads a request that the actor may see.
func (u *Subjects) read(ctx context.Context, a domain.Actor, id string) (r domain.SubjectRequest, err error) {
	_, err = u.store.ChangeSubjectRequest(ctx, a.Scope(), id, func(x *domain.SubjectRequest) error {
		r = *x
		return nil
	})
	return r, err
}
