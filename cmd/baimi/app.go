package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"baimi/app/exports"
	"baimi/app/imports"
	"baimi/app/jobs"
	"baimi/migrations"
	"baimi/storage"
)

// App is the running service: PostgreSQL when it is our own, the store, the jobs and the HTTP server, started in this
// order and stopped in the reverse one. Make one with New, Start it, Wait, Stop it.
type App struct {
	cfg   Config
	log   *slog.Logger
	clock func() time.Time
	first FirstStart

	database    *database
	store       *storage.Store
	jobs        *jobs.Runner
	listener    net.Listener
	fingerprint string // of a self-made certificate
	freshKeys   bool
	demo        *demoResult // what a first start made

	leaving atomic.Bool // readiness says no
	failed  chan error  // a part ended that should not have
	parts   []part
}

// part is something started that must be stopped.
type part struct {
	name string
	stop func(ctx context.Context) error
}

const (
	jobsTimeout  = 15 * time.Second // for a job that runs when the service stops; it is taken up again at the next start
	storeTimeout = 5 * time.Second  // for connections that somebody still holds
)

// FirstStart says what may be done to a database on the way.
type FirstStart struct {
	Migrate bool // make or update the schema
	Demo    bool // fill a database that is still empty with the demo
}

// New prepares a service; nothing is opened yet.
func New(cfg Config, log *slog.Logger, clock func() time.Time, first FirstStart) *App {
	return &App{cfg: cfg, log: log, clock: clock, first: first, failed: make(chan error, 4)}
}

// Start opens everything and returns when requests are answered. After an error nothing is left running. ctx bounds the
// start only.
func (a *App) Start(ctx context.Context) error {
	err := a.start(ctx)
	if err != nil {
		return errors.Join(err, a.Stop(context.WithoutCancel(ctx)))
	}
	return nil
}

func (a *App) start(ctx context.Context) error {
	if err := a.openDatabase(ctx); err != nil {
		return err
	}
	if err := a.openStore(ctx); err != nil {
		return err
	}
	if a.first.Demo {
		if err := a.fillIfEmpty(ctx); err != nil {
			return err
		}
	}
	if err := a.startJobs(ctx); err != nil {
		return err
	}
	return a.listen(ctx)
}

func (a *App) openDatabase(ctx context.Context) error {
	db, err := openDatabase(ctx, a.cfg, a.log, access{create: a.first.Migrate})
	if err != nil {
		return err
	}
	a.database = db
	a.started("PostgreSQL", db.close)
	if db.server != nil {
		go a.watchDatabase()
	}
	if a.first.Migrate {
		if err := db.needOwner("baimi run"); err != nil {
			return fmt.Errorf("%w, or use `baimi serve`", err)
		}
		return migrations.Up(ctx, db.ownerURL, db.appURL)
	}
	return checkSchema(ctx, db.strongestURL())
}

// watchDatabase ends the service when its PostgreSQL gives up: without it every request would fail.
func (a *App) watchDatabase() {
	<-a.database.server.Done()
	if err := a.database.server.Err(); err != nil && !a.leaving.Load() {
		a.fail(fmt.Errorf("PostgreSQL: %w", err))
	}
}

func (a *App) openStore(ctx context.Context) error {
	store, fresh, err := openStore(ctx, a.cfg, a.database)
	if err != nil {
		return err
	}
	a.store, a.freshKeys = store, fresh
	a.started("store", func(ctx context.Context) error { return within(ctx, storeTimeout, store.Close) })
	return refuseUnfit(ctx, store)
}

func (a *App) startJobs(ctx context.Context) error {
	runner, err := newRunner(ctx, a.cfg, a.store, a.clock, a.log)
	if err != nil {
		return err
	}
	runner.WorkImports(imports.New(a.store, a.clock, rand.Reader, nil))
	runner.WorkExports(exports.New(a.store, a.clock, rand.Reader, nil, a.cfg.exports()))
	a.jobs = runner
	// they work on until Stop, whatever becomes of the context of the start
	if err := runner.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	a.started("jobs", func(ctx context.Context) error {
		ctx, cancel := context.WithTimeout(ctx, jobsTimeout)
		defer cancel()
		return runner.Stop(ctx)
	})
	return nil
}

// within waits for something that cannot be told to hurry, and not for ever.
func within(ctx context.Context, limit time.Duration, do func()) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	done := make(chan struct{})
	go func() { do(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (a *App) started(name string, stop func(ctx context.Context) error) {
	a.parts = append(a.parts, part{name, stop})
}

func (a *App) fail(err error) {
	select {
	case a.failed <- err:
	default: // enough errors are waiting to be told
	}
}

// URL is where the service answers, with the port it really got.
func (a *App) URL() string {
	scheme := "http"
	if a.cfg.TLS != tlsOff {
		scheme = "https"
	}
	return scheme + "://" + a.listener.Addr().String()
}

// Wait returns nil when ctx ends, or the error of a part that ended by itself.
func (a *App) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-a.failed:
		return err
	}
}

// Stop ends everything in order: no new requests, the running ones to their end, jobs, connections, PostgreSQL. ctx
// bounds the whole; what does not end in time is cut off.
func (a *App) Stop(ctx context.Context) error {
	a.leaving.Store(true)
	var errs []error
	for i := len(a.parts) - 1; i >= 0; i-- {
		p := a.parts[i]
		began := a.clock()
		if err := p.stop(ctx); err != nil && !errors.Is(err, http.ErrServerClosed) {
			errs = append(errs, fmt.Errorf("stop %s: %w", p.name, err))
		}
		a.log.DebugContext(ctx, "stopped", "part", p.name, "took", a.clock().Sub(began))
	}
	a.parts = nil
	return errors.Join(errs...)
}
