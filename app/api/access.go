package api

import (
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"

	"github.com/labstack/echo/v4"

	"baimi/domain"
)

const requestKey = "baimi.request"

// number gives each request a number of ours and the headers that every answer has.
func (s *server) number(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		b := make([]byte, 8)
		if _, err := io.ReadFull(s.cfg.Random, b); err != nil {
			return fmt.Errorf("number a request: %w", err)
		}
		id := hex.EncodeToString(b)
		c.Set(requestKey, id)
		h := c.Response().Header()
		h.Set("X-Request-Id", id)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Frame-Options", "DENY")
		if c.IsTLS() {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		return next(c)
	}
}

func requestID(c echo.Context) string {
	id, ok := c.Get(requestKey).(string)
	if !ok {
		return ""
	}
	return id
}

// log writes one line a request: the route, never the URL, whose query may hold names; and no address.
func (s *server) log(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := s.cfg.Clock()
		if err := next(c); err != nil {
			c.Error(err)
		}
		r := c.Response()
		level := slog.LevelInfo
		if !strings.HasPrefix(c.Path(), base) && r.Status < http.StatusBadRequest {
			level = slog.LevelDebug // health checks and metrics come every few seconds
		}
		s.cfg.Log.Log(c.Request().Context(), level, "request", "request", requestID(c), "method", c.Request().Method,
			"route", c.Path(), "status", r.Status, "bytes", r.Size, "ms", s.cfg.Clock().Sub(start).Milliseconds())
		return nil
	}
}

// recover makes an error of a panic. Its text goes to the log only, and there without what was passed.
func (s *server) recover(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			if p := recover(); p != nil {
				if p == http.ErrAbortHandler { //nolint:errorlint // net/http's own sentinel, compared as net/http does
					panic(p)
				}
				err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			}
		}()
		return next(c)
	}
}

// refuseCrossOrigin keeps the pages of other sites from using somebody's session.
func refuseCrossOrigin(protection *http.CrossOriginProtection) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := protection.Check(c.Request()); err != nil {
				return domain.Errorf(codeCrossOrigin, "请从本系统的页面操作")
			}
			return next(c)
		}
	}
}

// addressOf tells the client's address: that of the connection, unless it is a proxy we trust.
func addressOf(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range trusted {
		options = append(options, echo.TrustIPRange(&net.IPNet{
			IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen()),
		}))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// peer is the other end of the connection itself.
func peer(r *http.Request) netip.Addr {
	a, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return a.Addr().Unmap()
}

func (s *server) client(c echo.Context) netip.Addr {
	a, err := netip.ParseAddr(c.RealIP())
	if err != nil {
		return peer(c.Request())
	}
	return a.Unmap()
}

// encrypted tells whether what is sent cannot be read on the way: TLS up to us or to a proxy we trust, or no way at
// all, on this machine.
func (s *server) encrypted(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	from := peer(r)
	for _, p := range s.cfg.TrustedProxies {
		if p.Contains(from) && r.Header.Get("X-Forwarded-Proto") == "https" {
			return true
		}
	}
	return from.IsLoopback() && loopbackName(r.Host) && !forwarded(r)
}

func loopbackName(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	if a, err := netip.ParseAddr(host); err == nil {
		return a.Unmap().IsLoopback()
	}
	return strings.EqualFold(host, "localhost")
}

// forwarded tells that a proxy stands between, whether we trust it or not.
func forwarded(r *http.Request) bool {
	return r.Header.Get("X-Forwarded-For") != "" || r.Header.Get("Forwarded") != ""
}
