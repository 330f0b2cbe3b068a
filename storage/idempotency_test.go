package storage_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"baimi/domain"
	"baimi/storage/storagetest"
)

func TestAnAnswerIsStoredWithItsWorkOrNotAtAll(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	scope := p.keeper.Scope()
	hash, other := bytes.Repeat([]byte{1}, 32), bytes.Repeat([]byte{2}, 32)
	answer := []byte("一份答复")
	roll := errors.New("the work failed")
	try := func(fail error) error {
		return w.Store.InTx(t.Context(), scope, func(ctx context.Context) error {
			_, found, err := w.Store.Replay(ctx, scope, "k1", "registerCase", hash)
			if err != nil || found {
				t.Errorf("replay before any work: %v %v", found, err)
			}
			if err := w.Store.Remember(ctx, scope, "k1", "registerCase", hash, answer, storagetest.Now); err != nil {
				return err
			}
			return fail
		})
	}
	if err := try(roll); !errors.Is(err, roll) {
		t.Fatal(err)
	}
	if err := try(nil); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		scope     domain.Scope
		operation string
		hash      []byte
		found     bool
		code      domain.Code
	}{
		{scope, "registerCase", hash, true, ""},
		{scope, "registerCase", other, false, domain.CodeKeyReused},
		{scope, "acceptCase", hash, false, domain.CodeKeyReused},
		{p.director.Scope(), "registerCase", hash, false, ""},
	} {
		err := w.Store.InTx(t.Context(), x.scope, func(ctx context.Context) error {
			got, found, err := w.Store.Replay(ctx, x.scope, "k1", x.operation, x.hash)
			if found != x.found || (found && !bytes.Equal(got, answer)) {
				t.Errorf("%+v: found %v %q", x, found, got)
			}
			return err
		})
		if domain.CodeOf(err) != x.code || (x.code == "" && err != nil) {
			t.Errorf("%+v: %v", x, err)
		}
	}
}

func TestTheSameKeyAtWorkIsRefused(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	scope := p.keeper.Scope()
	hash := bytes.Repeat([]byte{1}, 32)
	replay := func(ctx context.Context) error {
		_, _, err := w.Store.Replay(ctx, scope, "k1", "registerCase", hash)
		return err
	}
	w.Do(t, scope, func(ctx context.Context) error {
		if err := replay(ctx); err != nil {
			return err
		}
		err := w.Store.InTx(t.Context(), scope, replay) // another connection: t.Context() carries no transaction
		if domain.CodeOf(err) != domain.CodeInProgress {
			t.Errorf("second request of the same key: %v", err)
		}
		return nil
	})
}
