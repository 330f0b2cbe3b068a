package storage_test

import (
	"context"
	"testing"

	"baimi/storage"
	"baimi/storage/storagetest"
)

// BenchmarkCheck tells how many cases a second are checked: a written agreement each, four events and eleven personal values.
func BenchmarkCheck(b *testing.B) {
	w := storagetest.NewTown(b)
	p := hire(b, w)
	for range 600 {
		owed(b, w, p)
	}
	fold(b, w)
	n := 0
	for b.Loop() {
		sum, err := w.Store.Check(context.Background(), county, storagetest.Now, func(f storage.Finding) { b.Error(f) })
		if err != nil {
			b.Fatal(err)
		}
		n += sum.Cases
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "cases/s")
}
