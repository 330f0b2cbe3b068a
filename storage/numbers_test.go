package storage_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"baimi/domain"
	"baimi/storage/storagetest"
)

// TestFileNumbersHaveNoGaps accepts fifty cases of one committee at once, every fifth of which fails after it took its
// number: the numbers given are 1 to 40.
func TestFileNumbersHaveNoGaps(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	const total = 50
	var ids []domain.CaseID
	for range total {
		ids = append(ids, w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)).CaseID())
	}
	act := w.Act(t, p.director)
	change := errors.New("changed my mind")
	var wg sync.WaitGroup
	seqs := make(chan int, total)
	for i, id := range ids {
		wg.Go(func() {
			c, err := w.Store.UpdateCase(t.Context(), act.Actor.Scope(), id, func(ctx context.Context, c *domain.Case) error {
				n, err := w.Store.NextFileNumber(ctx, act.Actor.Scope(), c.Committee, 2026)
				if err != nil {
					return err
				}
				if i%5 == 0 {
					return change
				}
				return c.Accept(act, domain.Acceptance{On: act.Today(), Mediators: []domain.PersonID{p.mediator.Person}, Number: n})
			})
			switch {
			case err == nil:
				seqs <- *c.FileSeq
			case !errors.Is(err, change):
				t.Error(err)
			}
		})
	}
	wg.Wait()
	close(seqs)
	var got []int
	for n := range seqs {
		got = append(got, n)
	}
	slices.Sort(got)
	for i, n := range got {
		if n != i+1 {
			t.Fatalf("numbers %v", got)
		}
	}
	if len(got) != total*4/5 {
		t.Errorf("%d numbers given, want %d", len(got), total*4/5)
	}
}
