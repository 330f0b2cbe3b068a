package jobs

import (
	"context"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// WorkTick does what the queue has a worker do with a tick, through the ledger.
func (r *Runner) WorkTick(ctx context.Context, name string, at time.Time) error {
	w := &worker{runner: r}
	return w.Work(ctx, &river.Job[TickArgs]{JobRow: &rivertype.JobRow{Attempt: 1}, Args: TickArgs{Job: name, Tick: at.UTC()}})
}
