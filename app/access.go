package app

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"baimi/domain"
	"baimi/domain/calendar"
)

// AccessWriter is where a use case leaves its lines of the access log.
type AccessWriter interface {
	LogAccess(ctx context.Context, scope domain.Scope, l domain.Access) error
}

// LogAccess writes one line about what the actor gets to see. Call it inside the transaction that reads what is shown:
// then nothing is shown without its line, and no line is left of what was refused. complete says what the line is of.
func LogAccess(ctx context.Context, w AccessWriter, rnd io.Reader, actor domain.Actor, what domain.AccessKind, at time.Time,
	complete func(l *domain.Access),
) error {
	l, err := newAccess(rnd, actor, what, at)
	if err != nil {
		return err
	}
	if complete != nil {
		complete(&l)
	}
	return w.LogAccess(ctx, actor.Scope(), l)
}

func newAccess(rnd io.Reader, actor domain.Actor, what domain.AccessKind, at time.Time) (domain.Access, error) {
	id, err := uuid.NewRandomFromReader(rnd)
	if err != nil {
		return domain.Access{}, fmt.Errorf("number an access: %w", err)
	}
	l := actor.Access(what, at)
	l.ID = id
	return l, nil
}

// look is the one door to the content of a case: the right to it, the case, and the line in the access log that show
// writes, in one transaction.
func (u *Cases) look(ctx context.Context, actor domain.Actor, id domain.CaseID,
	show func(ctx context.Context, c *domain.Case, l accessLine) error,
) (*domain.Case, error) {
	if err := mayOpen(actor, id); err != nil {
		return nil, err
	}
	var c *domain.Case
	err := u.store.InTx(ctx, actor.Scope(), func(ctx context.Context) error {
		var err error
		if c, err = u.store.Case(ctx, actor.Scope(), id); err != nil {
			return err
		}
		return show(ctx, c, accessLine{u: u, actor: actor, c: c})
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// accessLine writes lines about one case.
type accessLine struct {
	u     *Cases
	actor domain.Actor
	c     *domain.Case
}

func (l accessLine) write(ctx context.Context, what domain.AccessKind) error {
	return LogAccess(ctx, l.u.store, l.u.rnd, l.actor, what, l.u.clock.now(), func(a *domain.Access) { *a = a.Of(l.c) })
}

// RevealInput asks for values of a party that are masked everywhere else.
type RevealInput struct {
	PartyNo int
	Fields  []domain.PartyField
	Reason  string
}

// Reveal shows them, and logs who, which and why.
func (u *Cases) Reveal(ctx context.Context, actor domain.Actor, id domain.CaseID, in RevealInput) (map[domain.PartyField]string, error) {
	var shown map[domain.PartyField]string
	_, err := u.look(ctx, actor, id, func(ctx context.Context, c *domain.Case, _ accessLine) error {
		if err := handlesCases(actor); err != nil {
			return err
		}
		var err error
		if shown, err = c.Reveal(actor, in.PartyNo, in.Fields); err != nil {
			return err
		}
		return LogAccess(ctx, u.store, u.rnd, actor, domain.AccessUnmask, u.clock.now(), func(a *domain.Access) {
			*a = a.Of(c)
			a.PartyNo, a.Fields, a.Reason = &in.PartyNo, domain.FieldWords(in.Fields), in.Reason
		})
	})
	return shown, err
}

// Phone shows a party's phone to the case's own mediator, at one tap. The reason is preset, and it is logged once per
// case and day (ruling P18).
func (u *Cases) Phone(ctx context.Context, actor domain.Actor, id domain.CaseID, party int) (string, error) {
	var phone string
	_, err := u.look(ctx, actor, id, func(ctx context.Context, c *domain.Case, _ accessLine) error {
		if err := handlesCases(actor); err != nil {
			return err
		}
		var err error
		if phone, err = c.Phone(actor, party); err != nil {
			return err
		}
		now := u.clock.now()
		l, err := newAccess(u.rnd, actor, domain.AccessUnmask, now)
		if err != nil {
			return err
		}
		l = l.Of(c)
		l.Fields, l.Reason = domain.Codes{string(domain.FieldPhone)}, domain.RevealContact
		_, err = u.store.LogAccessOnce(ctx, actor.Scope(), l, calendar.DateOf(now).StartOfDay())
		return err
	})
	return phone, err
}

// Forms opens a case to tell who may print which forms it can fill in. That tells nothing personal, so the look is not logged.
func (u *Cases) Forms(ctx context.Context, actor domain.Actor, id domain.CaseID) (*domain.Case, error) {
	if err := mayOpen(actor, id); err != nil {
		return nil, err
	}
	c, err := u.store.Case(ctx, actor.Scope(), id)
	if err != nil {
		return nil, err
	}
	if err := handlesCases(actor); err != nil {
		return nil, err
	}
	return c, c.MayPrint(actor)
}

// Print opens a case for its forms, which show what answers mask, and logs which was printed. pick says whether the case has
// it; what it refuses leaves no line.
func (u *Cases) Print(ctx context.Context, actor domain.Actor, id domain.CaseID, form string, pick func(c *domain.Case) error) (*domain.Case, error) {
	return u.look(ctx, actor, id, func(ctx context.Context, c *domain.Case, _ accessLine) error {
		if err := handlesCases(actor); err != nil {
			return err
		}
		if err := c.MayPrint(actor); err != nil {
			return err
		}
		if err := pick(c); err != nil {
			return err
		}
		return LogAccess(ctx, u.store, u.rnd, actor, domain.AccessPrint, u.clock.now(), func(a *domain.Access) {
			*a = a.Of(c)
			a.Reason = form
		})
	})
}

// Accesses reads who looked at a case, newest first, for those who answer for it.
func (u *Cases) Accesses(ctx context.Context, actor domain.Actor, id domain.CaseID, p domain.Page) (rows []domain.Access, next *domain.Cursor, err error) {
	if err := mayOpen(actor, id); err != nil {
		return nil, nil, err
	}
	err = u.store.InTx(ctx, actor.Scope(), func(ctx context.Context) error {
		c, err := u.store.Case(ctx, actor.Scope(), id)
		if err != nil {
			return err
		}
		if err := c.MaySeeAccesses(actor); err != nil {
			return err
		}
		rows, next, err = u.store.CaseAccesses(ctx, actor.Scope(), id, p)
		return err
	})
	return rows, next, err
}

// AuditStore is what the audit administrator reads.
type AuditStore interface {
	Tx
	AccessLog(ctx context.Context, scope domain.Scope, f domain.AccessFilter, p domain.Page) ([]domain.Access, *domain.Cursor, error)
}

// Audit are the use cases of the audit administrator, who sees what others did and no case.
type Audit struct{ store AuditStore }

// NewAudit makes the use cases.
func NewAudit(store AuditStore) *Audit { return &Audit{store: store} }

// Accesses reads a page of the county's access log, newest first.
func (u *Audit) Accesses(ctx context.Context, actor domain.Actor, f domain.AccessFilter, p domain.Page) ([]domain.Access, *domain.Cursor, error) {
	if err := audits(actor); err != nil {
		return nil, nil, err
	}
	if !f.From.IsZero() && !f.To.IsZero() && f.To.Before(f.From) {
		return nil, nil, invalid([]domain.FieldError{{Pointer: "/query/to", Code: "too_early", Message: "截止日期不能早于起始日期"}})
	}
	return u.store.AccessLog(ctx, actor.Scope(), f, p)
}
