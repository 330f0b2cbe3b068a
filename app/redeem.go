package app

import (
	"context"
	"fmt"
	"io"
	"net/netip"
	"strings"
	"time"

	"github.com/google/uuid"

	"baimi/domain"
)

func newAccountEvent(rnd io.Reader, a domain.Actor, account domain.AccountID, kind domain.AccountEventKind, at time.Time) (domain.AccountEvent, error) {
	id, err := uuid.NewRandomFromReader(rnd)
	if err != nil {
		return domain.AccountEvent{}, fmt.Errorf("number an event of an account: %w", err)
	}
	e := a.AccountEvent(account, kind, at)
	e.ID = id
	return e, nil
}

// CodeInput is a one-time code with the password that somebody sets by it.
type CodeInput struct {
	Login, Code, Password string
	From                  netip.Addr
}

// UseCode sets the password of an account by its one-time code: the first one, or a new one for one that was forgotten. It
// ends the account's sessions and tokens, and opens an account that was shut for being idle. Wrong codes count as failed
// sign-ins, and an unknown sign-in name, a wrong code and an expired one look alike.
func (u *SignIn) UseCode(ctx context.Context, in CodeInput) error {
	now := u.clock.now()
	login := strings.ToLower(strings.TrimSpace(in.Login))
	if message := CheckPassword(login, in.Password); message != "" {
		return badPassword("/newPassword", message)
	}
	account, err := u.store.AccountByLogin(ctx, login)
	known := err == nil
	if err != nil && domain.CodeOf(err) != domain.CodeNotFound {
		return err
	}
	code, wellFormed := domain.ParseAccountCode(in.Code)
	ok, err := u.throttle.try(ctx, login, in.From, now, func() (bool, error) {
		hash, err := HashPassword(in.Password) // also for who is unknown: both take the same time
		if err != nil || !known || !wellFormed {
			return false, err
		}
		return u.take(ctx, account, code, hash, now)
	})
	if err != nil {
		return err
	}
	if !ok {
		return &domain.Error{Code: domain.CodeInvalid, Message: "登录名或者验证码不正确", Fields: []domain.FieldError{
			{Pointer: "/code", Code: "code", Message: "登录名或者验证码不正确，或者验证码已经使用、过期。请核对后重试，或者重新领取"},
		}}
	}
	return nil
}

// take uses the code up and sets the password, both or neither.
func (u *SignIn) take(ctx context.Context, account domain.Account, code domain.AccountCode, hash string, now time.Time) (ok bool, err error) {
	scope := domain.SystemScope(account.County, "") // nobody is signed in yet
	err = u.store.InTx(ctx, scope, func(ctx context.Context) error {
		if ok, err = u.store.TakeCode(ctx, account.ID, code.Hash(account.ID), now); err != nil || !ok {
			return err
		}
		done := []domain.AccountEventKind{domain.AccountPasswordSet}
		switch account.State() {
		case domain.AccountWaiting:
			done[0] = domain.AccountActivated
		case domain.AccountIdle:
			done = append(done, domain.AccountEnabled)
			if err := u.store.EnableAccount(ctx, account.ID, now); err != nil {
				return err
			}
		case domain.AccountActive:
		default:
			return account.Shut() // left or stopped since the code was given out
		}
		if err := u.store.SetPassword(ctx, account.ID, hash, now); err != nil {
			return err
		}
		if err := u.store.RevokeTokens(ctx, account.ID, now); err != nil {
			return err
		}
		if err := u.store.DeleteSessions(ctx, account.ID, nil); err != nil {
			return err
		}
		return u.logHolder(ctx, scope, account, done, now)
	})
	return ok, err
}

// logHolder logs what the holder of an account did before he was signed in.
func (u *SignIn) logHolder(ctx context.Context, scope domain.Scope, account domain.Account, done []domain.AccountEventKind, now time.Time) error {
	var lines []domain.AccountEvent
	for _, kind := range done {
		e, err := newAccountEvent(u.rnd, domain.SystemActor(account.County), account.ID, kind, now)
		if err != nil {
			return err
		}
		e.Reason = "by_code"
		lines = append(lines, e)
	}
	return u.store.LogAccounts(ctx, scope, lines)
}
