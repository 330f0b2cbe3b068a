package calendar

import (
	"time"

	"pgregory.net/rapid"
)

// drawClock makes a schedule: any unit, pauses and extensions around the time it runs, some that the rule does not let
// count, open, empty, overlapping and useless ones among them.
func drawClock(t *rapid.T) Clock {
	unit := rapid.SampledFrom([]Unit{Day, WorkingDay, Month, Year, Hour}).Draw(t, "unit")
	return drawClockOf(t, unit)
}

func drawClockOf(t *rapid.T, unit Unit) Clock {
	most := map[Unit]int{Day: 60, WorkingDay: 40, Month: 4, Year: 1, Hour: 72}[unit]
	k := Clock{Start: drawDate(t, "start"), Term: Term{rapid.IntRange(0, most).Draw(t, "length"), unit, unit != Hour && rapid.Bool().Draw(t, "rolls")}}
	if unit == Hour {
		k.Since = k.Start.StartOfDay().Add(time.Duration(rapid.IntRange(0, 1439).Draw(t, "minute")) * time.Minute)
		k.Start = Date{}
	}
	k.Policy = drawPolicy(t)
	for range rapid.IntRange(0, 4).Draw(t, "pauses") {
		k.Pauses = append(k.Pauses, drawPause(t, k))
	}
	for range rapid.IntRange(0, 3).Draw(t, "extensions") {
		k.Extensions = append(k.Extensions, drawExtension(t, k))
	}
	return k
}

func drawPolicy(t *rapid.T) Policy {
	var p Policy
	mask := rapid.SampledFrom([]int{31, 31, 1, 0, 7}).Draw(t, "counting reasons")
	for i, r := range Reasons {
		if mask&(1<<i) > 0 {
			p.Pauses = append(p.Pauses, PauseRule{Reason: r})
		}
	}
	p.Extends = rapid.SampledFrom([]ExtendRule{
		{SignedBy: []Side{Applicants, Respondents}},
		{SignedBy: []Side{Applicants, Respondents, Committee}},
		{SignedBy: []Side{Applicants}, AtMost: Term{10, Day, false}},
		{},
	}).Draw(t, "who extends")
	return p
}

// around is the span of days in which something can matter to the clock, as offsets from its start.
func around(t *rapid.T, k Clock, name string) Date {
	length := map[Unit]int{Day: 1, WorkingDay: 2, Month: 31, Year: 366, Hour: 0}[k.Term.Unit]*k.Term.Length + 6
	return k.start().AddDays(rapid.IntRange(-6, length).Draw(t, name))
}

func drawPause(t *rapid.T, k Clock) Span {
	s := Span{From: around(t, k, "pause from"), Reason: rapid.SampledFrom(Reasons).Draw(t, "reason")}
	if rapid.IntRange(0, 11).Draw(t, "open") > 0 {
		s.To = s.From.AddDays(rapid.IntRange(0, 25).Draw(t, "pause of"))
	}
	return s
}

func drawExtension(t *rapid.T, k Clock) Extension {
	e := Extension{AgreedOn: around(t, k, "agreed on"), SignedBy: []Side{Applicants, Respondents}}
	if rapid.IntRange(0, 3).Draw(t, "who signed") > 0 {
		e.SignedBy = append(e.SignedBy, Committee)
	}
	if k.Term.Unit == Hour {
		e.By = Term{rapid.IntRange(1, 48).Draw(t, "by"), Hour, false}
		return e
	}
	unit := rapid.SampledFrom(furtherUnits[k.Term.Unit]).Draw(t, "extended by")
	switch rapid.IntRange(0, 2).Draw(t, "a term") {
	case 0, 1:
		e.By = Term{rapid.IntRange(1, map[Unit]int{Day: 30, WorkingDay: 20, Month: 2, Year: 1}[unit]).Draw(t, "by"), unit, false}
	default:
		e.Until = e.AgreedOn.AddDays(rapid.IntRange(0, 90).Draw(t, "until"))
	}
	return e
}

func mustCount(t *rapid.T, c *Calendar, k Clock) Result {
	r, err := c.Count(k)
	if err != nil {
		t.Fatalf("%+v: %v", k, err)
	}
	return r
}

// instant orders results: suspended is later than every date.
func instant(r Result) int64 {
	if r.Suspended != nil {
		return never
	}
	return r.DueAt.Unix()
}
