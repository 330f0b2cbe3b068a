package storage_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"baimi/domain"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// TestALongJobKeepsItsLock works longer than the server lets a transaction be idle.
func TestALongJobKeepsItsLock(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	plant(t, w, "alter database "+w.DB.Name+" set idle_in_transaction_session_timeout = '500ms'")
	s := w.Reopen(t, storage.Options{}) // a database's settings are for those who connect from now on
	tick := domain.Tick{Job: "rates", At: storagetest.Now}
	clock := func() time.Time { return storagetest.Now }
	ran, err := s.RunTick(t.Context(), tick, clock, func(ctx context.Context) (string, error) {
		time.Sleep(1200 * time.Millisecond)
		again, err := s.RunTick(ctx, tick, clock, func(context.Context) (string, error) { return "", nil })
		if again {
			t.Error("a second run began while the first was at work")
		}
		return "7 events worked in", err
	})
	if !ran || err != nil {
		t.Fatalf("ran %v: %v", ran, err)
	}
	var detail string
	if err := s.Pool().QueryRow(t.Context(), "select detail from job_run where job = 'rates' and outcome = 'done'").Scan(&detail); err != nil || detail != "7 events worked in" {
		t.Errorf("ledger: %q, %v", detail, err)
	}
}

func TestSweepLeavesTheLastTickOfEachJob(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	at := func(days int) time.Time { return storagetest.Now.AddDate(0, 0, -days) }
	for _, x := range []struct {
		job  string
		days int
	}{{"rates", 0}, {"rates", 29}, {"rates", 31}, {"rates", 400}, {"checkpoint", 90}, {"checkpoint", 91}} {
		_, err := w.Store.Pool().Exec(t.Context(), "insert into job_run (job, tick, started_at, finished_at, outcome) values ($1, $2, $2, $2, 'done')", x.job, at(x.days))
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Store.Sweep(t.Context(), county, storagetest.Now); err != nil {
		t.Fatal(err)
	}
	rows, err := w.Store.Pool().Query(t.Context(), "select job || ' ' || extract(day from $1 - tick) from job_run order by job, tick desc", storagetest.Now)
	if err != nil {
		t.Fatal(err)
	}
	left, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(left) != 3 || left[0] != "checkpoint 90" || left[1] != "rates 0" || left[2] != "rates 29" {
		t.Errorf("left: %v, %v", left, err)
	}
}
