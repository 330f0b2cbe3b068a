package storage_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
	"baimi/storage/storagetest"
)

const courtNumber = "（2026）川0185民特12号"

// pursued is a payment due today under an agreement that was drafted, signed and sealed; who owes was urged, a court
// confirmed the agreement, and a visit reached nobody.
func pursued(t testing.TB, w *storagetest.Town, p people, mediator domain.Actor, level domain.Confidentiality) *domain.Case {
	t.Helper()
	today := calendar.DateOf(storagetest.Now)
	in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	in.Confidentiality = level
	c := w.Register(t, w.Act(t, p.keeper), in)
	id := c.CaseID()
	w.Accept(t, w.Act(t, p.director), id, mediator.Person)
	act := w.Act(t, mediator)
	amount := decimal.RequireFromString("800")
	terms := domain.Terms{On: today, Text: "补偿八百元。", Obligations: []domain.NewObligation{
		{Debtor: 2, Creditor: 1, What: "补偿款", Amount: &amount, Manner: "cash", DueOn: today},
	}}
	signatures := []domain.Signature{{PartyNo: 1, Method: "handwritten", SignedOn: today}, {PartyNo: 2, Method: "fingerprint", SignedOn: today}}
	for _, step := range []func(c *domain.Case) error{
		func(c *domain.Case) error {
			return c.Start(act, today, []domain.Notice{{PartyNo: 1, How: "oral", On: today}, {PartyNo: 2, How: "oral", On: today}}, []int{1, 2})
		},
		func(c *domain.Case) error { return c.DraftAgreement(act, terms) },
		func(c *domain.Case) error { return c.DraftAgreement(act, terms) }, // once more: the first is abandoned
		func(c *domain.Case) error { return c.SignAgreement(act, 2, signatures[:1], today) },
		func(c *domain.Case) error { return c.SignAgreement(act, 2, signatures[1:], calendar.Date{}) },
		func(c *domain.Case) error { return c.SealAgreement(act, 2, today) },
		func(c *domain.Case) error {
			return c.RecordPerformance(act, 2, domain.Performance{On: today, Status: domain.Unperformed})
		},
		func(c *domain.Case) error { return c.Urge(act, 2, today, domain.ByLetter) },
		func(c *domain.Case) error {
			return c.ApplyForConfirmation(act, domain.Application{On: today, Court: "测试市人民法院", Parties: []int{1, 2}})
		},
		func(c *domain.Case) error {
			return c.RecordConfirmation(act, 1, domain.CourtDecision{Result: domain.ConfirmationDocketed, On: today, CourtNo: courtNumber})
		},
		func(c *domain.Case) error {
			return c.RecordConfirmation(act, 1, domain.CourtDecision{Result: domain.ConfirmationConfirmed, On: today, ReceivedOn: today})
		},
		func(c *domain.Case) error { return c.RecordObjection(act, 1, today, domain.ObjectorParty) },
		func(c *domain.Case) error {
			return c.RecordFollowUp(act, 1, domain.Visit{On: today, How: domain.ByPhone})
		},
	} {
		c = w.Change(t, act, id, func(_ context.Context, c *domain.Case) error { return step(c) })
	}
	return c
}

// followUp makes the last visit, so that the case can be closed.
func followUp(t testing.TB, w *storagetest.Town, a domain.Actor, id domain.CaseID) *domain.Case {
	t.Helper()
	act, no := w.Act(t, a), false
	return w.Change(t, act, id, func(_ context.Context, c *domain.Case) error {
		i := slices.IndexFunc(c.FollowUps, func(f domain.FollowUp) bool { return f.Kind != domain.FollowUpEach })
		return c.RecordFollowUp(act, c.FollowUps[i].No, domain.Visit{
			On: act.Today(), How: domain.ByVisit, Reached: true, Satisfaction: domain.Satisfied, Seen: domain.SeenPerformed, NewRisk: &no,
		})
	})
}

func TestAnAgreementIsStoredWithAllThatHangsOnIt(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	want := pursued(t, w, p, p.mediator, domain.Ordinary)
	got, err := w.Store.Case(t.Context(), p.director.Scope(), want.CaseID())
	if err != nil {
		t.Fatal(err)
	}
	if got.Agreements[0].Status != domain.AgreementAbandoned || got.Agreements[1].Status != domain.AgreementEffective || len(got.Agreements[1].Signatures) != 2 ||
		got.Obligations[1].Status != domain.Unperformed || len(got.Urgings) != 1 || *got.Confirmations[0].CourtCaseNo != courtNumber ||
		got.FollowUps[0].Status != domain.FollowUpNotReached {
		t.Errorf("read back: %+v %+v %+v %+v %+v", got.Agreements, got.Obligations, got.Urgings, got.Confirmations, got.FollowUps)
	}
	assertHistory(t, w, got, 15)
	fold(t, w)
	if sum, found := checkTown(t, w, storagetest.Now); sum.Bad != 0 {
		t.Error(found)
	}
}

