package storage

import (
	"slices"
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

// checkAlerts holds the alerts of a case to its clocks, both ways.
func (k *checker) checkAlerts(c *domain.Case, alerts []checkAlert, where string) {
	told := map[int]bool{}
	for _, a := range alerts {
		k.sum.Alerts++
		told[a.DeadlineNo] = true
		i := slices.IndexFunc(c.Deadlines, func(d domain.Deadline) bool { return d.No == a.DeadlineNo })
		if i < 0 {
			k.found(FoundAlert, where, "an alert of clock %d, which is not there", a.DeadlineNo)
			continue
		}
		d := c.Deadlines[i]
		if a.Rule != d.Rule || !sameMoment(&a.DueAt, d.DueAt) {
			k.found(FoundAlert, where, "the alert of clock %d tells of %s at %s, the clock is %s at %s", d.No, a.Rule, moment(&a.DueAt), d.Rule, moment(d.DueAt))
		}
		if deref(a.ResolvedOn) != deref(d.EndedOn) {
			k.found(FoundAlert, where, "the alert of clock %d was resolved on %q, the clock stopped on %q", d.No, deref(a.ResolvedOn), deref(d.EndedOn))
		}
		if a.AreaPath != c.AreaPath || a.Committee != c.Committee || a.Confidentiality != c.Confidentiality ||
			!slices.Equal(a.Orgs, c.Orgs) || !slices.Equal(a.Readers, c.Readers) {
			k.found(FoundAlert, where, "the alert of clock %d shows to others than the case", d.No)
		}
	}
	for _, d := range c.Deadlines {
		switch {
		case d.Alerted != told[d.No]:
			k.found(FoundAlert, where, "clock %d is marked as told of: %v; its alert is there: %v", d.No, d.Alerted, told[d.No])
		case d.OverdueAt(k.now.Add(-alertGrace)) && !told[d.No]:
			k.found(FoundAlert, where, "clock %d (%s) ran out on %s and nobody was told", d.No, d.Rule, d.DueOn)
		}
	}
}
