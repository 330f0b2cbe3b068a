package domain_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"baimi/domain"
	"baimi/domain/calendar"
)

// A written agreement takes effect with the last of three acts: all parties, the mediator, the seal (人民调解法 29).
func TestWrittenAgreementTakesEffectWithTheLastAct(t *testing.T) {
	for name, x := range map[string]struct{ first, second, mediator, seal string }{
		"the seal is last":     {"2026-09-07", "2026-09-07", "2026-09-08", "2026-09-09"},
		"the mediator is last": {"2026-09-07", "2026-09-08", "2026-09-09", "2026-09-07"},
		"a party is last":      {"2026-09-07", "2026-09-09", "2026-09-07", "2026-09-08"},
		"all but one together": {"2026-09-09", "2026-09-07", "2026-09-07", "2026-09-07"},
	} {
		t.Run(name, func(t *testing.T) {
			c := at(t, domain.StatusMediating)
			s := signing(concluded)
			s.Parties[0].SignedOn, s.Parties[1].SignedOn = day(x.first), day(x.second)
			s.MediatorSignedOn, s.SealedOn = day(x.mediator), day(x.seal)
			must(t, c.AgreeInWriting(act(own), payment(concluded), s))
			g := c.Agreements[0]
			if *g.EffectiveOn != day("2026-09-09") || *g.AgreedOn != concluded || g.Form != domain.Written || *g.SealedOn != day(x.seal) {
				t.Errorf("%+v", g)
			}
			if *c.ConcludedOn != concluded || *c.Outcome != domain.OutcomeAgreed {
				t.Errorf("concluded on %s as %s", c.ConcludedOn, *c.Outcome)
			}
		})
	}
}

// An oral agreement takes effect the day it is reached (人民调解法 30).
func TestOralAgreementTakesEffectAtOnce(t *testing.T) {
	c := at(t, domain.StatusAgreedOral)
	g := c.Agreements[0]
	if *g.EffectiveOn != concluded || *g.AgreedOn != concluded || g.SealedOn != nil || g.Form != domain.Oral || len(g.Signatures) != 0 {
		t.Errorf("%+v", g)
	}
}

func TestWrittenAgreementNeedsEveryAct(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*domain.Signing)
		want   []string
	}{
		"a party has not signed":    {func(s *domain.Signing) { s.Parties = s.Parties[:1] }, []string{"/signatures"}},
		"nobody has signed":         {func(s *domain.Signing) { s.Parties = nil }, []string{"/signatures"}},
		"a party signs twice":       {func(s *domain.Signing) { s.Parties = append(s.Parties, s.Parties[1]) }, []string{"/signatures/2/partyNo"}},
		"a stranger signs":          {func(s *domain.Signing) { s.Parties[1].PartyNo = 7 }, []string{"/signatures/1/partyNo", "/signatures"}},
		"the mediator did not sign": {func(s *domain.Signing) { s.MediatorSignedOn = calendar.Date{} }, []string{"/mediatorSignedOn"}},
		"no seal":                   {func(s *domain.Signing) { s.SealedOn = calendar.Date{} }, []string{"/sealedOn"}},
		"sealed tomorrow":           {func(s *domain.Signing) { s.SealedOn = tomorrow }, []string{"/sealedOn"}},
		"all before it was reached": {func(s *domain.Signing) { *s = signing(started) }, []string{"/mediatorSignedOn", "/sealedOn", "/signatures/0/signedOn", "/signatures/1/signedOn"}},
		"signed tomorrow, all":      {func(s *domain.Signing) { *s = signing(tomorrow) }, []string{"/mediatorSignedOn", "/sealedOn", "/signatures/0/signedOn", "/signatures/1/signedOn"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := signing(concluded)
			x.change(&s)
			wantFields(t, at(t, domain.StatusMediating).AgreeInWriting(act(own), payment(concluded), s), x.want...)
		})
	}
}

// Who signs is identified: persons by their number. A third party neither signs nor is asked for consent.
func TestWrittenAgreementNeedsToKnowWhoSigns(t *testing.T) {
	c := takeIn(t, withThird, func(r *domain.Registration) { r.Parties[1].IDNumber = "" })
	must(t, c.Accept(act(director), acceptance(accepted)))
	must(t, c.Start(act(own), started, notices(accepted, 1, 2, 3), []int{1, 2}))
	wantFields(t, c.Clone().AgreeInWriting(act(own), payment(concluded), signing(concluded)), "/signatures")
	must(t, c.AgreeOrally(act(own), payment(concluded)))
}

func TestAgreementRefusesTermsThatSayTooLittle(t *testing.T) {
	yuan := func(s string) *decimal.Decimal {
		d := decimal.RequireFromString(s)
		return &d
	}
	for name, x := range map[string]struct {
		change func(*domain.Terms)
		want   []string
	}{
		"nothing said":              {func(in *domain.Terms) { *in = domain.Terms{On: concluded} }, []string{"/terms", "/obligations"}},
		"blanks said":               {func(in *domain.Terms) { in.Text = " \u3000" }, []string{"/terms"}},
		"nothing to do, yet a duty": {func(in *domain.Terms) { in.NoPerformance = true }, []string{"/obligations"}},
		"reached tomorrow":          {func(in *domain.Terms) { in.On = tomorrow; in.Obligations[0].DueOn = tomorrow }, []string{"/on"}},
		"reached before the start":  {func(in *domain.Terms) { in.On = accepted }, []string{"/on"}},
		"an empty duty": {func(in *domain.Terms) { in.Obligations[0] = domain.NewObligation{} }, []string{
			"/obligations/0/debtor", "/obligations/0/creditor", "/obligations/0/what", "/obligations/0/manner", "/obligations/0/dueOn",
		}},
		"to oneself":               {func(in *domain.Terms) { in.Obligations[0].Creditor = 2 }, []string{"/obligations/0/creditor"}},
		"of nothing":               {func(in *domain.Terms) { in.Obligations[0].Amount = yuan("0") }, []string{"/obligations/0/amount"}},
		"of a fraction of a fen":   {func(in *domain.Terms) { in.Obligations[0].Amount = yuan("0.001") }, []string{"/obligations/0/amount"}},
		"due before it was agreed": {func(in *domain.Terms) { in.Obligations[0].DueOn = started }, []string{"/obligations/0/dueOn"}},
		"the second of two is wrong": {func(in *domain.Terms) {
			in.Obligations = append(in.Obligations, in.Obligations[0])
			in.Obligations[1].What = ""
		}, []string{"/obligations/1/what"}},
	} {
		t.Run(name, func(t *testing.T) {
			in := payment(concluded)
			x.change(&in)
			wantFields(t, at(t, domain.StatusMediating).AgreeOrally(act(own), in), x.want...)
		})
	}
}
