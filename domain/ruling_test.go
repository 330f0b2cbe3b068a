package domain_test

import (
	"strings"
	"testing"

	"baimi/domain"
)

func joined(words []string) string { return strings.Join(words, " ") }

// What a court decided ends the agreement, and with it all that was awaited under it (人民调解法 32, 33).
func TestACourtEndsAnAgreement(t *testing.T) {
	for _, r := range []domain.AgreementStatus{domain.AgreementInvalid, domain.AgreementRevoked, domain.AgreementChanged} {
		c := confirmedCase(t)
		must(t, c.RecordAgreementRuling(act(office), 1, domain.CourtRuling{On: today, Result: r, RulingNo: courtNumber}))
		g := c.Agreements[0]
		if g.Status != r || *g.EndedOn != today || *g.RulingNo != courtNumber || c.Obligations[0].Status != domain.Superseded {
			t.Errorf("%+v, obligation %s", g, c.Obligations[0].Status)
		}
		for _, d := range c.Deadlines {
			if d.EndedOn == nil && d.Rule != "D12" {
				t.Errorf("%s: clock %s runs on", r, d.Rule)
			}
		}
		wantCode(t, c.RecordAgreementRuling(act(office), 1, domain.CourtRuling{On: today, Result: r, RulingNo: courtNumber}), domain.CodeGuard)
		must(t, c.Close(act(director), today)) // nothing is left to be visited
	}
	c := at(t, domain.StatusAgreedWritten)
	wantFields(t, c.RecordAgreementRuling(act(office), 1, domain.CourtRuling{On: started, Result: domain.AgreementFulfilled, RulingNo: "王小明案"}), "/on", "/result", "/rulingNo")
	wantCode(t, c.RecordAgreementRuling(act(office), 9, domain.CourtRuling{On: today, Result: domain.AgreementInvalid, RulingNo: courtNumber}), domain.CodeNotFound)
}

// A reopening on a court's ground is backed by what the court did; each ground says what became of the agreement.
func TestReopeningSaysWhatBecameOfTheAgreement(t *testing.T) {
	dismissed := func(tb testing.TB) *domain.Case {
		c := at(tb, domain.StatusAgreedWritten)
		must(tb, c.ApplyForConfirmation(act(own), applied(concluded)))
		wantCode(tb, c.AskReopening(because(director, "content_improper"), true), domain.CodeGuard) // the court has it
		must(tb, c.RecordConfirmation(act(own), 1, docketed(concluded)))
		must(tb, c.RecordConfirmation(because(own, "unclear"), 1, ruled(domain.ConfirmationDismissed, closed)))
		return c
	}
	invalid := func(tb testing.TB) *domain.Case {
		c := at(tb, domain.StatusAgreedWritten)
		must(tb, c.RecordAgreementRuling(act(own), 1, domain.CourtRuling{On: closed, Result: domain.AgreementInvalid, RulingNo: courtNumber}))
		return c
	}
	plain := func(tb testing.TB) *domain.Case { return at(tb, domain.StatusAgreedWritten) }
	for ground, x := range map[string]struct {
		c    *domain.Case
		want domain.AgreementStatus
	}{
		"agreement_invalid":      {invalid(t), domain.AgreementInvalid},
		"confirmation_dismissed": {dismissed(t), domain.AgreementChanged},
		"content_improper":       {plain(t), domain.AgreementChanged},
		"performance_difficult":  {plain(t), domain.AgreementChanged},
		"wrong_closing":          {plain(t), domain.AgreementRevoked},
	} {
		must(t, x.c.AskReopening(because(director, ground), true))
		must(t, x.c.Reopen(act(office), today))
		if g := x.c.Agreements[0]; g.Status != x.want || x.c.Obligations[0].Status != domain.Superseded {
			t.Errorf("%s: agreement %s, obligation %s", ground, g.Status, x.c.Obligations[0].Status)
		}
		if faults := domain.AgreementFaults(x.c); len(faults) > 0 {
			t.Errorf("%s: %v", ground, faults)
		}
	}
	for _, ground := range []string{"agreement_invalid", "confirmation_dismissed"} {
		wantCode(t, plain(t).AskReopening(because(director, ground), true), domain.CodeGuard)
	}
}
