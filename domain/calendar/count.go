package calendar

import (
	"errors"
	"maps"
	"slices"
)

// Count finds the end of a clock. A year that the calendar does not cover is judged by the plain week: the result is then
// provisional, names the years in Assumed, and the trace says so. A far deadline must not keep a case from being accepted.
//
// Errors: *TermError for a term that cannot be counted, *ClockError for pauses and extensions that contradict themselves.
func (c *Calendar) Count(k Clock) (Result, error) { return c.count(k, false) }

// CountStrictly is Count that refuses, with a *CoverageError, to judge a day of a year that the calendar does not cover.
func (c *Calendar) CountStrictly(k Clock) (Result, error) { return c.count(k, true) }

func (c *Calendar) count(k Clock, strict bool) (Result, error) {
	if err := k.check(); err != nil {
		return Result{}, err
	}
	n := &count{calendar: c, clock: k, strict: strict, stops: k.stops(), provisional: map[int]bool{}, assumed: map[int]bool{}}
	n.start()
	pauses := len(n.trace) // their lines stand here, but what they did is known at the end
	find := n.days
	if k.Term.Unit == Hour {
		find = n.hours
	}
	r, err := find()
	if err != nil {
		return Result{}, err
	}
	n.trace = slices.Insert(n.trace, pauses, n.pauses(r.DueOn)...)
	n.end(r)
	r.CalendarVersion, r.Trace = c.version, n.trace
	r.Provisional, r.Assumed = len(n.provisional)+len(n.assumed) > 0, slices.Sorted(maps.Keys(n.assumed))
	return r, nil
}

// count is one count under way.
type count struct {
	calendar             *Calendar
	clock                Clock
	strict               bool
	stops                []stop
	last                 Date   // the last day so far, before any move; zero while suspended
	left                 []Left // what an open pause has left, instead of last
	capped               bool   // the one extension of a capped rule is used up
	provisional, assumed map[int]bool
	trace                []string
}

// days counts a clock of days, working days, months or years.
func (n *count) days() (Result, error) {
	last, left, err := n.leg(n.clock.Start, n.clock.Term)
	if err != nil {
		return Result{}, err
	}
	n.reach(last, left)
	for _, e := range sortedExtensions(n.clock.Extensions) {
		if err := n.extend(e); err != nil {
			return Result{}, err
		}
	}
	if n.suspended() {
		return n.standstill(), nil
	}
	nominal := n.last
	due, err := n.moved(nominal)
	if err != nil {
		return Result{}, err
	}
	n.rolled(nominal, due)
	if due.IsZero() {
		n.reach(due, Term{Unit: Day})
		return n.standstill(), nil
	}
	return Result{Deadline: Deadline{DueOn: due, DueAt: due.EndOfDay()}, Nominal: nominal}, nil
}

func (n *count) suspended() bool { return n.last.IsZero() }

func (n *count) reach(last Date, left Term) {
	n.last, n.left = last, nil
	if last.IsZero() {
		n.left = []Left{{left}}
	}
}

func (n *count) standstill() Result {
	open := n.stops[len(n.stops)-1] // nothing follows an open one
	return Result{Suspended: &Suspension{Since: later(open.first.AddDays(-1), n.clock.start()), Left: n.left}}
}

// moved is the last day after the move for rest days (民法典 art. 203), when the term rolls: the first day on which one can
// act, so neither a rest day nor a day of a pause. It is zero when an open pause comes first.
func (n *count) moved(last Date) (Date, error) {
	if !n.clock.Term.Rolls {
		return last, nil
	}
	for d := last; ; d = d.AddDays(1) {
		stopped, open := n.stopped(d)
		if open {
			return Date{}, nil
		}
		if stopped {
			continue
		}
		working, err := n.judge(d)
		if err != nil {
			var uncovered *CoverageError
			if errors.As(err, &uncovered) && n.clock.Term.Unit != WorkingDay {
				uncovered.Last = last
			}
			return Date{}, err
		}
		if working {
			return d, nil
		}
	}
}

// judge asks the calendar about one day and remembers what the answer rests on.
func (n *count) judge(d Date) (bool, error) {
	switch covered := n.calendar.Covers(d); {
	case d.Year() > lastYear:
		return false, &TermError{n.clock.Term, "届满日超出可计算的年份"}
	case !covered && n.strict:
		return false, &CoverageError{Version: n.calendar.version, Day: d}
	case !covered:
		n.assumed[d.Year()] = true
	case n.calendar.Provisional(d):
		n.provisional[d.Year()] = true
	}
	return n.calendar.working(d), nil
}
