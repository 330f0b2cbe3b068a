package jobs

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"baimi/domain"
)

// planFollowUps adds the visits that are missing, one event a case: after an attempt that reached nobody, after the rules
// changed, for agreements that came otherwise than by a move. A case that troubles does not keep the others waiting.
func (r *Runner) planFollowUps(ctx context.Context, scope domain.Scope, asOf time.Time) (planned int, err error) {
	days, err := r.store.Calendar(ctx)
	if err != nil {
		return 0, err
	}
	act := domain.Act{Actor: domain.SystemActor(scope.County), At: asOf.Truncate(time.Microsecond), Calendar: days, Random: rand.Reader}
	var failures []error
	for after := uuid.Nil; ; {
		ids, err := r.store.CasesToFollowUp(ctx, scope, after, batch)
		if err != nil || len(ids) == 0 {
			return planned, errors.Join(append(failures, err)...)
		}
		for _, id := range ids {
			after = id.UUID
			_, err := r.store.UpdateCase(ctx, scope, id, func(_ context.Context, c *domain.Case) error { return c.PlanFollowUps(act) })
			switch domain.CodeOf(err) {
			case domain.CodeGuard, domain.CodeNotOpen: // somebody was faster
				continue
			}
			if err != nil {
				failures = append(failures, fmt.Errorf("plan the follow-ups of %s: %w", id, err))
				continue
			}
			planned++
		}
	}
}
