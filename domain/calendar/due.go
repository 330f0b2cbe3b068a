package calendar

import "time"

// Deadline is the end of a period, with how it was found.
type Deadline struct {
	DueOn           Date      // the last day
	DueAt           time.Time // the first instant that is too late: 24:00 of DueOn, or the minute for a term of hours
	CalendarVersion string
	Provisional     bool     // a year was consulted whose arrangement is not published: the result may change
	Trace           []string // the count, line by line, in Chinese
}

// Due counts a term from a day, without pauses. The day itself is not counted (民法典 art. 201); a period of months or years
// ends on the corresponding day, else on the last of the month (art. 202); when the term rolls and its last day is a rest
// day, it ends on the next working day (art. 203); it ends at 24:00.
//
// Errors: *TermError for a term that cannot be counted, and for one of hours, which needs an instant (DueSince);
// *CoverageError when a day must be judged in a year that the calendar does not cover.
func (c *Calendar) Due(start Date, term Term) (Deadline, error) {
	r, err := c.CountStrictly(Clock{Start: start, Term: term})
	return r.Deadline, err
}

// DueSince counts a term from an instant: a term of hours from that moment on (民法典 art. 201 para. 2), any other from its
// day in China.
func (c *Calendar) DueSince(start time.Time, term Term) (Deadline, error) {
	if term.Unit != Hour {
		return c.Due(DateOf(start), term)
	}
	r, err := c.CountStrictly(Clock{Since: start, Term: term})
	return r.Deadline, err
}
