package app

import (
	"context"
	"time"

	"github.com/google/uuid"

	"baimi/domain"
)

// Slip is what is printed for one account: how to sign in for the first time.
type Slip struct {
	Account   domain.AccountID
	Login     string
	Name      string
	Posts     []domain.Assignment
	Code      domain.AccountCode
	ExpiresAt time.Time
}

// SlipsInput says for whom: an organisation with all below it, or an area.
type SlipsInput struct {
	Org  domain.OrgID
	Area string
}

// Slips makes a code for every account that still waits for its first password, and gives them out once, to be printed.
// Slips printed before end: only the newest paper works.
func (u *Staffing) Slips(ctx context.Context, a domain.Actor, in SlipsInput) ([]Slip, error) {
	if err := a.MayCreateAccounts(); err != nil {
		return nil, err
	}
	var slips []Slip
	err := u.in(ctx, a, func(ctx context.Context, now time.Time) ([]domain.AccountEvent, error) {
		waiting, err := u.waiting(ctx, a, in)
		if err != nil {
			return nil, err
		}
		var codes []domain.StoredCode
		var lines []domain.AccountEvent
		for _, c := range waiting {
			code, stored, err := u.newCode(a, c.ID, now, slipLife)
			if err != nil {
				return nil, err
			}
			codes = append(codes, stored)
			slips = append(slips, Slip{
				Account: c.ID, Login: c.Login, Name: c.PersonName, Posts: c.Assignments, Code: code, ExpiresAt: stored.ExpiresAt,
			})
			lines = append(lines, a.AccountEvent(c.ID, domain.AccountSlipIssued, now))
		}
		return lines, u.store.PutCodes(ctx, codes, now)
	})
	return slips, err
}

// waiting are the accounts of the organisation or area without a password yet, and for which the actor answers.
func (u *Staffing) waiting(ctx context.Context, a domain.Actor, in SlipsInput) ([]domain.StaffAccount, error) {
	if in.Org != 0 {
		org, err := u.store.Org(ctx, in.Org)
		if err != nil {
			return nil, err
		}
		if org.County != a.County {
			return nil, domain.NotFound("单位")
		}
	}
	var out []domain.StaffAccount
	const page = 500
	for f := (domain.AccountFilter{County: a.County, Org: in.Org, Area: in.Area, Size: page}); ; {
		rows, err := u.store.StaffAccounts(ctx, f, u.today())
		if err != nil {
			return nil, err
		}
		for _, c := range rows {
			if c.State() == domain.AccountWaiting && a.MayHelp(c.Person, c.Assignments) == nil {
				out = append(out, c)
			}
		}
		if len(out) > mostAt {
			return nil, domain.Errorf(domain.CodeGuard, "一次最多打印%d张开通单，请按镇街或者单位分次打印", mostAt)
		}
		if len(rows) < page {
			return out, nil
		}
		f.After = rows[page-1].ID
	}
}

func (u *Staffing) newCode(a domain.Actor, account domain.AccountID, now time.Time, life time.Duration) (domain.AccountCode, domain.StoredCode, error) {
	code, err := domain.NewAccountCode(u.rnd)
	if err != nil {
		return "", domain.StoredCode{}, err
	}
	id, err := uuid.NewRandomFromReader(u.rnd)
	if err != nil {
		return "", domain.StoredCode{}, err
	}
	return code, domain.StoredCode{
		ID: id, Account: account, Hash: code.Hash(account), IssuedBy: a.Person, IssuedAt: now, ExpiresAt: now.Add(life),
	}, nil
}

// ResetCode gives out a code for a forgotten password, or for an account that was shut for being idle, to somebody who
// stands before the actor. The password stays as it is until the code is used.
func (u *Staffing) ResetCode(ctx context.Context, a domain.Actor, account domain.AccountID) (Slip, error) {
	var slip Slip
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
		if s := c.State(); s == domain.AccountLeft || s == domain.AccountStopped {
			return nil, domain.Errorf(domain.CodeGuard, "该账号已停用，须先由司法局或者系统管理员启用")
		}
		code, stored, err := u.newCode(a, c.ID, now, codeLife)
		if err != nil {
			return nil, err
		}
		slip = Slip{Account: c.ID, Login: c.Login, Name: c.PersonName, Posts: held, Code: code, ExpiresAt: stored.ExpiresAt}
		return []domain.AccountEvent{a.AccountEvent(c.ID, domain.AccountCodeIssued, now)}, u.store.PutCodes(ctx, []domain.StoredCode{stored}, now)
	})
	return slip, err
}
