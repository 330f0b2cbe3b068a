package api

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// shareWith lets the pages of the origins the operator trusts read answers; with none, browsers let nobody's but our own. The
// session's cookie goes along only from pages of the same site (SameSite=Lax); others bring a token.
func shareWith(origins []string) echo.MiddlewareFunc {
	if len(origins) == 0 {
		return func(next echo.HandlerFunc) echo.HandlerFunc { return next }
	}
	return middleware.CORSWithConfig(middleware.CORSConfig{
		Skipper:          func(c echo.Context) bool { return !strings.HasPrefix(c.Request().URL.Path, base+"/") },
		AllowOrigins:     origins,
		AllowMethods:     []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete},
		AllowHeaders:     []string{"Authorization", "Content-Type", "If-Match", headerKey},
		ExposeHeaders:    []string{"ETag", "Location", "Content-Disposition", "RateLimit", "Retry-After", "X-Request-Id", "Idempotency-Replayed"},
		AllowCredentials: true,
		MaxAge:           600,
	})
}
