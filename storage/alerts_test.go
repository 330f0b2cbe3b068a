package storage_test

import (
	"context"
	"testing"
	"time"

	"baimi/domain"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// runAlerts runs the alert job as of a time until nothing is left, and returns how many alerts it raised. Disputes of tests
// are often of the same parties; that is told of only where a test is about it.
func runAlerts(t testing.TB, w *storagetest.Town, at time.Time) (total int) {
	t.Helper()
	return runAlertsBy(t, w, domain.AlertPolicy{People: 10, PeopleBureau: 30}, at)
}

func runAlertsBy(t testing.TB, w *storagetest.Town, policy domain.AlertPolicy, at time.Time) (total int) {
	t.Helper()
	for _, step := range []func() (int, bool, error){
		func() (int, bool, error) { return w.Store.RaiseAlerts(t.Context(), county, at, 1000) },
		func() (int, bool, error) {
			return w.Store.FoldAlerts(t.Context(), county, policy, at, 1000)
		},
	} {
		for more := true; more; {
			var n int
			var err error
			if n, more, err = step(); err != nil {
				t.Fatal(err)
			}
			total += n
		}
	}
	return total
}

// openAlerts is what somebody is told and has not settled.
func openAlerts(t testing.TB, s *storage.Store, a domain.Actor, at time.Time) []domain.AlertSummary {
	t.Helper()
	list, _, err := s.Alerts(t.Context(), a.Scope(), domain.AlertFilter{State: domain.AlertOpen, Reader: a.AlertReader()}, at, domain.Page{Size: 100})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestAlertsFollowWhoMaySeeTheCase closes and opens a case that alerts tell of.
func TestAlertsFollowWhoMaySeeTheCase(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	c := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	raise(t, w, monthLater)
	bare := w.Reopen(t, storage.Options{SecondWallOnly: true})
	set := func(level domain.Confidentiality) {
		t.Helper()
		act := w.Act(t, p.director)
		act.Reason = "applicant_wish"
		w.Change(t, act, c.CaseID(), func(_ context.Context, c *domain.Case) error { return c.SetConfidentiality(act, level) })
	}
	look := func(when string, mediator int) {
		t.Helper()
		for _, s := range []*storage.Store{w.Store, bare} {
			for who, want := range map[*domain.Actor]int{&p.mediator: mediator, &p.director: 1} {
				list, rows := openAlerts(t, s, *who, monthLater), storage.RowsShown(t, s, who.Scope(), "alert")
				if len(list) != want || rows != 4*want {
					t.Errorf("%s: %s has %d alerts in the list and %d rows, want %d and %d", when, who.Role, len(list), rows, want, 4*want)
				}
			}
		}
		if _, found := checkTown(t, w, monthLater); len(found) > 0 {
			t.Errorf("%s: %v", when, found)
		}
	}
	look("ordinary", 1)
	set(domain.Private)
	look("private", 0)
	set(domain.Ordinary)
	look("ordinary again", 1)
}

// TestAnAlertIsNotRaisedPastAChange holds a case that is being closed to others while the job runs: the alert must not
// keep who could see the case before.
func TestAnAlertIsNotRaisedPastAChange(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	c := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	act := w.Act(t, p.director)
	act.Reason = "applicant_wish"
	w.Do(t, p.director.Scope(), func(ctx context.Context) error {
		_, err := w.Store.UpdateCase(ctx, p.director.Scope(), c.CaseID(), func(_ context.Context, c *domain.Case) error {
			return c.SetConfidentiality(act, domain.Private)
		})
		if err != nil {
			return err
		}
		raise(t, w, monthLater) // on another connection: it leaves the case for the next run
		return nil
	})
	raise(t, w, monthLater)
	if n := storage.RowsShown(t, w.Store, p.mediator.Scope(), "alert"); n != 0 {
		t.Errorf("the alert of a private case shows to a mediator who may not read it")
	}
	if n := storage.RowsShown(t, w.Store, p.director.Scope(), "alert"); n != 4 {
		t.Errorf("%d alerts for the director", n)
	}
	if _, found := checkTown(t, w, monthLater); len(found) > 0 {
		t.Error(found)
	}
}
