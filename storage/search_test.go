package storage_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// reindex makes every search row of the town again, two cases at a time.
func reindex(t *testing.T, w *storagetest.Town) (cases int) {
	t.Helper()
	for last, n := uuid.Nil, 1; n > 0; cases += n {
		var err error
		if last, n, err = w.Store.ReindexCases(t.Context(), county, last, 2); err != nil {
			t.Fatal(err)
		}
	}
	return cases
}

// words reads what somebody types.
func words(t *testing.T, s string) domain.Words {
	t.Helper()
	w, err := domain.ParseWords(s)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// found lists the demand numbers of all pages, and holds the count to them.
func found(t *testing.T, s *storage.Store, scope domain.Scope, f domain.CaseFilter, size int) []domain.DemandNo {
	t.Helper()
	all := []domain.DemandNo{}
	for p := (domain.Page{Size: size}); ; {
		rows, next, err := s.Cases(t.Context(), scope, f, p)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range rows {
			all = append(all, r.DemandNo)
		}
		if p.After = next; next == nil {
			break
		}
	}
	if n, more, err := s.CountCases(t.Context(), scope, f); err != nil || more || n != len(all) {
		t.Errorf("%d found, %d counted, more %v, %v", len(all), n, more, err)
	}
	return all
}

func day(y, m, d int) *calendar.Date {
	x := calendar.MustDate(y, 1, 1).AddMonths(m - 1).AddDays(d - 1)
	return &x
}

func TestEachFilterFindsItsCases(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	plain := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	taken := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	taken = w.Accept(t, w.Act(t, p.director), taken.CaseID(), p.mediator.Person)
	other := w.Dispute(w.PointB1, w.CommitteeB1, w.VillageB1)
	other.Type, other.Facts, other.Wish = "10", "拖欠赡养费两年，老人３次上门讨要未果。", ""
	other.RequestedOn = calendar.MustDate(2026, 11, 2)
	other.Parties[0].Name, other.Parties[0].IDNumber, other.Parties[0].Phone = "欧阳　春", "", "028-27012345"
	other.Parties[1].Name, other.Parties[1].IDNumber, other.Parties[1].Phone = "简阳市东门商店", "", "13700137000"
	other.Parties[1].Kind = domain.Legal
	far := w.Register(t, w.ActAt(t, w.Hire(t, "keeperb", domain.RolePointKeeper, w.PointB1), storagetest.Now.AddDate(0, 0, -3)), other)
	initiative := w.Dispute(w.PointA2, w.CommitteeA2, w.VillageA2)
	initiative.Source, initiative.Confidentiality = domain.SourceInitiative, domain.Private
	private := w.Register(t, w.Act(t, w.Hire(t, "keepera2", domain.RolePointKeeper, w.PointA2)), initiative)
	w.Change(t, w.Act(t, p.mediator), taken.CaseID(), func(_ context.Context, c *domain.Case) error {
		a := w.Act(t, p.mediator)
		a.Reason = "not_wanted"
		return c.Withdraw(a, a.Today())
	})
	raise(t, w, storagetest.Now.AddDate(0, 0, 4)) // the three of today still have days left

	party := func(s string) *domain.PartyQuery { q := domain.ParsePartyQuery(s); return &q }
	for name, x := range map[string]struct {
		f    domain.CaseFilter
		want []*domain.Case
	}{
		"nothing asked":                {domain.CaseFilter{}, []*domain.Case{plain, taken, far, private}},
		"a town":                       {domain.CaseFilter{Area: w.TownB.Path}, []*domain.Case{far}},
		"a village":                    {domain.CaseFilter{Area: w.VillageA1.Path}, []*domain.Case{plain, taken}},
		"a committee":                  {domain.CaseFilter{Org: w.CommitteeA1}, []*domain.Case{plain, taken}},
		"a point":                      {domain.CaseFilter{Org: w.PointB1}, []*domain.Case{far}},
		"a state":                      {domain.CaseFilter{Statuses: []domain.Status{domain.StatusWithdrawn}}, []*domain.Case{taken}},
		"two states":                   {domain.CaseFilter{Statuses: []domain.Status{domain.StatusWithdrawn, domain.StatusRegistered}}, []*domain.Case{plain, taken, far, private}},
		"a type":                       {domain.CaseFilter{Type: "10"}, []*domain.Case{far}},
		"a source":                     {domain.CaseFilter{Source: domain.SourceInitiative}, []*domain.Case{private}},
		"a level":                      {domain.CaseFilter{Confidentiality: domain.Private}, []*domain.Case{private}},
		"the villages' tier":           {domain.CaseFilter{Tier: domain.TierVillage}, []*domain.Case{plain, taken, far, private}},
		"the town's tier":              {domain.CaseFilter{Tier: domain.TierTown}, nil},
		"a tier below the committees":  {domain.CaseFilter{Tier: domain.TierGrid}, nil},
		"a mediator":                   {domain.CaseFilter{Mediator: p.mediator.Person}, []*domain.Case{taken}},
		"overdue":                      {domain.CaseFilter{Overdue: true}, []*domain.Case{far}},
		"registered by the 15th":       {domain.CaseFilter{Registered: domain.Period{To: day(2026, 11, 15)}}, []*domain.Case{far}},
		"registered from the 16th":     {domain.CaseFilter{Registered: domain.Period{From: day(2026, 11, 16)}}, []*domain.Case{plain, taken, private}},
		"requested on the 2nd":         {domain.CaseFilter{Requested: domain.Period{From: day(2026, 11, 2), To: day(2026, 11, 2)}}, []*domain.Case{far}},
		"requested before":             {domain.CaseFilter{Requested: domain.Period{To: day(2026, 11, 1)}}, nil},
		"concluded in November":        {domain.CaseFilter{Concluded: domain.Period{From: day(2026, 11, 1), To: day(2026, 11, 30)}}, []*domain.Case{taken}},
		"a demand number":              {domain.CaseFilter{Number: domain.ParseNumberQuery(plain.DemandNo.Print())}, []*domain.Case{plain}},
		"the beginning of one":         {domain.CaseFilter{Number: domain.ParseNumberQuery(string(far.DemandNo)[:9])}, []*domain.Case{far}},
		"a file number":                {domain.CaseFilter{Number: domain.ParseNumberQuery("(2026)甲一人调字第1号")}, []*domain.Case{taken}},
		"the beginning of a file's":    {domain.CaseFilter{Number: domain.ParseNumberQuery("2026甲一")}, []*domain.Case{taken}},
		"another file number":          {domain.CaseFilter{Number: domain.ParseNumberQuery("2026甲一人调字第2")}, nil},
		"a name":                       {domain.CaseFilter{Party: party("欧阳春")}, []*domain.Case{far}},
		"part of a name":               {domain.CaseFilter{Party: party("欧阳")}, nil},
		"an organisation":              {domain.CaseFilter{Party: party("简阳市东门商店")}, []*domain.Case{far}},
		"a telephone":                  {domain.CaseFilter{Party: party("（028）2701 2345")}, []*domain.Case{far}},
		"a mobile":                     {domain.CaseFilter{Party: party("+86 137-0013-7000")}, []*domain.Case{far}},
		"an identity number":           {domain.CaseFilter{Party: party("５10185 19900307 0013")}, []*domain.Case{plain, taken, private}},
		"a word of two characters":     {domain.CaseFilter{Words: words(t, "赡养")}, []*domain.Case{far}},
		"a word with a digit":          {domain.CaseFilter{Words: words(t, "老人3次")}, []*domain.Case{far}},
		"words of facts and place":     {domain.CaseFilter{Words: words(t, "院墙 甲二")}, []*domain.Case{private}},
		"a word of the wish":           {domain.CaseFilter{Words: words(t, "恢复排水沟")}, []*domain.Case{plain, taken, private}},
		"a word that is not there":     {domain.CaseFilter{Words: words(t, "离婚")}, nil},
		"pairs that are no word":       {domain.CaseFilter{Words: words(t, "讨要赡养")}, nil},
		"a word, a party and a number": {domain.CaseFilter{Words: words(t, "院墙"), Party: party("王小明"), Number: domain.ParseNumberQuery("2026甲一")}, []*domain.Case{taken}},
	} {
		scope := county // the county's own jobs see all
		var want []domain.DemandNo
		for _, c := range x.want {
			want = append(want, c.DemandNo)
		}
		for _, size := range []int{1, 3, 50} {
			got := found(t, w.Store, scope, x.f, size)
			slices.Sort(want)
			if sorted := slices.Sorted(slices.Values(got)); !slices.Equal(sorted, want) && len(sorted)+len(want) > 0 {
				t.Errorf("%s: found %v, want %v", name, sorted, want)
			}
		}
	}
	if got := found(t, w.Store, county, domain.CaseFilter{}, 2); got[len(got)-1] != far.DemandNo {
		t.Error("newest first")
	}

	act := w.Act(t, p.keeper)
	clue, err := domain.ReportClue(act, domain.Finding{
		AreaPath: w.VillageA1.Path, Point: &w.PointA1, Committee: w.CommitteeA1, Type: "02", Confidentiality: domain.Ordinary, Place: "甲村1组", Facts: "两家因排水沟争吵", On: act.Today(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Store.CreateCase(t.Context(), act.Actor.Scope(), clue); err != nil {
		t.Fatal(err)
	}
	w.Change(t, act, clue.CaseID(), func(_ context.Context, c *domain.Case) error {
		a, tier := act, domain.TierGrid
		a.Reason = "settled_itself"
		return c.Dismiss(a, a.Today(), &tier)
	})
	for tier, want := range map[domain.Tier]int{domain.TierGrid: 1, domain.TierVillage: 4, domain.TierTown: 0} {
		if got := found(t, w.Store, county, domain.CaseFilter{Tier: tier}, 3); len(got) != want {
			t.Errorf("%d cases on the tier %s, want %d", len(got), tier, want)
		}
	}
}

// TestPagesHoldStillWhileCasesComeIn registers a case between two pages: nothing is shown twice and nothing is left out.
func TestPagesHoldStillWhileCasesComeIn(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	want := map[domain.DemandNo]bool{}
	for range 7 {
		want[w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)).DemandNo] = true
	}
	for name, f := range map[string]domain.CaseFilter{"list": {}, "words": {Words: words(t, "院墙")}} {
		left, page := len(want), domain.Page{Size: 2}
		for seen := map[domain.DemandNo]bool{}; ; {
			rows, next, err := w.Store.Cases(t.Context(), p.director.Scope(), f, page)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range rows {
				if seen[r.DemandNo] {
					t.Errorf("%s: %s twice", name, r.DemandNo)
				}
				if seen[r.DemandNo] = true; want[r.DemandNo] {
					left--
				}
			}
			w.Register(t, w.ActAt(t, p.keeper, storagetest.Now.Add(1e9)), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
			if page.After = next; next == nil {
				break
			}
		}
		if left != 0 {
			t.Errorf("%s: %d of the first cases were left out", name, left)
		}
	}
}

// TestConfidentialCasesAreFoundByTheirReadersAlone (ruling P14), through both walls and through the second alone.
func TestConfidentialCasesAreFoundByTheirReadersAlone(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	in.Facts, in.Confidentiality = "夫妻因琐事动手，妻子要求离婚。", domain.Private
	c := w.Register(t, w.Act(t, p.keeper), in)
	c = w.Accept(t, w.Act(t, p.director), c.CaseID(), p.mediator.Person)
	bare := w.Reopen(t, storage.Options{SecondWallOnly: true})
	name := domain.ParsePartyQuery("王小明")
	look := func(level string, readers ...domain.Actor) {
		t.Helper()
		for _, a := range []domain.Actor{p.keeper, p.mediator, p.director, p.office, p.bureau} {
			want := 0
			if slices.ContainsFunc(readers, func(r domain.Actor) bool { return r.Person == a.Person }) {
				want = 1
			}
			for _, f := range []domain.CaseFilter{
				{Words: words(t, "离婚")},
				{Party: &name},
				{Number: domain.ParseNumberQuery(string(c.DemandNo))},
				{Number: domain.ParseNumberQuery(*c.FileNo)},
			} {
				for wall, s := range map[string]*storage.Store{"both walls": w.Store, "second wall": bare} {
					if got := found(t, s, a.Scope(), f, 5); len(got) != want {
						t.Errorf("%s, %s, %s: %d found by %+v", level, wall, a.Role, len(got), f)
					}
				}
			}
		}
	}
	look("private", p.mediator, p.director, p.office)
	act := w.Act(t, p.mediator)
	w.Change(t, act, c.CaseID(), func(_ context.Context, c *domain.Case) error { return c.SetConfidentiality(act, domain.Restricted) })
	look("restricted", p.mediator)
	plant(t, w, fmt.Sprintf("update cases set readers = readers || %d::bigint where id = '%s'", p.director.Person, c.ID)) // as a logged request would
	dir := w.Act(t, p.director)
	w.Change(t, dir, c.CaseID(), func(_ context.Context, c *domain.Case) error { return c.SetConfidentiality(dir, domain.Ordinary) })
	look("ordinary", p.keeper, p.mediator, p.director, p.office, p.bureau)
}

// TestSearchRowsHoldNothingInTheClear reads both tables as bytes; and what is corrected is found no more as it was.
func TestSearchRowsHoldNothingInTheClear(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	in.Facts = "王小明（电话13800138000，身份证510185199003070013）与李大山因院墙争吵。"
	c := w.Register(t, w.Act(t, p.keeper), in)
	conn, err := pgx.Connect(t.Context(), w.DB.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing is pending
	dump := func(table string) string {
		var text string
		if err := conn.QueryRow(t.Context(), "select string_agg(x::text, chr(10)) from "+table+" x").Scan(&text); err != nil {
			t.Fatal(err)
		}
		return text
	}
	for _, table := range []string{"search_text", "search_party"} {
		text := dump(table)
		for _, clear := range []string{"院墙", "王小明", "13800138000", "510185199003070013", "争吵", fmt.Sprintf("%x", "院墙"), fmt.Sprintf("%x", "王小明")} {
			if strings.Contains(text, clear) {
				t.Errorf("%s shows %q: %s", table, clear, text)
			}
		}
	}
	if a, b := storage.TokensOf(t, w.Keys, 1, "院墙"), storage.TokensOf(t, w.Keys, 2, "院墙"); len(a) != 1 || slices.Equal(a, b) {
		t.Errorf("a pair's token is of its county: %v %v", a, b)
	}
	other, err := storage.NewKeyring()
	if err != nil {
		t.Fatal(err)
	}
	if slices.Equal(storage.TokensOf(t, w.Keys, 1, in.Facts), storage.TokensOf(t, other, 1, in.Facts)) {
		t.Error("tokens without a key")
	}
	act := w.Act(t, p.keeper)
	act.Reason = "typing_error"
	facts := "两家因水沟争吵。"
	w.Change(t, act, c.CaseID(), func(_ context.Context, c *domain.Case) error {
		return c.Correct(act, domain.Correction{Facts: &facts, Parties: []domain.PartyCorrection{{No: 1, Name: "王晓明"}}})
	})
	for typed, n := range map[string]int{"院墙": 0, "水沟": 1} {
		if got := found(t, w.Store, p.keeper.Scope(), domain.CaseFilter{Words: words(t, typed)}, 5); len(got) != n {
			t.Errorf("%s: %v", typed, got)
		}
	}
	for typed, n := range map[string]int{"王小明": 0, "王晓明": 1, "李大山": 1} {
		q := domain.ParsePartyQuery(typed)
		if got := found(t, w.Store, p.keeper.Scope(), domain.CaseFilter{Party: &q}, 5); len(got) != n {
			t.Errorf("%s: %v", typed, got)
		}
	}
	if sum, bad := checkTown(t, w, storagetest.Now); sum.Bad != 0 {
		t.Error(bad)
	}
}

// TestATokenOnlyProposes plants the token of a word in a case that does not hold it: it is neither shown nor counted.
func TestATokenOnlyProposes(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	c := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	token := storage.TokensOf(t, w.Keys, w.County, "离婚")[0]
	plant(t, w, fmt.Sprintf("update search_text set tokens = tokens || '%d'::smallint where case_id = '%s'", token, c.ID))
	plan := storage.PlanOfSearch(t, w.Store, p.keeper.Scope(), domain.CaseFilter{Words: words(t, "离婚")}, domain.Page{Size: 5})
	if !strings.Contains(plan, "rows=1 loops=1") {
		t.Errorf("the token proposes nothing:\n%s", plan)
	}
	if got := found(t, w.Store, p.keeper.Scope(), domain.CaseFilter{Words: words(t, "离婚")}, 5); len(got) != 0 {
		t.Errorf("shown: %v", got)
	}
}

// TestSearchRowsCanBeMadeAgain empties both tables, as a rotation of the key would.
func TestSearchRowsCanBeMadeAgain(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	someLife(t, w, p)
	plant(t, w, "delete from search_text")
	plant(t, w, "delete from search_party where blind = (select blind from search_party limit 1)")
	if n := reindex(t, w); n != 4 {
		t.Errorf("%d cases", n)
	}
	if sum, bad := checkTown(t, w, storagetest.Now); sum.Bad != 0 {
		t.Error(bad)
	}
	if _, _, err := w.Store.ReindexCases(t.Context(), p.bureau.Scope(), uuid.Nil, 10); err == nil {
		t.Error("a person's scope was taken")
	}
}
