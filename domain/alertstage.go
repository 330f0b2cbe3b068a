package domain

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"baimi/domain/calendar"
)

// Stage is the point of a clock's life that an alert tells of: left_7d, left_1w, overdue, overdue_2w, overdue_1m (d days,
// w working days, m months). What is no clock has one: arose.
type Stage string

// Arose is the stage of what happens once.
const Arose Stage = "arose"

var unitLetters = map[calendar.Unit]string{calendar.Day: "d", calendar.WorkingDay: "w", calendar.Month: "m"}

// stage names the k-th coming of a turn.
func (t turn) stage(k int) Stage {
	switch t.side {
	case beforeIt:
		return Stage(fmt.Sprintf("left_%d%s", t.n, unitLetters[t.unit]))
	case afterIt:
		return Stage(fmt.Sprintf("overdue_%d%s", t.n*k, unitLetters[t.unit]))
	}
	return "overdue"
}

// Name is the stage in Chinese: 还剩1个工作日.
func (s Stage) Name() string {
	var n int
	var letter string
	for unit, l := range unitLetters {
		for form, words := range map[string]string{"left_%d%s": "还剩", "overdue_%d%s": "已超期"} {
			if _, err := fmt.Sscanf(string(s), form, &n, &letter); err == nil && letter == l {
				return fmt.Sprintf("%s%d%s", words, n, unit.Name())
			}
		}
	}
	return map[Stage]string{"overdue": "已超期", Arose: "发生"}[s]
}

// at is the first instant from which the k-th coming of a turn of a clock is told: the day on which so much is left, or the
// end of the day by which so much has passed.
func (t turn) at(d Deadline, k int, days *calendar.Calendar) time.Time {
	switch {
	case t.side == atEnd:
		return *d.DueAt
	case t.side == beforeIt && t.unit == calendar.WorkingDay:
		return workingDaysBefore(days, d.DueOn, t.n).StartOfDay()
	case t.side == beforeIt:
		return d.DueOn.AddDays(-t.n).StartOfDay()
	case t.unit == calendar.WorkingDay:
		return workingDaysAfter(days, d.DueOn, t.n*k).EndOfDay()
	case t.unit == calendar.Month:
		return d.DueOn.AddMonths(t.n * k).EndOfDay()
	}
	return d.DueOn.AddDays(t.n * k).EndOfDay()
}

// Stages is what has to be told of a clock up to a moment, earliest first, and when the next of it comes; nil when nothing
// does. Reminders of a time before the clock began are left out. A clock that was stopped or is held tells nothing.
func (c *Case) Stages(d Deadline, days *calendar.Calendar, upTo time.Time) (due []Told, next *time.Time) {
	row, ok := rowOf(d.Rule)
	if !ok || !d.Running() || d.DueAt == nil {
		return nil, nil
	}
	began := c.began(d)
	for _, line := range row.lines {
		for k := 1; ; k++ {
			at := line.when.at(d, k, days)
			if line.when.side == beforeIt && !calendar.DateOf(at).After(began) {
				break
			}
			if at.After(upTo) {
				if next == nil || at.Before(*next) {
					next = &at
				}
				break
			}
			for _, to := range line.to {
				if to != ForDashboard {
					due = append(due, Told{
						Kind: KindClock, Stage: line.when.stage(k), About: d.No, Rule: d.Rule, DueOn: d.DueOn, At: at, Audience: to, Level: line.level,
					})
				}
			}
			if !line.when.again {
				break
			}
		}
	}
	slices.SortStableFunc(due, func(a, b Told) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Audience, b.Audience)) })
	return due, next
}

// began is the day on which the clock began to run. A duty under an agreement counts from its own last day, so its clock
// begins with the agreement.
func (c *Case) began(d Deadline) calendar.Date {
	if d.Rule != rulePerform.Code || d.About == nil {
		return d.StartsOn
	}
	o := find(c.Obligations, *d.About)
	if o == nil {
		return calendar.Date{}
	}
	g := find(c.Agreements, o.AgreementNo)
	if g == nil || g.AgreedOn == nil { // it binds nobody yet
		return calendar.Date{}
	}
	return *g.AgreedOn
}

// stageAnew notes when a clock is to be told of next, after it was counted to another day or by another calendar. What was
// told already is not told again, whatever comes out.
func (c *Case) stageAnew(was, d Deadline, days *calendar.Calendar) *time.Time {
	same := was.DueOn == d.DueOn && was.CalendarVersion == d.CalendarVersion && (was.DueAt == nil) == (d.DueAt == nil) &&
		(d.DueAt == nil || was.DueAt.Equal(*d.DueAt))
	if same {
		return was.NextStageAt
	}
	_, next := c.Stages(d, days, time.Time{})
	return next
}

// works tells whether a day is worked; of a year without a calendar by the plain week, as deadlines are counted.
func works(days *calendar.Calendar, d calendar.Date) bool {
	working, err := days.Working(d)
	if err != nil {
		wd := d.Weekday()
		return wd != time.Saturday && wd != time.Sunday
	}
	return working
}

func workingDaysAfter(days *calendar.Calendar, d calendar.Date, n int) calendar.Date {
	for n > 0 {
		if d = d.AddDays(1); works(days, d) {
			n--
		}
	}
	return d
}

func workingDaysBefore(days *calendar.Calendar, d calendar.Date, n int) calendar.Date {
	for n > 0 {
		if d = d.AddDays(-1); works(days, d) {
			n--
		}
	}
	return d
}
