package api_test

import (
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"baimi/app/jobs"
	"baimi/domain"
)

// hear lets the alert job run as of the office's time and reads what the county's jobs see of a case's alerts.
func (w *world) hear(t *testing.T, id domain.CaseID) map[domain.Audience]domain.Alert {
	t.Helper()
	run, err := jobs.New(w.Store, w.Store.Pool(), w.clock, slog.New(slog.DiscardHandler))
	fatal(t, err)
	_, err = run.RunOnce(t.Context(), "alerts", w.now)
	fatal(t, err)
	open := map[domain.Audience]domain.Alert{}
	for _, a := range []domain.Audience{domain.ForMediator, domain.ForDirector, domain.ForJudicialOffice, domain.ForBureau} {
		scope := domain.SystemScope(w.County, "510185")
		f := domain.AlertFilter{State: domain.AlertOpen, Kind: domain.KindClock, Case: &id, Reader: domain.AlertReader{Audience: a, Committee: w.CommitteeA1}}
		rows, _, err := w.Store.Alerts(t.Context(), scope, f, w.now, domain.Page{Size: 10})
		fatal(t, err)
		for _, x := range rows {
			open[a] = x.Alert
		}
	}
	return open
}

func alertPath(x domain.Alert, do string) string {
	return "/alerts/" + domain.AlertID{County: x.County, UUID: x.ID}.String() + "/" + do
}

// TestRightsToAlerts tries every act on the alerts of a case nobody decides on, as everybody: an alert is there for its own
// audience alone, in the list and by its name; for everybody else it is not there.
func TestRightsToAlerts(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	tells := map[domain.Audience]string{
		domain.ForMediator: "own-point-mediator committee-mediator case-mediator", domain.ForDirector: "own-director", domain.ForJudicialOffice: "town-office",
	}
	w.now = w.now.AddDate(0, 0, 10)
	tried := 0
	for _, r := range relations {
		w.now = w.now.AddDate(0, 0, -10)
		id := w.caseIn(t, "registered")
		w.now = w.now.AddDate(0, 0, 10)
		alerts := w.hear(t, id)
		if len(alerts) != 3 {
			t.Fatalf("%d audiences were told", len(alerts))
		}
		u := w.signIn(t, r.name)
		for audience, x := range alerts {
			mine := slices.Contains(strings.Fields(tells[audience]), r.name)
			if !r.caseless() {
				a := u.get("/alerts?state=open&kind=clock&caseId="+id.String()).want(t, http.StatusOK)
				if got := strings.Contains(string(a.raw), x.ID.String()); got != mine {
					t.Errorf("%s, the alert of the %s: in the list: %v", r.name, audience, got)
				}
			}
			for _, act := range []struct {
				do   string
				body any
			}{
				{"snooze", map[string]any{"until": w.now.Add(time.Hour).Format(time.RFC3339), "reason": "date_agreed"}},
				{"hand-over", map[string]any{"to": 1 << 40}},
				{"acknowledge", nil},
			} {
				want := http.StatusNotFound
				switch {
				case mine && act.do == "hand-over":
					want = http.StatusUnprocessableEntity // nobody of that number
				case mine:
					want = http.StatusOK
				case w.actors[r.name].Audience() == "":
					want = http.StatusForbidden
				}
				if a := u.post(alertPath(x, act.do), act.body); a.status != want {
					t.Errorf("%s of the alert of the %s as %s: %d, want %d: %s", act.do, audience, r.name, a.status, want, a.raw)
				}
				tried++
			}
		}
	}
	t.Logf("%d combinations", tried)
}

// TestAnAlertIsSnoozedAndHandedOver follows one through its hands.
func TestAnAlertIsSnoozedAndHandedOver(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	id := w.caseIn(t, "registered")
	w.now = w.now.AddDate(0, 0, 10)
	x := w.hear(t, id)[domain.ForMediator]
	giver, taker := w.signIn(t, "committee-mediator"), w.signIn(t, "own-point-mediator")
	open := func(u *user) int {
		t.Helper()
		n := u.get("/alerts?state=open&kind=clock").want(t, http.StatusOK).size(t, "items")
		if c := u.get("/alerts/count").want(t, http.StatusOK); !strings.Contains(string(c.raw), `"kind":"clock"`) == (n > 0) {
			t.Errorf("%d open, the count says %s", n, c.raw)
		}
		return n
	}
	for until, reason := range map[time.Duration]string{8 * 24 * time.Hour: "date_agreed", -time.Hour: "date_agreed"} {
		a := giver.post(alertPath(x, "snooze"), map[string]any{"until": w.now.Add(until).Format(time.RFC3339), "reason": reason})
		a.refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
		if !strings.Contains(string(a.raw), "/until") {
			t.Errorf("no pointer: %s", a.raw)
		}
	}
	giver.post(alertPath(x, "snooze"), map[string]any{"until": w.now.Add(2 * time.Hour).Format(time.RFC3339), "reason": "party_away"}).want(t, http.StatusOK)
	if n := open(giver); n != 0 {
		t.Errorf("%d open while it is put off", n)
	}
	w.now = w.now.Add(3 * time.Hour)
	if n := open(giver); n != 1 {
		t.Errorf("%d open when its time is over", n)
	}
	for who, status := range map[string]int{
		"other-town-mediator": http.StatusUnprocessableEntity, "own-director": http.StatusUnprocessableEntity,
		"committee-mediator": http.StatusUnprocessableEntity, "own-point-mediator": http.StatusOK,
	} {
		if who == "own-point-mediator" {
			continue
		}
		giver.post(alertPath(x, "hand-over"), map[string]any{"to": int64(w.actors[who].Person)}).want(t, status)
	}
	giver.post(alertPath(x, "hand-over"), map[string]any{"to": int64(w.actors["own-point-mediator"].Person)}).want(t, http.StatusOK)
	if open(giver) != 0 || open(taker) != 1 {
		t.Error("a handed alert is its receiver's alone")
	}
	giver.post(alertPath(x, "acknowledge"), nil).want(t, http.StatusNotFound)
	taker.post(alertPath(x, "acknowledge"), nil).want(t, http.StatusOK)
	a := taker.get("/alerts?state=acknowledged").want(t, http.StatusOK)
	if a.size(t, "items") != 1 || a.text(t, "items", 0, "handedBy", "name") == "" || a.text(t, "items", 0, "acknowledgedBy", "name") == "" {
		t.Errorf("acknowledged: %s", a.raw)
	}
	taker.post(alertPath(x, "acknowledge"), nil).want(t, http.StatusOK) // a second time changes nothing
	taker.post(alertPath(x, "hand-over"), map[string]any{"to": int64(w.actors["committee-mediator"].Person)}).refused(t, http.StatusConflict, domain.CodeGuard)
	if w.hear(t, id)[domain.ForDirector].State != domain.AlertOpen {
		t.Error("the mediator's acknowledgement silenced the director")
	}
}
