package main

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"net/netip"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"baimi/app"
	"baimi/app/api"
	"baimi/app/evidence"
	"baimi/app/exports"
	"baimi/app/imports"
	"baimi/app/public"
	"baimi/app/web"
)

// newHandler wires the use cases to the store and the interface to the use cases.
func newHandler(a *App) (http.Handler, error) {
	clock := app.Clock(a.clock)
	limits := app.DefaultSignInConfig()
	limits.Idle, limits.Absolute = a.cfg.SessionIdle, a.cfg.SessionMax
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	cfg := api.Config{
		Log: a.log, Clock: clock, Random: rand.Reader, Ready: a.ready, Registry: registry, TrustedProxies: a.cfg.TrustedProxies,
		TrustedOrigins: a.cfg.TrustedOrigins, Limits: a.cfg.Limits, PublicURL: a.cfg.PublicURL,
	}
	names := app.NewNameBook(a.store, clock)
	verify := app.NewVerify(a.store, clock, api.AgreementPages(names, a.cfg.PublicURL))
	cases := app.NewCases(a.store, clock, rand.Reader)
	e, err := api.New(cfg, api.UseCases{
		Cases:       cases,
		Names:       names,
		SignIn:      app.NewSignIn(a.store, clock, rand.Reader, limits),
		Directory:   app.NewDirectory(a.store, clock),
		Alerts:      app.NewAlerts(a.store, clock),
		Rates:       app.NewRates(a.store, clock),
		Imports:     imports.New(a.store, clock, rand.Reader, a.jobs),
		Exports:     exports.New(a.store, clock, rand.Reader, a.jobs, a.cfg.exports()),
		Mergers:     app.NewMergers(a.store, clock),
		Once:        app.NewOnce(a.store, clock),
		Audit:       app.NewAudit(a.store),
		Staffing:    app.NewStaffing(a.store, cases, clock, rand.Reader),
		Drafts:      app.NewDrafts(a.store, clock),
		Subjects:    app.NewSubjects(a.store, clock, rand.Reader),
		Attachments: app.NewAttachments(cases, evidence.Check),
		Verify:      verify,
	})
	if err != nil {
		return nil, err
	}
	addPublic(e, public.NewVerify(verify, clock, a.log))
	return e, addPages(e)
}

// addPublic puts the residents' pages beside the interface.
func addPublic(e *echo.Echo, verify *public.Verify) {
	from := func(c echo.Context) netip.Addr {
		address, _ := netip.ParseAddr(c.RealIP()) // the zero address counts as one
		return address.Unmap()
	}
	show := func(c echo.Context) error {
		typed := c.Param("code")
		if typed == "" {
			typed = c.QueryParam("code")
		}
		verify.Show(c.Response(), c.Request(), from(c), typed)
		return nil
	}
	for _, path := range []string{"/v", "/v/:code"} {
		e.GET(path, show)
		e.HEAD(path, show)
	}
	e.POST("/v/:code", func(c echo.Context) error {
		verify.Compare(c.Response(), c.Request(), from(c), c.Param("code"))
		return nil
	})
}

// addPages puts the staff's pages beside the interface.
func addPages(e *echo.Echo) error {
	pages, err := web.Pages(rand.Reader)
	if err != nil {
		return err
	}
	home := func(c echo.Context) error { return c.Redirect(http.StatusFound, web.Base) }
	e.GET("/", home)
	e.GET(strings.TrimSuffix(web.Base, "/"), home)
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		e.Add(method, web.Base+"*", echo.WrapHandler(pages))
	}
	return nil
}

var errLeaving = errors.New("stopping")

// ready says whether requests should be sent here: not from the moment the service is asked to stop.
func (a *App) ready(ctx context.Context) error {
	if a.leaving.Load() {
		return errLeaving
	}
	return a.store.Ping(ctx)
}
