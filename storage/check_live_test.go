package storage_test

import (
	"sync"
	"testing"

	"baimi/domain"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// TestCheckIsNotMisledByWorkGoingOn checks while others register, accept and agree, alerts are raised and figures worked
// in: what is half done must not look broken.
func TestCheckIsNotMisledByWorkGoingOn(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	var work sync.WaitGroup
	for range 3 {
		work.Go(func() {
			for range 8 {
				owed(t, w, p)
			}
		})
	}
	work.Go(func() {
		for range 10 {
			raise(t, w, monthLater)
			fold(t, w)
		}
	})
	done := make(chan struct{})
	go func() { work.Wait(); close(done) }()
	for passes, over := 0, false; !over; passes++ {
		select {
		case <-done:
			over = true // once more, on what is left
		default:
		}
		sum, err := w.Store.Check(t.Context(), domain.SystemScope(1, "510185"), storagetest.Now, func(f storage.Finding) { t.Errorf("pass %d: %+v", passes, f) })
		if err != nil {
			t.Fatal(err)
		}
		if over && (sum.Cases != 24 || passes == 0) {
			t.Errorf("%d cases in the last of %d passes", sum.Cases, passes+1)
		}
	}
}
