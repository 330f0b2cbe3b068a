package domain

import (
	"time"

	"baimi/domain/calendar"
)

// AgendaItem is a line of the calendar of sessions: names are masked, as in every list.
type AgendaItem struct {
	MediationSession
	DemandNo  DemandNo
	FileNo    *string
	Type      string
	Committee OrgID
	People    []PartySummary // who is asked to come, or came
}

// AgendaFilter narrows the calendar to days in China, both included, and to one mediator.
type AgendaFilter struct {
	From, To calendar.Date
	Mediator PersonID // 0 for everybody's
	Room     RoomID   // 0 for every room
}

// agendaDays is how much of the calendar is read at once.
const agendaDays = 42

// MostAgenda is how many sessions are shown at once.
const MostAgenda = 500

// Check refuses a period that is upside down or too long.
func (f AgendaFilter) Check() error {
	var p problems
	if f.To.Before(f.From) {
		p.add("/to", "too_early", "结束日期不能早于开始日期")
	} else if f.To.After(f.From.AddDays(agendaDays)) {
		p.add("/to", "too_late", "一次最多查看%d天", agendaDays)
	}
	return p.err()
}

// Since and Until are the moments between which the sessions begin.
func (f AgendaFilter) Since() time.Time { return f.From.StartOfDay() }

// Until is the first moment after the period.
func (f AgendaFilter) Until() time.Time { return f.To.AddDays(1).StartOfDay() }
