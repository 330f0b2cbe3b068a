package jobs_test

import (
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"time"

	"baimi/app/jobs"
	"baimi/domain"
	"baimi/domain/ledger"
	"baimi/storage/storagetest"
)

// TestTheCheckpointThatLeftHoldsTheLog signs a checkpoint, lets its delivery fail once, and holds the grown log to it.
func TestTheCheckpointThatLeftHoldsTheLog(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	keeper := w.Hire(t, "keeper", domain.RolePointKeeper, w.PointA1)
	r, err := jobs.New(w.Store, w.Store.Pool(), time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	run := func(want string) error {
		t.Helper()
		got, err := r.RunOnce(t.Context(), "checkpoint", storagetest.Now)
		if got != want {
			t.Errorf("checkpoint: %q, want %q", got, want)
		}
		return err
	}
	if err := run("0 checkpoints signed"); err != nil { // nobody to sign
		t.Error(err)
	}
	private, _, err := ledger.NewKey("test", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	by, public, err := ledger.ParsePrivate(private)
	if err != nil {
		t.Fatal(err)
	}
	down := errors.New("the folder is not mounted")
	var sent []string
	r.SignWith(jobs.Signing{By: by, Send: func(_ context.Context, note string) error {
		if len(sent) == 0 && down != nil {
			err := down
			down = nil
			return err
		}
		sent = append(sent, note)
		return nil
	}})
	w.Register(t, w.Act(t, keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	if err := run("0 checkpoints signed"); err == nil {
		t.Error("a failed delivery was no error")
	}
	for range 2 {
		if err := run("1 checkpoints signed"); err != nil {
			t.Error(err)
		}
	}
	if len(sent) != 2 || sent[0] != sent[1] {
		t.Fatalf("sent %q", sent)
	}
	w.Register(t, w.Act(t, keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	if _, err := r.RunOnce(t.Context(), "seal", storagetest.Now); err != nil {
		t.Error(err)
	}
	verified, err := w.Store.VerifyAgainst(t.Context(), domain.SystemScope(w.County, "510185"), sent[0], public, func(f ledger.Fault) {
		t.Errorf("fault: %+v", f)
	})
	if err != nil || verified.Faults != 0 {
		t.Errorf("%+v, %v", verified, err)
	}
	if !slices.Contains(jobs.Names(), "seal") {
		t.Error("no job named seal")
	}
}
