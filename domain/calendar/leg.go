package calendar

// leg counts one term on from a day: the clock's own, or that of an extension. It returns the last day, or the term that
// an open pause leaves.
func (n *count) leg(from Date, term Term) (last Date, left Term, err error) {
	if term.Unit == WorkingDay {
		return n.workingLeg(from, term)
	}
	start := n.running(from)
	nominal := term.from(start)
	if nominal.Year() > lastYear {
		return Date{}, Term{}, &TermError{term, "届满日超出可计算的年份"}
	}
	last, rest := n.calendarDays(from, start.DaysUntil(nominal))
	if term.Unit == Day { // told from the day it goes on from, as one counts it on the wall
		start, nominal = from, term.from(from)
	}
	n.nominal(start, nominal, term, last, rest)
	return last, Term{Length: rest, Unit: Day}, nil
}

// running is the day it would be without the pauses so far. Months are counted there, and their end moves by the days of
// all pauses (P9). Counted from the real day, a month that goes on after a pause could be a shorter one than before it,
// and a longer pause would end the clock earlier.
func (n *count) running(d Date) Date {
	idle := 0
	for _, s := range n.stops {
		if last := earlier(s.last, d); !s.open() && !last.Before(s.first) {
			idle += s.first.DaysUntil(last) + 1
		}
	}
	return d.AddDays(-idle)
}

// from is the last day of a term without pauses.
func (t Term) from(start Date) Date {
	switch t.Unit {
	case Month:
		return start.AddMonths(t.Length)
	case Year:
		return start.AddYears(t.Length)
	}
	return start.AddDays(t.Length)
}

// workingLeg walks from the day after from until the term's number of working days has passed.
func (n *count) workingLeg(from Date, term Term) (last Date, left Term, err error) {
	d, tally := from, tally{from: from}
	for counted := 0; counted < term.Length; {
		d = d.AddDays(1)
		stopped, open := n.stopped(d)
		if open {
			n.tallied(tally, term, d.AddDays(-1), counted)
			return Date{}, Term{Length: term.Length - counted, Unit: WorkingDay}, nil
		}
		if stopped {
			tally.stopped++
			continue
		}
		working, err := n.judge(d)
		if err != nil {
			return Date{}, Term{}, err
		}
		if working {
			counted++
		}
		entry, named := n.calendar.Entry(d)
		tally.add(d, working, entry, named)
	}
	n.tallied(tally, term, d, term.Length)
	return d, Term{}, nil
}

// tally is what a walk over working days met, for the trace.
type tally struct {
	from     Date // the day before the first
	stopped  int
	weekends int
	rests    []named
	worked   []named
}

// named is a stretch of neighbouring days for which the calendar gives the same name.
type named struct {
	from, to Date
	name     string
}

func (t *tally) add(d Date, working bool, e Entry, entered bool) {
	switch {
	case entered && working && weekend(d):
		t.worked = join(t.worked, d, e.Name)
	case working:
	case entered:
		t.rests = join(t.rests, d, e.Name)
	default:
		t.weekends++
	}
}

func join(stretches []named, d Date, name string) []named {
	if end := len(stretches) - 1; end >= 0 && stretches[end].name == name && stretches[end].to.AddDays(1) == d {
		stretches[end].to = d
		return stretches
	}
	return append(stretches, named{d, d, name})
}
