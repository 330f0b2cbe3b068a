package domain_test

import (
	"testing"

	"baimi/domain"
	"baimi/domain/calendar"
)

// A failure is a legal act too: the parties are told of arbitration, administrative and judicial ways (人民调解法 26), and so
// is who is not accepted (司法部令75号 24).
func TestFailureAndRefusalNeedTheRemediesTold(t *testing.T) {
	for name, x := range map[string]struct {
		reason string
		change func(*domain.Ending)
		want   []string
	}{
		"nothing said":       {"", func(e *domain.Ending) { *e = domain.Ending{} }, []string{"/on", "/remediesToldOn", "/reason", "/remedies"}},
		"no ways told":       {"x", func(e *domain.Ending) { e.Remedies = nil }, []string{"/remedies"}},
		"not told yet":       {"x", func(e *domain.Ending) { e.ToldOn = calendar.Date{} }, []string{"/remediesToldOn"}},
		"told tomorrow":      {"x", func(e *domain.Ending) { e.ToldOn = tomorrow }, []string{"/remediesToldOn"}},
		"ends tomorrow":      {"x", func(e *domain.Ending) { e.On = tomorrow }, []string{"/on"}},
		"before the request": {"x", func(e *domain.Ending) { e.On = requested.AddDays(-1) }, []string{"/on"}},
		"no reason":          {"", func(*domain.Ending) {}, []string{"/reason"}},
	} {
		t.Run(name, func(t *testing.T) {
			in := ending(today)
			x.change(&in)
			wantFields(t, at(t, domain.StatusRegistered).Decline(because(director, x.reason), in), x.want...)
			wantFields(t, at(t, domain.StatusAccepted).Fail(because(own, x.reason), in), x.want...)
			wantFields(t, at(t, domain.StatusMediating).Fail(because(own, x.reason), in), x.want...)
		})
	}
}

func TestFailureKeepsWhatWasTold(t *testing.T) {
	in := domain.Ending{On: concluded, Remedies: []string{"court", "labour_arbitration"}, ToldOn: closed}
	c := at(t, domain.StatusMediating)
	must(t, c.Fail(because(own, "no_agreement"), in))
	if *c.Outcome != domain.OutcomeFailed || *c.ConcludedOn != concluded || *c.RemediesToldOn != closed || len(c.Remedies) != 2 || *c.EndReason != "no_agreement" {
		t.Errorf("%s on %s, told %v on %s because %s", *c.Outcome, c.ConcludedOn, c.Remedies, c.RemediesToldOn, *c.EndReason)
	}
	in.Remedies[0] = "changed by the caller"
	if c.Remedies[0] != "court" {
		t.Error("the case shares its list with the caller")
	}
}

func TestWithdrawal(t *testing.T) { // 人民调解法 23
	for _, x := range []struct {
		status  domain.Status
		earlier calendar.Date
	}{{domain.StatusRegistered, requested}, {domain.StatusAccepted, accepted}, {domain.StatusMediating, started}} {
		wantFields(t, at(t, x.status).Withdraw(because(director, ""), tomorrow), "/on", "/reason")
		wantFields(t, at(t, x.status).Withdraw(because(director, "x"), x.earlier.AddDays(-1)), "/on")
		c := at(t, x.status)
		must(t, c.Withdraw(because(director, "applicant_wish"), x.earlier))
		if *c.Outcome != domain.OutcomeWithdrawn || *c.ConcludedOn != x.earlier || len(c.Remedies) != 0 {
			t.Errorf("from %s: %s on %s", x.status, *c.Outcome, c.ConcludedOn)
		}
	}
}

// Every obligation has a result before the case is closed; partly performed is none (人民调解法 31).
func TestNoClosingWithAnObligationOpen(t *testing.T) {
	c := at(t, domain.StatusAgreedWritten)
	wantCode(t, c.Clone().Close(act(director), today), domain.CodeGuard)
	must(t, c.RecordPerformance(act(own), 1, seen(domain.PartlyPerformed, "200", closed)))
	wantCode(t, c.Clone().Close(act(director), today), domain.CodeGuard)
	must(t, c.RecordPerformance(act(own), 1, seen(domain.Unperformable, "", archived)))
	wantCode(t, c.Clone().Close(act(director), archived), domain.CodeGuard) // nobody has gone to see
	visited(t, c, archived)
	wantFields(t, c.Clone().Close(act(director), closed), "/on") // before the result
	must(t, c.Close(act(director), archived))
}

func TestClosingFollowsWhatItCloses(t *testing.T) {
	sealedLate := at(t, domain.StatusMediating)
	s := signing(concluded)
	s.SealedOn = archived
	in := handshake(concluded)
	must(t, sealedLate.AgreeInWriting(act(own), in, s))
	visited(t, sealedLate, archived)
	toldLate := at(t, domain.StatusMediating)
	must(t, toldLate.Fail(because(own, "x"), domain.Ending{On: concluded, Remedies: []string{"court"}, ToldOn: archived}))
	for name, x := range map[string]struct {
		c  *domain.Case
		on calendar.Date
	}{
		"tomorrow":                            {at(t, domain.StatusFailed), tomorrow},
		"before the end of the mediation":     {at(t, domain.StatusFailed), started},
		"before the agreement's effect":       {sealedLate, closed},
		"before the parties' other ways told": {toldLate, closed},
		"no day":                              {at(t, domain.StatusWithdrawn), calendar.Date{}},
	} {
		t.Run(name, func(t *testing.T) { wantFields(t, x.c.Close(act(director), x.on), "/on") })
	}
	wantFields(t, at(t, domain.StatusClosed).Archive(because(director, "lost"), concluded), "/on")
	wantFields(t, at(t, domain.StatusClosed).Archive(because(director, "lost"), tomorrow), "/on")
}

// A voided case keeps its number and what it was; it only leaves the figures (ruling P1).
func TestVoidKeepsTheNumber(t *testing.T) {
	c := at(t, domain.StatusArchived)
	wantFields(t, c.Clone().Void(act(bureau)), "/reason")
	must(t, c.Void(because(bureau, "double_entry")))
	if c.FileNo == nil || *c.Outcome != domain.OutcomeAgreed || *c.VoidedOn != today || *c.VoidReason != "double_entry" {
		t.Errorf("%v %v %v %v", c.FileNo, *c.Outcome, c.VoidedOn, *c.VoidReason)
	}
	for _, d := range at(t, domain.StatusVoid).Deadlines {
		if d.EndedOn == nil {
			t.Errorf("clock %s runs on in a voided case", d.Rule)
		}
	}
}
