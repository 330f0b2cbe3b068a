package app

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"baimi/domain"
)

// SubjectStore is what the register of requests needs.
type SubjectStore interface {
	Tx
	PutSubjectRequest(ctx context.Context, scope domain.Scope, r domain.SubjectRequest) error
	ChangeSubjectRequest(ctx context.Context, scope domain.Scope, id string, change func(r *domain.SubjectRequest) error) (domain.SubjectRequest, error)
	SubjectRequests(ctx context.Context, scope domain.Scope, openOnly bool, p domain.Page) ([]domain.SubjectRequest, *domain.Cursor, error)
	CasesOfSubject(ctx context.Context, scope domain.Scope, idNumber string) ([]domain.SubjectCase, error)
	Case(ctx context.Context, scope domain.Scope, id domain.CaseID) (*domain.Case, error)
	CaseAccesses(ctx context.Context, scope domain.Scope, id domain.CaseID, p domain.Page) ([]domain.Access, *domain.Cursor, error)
	LogAccess(ctx context.Context, scope domain.Scope, l domain.Access) error
	UpdateCase(ctx context.Context, scope domain.Scope, id domain.CaseID, change func(ctx context.Context, c *domain.Case) error) (*domain.Case, error)
	EraseStore
}

// Subjects are the use cases about the rights of the people whose data are kept.
type Subjects struct {
	store SubjectStore
	clock Clock
	rnd   io.Reader
}

// NewSubjects makes the use cases.
func NewSubjects(store SubjectStore, clock Clock, rnd io.Reader) *Subjects {
	return &Subjects{store: store, clock: clock, rnd: rnd}
}

func (u *Subjects) act(a domain.Actor) domain.Act {
	return domain.Act{Actor: a, At: u.clock.now(), Random: u.rnd}
}

// Take enters a request.
func (u *Subjects) Take(ctx context.Context, a domain.Actor, in domain.NewSubjectRequest) (domain.SubjectRequest, error) {
	id, err := uuid.NewRandomFromReader(u.rnd)
	if err != nil {
		return domain.SubjectRequest{}, fmt.Errorf("number a request: %w", err)
	}
	r, err := domain.TakeSubjectRequest(u.act(a), id, in)
	if err != nil {
		return r, err
	}
	return r, u.store.PutSubjectRequest(ctx, a.Scope(), r)
}

// List reads a page of the register.
func (u *Subjects) List(ctx context.Context, a domain.Actor, openOnly bool, p domain.Page) ([]domain.SubjectRequest, *domain.Cursor, error) {
	if err := a.TakesSubjectRequests(); err != nil {
		return nil, nil, err
	}
	return u.store.SubjectRequests(ctx, a.Scope(), openOnly, p)
}

// Decide decides a request.
func (u *Subjects) Decide(ctx context.Context, a domain.Actor, id string, decision domain.SubjectDecision, ground *string) (domain.SubjectRequest, error) {
	if err := a.TakesSubjectRequests(); err != nil {
		return domain.SubjectRequest{}, err
	}
	if decision == domain.SubjectGranted {
		if err := u.grantable(ctx, a, id); err != nil {
			return domain.SubjectRequest{}, err
		}
	}
	return u.store.ChangeSubjectRequest(ctx, a.Scope(), id, func(r *domain.SubjectRequest) error {
		return r.Decide(u.act(a), decision, ground)
	})
}

// Finish does what was granted, an erasure or the stopping of other processing, or notes that a correction was made.
func (u *Subjects) Finish(ctx context.Context, a domain.Actor, id string) (domain.SubjectRequest, error) {
	if err := a.TakesSubjectRequests(); err != nil {
		return domain.SubjectRequest{}, err
	}
	if err := writes(a); err != nil {
		return domain.SubjectRequest{}, err
	}
	if err := u.carryOut(ctx, a, id); err != nil {
		return domain.SubjectRequest{}, err
	}
	return u.store.ChangeSubjectRequest(ctx, a.Scope(), id, func(r *domain.SubjectRequest) error { return r.Done(u.act(a)) })
}

// Copy is all that is kept about a person, as far as who makes the copy may open it.
type Copy struct {
	Request   domain.SubjectRequest
	MadeAt    time.Time
	Cases     []CopiedCase
	Elsewhere []domain.SubjectCase // ordinary cases that others must copy from; of confidential ones not even that
}

// CopiedCase is one case with the person's own place in it, and who has looked.
type CopiedCase struct {
	Case     *domain.Case
	PartyNo  int
	Accesses []domain.Access
}

// mostAccesses bounds how many looks a copy tells of, the newest.
const mostAccesses = 200

// Copy makes the copy that a request asks for. It is found in the whole county by the blind index, and shown in the right of
// who makes it: an ordinary case beyond that is named by its committee and number, a confidential one not at all; its own
// director or mediators' office makes that copy on the same request. Each case copied is logged as an export.
func (u *Subjects) Copy(ctx context.Context, a domain.Actor, id string) (Copy, error) {
	if err := a.TakesSubjectRequests(); err != nil {
		return Copy{}, err
	}
	if err := writes(a); err != nil {
		return Copy{}, err
	}
	out := Copy{MadeAt: u.clock.now()}
	var found []domain.SubjectCase
	request, err := u.store.ChangeSubjectRequest(ctx, a.Scope(), id, func(r *domain.SubjectRequest) error {
		if r.Kind != domain.SubjectCopy {
			return domain.Errorf(domain.CodeGuard, "该请求不是查阅、复制请求")
		}
		if r.Decision == nil {
			return r.Decide(u.act(a), domain.SubjectGranted, nil)
		}
		if *r.Decision == domain.SubjectRefused {
			return domain.Errorf(domain.CodeGuard, "该请求未予同意")
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	if found, err = u.store.CasesOfSubject(ctx, domain.SystemScope(a.County, a.OrgArea[:countyPath]), request.Subject.IDNumber); err != nil {
		return out, err
	}
	err = u.store.InTx(ctx, a.Scope(), func(ctx context.Context) error {
		for _, x := range found {
			if err := u.copyCase(ctx, a, x, &out); err != nil {
				return err
			}
		}
		out.Request, err = u.store.ChangeSubjectRequest(ctx, a.Scope(), id, func(r *domain.SubjectRequest) error { return r.Done(u.act(a)) })
		return err
	})
	return out, err
}

func (u *Subjects) copyCase(ctx context.Context, a domain.Actor, x domain.SubjectCase, out *Copy) error {
	c, err := u.store.Case(ctx, a.Scope(), x.CaseID())
	if domain.CodeOf(err) == domain.CodeNotFound {
		if x.Confidentiality == domain.Ordinary {
			out.Elsewhere = append(out.Elsewhere, x)
		}
		return nil
	}
	if err != nil {
		return err
	}
	looks, _, err := u.store.CaseAccesses(ctx, a.Scope(), x.CaseID(), domain.Page{Size: mostAccesses})
	if err != nil {
		return err
	}
	out.Cases = append(out.Cases, CopiedCase{Case: c, PartyNo: x.PartyNo, Accesses: looks})
	return LogAccess(ctx, u.store, u.rnd, a, domain.AccessExport, out.MadeAt, func(l *domain.Access) {
		*l = l.Of(c)
		l.PartyNo, l.Reason = &x.PartyNo, "subject_request"
	})
}
