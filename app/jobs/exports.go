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

// Exports makes the file of an export. ok is false while the run is not to be seen yet, or another worker is at it.
type Exports interface {
	Work(ctx context.Context, county domain.CountyInfo, id uuid.UUID) (run domain.ExportRun, ok bool, err error)
}

// ExportArgs is a queued export: where the run is kept, and nothing of what it is of.
type ExportArgs struct {
	County domain.County `json:"county"`
	Area   string        `json:"area"`
	ID     uuid.UUID     `json:"id"     river:"unique"`
}

// Kind names the job in the queue's table.
func (ExportArgs) Kind() string { return "export" }

// WorkExports says who makes exports. Call it before Start.
func (r *Runner) WorkExports(exports Exports) { r.exports = exports }

// QueueExport queues an export. It may be called before the transaction that keeps the run has ended: the worker waits for it.
func (r *Runner) QueueExport(ctx context.Context, county domain.CountyInfo, id uuid.UUID) error {
	_, err := r.river.Insert(ctx, ExportArgs{County: county.ID, Area: county.AreaPath, ID: id},
		&river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}, MaxAttempts: 5})
	if err != nil {
		return fmt.Errorf("queue an export: %w", err)
	}
	return nil
}

type exportWorker struct {
	river.WorkerDefaults[ExportArgs]
	runner *Runner
}

// Timeout is ours: the queue's default is a minute.
func (w *exportWorker) Timeout(*river.Job[ExportArgs]) time.Duration { return runLimit }

// Work makes one export.
func (w *exportWorker) Work(ctx context.Context, q *river.Job[ExportArgs]) error {
	r := w.runner
	if r.exports == nil {
		return river.JobCancel(errors.New("nobody makes exports here"))
	}
	run, ok, err := r.exports.Work(ctx, domain.CountyInfo{ID: q.Args.County, AreaPath: q.Args.Area}, q.Args.ID)
	switch {
	case err != nil:
		r.log.ErrorContext(ctx, "export failed", "county", q.Args.County, "export", q.Args.ID, "error", err)
		return river.JobCancel(err) // the run says so, and whoever asked may ask again
	case !ok && (run.State == "" && q.CreatedAt.Add(runWait).After(r.clock()) || run.State == domain.ExportWaiting || run.State == domain.ExportRunning):
		// not there yet, come in the moment between two looks, or at work elsewhere; a worker that died is followed
		return river.JobSnooze(runSnooze)
	case ok:
		r.log.InfoContext(ctx, "export done", "county", q.Args.County, "export", q.Args.ID, "format", run.Format, "state", run.State, "rows", run.Rows)
	}
	return nil
}
