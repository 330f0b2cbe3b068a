package calendar

import (
	"slices"
	"time"
)

// clerk counts as a person does with a finger on a wall calendar: one day at a time, hours minute by minute, with his own
// idea of weekends, of the length of months and of what a pause is. He shares nothing with the code under test but the
// inputs; his days are numbers, counted from 1 January 1970.
type clerk struct {
	rest map[int]bool // the exceptions to the week
	k    Clock
}

func newClerk(entries []Entry, k Clock) clerk {
	rest := map[int]bool{}
	for _, e := range entries {
		rest[number(e.Day)] = !e.Working
	}
	return clerk{rest, k}
}

func number(d Date) int {
	if d.IsZero() {
		return -never
	}
	return int(time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func civil(day int) time.Time { return time.Unix(int64(day)*86400, 0).UTC() }

func (c clerk) rests(day int) bool {
	if rest, entered := c.rest[day]; entered {
		return rest
	}
	return (day+4)%7 == 0 || (day+4)%7 == 6 // day 0 was a Thursday
}

// out tells whether a day is left out by a pause, and whether every later one is.
func (c clerk) out(day int) (out, forever bool) {
	for _, s := range c.k.Pauses {
		counts := slices.ContainsFunc(c.k.Policy.Pauses, func(r PauseRule) bool { return r.Reason == s.Reason })
		if !counts || day <= number(s.From) || day <= number(c.k.Start) { // hours have no Start
			continue
		}
		if s.To.IsZero() {
			return true, true
		}
		out = out || day <= number(s.To)
	}
	return out, false
}

const never = 1 << 40

// pass lets n days pass; of working days only those are counted.
func (c clerk) pass(day, n int, working bool) int {
	for n > 0 {
		day++
		out, forever := c.out(day)
		if forever {
			return never
		}
		if !out && !(working && c.rests(day)) {
			n--
		}
	}
	return day
}

func (c clerk) term(day int, t Term) int {
	months := t.Length
	switch t.Unit {
	case Day:
		return c.pass(day, t.Length, false)
	case WorkingDay:
		return c.pass(day, t.Length, true)
	case Year:
		months *= 12
	}
	running := day // the day it would be, had there been no pause
	for d := number(c.k.Start) + 1; d <= day; d++ {
		if out, _ := c.out(d); out {
			running--
		}
	}
	end, wanted := running, civil(running).Day()
	for passed := 0; passed < months; { // to the first of the wanted month
		if end++; civil(end).Day() == 1 {
			passed++
		}
	}
	for civil(end).Day() < wanted && civil(end+1).Day() != 1 {
		end++
	}
	return c.pass(day, end-running, false)
}

func (c clerk) roll(day int) int {
	for c.k.Term.Rolls && day != never {
		out, forever := c.out(day)
		switch {
		case forever:
			return never
		case !out && !c.rests(day):
			return day
		}
		day++
	}
	return day
}

// signed tells whether an extension has what the rule asks for; more is whether one counted before.
func (c clerk) signed(e Extension, more bool) bool {
	rule := c.k.Policy.Extends
	for _, side := range rule.SignedBy {
		if !slices.Contains(e.SignedBy, side) {
			return false
		}
	}
	if rule.AtMost.Length > 0 && (more || e.By.Unit != rule.AtMost.Unit || e.By.Length > rule.AtMost.Length) {
		return false
	}
	return len(rule.SignedBy) > 0
}

// last is the due day, never while it is suspended.
func (c clerk) last() int {
	start := number(c.k.Start)
	day, more := c.term(start, c.k.Term), false
	for _, e := range sortedExtensions(c.k.Extensions) { // the order is no matter of counting
		if agreed := number(e.AgreedOn); c.signed(e, more) && agreed <= c.roll(day) {
			more = true
			if e.Until.IsZero() {
				if day != never {
					day = c.term(day, e.By)
				}
				continue
			}
			from := max(agreed, start)
			day = max(day, c.pass(from, max(0, number(e.Until)-from), false))
		}
	}
	return c.roll(day)
}

// minute is the minute of a clock of hours at which it ends, counted from 1970 in China's time.
func (c clerk) minute() int {
	at, more := int(c.k.Since.Unix()/60)+8*60, false
	wait := func(minutes int) {
		for minutes > 0 && at != never {
			out, forever := c.out(at / 1440)
			if forever {
				at = never
				return
			}
			if at++; !out {
				minutes--
			}
		}
	}
	wait(60 * c.k.Term.Length)
	for _, e := range sortedExtensions(c.k.Extensions) {
		if c.signed(e, more) && number(e.AgreedOn) <= (at-1)/1440 {
			more = true
			wait(60 * e.By.Length)
		}
	}
	return at
}
