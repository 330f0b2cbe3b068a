package storage_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"baimi/domain"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// TestADangerReachesThoseOfTheMatrix records a danger and follows who is told: the director, the judicial office and the bureau
// at once, and again when nobody has reported it within two hours.
func TestADangerReachesThoseOfTheMatrix(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	c := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	change := func(at time.Time, do func(a domain.Act, c *domain.Case) error) {
		t.Helper()
		a := w.Act(t, p.keeper)
		a.At = at
		w.Change(t, a, c.CaseID(), func(_ context.Context, c *domain.Case) error { return do(a, c) })
	}
	told := func() []string {
		var all []string
		for _, x := range storage.AllAlerts(t, w.Store, county) {
			if x.Kind == domain.KindHighRisk || x.Rule == "D16" {
				all = append(all, fmt.Sprintf("%s %d %s %s %s", x.Kind, x.About, x.Stage, x.Audience, x.State))
			}
		}
		slices.Sort(all)
		return all
	}
	expect := func(now time.Time, what string, want ...string) {
		t.Helper()
		slices.Sort(want)
		if got := told(); !slices.Equal(got, want) {
			t.Errorf("%s:\n%q, want\n%q", what, got, want)
		}
		fold(t, w)
		if _, bad := checkTown(t, w, now); len(bad) > 0 {
			t.Errorf("%s: %v", what, bad)
		}
	}
	found := storagetest.Now.Add(-30 * time.Minute)
	change(storagetest.Now, func(a domain.Act, c *domain.Case) error {
		return c.RaiseEscalation(a, domain.NewEscalation{FoundAt: found, Level: domain.LevelYellow, Kind: domain.EscalationOther, Signs: "情绪激动。"})
	})
	expect(storagetest.Now, "a yellow one is told to nobody")
	change(storagetest.Now, func(a domain.Act, c *domain.Case) error {
		red := domain.LevelRed
		return c.RecordMeasures(a, domain.NewMeasures{No: 1, At: storagetest.Now, Taken: []string{"calm"}, Level: &red})
	})
	atOnce := func(state string) []string {
		return []string{
			"high_risk 1 arose director " + state, "high_risk 1 arose judicial_office " + state, "high_risk 1 arose bureau " + state,
		}
	}
	expect(storagetest.Now, "red", atOnce("open")...)
	for name, x := range map[string]struct {
		who  domain.Actor
		want int
	}{"mediator": {p.mediator, 0}, "director": {p.director, 1}, "office": {p.office, 1}, "bureau": {p.bureau, 1}} {
		if n := len(openAlerts(t, w.Store, x.who, storagetest.Now)); n != x.want {
			t.Errorf("the %s has %d red alerts", name, n)
		}
	}
	if n := runAlerts(t, w, storagetest.Now.Add(2*time.Hour-time.Microsecond)); n != 0 {
		t.Errorf("%d alerts of the report before its two hours were over", n)
	}
	late := func(state string) []string {
		var all []string
		for _, to := range []string{"director", "judicial_office", "bureau"} {
			all = append(all, "clock 2 overdue "+to+" "+state)
		}
		return append(all, atOnce("open")...)
	}
	for _, want := range []int{3, 0} { // exactly once
		if n := runAlerts(t, w, storagetest.Now.Add(2*time.Hour)); n != want {
			t.Errorf("%d alerts of the late report, want %d", n, want)
		}
	}
	expect(storagetest.Now.Add(2*time.Hour), "nobody has reported it", late("open")...)
	then := storagetest.Now.Add(2*time.Hour + time.Minute)
	change(then, func(a domain.Act, c *domain.Case) error {
		return c.ReportEscalation(a, domain.NewReport{No: 1, Organ: "police", How: "phone", At: then})
	})
	expect(then, "reported", late("resolved")...)
	change(then, func(a domain.Act, c *domain.Case) error {
		return c.EndEscalation(a, domain.EscalationEnd{No: 1, At: then, Result: domain.ResultLifted})
	})
	expect(then, "over", append(late("resolved")[:3], atOnce("resolved")...)...)
}
