package storage_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// toldOf is what is told of a case beside its clocks: "same_parties director open" each.
func toldOf(t *testing.T, w *storagetest.Town, c *domain.Case) string {
	t.Helper()
	var lines []string
	for _, a := range storage.AllAlerts(t, w.Store, county) {
		if a.CaseID == c.ID && a.Kind != domain.KindClock {
			lines = append(lines, fmt.Sprintf("%s %s %s", a.Kind, a.Audience, a.State))
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, ", ")
}

const (
	sameParties = "same_parties director open, same_parties judicial_office open, same_parties mediator open"
	clueCluster = "clue_cluster director open, clue_cluster judicial_office open, clue_cluster mediator open"
)

// TestTheSamePartiesAgain registers quarrels of the same and of other people. Who counts as the same follows from the number
// or from name and phone together; confidential and void cases, and what lies further back than 90 days, count for nobody.
func TestTheSamePartiesAgain(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	policy := domain.DefaultAlertPolicy()
	days := 0
	register := func(change func(*domain.Registration)) *domain.Case {
		t.Helper()
		days++
		in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
		if change != nil {
			change(&in)
		}
		return w.Register(t, w.ActAt(t, p.keeper, storagetest.Now.AddDate(0, 0, days)), in)
	}
	first := register(nil)
	swapped := register(func(in *domain.Registration) {
		in.Parties[0], in.Parties[1] = in.Parties[1], in.Parties[0]
		in.Parties[0].Role, in.Parties[1].Role = domain.Applicant, domain.Respondent
	})
	byPhone := register(func(in *domain.Registration) { in.Parties[0].IDNumber, in.Parties[1].IDNumber = "", "" })
	otherName := register(func(in *domain.Registration) {
		in.Parties[0].IDNumber, in.Parties[1].IDNumber, in.Parties[0].Name = "", "", "王小红"
	})
	oneOnly := register(func(in *domain.Registration) {
		in.Parties[1].Name, in.Parties[1].IDNumber, in.Parties[1].Phone = "赵六", "", "13700137000"
	})
	private := register(func(in *domain.Registration) { in.Confidentiality = domain.Private })
	days = 120
	late := register(nil)
	runAlertsBy(t, w, policy, storagetest.Now.AddDate(0, 0, 130))
	for name, x := range map[string]struct {
		c    *domain.Case
		want string
	}{
		"the first": {first, ""}, "the other way round": {swapped, sameParties}, "by name and phone": {byPhone, sameParties},
		"another name on the phone": {otherName, ""}, "one of the two": {oneOnly, ""}, "a private case": {private, ""}, "121 days later": {late, ""},
	} {
		if got := toldOf(t, w, x.c); got != x.want {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
	}
}

// TestAnEarlierCaseThatCommitsLater is told of at the later one all the same, once.
func TestAnEarlierCaseThatCommitsLater(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	policy := domain.DefaultAlertPolicy()
	var later *domain.Case
	w.Do(t, p.keeper.Scope(), func(ctx context.Context) error {
		r, err := domain.Register(w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
		if err != nil {
			return err
		}
		if err := w.Store.CreateCase(ctx, p.keeper.Scope(), r.Case); err != nil {
			return err
		}
		later = w.Register(t, w.ActAt(t, p.keeper, storagetest.Now.Add(time.Hour)), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
		runAlertsBy(t, w, policy, storagetest.Now.Add(2*time.Hour))
		if got := toldOf(t, w, later); got != "" {
			t.Errorf("told before the other was there: %s", got)
		}
		return nil
	})
	for range 2 {
		runAlertsBy(t, w, policy, storagetest.Now.Add(3*time.Hour))
		if got := toldOf(t, w, later); got != sameParties {
			t.Errorf("%q", got)
		}
	}
}

// TestTheThirdClueOfAPlace counts clues by their words and area.
func TestTheThirdClueOfAPlace(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	for i, x := range []struct {
		place string
		area  domain.Area
		want  string
	}{
		{"河边三号院", w.VillageA1, ""}, {"河边三号院", w.VillageA1, ""}, {"河边四号院", w.VillageA1, ""}, {"河边三号院", w.TownA, ""}, {"河边三号院", w.VillageA1, clueCluster},
	} {
		act := w.ActAt(t, p.keeper, storagetest.Now.Add(time.Duration(i)*time.Hour))
		c, err := domain.ReportClue(act, domain.Finding{
			Point: &w.PointA1, Committee: w.CommitteeA1, AreaPath: x.area.Path, Type: "02", Confidentiality: domain.Ordinary,
			Place: x.place, Facts: "常有争吵。", On: calendar.DateOf(storagetest.Now),
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Store.CreateCase(t.Context(), p.keeper.Scope(), c); err != nil {
			t.Fatal(err)
		}
		runAlertsBy(t, w, domain.DefaultAlertPolicy(), act.At)
		if got := toldOf(t, w, c); got != x.want {
			t.Errorf("clue %d: %q, want %q", i+1, got, x.want)
		}
	}
}

// TestACrowdIsToldOfWhileItIsOne follows an alert of a large dispute to its end.
func TestACrowdIsToldOfWhileItIsOne(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	in.PeopleCount = 30
	c := w.Register(t, w.Act(t, p.keeper), in)
	raise(t, w, storagetest.Now)
	if got := toldOf(t, w, c); got != "many_people bureau open, many_people director open, many_people judicial_office open" {
		t.Errorf("registered: %s", got)
	}
	act := w.Act(t, p.bureau)
	act.Reason = "registered_by_mistake"
	w.Change(t, act, c.CaseID(), func(_ context.Context, c *domain.Case) error { return c.Void(act) })
	raise(t, w, storagetest.Now)
	if got := toldOf(t, w, c); got != "many_people bureau resolved, many_people director resolved, many_people judicial_office resolved" {
		t.Errorf("void: %s", got)
	}
	if _, found := checkTown(t, w, storagetest.Now); len(found) > 0 {
		t.Error(found)
	}
}
