package domain_test

import (
	"strings"
	"testing"

	"baimi/domain"
)

func onTheSpot(change func(*domain.InstantSettlement)) domain.InstantSettlement {
	in := domain.InstantSettlement{
		Registration: dispute(), Terms: "当场赔偿二百元，互相道歉。",
		Number: domain.FileNumber{Year: 2026, Seq: 7, Text: domain.FileNo(2026, "甲一", domain.FileWordRen, 7)},
		Obligations: []domain.NewObligation{
			{Debtor: 2, Creditor: 1, What: "赔偿", Amount: sum("200"), Manner: "cash", DueOn: today},
			{Debtor: 1, Creditor: 2, What: "道歉", Manner: "act", DueOn: today},
		},
	}
	in.RequestedOn = today
	if change != nil {
		change(&in)
	}
	return in
}

// One page, one request: each step with its own event, guard and number (ruling P4).
func TestInstantSettlementLeavesEachStepBehind(t *testing.T) {
	r, err := domain.SettleInstantly(act(own), onTheSpot(nil))
	must(t, err)
	c := r.Case
	var kinds []string
	for _, e := range c.NewEvents {
		kinds = append(kinds, e.Kind)
		if e.OccurredOn != today {
			t.Errorf("%s happened on %s", e.Kind, e.OccurredOn)
		}
	}
	if got := strings.Join(kinds, " "); got != "register accept start agree_orally record_performance record_performance" {
		t.Errorf("events %s", got)
	}
	assertReplays(t, c, c.NewEvents)
	switch {
	case !c.Instant || c.Status != domain.StatusAgreedOral || *c.FileSeq != 7 || len(r.Secrets) != 2:
		t.Errorf("instant %v, %s, number %d, %d secrets", c.Instant, c.Status, *c.FileSeq, len(r.Secrets))
	case *c.Presiding != own.Person || *c.AcceptedOn != today || *c.StartedOn != today || *c.ConcludedOn != today:
		t.Errorf("by %d on %s, %s, %s", *c.Presiding, c.AcceptedOn, c.StartedOn, c.ConcludedOn)
	}
	for _, p := range c.Parties {
		if p.Consent != domain.Consented || c.Told(p.No, domain.NoticeRights, today).How != "oral" {
			t.Errorf("party %d: %s, told %+v", p.No, p.Consent, c.Notices)
		}
	}
	for _, d := range c.Deadlines {
		if d.EndedOn == nil && d.Rule != "D15" {
			t.Errorf("clock %s runs on", d.Rule)
		}
	}
	if d := clock(c, "D15"); len(c.FollowUps) != 1 || c.FollowUps[0].Kind != domain.FollowUpImmediate || d.DueOn != day("2026-09-28") {
		t.Errorf("follow-ups %+v until %s", c.FollowUps, d.DueOn) // one, within fifteen days, which end in 中秋
	}
	if c.Agreements[0].Status != domain.AgreementFulfilled || c.Performance() != domain.Performed {
		t.Errorf("agreement %s, performance %s", c.Agreements[0].Status, c.Performance())
	}
	wantCode(t, c.Clone().Close(act(director), today), domain.CodeGuard)
	visited(t, c, today)
	wantCode(t, c.Clone().Close(act(director), today), "")
	wantCode(t, c.Clone().Close(act(own), today), domain.CodeForbidden)
}

func TestInstantSettlementShowsAllItsFieldErrorsAtOnce(t *testing.T) {
	_, err := domain.SettleInstantly(act(own), onTheSpot(func(in *domain.InstantSettlement) {
		in.Facts, in.Parties[0].Phone, in.Terms = "", "1", ""
		in.Obligations[0].Debtor, in.Obligations[1].What, in.Obligations[1].Amount = 5, "", sum("-1")
	}))
	wantFields(t, err, "/facts", "/parties/0/phone", "/terms", "/obligations/0/debtor", "/obligations/1/what", "/obligations/1/amount")
}

func TestInstantSettlementIsAMediatorsAct(t *testing.T) {
	for name, x := range map[string]struct {
		a    domain.Actor
		code domain.Code
	}{
		"mediator at the point": {like(own, func(a *domain.Actor) { a.Org = point }), ""},
		"director":              {director, ""},
		"keeper":                {keeper, domain.CodeForbidden},
		"judicial office":       {office, domain.CodeForbidden},
		"guest":                 {guest, domain.CodeForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := domain.SettleInstantly(act(x.a), onTheSpot(nil))
			wantCode(t, err, x.code)
		})
	}
}
