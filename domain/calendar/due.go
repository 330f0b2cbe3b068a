package calendar

import (
	"errors"
	"fmt"
	"time"
)

// Deadline is the end of a period, with how it was found.
type Deadline struct {
	DueOn           Date      // the last day
	DueAt           time.Time // the first instant that is too late: 24:00 of DueOn, or the minute for a term of hours
	CalendarVersion string
	Provisional     bool     // a year was consulted whose arrangement is not published: the result may change
	Trace           []string // the count, line by line, in Chinese
}

// Due counts a term from a day. The day itself is not counted (民法典 art. 201); a period of months or years ends on the
// corresponding day, else on the last of the month (art. 202); when the term rolls and its last day is a rest day, it ends
// on the next working day (art. 203); it ends at 24:00.
//
// Errors: *TermError for a term that cannot be counted, and for one of hours, which needs an instant (DueSince);
// *CoverageError when a day must be judged in a year that the calendar does not cover.
func (c *Calendar) Due(start Date, term Term) (Deadline, error) {
	if err := term.check(); err != nil {
		return Deadline{}, err
	}
	if start.IsZero() {
		return Deadline{}, &TermError{term, "没有起算日"}
	}
	if term.Unit == Hour {
		return Deadline{}, &TermError{term, "按小时计算的期间需要起算时刻"}
	}
	n := count{calendar: c, term: term}
	n.start(start)
	last, err := n.lastDay(start)
	if err == nil && term.Rolls {
		last, err = n.roll(last)
	}
	if err != nil {
		return Deadline{}, err
	}
	return n.finish(last), nil
}

// DueSince counts a term from an instant: a term of hours from that moment on (民法典 art. 201 para. 2), any other from its
// day in China.
func (c *Calendar) DueSince(start time.Time, term Term) (Deadline, error) {
	if term.Unit != Hour {
		return c.Due(DateOf(start), term)
	}
	if err := term.check(); err != nil {
		return Deadline{}, err
	}
	at := start.Add(time.Duration(term.Length) * time.Hour)
	return Deadline{
		// DueAt is the first instant too late, so an end at midnight belongs to the day before, as with Due.
		DueOn: DateOf(at.Add(-time.Nanosecond)), DueAt: at, CalendarVersion: c.version,
		Trace: []string{
			"自" + chineseMinute(start) + "起计算" + term.String() + "（民法典第二百零一条第二款）",
			"截止时间为" + chineseMinute(at),
		},
	}, nil
}

// count is one count under way.
type count struct {
	calendar    *Calendar
	term        Term
	provisional map[int]bool
	trace       []string
}

// lastDay finds the last day before any move.
func (n *count) lastDay(start Date) (Date, error) {
	last := start
	switch n.term.Unit {
	case WorkingDay:
		return n.workingDays(start)
	case Day:
		last = start.AddDays(n.term.Length)
	case Month:
		last = start.AddMonths(n.term.Length)
	case Year:
		last = start.AddYears(n.term.Length)
	}
	n.nominal(start, last)
	return last, nil
}

// workingDays walks from the day after start until the term's number of working days has passed.
func (n *count) workingDays(start Date) (Date, error) {
	d := start
	var run run
	for counted := 0; counted < n.term.Length; {
		d = d.AddDays(1)
		working, err := n.judge(d)
		if err != nil {
			return Date{}, err
		}
		if working {
			counted++
		}
		n.walk(&run, d, working, counted)
	}
	n.endRun(&run)
	return d, nil
}

// roll moves the last day to the next working day when it is a rest day.
func (n *count) roll(last Date) (Date, error) {
	for d := last; ; d = d.AddDays(1) {
		working, err := n.judge(d)
		if err != nil {
			var uncovered *CoverageError
			if errors.As(err, &uncovered) && n.term.Unit != WorkingDay {
				uncovered.Last = last
			}
			return Date{}, err
		}
		if working {
			n.rolled(last, d)
			return d, nil
		}
	}
}

// judge asks the calendar about one day and remembers what the answer rests on.
func (n *count) judge(d Date) (bool, error) {
	working, err := n.calendar.Working(d)
	if err == nil && n.calendar.Provisional(d) {
		if n.provisional == nil {
			n.provisional = map[int]bool{}
		}
		n.provisional[d.Year()] = true
	}
	return working, err
}

func (n *count) finish(last Date) Deadline {
	n.end(last)
	return Deadline{
		DueOn: last, DueAt: last.EndOfDay(), CalendarVersion: n.calendar.version,
		Provisional: len(n.provisional) > 0, Trace: n.trace,
	}
}

func chineseMinute(t time.Time) string {
	t = t.In(Shanghai)
	return fmt.Sprintf("%s%d时%02d分", DateOf(t).Chinese(), t.Hour(), t.Minute())
}
