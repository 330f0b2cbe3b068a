package domain_test

import (
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"baimi/domain"
)

func TestCorrectionNeedsAReasonAndSense(t *testing.T) {
	none, blank, one := "", "\t ", 1
	minus := decimal.RequireFromString("-0.01")
	c := at(t, domain.StatusMediating)
	wantFields(t, c.Correct(act(keeper), domain.Correction{Facts: &none, Place: &blank, PeopleCount: &one, Amount: &minus}),
		"/reason", "/facts", "/place", "/peopleCount", "/amount")
}

func TestCorrectionChangesWhatIsNamedAndNothingElse(t *testing.T) {
	c := at(t, domain.StatusMediating)
	before := c.Clone()
	facts, amount, count, risks := "两家因滴水发生争执。", decimal.RequireFromString("1200.5"), 5, []string{"weapon", "minor", "weapon"}
	must(t, c.Correct(because(keeper, "typing_error"), domain.Correction{Facts: &facts, Amount: &amount, PeopleCount: &count, Risks: &risks}))
	e := c.NewEvents[len(c.NewEvents)-1]
	switch {
	case c.Facts.Reveal() != facts || c.Facts.Ref() == before.Facts.Ref():
		t.Error("facts are not new")
	case c.Place != before.Place || c.Wish != before.Wish || c.Type != before.Type:
		t.Error("something else changed")
	case !c.Amount.Equal(amount) || c.PeopleCount != 5 || strings.Join(c.Risks, " ") != "minor weapon":
		t.Errorf("%s yuan, %d people, risks %v", c.Amount, c.PeopleCount, c.Risks)
	case e.Reason != "typing_error" || e.ToStatus != domain.StatusMediating:
		t.Errorf("event %+v", e)
	}
	for _, key := range []string{"place", "wish", "type", "parties", "status"} {
		if strings.Contains(e.Data, `"`+key+`"`) {
			t.Errorf("the event names %q: %s", key, e.Data)
		}
	}
}

func TestCorrectionWithTheSameTextMakesNoNewValue(t *testing.T) {
	c := at(t, domain.StatusMediating)
	before, same := c.Clone(), c.Facts.Reveal()
	must(t, c.Correct(because(keeper, "typing_error"), domain.Correction{Facts: &same}))
	if c.Facts != before.Facts {
		t.Error("a new personal value for the same text")
	}
	none := ""
	must(t, c.Correct(because(keeper, "typing_error"), domain.Correction{Wish: &none}))
	if c.Wish.Given() {
		t.Error("the wish is still there")
	}
	assertReplays(t, c, c.NewEvents)
}

// What was not known of a party at intake is completed later: the identity must be there before a written agreement.
func TestCorrectionCompletesAParty(t *testing.T) {
	c := takeIn(t, func(r *domain.Registration) { r.Parties[1].IDNumber, r.Parties[1].Phone = "", "" })
	must(t, c.Accept(act(director), acceptance(accepted)))
	must(t, c.Start(act(own), started, notices(accepted, 1, 2), []int{1, 2}))
	wantFields(t, c.Clone().AgreeInWriting(act(own), handshake(concluded), signing(concluded)), "/signatures")
	wantFields(t, c.Clone().Correct(because(own, "completed"), domain.Correction{Parties: []domain.PartyCorrection{
		{No: 2, IDNumber: "510185197501010015", Phone: "1"}, {No: 5},
	}}), "/parties/0/idNumber", "/parties/0/phone", "/parties/1/partyNo")
	name := c.Parties[1].Name
	must(t, c.Correct(because(own, "completed"), domain.Correction{Parties: []domain.PartyCorrection{{No: 2, IDNumber: "510185197501010014"}}}))
	if c.Parties[1].Name != name || c.Parties[1].IDNumber.Reveal() != "510185197501010014" || *c.Parties[1].IDType != "111" || c.Parties[1].Phone.Given() {
		t.Errorf("party %+v", c.Parties[1])
	}
	must(t, c.AgreeInWriting(act(own), handshake(concluded), signing(concluded)))
	assertReplays(t, c, c.NewEvents)
}
