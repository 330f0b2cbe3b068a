package app

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"

	"baimi/domain"
	"baimi/domain/calendar"
)

// SignInStore is what signing in needs.
type SignInStore interface {
	Tx
	FailureStore
	AccountByLogin(ctx context.Context, login string) (domain.Account, error)
	Assignments(ctx context.Context, person domain.PersonID, on calendar.Date) ([]domain.Assignment, error)
	SetPassword(ctx context.Context, id domain.AccountID, hash string, at time.Time) error
	TouchAccount(ctx context.Context, id domain.AccountID, at time.Time) error
	EnableAccount(ctx context.Context, id domain.AccountID, at time.Time) error
	TakeCode(ctx context.Context, account domain.AccountID, hash []byte, at time.Time) (bool, error)
	LogAccounts(ctx context.Context, scope domain.Scope, lines []domain.AccountEvent) error
	CreateSession(ctx context.Context, s domain.Session) error
	SessionHolder(ctx context.Context, hash []byte, on calendar.Date) (domain.Session, domain.Holder, error)
	TouchSession(ctx context.Context, hash []byte, seen time.Time) error
	SetSessionAssignment(ctx context.Context, hash []byte, a domain.AssignmentID) error
	DeleteSession(ctx context.Context, hash []byte) error
	DeleteSessions(ctx context.Context, account domain.AccountID, except []byte) error
	CreateToken(ctx context.Context, t domain.Token) error
	Tokens(ctx context.Context, account domain.AccountID) ([]domain.Token, error)
	TokenHolder(ctx context.Context, hash []byte, on calendar.Date) (domain.Token, domain.Holder, error)
	RevokeToken(ctx context.Context, account domain.AccountID, id string, at time.Time) error
	RevokeTokens(ctx context.Context, account domain.AccountID, at time.Time) error
}

// SignInConfig are the limits of signing in.
type SignInConfig struct {
	Idle            time.Duration // a session unused for so long ends
	Absolute        time.Duration // and every session after so long
	AccountFailures int           // failed tries at one account within the window
	AddressFailures int           // and from one address
	FailureWindow   time.Duration
}

// DefaultSignInConfig is what the service runs with when nothing else is said.
func DefaultSignInConfig() SignInConfig {
	return SignInConfig{
		Idle: 8 * time.Hour, Absolute: 12 * time.Hour, AccountFailures: 5, AddressFailures: 50, FailureWindow: 15 * time.Minute,
	}
}

// SignIn are the use cases about who somebody is: sessions, roles, passwords, API tokens.
type SignIn struct {
	store    SignInStore
	clock    Clock
	rnd      io.Reader
	cfg      SignInConfig
	throttle *throttle
}

// NewSignIn makes the use cases. rnd must be unpredictable (crypto/rand).
func NewSignIn(store SignInStore, clock Clock, rnd io.Reader, cfg SignInConfig) *SignIn {
	return &SignIn{store: store, clock: clock, rnd: rnd, cfg: cfg, throttle: newThrottle(store, cfg)}
}

// Caller is who stands behind a request: an account in one of its roles.
type Caller struct {
	Actor       domain.Actor
	Account     domain.Account
	Assignments []domain.Assignment // all the person holds today
	Session     []byte              // hash of the session's secret; nil for a token
	Scopes      []string            // read, write
	ExpiresAt   time.Time
}

// Reads and Writes tell what the way in allows.
func (c Caller) Reads() bool { return slices.Contains(c.Scopes, "read") }

// Writes tells whether it may change something.
func (c Caller) Writes() bool { return slices.Contains(c.Scopes, "write") }

// SignInInput is a try to sign in.
type SignInInput struct {
	Login, Password string
	Assignment      domain.AssignmentID // which role to take; 0 takes the first
	From            netip.Addr
}

// errLogin is the one answer to a wrong login and to a wrong password.
func errLogin() error {
	return domain.Errorf(domain.CodeUnauthenticated, "登录名或密码不正确")
}

// SignIn opens a session and returns its secret, which is stored nowhere.
func (u *SignIn) SignIn(ctx context.Context, in SignInInput) (Caller, string, error) {
	now := u.clock.now()
	login := strings.ToLower(strings.TrimSpace(in.Login))
	account, err := u.store.AccountByLogin(ctx, login)
	known := err == nil
	if err != nil && domain.CodeOf(err) != domain.CodeNotFound {
		return Caller{}, "", err
	}
	ok, err := u.throttle.try(ctx, login, in.From, now, func() (bool, error) {
		hash := nobody
		if known && account.PasswordHash != "" {
			hash = account.PasswordHash
		}
		match, err := argon2id.ComparePasswordAndHash(in.Password, hash)
		return match && known, err
	})
	if err != nil {
		return Caller{}, "", err
	}
	if !ok {
		return Caller{}, "", errLogin()
	}
	if err := account.Shut(); err != nil {
		return Caller{}, "", err // only who has the password learns that the account is shut
	}
	return u.open(ctx, account, in.Assignment, now)
}

// open makes the session of an account whose password was right.
func (u *SignIn) open(ctx context.Context, account domain.Account, assignment domain.AssignmentID, now time.Time) (Caller, string, error) {
	held, err := u.store.Assignments(ctx, account.Person, calendar.DateOf(now))
	if err != nil {
		return Caller{}, "", err
	}
	if len(held) == 0 {
		return Caller{}, "", domain.Errorf(domain.CodeForbidden, "您的账号目前没有有效的岗位，请联系系统管理员")
	}
	taken := held[0]
	if assignment != 0 {
		var ok bool
		if taken, ok = find(held, assignment); !ok {
			return Caller{}, "", invalid([]domain.FieldError{{Pointer: "/assignmentId", Code: "assignment", Message: "您没有这个岗位"}})
		}
	}
	secret, hash, err := u.secret()
	if err != nil {
		return Caller{}, "", err
	}
	s := domain.Session{
		Hash: hash, Account: account.ID, Assignment: taken.ID, CreatedAt: now, SeenAt: now, ExpiresAt: now.Add(u.cfg.Absolute),
	}
	if err := u.store.CreateSession(ctx, s); err != nil {
		return Caller{}, "", err
	}
	if err := u.store.TouchAccount(ctx, account.ID, now); err != nil {
		return Caller{}, "", err
	}
	return caller(account, held, taken, domain.ViaSession, s), secret, nil
}

func caller(account domain.Account, held []domain.Assignment, taken domain.Assignment, via domain.Via, s domain.Session) Caller {
	return Caller{
		Actor: taken.Actor(account, via), Account: account, Assignments: held, Session: s.Hash,
		Scopes: []string{"read", "write"}, ExpiresAt: s.ExpiresAt,
	}
}

func find(held []domain.Assignment, id domain.AssignmentID) (domain.Assignment, bool) {
	i := slices.IndexFunc(held, func(a domain.Assignment) bool { return a.ID == id })
	if i < 0 {
		return domain.Assignment{}, false
	}
	return held[i], true
}

// secret draws 32 random bytes; only their hash is stored. They are random enough that a plain hash is safe.
func (u *SignIn) secret() (text string, hash []byte, err error) {
	b := make([]byte, 32)
	if _, err := io.ReadFull(u.rnd, b); err != nil {
		return "", nil, fmt.Errorf("random secret: %w", err)
	}
	text = base64.RawURLEncoding.EncodeToString(b)
	return text, hashOf(text), nil
}

func hashOf(secret string) []byte {
	h := sha256.Sum256([]byte(secret))
	return h[:]
}
