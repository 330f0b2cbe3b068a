package domain_test

import (
	"testing"

	"baimi/domain"
	"baimi/domain/calendar"
)

// Drafted, signed one after the other, sealed: the agreement takes effect with the seal, and the mediation ended with the
// last party's signature.
func TestAnAgreementSignedStepByStep(t *testing.T) {
	c := drafted(t)
	if g := c.Agreements[0]; g.Status != domain.AgreementDraft || g.AgreedOn != nil || g.EffectiveOn != nil || clock(c, "D13") != nil {
		t.Errorf("a draft: %+v, clock %v", g, clock(c, "D13"))
	}
	wantCode(t, c.Clone().SealAgreement(act(own), 1, today), domain.CodeGuard)
	wantCode(t, c.Clone().RecordPerformance(act(own), 1, seen(domain.Performed, "", today)), domain.CodeNotOpen)
	must(t, c.SignAgreement(act(own), 1, signing(concluded).Parties[:1], concluded))
	must(t, c.SignAgreement(act(own), 1, signing(closed).Parties[1:], calendar.Date{}))
	g := c.Agreements[0]
	if g.Status != domain.AgreementSigned || *g.AgreedOn != closed || c.Status != domain.StatusMediating || c.Outcome != nil {
		t.Errorf("signed: %+v, case %s", g, c.Status)
	}
	wantCode(t, c.Clone().SignAgreement(act(own), 1, nil, today), domain.CodeGuard)
	wantFields(t, c.Clone().SealAgreement(act(own), 1, tomorrow), "/on")
	must(t, c.SealAgreement(act(director), 1, archived))
	g = c.Agreements[0]
	if g.Status != domain.AgreementEffective || *g.EffectiveOn != archived || c.Status != domain.StatusAgreedWritten || *c.ConcludedOn != closed {
		t.Errorf("sealed: %+v, case %s concluded on %s", g, c.Status, c.ConcludedOn)
	}
	for rule, due := range map[string]string{"D13": "2026-09-14", "D10": "2026-10-09"} {
		if d := clock(c, rule); d == nil || d.DueOn != day(due) || d.EndedOn != nil {
			t.Errorf("%s: %+v", rule, d)
		}
	}
	if d := clock(c, "D4"); *d.EndedOn != closed {
		t.Errorf("the clock of the mediation stopped on %s", d.EndedOn)
	}
}

func TestASignatureIsRefused(t *testing.T) {
	nameless := drafted(t, func(r *domain.Registration) { r.Parties[1].IDNumber = "" })
	for name, x := range map[string]struct {
		c        *domain.Case
		parties  []domain.Signature
		mediator calendar.Date
		want     []string
	}{
		"of nobody":                       {drafted(t), nil, calendar.Date{}, []string{"/signatures"}},
		"of somebody who is no party":     {drafted(t), []domain.Signature{{PartyNo: 7, Method: "seal", SignedOn: today}}, calendar.Date{}, []string{"/signatures/0/partyNo"}},
		"before the draft":                {drafted(t), signing(started).Parties, started, []string{"/signatures/0/signedOn", "/signatures/1/signedOn", "/mediatorSignedOn"}},
		"tomorrow":                        {drafted(t), signing(tomorrow).Parties, tomorrow, []string{"/signatures/0/signedOn", "/signatures/1/signedOn", "/mediatorSignedOn"}},
		"twice":                           {drafted(t), append(signing(today).Parties[:1:1], signing(today).Parties[0]), calendar.Date{}, []string{"/signatures/1/partyNo"}},
		"of somebody not identified":      {nameless, signing(today).Parties[1:], calendar.Date{}, []string{"/signatures"}},
		"electronic, on paper":            {drafted(t), electronic(today, 1), calendar.Date{}, []string{"/signatures/0/method"}},
		"electronic, on family matters":   {drafted(t, func(r *domain.Registration) { r.Type = "01" }), electronic(today, 1), calendar.Date{}, []string{"/signatures/0/method"}},
		"electronic, family, sent online": {drafted(t, sentOnline, func(r *domain.Registration) { r.Type = "01" }), electronic(today, 1), calendar.Date{}, []string{"/signatures/0/method"}},
		"by hand under an online one":     {drafted(t, sentOnline), signing(today).Parties[:1], calendar.Date{}, []string{"/signatures/0/method"}},
	} {
		t.Run(name, func(t *testing.T) {
			wantFields(t, x.c.SignAgreement(act(own), 1, x.parties, x.mediator), x.want...)
		})
	}
	wantCode(t, drafted(t).SignAgreement(act(own), 2, signing(today).Parties, today), domain.CodeNotFound)
	twice := drafted(t)
	must(t, twice.SignAgreement(act(own), 1, nil, today))
	wantFields(t, twice.SignAgreement(act(own), 1, nil, today), "/mediatorSignedOn")
	refused := drafted(t)
	must(t, refused.RecordConsent(act(own), 2, domain.Refused, today))
	wantCode(t, refused.SignAgreement(act(own), 1, signing(today).Parties, today), domain.CodeGuard)
}