// agreementCorruptions are planted one a case; each is found in that case, beside the events that tell otherwise.
var agreementCorruptions = []struct {
	name string
	sql  []string
}{
	{"agreement: earlier than its last act", []string{`update agreement set drafted_on = drafted_on - 2, agreed_on = agreed_on - 1, mediator_signed_on = mediator_signed_on - 1, sealed_on = sealed_on - 1, effective_on = effective_on - 1 where case_id = '%[1]s' and no = 2`}},
	{"agreement: later than its last act", []string{`update agreement set effective_on = effective_on + 1 where case_id = '%[1]s' and no = 2`}},
	{"agreement: a signature gone", []string{`delete from signature where case_id = '%[1]s' and party_no = 2`}},
	{"agreement: signed electronically on paper", []string{`update signature set method = 'electronic' where case_id = '%[1]s' and party_no = 2`}},
	{"agreement: fulfilled with something owed", []string{`update agreement set status = 'fulfilled', ended_on = effective_on where case_id = '%[1]s' and no = 2`}},
	{"agreement: revoked, and still owed under", []string{`update agreement set status = 'revoked', ended_on = effective_on where case_id = '%[1]s' and no = 2`}},
	{"obligation: performed under a draft", []string{`update obligation set status = 'performed', performed_amount = amount, seen_on = settled_on where case_id = '%[1]s' and no = 1`, `update agreement set status = 'draft', ended_on = null where case_id = '%[1]s' and no = 1`}},
	{"obligation: superseded in force", []string{`update obligation set status = 'superseded', settled_on = seen_on where case_id = '%[1]s' and no = 2`}},
	{"obligation: due on another day than its clock", []string{`update obligation set due_on = due_on - 1 where case_id = '%[1]s' and no = 2`}},
	{"obligation: a payment order among neighbours", []string{`update obligation set status = 'payment_order', settled_on = seen_on where case_id = '%[1]s' and no = 2`}},
	{"urging: before it was due", []string{`update urging set urged_on = urged_on - 1 where case_id = '%[1]s'`}},
	{"confirmation: before the effect", []string{`update confirmation set applied_on = applied_on - 1 where case_id = '%[1]s'`}},
	{"confirmation: after thirty days", []string{`update confirmation set applied_on = applied_on + 90, docketed_on = docketed_on + 90, ruled_on = ruled_on + 90, received_on = received_on + 90, objected_on = objected_on + 90 where case_id = '%[1]s'`}},
	{"confirmation: days out of order", []string{`alter table confirmation drop constraint if exists confirmation_check5`, `alter table confirmation drop constraint if exists confirmation_check4`, `alter table confirmation drop constraint if exists confirmation_check6`, `update confirmation set docketed_on = applied_on + 3 where case_id = '%[1]s'`}},
	{"confirmation: by one side", []string{`update confirmation set applicants = '{1,9}' where case_id = '%[1]s'`}},
	{"confirmation: of the draft", []string{`update confirmation set agreement_no = 1 where case_id = '%[1]s'`}},
	{"follow-up: the last one gone", []string{`delete from follow_up where case_id = '%[1]s' and kind = 'last'`}},
	{"follow-up: without its clock", []string{`delete from deadline where case_id = '%[1]s' and rule = 'D15' and about = 2`}},
	{"follow-up: done, its clock runs", []string{`update follow_up set status = 'done', ended_on = counted_from, how = 'phone', visited_by = 1, satisfaction = 'satisfied', seen = 'performed', new_risk = false where case_id = '%[1]s' and no = 2`}},
	{"follow-up: of the draft", []string{`update follow_up set agreement_no = 1 where case_id = '%[1]s' and no = 2`}},
}

func TestCheckFindsEveryCorruptionOfAnAgreement(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	cases := map[string]int{}
	ids := make([]string, len(agreementCorruptions))
	for i := range agreementCorruptions {
		c := pursued(t, w, p, p.mediator, domain.Ordinary)
		cases[c.CaseID().String()], ids[i] = i, c.ID.String()
	}
	fold(t, w)
	if sum, found := checkTown(t, w, storagetest.Now); sum.Bad != 0 {
		t.Fatalf("before: %s\n%v", sum, found)
	}
	for i, x := range agreementCorruptions {
		for _, q := range x.sql {
			plant(t, w, strings.ReplaceAll(q, "%[1]s", ids[i]))
		}
	}
	_, found := checkTown(t, w, storagetest.Now)
	kinds := map[int]map[string]bool{}
	for _, f := range found {
		i, ok := cases[f.Where]
		if !ok {
			t.Errorf("found elsewhere: %+v", f)
			continue
		}
		if kinds[i] == nil {
			kinds[i] = map[string]bool{}
		}
		kinds[i][f.Kind] = true
	}
	for i, x := range agreementCorruptions {
		if !kinds[i][storage.FoundAgreement] || !kinds[i][storage.FoundReplay] {
			t.Errorf("%s: found as %v", x.name, kinds[i])
		}
	}
}
