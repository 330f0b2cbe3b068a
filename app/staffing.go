package app

import (
	"context"
	"io"
	"time"

	"github.com/google/uuid"

	"baimi/domain"
	"baimi/domain/calendar"
)

// StaffingStore is what the use cases about accounts and roles need.
type StaffingStore interface {
	Tx
	Org(ctx context.Context, id domain.OrgID) (domain.Org, error)
	Account(ctx context.Context, id domain.AccountID) (domain.Account, error)
	AccountOf(ctx context.Context, person domain.PersonID) (domain.Account, error)
	Assignment(ctx context.Context, id domain.AssignmentID) (domain.Assignment, error)
	Assignments(ctx context.Context, person domain.PersonID, on calendar.Date) ([]domain.Assignment, error)
	AssignmentsFrom(ctx context.Context, people []domain.PersonID, on calendar.Date) (map[domain.PersonID][]domain.Assignment, error)
	StaffAccounts(ctx context.Context, f domain.AccountFilter, on calendar.Date) ([]domain.StaffAccount, error)
	AddAccount(ctx context.Context, county domain.County, name, login string, at time.Time) (domain.Account, error)
	AddAssignment(ctx context.Context, n domain.NewRole) (domain.AssignmentID, error)
	EndAssignment(ctx context.Context, id domain.AssignmentID, on calendar.Date) error
	EndSignIns(ctx context.Context, id domain.AssignmentID, at time.Time) (sessions, tokens int, err error)
	EnableAccount(ctx context.Context, id domain.AccountID, at time.Time) error
	DisableAccount(ctx context.Context, id domain.AccountID, why domain.Disabling, at time.Time) error
	PutCodes(ctx context.Context, codes []domain.StoredCode, at time.Time) error
	LogAccounts(ctx context.Context, scope domain.Scope, lines []domain.AccountEvent) error
	AccountEvents(ctx context.Context, scope domain.Scope, account domain.AccountID, p domain.Page) ([]domain.AccountEvent, *domain.Cursor, error)
	CasesInHand(ctx context.Context, scope domain.Scope, mediator domain.PersonID, committee domain.OrgID) ([]domain.CaseID, error)
}

// How long codes live: a slip travels with the office's post to the villages, a code told face to face is used on the spot.
const (
	slipLife = 30 * 24 * time.Hour
	codeLife = 30 * time.Minute
	mostAt   = 2000 // slips at once
)

// Staffing are the use cases about who may sign in, and as what.
type Staffing struct {
	store StaffingStore
	cases *Cases
	clock Clock
	rnd   io.Reader
}

// NewStaffing makes the use cases; cases hands over what somebody leaves behind.
func NewStaffing(store StaffingStore, cases *Cases, clock Clock, rnd io.Reader) *Staffing {
	return &Staffing{store: store, cases: cases, clock: clock, rnd: rnd}
}

func (u *Staffing) today() calendar.Date { return calendar.DateOf(u.clock.now()) }

// in runs fn in one transaction of the actor and logs the lines it returns.
func (u *Staffing) in(ctx context.Context, a domain.Actor, fn func(ctx context.Context, now time.Time) ([]domain.AccountEvent, error)) error {
	return u.store.InTx(ctx, a.Scope(), func(ctx context.Context) error {
		lines, err := fn(ctx, u.clock.now())
		if err != nil {
			return err
		}
		for i := range lines {
			if lines[i].ID, err = uuid.NewRandomFromReader(u.rnd); err != nil {
				return err
			}
		}
		return u.store.LogAccounts(ctx, a.Scope(), lines)
	})
}

// NewAccountInput is a person with a sign-in, and perhaps a first role.
type NewAccountInput struct {
	Name, Login string
	Role        *RoleInput
}

// RoleInput is a role to be given.
type RoleInput struct {
	Org        domain.OrgID
	Role       domain.Role
	Engagement *string
	FullTime   *bool
	From       calendar.Date
	To         *calendar.Date
}

// Create makes a person with a sign-in that waits for the code of its slip.
func (u *Staffing) Create(ctx context.Context, a domain.Actor, in NewAccountInput) (domain.StaffAccount, error) {
	if err := a.MayCreateAccounts(); err != nil {
		return domain.StaffAccount{}, err
	}
	name, err := domain.ParseCivilName(in.Name, domain.Natural)
	if err != nil {
		return domain.StaffAccount{}, invalid([]domain.FieldError{{Pointer: "/name", Code: "name", Message: "姓名不正确，请核对"}})
	}
	var id domain.AccountID
	err = u.in(ctx, a, func(ctx context.Context, now time.Time) ([]domain.AccountEvent, error) {
		c, err := u.store.AddAccount(ctx, a.County, name, in.Login, now)
		if domain.CodeOf(err) == domain.CodeExists {
			return nil, &domain.Error{Code: domain.CodeExists, Message: "登录名已被使用", Fields: []domain.FieldError{
				{Pointer: "/login", Code: "exists", Message: "登录名已被使用，请换一个"},
			}}
		}
		if err != nil {
			return nil, err
		}
		id = c.ID
		lines := []domain.AccountEvent{a.AccountEvent(id, domain.AccountCreated, now)}
		if in.Role != nil {
			line, err := u.give(ctx, a, c, *in.Role, now)
			if err != nil {
				return nil, err
			}
			lines = append(lines, line)
		}
		return lines, nil
	})
	if err != nil {
		return domain.StaffAccount{}, err
	}
	return u.read(ctx, id)
}

