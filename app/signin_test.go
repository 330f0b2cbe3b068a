package app

import (
	"context"
	"crypto/rand"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
)

// memory is a store of one account for the logic of signing in; storage's own tests are on the real database.
type memory struct {
	SignInStore
	mu       sync.Mutex
	account  domain.Account
	held     []domain.Assignment
	sessions map[string]domain.Session
	tokens   map[string]domain.Token
	failures map[string][]time.Time
}

func (m *memory) InTx(ctx context.Context, _ domain.Scope, fn func(context.Context) error) error {
	return fn(ctx)
}

func (m *memory) AccountByLogin(_ context.Context, login string) (domain.Account, error) {
	if login != m.account.Login {
		return domain.Account{}, domain.NotFound("账号")
	}
	return m.account, nil
}

func (m *memory) holder() domain.Holder {
	return domain.Holder{Account: m.account, Assignments: m.held}
}

func (m *memory) Assignments(context.Context, domain.PersonID, calendar.Date) ([]domain.Assignment, error) {
	return m.held, nil
}

func (m *memory) SetPassword(_ context.Context, _ domain.AccountID, hash string, _ time.Time) error {
	m.account.PasswordHash = hash
	return nil
}

func (m *memory) CreateSession(_ context.Context, s domain.Session) error {
	m.sessions[string(s.Hash)] = s
	return nil
}

func (m *memory) SessionHolder(_ context.Context, hash []byte, _ calendar.Date) (domain.Session, domain.Holder, error) {
	s, ok := m.sessions[string(hash)]
	if !ok {
		return s, domain.Holder{}, domain.NotFound("登录会话")
	}
	return s, m.holder(), nil
}

func (m *memory) TouchSession(_ context.Context, hash []byte, seen time.Time) error {
	s := m.sessions[string(hash)]
	s.SeenAt = seen
	m.sessions[string(hash)] = s
	return nil
}

func (m *memory) DeleteSessions(_ context.Context, _ domain.AccountID, except []byte) error {
	for h := range m.sessions {
		if h != string(except) {
			delete(m.sessions, h)
		}
	}
	return nil
}

func (m *memory) RevokeTokens(_ context.Context, _ domain.AccountID, _ time.Time) error {
	clear(m.tokens)
	return nil
}

func (m *memory) TouchAccount(_ context.Context, _ domain.AccountID, at time.Time) error {
	m.account.LastUsedAt = &at
	return nil
}

func (m *memory) LogAccounts(context.Context, domain.Scope, []domain.AccountEvent) error { return nil }

func (m *memory) CreateToken(_ context.Context, t domain.Token) error {
	m.tokens[string(t.Hash)] = t
	return nil
}

func (m *memory) Tokens(context.Context, domain.AccountID) (list []domain.Token, err error) {
	for _, t := range m.tokens {
		list = append(list, t)
	}
	return list, nil
}

func (m *memory) TokenHolder(_ context.Context, hash []byte, _ calendar.Date) (domain.Token, domain.Holder, error) {
	t, ok := m.tokens[string(hash)]
	if !ok {
		return t, domain.Holder{}, domain.NotFound("令牌")
	}
	return t, m.holder(), nil
}

func (m *memory) LoginFailures(_ context.Context, subject string, since time.Time) (n int, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, at := range m.failures[subject] {
		if at.After(since) {
			n++
		}
	}
	return n, nil
}

func (m *memory) RecordLoginFailure(_ context.Context, subject string, at time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.failures[subject] = append(m.failures[subject], at)
	return nil
}

func (m *memory) ClearLoginFailures(_ context.Context, subject string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.failures, subject)
	return nil
}

const password = "正确的密码2026年"

var home = netip.MustParseAddr("192.0.2.7")

// bench is signing in with a clock of the test's own.
type bench struct {
	*SignIn
	m   *memory
	now time.Time
}

func signInBench(t *testing.T) *bench {
	t.Helper()
	hash, err := HashPassword(password)
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{now: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC), m: &memory{
		account:  domain.Account{ID: 3, Person: 4, Login: "zhangming", PasswordHash: hash},
		held:     []domain.Assignment{{ID: 1, Role: domain.RoleMediator, Org: 5}, {ID: 2, Role: domain.RoleBureauOfficer, Org: 6}},
		sessions: map[string]domain.Session{}, tokens: map[string]domain.Token{}, failures: map[string][]time.Time{},
	}}
	cfg := DefaultSignInConfig()
	cfg.AddressFailures = 8
	b.SignIn = NewSignIn(b.m, func() time.Time { return b.now }, rand.Reader, cfg)
	return b
}

