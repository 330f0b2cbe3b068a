package calendar

import (
	"fmt"
	"time"
)

// World is what deadlines are counted under: a calendar and a rule book, each of a version.
type World struct {
	Calendar *Calendar
	Rules    Rulebook
}

// Stored is a deadline as a store keeps it: the inputs, whatever version of calendar and rules they are counted under. The
// clock of a mediation keeps its Facts instead of its Rule, so that a changed choice can be tried too.
type Stored struct {
	ID         string // the caller's
	Rule       Key
	Facts      *Facts
	Days       map[Event]Date // the days of the events a rule may count from; all that are known
	Since      time.Time      // for a rule of hours, the moment of its event
	Pauses     []Span
	Extensions []Extension
}

// Outcome is what a World makes of a stored deadline.
type Outcome struct {
	Rule   Rule
	Result Result
	Err    error
}

// Count counts a stored deadline: chooses its rule, finds the version in force on the day of its event, and counts.
func (w World) Count(s Stored) Outcome {
	key := s.Rule
	if s.Facts != nil {
		choice, err := w.Rules.Mediation(*s.Facts)
		if err != nil {
			return Outcome{Err: err}
		}
		key = choice.Rule
	}
	for _, r := range w.Rules.Rules {
		start := s.Days[r.From]
		if r.Term.Unit == Hour && !s.Since.IsZero() {
			start = DateOf(s.Since)
		}
		if r.Key() == key && !start.IsZero() && r.inForce(start) {
			result, err := w.Calendar.Count(r.Clock(start, s.Since, s.Pauses, s.Extensions))
			return Outcome{r, result, err}
		}
	}
	return Outcome{Err: &RuleError{fmt.Sprintf("规则版本%s对规则%s没有当时有效的条文，或者没有起算日", w.Rules.Version, key)}}
}

// Change is a deadline whose end differs between two worlds.
type Change struct {
	ID       string
	Old, New Outcome
	Days     int      // by how many days it ends later, negative for earlier; 0 unless both have a day
	Why      []string // in Chinese: which rule, length or days of the calendar made the difference
}

// Recompute tries a change before it is put in force: it counts stored deadlines under both worlds and returns those that
// end on another day or minute, are suspended otherwise, or can be counted in one world only, in the order given.
func Recompute(stored []Stored, was, is World) []Change {
	var changes []Change
	for _, s := range stored {
		c := Change{ID: s.ID, Old: was.Count(s), New: is.Count(s)}
		if c.Old.end() == c.New.end() {
			continue
		}
		if from, to := c.Old.Result.DueOn, c.New.Result.DueOn; !from.IsZero() && !to.IsZero() {
			c.Days = from.DaysUntil(to)
		}
		c.Why = why(s, c, was, is)
		changes = append(changes, c)
	}
	return changes
}

// String is the change as a line of a report.
func (c Change) String() string {
	text := fmt.Sprintf("%s：%s改为%s", c.ID, c.Old.end(), c.New.end())
	switch {
	case c.Days > 0:
		text += fmt.Sprintf("，推后%d日", c.Days)
	case c.Days < 0:
		text += fmt.Sprintf("，提前%d日", -c.Days)
	}
	return text
}

// end is the end in words, by which two outcomes are compared and shown.
func (o Outcome) end() string {
	switch {
	case o.Err != nil:
		return "不能计算（" + o.Err.Error() + "）"
	case o.Result.Suspended != nil:
		return o.Result.Suspended.String()
	case o.Rule.Term.Unit == Hour:
		return chineseMinute(o.Result.DueAt)
	}
	return o.Result.DueOn.Chinese()
}

func why(s Stored, c Change, was, is World) []string {
	if c.Old.Err != nil || c.New.Err != nil {
		return nil
	}
	var lines []string
	if from, to := c.Old.Rule.Key(), c.New.Rule.Key(); from != to {
		lines = append(lines, fmt.Sprintf("适用的规则由%s改为%s", from, to))
	}
	lines = append(lines, c.Old.Rule.differences(c.New.Rule)...)
	from, to := c.window(s)
	return append(lines, was.Calendar.Differences(is.Calendar, from, to)...)
}

// window is the days of which it can matter whether they are worked: of a count of working days all, else only those by
// which the last one moved.
func (c Change) window(s Stored) (from, to Date) {
	a, b := c.Old.Result, c.New.Result
	from = earlier(a.Nominal, b.Nominal)
	whole := c.Old.Rule.Term.Unit == WorkingDay || c.New.Rule.Term.Unit == WorkingDay || len(s.Extensions) > 0
	if from.IsZero() || whole { // suspended: it may have been reached or not
		from = earlier(s.Days[c.Old.Rule.From], s.Days[c.New.Rule.From])
	}
	to = later(a.DueOn, b.DueOn)
	for _, r := range []Result{a, b} {
		if r.Suspended != nil {
			to = later(to, r.Suspended.Since)
		}
	}
	return from, to
}

// Differences says which days from one to another day are judged otherwise by another calendar.
func (c *Calendar) Differences(other *Calendar, from, to Date) []string {
	var stretches []named
	for d := from; !d.IsZero() && !d.After(to) && d.Year() <= lastYear; d = d.AddDays(1) {
		if c.working(d) != other.working(d) {
			stretches = join(stretches, d, fmt.Sprintf("由%s改为%s", c.state(d), other.state(d)))
		}
	}
	lines := make([]string, len(stretches))
	for i, s := range stretches {
		lines[i] = span(s.from, s.to, 0) + s.name
	}
	return lines
}

func (c *Calendar) state(d Date) string {
	e, entered := c.entries[d]
	switch {
	case entered && e.Working:
		return e.Name + "调休上班"
	case entered:
		return e.Name + "放假"
	case c.working(d):
		return "工作日"
	}
	return "周末"
}
