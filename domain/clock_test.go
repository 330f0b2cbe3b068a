package domain_test

import (
	"strings"
	"testing"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
)

// life is one case on given days; "" leaves the step out.
type life struct{ kind, requested, accepted, agreed, due, closed string }

func (l life) live(t *testing.T) *domain.Case {
	t.Helper()
	in := dispute()
	in.RequestedOn, in.Type = day(l.requested), l.kind
	r, err := domain.Register(actOn(in.RequestedOn, keeper), in)
	must(t, err)
	c := r.Case
	if l.accepted != "" {
		on := day(l.accepted)
		if l.kind == "15" {
			bothAsk(t, c, actOn(on, keeper))
		}
		must(t, c.Accept(actOn(on, director), acceptance(on)))
	}
	if l.agreed != "" {
		on := day(l.agreed)
		must(t, c.Start(actOn(on, own), on, notices(on, 1, 2), []int{1, 2}))
		terms := handshake(on)
		if l.due != "" {
			terms = payment(on)
			terms.Obligations[0].DueOn = day(l.due)
		}
		must(t, c.AgreeOrally(actOn(on, own), terms))
	}
	if l.closed != "" {
		must(t, c.RecordFollowUp(actOn(day(l.closed), own), 1, fine(day(l.closed))))
		must(t, c.Close(actOn(day(l.closed), director), day(l.closed)))
	}
	return c
}

// The last days are counted by hand on the State Council's calendar.
func TestClocksRunToTheirDay(t *testing.T) {
	for name, x := range map[string]struct {
		life
		rule, starts, due string
	}{
		"D1 of an ordinary week": {life{"02", "2026-09-07", "", "", "", ""}, "D1", "2026-09-07", "2026-09-10"},
		"D1 over a weekend":      {life{"02", "2026-09-10", "", "", "", ""}, "D1", "2026-09-10", "2026-09-15"},
		"D1 on the eve of 国庆: 8, 9 and the worked Saturday": {life{"02", "2026-09-30", "", "", "", ""}, "D1", "2026-09-30", "2026-10-10"},
		"D1 before 春节: the worked Saturday counts":          {life{"02", "2026-02-12", "", "", "", ""}, "D1", "2026-02-12", "2026-02-24"},
		"D4 a month":                         {life{"02", "2026-09-01", "2026-09-03", "", "", ""}, "D4", "2026-09-03", "2026-10-08"},
		"D4 ends in 国庆: the first day after": {life{"02", "2026-09-01", "2026-09-07", "", "", ""}, "D4", "2026-09-07", "2026-10-08"},
		"D4 ends on an ordinary day":         {life{"02", "2026-09-14", "2026-09-15", "", "", ""}, "D4", "2026-09-15", "2026-10-15"},
		"D4 ends in 春节":                      {life{"02", "2026-01-19", "2026-01-20", "", "", ""}, "D4", "2026-01-20", "2026-02-24"},
		"D4 from the 31st: the last of February, a worked Saturday": {life{"02", "2026-01-30", "2026-01-31", "", "", ""}, "D4", "2026-01-31", "2026-02-28"},
		"D7 labour runs from the application":                       {life{"11", "2026-09-01", "2026-09-03", "", "", ""}, "D7", "2026-09-01", "2026-09-16"},
		"D7 of unpaid wages, its last day in 国庆":                    {life{"10", "2026-09-18", "2026-09-21", "", "", ""}, "D7", "2026-09-18", "2026-10-08"},
		"D8 medical: thirty working days":                           {life{"15", "2026-09-03", "2026-09-07", "", "", ""}, "D8", "2026-09-07", "2026-10-23"},
		"D13 as agreed, in the middle of 国庆":                        {life{"02", "2026-09-01", "2026-09-02", "2026-09-03", "2026-10-03", ""}, "D13", "2026-10-03", "2026-10-03"},
		"D17 thirty days from the closing":                          {life{"02", "2026-09-01", "2026-09-02", "2026-09-03", "", "2026-09-10"}, "D17", "2026-09-10", "2026-10-10"},
		"D17 ends in 国庆":                                            {life{"02", "2026-09-01", "2026-09-02", "2026-09-03", "", "2026-09-04"}, "D17", "2026-09-04", "2026-10-08"},
	} {
		t.Run(name, func(t *testing.T) {
			d := clock(x.live(t), x.rule)
			if d == nil {
				t.Fatalf("no clock %s", x.rule)
			}
			if d.StartsOn != day(x.starts) || d.DueOn != day(x.due) || !d.DueAt.Equal(day(x.due).EndOfDay()) || d.CalendarVersion != "2026.test" {
				t.Errorf("from %s to %s (%s)", d.StartsOn, d.DueOn, d.DueAt)
			}
			if d.EndedOn != nil {
				t.Errorf("ended on %s", d.EndedOn)
			}
			for at, over := range map[time.Time]bool{d.DueAt.Add(-time.Microsecond): false, *d.DueAt: true, d.DueAt.Add(time.Hour): true} {
				if d.OverdueAt(at) != over {
					t.Errorf("overdue at %s: %v", at, !over)
				}
			}
			if domain.ClockName(d.Rule) == d.Rule {
				t.Errorf("%s has no Chinese name", d.Rule)
			}
		})
	}
}

