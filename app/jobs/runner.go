package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/robfig/cron/v3"

	"baimi/domain"
)

// Runner ticks and works. Make one with New, Start it, Stop it.
type Runner struct {
	store   Store
	clock   func() time.Time
	log     *slog.Logger
	cron    *cron.Cron
	signing *Signing
	policy  domain.AlertPolicy
	batch   int
	river   *river.Client[pgx.Tx]
	imports Imports
	exports Exports
}

// TickArgs is a queued tick, unique by job and planned time.
type TickArgs struct {
	Job  string    `json:"job"  river:"unique"`
	Tick time.Time `json:"tick" river:"unique"`
}

// Kind names the job in the queue's table.
func (TickArgs) Kind() string { return "tick" }

// New prepares the clockwork. clock gives the server's time.
func New(store Store, pool *pgxpool.Pool, clock func() time.Time, log *slog.Logger) (*Runner, error) {
	r := &Runner{store: store, clock: clock, log: log, cron: cron.New(cron.WithLocation(shanghai)), policy: domain.DefaultAlertPolicy(), batch: batch}
	workers := river.NewWorkers()
	river.AddWorker(workers, &worker{runner: r})
	river.AddWorker(workers, &importWorker{runner: r})
	river.AddWorker(workers, &exportWorker{runner: r})
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Workers:              workers,
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 2}},
		Logger:               slog.New(slog.DiscardHandler), // the worker logs what matters, in our words
		RescueStuckJobsAfter: 2 * time.Minute,               // every job may be run again
		ReindexerIndexNames:  []string{},                    // the service's role owns no index
	})
	if err != nil {
		return nil, fmt.Errorf("job queue: %w", err)
	}
	r.river = client
	return r, nil
}

// InBatches lets a transaction of a job take more at a time: for who fills a database that nobody works with yet.
func (r *Runner) InBatches(of int) { r.batch = of }

// Names lists the jobs.
func Names() []string {
	names := make([]string, len(table))
	for i, j := range table {
		names[i] = j.name
	}
	return names
}

// RunOnce runs one job now, as of a time, outside the schedule and its ledger.
func (r *Runner) RunOnce(ctx context.Context, name string, asOf time.Time) (string, error) {
	j, ok := find(name)
	if !ok {
		return "", fmt.Errorf("no job %q; there are %v", name, Names())
	}
	return j.run(ctx, r, asOf)
}

// Start begins to work and to tick; the latest planned time of each job is made up for at once, for what a stopped
// service has missed.
func (r *Runner) Start(ctx context.Context) error {
	if err := r.river.Start(ctx); err != nil {
		return fmt.Errorf("start the job queue: %w", err)
	}
	for _, j := range table {
		schedule, err := cron.ParseStandard(j.schedule)
		if err != nil {
			return fmt.Errorf("schedule of %s: %w", j.name, err)
		}
		tick := func() { r.tick(ctx, j, schedule) }
		r.cron.Schedule(schedule, cron.FuncJob(tick))
		tick()
	}
	r.cron.Start()
	return nil
}

// tick queues a job for its planned time; a tick that another replica has queued already is skipped by the queue.
func (r *Runner) tick(ctx context.Context, j job, s cron.Schedule) {
	at, ok := lastPlanned(s, r.clock())
	if !ok {
		return
	}
	_, err := r.river.Insert(ctx, TickArgs{Job: j.name, Tick: at.UTC()},
		&river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}, MaxAttempts: 5})
	if err != nil && ctx.Err() == nil {
		r.log.ErrorContext(ctx, "tick not queued", "job", j.name, "tick", at, "error", err)
	}
}

// Stop ends ticking, lets running jobs finish within the context, and ends working.
func (r *Runner) Stop(ctx context.Context) error {
	select {
	case <-r.cron.Stop().Done():
	case <-ctx.Done():
	}
	err := r.river.Stop(ctx)
	if err != nil && ctx.Err() != nil {
		// a job that did not end in time is cancelled; its tick is taken up again at the next start
		err = r.river.StopAndCancel(context.WithoutCancel(ctx))
	}
	if err != nil {
		return fmt.Errorf("stop the job queue: %w", err)
	}
	return nil
}

type worker struct {
	river.WorkerDefaults[TickArgs]
	runner *Runner
}

// Timeout is the job's own; the queue's default would cancel a long recount after a minute.
func (w *worker) Timeout(j *river.Job[TickArgs]) time.Duration {
	if found, ok := find(j.Args.Job); ok {
		return found.timeout
	}
	return time.Minute
}

// Work runs a tick through the ledger.
func (w *worker) Work(ctx context.Context, q *river.Job[TickArgs]) error {
	r := w.runner
	j, ok := find(q.Args.Job)
	if !ok {
		return river.JobCancel(fmt.Errorf("no job %q", q.Args.Job))
	}
	started, detail := r.clock(), ""
	ran, err := r.store.RunTick(ctx, domain.Tick{Job: j.name, At: q.Args.Tick}, r.clock, func(ctx context.Context) (string, error) {
		var err error
		detail, err = j.run(ctx, r, q.Args.Tick)
		return detail, err
	})
	if err != nil {
		r.log.ErrorContext(ctx, "job failed", "job", j.name, "tick", q.Args.Tick, "attempt", q.Attempt, "result", detail, "error", err)
		return err
	}
	if ran {
		r.log.DebugContext(ctx, "job done", "job", j.name, "tick", q.Args.Tick, "took", r.clock().Sub(started), "result", detail)
	}
	return nil
}
