package calendar

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// Clock is all that a deadline is computed from. It is stored as it is and never moved by hand: a deadline is counted
// anew from its clock each time something in it changes.
type Clock struct {
	Title      string    // what it is the clock of, the first line of the trace; may be empty
	Start      Date      // the day of the event it counts from, itself not counted
	Since      time.Time // the moment of that event, instead of Start, for a term of hours
	Term       Term
	Pauses     []Span
	Extensions []Extension
	Policy     Policy // which of the pauses and extensions its rule lets count
}

// check refuses what no one can count. A pause or an extension that merely has no effect is no mistake: the trace says so.
func (k Clock) check() error {
	if err := k.Term.check(); err != nil {
		return err
	}
	switch {
	case k.Term.Unit == Hour && k.Since.IsZero():
		return &TermError{k.Term, "按小时计算的期间需要起算时刻"}
	case k.Term.Unit != Hour && k.Start.IsZero():
		return &TermError{k.Term, "没有起算日"}
	case k.start().Year() > lastYear:
		return &TermError{k.Term, "起算日超出可计算的年份"}
	}
	for _, s := range k.Pauses {
		if err := s.check(); err != nil {
			return err
		}
	}
	for _, e := range k.Extensions {
		if err := e.check(k.Term.Unit); err != nil {
			return err
		}
	}
	return nil
}

// start is the day of the event, also for hours.
func (k Clock) start() Date {
	if k.Term.Unit == Hour {
		return DateOf(k.Since)
	}
	return k.Start
}

// lastYear keeps every count away from the end of the four-digit years, where dates would stand still.
const lastYear = 9000

// Span is a pause (中止). From is the day on which it began, To the day on which it ended, zero while it lasts. On both days
// something could still be done, so both count, and those after From up to To do not (ruling P9): a pause that ends on
// the day it began leaves out nothing, and two of which one ends on the day the other begins are one.
type Span struct {
	From   Date   `json:"from"`
	To     Date   `json:"to"`
	Reason Reason `json:"reason"`
}

// Open reports whether the pause lasts.
func (s Span) Open() bool { return s.To.IsZero() }

func (s Span) check() error {
	switch {
	case s.From.IsZero():
		return &ClockError{"中止没有开始日"}
	case !s.Open() && s.To.Before(s.From):
		return &ClockError{fmt.Sprintf("中止的结束日%s早于开始日%s", s.To.Chinese(), s.From.Chinese())}
	case s.From.Year() > lastYear || s.To.Year() > lastYear:
		return &ClockError{"中止的日期超出可计算的年份"}
	}
	return nil
}

// sortedPauses is in the order of their beginning, whatever the order they were entered in.
func sortedPauses(spans []Span) []Span {
	sorted := slices.Clone(spans)
	slices.SortFunc(sorted, func(a, b Span) int {
		return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To), cmp.Compare(a.Reason, b.Reason))
	})
	return sorted
}

// Extension is an agreement to prolong a period: either until a named day, or by a further term that goes on from the last
// day so far. Exactly one of Until and By is given.
//
// A named day is the last day as seen on the day of the agreement: a pause afterwards moves it as it moves any other. The
// rulings are silent here; but the time of an appraisal is not counted in the period for mediation, and an extended
// period is still that period.
type Extension struct {
	AgreedOn Date   `json:"agreedOn"`
	Until    Date   `json:"until"`
	By       Term   `json:"by"` // its Rolls is not read: the clock's own term says whether the last day rolls
	SignedBy []Side `json:"signedBy"`
}

// furtherUnits are what a period may be prolonged by. Working days and months do not mix: how long a month is depends on the
// day it begins, and a holiday more among the working days before could end such a period earlier. A named day can.
var furtherUnits = map[Unit][]Unit{
	Hour: {Hour}, WorkingDay: {WorkingDay, Day}, Day: {Day, Month, Year}, Month: {Day, Month, Year}, Year: {Day, Month, Year},
}

func (e Extension) check(unit Unit) error {
	by := e.By.Length != 0
	switch {
	case e.AgreedOn.IsZero():
		return &ClockError{"延长没有同意的日期"}
	case by != e.Until.IsZero():
		return &ClockError{"延长须写明新的最后一日，或者延长的长度，二者择一"}
	case !by && unit == Hour:
		return &ClockError{"按小时计算的期间只能延长若干小时"}
	case !by && e.Until.Before(e.AgreedOn):
		return &ClockError{fmt.Sprintf("延长至%s，早于同意之日%s", e.Until.Chinese(), e.AgreedOn.Chinese())}
	case e.AgreedOn.Year() > lastYear || e.Until.Year() > lastYear:
		return &ClockError{"延长的日期超出可计算的年份"}
	case by && !slices.Contains(furtherUnits[unit], e.By.Unit):
		return &ClockError{fmt.Sprintf("按“%s”计算的期间不能延长若干“%s”，请写明新的最后一日", unit.Name(), e.By.Unit.Name())}
	case by:
		plain := e.By
		plain.Rolls = false
		return plain.check()
	}
	return nil
}

// sortedExtensions is in the order of the agreements; on one day the order is fixed, so that it does not depend on the
// order they were entered in.
func sortedExtensions(extensions []Extension) []Extension {
	sorted := slices.Clone(extensions)
	slices.SortFunc(sorted, func(a, b Extension) int {
		return cmp.Or(a.AgreedOn.Compare(b.AgreedOn), a.Until.Compare(b.Until), cmp.Compare(a.By.Unit, b.By.Unit),
			cmp.Compare(a.By.Length, b.By.Length), slices.Compare(a.SignedBy, b.SignedBy))
	})
	return sorted
}

// ClockError refuses pauses and extensions that contradict themselves.
type ClockError struct{ Reason string }

func (e *ClockError) Error() string { return e.Reason }
