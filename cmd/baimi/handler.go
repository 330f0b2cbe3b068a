package main

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"baimi/app"
	"baimi/app/api"
	"baimi/app/evidence"
	"baimi/app/exports"
	"baimi/app/imports"
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
		TrustedOrigins: a.cfg.TrustedOrigins, Limits: a.cfg.Limits,
	}
	cases := app.NewCases(a.store, clock, rand.Reader)
	e, err := api.New(cfg, api.UseCases{
		Cases:       cases,
		Names:       app.NewNameBook(a.store, clock),
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
	})
	if err != nil {
		return nil, err
	}
	return e, addPages(e)
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
