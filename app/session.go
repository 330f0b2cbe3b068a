package app

import (
	"context"
	"net/netip"
	"time"

	"github.com/alexedwards/argon2id"

	"baimi/domain"
	"baimi/domain/calendar"
)

// touchEvery is how exactly a session knows when it was last used; finer would cost a write a request.
const touchEvery = time.Minute

func errSession() error {
	return domain.Errorf(domain.CodeUnauthenticated, "登录已失效，请重新登录")
}

// BySession is who a session's secret belongs to. Session, account and role are read anew each time, so that revoking
// any of them takes effect at once.
func (u *SignIn) BySession(ctx context.Context, secret string) (Caller, error) {
	now := u.clock.now()
	s, holder, err := u.store.SessionHolder(ctx, hashOf(secret), calendar.DateOf(now))
	if err != nil {
		return Caller{}, gone(err)
	}
	if !now.Before(s.ExpiresAt) || now.Sub(s.SeenAt) >= u.cfg.Idle {
		return Caller{}, errSession()
	}
	taken, err := acting(holder, s.Assignment)
	if err != nil {
		return Caller{}, err
	}
	if now.Sub(s.SeenAt) >= touchEvery {
		if err := u.store.TouchSession(ctx, s.Hash, now); err != nil {
			return Caller{}, err
		}
	}
	return caller(holder.Account, holder.Assignments, taken, domain.ViaSession, s), nil
}

// acting is the role that an account acts in; one that is disabled or has lost the role is refused.
func acting(h domain.Holder, assignment domain.AssignmentID) (domain.Assignment, error) {
	taken, ok := find(h.Assignments, assignment)
	if h.Account.DisabledAt != nil || !ok {
		return taken, errSession()
	}
	return taken, nil
}

// gone makes "not found" of a session or token into "not signed in".
func gone(err error) error {
	if domain.CodeOf(err) == domain.CodeNotFound {
		return errSession()
	}
	return err
}

// SignOut ends a session.
func (u *SignIn) SignOut(ctx context.Context, c Caller) error {
	return u.store.DeleteSession(ctx, c.Session)
}

// SignOutEverywhere ends all sessions of the account, and its tokens if asked to.
func (u *SignIn) SignOutEverywhere(ctx context.Context, c Caller, tokens bool) error {
	return u.store.InTx(ctx, c.Actor.Scope(), func(ctx context.Context) error {
		if err := u.store.DeleteSessions(ctx, c.Account.ID, nil); err != nil || !tokens {
			return err
		}
		return u.store.RevokeTokens(ctx, c.Account.ID, u.clock.now())
	})
}

// Switch goes on in another of the person's roles.
func (u *SignIn) Switch(ctx context.Context, c Caller, to domain.AssignmentID) (Caller, error) {
	taken, ok := find(c.Assignments, to)
	if !ok {
		return Caller{}, invalid([]domain.FieldError{{Pointer: "/assignmentId", Code: "assignment", Message: "您没有这个岗位"}})
	}
	if err := u.store.SetSessionAssignment(ctx, c.Session, to); err != nil {
		return Caller{}, err
	}
	c.Actor = taken.Actor(c.Account, domain.ViaSession)
	return c, nil
}

// ChangePassword sets a new password and ends the account's other sessions. Wrong old passwords count as failed
// sign-ins: an unlocked screen must not be a way to guess without limit.
func (u *SignIn) ChangePassword(ctx context.Context, c Caller, from netip.Addr, old, next string) error {
	now := u.clock.now()
	if message := CheckPassword(c.Account.Login, next); message != "" {
		return badPassword("/newPassword", message)
	}
	var hash string
	ok, err := u.throttle.try(ctx, c.Account.Login, from, now, func() (bool, error) {
		match, err := argon2id.ComparePasswordAndHash(old, c.Account.PasswordHash)
		if err != nil || !match {
			return false, err
		}
		hash, err = HashPassword(next)
		return true, err
	})
	if err != nil {
		return err
	}
	if !ok {
		return badPassword("/oldPassword", "原密码不正确")
	}
	return u.store.InTx(ctx, c.Actor.Scope(), func(ctx context.Context) error {
		if err := u.store.SetPassword(ctx, c.Account.ID, hash, now); err != nil {
			return err
		}
		if err := u.store.RevokeTokens(ctx, c.Account.ID, now); err != nil {
			return err
		}
		line, err := newAccountEvent(u.rnd, c.Actor, c.Account.ID, domain.AccountPasswordSet, now)
		if err != nil {
			return err
		}
		if err := u.store.LogAccounts(ctx, c.Actor.Scope(), []domain.AccountEvent{line}); err != nil {
			return err
		}
		return u.store.DeleteSessions(ctx, c.Account.ID, c.Session)
	})
}
