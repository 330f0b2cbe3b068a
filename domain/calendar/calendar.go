package calendar

import (
	"fmt"
	"time"
)

// Entry is one day that the calendar says something about: a rest day of a holiday arrangement, or a weekend day worked
// in exchange (调休上班). Days without an entry follow the week.
type Entry struct {
	Day         Date
	Working     bool
	Name        string // 春节, 国庆节
	Source      string // the notice or article it comes from
	Provisional bool   // the year's notice was not out yet when it was entered
}

// Calendar knows the working days of the years it covers. It is immutable; build one with New and share it.
//
// Entries are only the exceptions to the week, because that is what the State Council publishes and what can be compared
// with the notice line by line.
type Calendar struct {
	version string
	entries map[Date]Entry
	years   map[int]yearState
}

type yearState struct{ covered, provisional bool }

// New builds a calendar of a version from dated entries in any order.
//
// A year is covered when its 1 January is among the entries: 元旦 is a statutory holiday of every year, whereas some other
// entry may belong to the next year's notice (2022-12-31 was given by that of 2023). A year with a provisional entry is
// provisional as a whole, since its exchanged days are unknown. Errors: no version, a day entered twice, a zero day.
func New(version string, entries []Entry) (*Calendar, error) {
	if version == "" {
		return nil, fmt.Errorf("calendar: no version")
	}
	c := &Calendar{version: version, entries: make(map[Date]Entry, len(entries)), years: map[int]yearState{}}
	for _, e := range entries {
		if e.Day.IsZero() {
			return nil, fmt.Errorf("calendar %s: entry %q has no day", version, e.Name)
		}
		if _, twice := c.entries[e.Day]; twice {
			return nil, fmt.Errorf("calendar %s: %s is entered twice", version, e.Day)
		}
		c.entries[e.Day] = e
		y := c.years[e.Day.Year()]
		y.covered = y.covered || e.Day.Month() == time.January && e.Day.Day() == 1
		y.provisional = y.provisional || e.Provisional
		c.years[e.Day.Year()] = y
	}
	return c, nil
}

// Version names the data, so that a stored deadline can tell what it was computed from.
func (c *Calendar) Version() string { return c.version }

// Covers reports whether the calendar knows the working days of d's year.
func (c *Calendar) Covers(d Date) bool { return c.years[d.Year()].covered }

// Provisional reports whether d lies in a year whose arrangement was not published.
func (c *Calendar) Provisional(d Date) bool { return c.years[d.Year()].provisional }

// Entry returns what the calendar says about d beyond the week.
func (c *Calendar) Entry(d Date) (Entry, bool) {
	e, ok := c.entries[d]
	return e, ok
}

// Working reports whether d is a working day. A rest day is any day that is not (ruling P9): holidays, days off in
// exchange and weekends alike. The error is a *CoverageError when d's year is not covered.
func (c *Calendar) Working(d Date) (bool, error) {
	if !c.Covers(d) {
		return false, &CoverageError{Version: c.version, Day: d}
	}
	return c.working(d), nil
}

func (c *Calendar) working(d Date) bool {
	if e, ok := c.entries[d]; ok {
		return e.Working
	}
	return !weekend(d)
}

func weekend(d Date) bool {
	wd := d.Weekday()
	return wd == time.Saturday || wd == time.Sunday
}

// CoverageError says that a count needs a year which the calendar does not cover.
type CoverageError struct {
	Version string
	Day     Date // the first day that would have to be known
	// Last is the last day before any move for rest days, when the count got that far: the period ends on that day or
	// later. It is zero for a period of working days.
	Last Date
}

func (e *CoverageError) Error() string {
	return fmt.Sprintf("%d年的放假安排尚未录入（日历版本 %s），无法判断%s是否为工作日", e.Day.Year(), e.Version, e.Day.Chinese())
}
