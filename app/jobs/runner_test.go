package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"baimi/app/jobs"
	"baimi/domain"
	"baimi/storage/storagetest"
)

// counting passes everything on to the real store and counts the runs of a job.
type counting struct {
	jobs.Store
	alerts atomic.Int64
}

func (c *counting) RaiseAlerts(ctx context.Context, scope domain.Scope, now time.Time, limit int) (int, bool, error) {
	c.alerts.Add(1)
	return c.Store.RaiseAlerts(ctx, scope, now, limit)
}

// TestTwoReplicasRunATickOnce starts two replicas at the same planned time; the alert of the one late case exists once.
func TestTwoReplicasRunATickOnce(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	keeper := w.Hire(t, "keeper", domain.RolePointKeeper, w.PointA1)
	director := w.Hire(t, "director", domain.RoleCommitteeDirector, w.CommitteeA1)
	w.Register(t, w.Act(t, keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	late := storagetest.Now.AddDate(0, 0, 10).Truncate(time.Minute).Add(20 * time.Second)
	counted := &counting{Store: w.Store}
	var replicas []*jobs.Runner
	for range 2 {
		r, err := jobs.New(counted, w.Store.Pool(), func() time.Time { return late }, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		replicas = append(replicas, r)
	}
	var wg sync.WaitGroup
	for _, r := range replicas {
		wg.Go(func() {
			if err := r.Start(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	ledger := func() (n int) {
		err := w.Store.Pool().QueryRow(t.Context(), "select count(*) from job_run where outcome = 'done'").Scan(&n)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for deadline := time.Now().Add(20 * time.Second); ledger() < len(jobs.Names()); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%d of %d jobs done", ledger(), len(jobs.Names()))
		}
	}
	for _, r := range replicas {
		if err := r.Stop(context.WithoutCancel(t.Context())); err != nil {
			t.Error(err)
		}
	}
	mine := domain.AlertFilter{State: domain.AlertOpen, Reader: director.AlertReader()}
	alerts, _, err := w.Store.Alerts(t.Context(), director.Scope(), mine, late, domain.Page{Size: 10})
	if err != nil || len(alerts) != 1 {
		t.Errorf("%d alerts, %v", len(alerts), err)
	}
	// a run goes on until nothing is left: one round that raises and one that finds nothing
	if n := counted.alerts.Load(); n != 2 {
		t.Errorf("the job asked the store %d times, want 2 in its one run", n)
	}
	var queued int
	if err := w.Store.Pool().QueryRow(t.Context(), "select count(*) from river_job").Scan(&queued); err != nil || queued != len(jobs.Names()) {
		t.Errorf("%d queued, want one for each job (%v)", queued, err)
	}
}

func TestATickIsRunOnceAndAgainAfterAFailure(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	tick := domain.Tick{Job: "rates", At: storagetest.Now}
	clock := func() time.Time { return storagetest.Now }
	boom := errors.New("boom")
	runs := 0
	run := func(result error) (bool, error) {
		return w.Store.RunTick(t.Context(), tick, clock, func(context.Context) (string, error) { runs++; return "", result })
	}
	for i, x := range []struct {
		result error
		ran    bool
	}{{boom, true}, {nil, true}, {nil, false}} {
		ran, err := run(x.result)
		if ran != x.ran || !errors.Is(err, x.result) {
			t.Errorf("try %d: ran %v, %v", i, ran, err)
		}
	}
	if runs != 2 {
		t.Errorf("%d runs", runs)
	}
	// while a tick is at work, no other of the same job starts
	ran, err := w.Store.RunTick(t.Context(), domain.Tick{Job: "sweep", At: tick.At}, clock, func(context.Context) (string, error) {
		again, err := w.Store.RunTick(t.Context(), domain.Tick{Job: "sweep", At: tick.At.Add(time.Hour)}, clock,
			func(context.Context) (string, error) { t.Error("two runs of one job at a time"); return "", nil })
		if again {
			t.Error("said that it ran")
		}
		return "", err
	})
	if !ran || err != nil {
		t.Error(ran, err)
	}
}

// TestATransactionHeldOpenLosesNothing begins an intake, lets the job run, commits the intake, and lets it run again:
// a watermark would have passed the intake by.
func TestATransactionHeldOpenLosesNothing(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	mediator := w.Hire(t, "mediator", domain.RoleMediator, w.PointA1)
	r, err := jobs.New(w.Store, w.Store.Pool(), time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	fold := func(want string) {
		t.Helper()
		got, err := r.RunOnce(t.Context(), "rates", storagetest.Now)
		if err != nil || got != want {
			t.Errorf("fold: %q, %v; want %q", got, err, want)
		}
	}
	settle := func(ctx context.Context) error {
		n, err := w.Store.NextFileNumber(ctx, mediator.Scope(), w.CommitteeA1, 2026)
		if err != nil {
			return err
		}
		reg, err := domain.SettleInstantly(w.Act(t, mediator), domain.InstantSettlement{
			Registration: w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1), Number: n, Terms: "和好。", NoPerformance: true,
		})
		if err != nil {
			return err
		}
		return w.Store.CreateCase(ctx, mediator.Scope(), reg.Case)
	}
	w.Do(t, mediator.Scope(), func(ctx context.Context) error {
		if err := settle(ctx); err != nil {
			return err
		}
		fold("0 events worked in") // the intake is not committed yet
		return nil
	})
	w.Do(t, mediator.Scope(), settle)
	fold("8 events worked in")
	fold("0 events worked in")
	months, err := w.Store.RateMonths(t.Context(), domain.SystemScope(w.County, "510185"), "510185", w.Act(t, mediator).Today().AddDays(-40), w.Act(t, mediator).Today(), false)
	if err != nil || len(months) != 1 || months[0].Counts.Succeeded != 2 {
		t.Errorf("figures %+v, %v", months, err)
	}
}

func TestRunOnceKnowsItsJobs(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	r, err := jobs.New(w.Store, w.Store.Pool(), time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range jobs.Names() {
		if _, err := r.RunOnce(t.Context(), name, storagetest.Now); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := r.RunOnce(t.Context(), "nonsense", storagetest.Now); err == nil {
		t.Error("a job that does not exist ran")
	}
}
