package storage_test

import (
	"context"
	"testing"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// dangerous leaves a representative, an escalation with its report, and an erasure in a case that is then over.
func dangerous(t *testing.T, w *storagetest.Town, p people, id domain.CaseID) *domain.Case {
	t.Helper()
	dir, today := w.Act(t, p.director), calendar.DateOf(storagetest.Now)
	dir.Reason = "not_wanted"
	system := w.Act(t, domain.SystemActor(1))
	for _, step := range []func(c *domain.Case) error{
		func(c *domain.Case) error {
			return c.AddRepresentative(dir, domain.NewRepresentative{
				PartyNo: 1, Kind: domain.RepresentativeAgent, Name: "赵代理", IDNumber: "510185198506060015", Phone: "13700137000", Powers: []string{"sign"}, From: today,
			})
		},
		func(c *domain.Case) error {
			return c.RaiseEscalation(dir, domain.NewEscalation{
				FoundAt: storagetest.Now.Add(-90 * time.Minute), Level: domain.LevelRed, Kind: domain.EscalationCrime, Victim: domain.VictimMinor, Signs: "扬言要砸对方的门。",
			})
		},
		func(c *domain.Case) error {
			return c.RecordMeasures(dir, domain.NewMeasures{No: 1, At: storagetest.Now, Taken: []string{"calm", "watch"}, Note: "已劝离现场。"})
		},
		func(c *domain.Case) error {
			return c.ReportEscalation(dir, domain.NewReport{No: 1, Organ: "police", How: "phone", At: storagetest.Now, Receipt: "J1"})
		},
		func(c *domain.Case) error {
			return c.EndEscalation(dir, domain.EscalationEnd{No: 1, At: storagetest.Now, Result: domain.ResultStable, Prevented: domain.EscalationCrime, PreventedPeople: 2})
		},
		func(c *domain.Case) error {
			if c.Outcome != nil {
				return nil
			}
			return c.Withdraw(dir, today)
		},
	} {
		w.Change(t, dir, id, func(_ context.Context, c *domain.Case) error { return step(c) })
	}
	c, err := w.Store.EraseValues(t.Context(), county, system, id, domain.Erasing{RepresentativeNo: 1, Ground: domain.GroundWithdrawn})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// What is stored of representatives, escalations and erasures comes back as it was, and the checker finds nothing wrong.
func TestPeopleAndEscalationsAreStored(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	reason := "paper_case"
	in.RequestedOn, in.LateReason = in.RequestedOn.AddDays(-40), &reason
	in.Parties[0].Birth, in.Parties[0].IDNumber = "1950-02-28", ""
	made := w.Register(t, w.Act(t, p.keeper), in)
	dangerous(t, w, p, made.CaseID())
	c, err := w.Store.Case(t.Context(), p.keeper.Scope(), made.CaseID())
	if err != nil {
		t.Fatal(err)
	}
	x, r := c.Escalations[0], c.Representatives[0]
	switch {
	case x.Signs.Reveal() != "扬言要砸对方的门。" || x.MeasuresNote.Reveal() != "已劝离现场。" || *x.PreventedPeople != 2 || !x.Mandatory || !c.Reported(x):
		t.Errorf("escalation %+v", x)
	case r.Name.Reveal() != "已删除（本人撤回同意）" || r.Powers[0] != "sign" || len(c.Erasures[0].Refs) != 3:
		t.Errorf("representative %+v, erasure %+v", r, c.Erasures)
	case c.Parties[0].Birth.Reveal() != "1950-02-28" || c.Parties[1].Birth.Reveal() != "1975-01-01" || c.Origin != domain.OriginLateEntry || *c.LateReason != reason:
		t.Errorf("parties %+v", c.Parties)
	}
	lag := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	lag.RequestedOn = lag.RequestedOn.AddDays(-16)
	w.Register(t, w.Act(t, p.keeper), lag)
	fold(t, w)
	raise(t, w, storagetest.Now)
	if sum, bad := checkTown(t, w, storagetest.Now); sum.Bad > 0 || sum.Late != 1 || sum.Lags != 1 {
		t.Errorf("%s\n%v", sum, bad)
	}
}

// A draft shows to its owner alone, past the first wall too, and old ones are forgotten.
func TestADraftIsItsOwnersAlone(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	id := draft(t, w, w.Store, p)
	bare := w.Reopen(t, storage.Options{SecondWallOnly: true})
	for _, s := range []*storage.Store{w.Store, bare} {
		for name, scope := range map[string]domain.Scope{"director": p.director.Scope(), "bureau": p.bureau.Scope(), "mediator": p.mediator.Scope()} {
			if _, err := s.Draft(t.Context(), scope, id); domain.CodeOf(err) != domain.CodeNotFound {
				t.Errorf("%s: %v", name, err)
			}
			if list, err := s.Drafts(t.Context(), scope, 10); err != nil || len(list) != 0 {
				t.Errorf("%s lists %v %v", name, list, err)
			}
			_, err := s.UpdateDraft(t.Context(), scope, id, func(was *domain.IntakeDraft) (*domain.IntakeDraft, error) {
				a := w.Act(t, p.director)
				return domain.SaveDraft(a, was, id, 0, []byte("{}"))
			})
			if err == nil {
				t.Errorf("%s wrote over it", name)
			}
		}
	}
	if list, err := w.Store.Drafts(t.Context(), p.keeper.Scope(), 10); err != nil || len(list) != 1 || string(list[0].Content) != `{"facts": "还没写完"}` {
		t.Errorf("%+v %v", list, err)
	}
	later := storagetest.Now.AddDate(0, 0, domain.DraftDays+1)
	for _, want := range []int{1, 0} {
		if n, err := w.Store.SweepDrafts(t.Context(), county, later.AddDate(0, 0, -domain.DraftDays), later); err != nil || n != want {
			t.Errorf("%d swept, want %d (%v)", n, want, err)
		}
	}
	if got := one(t, w, "select status || coalesce(content::text, '') from draft"); got != "discarded" {
		t.Errorf("left: %s", got)
	}
	plant(t, w, "update draft set status = 'registered', case_id = gen_random_uuid()")
	if _, bad := checkTown(t, w, later); len(bad) != 1 || bad[0].Kind != storage.FoundDraft {
		t.Errorf("%v", bad)
	}
}
