package app_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"baimi/app"
	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// county is what the tests of mergers look at: a town with people in both of its towns, and the use cases.
type county struct {
	*storagetest.Town
	t                          *testing.T
	rates                      *app.Rates
	mergers                    *app.Mergers
	officeA, officeB, bureau   domain.Actor
	keeper, mediator, keeperB  domain.Actor
	center, sysadmin, director domain.Actor
	mediatorB, directorB       domain.Actor
}

func at() time.Time { return storagetest.Now }

func newCounty(t *testing.T) *county {
	t.Helper()
	w := storagetest.NewTown(t)
	return &county{
		Town: w, t: t, rates: app.NewRates(w.Store, at), mergers: app.NewMergers(w.Store, at),
		officeA:  w.Hire(t, "office-a", domain.RoleJudicialOfficer, w.OfficeA),
		officeB:  w.Hire(t, "office-b", domain.RoleJudicialOfficer, w.OfficeB),
		bureau:   w.Hire(t, "bureau", domain.RoleBureauOfficer, w.Bureau),
		center:   w.Hire(t, "center", domain.RoleCenterViewer, w.Center),
		sysadmin: w.Hire(t, "sysadmin", domain.RoleSystemAdmin, w.Bureau),
		keeper:   w.Hire(t, "keeper", domain.RolePointKeeper, w.PointA1),
		mediator: w.Hire(t, "mediator", domain.RoleMediator, w.CommitteeA1),
		director: w.Hire(t, "director", domain.RoleCommitteeDirector, w.CommitteeA1),
		keeperB:  w.Hire(t, "keeper-b", domain.RolePointKeeper, w.PointB1), mediatorB: w.Hire(t, "mediator-b", domain.RoleMediator, w.CommitteeB1),
		directorB: w.Hire(t, "director-b", domain.RoleCommitteeDirector, w.CommitteeB1),
	}
}

// again is somebody at the next request: role, organisation and area are read anew.
func (w *county) again(a domain.Actor) domain.Actor {
	w.t.Helper()
	held, err := w.Store.Assignments(w.t.Context(), a.Person, calendar.DateOf(storagetest.Now))
	if err != nil || len(held) != 1 {
		w.t.Fatal(held, err)
	}
	return held[0].Actor(domain.Account{ID: a.Account, Person: a.Person, PersonName: a.PersonName, County: a.County}, domain.ViaSession)
}

// settled is a quarrel that ended today: agreed, or not.
func (w *county) settled(keeper, director, mediator domain.Actor, agreed bool) *domain.Case {
	w.t.Helper()
	point, area := w.PointA1, w.VillageA1
	if keeper.Org == w.PointB1 {
		point, area = w.PointB1, w.VillageB1
	}
	if keeper.OrgArea != "" { // where the office lies now
		area.Path = keeper.OrgArea
	}
	today := calendar.DateOf(storagetest.Now)
	c := w.Register(w.t, w.Act(w.t, keeper), w.Dispute(point, keeper.Committee, area))
	w.Town.Accept(w.t, w.Act(w.t, director), c.CaseID(), mediator.Person)
	act := w.Act(w.t, mediator)
	act.Reason = "no_prospect"
	return w.Change(w.t, act, c.CaseID(), func(_ context.Context, c *domain.Case) error {
		if !agreed {
			return c.Fail(act, domain.Ending{On: today, Remedies: []string{"court"}, ToldOn: today})
		}
		err := c.Start(act, today, []domain.Notice{{PartyNo: 1, How: "oral", On: today}, {PartyNo: 2, How: "oral", On: today}}, []int{1, 2})
		if err != nil {
			return err
		}
		return c.AgreeOrally(act, domain.Terms{On: today, Text: "和好。", NoPerformance: true})
	})
}

// figures are successes and concluded cases of an area and of its parts, as somebody reads them.
func (w *county) figures(a domain.Actor, area string) (whole [2]int64, parts map[string][2]int64) {
	w.t.Helper()
	scope := domain.SystemScope(1, "510185")
	for n := 1; n > 0; {
		var err error
		if n, err = w.Store.FoldRates(w.t.Context(), scope, 100); err != nil {
			w.t.Fatal(err)
		}
	}
	month := calendar.MustDate(2026, 11, 1)
	table, err := w.rates.Table(w.t.Context(), a, app.RateInput{Area: area, From: month, To: month, By: domain.SplitByArea})
	if err != nil {
		w.t.Fatalf("figures of %q: %v", area, err)
	}
	parts = map[string][2]int64{}
	var sum [2]int64
	for _, p := range table.Parts {
		if n := [2]int64{p.Total.Succeeded, p.Total.Succeeded + p.Total.Failed + p.Total.Withdrawn}; n[1] > 0 {
			parts[p.Name] = n
			sum[0], sum[1] = sum[0]+n[0], sum[1]+n[1]
		}
	}
	total := table.Whole.Total
	whole = [2]int64{total.Succeeded, total.Succeeded + total.Failed + total.Withdrawn}
	if sum != whole {
		w.t.Errorf("parts of %q add up to %v, the whole is %v", area, sum, whole)
	}
	return whole, parts
}

