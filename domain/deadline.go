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
	Rule            string         `json:"rule"`
	ObligationNo    *int           `json:"obligationNo"`
	StartsOn        calendar.Date  `json:"startsOn"`
	Length          int            `json:"length"`
	Unit            calendar.Unit  `json:"unit"`
	Rolls           bool           `json:"rolls"`
	DueOn           calendar.Date  `json:"dueOn"`
	DueAt           time.Time      `json:"dueAt"` // the first instant after the last day
	CalendarVersion string         `json:"calendarVersion"`
	EndedOn         *calendar.Date `json:"endedOn"`
	Alerted         bool           `gorm:"column:overdue_alerted;<-:false" json:"-"` // written by the alert job alone
}

// TableName names the table.
func (Deadline) TableName() string { return "deadline" }

// OverdueAt tells whether the clock had run out at t with nothing done.
func (d Deadline) OverdueAt(t time.Time) bool { return d.EndedOn == nil && !t.Before(d.DueAt) }

// Clock is a rule of time (domain.md 2.5).
type Clock struct {
	Rule  string
	Name  string
	Term  calendar.Term
	Basis string
}

// The clocks built so far; the rest of D1–D20 follows as data with the whole life cycle.
var (
	clockDecide   = Clock{"D1", "决定是否受理", calendar.Term{Length: 3, Unit: calendar.WorkingDay, Rolls: true}, "司法部令75号24（期限为产品默认值）"}
	clockMediate  = Clock{"D4", "调解期限", calendar.Term{Length: 1, Unit: calendar.Month, Rolls: true}, "司法部令75号33"}
	clockLabour   = Clock{"D7", "劳动争议调解期限", calendar.Term{Length: 15, Unit: calendar.Day, Rolls: true}, "劳动争议调解仲裁法14"}
	clockMedical  = Clock{"D8", "医疗纠纷调解期限", calendar.Term{Length: 30, Unit: calendar.WorkingDay, Rolls: true}, "医疗纠纷预防和处理条例38"}
	clockPerform  = Clock{"D13", "协议履行期限", calendar.Term{Unit: calendar.Day}, "人民调解法31"}
	clockArchive  = Clock{"D17", "归档期限", calendar.Term{Length: 30, Unit: calendar.Day, Rolls: true}, "产品默认值"}
	clocks        = []Clock{clockDecide, clockMediate, clockLabour, clockMedical, clockPerform, clockArchive}
	labourTypes   = map[string]bool{"10": true, "11": true}
	medicalType   = "15"
	mediatingRule = map[string]bool{"D4": true, "D7": true, "D8": true}
)

// ClockName is the Chinese name of a rule of time.
func ClockName(rule string) string {
	for _, c := range clocks {
		if c.Rule == rule {
			return c.Name
		}
	}
	return rule
}

// mediationClock chooses the clock of the mediation by the type of dispute, and the day it starts from.
func (c *Case) mediationClock() (Clock, calendar.Date) {
	switch {
	case labourTypes[c.Type]:
		return clockLabour, c.RequestedOn // runs from receipt of the application
	case c.Type == medicalType:
		return clockMedical, *c.AcceptedOn
	}
	return clockMediate, *c.AcceptedOn
}

func (c *Case) startClock(a Act, k Clock, from calendar.Date, obligation *int) error {
	due, err := a.Calendar.Due(from, k.Term)
	if err != nil {
		return Errorf(CodeGuard, "无法计算“%s”：%s", k.Name, err)
	}
	c.Deadlines = append(c.Deadlines, Deadline{
		County: c.County, CaseID: c.ID, No: len(c.Deadlines) + 1, Rule: k.Rule, ObligationNo: obligation,
		StartsOn: from, Length: k.Term.Length, Unit: k.Term.Unit, Rolls: k.Term.Rolls,
		DueOn: due.DueOn, DueAt: due.DueAt, CalendarVersion: due.CalendarVersion,
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
