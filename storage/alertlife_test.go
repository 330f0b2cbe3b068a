package storage_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"baimi/domain"
	"baimi/storage"
	"baimi/storage/storagetest"
)

func escalate(t *testing.T, w *storagetest.Town, at time.Time) (total int) {
	t.Helper()
	for more := true; more; {
		n, again, err := w.Store.EscalateAlerts(t.Context(), county, at, 100)
		if err != nil {
			t.Fatal(err)
		}
		total, more = total+n, again
	}
	return total
}

// TestWhatNobodyAcknowledgesGoesUp follows D1 of a case nobody decides on: 23 November is its last day, so the mediators and
// the director are told on the 24th, and the office two working days later.
func TestWhatNobodyAcknowledgesGoesUp(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	at := func(day, hour int) time.Time {
		return time.Date(2026, 11, day, hour, 0, 0, 0, time.FixedZone("", 8*3600))
	}
	stages := func() string {
		var all []string
		for _, a := range storage.AllAlerts(t, w.Store, county) {
			from := ""
			if a.EscalatedFrom != nil {
				from = "<" + string(*a.EscalatedFrom)
			}
			all = append(all, fmt.Sprintf("%s %s%s %s", a.Stage, a.Audience, from, a.State))
		}
		return strings.Join(all, "\n")
	}
	runAlerts(t, w, at(24, 8))
	before := stages()
	if n := escalate(t, w, at(26, 23)); n != 0 || stages() != before {
		t.Errorf("%d went up before two working days were over:\n%s", n, stages())
	}
	// the mediators' alert does not make a second one for the director, who was told; the director's goes to the office
	if n := escalate(t, w, at(27, 0)); n != 1 || !strings.Contains(stages(), "overdue judicial_office<director open") {
		t.Errorf("%d went up:\n%s", n, stages())
	}
	if n := escalate(t, w, at(27, 0)); n != 0 {
		t.Errorf("%d went up twice", n)
	}
	runAlerts(t, w, at(27, 1)) // late: the office is told of the later stage, and hears no more of the first
	if !strings.Contains(stages(), "overdue judicial_office<director resolved") || !strings.Contains(stages(), "overdue_2w judicial_office open") {
		t.Errorf("after the later stage:\n%s", stages())
	}
	mine := openAlerts(t, w.Store, p.office, at(27, 1))
	if len(mine) != 1 {
		t.Fatalf("the office has %d", len(mine))
	}
	_, err := w.Store.ChangeAlert(t.Context(), p.office.Scope(), p.office.AlertReader(), domain.AlertID{County: w.County, UUID: mine[0].ID},
		func(_ context.Context, x *domain.Alert) error { return x.Acknowledge(p.office.Person, at(27, 9)) })
	if err != nil {
		t.Fatal(err)
	}
	if n := escalate(t, w, at(30, 23).AddDate(0, 0, 9)); n != 0 {
		t.Errorf("%d went up to the bureau past an acknowledgement", n)
	}
	if _, found := checkTown(t, w, at(27, 1)); len(found) > 0 {
		t.Error(found)
	}
}

