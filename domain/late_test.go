package domain_test

import (
	"strings"
	"testing"

	"baimi/domain"
	"baimi/domain/calendar"
)

// late is the dispute, asked for some days ago and entered today.
func late(days int, reason string) domain.Registration {
	in := dispute()
	in.RequestedOn = today.AddDays(-days)
	if reason != "" {
		in.LateReason = &reason
	}
	return in
}

// A late entry is one that says why; a lag without a reason stays live and shows (ruling P6).
func TestALateEntrySaysWhyAndALagShows(t *testing.T) {
	for name, x := range map[string]struct {
		days   int
		reason string
		origin domain.Origin
		lag    bool
	}{
		"on the day":                {0, "", domain.OriginLive, false},
		"within the fifteen days":   {15, "", domain.OriginLive, false},
		"long after, nobody says":   {16, "", domain.OriginLive, true},
		"long after, a paper case":  {400, "paper_case", domain.OriginLateEntry, false},
		"soon after, the line fell": {1, "line_down", domain.OriginLateEntry, false},
	} {
		r, err := domain.Register(act(keeper), late(x.days, x.reason))
		must(t, err)
		c, e := r.Case, r.Case.NewEvents[0]
		if c.Origin != x.origin || c.UnexplainedLag() != x.lag || c.LagDays() != x.days || e.LagDays() != x.days || e.Late() != (x.days > 15) {
			t.Errorf("%s: %s, lag %d unexplained %v, event %d late %v", name, c.Origin, c.LagDays(), c.UnexplainedLag(), e.LagDays(), e.Late())
		}
	}
	for _, in := range []domain.Registration{late(0, "paper_case"), late(20, "because")} {
		_, err := domain.Register(act(keeper), in)
		wantFields(t, err, "/lateReason")
	}
}

// 人民调解法 is in force since 2011; older files come with the old ledgers.
func TestNoRequestIsOlderThanTheLaw(t *testing.T) {
	in := late(0, "paper_case")
	in.RequestedOn = day("2010-12-31")
	_, err := domain.Register(act(keeper), in)
	wantFields(t, err, "/requestedOn")
	in.RequestedOn = day("2011-01-01")
	_, err = domain.Register(act(keeper), in)
	must(t, err)
}

// A corrected day of the request moves the clocks that count from it; the events keep both days (ruling P3).
func TestTheDayOfTheRequestIsCorrectedByAnEvent(t *testing.T) {
	c := takeIn(t)
	was := clock(c, "D1").DueOn
	must(t, c.CorrectDates(because(director, "verified"), domain.DateCorrection{RequestedOn: day("2026-08-31"), RequestedHow: domain.RequestedPaper}))
	if d := clock(c, "D1"); d.StartsOn != day("2026-08-31") || !d.DueOn.Before(was) || c.RequestedHow != domain.RequestedPaper {
		t.Errorf("requested %s by %s, decided by %s (was %s)", c.RequestedOn, c.RequestedHow, d.DueOn, was)
	}
	first, last := c.NewEvents[0], c.NewEvents[1]
	if !strings.Contains(first.Data, `"requestedOn":"2026-09-01"`) || !strings.Contains(last.Data, `"requestedOn":"2026-08-31"`) || last.Reason != "verified" {
		t.Errorf("events %s %s", first.Data, last.Data)
	}
	wantFields(t, c.CorrectDates(act(office), domain.DateCorrection{RequestedOn: requested}), "/reason")
	for _, on := range []calendar.Date{tomorrow, today.AddDays(1), day("2010-12-31"), {}} {
		wantFields(t, c.CorrectDates(because(office, "verified"), domain.DateCorrection{RequestedOn: on}), "/requestedOn")
	}
	wantCode(t, c.CorrectDates(because(office, "verified"), domain.DateCorrection{RequestedOn: day("2026-08-31")}), domain.CodeGuard)
	wantCode(t, c.CorrectDates(because(own, "verified"), domain.DateCorrection{RequestedOn: requested}), domain.CodeForbidden)
	done := at(t, domain.StatusMediating)
	wantFields(t, done.CorrectDates(because(office, "verified"), domain.DateCorrection{RequestedOn: started}), "/requestedOn")
	led := at(t, domain.StatusAccepted)
	led.Mediators = append(led.Mediators, director.Person)
	wantCode(t, led.CorrectDates(because(director, "verified"), domain.DateCorrection{RequestedOn: day("2026-08-31")}), domain.CodeForbidden)
}
