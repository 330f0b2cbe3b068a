package domain_test

import (
	"testing"

	"baimi/domain"
)

// Both sides apply together within thirty days from the effect of a written agreement (人民调解法 33).
func TestAnApplicationForConfirmation(t *testing.T) {
	due := day("2026-10-08") // thirty days from 7 September end in 国庆
	for name, x := range map[string]struct {
		in   domain.Application
		want []string
		code domain.Code
	}{
		"on the day of effect":  {in: applied(concluded)},
		"on the last day":       {in: applied(due)},
		"a day late":            {in: applied(due.AddDays(1)), code: domain.CodeGuard},
		"before it took effect": {in: applied(started), want: []string{"/on"}},
		"by one side":           {in: domain.Application{On: today, Court: court, Parties: []int{1}}, want: []string{"/parties"}},
		"by a stranger too":     {in: domain.Application{On: today, Court: court, Parties: []int{1, 2, 9}}, want: []string{"/parties"}},
		"to no court":           {in: domain.Application{On: today, Court: "王小明", Parties: []int{1, 2}}, want: []string{"/court"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := at(t, domain.StatusAgreedWritten)
			err := c.ApplyForConfirmation(actOn(due.AddDays(2), own), x.in)
			if x.want != nil {
				wantFields(t, err, x.want...)
				return
			}
			wantCode(t, err, x.code)
			if err == nil && *clock(c, "D10").EndedOn != x.in.On {
				t.Errorf("D10 ended on %s", clock(c, "D10").EndedOn)
			}
		})
	}
	again := at(t, domain.StatusAgreedWritten)
	must(t, again.ApplyForConfirmation(act(own), applied(closed)))
	wantCode(t, again.ApplyForConfirmation(act(own), applied(closed)), domain.CodeGuard)
	oral := mediated(t)
	must(t, oral.AgreeOrally(act(own), payment(concluded)))
	wantCode(t, oral.ApplyForConfirmation(act(own), applied(closed)), domain.CodeNotOpen)
}

func TestWhatTheCourtDecides(t *testing.T) {
	type step struct {
		in     domain.CourtDecision
		reason string
	}
	for name, x := range map[string]struct {
		steps []step
		last  domain.CourtDecision
		why   string
		want  []string // fields refused in the last
	}{
		"docketed and confirmed":       {[]step{{docketed(closed), ""}}, ruled(domain.ConfirmationConfirmed, archived), "", nil},
		"docketed and dismissed":       {[]step{{docketed(closed), ""}}, ruled(domain.ConfirmationDismissed, archived), "not_voluntary", nil},
		"not docketed":                 {nil, domain.CourtDecision{Result: domain.ConfirmationRefused, On: closed}, "wrong_court", nil},
		"withdrawn at once":            {nil, domain.CourtDecision{Result: domain.ConfirmationWithdrawn, On: closed}, "", nil},
		"deemed withdrawn":             {[]step{{docketed(closed), ""}}, domain.CourtDecision{Result: domain.ConfirmationDeemedWithdrawn, On: today}, "", nil},
		"confirmed before it was seen": {nil, ruled(domain.ConfirmationConfirmed, closed), "", []string{"/result"}},
		"dismissed without a reason":   {[]step{{docketed(closed), ""}}, ruled(domain.ConfirmationDismissed, archived), "", []string{"/reason"}},
		"refused for another's reason": {nil, domain.CourtDecision{Result: domain.ConfirmationRefused, On: closed}, "unclear", []string{"/reason"}},
		"confirmed with a reason":      {[]step{{docketed(closed), ""}}, ruled(domain.ConfirmationConfirmed, archived), "unclear", []string{"/reason"}},
		"ruled before it was docketed": {[]step{{docketed(archived), ""}}, ruled(domain.ConfirmationConfirmed, closed), "", []string{"/on"}},
		"received before it was ruled": {[]step{{docketed(closed), ""}}, domain.CourtDecision{Result: domain.ConfirmationConfirmed, On: archived, ReceivedOn: closed}, "", []string{"/receivedOn"}},
		"not yet received":             {[]step{{docketed(closed), ""}}, domain.CourtDecision{Result: domain.ConfirmationConfirmed, On: archived}, "", []string{"/receivedOn"}},
		"docketed without a number":    {nil, domain.CourtDecision{Result: domain.ConfirmationDocketed, On: closed}, "", []string{"/courtCaseNo"}},
		"docketed under a name":        {nil, domain.CourtDecision{Result: domain.ConfirmationDocketed, On: closed, CourtNo: "王小明"}, "", []string{"/courtCaseNo"}},
		"docketed tomorrow":            {nil, docketed(tomorrow), "", []string{"/on"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := at(t, domain.StatusAgreedWritten)
			must(t, c.ApplyForConfirmation(act(own), applied(concluded)))
			for _, s := range x.steps {
				must(t, c.RecordConfirmation(because(own, s.reason), 1, s.in))
			}
			err := c.RecordConfirmation(because(own, x.why), 1, x.last)
			if x.want != nil {
				wantFields(t, err, x.want...)
				return
			}
			must(t, err)
			if got := c.Confirmations[0].Result; got != x.last.Result {
				t.Errorf("%s", got)
			}
			for _, d := range c.Deadlines {
				if d.Rule == "D11" && d.EndedOn == nil {
					t.Errorf("the court's clock %s runs on", d.Variant)
				}
			}
			wantCode(t, c.Clone().RecordConfirmation(because(own, x.why), 1, x.last), domain.CodeGuard)
			open := x.last.Result == domain.ConfirmationRefused || x.last.Result == domain.ConfirmationWithdrawn || x.last.Result == domain.ConfirmationDeemedWithdrawn
			wantCode(t, c.ApplyForConfirmation(act(own), applied(today)), map[bool]domain.Code{true: "", false: domain.CodeGuard}[open])
		})
	}
}

