package storage_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"baimi/domain"
	"baimi/domain/ledger"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// sealTown is a town with cases, for the sealed log.
type sealTown struct {
	*storagetest.Town
	owner            *pgx.Conn
	keeper, director domain.Actor
	mediator         domain.Actor
}

func newSealTown(t *testing.T) *sealTown {
	t.Helper()
	w := &sealTown{Town: storagetest.NewTown(t)}
	w.keeper = w.Hire(t, "keeper", domain.RolePointKeeper, w.PointA1)
	w.director = w.Hire(t, "director", domain.RoleCommitteeDirector, w.CommitteeA1)
	w.mediator = w.Hire(t, "mediator", domain.RoleMediator, w.CommitteeA1)
	var err error
	if w.owner, err = pgx.Connect(t.Context(), w.DB.OwnerURL); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.owner.Close(context.WithoutCancel(t.Context())) })
	return w
}

func (w *sealTown) scope() domain.Scope { return domain.SystemScope(w.County, "510185") }

// queueAll puts every event in the queue that is neither sealed nor in it, whatever the store itself queues.
const queueAll = `insert into event_todo (county, consumer, case_id, seq) select county, 'seal', case_id, seq from event e
	where not exists (select from log_leaf l where l.county = e.county and l.case_id = e.case_id and l.seq = e.seq) on conflict do nothing`