// GiveRole gives the holder of an account a further role.
func (u *Staffing) GiveRole(ctx context.Context, a domain.Actor, account domain.AccountID, in RoleInput) (domain.StaffAccount, error) {
	err := u.in(ctx, a, func(ctx context.Context, now time.Time) ([]domain.AccountEvent, error) {
		c, err := u.account(ctx, a, account)
		if err != nil {
			return nil, err
		}
		line, err := u.give(ctx, a, c, in, now)
		return []domain.AccountEvent{line}, err
	})
	if err != nil {
		return domain.StaffAccount{}, err
	}
	return u.read(ctx, account)
}

func (u *Staffing) give(ctx context.Context, a domain.Actor, c domain.Account, in RoleInput, now time.Time) (domain.AccountEvent, error) {
	if err := a.MayGiveRole(in.Role, c.Person); err != nil {
		return domain.AccountEvent{}, err
	}
	org, err := u.store.Org(ctx, in.Org)
	if err != nil {
		return domain.AccountEvent{}, err
	}
	if org.County != a.County {
		return domain.AccountEvent{}, domain.NotFound("单位")
	}
	n := domain.NewRole{Person: c.Person, Org: in.Org, Role: in.Role, Engagement: in.Engagement, FullTime: in.FullTime, From: in.From, To: in.To}
	if err := n.Check(org); err != nil {
		return domain.AccountEvent{}, err
	}
	held, err := u.store.AssignmentsFrom(ctx, []domain.PersonID{c.Person}, in.From)
	if err != nil {
		return domain.AccountEvent{}, err
	}
	if err := in.Role.Apart(held[c.Person]); err != nil {
		return domain.AccountEvent{}, err
	}
	id, err := u.store.AddAssignment(ctx, n)
	e := a.AccountEvent(c.ID, domain.AccountRoleGiven, now)
	e.About, e.OnDay = &id, &in.From
	return e, err
}

// account reads an account of the actor's own county.
func (u *Staffing) account(ctx context.Context, a domain.Actor, id domain.AccountID) (domain.Account, error) {
	c, err := u.store.Account(ctx, id)
	if err == nil && c.County != a.County {
		err = domain.NotFound("账号")
	}
	return c, err
}

func (u *Staffing) read(ctx context.Context, id domain.AccountID) (domain.StaffAccount, error) {
	c, err := u.store.Account(ctx, id)
	if err != nil {
		return domain.StaffAccount{}, err
	}
	held, err := u.store.AssignmentsFrom(ctx, []domain.PersonID{c.Person}, u.today())
	return domain.StaffAccount{Account: c, Assignments: held[c.Person]}, err
}

// List reads a page of the accounts the actor answers for; next is the one to go on after, 0 at the end.
func (u *Staffing) List(ctx context.Context, a domain.Actor, f domain.AccountFilter) (rows []domain.StaffAccount, next domain.AccountID, err error) {
	area, committee, err := a.ListsAccounts()
	if err != nil {
		return nil, 0, err
	}
	f.County, f.Committee = a.County, committee
	if area != "" && !domain.Within(f.Area, area) {
		f.Area = area
	}
	size := f.Size
	f.Size++
	if rows, err = u.store.StaffAccounts(ctx, f, u.today()); err != nil || len(rows) <= size {
		return rows, 0, err
	}
	return rows[:size], rows[size-1].ID, nil
}

// SetOpen stops an account by order, or opens one that was shut for whatever reason.
func (u *Staffing) SetOpen(ctx context.Context, a domain.Actor, account domain.AccountID, open bool) (domain.StaffAccount, error) {
	if err := a.MayCreateAccounts(); err != nil {
		return domain.StaffAccount{}, err
	}
	err := u.in(ctx, a, func(ctx context.Context, now time.Time) ([]domain.AccountEvent, error) {
		c, err := u.account(ctx, a, account)
		if err != nil {
			return nil, err
		}
		held, err := u.store.Assignments(ctx, c.Person, u.today())
		if err != nil {
			return nil, err
		}
		if err := a.MayHelp(c.Person, held); err != nil {
			return nil, err
		}
		if open == (c.DisabledAt == nil) {
			return nil, nil
		}
		if open {
			return []domain.AccountEvent{a.AccountEvent(c.ID, domain.AccountEnabled, now)}, u.store.EnableAccount(ctx, c.ID, now)
		}
		return []domain.AccountEvent{a.AccountEvent(c.ID, domain.AccountDisabled, now)}, u.store.DisableAccount(ctx, c.ID, domain.DisabledByOrder, now)
	})
	if err != nil {
		return domain.StaffAccount{}, err
	}
	return u.read(ctx, account)
}

// Events reads a page of the county's log of accounts, for the audit administrator.
func (u *Staffing) Events(ctx context.Context, a domain.Actor, account domain.AccountID, p domain.Page) ([]domain.AccountEvent, *domain.Cursor, error) {
	if err := audits(a); err != nil {
		return nil, nil, err
	}
	return u.store.AccountEvents(ctx, a.Scope(), account, p)
}
