package domain

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"baimi/domain/calendar"
)

// Counting is under which calendar and rules clocks of a case were counted.
type Counting struct {
	CalendarVersion string
	RulesVersion    string
	CaseID          uuid.UUID
}

// CountingBy is how clocks are counted by a calendar and the rules of this program.
func CountingBy(days *calendar.Calendar) Counting {
	return Counting{CalendarVersion: days.Version(), RulesVersion: book.Version}
}

// CountedBy tells whether the clock was counted so.
func (d Deadline) CountedBy(now Counting) bool {
	return d.CalendarVersion == now.CalendarVersion && d.RulesVersion == now.RulesVersion
}

// ClockChange is a clock that ends otherwise when it is counted otherwise.
type ClockChange struct {
	Deadline Deadline // as it is stored
	Text     string   // from which day to which, in Chinese
	Days     int      // by how many days later, negative for earlier; 0 where one of the two has no day
	Why      []string // in Chinese
}

// Line is the change as a line of a report about a case.
func (x ClockChange) Line(c *Case) string {
	text := fmt.Sprintf("%s %s（%s）%s", c.DemandNo.Print(), x.Deadline.Name(), x.Deadline.Rule, x.Text)
	if len(x.Why) > 0 {
		text += "：" + strings.Join(x.Why, "；")
	}
	return text
}

// Recounted are the clocks whose stored end is not the one that the calendar and the rules of this program give, running
// and stopped ones.
func (c *Case) Recounted(days *calendar.Calendar) ([]ClockChange, error) {
	var changes []ClockChange
	for _, d := range c.Deadlines {
		now, err := c.Counted(d, days)
		if err != nil {
			return nil, fmt.Errorf("clock %d of case %s: %w", d.No, c.CaseID(), err)
		}
		if now.DueOn == d.DueOn && sameMoment(now.DueAt, d.DueAt) {
			continue
		}
		x := ClockChange{Deadline: d, Text: d.end() + "改为" + now.end()}
		if !d.DueOn.IsZero() && !now.DueOn.IsZero() {
			x.Days = d.DueOn.DaysUntil(now.DueOn)
		}
		if d.RulesVersion != now.RulesVersion && (d.Length != now.Length || d.Unit != now.Unit) {
			x.Why = append(x.Why, fmt.Sprintf("期限规则由版本%s改为版本%s", d.RulesVersion, now.RulesVersion))
		}
		if d.CalendarVersion != now.CalendarVersion {
			x.Why = append(x.Why, fmt.Sprintf("工作日历由版本%s改为版本%s", d.CalendarVersion, now.CalendarVersion))
		}
		changes = append(changes, x)
	}
	return changes, nil
}

// Tried are the clocks that another calendar would end otherwise than this one, running and stopped ones, with the days
// that make the difference.
func (c *Case) Tried(was, is *calendar.Calendar) []ClockChange {
	byID := map[string]Deadline{}
	var stored []calendar.Stored
	for _, d := range c.Deadlines {
		id := strconv.Itoa(d.No)
		byID[id] = d
		stored = append(stored, c.stored(id, d))
	}
	var changes []ClockChange
	for _, x := range calendar.Recompute(stored, calendar.World{Calendar: was, Rules: book}, calendar.World{Calendar: is, Rules: book}) {
		text := strings.TrimPrefix(x.String(), x.ID+"：")
		changes = append(changes, ClockChange{Deadline: byID[x.ID], Text: text, Days: x.Days, Why: x.Why})
	}
	return changes
}

// stored is a clock as the calendar tries it: its rule was chosen when it began and is not chosen anew.
func (c *Case) stored(id string, d Deadline) calendar.Stored {
	s := calendar.Stored{ID: id, Rule: d.Key()}
	if rule, k, err := c.clock(d); err == nil { // without a rule in force it cannot be counted in either world, and nothing changes
		s.Days, s.Since = map[calendar.Event]calendar.Date{rule.From: d.StartsOn}, k.Since
		s.Pauses, s.Extensions = k.Pauses, k.Extensions
	}
	return s
}

// end is the end of a clock in words.
func (d Deadline) end() string {
	switch {
	case d.DueAt == nil:
		return "中止中"
	case d.StartsAt != nil:
		return d.DueAt.In(calendar.Shanghai).Format("2006年1月2日15时04分")
	}
	return d.DueOn.Chinese()
}

func sameMoment(a, b *time.Time) bool {
	return (a == nil) == (b == nil) && (a == nil || a.Equal(*b))
}
