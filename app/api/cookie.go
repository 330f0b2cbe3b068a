package api

import (
	"context"
	"net/http"
	"net/netip"
	"time"

	"github.com/labstack/echo/v4"
)

// cookieName: browsers accept a __Host- cookie only with Secure, without Domain and for the whole host, so that no other
// site or subdomain can plant one.
const cookieName = "__Host-baimi"

func sessionCookie(secret string, expires time.Time) *string {
	return bake(http.Cookie{Value: secret, Expires: expires})
}

func noCookie() *string {
	return bake(http.Cookie{MaxAge: -1})
}

func bake(c http.Cookie) *string {
	c.Name, c.Path, c.HttpOnly, c.Secure, c.SameSite = cookieName, "/", true, true, http.SameSiteLaxMode
	text := c.String()
	return &text
}

type requestInfoKey struct{}

// requestInfo is what signing in needs to know of the connection; the generated code hands over only the body.
type requestInfo struct {
	from      netip.Addr
	encrypted bool
}

func (s *server) infoOf(c echo.Context) requestInfo {
	return requestInfo{from: s.client(c), encrypted: s.encrypted(c.Request())}
}

func infoOf(ctx context.Context) requestInfo {
	i, ok := ctx.Value(requestInfoKey{}).(requestInfo)
	if !ok {
		panic("api: a handler was reached past its route's middleware")
	}
	return i
}
