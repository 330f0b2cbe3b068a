package storage_test

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"baimi/domain"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// readRows is how many rows a plan read in all, by its scans.
func readRows(plan string) int {
	n := 0
	for _, line := range strings.Split(plan, "\n") {
		if m := regexp.MustCompile(`Scan.*actual.*rows=([0-9.]+)`).FindStringSubmatch(line); m != nil {
			x, _ := strconv.ParseFloat(m[1], 64)
			n += int(x)
		}
		if m := regexp.MustCompile(`Rows Removed by Filter: ([0-9]+)`).FindStringSubmatch(line); m != nil {
			x, _ := strconv.Atoi(m[1])
			n += x
		}
	}
	return n
}

// TestTheCostOfTheClocksJobsFollowsWhatIsDue puts twenty thousand running clocks beside a few that are late or stale, and
// counts what the jobs' searches read.
func TestTheCostOfTheClocksJobsFollowsWhatIsDue(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	c := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	rows := func(from, to int, rule, due, version string) string {
		about := "null"
		if rule == "D2" {
			about = "1"
		}
		return fmt.Sprintf(`insert into deadline (county, case_id, no, rule, variant, about, starts_on, length, unit, rolls, due_on, due_at, calendar_version,
			rules_version, provisional) select 1, '%s', n, '%s', '', %s, '2026-11-01', 3, 'workingDay', true, '%s', '%s', '%s', '2026.1', false
			from generate_series(%d, %d) n`, c.ID, rule, about, due, due, version, from, to)
	}
	plant(
		t, w, "insert into calendar_version values ('2099.1', '2099-01-01', 'a notice')",
		rows(100, 10_099, "D2", "2027-01-10", "2099.1"), rows(10_100, 20_099, "D1", "2026-11-05", "2099.1"), // neither late nor stale
		rows(20_100, 20_104, "D2", "2026-11-10", "2099.1"), rows(20_105, 20_109, "D1", "2026-11-20", "2027.0"),
	)
	analyze(t, w)
	days, err := w.Store.Calendar(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, plan := range map[string]string{
		"late transfers": storage.PlanOfLateTransfers(t, w.Store, county, storagetest.Now),
		"stale clocks":   storage.PlanOfStaleCases(t, w.Store, county, domain.CountingBy(days)),
	} {
		if n := readRows(plan); n == 0 || n > 20 || !strings.Contains(plan, "deadline_") {
			t.Errorf("%s: %d rows read\n%s", name, n, plan)
		}
	}
	late, err := w.Store.LateTransfers(t.Context(), county, storagetest.Now, nil, 3)
	if err != nil || len(late) != 3 {
		t.Errorf("%d late transfers, %v", len(late), err)
	}
	stale, err := w.Store.StaleCases(t.Context(), county, domain.CountingBy(days), domain.Counting{}, 10)
	if err != nil || len(stale) != 1 || stale[0].CaseID != c.ID || stale[0].CalendarVersion != "2027.0" {
		t.Errorf("stale %+v, %v", stale, err)
	}
	if more, err := w.Store.StaleCases(t.Context(), county, domain.CountingBy(days), stale[0], 10); err != nil || len(more) != 0 {
		t.Errorf("behind it %+v, %v", more, err)
	}
}

// TestCasesWithClocksAreReadWithWhatTheyAreCountedFrom counts each again and comes to what is stored.
func TestCasesWithClocksAreReadWithWhatTheyAreCountedFrom(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	winding(t, w, p, p.mediator, domain.Ordinary)
	plain := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	days, err := w.Store.Calendar(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	first, err := w.Store.CasesWithClocks(t.Context(), county, [16]byte{}, 1)
	if err != nil || len(first) != 1 {
		t.Fatalf("%d cases, %v", len(first), err)
	}
	rest, err := w.Store.CasesWithClocks(t.Context(), county, first[0].ID, 10)
	if err != nil || len(rest) != 1 {
		t.Fatalf("%d cases behind, %v", len(rest), err)
	}
	clocks := 0
	for _, c := range append(first, rest...) {
		changes, err := c.Recounted(days)
		if err != nil || len(changes) > 0 {
			t.Errorf("%+v %v", changes, err)
		}
		clocks += len(c.Deadlines)
		if c.ID != plain.ID && (len(c.Pauses) != 1 || len(c.Extensions) != 1) {
			t.Errorf("%d pauses, %d extensions", len(c.Pauses), len(c.Extensions))
		}
	}
	if clocks < 5 {
		t.Errorf("%d clocks", clocks)
	}
}

// TestADemandNumberNamesTheNewestLegThatShows: through a transfer the number stays with the matter.
func TestADemandNumberNamesTheNewestLegThatShows(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	next := w.Hire(t, "next", domain.RoleCommitteeDirector, w.CommitteeTownA)
	c := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	send := w.Act(t, p.director)
	send.Reason = "difficult"
	w.Change(t, send, c.CaseID(), func(_ context.Context, c *domain.Case) error {
		return c.Transfer(send, domain.Handover{On: send.Today(), ToOrg: w.CommitteeTownA})
	})
	take := w.Act(t, next)
	var child *domain.Case
	if err := w.Store.InTx(t.Context(), next.Scope(), func(ctx context.Context) error {
		_, err := w.Store.UpdateCase(ctx, next.Scope(), c.CaseID(), func(ctx context.Context, c *domain.Case) (err error) {
			if child, err = c.TakeUp(take, domain.Receipt{On: take.Today()}); err != nil {
				return err
			}
			return w.Store.CreateCase(ctx, next.Scope(), child)
		})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		who  domain.Actor
		want []domain.CaseID
	}{
		{p.keeper, []domain.CaseID{c.CaseID()}}, {next, []domain.CaseID{child.CaseID(), c.CaseID()}}, {p.bureau, []domain.CaseID{child.CaseID(), c.CaseID()}},
	} {
		got, err := w.Store.CasesByDemandNo(t.Context(), x.who.Scope(), c.DemandNo)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(x.want) {
			t.Errorf("%s: %v, want %v (%v)", x.who.PersonName, got, x.want, err)
		}
	}
	if _, found := checkTown(t, w, storagetest.Now); len(found) > 0 {
		t.Errorf("%+v", found)
	}
}
