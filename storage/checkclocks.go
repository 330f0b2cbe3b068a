package storage

import (
	"time"

	"baimi/domain"
)

// checkClocks counts every clock again from its inputs.
func (k *checker) checkClocks(c *domain.Case, where string) {
	for _, d := range c.Deadlines {
		k.sum.Clocks++
		due, err := c.Counted(d, k.calendar)
		same := err == nil && due.DueOn == d.DueOn && sameMoment(due.DueAt, d.DueAt)
		old := !d.CountedBy(domain.CountingBy(k.calendar))
		switch {
		case same:
		case old && !d.Running():
			k.sum.OldClocks++ // it ended under the calendar and the rules of its time, which are not kept day by day
		case err != nil:
			k.found(FoundClock, where, "clock %d (%s) cannot be counted: %s", d.No, d.Rule, err)
		case old:
			k.found(FoundClock, where, "clock %d (%s) still ends on %s by calendar %s and rules %s; by %s and %s it is %s, which the job recount has to write",
				d.No, d.Rule, d.DueOn, d.CalendarVersion, d.RulesVersion, due.CalendarVersion, due.RulesVersion, due.DueOn)
		default:
			k.found(FoundClock, where, "clock %d (%s) from %s ends on %s at %s, not %s at %s",
				d.No, d.Rule, d.StartsOn, due.DueOn, moment(due.DueAt), d.DueOn, moment(d.DueAt))
		}
	}
}

func sameMoment(a, b *time.Time) bool {
	return (a == nil) == (b == nil) && (a == nil || a.Equal(*b))
}

// moment is an instant as a report shows it; a clock that a pause holds has none.
func moment(t *time.Time) string {
	if t == nil {
		return "no moment yet"
	}
	return t.UTC().Format(time.RFC3339)
}
