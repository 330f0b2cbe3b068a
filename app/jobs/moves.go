package jobs

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"baimi/domain"
	"baimi/domain/calendar"
)

// returnTransfers gives back every case that nobody answered for in time. Each is a transaction of its own: the trouble of
// one is reported and does not keep the others waiting.
func (r *Runner) returnTransfers(ctx context.Context, scope domain.Scope, asOf time.Time) (int, error) {
	days, err := r.store.Calendar(ctx)
	if err != nil {
		return 0, err
	}
	total := 0
	var failures []error
	for after := (*domain.Cursor)(nil); ; {
		late, err := r.store.LateTransfers(ctx, scope, asOf, after, batch)
		if err != nil || len(late) == 0 {
			return total, errors.Join(append(failures, err)...)
		}
		for _, x := range late {
			n, err := r.move(ctx, scope, days, x.ID, returned)
			total += n
			if err != nil {
				failures = append(failures, err)
			}
		}
		after = &late[len(late)-1]
	}
}

// recount lets the calendar and the rules of today move the running clocks that were counted by others.
func (r *Runner) recount(ctx context.Context, scope domain.Scope) (int, error) {
	days, err := r.store.Calendar(ctx)
	if err != nil {
		return 0, err
	}
	total := 0
	var failures []error
	for after := (domain.Counting{}); ; {
		stale, err := r.store.StaleCases(ctx, scope, domain.CountingBy(days), after, batch)
		if err != nil || len(stale) == 0 {
			return total, errors.Join(append(failures, err)...)
		}
		for _, x := range stale {
			n, err := r.move(ctx, scope, days, x.CaseID, recounted)
			total += n
			if err != nil {
				failures = append(failures, err)
			}
		}
		after = stale[len(stale)-1]
	}
}

// move makes one move of the system's on a case, and counts it.
func (r *Runner) move(ctx context.Context, scope domain.Scope, days *calendar.Calendar, id uuid.UUID, made func(*domain.Case, domain.Act) error) (int, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	caseID := domain.CaseID{County: scope.County, UUID: id}
	n := 0
	_, err := r.store.UpdateCase(ctx, scope, caseID, func(_ context.Context, c *domain.Case) error {
		now := r.clock().UTC().Truncate(time.Microsecond)
		err := made(c, domain.Act{Actor: domain.SystemActor(scope.County), At: now, Calendar: days, Random: rand.Reader})
		n = len(c.NewEvents)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("case %s: %w", caseID, err)
	}
	return n, nil
}

// returned gives a case back, unless somebody has answered meanwhile.
func returned(c *domain.Case, a domain.Act) error {
	err := c.ReturnTransfer(a)
	if code := domain.CodeOf(err); code == domain.CodeNotOpen || code == domain.CodeGuard {
		return nil
	}
	return err
}

// recounted counts the clocks of a case anew, unless another replica has done so meanwhile.
func recounted(c *domain.Case, a domain.Act) error {
	now := domain.CountingBy(a.Calendar)
	if !slices.ContainsFunc(c.Deadlines, func(d domain.Deadline) bool { return d.Running() && !d.CountedBy(now) }) {
		return nil
	}
	return c.Recount(a)
}
