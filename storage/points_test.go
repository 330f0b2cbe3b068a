package storage_test

import (
	"context"
	"testing"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
	"baimi/storage/storagetest"
)

func TestOnlyAPointThatWasSetUpChangesItsStatus(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	bare, err := w.Store.AddOrg(t.Context(), storage.NewOrg{
		Parent: &w.CommitteeA1, Kind: domain.OrgPoint, Name: "尚未设立的受理点", Area: w.VillageA1.ID, From: calendar.MustDate(2024, 1, 1),
	})
	if err != nil {
		t.Fatal(err)
	}
	pause := domain.PointStatus{ValidFrom: calendar.DateOf(storagetest.Now), Status: "paused", Reason: "装修"}
	for name, id := range map[string]domain.OrgID{"a point without its row": bare, "a committee": w.CommitteeA1, "nothing": 4711} {
		if err := w.Store.ChangePointStatus(t.Context(), id, pause); domain.CodeOf(err) != domain.CodeNotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i, want := range []domain.Code{"", domain.CodeGuard} {
		if err := w.Store.ChangePointStatus(t.Context(), w.PointA1, pause); domain.CodeOf(err) != want {
			t.Errorf("try %d: %v", i+1, err)
		}
	}
}

// TestTwoChangesOfAPointAtOnce lets the second wait for the first, and see what it did.
func TestTwoChangesOfAPointAtOnce(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	today := calendar.DateOf(storagetest.Now)
	second := make(chan error, 1)
	w.Do(t, domain.SystemScope(w.County, "510185"), func(ctx context.Context) error {
		err := w.Store.ChangePointStatus(ctx, w.PointA1, domain.PointStatus{ValidFrom: today, Status: "paused", Reason: "装修"})
		if err != nil {
			return err
		}
		go func() {
			second <- w.Store.ChangePointStatus(t.Context(), w.PointA1, domain.PointStatus{ValidFrom: today, Status: "closed", Reason: "撤并"})
		}()
		for waiting := 0; waiting == 0; time.Sleep(10 * time.Millisecond) {
			err := w.Store.Pool().QueryRow(t.Context(), `select count(*) from pg_locks
				where not granted and pid in (select pid from pg_stat_activity where datname = current_database())`).Scan(&waiting)
			if err != nil {
				return err
			}
			select {
			case err := <-second:
				t.Errorf("the second did not wait: %v", err)
				second <- err
				return nil
			default:
			}
		}
		return nil
	})
	if err := <-second; domain.CodeOf(err) != domain.CodeGuard {
		t.Errorf("the second change: %v", err)
	}
	_, history, err := w.Store.Point(t.Context(), w.PointA1, today)
	if err != nil || len(history) != 2 || history[0].Status != "paused" {
		t.Errorf("%+v, %v", history, err)
	}
}
