package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"net/netip"
	"runtime"
	"sync"
	"time"

	"baimi/domain"
)

// Throttled is a refusal that says when to come back.
type Throttled struct {
	Refusal *domain.Error
	After   time.Duration
}

func (e *Throttled) Error() string { return e.Refusal.Error() }

// Unwrap shows the refusal inside.
func (e *Throttled) Unwrap() error { return e.Refusal }

// FailureStore keeps failed sign-ins.
type FailureStore interface {
	LoginFailures(ctx context.Context, subject string, since time.Time) (int, error)
	RecordLoginFailure(ctx context.Context, subject string, at time.Time) error
	ClearLoginFailures(ctx context.Context, subject string) error
}

// throttle limits how often passwords are tried, by account and by address. Its gate bounds the memory that parallel
// hashing takes; its stripes let tries at one account happen one after another, so that a burst cannot slip through
// between counting and recording.
type throttle struct {
	store   FailureStore
	cfg     SignInConfig
	gate    chan struct{}
	stripes [64]sync.Mutex
}

func newThrottle(store FailureStore, cfg SignInConfig) *throttle {
	return &throttle{store: store, cfg: cfg, gate: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

// try runs verify unless there were too many failures, and keeps count of its result.
func (t *throttle) try(ctx context.Context, login string, from netip.Addr, now time.Time, verify func() (bool, error)) (bool, error) {
	account, address := subject("account", login), subject("address", Network(from))
	lock := t.stripe(account)
	lock.Lock()
	defer lock.Unlock()
	select {
	case t.gate <- struct{}{}:
		defer func() { <-t.gate }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	if err := t.allowed(ctx, account, address, now); err != nil {
		return false, err
	}
	ok, err := verify()
	if err != nil {
		return false, err
	}
	if ok {
		return true, t.store.ClearLoginFailures(ctx, account)
	}
	for _, s := range []string{account, address} {
		if err := t.store.RecordLoginFailure(ctx, s, now); err != nil {
			return false, err
		}
	}
	return false, nil
}

func (t *throttle) allowed(ctx context.Context, account, address string, now time.Time) error {
	for _, x := range []struct {
		subject string
		most    int
	}{{account, t.cfg.AccountFailures}, {address, t.cfg.AddressFailures}} {
		n, err := t.store.LoginFailures(ctx, x.subject, now.Add(-t.cfg.FailureWindow))
		if err != nil {
			return err
		}
		if n >= x.most {
			minutes := int(t.cfg.FailureWindow / time.Minute)
			return &Throttled{domain.Errorf(domain.CodeThrottled, "登录失败次数过多，请%d分钟后再试", minutes), t.cfg.FailureWindow}
		}
	}
	return nil
}

func (t *throttle) stripe(subject string) *sync.Mutex {
	h := fnv.New32a()
	_, _ = h.Write([]byte(subject)) // never fails
	return &t.stripes[h.Sum32()%uint32(len(t.stripes))]
}

// subject is the stored name of an account or address: hashed, because addresses are personal data too and a mistyped
// login may be a password.
func subject(kind, value string) string {
	h := sha256.Sum256([]byte(kind + ":" + value))
	return fmt.Sprintf("%s:%s", kind, hex.EncodeToString(h[:]))
}

// Network is what counts as one address: of IPv6 the /64 that a household or office has.
func Network(a netip.Addr) string {
	a = a.Unmap().WithZone("")
	if !a.Is6() {
		return a.String()
	}
	p, err := a.Prefix(64)
	if err != nil {
		return a.String()
	}
	return p.String()
}