// sees lists which cases somebody reads, in a list and one by one.
func (w *county) sees(s *storage.Store, a domain.Actor, f domain.CaseFilter) []string {
	w.t.Helper()
	rows, _, err := s.Cases(w.t.Context(), a.Scope(), f, domain.Page{Size: 100})
	if err != nil {
		w.t.Fatal(err)
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID.String()
		if _, err := s.Case(w.t.Context(), a.Scope(), r.CaseID()); err != nil {
			w.t.Errorf("in the list, but not to be opened: %v", err)
		}
	}
	slices.Sort(ids)
	return ids
}

func TestAMergerOfTwoTownsKeepsFiguresAndMovesRights(t *testing.T) {
	t.Parallel()
	w := newCounty(t)
	a1 := w.settled(w.keeper, w.director, w.mediator, true)
	a2 := w.settled(w.keeper, w.director, w.mediator, false)
	b1 := w.settled(w.keeperB, w.directorB, w.mediatorB, true)
	open := w.Register(t, w.Act(t, w.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	ids := func(cases ...*domain.Case) []string {
		var l []string
		for _, c := range cases {
			l = append(l, c.ID.String())
		}
		slices.Sort(l)
		return l
	}
	before, parts := w.figures(w.bureau, "510185")
	if before != [2]int64{2, 3} || parts["甲镇"] != [2]int64{1, 2} || parts["乙镇"] != [2]int64{1, 1} {
		t.Errorf("before: %v %v", before, parts)
	}
	if got := w.sees(w.Store, w.officeB, domain.CaseFilter{}); !slices.Equal(got, ids(b1)) {
		t.Errorf("the office of 乙镇 sees %v before the merger", got)
	}

	in := app.MergerInput{
		On: calendar.MustDate(2026, 11, 1), From: []string{"510185000002", "510185000003"}, Into: "510185000002", Name: "丙镇", Source: "川府民政〔2026〕1号",
	}
	if _, err := w.mergers.Merge(t.Context(), w.officeA, in); domain.CodeOf(err) != domain.CodeForbidden {
		t.Errorf("an office merged towns: %v", err)
	}
	m, err := w.mergers.Merge(t.Context(), w.sysadmin, in)
	if err != nil {
		t.Fatal(err)
	}
	if m.AreasMoved != 3 || m.OrgsMoved != 10 {
		t.Errorf("moved: %+v", m)
	}
	if _, err := w.mergers.Merge(t.Context(), w.sysadmin, in); domain.CodeOf(err) != domain.CodeInvalid {
		t.Errorf("merged again: %v", err)
	}

	bare := w.Reopen(t, storage.Options{SecondWallOnly: true})
	officeA, officeB, center := w.again(w.officeA), w.again(w.officeB), w.again(w.center)
	for _, s := range []*storage.Store{w.Store, bare} {
		for who, office := range map[string]domain.Actor{"甲": officeA, "乙": officeB} {
			if got := w.sees(s, office, domain.CaseFilter{}); !slices.Equal(got, ids(a1, a2, b1, open)) {
				t.Errorf("the office of %s sees %v after the merger", who, got)
			}
			if got := w.sees(s, office, domain.CaseFilter{Area: office.OrgArea}); !slices.Equal(got, ids(a1, a2, b1, open)) {
				t.Errorf("the office of %s finds %v in the new town", who, got)
			}
			if got := w.sees(s, office, domain.CaseFilter{Area: w.TownB.Path}); !slices.Equal(got, ids(b1)) {
				t.Errorf("the office of %s finds %v in the old town", who, got)
			}
		}
		if got := w.sees(s, w.again(w.keeperB), domain.CaseFilter{}); !slices.Equal(got, ids(b1)) {
			t.Errorf("a keeper sees %v", got)
		}
		if got := w.sees(s, center, domain.CaseFilter{}); len(got) != 0 {
			t.Errorf("the center sees cases: %v", got)
		}
	}
	if c, err := w.Store.Case(t.Context(), officeB.Scope(), open.CaseID()); err != nil || len(c.AvailableActions(officeB)) == 0 {
		t.Errorf("the office can do nothing with a case of the merged town: %v", err)
	}
	readers, err := w.Store.Confidants(t.Context(), open.AreaPath, calendar.DateOf(storagetest.Now))
	if err != nil || readers.JudicialOfficer != w.officeA.Person {
		t.Errorf("confidant %+v %v", readers, err)
	}

	after, parts := w.figures(w.bureau, "510185")
	if after != before || len(parts) != 1 || parts["丙镇"] != [2]int64{2, 3} {
		t.Errorf("after: %v %v", after, parts)
	}
	whole, parts := w.figures(officeA, "")
	if whole != before || parts["甲一村"] != [2]int64{1, 2} || parts["乙一村"] != [2]int64{1, 1} {
		t.Errorf("the new town: %v %v", whole, parts)
	}
	for area, want := range map[string][2]int64{w.TownA.Path: {1, 2}, w.TownB.Path: {1, 1}, w.VillageA1.Path: {1, 2}} {
		if got, _ := w.figures(officeB, area); got != want {
			t.Errorf("of the old area %s: %v, want %v", area, got, want)
		}
	}
	// what comes later comes under the new town, and adds up with what came before
	keeper := w.again(w.keeper)
	if !domain.Within(keeper.OrgArea, officeA.OrgArea) {
		t.Errorf("the point lies in %s, the town is %s", keeper.OrgArea, officeA.OrgArea)
	}
	w.settled(keeper, w.again(w.director), w.again(w.mediator), true)
	if got, parts := w.figures(officeA, ""); got != [2]int64{3, 4} || parts["甲一村"] != [2]int64{2, 3} {
		t.Errorf("with a later case: %v %v", got, parts)
	}
	if got, _ := w.figures(officeA, w.TownA.Path); got != [2]int64{1, 2} {
		t.Errorf("of the old town, with a later case: %v", got)
	}
	sum, err := w.Store.Check(t.Context(), domain.SystemScope(1, "510185"), storagetest.Now, func(f storage.Finding) { t.Error(f) })
	if err != nil || sum.Bad != 0 {
		t.Errorf("baimi check: %+v %v", sum, err)
	}
}

func TestAVillageJoinsAnotherAndLaterTheTownsMerge(t *testing.T) {
	t.Parallel()
	w := newCounty(t)
	w.settled(w.keeper, w.director, w.mediator, true)
	w.settled(w.keeperB, w.directorB, w.mediatorB, false)
	merge := func(on calendar.Date, into, name string, from ...string) error {
		_, err := w.mergers.Merge(t.Context(), w.sysadmin, app.MergerInput{On: on, From: from, Into: into, Name: name, Source: "批复"})
		return err
	}
	day := calendar.MustDate(2026, 11, 2)
	// a village goes to one of the other town: its old town no longer oversees it
	if err := merge(day, "510185000006", "", "510185000004"); err != nil {
		t.Fatal(err)
	}
	if got := w.sees(w.Store, w.again(w.officeA), domain.CaseFilter{}); len(got) != 0 {
		t.Errorf("the old office still sees %v", got)
	}
	if got := w.sees(w.Store, w.again(w.officeB), domain.CaseFilter{}); len(got) != 2 {
		t.Errorf("the new office sees %v", got)
	}
	if whole, parts := w.figures(w.bureau, "510185"); whole != [2]int64{1, 2} || parts["乙镇"] != [2]int64{1, 2} {
		t.Errorf("figures %v %v", whole, parts)
	}
	// then the town that took it in joins the first: twice over, the cases follow
	if err := merge(day.AddDays(3), "510185000002", "", "510185000003"); err != nil {
		t.Fatal(err)
	}
	if got := w.sees(w.Store, w.again(w.officeA), domain.CaseFilter{}); len(got) != 2 {
		t.Errorf("after both mergers: %v", got)
	}
	if whole, parts := w.figures(w.again(w.officeA), ""); whole != [2]int64{1, 2} || parts["乙一村"] != [2]int64{1, 2} {
		t.Errorf("figures of the town %v %v", whole, parts)
	}
	for name, err := range map[string]error{
		"into itself":     merge(day.AddDays(4), "510185000002", "", "510185000002"),
		"of other levels": merge(day.AddDays(4), "510185000002", "", "510185000005"),
		"of the county":   merge(day.AddDays(4), "510185000002", "", "510185"),
		"tomorrow":        merge(calendar.DateOf(storagetest.Now).AddDays(1), "510185000006", "", "510185000005"),
		"of the unknown":  merge(day.AddDays(4), "510185000002", "", "999999999999"),
		"into the gone":   merge(day.AddDays(4), "510185000003", "", "510185000002"),
		"a taken code":    merge(day.AddDays(4), "510185000002", "丁村", "510185000005"),
		"of nothing":      merge(day.AddDays(4), "510185000002", ""),
	} {
		if domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("a merger %s: %v", name, err)
		}
	}
}