// A confirmation opens fifteen days for objections and two years for enforcement, which others have not (ruling P10).
func TestAConfirmationOpensEnforcement(t *testing.T) {
	c := at(t, domain.StatusAgreedWritten)
	wantCode(t, c.Clone().RecordPerformance(act(own), 1, seen(domain.Enforcement, "", today)), domain.CodeGuard)
	if clock(c, "D14") != nil {
		t.Error("a clock of enforcement without a confirmation")
	}
	confirm(t, c)
	for rule, due := range map[string]string{"D12": "2026-09-22", "D14": "2028-09-14"} {
		if d := clock(c, rule); d == nil || d.DueOn != day(due) {
			t.Errorf("%s: %+v", rule, d)
		}
	}
	wantFields(t, c.Clone().RecordObjection(actOn(day("2026-09-30"), own), 1, day("2026-09-23"), domain.ObjectorParty), "/on")
	must(t, c.Clone().RecordObjection(actOn(day("2026-09-30"), own), 1, day("2026-09-23"), domain.ObjectorInterested))
	wantFields(t, c.Clone().RecordObjection(act(own), 1, started, "somebody"), "/on", "/by")
	must(t, c.RecordObjection(act(own), 1, today, domain.ObjectorParty))
	wantCode(t, c.RecordObjection(act(own), 1, today, domain.ObjectorParty), domain.CodeGuard)
	must(t, c.RecordPerformance(act(own), 1, seen(domain.Enforcement, "200", today)))
	if c.Performance() != domain.Enforcement {
		t.Errorf("performance %s", c.Performance())
	}
	paid := confirmedCase(t)
	must(t, paid.RecordPerformance(act(own), 1, seen(domain.Performed, "", today)))
	if d := clock(paid, "D14"); d.EndedOn == nil || paid.Agreements[0].Status != domain.AgreementFulfilled {
		t.Errorf("fulfilled: %s, clock %+v", paid.Agreements[0].Status, d)
	}
}

// In the archive a court's answer is still recorded; no clock starts there.
func TestTheCourtAnswersAnArchivedCase(t *testing.T) {
	c := readyAgreement(t, domain.StatusArchived, domain.ActionRecordConfirmation)
	must(t, c.RecordConfirmation(act(own), 1, docketed(archived)))
	must(t, c.RecordConfirmation(act(own), 1, ruled(domain.ConfirmationConfirmed, archived)))
	for _, d := range c.Deadlines {
		if d.EndedOn == nil {
			t.Errorf("clock %s runs in the archive", d.Rule)
		}
	}
}

// Which clocks are duties, so that their running out is an alert, and which are only told of.
func TestWhatAClockMeans(t *testing.T) {
	c := at(t, domain.StatusAgreedWritten)
	must(t, c.ApplyForConfirmation(act(own), applied(concluded)))
	must(t, c.RecordConfirmation(act(own), 1, docketed(concluded)))
	must(t, c.RecordConfirmation(act(own), 1, ruled(domain.ConfirmationConfirmed, concluded)))
	want := map[string]domain.ClockMeaning{
		"D1": domain.ClockDuty, "D4": domain.ClockDuty, "D10": domain.ClockRight, "D11": domain.ClockInformation, "D12": domain.ClockRight,
		"D13": domain.ClockDuty, "D14": domain.ClockRight, "D15": domain.ClockDuty,
	}
	met := map[string]bool{}
	for _, d := range c.Deadlines {
		met[d.Rule] = true
		if d.Meaning() != want[d.Rule] {
			t.Errorf("%s is %s, want %q", d.Rule, d.Meaning(), want[d.Rule])
		}
	}
	if len(met) != len(want) {
		t.Errorf("met %v", met)
	}
	for _, rule := range domain.DutyRules() {
		if meaning, ok := want[rule]; ok && meaning != domain.ClockDuty {
			t.Errorf("%s is listed as a duty", rule)
		}
	}
}
