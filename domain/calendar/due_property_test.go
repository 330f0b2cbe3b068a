package calendar

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// drawCalendar makes a calendar of 2020 to 2030 with holidays and worked weekends anywhere.
func drawCalendar(t *rapid.T) []Entry {
	days := map[Date]Entry{}
	for year := 2020; year <= 2030; year++ {
		d := MustDate(year, 1, 1)
		days[d] = Entry{Day: d, Name: "元旦"}
	}
	first := MustDate(2020, 1, 1)
	for _, n := range rapid.SliceOfN(rapid.IntRange(0, 4000), 0, 40).Draw(t, "holidays") {
		for i := range rapid.IntRange(1, 9).Draw(t, "length") {
			d := first.AddDays(n + i)
			days[d] = Entry{Day: d, Name: "节"}
		}
	}
	for _, n := range rapid.SliceOfN(rapid.IntRange(0, 570), 0, 40).Draw(t, "worked") {
		d := MustDate(2020, 1, 4).AddDays(7 * n) // a Saturday
		days[d] = Entry{Day: d, Name: "节", Working: true}
	}
	entries := make([]Entry, 0, len(days))
	for _, e := range days {
		entries = append(entries, e)
	}
	return entries
}

func build(t *rapid.T, entries []Entry) *Calendar {
	c, err := New("drawn", entries)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func drawTerm(t *rapid.T) Term {
	unit := rapid.SampledFrom([]Unit{Day, WorkingDay, Month, Year}).Draw(t, "unit")
	most := map[Unit]int{Day: 400, WorkingDay: 120, Month: 24, Year: 2}[unit]
	return Term{Length: rapid.IntRange(0, most).Draw(t, "length"), Unit: unit, Rolls: rapid.Bool().Draw(t, "rolls")}
}

// naive counts as a clerk does with a finger on a wall calendar: one day at a time, its own idea of weekends and of the
// length of months, nothing shared with the code under test.
func naive(entries []Entry, start Date, term Term) string {
	day := time.Date(start.Year(), start.Month(), start.Day(), 12, 0, 0, 0, time.UTC)
	rest := func(d time.Time) bool {
		for _, e := range entries {
			if e.Day.String() == d.Format("2006-01-02") {
				return !e.Working
			}
		}
		return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
	}
	tomorrow := func(d time.Time) time.Time { return d.Add(24 * time.Hour) }
	switch term.Unit {
	case Day:
		for range term.Length {
			day = tomorrow(day)
		}
	case WorkingDay:
		for n := term.Length; n > 0; {
			if day = tomorrow(day); !rest(day) {
				n--
			}
		}
	default:
		months := term.Length
		if term.Unit == Year {
			months *= 12
		}
		wanted, passed := day.Day(), 0
		for passed < months { // to the first of the wanted month
			if day = tomorrow(day); day.Day() == 1 {
				passed++
			}
		}
		for day.Day() < wanted && tomorrow(day).Day() != 1 {
			day = tomorrow(day)
		}
	}
	for term.Rolls && rest(day) {
		day = tomorrow(day)
	}
	return day.Format("2006-01-02")
}

func TestDueEqualsCountingDayByDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries, start, term := drawCalendar(t), drawDate(t, "start"), drawTerm(t)
		c := build(t, entries)
		due, err := c.Due(start, term)
		if err != nil {
			t.Fatal(err)
		}
		if want := naive(entries, start, term); due.DueOn.String() != want {
			t.Fatalf("%s from %s: %s, counted %s\n%s", term, start, due.DueOn, want, strings.Join(due.Trace, "\n"))
		}
		if due.DueOn.Before(start) || term.Length > 0 && due.DueOn == start {
			t.Fatalf("%s from %s ends on %s", term, start, due.DueOn)
		}
		if working, _ := c.Working(due.DueOn); !working && (term.Rolls || term.Unit == WorkingDay && term.Length > 0) {
			t.Fatalf("%s from %s ends on the rest day %s", term, start, due.DueOn)
		}
		if !strings.Contains(due.Trace[len(due.Trace)-1], due.DueOn.Chinese()) {
			t.Fatalf("the trace ends elsewhere: %v", due.Trace)
		}
	})
}

func TestAHolidayMoreNeverMakesADeadlineEarlier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries, start, term := drawCalendar(t), drawDate(t, "start"), drawTerm(t)
		before, err := build(t, entries).Due(start, term)
		if err != nil {
			t.Fatal(err)
		}
		// Most holidays drawn near the end of the period: there it matters.
		extra := before.DueOn.AddDays(rapid.IntRange(-20, 5).Draw(t, "extra"))
		with := []Entry{{Day: extra, Name: "新假日"}}
		for _, e := range entries {
			if e.Day != extra {
				with = append(with, e)
			}
		}
		after, err := build(t, with).Due(start, term)
		if err != nil {
			t.Fatal(err)
		}
		if after.DueOn.Before(before.DueOn) {
			t.Fatalf("%s from %s: %s, with the holiday %s only %s", term, start, before.DueOn, extra, after.DueOn)
		}
	})
}

func TestALongerTermOrALaterStartNeverEndsEarlier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, start, term := build(t, drawCalendar(t)), drawDate(t, "start"), drawTerm(t)
		due, err1 := c.Due(start, term)
		later, err2 := c.Due(start.AddDays(1), term)
		term.Length++
		longer, err3 := c.Due(start, term)
		if err1 != nil || err2 != nil || err3 != nil {
			t.Fatal(err1, err2, err3)
		}
		if later.DueOn.Before(due.DueOn) || longer.DueOn.Before(due.DueOn) {
			t.Fatalf("%s from %s: %s; a day later %s; longer %s", term, start, due.DueOn, later.DueOn, longer.DueOn)
		}
	})
}