// Which clocks run in which state, and on which day the others stopped.
func TestClocksStopWithWhatTheyWaitFor(t *testing.T) {
	const runs = "runs"
	for s, want := range map[domain.Status]map[string]string{
		domain.StatusRegistered:    {"D1": runs},
		domain.StatusNotAccepted:   {"D1": "2026-09-03"},
		domain.StatusAccepted:      {"D1": "2026-09-03", "D4": runs},
		domain.StatusMediating:     {"D1": "2026-09-03", "D4": runs},
		domain.StatusAgreedOral:    {"D1": "2026-09-03", "D4": "2026-09-07", "D15": runs},
		domain.StatusAgreedWritten: {"D1": "2026-09-03", "D4": "2026-09-07", "D10": runs, "D13": runs, "D15": runs},
		domain.StatusFailed:        {"D1": "2026-09-03", "D4": "2026-09-07"},
		domain.StatusWithdrawn:     {"D1": "2026-09-03", "D4": "2026-09-07"},
		domain.StatusClosed:        {"D1": "2026-09-03", "D4": "2026-09-07", "D15": "2026-09-07", "D17": runs},
		domain.StatusArchived:      {"D1": "2026-09-03", "D4": "2026-09-07", "D15": "2026-09-07", "D17": "2026-09-09"},
		domain.StatusVoid:          {"D1": "2026-09-10"},
	} {
		c := at(t, s)
		got := map[string]string{}
		for _, d := range c.Deadlines {
			got[d.Rule] = runs
			if d.EndedOn != nil {
				got[d.Rule] = d.EndedOn.String()
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s: clocks %v, want %v", s, got, want)
		}
		for rule, x := range want {
			if got[rule] != x {
				t.Errorf("%s: %s %q, want %q", s, rule, got[rule], x)
			}
		}
	}
}

// The type of the dispute chooses the clock, so a corrected type chooses anew.
func TestACorrectedTypeChangesTheClock(t *testing.T) {
	for name, x := range map[string]struct {
		from, to          string
		rule, starts, due string
		count             int // of clocks
	}{
		"ordinary to labour: from the application": {"02", "11", "D7", "2026-09-01", "2026-09-16", 3},
		"ordinary to medical":                      {"02", "15", "D8", "2026-09-03", "2026-10-21", 3},
		"medical to ordinary":                      {"15", "02", "D4", "2026-09-03", "2026-10-08", 3},
		"labour to labour: the same clock":         {"10", "11", "D7", "2026-09-01", "2026-09-16", 2},
		"ordinary to ordinary: the same clock":     {"02", "17", "D4", "2026-09-03", "2026-10-08", 2},
	} {
		t.Run(name, func(t *testing.T) {
			c := takeIn(t, func(r *domain.Registration) { r.Type = x.from })
			must(t, c.Accept(act(director), acceptance(accepted)))
			must(t, c.Correct(because(keeper, "wrong_type"), domain.Correction{Type: &x.to}))
			d := clock(c, x.rule)
			if d == nil || d.EndedOn != nil || d.StartsOn != day(x.starts) || d.DueOn != day(x.due) || len(c.Deadlines) != x.count {
				t.Fatalf("clocks %+v", c.Deadlines)
			}
			for _, o := range c.Deadlines {
				if o.No != d.No && (o.EndedOn == nil || o.Rule != "D1" && *o.EndedOn != today) {
					t.Errorf("%s ended on %v", o.Rule, o.EndedOn)
				}
			}
		})
	}
	c := takeIn(t)
	labour := "11"
	must(t, c.Correct(because(keeper, "wrong_type"), domain.Correction{Type: &labour}))
	if len(c.Deadlines) != 1 {
		t.Error("a clock of the mediation before its acceptance")
	}
	must(t, c.Accept(act(director), acceptance(accepted)))
	if clock(c, "D7") == nil {
		t.Error("the corrected type did not choose the clock at acceptance")
	}
}

// A year whose arrangement is not known is counted by the plain week and said so; it keeps no case from being taken.
func TestAClockBeyondTheCalendarIsProvisional(t *testing.T) {
	for requested, provisional := range map[calendar.Date]bool{
		calendar.MustDate(2025, time.December, 31): false, // counts in 2026, which is covered
		calendar.MustDate(2025, time.June, 2):      true,
	} {
		in := dispute()
		in.RequestedOn = requested
		r, err := domain.Register(act(keeper), in)
		must(t, err)
		d := r.Case.Deadlines[0]
		trace, err := r.Case.Trace(d, days2026)
		must(t, err)
		if d.Provisional != provisional || strings.Contains(strings.Join(trace, ""), "注意") != provisional {
			t.Errorf("from %s: provisional %v, %q", requested, d.Provisional, trace)
		}
	}
}
