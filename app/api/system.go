package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo-contrib/echoprometheus"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"github.com/swaggest/swgui"
	"github.com/swaggest/swgui/v5emb"

	"baimi/domain"
	"baimi/openapi"
)

// SystemRoutes are the routes that are not in the document. A test fails for any other.
var SystemRoutes = []string{"/livez", "/readyz", "/metrics", "/openapi.yaml", "/openapi.json", "/docs", "/docs/*"}

func (s *server) systemRoutes(e *echo.Echo, doc *openapi3.T) error {
	asJSON, err := json.Marshal(doc)
	if err != nil {
		return fmt.Errorf("openapi.json: %w", err)
	}
	reader := echo.WrapHandler(v5emb.NewWithConfig(swgui.Config{HideCurl: true})(doc.Info.Title, "/openapi.yaml", "/docs/"))
	metrics := echo.WrapHandler(promhttp.HandlerFor(s.cfg.Registry, promhttp.HandlerOpts{}))
	for path, h := range map[string]echo.HandlerFunc{
		"/livez":        func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") },
		"/readyz":       s.ready,
		"/metrics":      loopbackOnly(metrics),
		"/openapi.yaml": squeeze()(func(c echo.Context) error { return c.Blob(http.StatusOK, "application/yaml", openapi.Document) }),
		"/openapi.json": squeeze()(func(c echo.Context) error { return c.JSONBlob(http.StatusOK, asJSON) }),
		"/docs":         docsPage(reader),
		"/docs/*":       docsPage(reader),
	} {
		e.GET(path, h)
	}
	return nil
}

// readyTime is how long readiness may take to find out.
const readyTime = 2 * time.Second

func (s *server) ready(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), readyTime)
	defer cancel()
	if err := s.cfg.Ready(ctx); err != nil {
		s.cfg.Log.WarnContext(ctx, "not ready", "error", err)
		return domain.Errorf(domain.CodeUnavailable, "服务尚未就绪")
	}
	return c.String(http.StatusOK, "ok\n")
}

// docsPage keeps the reader page to this binary: it may load nothing from elsewhere.
func docsPage(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set("Content-Security-Policy", "default-src 'self'; script-src 'self' 'unsafe-inline'; "+
			"style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'")
		return next(c)
	}
}

// loopbackOnly answers callers on this machine; what came through a proxy did not begin here.
func loopbackOnly(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !peer(c.Request()).IsLoopback() || forwarded(c.Request()) {
			return domain.Errorf(domain.CodeForbidden, "只能在服务器本机读取")
		}
		return next(c)
	}
}

// measure counts requests. The host is what a client says it is, any number of them, so it is left empty.
func measure(registry *prometheus.Registry) (echo.MiddlewareFunc, error) {
	m, err := echoprometheus.MiddlewareConfig{
		Namespace: "baimi", Subsystem: "http", Registerer: registry, DoNotUseRequestPathFor404: true,
		LabelFuncs: map[string]echoprometheus.LabelValueFunc{"host": func(echo.Context, error) string { return "" }},
	}.ToMiddleware()
	if err != nil {
		return nil, fmt.Errorf("metrics of requests: %w", err)
	}
	return m, nil
}
