package calendar

// stop is a stretch of days that do not count; last is zero when it has no end yet.
type stop struct{ first, last Date }

func (s stop) open() bool { return s.last.IsZero() }

// stops makes of the pauses that count the days that do not: in order, none touching another, none before the running
// time. An empty pause leaves nothing, overlapping and adjoining ones become one, and nothing follows an open one.
func (k Clock) stops() []stop {
	var merged []stop
	for _, s := range sortedPauses(k.Pauses) {
		next := stop{later(s.From.AddDays(1), k.firstDay()), s.To}
		if _, counts := k.Policy.pause(s.Reason); !counts || !next.open() && next.last.Before(next.first) {
			continue
		}
		if len(merged) == 0 {
			merged = append(merged, next)
			continue
		}
		switch before := &merged[len(merged)-1]; {
		case before.open():
		case next.first.After(before.last.AddDays(1)):
			merged = append(merged, next)
		case next.open() || next.last.After(before.last):
			before.last = next.last
		}
	}
	return merged
}

// firstDay is the first day that the clock runs on: hours run from their moment, the rest from the day after.
func (k Clock) firstDay() Date {
	if k.Term.Unit == Hour {
		return k.start()
	}
	return k.Start.AddDays(1)
}

// stopped reports whether d does not count, and whether that has no end yet.
func (n *count) stopped(d Date) (stopped, open bool) {
	for _, s := range n.stops {
		if d.Before(s.first) {
			break
		}
		if s.open() || !d.After(s.last) {
			return true, s.open()
		}
	}
	return false, false
}

// calendarDays counts days of the week alike, from the day after from. The days of a pause are not counted, so the last
// one moves by as many of them as it meets on its way. left is what an open pause leaves to be counted.
func (n *count) calendarDays(from Date, days int) (last Date, left int) {
	last = from.AddDays(days)
	for _, s := range n.stops {
		first := later(s.first, from.AddDays(1))
		switch {
		case first.After(last):
			return last, 0
		case s.open():
			return Date{}, first.AddDays(-1).DaysUntil(last)
		case !s.last.Before(first):
			last = last.AddDays(first.DaysUntil(s.last) + 1)
		}
	}
	return last, 0
}

func later(a, b Date) Date {
	if a.After(b) {
		return a
	}
	return b
}
