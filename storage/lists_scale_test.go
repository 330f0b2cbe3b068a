package storage_test

import (
	"context"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"baimi/domain"
	"baimi/storage"
	"baimi/storage/storagetest"
)

var (
	scanned = regexp.MustCompile(`on cases .*actual time=\S+ rows=([0-9]+) loops=([0-9]+)`)
	removed = regexp.MustCompile(`Rows Removed by [A-Za-z ]+: ([0-9]+)`)
	took    = regexp.MustCompile(`Execution Time: ([0-9.]+) ms`)
)

// lookedAt is how many cases a plan read, shown or not.
func lookedAt(t *testing.T, plan string) (n int) {
	t.Helper()
	number := func(text string) int {
		k, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	for _, m := range scanned.FindAllStringSubmatch(plan, -1) {
		n += number(m[1]) * number(m[2])
	}
	for _, m := range removed.FindAllStringSubmatch(plan, -1) {
		n += number(m[1])
	}
	return n
}

// TestListsWalkTheirIndexes fills a county with 20,000 cases of one committee and, all older, 20,000 of another and 2,000
// of a third, and an alert of each. Whoever reads a page looks at little more than it shows; for a small organisation, whose
// cases the planner takes for fewer than they are, it reads all of them and no others.
func TestListsWalkTheirIndexes(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	c := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	old := w.Register(t, w.Act(t, w.Hire(t, "keeperb1", domain.RolePointKeeper, w.PointB1)), w.Dispute(w.PointB1, w.CommitteeB1, w.VillageB1))
	few := w.Register(t, w.Act(t, w.Hire(t, "keepera2", domain.RolePointKeeper, w.PointA2)), w.Dispute(w.PointA2, w.CommitteeA2, w.VillageA2))
	raise(t, w, monthLater)
	for i, x := range []struct {
		id   uuid.UUID
		many string
		days string
	}{{c.ID, "20000", "0"}, {old.ID, "20000", "200"}, {few.ID, "2000", "200"}} {
		plant(t, w, strings.NewReplacer("CASE", x.id.String(), "MANY", x.many, "DAYS", x.days, "SERIES", strconv.Itoa(i)).Replace(`
			with new as (select gen_random_uuid() as id, n, n * interval '7 minutes' as back from generate_series(1, MANY) n),
			cased as (insert into cases select r.* from cases c, new, jsonb_populate_record(c, jsonb_build_object(
				'id', new.id, 'registered_at', c.registered_at - back - interval 'DAYS days', 'requested_on', '2020-01-01',
				'demand_no', '0001' || upper(lpad(to_hex(n + 1000000 * SERIES), 9, '0')))) r
				where c.id = 'CASE' returning county, id, orgs, registered_at),
			granted as (insert into case_grant select county, o, registered_at, id from cased, unnest(orgs) o)
			insert into alert select r.* from alert a, new, jsonb_populate_record(a, jsonb_build_object(
				'case_id', new.id, 'raised_at', a.raised_at + back, 'id', gen_random_uuid(), 'deadline_no', null, 'kind', 'many_people', 'stage', 'arose', 'rule', '',
				'state', case when n % 10 > 0 then 'resolved' else 'open' end,
				'escalate_at', null, 'resolved_at', case when n % 10 > 0 then timestamptz '2026-12-31' end,
				'resolution', case when n % 10 > 0 then 'over' end)) r
			where a.case_id = 'CASE' and a.stage like 'overdue%'`))
	}
	analyze(t, w)
	for _, x := range []struct {
		name  string
		actor domain.Actor
		after time.Duration
		most  int
	}{
		{"a committee's first page", p.director, 0, 100},
		{"a committee's page in the middle", p.director, -48 * 24 * time.Hour, 100},
		{"the first page of one whose cases are older", w.Hire(t, "directorb1", domain.RoleCommitteeDirector, w.CommitteeB1), 0, 100},
		{"a small committee's first page", w.Hire(t, "directora2", domain.RoleCommitteeDirector, w.CommitteeA2), 0, 2001},
		{"the judicial office's first page", p.office, 0, 100},
	} {
		page := domain.Page{Size: 20}
		if x.after != 0 {
			page.After = &domain.Cursor{At: c.RegisteredAt.Add(x.after), ID: c.ID}
		}
		plan := storage.PlanOfCases(t, w.Store, x.actor.Scope(), page)
		t.Logf("cases, %s: %s ms, looked at %d", x.name, took.FindStringSubmatch(plan)[1], lookedAt(t, plan))
		if lookedAt(t, plan) > x.most || (x.actor.Scope().Area == "" && !strings.Contains(plan, "case_grant_pkey")) {
			t.Errorf("cases, %s:\n%s", x.name, plan)
		}
		plan = storage.PlanOfAlerts(t, w.Store, x.actor, monthLater, domain.Page{Size: 20})
		t.Logf("alerts, %s: %s ms, looked at %d", x.name, took.FindStringSubmatch(plan)[1], lookedAt(t, plan))
		if !strings.Contains(plan, "alert_of_") {
			t.Errorf("alerts, %s:\n%s", x.name, plan)
		}
	}
}

// analyze lets the planner know what was planted; the test server does not by itself.
func analyze(t *testing.T, w *storagetest.Town) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), w.DB.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing is pending
	if _, err := conn.Exec(t.Context(), "vacuum (analyze) cases, case_grant, alert, deadline"); err != nil {
		t.Fatal(err)
	}
}
