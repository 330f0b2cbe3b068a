package app

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"baimi/domain"
	"baimi/domain/calendar"
)

const (
	tokenPrefix = "baimi_" // lets scanners of repositories find a token that was published by mistake
	longest     = 366 * 24 * time.Hour
	mostTokens  = 20
)

// ByToken is who a token belongs to.
func (u *SignIn) ByToken(ctx context.Context, secret string) (Caller, error) {
	now := u.clock.now()
	if !strings.HasPrefix(secret, tokenPrefix) {
		return Caller{}, errToken()
	}
	t, holder, err := u.store.TokenHolder(ctx, hashOf(secret), calendar.DateOf(now))
	if domain.CodeOf(err) == domain.CodeNotFound {
		return Caller{}, errToken()
	}
	if err != nil {
		return Caller{}, err
	}
	if t.RevokedAt != nil || !now.Before(t.ExpiresAt) {
		return Caller{}, errToken()
	}
	taken, err := acting(holder, t.Assignment)
	if err != nil {
		return Caller{}, err
	}
	account := holder.Account
	if account.LastUsedAt == nil || now.Sub(*account.LastUsedAt) >= 24*time.Hour { // a day is exact enough for 90
		if err := u.store.TouchAccount(ctx, account.ID, now); err != nil {
			return Caller{}, err
		}
	}
	c := Caller{
		Actor: taken.Actor(account, domain.ViaToken), Account: account, Assignments: holder.Assignments, Scopes: t.Scopes, ExpiresAt: t.ExpiresAt,
	}
	c.Actor.ReadOnly = !c.Writes()
	return c, nil
}

func errToken() error {
	return domain.Errorf(domain.CodeUnauthenticated, "令牌无效或者已停用")
}

// NewTokenInput describes a token to make.
type NewTokenInput struct {
	Name      string
	Scopes    []string
	ExpiresAt time.Time
}

// CreateToken makes a token in the role the caller has now, and returns its secret, which is stored nowhere.
func (u *SignIn) CreateToken(ctx context.Context, c Caller, in NewTokenInput) (domain.Token, string, error) {
	now := u.clock.now()
	in.ExpiresAt = in.ExpiresAt.UTC().Truncate(time.Microsecond)
	switch {
	case !in.ExpiresAt.After(now):
		return domain.Token{}, "", invalid([]domain.FieldError{{Pointer: "/expiresAt", Code: "past", Message: "到期时间应晚于现在"}})
	case in.ExpiresAt.After(now.Add(longest)):
		return domain.Token{}, "", invalid([]domain.FieldError{{Pointer: "/expiresAt", Code: "too_late", Message: "令牌最长有效366天"}})
	}
	existing, err := u.store.Tokens(ctx, c.Account.ID)
	if err != nil {
		return domain.Token{}, "", err
	}
	live := 0
	for _, t := range existing {
		if t.RevokedAt == nil && now.Before(t.ExpiresAt) {
			live++
		}
	}
	if live >= mostTokens {
		return domain.Token{}, "", domain.Errorf(domain.CodeGuard, "有效令牌最多%d个，请先停用不再使用的", mostTokens)
	}
	random, _, err := u.secret()
	if err != nil {
		return domain.Token{}, "", err
	}
	id, err := uuid.NewRandomFromReader(u.rnd)
	if err != nil {
		return domain.Token{}, "", err
	}
	secret := tokenPrefix + random
	t := domain.Token{
		ID: id.String(), Account: c.Account.ID, Assignment: c.Actor.Assignment, Name: strings.TrimSpace(in.Name), Hash: hashOf(secret),
		Scopes: in.Scopes, CreatedAt: now, ExpiresAt: in.ExpiresAt,
	}
	return t, secret, u.store.CreateToken(ctx, t)
}

// Tokens lists the caller's tokens.
func (u *SignIn) Tokens(ctx context.Context, c Caller) ([]domain.Token, error) {
	return u.store.Tokens(ctx, c.Account.ID)
}

// RevokeToken ends one of the caller's tokens.
func (u *SignIn) RevokeToken(ctx context.Context, c Caller, id string) error {
	return u.store.RevokeToken(ctx, c.Account.ID, id, u.clock.now())
}
