package main

import (
	"crypto/rand"
	"fmt"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"baimi/app"
	"baimi/demo"
	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
	"baimi/storage/files"
	"baimi/storage/storagetest"
)

func openTest(t *testing.T, db *storagetest.DB) *storage.Store {
	t.Helper()
	keys, err := storage.NewKeyring()
	if err != nil {
		t.Fatal(err)
	}
	store, err := storage.Open(t.Context(), db.AppURL, keys, storage.Options{MaxConnections: 4})
	if err != nil {
		t.Fatal(err)
	}
	kept, err := files.OpenDir(filepath.Join(t.TempDir(), "files"))
	if err != nil {
		t.Fatal(err)
	}
	store.UseFiles(kept)
	t.Cleanup(store.Close)
	return store
}

var (
	demoDay   = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)
	smallDemo = demoOrder{size: demo.Small, at: demoDay, now: demoDay}
)

func TestDemoShowsEverythingThereIs(t *testing.T) {
	t.Parallel()
	db := storagetest.New(t)
	store := openTest(t, db)
	made, err := loadDemo(t.Context(), store, quiet, smallDemo, nil)
	if err != nil {
		t.Fatal(err)
	}
	if made.disputes < demo.Small.Disputes {
		t.Errorf("%d disputes", made.disputes)
	}
	for _, s := range domain.Statuses {
		if n := len(lines(t, db.OwnerURL, "select demand_no from cases where status = '"+string(s.Status)+"'")); n == 0 {
			t.Errorf("no dispute is %s", s.Name)
		}
	}
	for q, want := range map[string]string{
		"select count(distinct type)::text from cases":                                      "18",
		"select count(distinct source)::text from cases":                                    "3",
		"select count(distinct referrer)::text from cases":                                  "5",
		"select count(distinct answer)::text from transfer":                                 "4",
		"select count(distinct confidentiality)::text from cases":                           "3",
		"select count(distinct origin)::text from cases":                                    "2",
		"select (count(*) > 0)::text from cases where round > 1":                            "true",
		"select (count(*) > 0)::text from cases where leg > 1":                              "true",
		"select (count(*) > 0)::text from extension":                                        "true",
		"select (count(*) filter (where instant) * 2 between 360 and 440)::text from cases": "true",
		"select (count(*) > 5)::text from alert where state = 'open'":                       "true",
		"select (sum(succeeded) > 20 and sum(failed) > 0)::text from rate_month":            "true",
		"select count(distinct kind)::text from representative":                             "3",
		"select (count(*) > 0)::text from signature where signed_by is not null":            "true",
		"select (count(*) > 0)::text from escalation":                                       "true",
		"select (count(*) > 0)::text from cases where late_reason is not null":              "true",
		"select count(*)::text from event_todo":                                             "0",
		"select (max(registered_at) <= '2026-11-22T04:00:00Z')::text from cases":            "true",
		"select (max(recorded_at) <= '2026-11-22T04:00:00Z')::text from event":              "true",
		"select (min(requested_on) >= date '2024-11-20')::text from cases":                  "true",
		"select count(*)::text from area where level = 1":                                   "22",
		"select count(*)::text from area where level = 2":                                   "44",
		"select count(*)::text from point":                                                  "132",
		"select (count(distinct level) = 7)::text from area":                                "true",
		"select count(*)::text from (select committee, file_year from cases where file_no is not null group by 1, 2 having max(file_seq) <> count(*)) x": "0",
		// file numbers run in the order of acceptances
		"select count(*)::text from cases a join cases b using (committee, file_year) where a.file_seq < b.file_seq and a.accepted_on > b.accepted_on": "0",
		// offices work from half past eight to six
		"select count(*)::text from event where (recorded_at at time zone 'Asia/Shanghai')::time not between '08:30' and '19:00'": "0",
	} {
		if got := lines(t, db.OwnerURL, q); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %v, want %s", q, got, want)
		}
	}
	chains(t, store)
	sum, err := store.Check(t.Context(), domain.SystemScope(demo.County, demo.AreaPath), demoDay, func(f storage.Finding) {
		t.Errorf("%s: %s: %s", f.Kind, f.Where, f.What)
	})
	if err != nil || sum.Bad != 0 || sum.Cases < demo.Small.Disputes {
		t.Errorf("%v: %s", err, sum)
	}
}

// A demo of a past day is as clean as one of today: what its clocks had to tell since then was told.
func TestAPastDemoIsClean(t *testing.T) {
	t.Parallel()
	db := storagetest.New(t)
	store := openTest(t, db)
	past := demoOrder{size: demo.Small, at: demoDay.AddDate(0, -2, 0), now: demoDay}
	if _, err := loadDemo(t.Context(), store, quiet, past, nil); err != nil {
		t.Fatal(err)
	}
	sum, err := store.Check(t.Context(), domain.SystemScope(demo.County, demo.AreaPath), demoDay, func(f storage.Finding) {
		t.Errorf("%s: %s: %s", f.Kind, f.Where, f.What)
	})
	if err != nil || sum.Bad != 0 {
		t.Errorf("%v: %s", err, sum)
	}
	since := "select (count(*) > 0)::text from alert where stage_at > '" + past.at.Format(time.RFC3339) + "'"
	if got := lines(t, db.OwnerURL, since); !slices.Equal(got, []string{"true"}) {
		t.Error("nothing was told since its day")
	}
}