// cases makes n cases of 1, 2 and 3 events in turn and queues their events. It returns how many events there are.
func (w *sealTown) cases(t *testing.T, n int) (events int, ids []uuid.UUID) {
	t.Helper()
	for i := range n {
		c := w.Register(t, w.Act(t, w.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
		if i%3 > 0 {
			c = w.Accept(t, w.Act(t, w.director), c.CaseID(), w.mediator.Person)
		}
		if i%3 > 1 {
			act := w.Act(t, w.mediator)
			act.Reason = "refused"
			c = w.Change(t, act, c.CaseID(), func(_ context.Context, c *domain.Case) error {
				return c.Fail(act, domain.Ending{On: act.Today(), ToldOn: act.Today(), Remedies: []string{"court"}})
			})
		}
		events += c.EventSeq
		ids = append(ids, c.ID)
	}
	w.exec(t, queueAll)
	return events, ids
}

func (w *sealTown) exec(t *testing.T, q string, args ...any) {
	t.Helper()
	if _, err := w.owner.Exec(t.Context(), q, args...); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
}

func (w *sealTown) count(t *testing.T, q string, args ...any) (n int) {
	t.Helper()
	if err := w.owner.QueryRow(t.Context(), q, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return n
}

// sealAll seals until nothing is left.
func (w *sealTown) sealAll(t *testing.T, limit int) (total int) {
	t.Helper()
	for {
		n, err := w.Store.SealEvents(t.Context(), w.scope(), limit)
		if err != nil {
			t.Fatal(err)
		}
		if total += n; n == 0 {
			return total
		}
	}
}

// faults checks the log and returns what is wrong with it.
func (w *sealTown) faults(t *testing.T) (ledger.Verified, []string) {
	t.Helper()
	var list []string
	v, err := w.Store.VerifyLog(t.Context(), w.scope(), func(f ledger.Fault) { list = append(list, f.String()) })
	if err != nil {
		t.Fatal(err)
	}
	if v.Faults != int64(len(list)) {
		t.Errorf("%d faults counted, %d reported", v.Faults, len(list))
	}
	return v, list
}

func TestSealTakesEventsInOrderAndOnce(t *testing.T) {
	t.Parallel()
	w := newSealTown(t)
	if n := w.sealAll(t, 10); n != 0 {
		t.Errorf("%d sealed before anything happened", n)
	}
	events, ids := w.cases(t, 7)
	if n, err := w.Store.SealEvents(t.Context(), w.scope(), 3); err != nil || n != 3 {
		t.Fatalf("sealed %d of 3, %v", n, err)
	}
	if v, bad := w.faults(t); len(bad) > 0 || v.Sealed != 3 || v.Waiting != int64(events-3) || v.Events != int64(events) || len(v.Unseen) != 2 {
		t.Errorf("half way: %+v, %v", v, bad)
	}
	if n := w.sealAll(t, 4); n != events-3 {
		t.Errorf("sealed %d more, want %d", n, events-3)
	}
	more, _ := w.cases(t, 2)
	if n := w.sealAll(t, 500); n != more {
		t.Errorf("sealed %d new ones, want %d", n, more)
	}
	v, bad := w.faults(t)
	if len(bad) > 0 || v.Sealed != int64(events+more) || v.Waiting != 0 {
		t.Errorf("at the end: %+v, %v", v, bad)
	}
	if n := w.count(t, "select count(*) from event_todo where consumer = 'seal'"); n != 0 {
		t.Errorf("%d rows left in the queue", n)
	}
	for _, id := range ids {
		if n := w.count(t, `select count(*) from log_leaf a join log_leaf b on a.case_id = b.case_id and a.seq < b.seq and a.idx > b.idx
			where a.case_id = $1`, id); n != 0 {
			t.Errorf("events of case %s are sealed out of order", id)
		}
	}
}

func TestSealByTwoAtOnceSealsOnce(t *testing.T) {
	t.Parallel()
	w := newSealTown(t)
	events, _ := w.cases(t, 12)
	var wg sync.WaitGroup
	var mu sync.Mutex
	total := 0
	for range 3 {
		wg.Go(func() {
			for {
				n, err := w.Store.SealEvents(t.Context(), w.scope(), 2)
				if err != nil {
					t.Error(err)
				}
				if n == 0 || err != nil {
					return
				}
				mu.Lock()
				total += n
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if v, bad := w.faults(t); total != events || len(bad) > 0 || v.Sealed != int64(events) {
		t.Errorf("sealed %d of %d: %+v, %v", total, events, v, bad)
	}
}

func TestSealThatIsKilledLosesNothing(t *testing.T) {
	t.Parallel()
	w := newSealTown(t)
	events, _ := w.cases(t, 5)
	killed := errors.New("killed")
	for range 3 {
		err := w.Store.InTx(t.Context(), w.scope(), func(ctx context.Context) error {
			if n, err := w.Store.SealEvents(ctx, w.scope(), 4); n != 4 || err != nil {
				t.Errorf("sealed %d, %v", n, err)
			}
			return killed
		})
		if !errors.Is(err, killed) {
			t.Error(err)
		}
		if v, bad := w.faults(t); len(bad) > 0 || v.Sealed != 0 || v.Waiting != int64(events) {
			t.Errorf("after a rollback: %+v, %v", v, bad)
		}
	}
	if n := w.sealAll(t, 4); n != events {
		t.Errorf("sealed %d of %d", n, events)
	}
}

// TestSealFindsWhatCommittedLate begins an intake, seals, commits the intake, and seals again.
func TestSealFindsWhatCommittedLate(t *testing.T) {
	t.Parallel()
	w := newSealTown(t)
	events, _ := w.cases(t, 3)
	r, err := domain.Register(w.Act(t, w.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	if err != nil {
		t.Fatal(err)
	}
	w.Do(t, w.keeper.Scope(), func(ctx context.Context) error {
		if err := w.Store.CreateCase(ctx, w.keeper.Scope(), r.Case); err != nil {
			return err
		}
		q := fmt.Sprintf("insert into event_todo values (1, 'seal', '%s', 1) on conflict do nothing", r.Case.ID)
		if err := storage.ExecIn(ctx, w.Store, q); err != nil {
			return err
		}
		if n := w.sealAll(t, 500); n != events {
			t.Errorf("sealed %d, want the %d that are committed", n, events)
		}
		return nil
	})
	if n := w.sealAll(t, 500); n != 1 {
		t.Errorf("sealed %d, want the one that committed late", n)
	}
	if _, bad := w.faults(t); len(bad) > 0 {
		t.Error(bad)
	}
}

func TestSealStopsAtAWrongEventOfItsCaseAlone(t *testing.T) {
	t.Parallel()
	w := newSealTown(t)
	events, ids := w.cases(t, 9)
	// cases 2, 5 and 8 have three events each
	w.exec(t, "update event set role = 'x' where case_id = $1 and seq = 2", ids[2])
	w.exec(t, "update event set prev_hash = sha256('x') where case_id = $1 and seq = 3", ids[5])
	w.exec(t, "delete from event_todo where case_id = $1 and seq = 1", ids[8])
	total, complaints := 0, 0
	for { // one at a time: the wrong ones stand in front and must not be in the way
		n, err := w.Store.SealEvents(t.Context(), w.scope(), 1)
		if err != nil {
			complaints++
			if !errors.Is(err, storage.ErrUnsealable) {
				t.Fatal(err)
			}
		}
		if total += n; n == 0 {
			for _, want := range []string{
				"in 3 cases", fmt.Sprintf("event 2 of case 1-%s was changed", ids[2]), fmt.Sprintf("event 3 of case 1-%s is not chained", ids[5]),
				fmt.Sprintf("event 2 of case 1-%s waits, but event 1 before it is neither sealed nor waiting", ids[8]),
			} {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("%v does not say %q", err, want)
				}
			}
			break
		}
	}
	if want := events - 2 - 1 - 3; total != want || complaints == 0 {
		t.Errorf("sealed %d, want %d; %d complaints", total, want, complaints)
	}
	// the check of the log says the same, and of the second also that its hash covers the link
	if _, bad := w.faults(t); len(bad) != 4 {
		t.Errorf("faults:\n%s", strings.Join(bad, "\n"))
	}
	w.exec(t, "update event set role = (select role from event where case_id = $2 and seq = 2) where case_id = $1 and seq = 2", ids[2], ids[5])
	w.exec(t, "update event e set prev_hash = p.hash from event p where e.case_id = $1 and e.seq = 3 and p.case_id = $1 and p.seq = 2", ids[5])
	w.exec(t, queueAll)
	if n := w.sealAll(t, 2); n != 6 {
		t.Errorf("sealed %d after the repair, want 6", n)
	}
	if _, bad := w.faults(t); len(bad) > 0 {
		t.Error(bad)
	}
	w.exec(t, "insert into event_todo values (1, 'seal', $1, 1)", ids[0])
	if n, err := w.Store.SealEvents(t.Context(), w.scope(), 10); n != 0 || err == nil || !strings.Contains(err.Error(), "is sealed already") {
		t.Errorf("sealed twice: %d, %v", n, err)
	}
}

func TestSealIsForSystemJobsOfTheCounty(t *testing.T) {
	t.Parallel()
	w := newSealTown(t)
	w.cases(t, 2)
	if _, err := w.Store.SealEvents(t.Context(), w.director.Scope(), 10); err == nil {
		t.Error("a director sealed events")
	}
	if _, err := w.Store.SealEvents(t.Context(), w.scope(), 0); err == nil {
		t.Error("an empty batch was taken")
	}
	if n, err := w.Store.SealEvents(t.Context(), domain.SystemScope(2, "510104"), 10); n != 0 || err != nil {
		t.Errorf("another county's job sealed %d, %v", n, err)
	}
	w.sealAll(t, 10)
	for _, table := range []string{"log_leaf", "log_hash", "checkpoint"} {
		if n := storage.RowsShown(t, w.Store, w.director.Scope(), table); n != 0 {
			t.Errorf("a director sees %d rows of %s", n, table)
		}
	}
	if n := storage.RowsShown(t, w.Store, domain.SystemScope(2, "510104"), "log_leaf"); n != 0 {
		t.Errorf("another county's job sees %d leaves", n)
	}
}
