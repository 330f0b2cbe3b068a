package api

import (
	"compress/gzip"
	"regexp"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// worthIt is the size from which an answer is compressed: what fits a packet gains nothing.
const worthIt = 1 << 10

// refusesGzip: the middleware below looks for the word alone.
var refusesGzip = regexp.MustCompile(`(?i)\bgzip\s*;\s*q=0(\.0*)?\s*(,|$)`)

// compressed makes JSON answers smaller for slow lines. Files are left alone, they are compressed already; so is an
// operation that answers with a secret (x-secret in the document): the size of what was compressed together with what
// somebody sent tells of the secret (BREACH).
func compressed(op operation) echo.MiddlewareFunc {
	if !op.json || op.secret {
		return func(next echo.HandlerFunc) echo.HandlerFunc { return next }
	}
	return squeeze()
}

func squeeze() echo.MiddlewareFunc {
	return middleware.GzipWithConfig(middleware.GzipConfig{
		Level: gzip.BestSpeed, MinLength: worthIt,
		Skipper: func(c echo.Context) bool {
			return refusesGzip.MatchString(c.Request().Header.Get(echo.HeaderAcceptEncoding))
		},
	})
}
