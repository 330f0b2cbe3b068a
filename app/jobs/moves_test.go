package jobs_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"baimi/app/jobs"
	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage/storagetest"
)

// asOwner changes what the service's role may not: the calendar, and rows behind the service's back.
func asOwner(t *testing.T, w *storagetest.Town, statements ...string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), w.DB.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing is pending
	for _, q := range statements {
		if _, err := conn.Exec(t.Context(), q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
}

// TestANewCalendarMovesTheRunningClocks: a holiday more is put in force; the clocks that run get their new day with an event
// of the system's, those of a case that stood still their versions, and stopped ones keep what they were.
func TestANewCalendarMovesTheRunningClocks(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	keeper, director := w.Hire(t, "keeper", domain.RolePointKeeper, w.PointA1), w.Hire(t, "director", domain.RoleCommitteeDirector, w.CommitteeA1)
	mediator := w.Hire(t, "mediator", domain.RoleMediator, w.CommitteeA1)
	waiting := w.Register(t, w.Act(t, keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	still := w.Register(t, w.Act(t, keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	w.Accept(t, w.Act(t, director), still.CaseID(), mediator.Person)
	act := w.Act(t, director)
	act.Reason = string(calendar.Appraisal)
	w.Change(t, act, still.CaseID(), func(_ context.Context, c *domain.Case) error { return c.Suspend(act, act.Today()) })
	ended := w.Register(t, w.Act(t, keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	act.Reason = "not_wanted"
	w.Change(t, act, ended.CaseID(), func(_ context.Context, c *domain.Case) error { return c.Withdraw(act, act.Today()) })

	r, err := jobs.New(w.Store, w.Store.Pool(), func() time.Time { return storagetest.Now.Add(time.Hour) }, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	run := func(want string) {
		t.Helper()
		if got, err := r.RunOnce(t.Context(), "recount", storagetest.Now); err != nil || got != want {
			t.Errorf("recount: %q, %v, want %q", got, err, want)
		}
	}
	run("0 cases recounted")
	asOwner(t, w, "insert into calendar_version values ('2099.1', '2099-01-01', 'a day of mourning')",
		"insert into calendar_day (day, working, name, source, version) values ('2026-11-19', false, '哀悼日', 'test', '2099.1')")
	run("2 cases recounted")
	run("0 cases recounted")

	scope := director.Scope()
	read := func(c *domain.Case) *domain.Case {
		t.Helper()
		got, err := w.Store.Case(t.Context(), scope, c.CaseID())
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if d := read(waiting).Deadlines[0]; d.DueOn.String() != "2026-11-24" || d.CalendarVersion != "2099.1" {
		t.Errorf("the running clock: %+v", d)
	}
	if d := read(still).Deadlines[1]; d.DueAt != nil || d.CalendarVersion != "2099.1" {
		t.Errorf("the clock that stands still: %+v", d)
	}
	if d := read(still).Deadlines[0]; d.CalendarVersion == "2099.1" {
		t.Errorf("a stopped clock was moved: %+v", d)
	}
	if c := read(ended); c.Version != 2 {
		t.Errorf("a case without running clocks has %d events", c.Version)
	}
	events, err := w.Store.CaseEvents(t.Context(), scope, waiting.CaseID())
	if err != nil {
		t.Fatal(err)
	}
	last := events[len(events)-1]
	if last.Kind != "recount" || last.Via != domain.ViaSystem || last.Actor != nil || !last.RecordedAt.Equal(storagetest.Now.Add(time.Hour)) {
		t.Errorf("event %+v", last)
	}
}

// TestACaseThatCannotBeCountedDoesNotKeepTheOthersWaiting: the rule of its clock is gone from the book.
func TestACaseThatCannotBeCountedDoesNotKeepTheOthersWaiting(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	keeper := w.Hire(t, "keeper", domain.RolePointKeeper, w.PointA1)
	broken := w.Register(t, w.Act(t, keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	for range 3 {
		w.Register(t, w.Act(t, keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	}
	asOwner(t, w, "update deadline set rules_version = '2025.1'", "update deadline set rule = 'D99' where case_id = '"+broken.ID.String()+"'")
	r, err := jobs.New(w.Store, w.Store.Pool(), time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	got, err := r.RunOnce(t.Context(), "recount", storagetest.Now)
	if got != "3 cases recounted" || err == nil || !strings.Contains(err.Error(), broken.ID.String()) {
		t.Errorf("%q, %v", got, err)
	}
}
