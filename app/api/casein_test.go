package api_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage/storagetest"
)

// caseIn makes a case of the first point and brings it to a state by the domain's own moves.
func (w *world) caseIn(t *testing.T, state string) domain.CaseID {
	t.Helper()
	med, dir := w.Act(t, w.actors["case-mediator"]), w.Act(t, w.actors["own-director"])
	if state == "clue" {
		return w.clueIn(t)
	}
	if from, ok := besides[state]; ok {
		id := w.caseIn(t, from)
		w.turnAside(t, id, state)
		return id
	}
	id := w.Register(t, w.Act(t, w.actors["own-keeper"]), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)).CaseID()
	on := med.Today()
	amount := decimal.NewFromInt(100)
	steps := []struct {
		state string
		do    func()
	}{
		{"accepted", func() { w.Accept(t, dir, id, med.Actor.Person) }},
		{"mediating", func() {
			w.Change(t, med, id, func(_ context.Context, c *domain.Case) error {
				return c.Start(med, on, []domain.Notice{{PartyNo: 1, How: "oral", On: on}, {PartyNo: 2, How: "oral", On: on}}, []int{1, 2})
			})
		}},
		{"meeting", func() {
			w.hours += 2 // each at its own time: the mediator is the same
			w.Change(t, med, id, func(_ context.Context, c *domain.Case) error {
				return c.PlanSession(med, storagetest.Meeting(med, w.hours, 1, 2))
			})
		}},
		{"agreed", func() {
			w.Change(t, med, id, func(_ context.Context, c *domain.Case) error {
				return c.AgreeOrally(med, domain.Terms{On: on, Text: "赔偿。", Obligations: []domain.NewObligation{
					{Debtor: 1, Creditor: 2, What: "赔偿款", Amount: &amount, Manner: "cash", DueOn: on},
				}})
			})
		}},
		{"settled", func() {
			w.Change(t, med, id, func(_ context.Context, c *domain.Case) error {
				return c.RecordPerformance(med, 1, domain.Performance{On: on, Status: domain.Performed})
			})
			w.Change(t, med, id, func(_ context.Context, c *domain.Case) error {
				return c.RecordFollowUp(med, 1, domain.Visit{
					On: on, How: domain.ByVisit, Reached: true, Satisfaction: domain.Satisfied, Seen: domain.SeenPerformed, NewRisk: new(bool),
				})
			})
		}},
		{"closed", func() {
			w.Change(t, dir, id, func(_ context.Context, c *domain.Case) error { return c.Close(dir, on) })
		}},
	}
	for i := 0; state != "registered"; i++ {
		if steps[i].state == "meeting" && state != "meeting" {
			continue // off the way
		}
		steps[i].do()
		if steps[i].state == state {
			break
		}
	}
	return id
}

// besides are the states off the straight way, and that from which each is reached.
var besides = map[string]string{
	"supplement": "registered", "sent": "registered", "suspension asked": "mediating", "suspended": "mediating", "reopening asked": "agreed",
	"drafted": "mediating", "signed": "drafted", "in force": "signed", "applied": "in force", "confirmed": "applied",
	"brought": "registered", "attached": "registered",
	"represented": "registered", "noted": "mediating", "let out": "noted", "dangerous": "closed", "archived": "closed",
	"recusal asked": "accepted", "invited": "accepted", "told": "registered", "data consented": "told",
}

// turnAside brings a case there.
func (w *world) turnAside(t *testing.T, id domain.CaseID, state string) {
	t.Helper()
	med, dir := w.Act(t, w.actors["case-mediator"]), w.Act(t, w.actors["own-director"])
	on := med.Today()
	switch {
	case w.confide(t, med, id, state), w.writeDown(t, med, id, state), w.gatherTeam(t, dir, id, state):
		return
	case state == "brought":
		w.brought = w.Bring(t, dir.Actor, id, 7).ID.String()
		return
	case state == "attached":
		w.Town.Attach(t, dir, id, 7)
		return
	}
	w.Change(t, dir, id, func(_ context.Context, c *domain.Case) error {
		switch state {
		case "represented":
			return c.AddRepresentative(dir, domain.NewRepresentative{PartyNo: 1, Kind: domain.RepresentativeAgent, Name: "赵敏", Powers: []string{"sign"}, From: on})
		case "dangerous":
			return c.RaiseEscalation(dir, domain.NewEscalation{
				FoundAt: dir.At.Add(-time.Hour), Level: domain.LevelRed, Kind: domain.EscalationOther, Signs: "扬言要砸对方的门。",
			})
		case "archived":
			return c.Archive(dir, on)
		case "supplement":
			return c.RequestSupplement(dir, on, []string{"identity"}, on)
		case "sent":
			dir.Reason = "outside_venue"
			return c.Transfer(dir, domain.Handover{On: on, ToOrg: w.CommitteeA2})
		case "suspension asked":
			med.Reason = string(calendar.Appraisal)
			return c.AskSuspension(med)
		case "suspended":
			dir.Reason = string(calendar.Appraisal)
			return c.Suspend(dir, on)
		}
		dir.Reason = "content_improper"
		return c.AskReopening(dir, true)
	})
}

