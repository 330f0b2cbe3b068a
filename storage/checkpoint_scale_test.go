package storage_test

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage/storagetest"
)

// eventsToProve is how many events the run is over: few in every test run, 200,000 when BAIMI_PROVE is set, and as
// many as it says when it is a number above 1.
func eventsToProve() int {
	n, err := strconv.Atoi(os.Getenv("BAIMI_PROVE"))
	switch {
	case os.Getenv("BAIMI_PROVE") == "":
		return 2_000
	case err != nil || n <= 1:
		return 200_000
	}
	return n
}

// eventsPerCase is how often something happens to a case of this run: each wave brings one event to each case, so
// that the events of a case lie far apart, as they do in life.
const eventsPerCase = 10

// TestSealAtScale seals many generated events in batches and checks the log, and prints the speed of both. A check of
// 1,000,000 events has a minute on two cores; the bound is on what was measured, with room for a busy machine.
func TestSealAtScale(t *testing.T) {
	n := eventsToProve()
	w := newSealTown(t)
	k := newCheckpointKey(t)
	cases := make([]domain.Event, n/eventsPerCase) // the last event of each
	for i := range cases {
		cases[i].CaseID = uuid.New()
	}
	var sealing time.Duration
	for wave := range eventsPerCase {
		w.wave(t, cases, wave)
		start := time.Now()
		if got := w.sealAll(t, 500); got != len(cases) {
			t.Fatalf("wave %d: sealed %d of %d", wave, got, len(cases))
		}
		sealing += time.Since(start)
	}
	note := w.checkpoint(t, k, storagetest.Now)
	runtime.GC()
	peak := watchHeap(t)
	start := time.Now()
	v, bad := w.against(t, note, k)
	took := time.Since(start)
	if len(bad) > 0 || v.Sealed != int64(n) {
		t.Fatalf("%+v: %v", v, bad[:min(len(bad), 5)])
	}
	t.Logf("%d events: sealed in batches of 500 at %.0f events/s; checked in %.1f s, %.0f events/s, heap at most %d MB above the start",
		n, float64(n)/sealing.Seconds(), took.Seconds(), float64(n)/took.Seconds(), peak()>>20)
	if most := 5*time.Second + time.Duration(n)*60*time.Microsecond; took > most {
		t.Errorf("the check took %s, more than %s", took, most)
	}
	if peak() > 64<<20 {
		t.Errorf("the check needed %d MB", peak()>>20)
	}
}

// wave adds an event to each case and queues them.
func (w *sealTown) wave(t *testing.T, last []domain.Event, wave int) {
	t.Helper()
	status := domain.StatusRegistered
	for i := range last {
		e := domain.Event{
			County: 1, CaseID: last[i].CaseID, Seq: wave + 1, Kind: "registered", Role: domain.RoleMediator, Via: domain.ViaSystem,
			OccurredOn: calendar.DateOf(storagetest.Now), RecordedAt: storagetest.Now.Add(time.Duration(wave) * time.Hour), ToStatus: status,
			Data: `{"facts":"` + strings.Repeat("ab", 700) + `"}`, PrevHash: make([]byte, 32),
		}
		if wave > 0 { // a later event is a small difference
			e.FromStatus, e.PrevHash, e.Data = &status, last[i].Hash, fmt.Sprintf(`{"version":%d,"note":"%s"}`, wave, strings.Repeat("ab", 150))
		}
		e.Hash = e.Sum()
		last[i] = e
	}
	err := pgx.BeginFunc(t.Context(), w.owner, func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), "set local session_replication_role = replica"); err != nil {
			return err // without it each event would need its case, which is not what is measured
		}
		if err := copyEvents(t, tx, last); err != nil {
			return err
		}
		return copyRows(t, tx, "event_todo", []string{"county", "consumer", "case_id", "seq"}, len(last), func(i int) []any {
			return []any{1, "seal", [16]byte(last[i].CaseID), last[i].Seq}
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// watchHeap samples the heap until the test ends and returns by how much it grew at most.
func watchHeap(t *testing.T) (peak func() uint64) {
	t.Helper()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	start := m.HeapInuse
	var most atomic.Uint64
	done := make(chan struct{})
	go func() {
		var m runtime.MemStats
		for tick := time.NewTicker(50 * time.Millisecond); ; {
			select {
			case <-done:
				tick.Stop()
				return
			case <-tick.C:
				runtime.ReadMemStats(&m)
				most.Store(max(most.Load(), m.HeapInuse))
			}
		}
	}()
	t.Cleanup(func() { close(done) })
	return func() uint64 { return max(most.Load(), start) - start }
}
