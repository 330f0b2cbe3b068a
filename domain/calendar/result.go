package calendar

import (
	"strings"
	"time"
)

// Result is what a count of a clock found.
type Result struct {
	// Deadline is the end. Its DueOn and DueAt are zero while the clock is suspended.
	Deadline
	// Nominal is the last day before the move for rest days; zero while suspended, and for hours DueOn.
	Nominal Date
	// Suspended is set while a pause lasts that began before the end: there is no due day then.
	Suspended *Suspension
	// Assumed are the years judged by the plain week because the calendar does not cover them. The result is provisional.
	Assumed []int
}

// Suspension is a clock that stands still (中止中).
type Suspension struct {
	Since Date // the last day that counted: that on which the pause began, or the start itself
	// Left is what remains when the pause ends, to be counted from the day of its end, itself not counted. There is more
	// than one entry only when the parties named a day for a clock of working days: then the one that ends last holds.
	Left []Left
	// Time is what remains of a clock of hours; Left is empty then.
	Time time.Duration
}

// Left is a remaining length: usually one term, several when an extension by another unit follows.
type Left []Term

// String is 12个工作日, or 12个工作日再加1个月.
func (l Left) String() string {
	texts := make([]string, len(l))
	for i, t := range l {
		texts[i] = t.String()
	}
	return strings.Join(texts, "再加")
}

// add appends a term, to the last one when that is counted alike.
func (l Left) add(t Term) Left {
	if end := len(l) - 1; end >= 0 && l[end].Unit == t.Unit && (t.Unit == Day || t.Unit == WorkingDay) {
		l[end].Length += t.Length
		return l
	}
	return append(l, Term{Length: t.Length, Unit: t.Unit})
}

// String is the state as shown in lists: 中止中，尚余12个工作日.
func (s *Suspension) String() string {
	if s.Time > 0 {
		return "中止中，尚余" + chineseDuration(s.Time)
	}
	texts := make([]string, len(s.Left))
	for i, l := range s.Left {
		texts[i] = l.String()
	}
	if len(texts) > 1 {
		return "中止中，尚余" + strings.Join(texts, "或") + "（以较晚届满者为准）"
	}
	return "中止中，尚余" + strings.Join(texts, "")
}
