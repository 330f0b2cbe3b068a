package domain

import (
	"time"

	"github.com/google/uuid"

	"baimi/domain/calendar"
)

// Deadline is a clock of a case: its inputs, and what the calendar of a version made of them. Whether it is overdue
// follows from time and is stored nowhere.
type Deadline struct {
	County          County         `gorm:"primaryKey" json:"-"`
	CaseID          uuid.UUID      `gorm:"primaryKey" json:"-"`
	No              int            `gorm:"primaryKey;autoIncrement:false" json:"-"`
	Rule            string         `json:"rule"`    // D1 to D20
	Variant         string         `json:"variant"` // which of several lengths under one number
	ObligationNo    *int           `json:"obligationNo"`
	StartsOn        calendar.Date  `json:"startsOn"`
	Length          int            `json:"length"`
	Unit            calendar.Unit  `json:"unit"`
	Rolls           bool           `json:"rolls"`
	DueOn           calendar.Date  `json:"dueOn"`
	DueAt           time.Time      `json:"dueAt"` // the first instant after the last day
	CalendarVersion string         `json:"calendarVersion"`
	RulesVersion    string         `json:"rulesVersion"`
	Provisional     bool           `json:"provisional"` // touches a year whose calendar was not published
	EndedOn         *calendar.Date `json:"endedOn"`
	Alerted         bool           `gorm:"column:overdue_alerted;<-:false" json:"-"` // written by the alert job alone
}

// TableName names the table.
func (Deadline) TableName() string { return "deadline" }

// OverdueAt tells whether the clock had run out at t with nothing done.
func (d Deadline) OverdueAt(t time.Time) bool { return d.EndedOn == nil && !t.Before(d.DueAt) }

// book is the rules of time. A county that decides otherwise gets a book of its own version with the whole life cycle.
var book = calendar.Standard()

// The rules a case's own clocks go by so far.
var (
	ruleDecide  = calendar.Key{Code: "D1"}
	rulePerform = calendar.Key{Code: "D13"}
	ruleArchive = calendar.Key{Code: "D17"}
)

// medicalType and labourTypes are the ministry's types under statutes of their own.
const medicalType = "15"

var labourTypes = map[string]bool{"10": true, "11": true}

// mediatingRules are the clocks of the mediation itself, of which a case has one.
var mediatingRules = map[string]bool{"D4": true, "D5": true, "D6": true, "D7": true, "D8": true}

// Key names the rule of the clock.
func (d Deadline) Key() calendar.Key { return calendar.Key{Code: d.Rule, Variant: d.Variant} }

// ClockName is the Chinese name of a rule of time.
func ClockName(code string) string {
	for _, r := range book.Rules {
		if r.Code == code {
			return r.Name
		}
	}
	return code
}

// Name is the Chinese name of the clock.
func (d Deadline) Name() string {
	rule, err := book.Rule(d.Key(), d.StartsOn)
	if err != nil {
		return d.Rule
	}
	return rule.Name
}

// Trace tells line by line, in Chinese, how the day was computed, by the calendar given.
func (d Deadline) Trace(days *calendar.Calendar) ([]string, error) {
	rule, err := book.Rule(d.Key(), d.StartsOn)
	if err != nil {
		return nil, err
	}
	due, err := days.Count(rule.Clock(d.StartsOn, time.Time{}, nil, nil))
	return due.Trace, err
}

// mediationClock chooses the clock of the mediation by source and type of the dispute, and the day it starts from. How a
// court's referral chooses comes with diversion, which knows its kind.
func (c *Case) mediationClock() (calendar.Key, calendar.Date, error) {
	choice, err := book.Mediation(calendar.Facts{Source: calendar.Source(c.Source), Type: c.Type})
	if err != nil {
		return choice.Rule, calendar.Date{}, err
	}
	rule, err := book.Rule(choice.Rule, *c.AcceptedOn)
	if err == nil && rule.From == calendar.ApplicationArrived {
		return choice.Rule, c.RequestedOn, nil
	}
	return choice.Rule, *c.AcceptedOn, err
}

// startClock counts a clock from a day. A year without a calendar is judged by the plain week and the day marked
// provisional: a far deadline must not keep a case from being taken.
func (c *Case) startClock(a Act, key calendar.Key, from calendar.Date, obligation *int) error {
	rule, err := book.Rule(key, from)
	if err != nil {
		return err
	}
	due, err := a.Calendar.Count(rule.Clock(from, time.Time{}, nil, nil))
	if err != nil {
		return Errorf(CodeGuard, "无法计算“%s”：%s", rule.Name, err)
	}
	c.Deadlines = append(c.Deadlines, Deadline{
		County: c.County, CaseID: c.ID, No: len(c.Deadlines) + 1, Rule: key.Code, Variant: key.Variant, ObligationNo: obligation,
		StartsOn: from, Length: rule.Term.Length, Unit: rule.Term.Unit, Rolls: rule.Term.Rolls,
		DueOn: due.DueOn, DueAt: due.DueAt, CalendarVersion: due.CalendarVersion, RulesVersion: book.Version, Provisional: due.Provisional,
	})
	return nil
}

// stopClocks ends the running clocks that match, on the day the thing was done.
func (c *Case) stopClocks(on calendar.Date, match func(Deadline) bool) {
	for i := range c.Deadlines {
		if d := &c.Deadlines[i]; d.EndedOn == nil && match(*d) {
			d.EndedOn = &on
		}
	}
}

func anyClock(Deadline) bool { return true }
