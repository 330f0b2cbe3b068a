package calendar

import "time"

// hours counts a clock of hours from its moment on (民法典 art. 201 para. 2). Nights, weekends and holidays count; a pause
// stops it for the same days as any other clock, from 24:00 of its first day to 24:00 of its last.
func (n *count) hours() (Result, error) {
	end, left := n.run(n.clock.Since, hoursOf(n.clock.Term))
	for _, e := range sortedExtensions(n.clock.Extensions) {
		switch why := n.unfounded(e); {
		case why != "":
			n.say("%s，%s，不延长", extension(e), why)
			continue
		case left == 0 && e.AgreedOn.After(lastDayBefore(end)):
			n.say("%s，但期限已于%s届满，不能再延长", extension(e), chineseMinute(end))
			continue
		}
		n.capped = true
		n.say("%s%s", extension(e), basis(n.clock.Policy.Extends.Basis))
		if left > 0 {
			left += hoursOf(e.By)
			continue
		}
		end, left = n.run(end, hoursOf(e.By))
	}
	if left > 0 {
		r := n.standstill()
		r.Suspended.Time = left
		return r, nil
	}
	on := lastDayBefore(end)
	return Result{Deadline: Deadline{DueOn: on, DueAt: end}, Nominal: on}, nil
}

// run lets the time pass except in pauses; left is what an open one leaves.
func (n *count) run(from time.Time, length time.Duration) (end time.Time, left time.Duration) {
	end = from.Add(length)
	for _, s := range n.stops {
		begin := s.first.StartOfDay()
		if begin.Before(from) {
			begin = from
		}
		switch {
		case !begin.Before(end):
			return end, 0
		case s.open():
			return time.Time{}, end.Sub(begin)
		case s.last.EndOfDay().After(begin):
			end = end.Add(s.last.EndOfDay().Sub(begin))
		}
	}
	return end, 0
}

func hoursOf(t Term) time.Duration { return time.Duration(t.Length) * time.Hour }

// lastDayBefore is the day an instant ends, which at midnight is the day before: it is the first instant too late, as with
// the other units.
func lastDayBefore(end time.Time) Date { return DateOf(end.Add(-time.Nanosecond)) }
