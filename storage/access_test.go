package storage_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"baimi/domain"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// lookAt leaves a line in the access log for each case, and one in that of accounts, and
// a request in the register of requests.
func lookAt(t *testing.T, w *storagetest.Town, a domain.Actor, cases ...*domain.Case) {
	t.Helper()
	for i, c := range cases {
		l := a.Access(domain.AccessDetail, storagetest.Now.Add(time.Duration(i)*time.Second)).Of(c)
		l.ID = uuid.New()
		if err := w.Store.LogAccess(t.Context(), a.Scope(), l); err != nil {
			t.Fatal(err)
		}
	}
	asked, err := domain.TakeSubjectRequest(w.Act(t, a), uuid.New(), domain.NewSubjectRequest{
		Kind: domain.SubjectCopy, On: w.Act(t, a).Today(), How: "visit", IdentityChecked: true,
		Subject: domain.Subject{Name: "王小明", IDNumber: "510185199003070013"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Store.PutSubjectRequest(t.Context(), a.Scope(), asked); err != nil {
		t.Fatal(err)
	}
	e := a.AccountEvent(a.Account, domain.AccountPasswordSet, storagetest.Now)
	e.ID = uuid.New()
	if err := w.Store.LogAccounts(t.Context(), a.Scope(), []domain.AccountEvent{e}); err != nil {
		t.Fatal(err)
	}
}

func TestTheAccessLogShowsToTheAuditAdministrator(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	audit := w.Hire(t, "audit", domain.RoleAuditAdmin, w.Bureau)
	var cases []*domain.Case
	for range 5 {
		cases = append(cases, w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)))
	}
	lookAt(t, w, p.director, cases...)
	var seen []uuid.UUID
	page := domain.Page{Size: 2}
	for {
		rows, next, err := w.Store.AccessLog(t.Context(), audit.Scope(), domain.AccessFilter{}, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			seen = append(seen, *r.CaseID)
		}
		if page.After = next; next == nil {
			break
		}
	}
	slices.Reverse(seen)
	if want := each(cases, func(c *domain.Case) uuid.UUID { return c.ID }); !slices.Equal(seen, want) {
		t.Errorf("the pages hold %v, want %v", seen, want)
	}
	today := w.Act(t, audit).Today()
	for name, x := range map[string]struct {
		f    domain.AccessFilter
		want int
	}{
		"today":         {domain.AccessFilter{From: today, To: today}, 5},
		"yesterday":     {domain.AccessFilter{To: today.AddDays(-1)}, 0},
		"that director": {domain.AccessFilter{Person: p.director.Person}, 5},
		"somebody else": {domain.AccessFilter{Person: p.mediator.Person}, 0},
		"exports":       {domain.AccessFilter{What: domain.AccessExport}, 0},
		"one case":      {domain.AccessFilter{DemandNo: cases[3].DemandNo}, 1},
	} {
		rows, _, err := w.Store.AccessLog(t.Context(), audit.Scope(), x.f, domain.Page{Size: 10})
		if err != nil || len(rows) != x.want {
			t.Errorf("%s: %d lines (%v), want %d", name, len(rows), err, x.want)
		}
	}
	bare := w.Reopen(t, storage.Options{SecondWallOnly: true})
	for _, a := range []domain.Actor{p.director, p.bureau, p.mediator} {
		for _, s := range []*storage.Store{w.Store, bare} {
			rows, _, err := s.AccessLog(t.Context(), a.Scope(), domain.AccessFilter{}, domain.Page{Size: 10})
			if err != nil || len(rows) != 0 {
				t.Errorf("%s reads %d lines of the log (%v)", a.Role, len(rows), err)
			}
		}
	}
	if n := storage.RowsShown(t, w.Store, audit.Scope(), "cases"); n != 0 {
		t.Errorf("the audit administrator sees %d cases", n)
	}
}

// TestTheMonthsOfTheAccessLog writes lines of many months, some before their month was opened, and lets the job turn.
func TestTheMonthsOfTheAccessLog(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	c := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	conn, err := pgx.Connect(t.Context(), w.DB.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing is pending
	months := func() (names string, lines int) {
		t.Helper()
		err := conn.QueryRow(t.Context(), `select string_agg(relname, ' ' order by relname), (select count(*) from access_log)
			from pg_class where relnamespace = 'access_months'::regnamespace and relkind = 'r' and relname <> 'rest'`).Scan(&names, &lines)
		if err != nil {
			t.Fatal(err)
		}
		return names, lines
	}
	long := time.Date(2022, 5, 1, 0, 0, 0, 0, storagetest.Now.Location())
	at := func(when time.Time) {
		t.Helper()
		l := p.keeper.Access(domain.AccessDetail, when).Of(c)
		l.ID = uuid.New()
		if err := w.Store.LogAccess(t.Context(), p.keeper.Scope(), l); err != nil {
			t.Fatal(err)
		}
	}
	for _, when := range []time.Time{
		long.Add(-8 * time.Hour).Add(-time.Microsecond), // the last of April in Shanghai
		long.Add(-8 * time.Hour), long.AddDate(0, 0, 10),
	} {
		at(when)
	}
	before, _ := months()
	turn := func(asOf time.Time) int {
		t.Helper()
		n, err := w.Store.TurnAccessLog(t.Context(), asOf)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	turn(long) // as if the job had run then: lines that came before their month move into it
	names, lines := months()
	if lines != 3 || !strings.Contains(names, "m2022_05 m2022_06 m2022_07 m2022_08") || strings.Contains(names, "m2022_04") {
		t.Errorf("months %s, %d lines", names, lines)
	}
	var moved int
	if err := conn.QueryRow(t.Context(), "select count(*) from access_months.m2022_05").Scan(&moved); err != nil || moved != 2 {
		t.Errorf("%d lines moved into May (%v)", moved, err)
	}
	turn(storagetest.Now)
	after, lines := months()
	if strings.Contains(after, "2022") || lines != 0 {
		t.Errorf("after three years: %s, %d lines", after, lines)
	}
	for _, m := range strings.Fields(before) {
		if !strings.Contains(after, m) {
			t.Errorf("%s was dropped, too early", m)
		}
	}
	if n := turn(storagetest.Now); n != 0 {
		t.Errorf("a second turn did %d", n)
	}
	// a date far ahead, as somebody would send who has the service in hand, drops nothing of the last three years
	at(time.Now().AddDate(-2, 0, 0))
	turn(time.Now().AddDate(-2, 0, 0))
	turn(time.Now().AddDate(50, 0, 0))
	if _, lines := months(); lines != 1 {
		t.Error("a turn in the far future dropped a line that is two years old")
	}
}

func TestThePartitionsAreClosedToTheService(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	for _, q := range []string{
		"select from access_months.rest", "delete from access_log", "update access_log set reason = 'x'",
		"drop table access_months.rest", "create table access_months.x (id int)",
	} {
		if _, err := storage.ExecAs(t, w.Store, p.bureau.Scope(), q); state(err) != "42501" {
			t.Errorf("%s: %v", q, err)
		}
	}
	l := p.director.Access(domain.AccessExport, storagetest.Now)
	l.ID = uuid.New()
	other := p.mediator.Scope()
	if err := w.Store.LogAccess(t.Context(), other, l); state(err) != "42501" {
		t.Errorf("somebody logged another's access: %v", err)
	}
}

func each[A, B any](list []A, f func(A) B) []B {
	out := make([]B, len(list))
	for i, x := range list {
		out[i] = f(x)
	}
	return out
}

// TestTheAccessLogIsExact holds each rule of the table against a line that breaks it.
func TestTheAccessLogIsExact(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	c := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	for name, spoil := range map[string]func(l *domain.Access){
		"an unmasking of nothing":       func(l *domain.Access) { l.Fields = domain.Codes{} },
		"an unmasking without a reason": func(l *domain.Access) { l.Reason = "" },
		"a detail of no case": func(l *domain.Access) {
			l.What, l.Fields, l.CaseID, l.DemandNo = domain.AccessDetail, domain.Codes{}, nil, nil
		},
		"a case without its number":          func(l *domain.Access) { l.DemandNo = nil },
		"a field that is not masked":         func(l *domain.Access) { l.Fields = domain.Codes{"name"} },
		"a person who came in as the system": func(l *domain.Access) { l.Via = domain.ViaSystem },
		"somebody who is nobody":             func(l *domain.Access) { l.Person = nil },
	} {
		l := p.keeper.Access(domain.AccessUnmask, storagetest.Now).Of(c)
		l.ID, l.Fields, l.Reason = uuid.New(), domain.Codes{"phone"}, domain.RevealContact
		spoil(&l)
		err := w.Store.LogAccess(t.Context(), county, l)
		if state(err) != "23514" {
			t.Errorf("%s: %v", name, fmt.Sprint(err))
		}
	}
}
