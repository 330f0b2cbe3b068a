package domain_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"baimi/domain"
	"baimi/domain/calendar"
)

// plan is the visits of a case, each as kind and last day.
func plan(c *domain.Case) []string {
	var list []string
	for _, f := range c.FollowUps {
		for _, d := range c.Deadlines {
			if d.Rule == "D15" && *d.About == f.No {
				list = append(list, string(f.Kind)+" "+d.DueOn.String())
			}
		}
	}
	return list
}

// Visits follow the days on which something is due (D15); an oral agreement performed on the spot is visited once.
func TestVisitsArePlannedWithTheAgreement(t *testing.T) {
	twoDays := payment(concluded)
	twoDays.Obligations = append(twoDays.Obligations, twoDays.Obligations[0], twoDays.Obligations[0])
	twoDays.Obligations[1].DueOn = concluded.AddDays(37) // 14 October
	now := payment(concluded)
	now.Obligations[0].DueOn = concluded
	for name, x := range map[string]struct {
		terms domain.Terms
		oral  bool
		want  []string
	}{
		"written, one payment":         {payment(concluded), false, []string{"each 2026-09-17", "last 2026-10-14"}},
		"written, three on two days":   {twoDays, false, []string{"each 2026-09-17", "each 2026-10-19", "last 2026-11-13"}},
		"written, nothing owed":        {handshake(concluded), false, []string{"last 2026-10-08"}},
		"written, performed at once":   {now, false, []string{"each 2026-09-10", "last 2026-10-08"}},
		"oral, to be paid later":       {payment(concluded), true, []string{"each 2026-09-17", "last 2026-10-14"}},
		"oral, performed on the spot":  {now, true, []string{"immediate 2026-09-22"}},
		"oral, an apology and no more": {handshake(concluded), true, []string{"immediate 2026-09-22"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := mediated(t)
			if x.oral {
				must(t, c.AgreeOrally(act(own), x.terms))
			} else {
				must(t, c.AgreeInWriting(act(own), x.terms, signing(concluded)))
			}
			if got := plan(c); !slices.Equal(got, x.want) {
				t.Errorf("planned %v, want %v", got, x.want)
			}
			wantCode(t, c.PlanFollowUps(act(domain.SystemActor(1))), domain.CodeGuard)
		})
	}
}

// Who is not reached is tried again a week later, three times at most; then the case can be closed.
func TestNotReachedIsTriedAgain(t *testing.T) {
	c := at(t, domain.StatusAgreedOral)
	on := concluded
	for attempt := 1; attempt <= 3; attempt++ {
		wantCode(t, c.Clone().Close(actOn(on, director), on), domain.CodeGuard)
		must(t, c.RecordFollowUp(actOn(on, own), attempt, domain.Visit{On: on, How: domain.ByVisit}))
		err := c.PlanFollowUps(actOn(on, domain.SystemActor(1)))
		if attempt == 3 {
			wantCode(t, err, domain.CodeGuard)
			break
		}
		must(t, err)
		if f := c.FollowUps[attempt]; f.Attempt != attempt+1 || *f.TriedOn != on || clock(c, "D15").StartsOn != on {
			t.Errorf("attempt %+v, clock %+v", f, clock(c, "D15"))
		}
		on = on.AddDays(7)
	}
	must(t, c.Close(actOn(on, director), on))
}

func TestAVisitIsRefused(t *testing.T) {
	c := at(t, domain.StatusAgreedWritten)
	wantFields(t, c.RecordFollowUp(act(own), 1, domain.Visit{On: tomorrow, Reached: true}), "/on", "/how", "/satisfaction", "/seen", "/newRisk")
	wantFields(t, c.RecordFollowUp(act(own), 1, domain.Visit{On: started, How: domain.ByPhone}), "/on")
	wantCode(t, c.RecordFollowUp(act(own), 3, fine(today)), domain.CodeNotFound)
	wantCode(t, c.Clone().RecordFollowUp(act(own), 2, fine(today)), domain.CodeGuard) // the last one, before anything is due
	must(t, c.RecordFollowUp(act(own), 1, fine(today)))
	wantCode(t, c.RecordFollowUp(act(own), 1, fine(today)), domain.CodeGuard)
	must(t, c.RecordPerformance(act(own), 1, seen(domain.Performed, "", today)))
	must(t, c.RecordFollowUp(act(own), 2, fine(today)))
	if f := c.FollowUps[1]; *f.VisitedBy != own.Person || *f.Satisfaction != domain.Satisfied || *f.NewRisk {
		t.Errorf("%+v", f)
	}
	must(t, c.Close(act(director), today))
	if faults := domain.AgreementFaults(c); len(faults) > 0 {
		t.Error(faults)
	}
}

// What is still planned when a case is closed is not needed any more.
func TestClosingTakesBackWhatIsPlanned(t *testing.T) {
	c := at(t, domain.StatusAgreedWritten)
	must(t, c.RecordPerformance(act(own), 1, seen(domain.Performed, "", today)))
	visited(t, c, today)
	must(t, c.Close(act(director), today))
	if f := c.FollowUps[0]; f.Status != domain.FollowUpCancelled || *f.EndedOn != today {
		t.Errorf("%+v", f)
	}
}

// Planning again what was planned gives nothing, whatever the days and whatever became of the visits.
func TestPlanningIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		on := concluded
		g := domain.Agreement{Form: rapid.SampledFrom([]domain.Form{domain.Oral, domain.Written}).Draw(t, "form"), Status: domain.AgreementEffective, AgreedOn: &on, EffectiveOn: &on}
		g.No = 1
		var owed []domain.Obligation
		for _, days := range rapid.SliceOfN(rapid.IntRange(0, 5), 0, 6).Draw(t, "due") {
			owed = append(owed, domain.Obligation{AgreementNo: 1, DueOn: on.AddDays(days)})
		}
		var have []domain.FollowUp
		for range 4 {
			missing := domain.PlanFollowUps(g, owed, have)
			have = append(have, missing...)
			if again := domain.PlanFollowUps(g, owed, have); len(again) > 0 {
				t.Fatalf("planned twice: %+v", again)
			}
			for i := range have {
				if have[i].Status == domain.FollowUpPlanned && rapid.Bool().Draw(t, "reached") {
					have[i].Status, have[i].EndedOn = rapid.SampledFrom([]domain.FollowUpStatus{domain.FollowUpDone, domain.FollowUpNotReached}).Draw(t, "became"), &on
				}
			}
		}
		type visit struct {
			kind    domain.FollowUpKind
			from    calendar.Date
			attempt int
		}
		met, ends := map[visit]bool{}, 0
		for _, f := range have {
			k := visit{f.Kind, f.CountedFrom, f.Attempt}
			if met[k] || f.Attempt > 3 {
				t.Fatalf("planned twice, or too often: %+v", f)
			}
			met[k] = true
			if f.Kind != domain.FollowUpEach && f.Attempt == 1 {
				ends++
			}
		}
		if ends != 1 {
			t.Fatalf("%d visits end the follow-up", ends)
		}
	})
}