// What a court sent on its platform takes effect with the last electronic signature, without a seal (在线调解规则 19).
func TestAnOnlineAgreementTakesEffectWithTheLastSignature(t *testing.T) {
	c := drafted(t, sentOnline)
	must(t, c.SignAgreement(act(own), 1, electronic(concluded, 1), calendar.Date{}))
	if c.Status != domain.StatusMediating {
		t.Fatalf("with one signature: %s", c.Status)
	}
	must(t, c.SignAgreement(act(own), 1, electronic(archived, 2), calendar.Date{}))
	g := c.Agreements[0]
	if c.Status != domain.StatusAgreedWritten || g.Status != domain.AgreementEffective || *g.EffectiveOn != archived || g.SealedOn != nil || *c.ConcludedOn != archived {
		t.Errorf("case %s, agreement %+v", c.Status, g)
	}
	paper := mediated(t, sentOnline) // paper stays possible, with its three acts
	must(t, paper.AgreeInWriting(act(own), payment(concluded), signing(concluded)))
	wantFields(t, mediated(t, sentOnline).AgreeInWriting(act(own), payment(concluded), domain.Signing{
		Parties: electronic(concluded, 1, 2), MediatorSignedOn: concluded, SealedOn: concluded,
	}), "/signatures/0/method", "/signatures/1/method")
	if faults := domain.AgreementFaults(c); len(faults) > 0 {
		t.Error(faults)
	}
}

// A new draft takes the place of the former, signed or not; what ends the mediation otherwise gives it up.
func TestADraftIsAbandoned(t *testing.T) {
	c := drafted(t)
	allSign(t, c, concluded)
	must(t, c.DraftAgreement(act(own), payment(today)))
	if c.Agreements[0].Status != domain.AgreementAbandoned || c.Agreements[1].Status != domain.AgreementDraft || c.Obligations[0].Status != domain.Superseded {
		t.Errorf("%s, %s, obligation %s", c.Agreements[0].Status, c.Agreements[1].Status, c.Obligations[0].Status)
	}
	for name, end := range map[string]func(*domain.Case) error{
		"failed":    func(c *domain.Case) error { return c.Fail(because(own, "no_agreement"), ending(today)) },
		"withdrawn": func(c *domain.Case) error { return c.Withdraw(because(director, "applicant_wish"), today) },
		"on paper":  func(c *domain.Case) error { return c.AgreeInWriting(act(own), payment(today), signing(today)) },
		"orally":    func(c *domain.Case) error { return c.AgreeOrally(act(own), handshake(today)) },
	} {
		c := drafted(t)
		must(t, end(c))
		if c.Agreements[0].Status != domain.AgreementAbandoned {
			t.Errorf("%s: the draft is %s", name, c.Agreements[0].Status)
		}
		if faults := domain.AgreementFaults(c); len(faults) > 0 {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

// An oral agreement put on paper is changed by it: what was owed under it is awaited under the new one.
func TestAnOralAgreementPutOnPaperIsChanged(t *testing.T) {
	c := mediated(t)
	must(t, c.AgreeOrally(act(own), payment(concluded)))
	must(t, c.DraftAgreement(act(own), payment(closed)))
	allSign(t, c, archived)
	if c.Agreements[0].Status != domain.AgreementEffective || c.Obligations[0].Settled() {
		t.Error("the oral agreement gave way before the written one was in force")
	}
	must(t, c.SealAgreement(act(own), 2, today))
	if c.Agreements[0].Status != domain.AgreementChanged || c.Obligations[0].Status != domain.Superseded || c.Status != domain.StatusAgreedWritten || *c.ConcludedOn != concluded {
		t.Errorf("%s, %s, case %s of %s", c.Agreements[0].Status, c.Obligations[0].Status, c.Status, c.ConcludedOn)
	}
	for _, f := range c.FollowUps {
		if want := map[int]domain.FollowUpStatus{1: domain.FollowUpCancelled, 2: domain.FollowUpPlanned}[f.AgreementNo]; f.Status != want {
			t.Errorf("visit %d of agreement %d is %s", f.No, f.AgreementNo, f.Status)
		}
	}
}

func TestWarningsForbidNothing(t *testing.T) {
	codes := func(c *domain.Case) (list []string) {
		for _, w := range c.Warnings() {
			list = append(list, w.Code)
		}
		return list
	}
	of := func(kind string) func(*domain.Registration) { return func(r *domain.Registration) { r.Type = kind } }
	oral := mediated(t)
	must(t, oral.AgreeOrally(act(own), payment(concluded)))
	for name, x := range map[string]struct {
		c    *domain.Case
		want string
	}{
		"nothing agreed":            {at(t, domain.StatusMediating), ""},
		"draft on family matters":   {drafted(t, of("01")), "personal_status"},
		"draft on a homestead":      {drafted(t, of("03")), "ownership"},
		"draft among neighbours":    {drafted(t), ""},
		"oral, to be paid later":    {oral, "oral_and_later limitation"},
		"oral, done":                {at(t, domain.StatusAgreedOral), "limitation"},
		"in writing, not confirmed": {at(t, domain.StatusAgreedWritten), "limitation"},
		"confirmed":                 {confirmedCase(t), ""},
	} {
		if got := joined(codes(x.c)); got != x.want {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
	}
}
