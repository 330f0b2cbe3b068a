package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"baimi/domain"
)

// Imports works through a file that was brought in. ok is false while the run is not to be seen yet, or another worker is
// at it.
type Imports interface {
	Work(ctx context.Context, county domain.CountyInfo, id uuid.UUID) (run domain.ImportRun, logins []string, ok bool, err error)
}

// ImportArgs is a queued import: where the run is kept, and nothing of the file.
type ImportArgs struct {
	County domain.County `json:"county"`
	Area   string        `json:"area"`
	ID     uuid.UUID     `json:"id"     river:"unique"`
}

// Kind names the job in the queue's table.
func (ImportArgs) Kind() string { return "import" }

// WorkImports says who works through imports. Call it before Start.
func (r *Runner) WorkImports(imports Imports) { r.imports = imports }

// QueueImport queues an import. It may be called before the transaction that keeps the run has ended: the worker waits
// for it.
func (r *Runner) QueueImport(ctx context.Context, county domain.CountyInfo, id uuid.UUID) error {
	_, err := r.river.Insert(ctx, ImportArgs{County: county.ID, Area: county.AreaPath, ID: id},
		&river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}, MaxAttempts: 5})
	if err != nil {
		return fmt.Errorf("queue an import: %w", err)
	}
	return nil
}

const (
	runLimit  = 30 * time.Minute
	runSnooze = time.Second
	// runWait is how long a run may take to be seen: the transaction that keeps it may come to nothing.
	runWait = time.Minute
)

type importWorker struct {
	river.WorkerDefaults[ImportArgs]
	runner *Runner
}

// Timeout is ours: the queue's default is a minute.
func (w *importWorker) Timeout(*river.Job[ImportArgs]) time.Duration { return runLimit }

// Work works through one import.
func (w *importWorker) Work(ctx context.Context, q *river.Job[ImportArgs]) error {
	r := w.runner
	if r.imports == nil {
		return river.JobCancel(errors.New("nobody works through imports here"))
	}
	run, _, ok, err := r.imports.Work(ctx, domain.CountyInfo{ID: q.Args.County, AreaPath: q.Args.Area}, q.Args.ID)
	switch {
	case err != nil:
		r.log.ErrorContext(ctx, "import failed", "county", q.Args.County, "import", q.Args.ID, "error", err)
		return river.JobCancel(err) // the run says so, and whoever brought it may bring it again
	case !ok && (run.State == "" && q.CreatedAt.Add(runWait).After(r.clock()) || run.State == domain.ImportWaiting || run.State == domain.ImportRunning):
		// not there yet, come in the moment between two looks, or at work elsewhere; a worker that died is followed
		return river.JobSnooze(runSnooze)
	case ok:
		r.log.InfoContext(ctx, "import done", "county", q.Args.County, "import", q.Args.ID, "kind", run.Kind, "dry", run.Dry,
			"added", run.Added, "changed", run.Changed, "same", run.Same, "bad", run.Bad)
	}
	return nil
}
