package api

import (
	"fmt"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

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

// limiter counts in this process: a second one behind the same proxy counts for itself.
type limiter struct {
	limits map[string]int
	count  *app.Limiter
}

func newLimiter(l Limits) *limiter {
	return &limiter{limits: map[string]int{byAccount: l.Account, byToken: l.Token, byAddress: l.Address}, count: app.NewLimiter()}
}

// take counts a request and says so in the answer; too many are refused with the time after which the next goes through.
func (l *limiter) take(c echo.Context, kind, who string, now time.Time) error {
	most := l.limits[kind]
	if most == 0 {
		return nil
	}
	room := l.count.Take(kind, who, most, now)
	c.Response().Header().Set("RateLimit", fmt.Sprintf("%q;r=%d;t=%d", kind, room.Left, int(room.Full.Seconds())))
	if room.OK {
		return nil
	}
	return &app.Throttled{
		Refusal: domain.Errorf(domain.CodeThrottled, "请求过于频繁，请%d秒后再试", int(room.After.Seconds())), After: room.After,
	}
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