func (b *bench) try(t *testing.T, login, password string) (Caller, string, error) {
	t.Helper()
	return b.SignIn.SignIn(t.Context(), SignInInput{Login: login, Password: password, From: home})
}

func (b *bench) in(t *testing.T) (Caller, string) {
	t.Helper()
	c, secret, err := b.try(t, "ZhangMing ", password)
	if err != nil {
		t.Fatal(err)
	}
	return c, secret
}

func wantCode(t *testing.T, err error, code domain.Code) {
	t.Helper()
	if domain.CodeOf(err) != code {
		t.Errorf("%v, want %s", err, code)
	}
}

func TestAWrongLoginAndAWrongPasswordLookAlike(t *testing.T) {
	t.Parallel()
	b := signInBench(t)
	_, _, wrongPassword := b.try(t, "zhangming", "falsch")
	_, _, wrongLogin := b.try(t, "nobody", password)
	disabled, why := b.now, domain.DisabledIdle
	b.m.account.DisabledAt, b.m.account.DisabledWhy = &disabled, &why
	_, _, off := b.try(t, "zhangming", "falsch")
	wantCode(t, wrongPassword, domain.CodeUnauthenticated)
	if wrongPassword.Error() != wrongLogin.Error() || wrongLogin.Error() != off.Error() {
		t.Errorf("%v / %v / %v", wrongPassword, wrongLogin, off)
	}
	_, _, told := b.try(t, "zhangming", password) // only who has the password learns that the account is shut
	wantCode(t, told, domain.CodeForbidden)
}

func TestFiveFailuresLockAnAccountForAWhile(t *testing.T) {
	t.Parallel()
	b := signInBench(t)
	for range 5 {
		_, _, err := b.try(t, "zhangming", "falsch")
		wantCode(t, err, domain.CodeUnauthenticated)
	}
	_, _, err := b.try(t, "zhangming", password)
	wantCode(t, err, domain.CodeThrottled)
	b.now = b.now.Add(15*time.Minute + time.Second)
	b.in(t)
	for range 4 {
		_, _, err := b.try(t, "zhangming", "falsch")
		wantCode(t, err, domain.CodeUnauthenticated)
	}
	b.in(t) // a success clears the account
	_, _, err = b.try(t, "zhangming", "falsch")
	wantCode(t, err, domain.CodeUnauthenticated)
}

func TestAnAddressIsLockedWhateverTheLogin(t *testing.T) {
	t.Parallel()
	b := signInBench(t)
	for i := range 8 {
		_, _, err := b.try(t, "nobody"+strings.Repeat("x", i), "falsch")
		wantCode(t, err, domain.CodeUnauthenticated)
	}
	_, _, err := b.try(t, "zhangming", password)
	wantCode(t, err, domain.CodeThrottled)
	if _, _, err := b.SignIn.SignIn(t.Context(), SignInInput{Login: "zhangming", Password: password, From: netip.MustParseAddr("192.0.2.8")}); err != nil {
		t.Errorf("another address: %v", err)
	}
}

// TestABurstCannotSlipThrough sends many wrong passwords at once: no more are tried than the limit.
func TestABurstCannotSlipThrough(t *testing.T) {
	t.Parallel()
	b := signInBench(t)
	codes := make([]domain.Code, 20)
	var wg sync.WaitGroup
	for i := range codes {
		wg.Go(func() {
			_, _, err := b.SignIn.SignIn(context.WithoutCancel(t.Context()), SignInInput{Login: "zhangming", Password: "falsch", From: home})
			codes[i] = domain.CodeOf(err)
		})
	}
	wg.Wait()
	tried := 0
	for _, c := range codes {
		if c == domain.CodeUnauthenticated {
			tried++
		}
	}
	if tried != 5 {
		t.Errorf("%d passwords tried: %v", tried, codes)
	}
}

