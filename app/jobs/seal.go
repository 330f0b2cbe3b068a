package jobs

import (
	"context"
	"errors"
	"fmt"

	"baimi/domain"
	"baimi/domain/ledger"
)

// Signing is who signs the daily checkpoints, and how they leave the machine.
type Signing struct {
	By   ledger.Signer
	Send func(ctx context.Context, note string) error
}

// SignWith lets the checkpoint job sign and send; without it the job does nothing.
func (r *Runner) SignWith(s Signing) { r.signing = &s }

// seal appends waiting events to the county's log until none is left. A broken case is reported and does not keep the
// others from being sealed.
func (r *Runner) seal(ctx context.Context, scope domain.Scope) (int, error) {
	total := 0
	for {
		n, err := r.store.SealEvents(ctx, scope, r.batch)
		total += n
		if n == 0 {
			return total, err
		}
	}
}

// checkpoint seals what is waiting, signs what the log is then, and sends it. A log that did not grow gives the note it
// gave before, so a delivery that failed is made up for the next day.
func (r *Runner) checkpoint(ctx context.Context, scope domain.Scope) (int, error) {
	if r.signing == nil {
		return 0, nil
	}
	_, broken := r.seal(ctx, scope)
	note, err := r.store.NewCheckpoint(ctx, scope, r.signing.By, r.clock())
	if err != nil {
		return 0, errors.Join(broken, err)
	}
	if note == "" {
		return 0, broken
	}
	if err := r.signing.Send(ctx, note); err != nil {
		return 0, errors.Join(broken, fmt.Errorf("send the checkpoint: %w", err))
	}
	return 1, broken
}