// noteID is the number of every private note that confide writes.
const noteID = "0198c0de-7a11-4c3e-9d2f-5b6a7c8d9e0f"

// confide writes a private note, or lets it out in the name of both parties; false for other states.
func (w *world) confide(t *testing.T, med domain.Act, id domain.CaseID, state string) bool {
	t.Helper()
	if state != "noted" && state != "let out" {
		return false
	}
	w.Do(t, med.Actor.Scope(), func(ctx context.Context) error {
		c, err := w.Store.Case(ctx, med.Actor.Scope(), id)
		if err != nil {
			return err
		}
		if state == "noted" {
			n, err := c.NotePrivately(med, domain.NewPrivateNote{Kind: domain.PrivateNoteConcession, PartyNo: 1, Text: "最低可以接受三千元。"})
			if err != nil {
				return err
			}
			n.ID = uuid.MustParse(noteID)
			return w.Store.AddPrivateNote(ctx, med.Actor.Scope(), c, n)
		}
		for _, no := range []int{1, 2} {
			in := domain.PrivateWaiver{PartyNo: no, WaivedOn: med.Today(), How: "written", RecordedBy: med.Actor.Person}
			if err := w.Store.AddPrivateWaiver(ctx, med.Actor.Scope(), c, uuid.MustParse(noteID), in); err != nil {
				return err
			}
		}
		return nil
	})
	return true
}

// writeDown brings a case on its way to a written agreement and its confirmation; false for other states.
func (w *world) writeDown(t *testing.T, med domain.Act, id domain.CaseID, state string) bool {
	t.Helper()
	on := med.Today()
	steps := map[string]func(c *domain.Case) error{
		"drafted": func(c *domain.Case) error {
			return c.DraftAgreement(med, domain.Terms{On: on, Text: "互不追究。", NoPerformance: true})
		},
		"signed": func(c *domain.Case) error {
			return c.SignAgreement(med, 1, []domain.Signature{
				{PartyNo: 1, Method: "handwritten", SignedOn: on}, {PartyNo: 2, Method: "seal", SignedOn: on},
			}, on)
		},
		"in force": func(c *domain.Case) error { return c.SealAgreement(med, 1, on) },
		"applied": func(c *domain.Case) error {
			return c.ApplyForConfirmation(med, domain.Application{On: on, Court: "测试市人民法院", Parties: []int{1, 2}})
		},
		"confirmed": func(c *domain.Case) error {
			if err := c.RecordConfirmation(med, 1, domain.CourtDecision{Result: domain.ConfirmationDocketed, On: on, CourtNo: courtNumber}); err != nil {
				return err
			}
			return c.RecordConfirmation(med, 1, domain.CourtDecision{Result: domain.ConfirmationConfirmed, On: on, ReceivedOn: on})
		},
	}
	step, ok := steps[state]
	if ok {
		w.Change(t, med, id, func(_ context.Context, c *domain.Case) error { return step(c) })
	}
	return ok
}

// clueIn makes a clue of the first point.
func (w *world) clueIn(t *testing.T) domain.CaseID {
	t.Helper()
	keeper := w.Act(t, w.actors["own-keeper"])
	c, err := domain.ReportClue(keeper, domain.Finding{
		Point: &w.PointA1, Committee: w.CommitteeA1, AreaPath: w.VillageA1.Path, Type: "02", Confidentiality: domain.Ordinary,
		Place: "甲一村三组", Facts: "两家因排水沟多次争吵。", On: keeper.Today(),
	})
	fatal(t, err)
	fatal(t, w.Store.CreateCase(t.Context(), keeper.Actor.Scope(), c))
	return c.CaseID()
}