// chains verifies that nobody took a short cut: each dispute is the sum of its events.
func chains(t *testing.T, store *storage.Store) {
	t.Helper()
	scope := domain.SystemScope(demo.County, demo.AreaPath)
	rows, _, err := store.Cases(t.Context(), scope, domain.CaseFilter{}, domain.Page{Size: 200})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		events, err := store.CaseEvents(t.Context(), scope, r.CaseID())
		if err != nil {
			t.Fatal(err)
		}
		if err := domain.VerifyChain(events); err != nil {
			t.Errorf("%s: %v", r.DemandNo, err)
		}
	}
}

// Every role has a sign-in that works.
func TestDemoLoginsSignIn(t *testing.T) {
	t.Parallel()
	store := openTest(t, storagetest.New(t))
	made, err := loadDemo(t.Context(), store, quiet, smallDemo, nil)
	if err != nil {
		t.Fatal(err)
	}
	use := app.NewSignIn(store, func() time.Time { return demoDay }, rand.Reader, app.DefaultSignInConfig())
	roles := map[domain.Role]bool{}
	for i, l := range made.logins {
		from := netip.AddrFrom4([4]byte{10, 0, 0, byte(i)})
		caller, _, err := use.SignIn(t.Context(), app.SignInInput{Login: l.login, Password: demo.Password, From: from})
		if err != nil {
			t.Errorf("%s: %v", l.login, err)
			continue
		}
		roles[caller.Actor.Role] = true
	}
	for _, r := range domain.Roles {
		if !roles[r.Role] {
			t.Errorf("nobody signs in as %s", r.Name)
		}
	}
}

func TestDemoIsMadeOnceAndTheSameForTheSameDay(t *testing.T) {
	t.Parallel()
	var seen [2][]string
	for i := range seen {
		db := storagetest.New(t)
		store := openTest(t, db)
		for range 2 {
			if _, err := loadDemo(t.Context(), store, quiet, smallDemo, nil); err != nil {
				t.Fatal(err)
			}
		}
		seen[i] = demoContents(t, db, store)
		if n := len(seen[i]); n < demo.Small.Disputes {
			t.Errorf("%d cases", n)
		}
	}
	for i := range min(len(seen[0]), len(seen[1])) {
		if seen[0][i] != seen[1][i] {
			t.Fatalf("two demos of a day differ:\n%s\n%s", seen[0][i], seen[1][i])
		}
	}
	if len(seen[0]) != len(seen[1]) {
		t.Errorf("%d cases and %d", len(seen[0]), len(seen[1]))
	}
}

// demoContents are the cases as people read them, in an order of their own: everything but ids and numbers drawn at random.
func demoContents(t *testing.T, db *storagetest.DB, store *storage.Store) []string {
	t.Helper()
	var all []string
	for _, id := range lines(t, db.OwnerURL, "select id::text from cases") {
		of := domain.CaseID{County: demo.County, UUID: uuid.MustParse(id)}
		c, err := store.Case(t.Context(), domain.SystemScope(demo.County, demo.AreaPath), of)
		if err != nil {
			t.Fatal(err)
		}
		text := fmt.Sprint(c.Status, c.Type, c.Source, c.Committee, c.AreaPath, c.RequestedOn, c.RegisteredAt.UTC(), c.EventSeq, c.Mediators, c.Risks)
		for _, d := range []*calendar.Date{c.AcceptedOn, c.StartedOn, c.ConcludedOn, c.ClosedOn, c.ArchivedOn} {
			if d != nil {
				text += "|" + d.String()
			}
		}
		if c.FileNo != nil {
			text += "|" + *c.FileNo
		}
		if c.Amount != nil {
			text += "|" + c.Amount.String()
		}
		for _, p := range c.Personal() {
			text += "|" + p.Plain()
		}
		all = append(all, text)
	}
	slices.Sort(all)
	return all
}

func TestDemoLeavesRealRecordsAlone(t *testing.T) {
	t.Parallel()
	db := storagetest.New(t)
	run(t, db.OwnerURL, "insert into county (id, area_path, name) values (7, '510104', '锦江区')")
	w := newWorld(t, "DATABASE_URL", db.AppURL)
	if code, _, errs := w.baimi(t, "demo"); code != 1 || !strings.Contains(errs, "nothing was changed") {
		t.Errorf("%d %s", code, errs)
	}
	if got := lines(t, db.OwnerURL, "select name from county"); !slices.Equal(got, []string{"锦江区"}) {
		t.Errorf("counties: %v", got)
	}
}