func TestASessionEnds(t *testing.T) {
	t.Parallel()
	b := signInBench(t)
	for name, end := range map[string]func(*bench){
		"unused too long":   func(b *bench) { b.now = b.now.Add(8 * time.Hour) },
		"too old":           func(b *bench) { b.now = b.now.Add(6 * time.Hour) }, // after six hours in use, below
		"account disabled":  func(b *bench) { at := b.now; b.m.account.DisabledAt = &at },
		"role taken away":   func(b *bench) { b.m.held = b.m.held[1:] },
		"session taken out": func(b *bench) { clear(b.m.sessions) },
	} {
		account, held := b.m.account, b.m.held
		c, secret := b.in(t)
		if c.Actor.Role != domain.RoleMediator || c.Actor.ReadOnly {
			t.Errorf("%s: %+v", name, c.Actor)
		}
		if name == "too old" {
			b.now = b.now.Add(6 * time.Hour)
			if _, err := b.BySession(t.Context(), secret); err != nil {
				t.Errorf("in use: %v", err)
			}
		}
		end(b)
		_, err := b.BySession(t.Context(), secret)
		wantCode(t, err, domain.CodeUnauthenticated)
		b.m.account, b.m.held = account, held
	}
	_, err := b.BySession(t.Context(), "guessed")
	wantCode(t, err, domain.CodeUnauthenticated)
}

func TestTheSecretIsNotStored(t *testing.T) {
	t.Parallel()
	b := signInBench(t)
	_, secret := b.in(t)
	for h, s := range b.m.sessions {
		if strings.Contains(h, secret) || slices.Equal(s.Hash, []byte(secret)) || len(s.Hash) != 32 {
			t.Error("the secret itself is stored")
		}
	}
	for subject := range b.m.failures {
		if strings.Contains(subject, "zhangming") || strings.Contains(subject, "192.0") {
			t.Errorf("in the clear: %s", subject)
		}
	}
}

func TestAPasswordIsChanged(t *testing.T) {
	t.Parallel()
	b := signInBench(t)
	_, other := b.in(t)
	c, secret := b.in(t)
	for next, ok := range map[string]bool{"kurz": false, "ZHANGMING-2026": false, "aaaaaaaaaaaa": false, "好密码十个字才够长了": true} {
		err := b.ChangePassword(t.Context(), c, home, password, next)
		if (err == nil) != ok {
			t.Errorf("%s: %v", next, err)
		}
	}
	if _, err := b.BySession(t.Context(), secret); err != nil {
		t.Errorf("own session: %v", err)
	}
	_, err := b.BySession(t.Context(), other)
	wantCode(t, err, domain.CodeUnauthenticated)
	_, _, err = b.try(t, "zhangming", password)
	wantCode(t, err, domain.CodeUnauthenticated)
	c.Account = b.m.account
	wantCode(t, b.ChangePassword(t.Context(), c, home, "falsch", "noch ein Passwort"), domain.CodeInvalid)
}

func TestATokenHasScopesAndAnEnd(t *testing.T) {
	t.Parallel()
	b := signInBench(t)
	c, _ := b.in(t)
	for _, at := range []time.Time{b.now, b.now.Add(367 * 24 * time.Hour)} {
		_, _, err := b.CreateToken(t.Context(), c, NewTokenInput{Name: "x", Scopes: []string{"read"}, ExpiresAt: at})
		wantCode(t, err, domain.CodeInvalid)
	}
	made, secret, err := b.CreateToken(t.Context(), c, NewTokenInput{Name: " 同步 ", Scopes: []string{"read"}, ExpiresAt: b.now.Add(time.Hour)})
	if err != nil || made.Name != "同步" || made.Assignment != 1 {
		t.Fatalf("%+v %v", made, err)
	}
	who, err := b.ByToken(t.Context(), secret)
	if err != nil || !who.Actor.ReadOnly || who.Writes() || who.Actor.Via != domain.ViaToken || who.Session != nil {
		t.Errorf("%+v %v", who, err)
	}
	_, err = b.ByToken(t.Context(), strings.TrimPrefix(secret, tokenPrefix))
	wantCode(t, err, domain.CodeUnauthenticated)
	b.now = b.now.Add(time.Hour)
	_, err = b.ByToken(t.Context(), secret)
	wantCode(t, err, domain.CodeUnauthenticated)
	for range mostTokens {
		_, _, err = b.CreateToken(t.Context(), c, NewTokenInput{Name: "x", Scopes: []string{"write"}, ExpiresAt: b.now.Add(time.Hour)})
	}
	if err != nil {
		t.Error(err)
	}
	_, _, err = b.CreateToken(t.Context(), c, NewTokenInput{Name: "x", Scopes: []string{"write"}, ExpiresAt: b.now.Add(time.Hour)})
	wantCode(t, err, domain.CodeGuard)
}

func TestAnAddressOfIPv6CountsAsItsNetwork(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"192.0.2.7": "192.0.2.7", "::ffff:192.0.2.7": "192.0.2.7", "2001:db8:1:2:3::4": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64",
	} {
		if got := Network(netip.MustParseAddr(in)); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