// TestTheRedAlertOfAPrivateCase shows itself to the judicial office and the bureau, without anything of the case.
func TestTheRedAlertOfAPrivateCase(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	in.Confidentiality = domain.Private
	c := w.Register(t, w.Act(t, p.keeper), in)
	second := w.Hire(t, "office2", domain.RoleJudicialOfficer, w.OfficeA)
	elsewhere := w.Hire(t, "officeb", domain.RoleJudicialOfficer, w.OfficeB)
	keeper := w.Act(t, p.keeper)
	w.Change(t, keeper, c.CaseID(), func(_ context.Context, c *domain.Case) error {
		return c.RaiseEscalation(keeper, domain.NewEscalation{
			FoundAt: storagetest.Now, Level: domain.LevelOrange, Kind: domain.EscalationOther, Signs: "情绪激动。",
		})
	})
	bare := w.Reopen(t, storage.Options{SecondWallOnly: true})
	for _, s := range []*storage.Store{w.Store, bare} {
		for who, x := range map[string]struct {
			actor        domain.Actor
			alerts, rows int
			facts        bool
		}{
			"the mediator": {p.mediator, 0, 0, false}, "the director": {p.director, 1, 3, true}, "the named officer": {p.office, 1, 3, true},
			"another officer of the office": {second, 1, 1, false}, "the bureau": {p.bureau, 1, 1, false}, "another office": {elsewhere, 0, 0, false},
		} {
			list := openAlerts(t, s, x.actor, storagetest.Now)
			if n := storage.RowsShown(t, s, x.actor.Scope(), "alert"); len(list) != x.alerts || n != x.rows {
				t.Errorf("%s: %d alerts, %d rows, want %d and %d", who, len(list), n, x.alerts, x.rows)
			}
			for _, a := range list {
				if got := a.DemandNo != nil || a.Status != nil || a.Type != nil; got != x.facts {
					t.Errorf("%s sees something of the case: %v", who, got)
				}
			}
			if _, err := s.Case(t.Context(), x.actor.Scope(), c.CaseID()); (err == nil) != x.facts {
				t.Errorf("%s opens the case: %v", who, err)
			}
		}
	}
	id := domain.AlertID{County: w.County, UUID: openAlerts(t, w.Store, p.bureau, storagetest.Now)[0].ID}
	if _, err := w.Store.ChangeAlert(t.Context(), p.bureau.Scope(), p.bureau.AlertReader(), id, func(_ context.Context, x *domain.Alert) error {
		return x.Snooze(p.bureau.Person, storagetest.Now, storagetest.Now.Add(time.Hour), "date_agreed")
	}); domain.CodeOf(err) != domain.CodeGuard {
		t.Errorf("a red alert was put off: %v", err)
	}
	if _, err := w.Store.ChangeAlert(t.Context(), p.bureau.Scope(), p.bureau.AlertReader(), id, func(_ context.Context, x *domain.Alert) error {
		return x.Acknowledge(p.bureau.Person, storagetest.Now)
	}); err != nil {
		t.Error(err)
	}
	// the director's lies for two hours; the office and the bureau were told already
	if n := escalate(t, w, storagetest.Now.Add(2*time.Hour)); n != 0 {
		t.Errorf("%d alerts more for those who were told", n)
	}
}

// TestAClockThatMovesAwayAndBack is told of under each of its last days, and opens the old alerts again.
func TestAClockThatMovesAwayAndBack(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	c := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	w.Accept(t, w.Act(t, p.director), c.CaseID(), p.mediator.Person)
	before := storagetest.Now.AddDate(0, 0, 25) // 13 December; the month ends on the 18th
	runAlerts(t, w, before)
	if list := openAlerts(t, w.Store, p.mediator, before); len(list) != 1 || list[0].Stage != "left_7d" {
		t.Fatalf("%+v", list)
	}
	dir, med := w.ActAt(t, p.director, before), w.ActAt(t, p.mediator, before)
	dir.Reason = "appraisal"
	w.Change(t, dir, c.CaseID(), func(_ context.Context, c *domain.Case) error { return c.Suspend(dir, dir.Today()) })
	runAlerts(t, w, before)
	if list := openAlerts(t, w.Store, p.mediator, before); len(list) != 0 {
		t.Errorf("a held clock asks for something: %+v", list)
	}
	w.Change(t, med, c.CaseID(), func(_ context.Context, c *domain.Case) error { return c.Resume(med, med.Today()) })
	runAlerts(t, w, before) // the pause left out nothing: the same last day, the same alert
	if list := openAlerts(t, w.Store, p.mediator, before); len(list) != 1 || list[0].Stage != "left_7d" {
		t.Errorf("%+v", list)
	}
	if _, found := checkTown(t, w, before); len(found) > 0 {
		t.Error(found)
	}
}
