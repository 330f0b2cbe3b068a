package domain_test

import (
	"testing"

	"baimi/domain"
)

// An erased person is gone from the case, also the name that a correction had replaced; the events stay as they were, and the
// case is still what they say.
func TestErasureForgetsAPersonAndKeepsTheChain(t *testing.T) {
	c := takeIn(t)
	must(t, c.Correct(because(keeper, "typing_error"), domain.Correction{Parties: []domain.PartyCorrection{{No: 1, Name: "王晓明"}}}))
	must(t, c.Withdraw(because(director, "applicant_wish"), requested))
	wantCode(t, at(t, domain.StatusMediating).Erase(act(bureau), domain.Erasing{PartyNo: 1, Ground: domain.GroundRequest}, nil), domain.CodeNotOpen)
	wantFields(t, c.Erase(act(bureau), domain.Erasing{Ground: "because"}, c.NewEvents), "/ground", "/partyNo")
	wantFields(t, c.Erase(act(bureau), domain.Erasing{PartyNo: 9, Ground: domain.GroundRequest}, c.NewEvents), "/partyNo")
	must(t, c.Erase(act(bureau), domain.Erasing{PartyNo: 1, Ground: domain.GroundRequest}, c.NewEvents))
	x := c.Erasures[0]
	if len(x.Refs) != 6 { // two names, number, phone, address, birth
		t.Errorf("%d values erased: %v", len(x.Refs), x.Refs)
	}
	p := c.Parties[0]
	if p.Name.Reveal() != "已删除（本人要求删除）" || p.IDNumber.Plain() != "" || p.Birth.Masked() != "已删除" || c.Parties[1].Name.Reveal() != "李大山" || c.Facts.IsErased() {
		t.Errorf("%s %s, beside it %s", p.Name.Reveal(), p.Birth.Masked(), c.Parties[1].Name.Reveal())
	}
	assertReplays(t, c, c.NewEvents)
	if e := c.NewEvents[3]; e.Kind != "erase" || e.Reason != "subject_request" || *e.Actor != bureau.Person {
		t.Errorf("event %+v", e)
	}
	wantCode(t, c.Erase(act(bureau), domain.Erasing{PartyNo: 1, Ground: domain.GroundRequest}, c.NewEvents), domain.CodeGuard)
	must(t, c.Erase(act(bureau), domain.Erasing{Texts: true, Ground: domain.GroundPurposeOver}, c.NewEvents))
	if !c.Facts.IsErased() || !c.Wish.IsErased() || c.Parties[1].Name.IsErased() {
		t.Error("the texts are not what was erased")
	}
	assertReplays(t, c, c.NewEvents)
}

// What must be filed is not erased at a person's wish; that the time for keeping it is over is for the bureau to state.
func TestAFileIsKeptFromErasureAtWish(t *testing.T) {
	for s, want := range map[domain.Status]domain.Code{
		domain.StatusWithdrawn: domain.CodeGuard, domain.StatusClosed: domain.CodeGuard, domain.StatusArchived: domain.CodeGuard,
		domain.StatusNotAccepted: "", domain.StatusMediating: domain.CodeNotOpen,
	} {
		for _, ground := range []domain.ErasureGround{domain.GroundRequest, domain.GroundWithdrawn} {
			c := at(t, s)
			history := c.NewEvents
			in := domain.Erasing{PartyNo: 1, Ground: ground}
			wantCode(t, c.Erasable(ground), want)
			wantCode(t, c.Erase(act(bureau), in, history), want)
			if in.Ground = domain.GroundPurposeOver; want == domain.CodeGuard {
				must(t, c.Erasable(in.Ground))
				must(t, c.Erase(act(bureau), in, history))
			}
		}
	}
}

// With a party that was erased a case is not mediated anew, nor is that offered; a new one can be.
func TestACaseWithoutAPartyIsNotMediatedAnew(t *testing.T) {
	c := at(t, domain.StatusClosed)
	history := c.NewEvents
	asked := c.Clone()
	must(t, asked.AskReopening(because(director, "content_improper"), true))
	for _, x := range []*domain.Case{c, asked} {
		must(t, x.Erase(act(bureau), domain.Erasing{PartyNo: 2, Ground: domain.GroundPurposeOver}, history))
		for _, m := range append(x.AvailableActions(director), x.AvailableActions(office)...) {
			if m.Action == domain.ActionAskReopening || m.Action == domain.ActionReopen {
				t.Errorf("offered: %s", m.Action)
			}
		}
	}
	wantCode(t, c.AskReopening(because(director, "content_improper"), true), domain.CodeGuard)
	wantCode(t, asked.Reopen(act(office), today), domain.CodeGuard)
}

// A receiving committee takes over what is left: texts that were erased say so, an erased agent does not come along.
func TestAReceiverTakesOverWhatIsLeft(t *testing.T) {
	c := at(t, domain.StatusAgreedWritten)
	must(t, c.AddRepresentative(act(own), agent(1)))
	must(t, c.RecordPerformance(act(own), 1, domain.Performance{On: closed, Status: domain.Performed}))
	visited(t, c, closed)
	must(t, c.Close(actOn(closed, director), closed))
	for _, in := range []domain.Erasing{{Texts: true}, {RepresentativeNo: 1}} {
		in.Ground = domain.GroundPurposeOver
		must(t, c.Erase(act(bureau), in, c.NewEvents))
	}
	must(t, c.AskReopening(because(director, "content_improper"), true))
	must(t, c.Reopen(act(office), today))
	for i := range c.Parties {
		c.Parties[i].Consent, c.Parties[i].ConsentOn = domain.Consented, &started
	}
	must(t, c.Transfer(because(director, "difficult"), domain.Handover{On: today, ToOrg: townCommittee}))
	next, err := c.TakeUp(act(receiver), domain.Receipt{On: today})
	must(t, err)
	if len(next.Representatives) != 0 || next.Facts.Reveal() != "已删除（处理目的已经实现或者保存期限届满）" || next.Parties[0].Name.Reveal() != "王小明" {
		t.Errorf("%d representatives, %s, %s", len(next.Representatives), next.Facts.Reveal(), next.Parties[0].Name.Reveal())
	}
}
