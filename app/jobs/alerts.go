package jobs

import (
	"context"
	"errors"
	"time"

	"baimi/domain"
)

// TellBy lets the alert job go by a policy of the installation's own.
func (r *Runner) TellBy(p domain.AlertPolicy) { r.policy = p }

// alerts tells of what is due by now: the stages of clocks, and what new events say of cases. The trouble of one does not
// keep the other waiting.
func (r *Runner) alerts(ctx context.Context, scope domain.Scope, asOf time.Time) (int, error) {
	clocks, broken := untilDone(func() (int, bool, error) { return r.store.RaiseAlerts(ctx, scope, asOf, r.batch) })
	facts, err := untilDone(func() (int, bool, error) { return r.store.FoldAlerts(ctx, scope, r.policy, asOf, r.batch) })
	return clocks + facts, errors.Join(broken, err)
}

// untilDone repeats a step that says how much it did and whether there may be more.
func untilDone(step func() (int, bool, error)) (total int, err error) {
	for {
		n, more, err := step()
		total += n
		if err != nil || !more {
			return total, err
		}
	}
}
