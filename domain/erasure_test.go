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
