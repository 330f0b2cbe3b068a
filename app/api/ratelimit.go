package api

import (
	"fmt"
	"math"
	"strconv"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/time/rate"

	"baimi/app"
	"baimi/domain"
)

// Limits say how many requests a minute one asker may make, all at once or spread out; 0 is no limit. They keep one careless
// program from taking the service from everybody else; tries at passwords have a stricter count of their own (app).
type Limits struct {
	Account int // somebody signed in, on all devices together
	Token   int // all tokens of one account
	Address int // whoever did not say who he is, by address
}

// What a request counts against, as the RateLimit header names it.
const (
	byAccount = "account"
	byToken   = "token"
	byAddress = "address"
)

// mostBuckets bounds the memory; who comes when all are taken shares one with others like him.
const mostBuckets = 100_000

// limiter counts in this process: a second one behind the same proxy counts for itself.
type limiter struct {
	limits  map[string]int
	mu      sync.Mutex
	buckets map[string]*bucket
	swept   time.Time
}

type bucket struct {
	*rate.Limiter
	used time.Time
}

func newLimiter(l Limits) *limiter {
	return &limiter{
		limits:  map[string]int{byAccount: l.Account, byToken: l.Token, byAddress: l.Address},
		buckets: map[string]*bucket{},
	}
}

// take counts a request and says so in the answer; too many are refused with the time after which the next goes through.
func (l *limiter) take(c echo.Context, kind, who string, now time.Time) error {
	most := l.limits[kind]
	if most == 0 {
		return nil
	}
	b := l.bucket(kind, who, most, now)
	ok := b.AllowN(now, 1)
	left := b.TokensAt(now)
	each := float64(most) / time.Minute.Seconds()
	full := math.Ceil((float64(most) - left) / each)
	c.Response().Header().Set("RateLimit", fmt.Sprintf("%q;r=%d;t=%d", kind, int(max(left, 0)), int(full)))
	if ok {
		return nil
	}
	after := time.Duration(max(math.Ceil((1-left)/each), 1)) * time.Second
	return &app.Throttled{
		Refusal: domain.Errorf(domain.CodeThrottled, "请求过于频繁，请%d秒后再试", int(after.Seconds())), After: after,
	}
}

func (l *limiter) bucket(kind, who string, most int, now time.Time) *bucket {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now.Sub(l.swept) >= time.Minute { // what rested for a minute is full again, as a new one is
		for key, b := range l.buckets {
			if now.Sub(b.used) >= time.Minute {
				delete(l.buckets, key)
			}
		}
		l.swept = now
	}
	key := kind + ":" + who
	if l.buckets[key] == nil && len(l.buckets) >= mostBuckets {
		key = kind
	}
	b := l.buckets[key]
	if b == nil {
		b = &bucket{Limiter: rate.NewLimiter(rate.Limit(float64(most)/time.Minute.Seconds()), most)}
		l.buckets[key] = b
	}
	b.used = now
	return b
}

// countAddress counts a request of somebody who did not say who he is.
func (s *server) countAddress(c echo.Context) error {
	return s.limiter.take(c, byAddress, app.Network(s.client(c)), s.cfg.Clock())
}

// countCaller counts a request of an account.
func (s *server) countCaller(c echo.Context, who app.Caller) error {
	kind := byAccount
	if who.Session == nil {
		kind = byToken
	}
	return s.limiter.take(c, kind, strconv.FormatInt(int64(who.Account.ID), 10), s.cfg.Clock())
}
