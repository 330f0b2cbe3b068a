package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"baimi/app/jobs"
	"baimi/app/notify"
	"baimi/domain"
	"baimi/storage"
)

// newRunner makes the clockwork, with the key that signs the daily checkpoints and the ways they leave the machine.
func newRunner(ctx context.Context, cfg Config, store *storage.Store, clock func() time.Time, log *slog.Logger) (*jobs.Runner, error) {
	runner, err := jobs.New(store, store.Pool(), clock, log)
	if err != nil {
		return nil, err
	}
	policy := domain.DefaultAlertPolicy()
	policy.People, policy.Amount = cfg.AlertPeople, cfg.AlertAmount
	runner.TellBy(policy)
	key, err := checkpointKey(ctx, cfg, store)
	if err != nil {
		return nil, err
	}
	out := notify.Checkpoints{Dir: cfg.CheckpointDir, Webhook: cfg.CheckpointWebhook}
	runner.SignWith(jobs.Signing{By: key.Signer, Send: out.Send})
	return runner, nil
}

// checkpointKey loads the signing key, or makes it before anything was signed: a fresh key beside old checkpoints would
// make every one of them look forged.
func checkpointKey(ctx context.Context, cfg Config, store *storage.Store) (*storage.CheckpointKey, error) {
	key, err := storage.LoadCheckpointKey(cfg.KeysDir)
	if err == nil || !errors.Is(err, storage.ErrNoCheckpointKey) {
		return key, err
	}
	counties, err := store.Counties(ctx)
	if err != nil {
		return nil, err
	}
	for _, county := range counties {
		signed, err := store.Checkpoints(ctx, domain.SystemScope(county.ID, county.AreaPath), 1)
		if err != nil {
			return nil, err
		}
		if len(signed) > 0 {
			return nil, fmt.Errorf("the key that signs checkpoints is missing from %s, and checkpoints were signed with it: restore it from the backup", cfg.KeysDir)
		}
	}
	return storage.MakeCheckpointKey(cfg.KeysDir, "baimi")
}
