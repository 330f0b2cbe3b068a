package main

import (
	"crypto/rand"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"baimi/app"
	"baimi/domain"
	"baimi/storage"
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
	t.Cleanup(store.Close)
	return store
}

// demoLacks are the states off the straight way; the city of issue 4 brings them.
var demoLacks = []domain.Status{
	domain.StatusClue, domain.StatusDismissed, domain.StatusSupplement, domain.StatusTransferred, domain.StatusSuspended,
}

var demoDay = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

func TestDemoShowsEverythingThereIs(t *testing.T) {
	t.Parallel()
	db := storagetest.New(t)
	store := openTest(t, db)
	made, err := loadDemo(t.Context(), store, quiet, demoDay)
	if err != nil {
		t.Fatal(err)
	}
	if made.disputes < 55 {
		t.Errorf("%d disputes", made.disputes)
	}
	for _, s := range domain.Statuses {
		if slices.Contains(demoLacks, s.Status) {
			continue
		}
		if n := len(lines(t, db.OwnerURL, "select demand_no from cases where status = '"+string(s.Status)+"'")); n == 0 {
			t.Errorf("no dispute is %s", s.Name)
		}
	}
	for q, want := range map[string]string{
		"select count(distinct type)::text from cases":                                    "18",
		"select count(distinct source)::text from cases":                                  "3",
		"select count(distinct referrer)::text from cases":                                "5",
		"select (count(*) filter (where instant) * 2 between 50 and 70)::text from cases": "true",
		"select (count(*) > 5)::text from alert where state = 'open'":                     "true",
		"select (sum(succeeded) > 20 and sum(failed) > 0)::text from rate_month":          "true",
		"select count(*)::text from event_todo":                                           "0",
		"select (max(registered_at) <= '2026-11-22T04:00:00Z')::text from cases":          "true",
		"select (max(recorded_at) <= '2026-11-22T04:00:00Z')::text from event":            "true",
		"select (min(requested_on) >= date '2026-09-23')::text from cases":                "true",
		"select count(*)::text from area where level = 1":                                 "22",
		"select (count(distinct level) = 7)::text from area":                              "true",
		"select (max(file_seq) = count(*))::text from cases where committee = (select id from org where short_name = '演示一社区') and file_no is not null": "true",
	} {
		if got := lines(t, db.OwnerURL, q); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %v, want %s", q, got, want)
		}
	}
	chains(t, store)
}

// chains verifies that nobody took a short cut: each dispute is the sum of its events.
func chains(t *testing.T, store *storage.Store) {
	t.Helper()
	scope := domain.SystemScope(demoCounty, demoAreaPath)
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
	made, err := loadDemo(t.Context(), store, quiet, demoDay)
	if err != nil {
		t.Fatal(err)
	}
	use := app.NewSignIn(store, func() time.Time { return demoDay }, rand.Reader, app.DefaultSignInConfig())
	roles := map[domain.Role]bool{}
	for i, l := range made.logins {
		from := netip.AddrFrom4([4]byte{10, 0, 0, byte(i)})
		caller, _, err := use.SignIn(t.Context(), app.SignInInput{Login: l.login, Password: demoPassword, From: from})
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
	const look = `select concat_ws('|', status, type, source, committee, area_path, requested_on, registered_at, file_no, amount) from cases order by 1`
	var seen [2][]string
	for i := range seen {
		db := storagetest.New(t)
		store := openTest(t, db)
		for range 2 {
			if _, err := loadDemo(t.Context(), store, quiet, demoDay); err != nil {
				t.Fatal(err)
			}
		}
		seen[i] = lines(t, db.OwnerURL, look)
	}
	if !slices.Equal(seen[0], seen[1]) {
		t.Errorf("two demos of a day differ:\n%s\n%s", strings.Join(seen[0], "\n"), strings.Join(seen[1], "\n"))
	}
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
