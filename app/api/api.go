package api

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"baimi/app"
	"baimi/app/exports"
	"baimi/app/imports"
	"baimi/openapi"
)

// base is where the document's paths hang; it equals the document's first server.
const base = "/api/v1"

// Config is what the interface needs to know about where it runs.
type Config struct {
	Log      *slog.Logger
	Clock    app.Clock
	Random   io.Reader                   // crypto/rand; numbers requests
	Ready    func(context.Context) error // nil when the service can work
	Registry *prometheus.Registry        // where metrics are registered and read from
	// TrustedProxies are the addresses whose X-Forwarded-For and X-Forwarded-Proto are believed. With none, the address
	// of a request is that of the connection, whatever its headers say.
	TrustedProxies []netip.Prefix
	TrustedOrigins []string // further origins whose pages may call, as https://host[:port]
	Limits         Limits
	PublicURL      string // where residents reach the service, as https://host; printed on agreements
}

// UseCases are what the interface offers.
type UseCases struct {
	Cases       *app.Cases
	Names       *app.NameBook
	SignIn      *app.SignIn
	Directory   *app.Directory
	Alerts      *app.Alerts
	Rates       *app.Rates
	Mergers     *app.Mergers
	Imports     *imports.Imports
	Exports     *exports.Exports
	Once        *app.Once
	Drafts      *app.Drafts
	Audit       *app.Audit
	Staffing    *app.Staffing
	Subjects    *app.Subjects
	Attachments *app.Attachments
	Verify      *app.Verify
}

// server implements the generated interface.
type server struct {
	UseCases
	cfg     Config
	limiter *limiter
}

var _ StrictServerInterface = (*server)(nil)

// New makes the interface, ready to be served. It fails when the document and the generated code do not agree.
func New(cfg Config, use UseCases) (*echo.Echo, error) {
	doc, err := document()
	if err != nil {
		return nil, err
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = addressOf(cfg.TrustedProxies)
	s := &server{UseCases: use, cfg: cfg, limiter: newLimiter(cfg.Limits)}
	e.HTTPErrorHandler = s.handleError
	crossOrigin := http.NewCrossOriginProtection()
	for _, o := range cfg.TrustedOrigins {
		if err := crossOrigin.AddTrustedOrigin(o); err != nil {
			return nil, fmt.Errorf("trusted origin %q: %w", o, err)
		}
	}
	metrics, err := measure(cfg.Registry)
	if err != nil {
		return nil, err
	}
	e.Use(s.number, metrics, s.log, s.recover, shareWith(cfg.TrustedOrigins), refuseCrossOrigin(crossOrigin))

	check, err := newChecker()
	if err != nil {
		return nil, err
	}
	r := &router{e: e, s: s, doc: doc}
	RegisterHandlersWithBaseURL(r, NewStrictHandler(s, []StrictMiddlewareFunc{check.strict}), base)
	if r.err != nil {
		return nil, r.err
	}
	return e, s.systemRoutes(e, doc)
}

// document reads and checks openapi.yaml.
func document() (*openapi3.T, error) {
	loader := openapi3.NewLoader()
	doc, err := loader.LoadFromData(openapi.Document)
	if err != nil {
		return nil, fmt.Errorf("read openapi.yaml: %w", err)
	}
	if err := doc.Validate(loader.Context, openapi3.DisableExamplesValidation()); err != nil {
		return nil, fmt.Errorf("openapi.yaml: %w", err)
	}
	return doc, nil
}
