package storage_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
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

// searchScale is how many cases the search is tried on; the whole of it with BAIMI_PROVE.
func searchScale() int {
	if os.Getenv("BAIMI_PROVE") != "" {
		return 200_000
	}
	return 10_000
}

// vocabulary are words of two characters, some used much more than others, as words are.
func vocabulary(rnd *rand.Rand) (pick func() string) {
	words := make([]string, 5000)
	for i := range words {
		words[i] = string([]rune{rune(0x4E00 + rnd.IntN(2500)), rune(0x4E00 + rnd.IntN(2500))})
	}
	zipf := rand.NewZipf(rnd, 1.1, 8, uint64(len(words)-1))
	return func() string { return words[zipf.Uint64()] }
}

// plantCounty copies one case many times: in 286 villages of 22 towns, each with a committee, over two years, with texts of
// their own of some 120 characters; 邻居 in three of ten, 婚姻 in one of 2,000, one of 25 private.
func plantCounty(t *testing.T, w *storagetest.Town, model *domain.Case, n int) {
	t.Helper()
	rnd := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same texts each time
	pick := vocabulary(rnd)
	var cases, values [][]any
	seal := func(id, ref uuid.UUID, kind, text string) {
		c, err := w.Keys.Seal([]byte("0123456789abcdef"+text), storage.PlaceOf(1, id, ref, kind))
		if err != nil {
			t.Fatal(err)
		}
		values = append(values, []any{int16(1), id, ref, kind, c})
	}
	for i := range n {
		id, place, facts := uuid.New(), uuid.New(), uuid.New()
		var text strings.Builder
		for range 55 {
			text.WriteString(pick())
		}
		if rnd.IntN(10) < 3 {
			text.WriteString("，与邻居争吵")
		}
		if i%2000 == 7 {
			text.WriteString("，婚姻纠纷")
		}
		level := "ordinary"
		if i%25 == 3 {
			level = "private"
		}
		village := rnd.IntN(286)
		area := fmt.Sprintf("510185%03d%03d", 100+village/13, 1+village%13)
		seal(id, place, "place", pick()+"村")
		seal(id, facts, "facts", text.String())
		cases = append(cases, []any{id, i, place, facts, area, int32(1000 + village), level, time.Duration(i) * (2 * 365 * 24 * time.Hour) / time.Duration(n)})
	}
	conn, err := pgx.Connect(t.Context(), w.DB.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing is pending
	exec := func(q string) {
		t.Helper()
		if _, err := conn.Exec(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	exec("set session_replication_role = replica")
	exec("create temp table new (id uuid, n int, place uuid, facts uuid, area text, org int, level text, back interval)")
	for table, x := range map[string]struct {
		columns []string
		rows    [][]any
	}{
		"new":            {[]string{"id", "n", "place", "facts", "area", "org", "level", "back"}, cases},
		"personal_value": {[]string{"county", "case_id", "id", "kind", "cipher"}, values},
	} {
		if _, err := conn.CopyFrom(t.Context(), pgx.Identifier{table}, x.columns, pgx.CopyFromRows(x.rows)); err != nil {
			t.Fatal(err)
		}
	}
	exec(fmt.Sprintf(`insert into cases select r.* from cases c, new, jsonb_populate_record(c, jsonb_build_object(
		'id', new.id, 'registered_at', c.registered_at - back, 'requested_on', '2020-01-01', 'place_ref', new.place, 'facts_ref', new.facts,
		'wish_ref', null, 'point', null, 'area_path', new.area, 'committee', new.org, 'orgs', array[new.org], 'confidentiality', new.level,
		'demand_no', '0001' || upper(lpad(to_hex(n), 9, '0')))) r where c.id = '%s'`, model.ID))
	exec("insert into case_grant select c.county, o, registered_at, id from cases c, unnest(orgs) o on conflict do nothing")
	exec("analyze cases")
}

var searched = regexp.MustCompile(`Bitmap Index Scan on search_text_tokens`)

// TestSearchAtScale looks for words, parties and numbers in a county of many cases: rare words go by the index under the
// policy, and nobody reads the whole county.
func TestSearchAtScale(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	c := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	n := searchScale()
	plantCounty(t, w, c, n)
	vacuum(t, w)
	began := time.Now()
	for last, got := uuid.Nil, 1; got > 0; {
		var err error
		if last, got, err = w.Store.ReindexCases(t.Context(), county, last, 1000); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("search rows of %d cases made in %.1f s", n, time.Since(began).Seconds())
	plant(t, w, "set lock_timeout = 0", fmt.Sprintf(`insert into search_party (county, blind, case_id)
		select 1, decode(md5(id::text), 'hex'), id from cases where id <> '%s'`, c.ID))
	vacuum(t, w)

	office, village := p.office.Scope(), p.director.Scope()
	office.Area, village.Orgs = "510185101", []domain.OrgID{1014}
	party := domain.ParsePartyQuery("13800138000")
	for _, x := range []struct {
		name string
		f    domain.CaseFilter
	}{
		{"no filter", domain.CaseFilter{}},
		{"a rare word", domain.CaseFilter{Words: words(t, "婚姻")}},
		{"a common word", domain.CaseFilter{Words: words(t, "邻居")}},
		{"a word that is not there", domain.CaseFilter{Words: words(t, "赡养")}},
		{"a phrase", domain.CaseFilter{Words: words(t, "与邻居争吵")}},
		{"two words", domain.CaseFilter{Words: words(t, "邻居 婚姻")}},
		{"a party", domain.CaseFilter{Party: &party}},
		{"a demand number", domain.CaseFilter{Number: domain.ParseNumberQuery(string(c.DemandNo)[:10])}},
		{"a village of another", domain.CaseFilter{Org: 1200}},
		{"private ones", domain.CaseFilter{Confidentiality: domain.Private}},
	} {
		for _, who := range []struct {
			name  string
			scope domain.Scope
		}{{"bureau", p.bureau.Scope()}, {"town", office}, {"village", village}} {
			page, rows := median(t, func() (int, error) {
				rows, _, err := w.Store.Cases(t.Context(), who.scope, x.f, domain.Page{Size: 20})
				return len(rows), err
			})
			count, counted := median(t, func() (int, error) {
				n, _, err := w.Store.CountCases(t.Context(), who.scope, x.f)
				return n, err
			})
			t.Logf("%-25s %-8s page %7.1f ms (%d rows), count %7.1f ms (%d)", x.name, who.name, page, rows, count, counted)
		}
	}
	if got := len(found(t, w.Store, p.bureau.Scope(), domain.CaseFilter{Words: words(t, "婚姻")}, 2)); got != n/2000 {
		t.Errorf("page by page %d cases with a rare word, want %d", got, n/2000)
	}
	plan := storage.PlanOfSearch(t, w.Store, p.bureau.Scope(), domain.CaseFilter{Words: words(t, "赡养")}, domain.Page{Size: 20})
	if !searched.MatchString(plan) {
		t.Errorf("a rare word does not go by its index:\n%s", plan)
	}
	if testing.Verbose() {
		t.Log(plan)
		for _, scope := range []domain.Scope{p.bureau.Scope(), office} {
			t.Log(storage.PlanOfSearch(t, w.Store, scope, domain.CaseFilter{Words: words(t, "邻居")}, domain.Page{Size: 20}))
		}
	}
}

// median is of five runs, in milliseconds, with what they found.
func median(t *testing.T, run func() (int, error)) (ms float64, n int) {
	t.Helper()
	took := make([]float64, 5)
	for i := range took {
		began := time.Now()
		var err error
		if n, err = run(); err != nil {
			t.Fatal(err)
		}
		took[i] = float64(time.Since(began).Microseconds()) / 1000
	}
	slices.Sort(took)
	return took[2], n
}

func vacuum(t *testing.T, w *storagetest.Town) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), w.DB.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing is pending
	if _, err := conn.Exec(t.Context(), "vacuum (analyze) cases, case_grant, personal_value, search_text, search_party"); err != nil {
		t.Fatal(err)
	}
}
