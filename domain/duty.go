package domain

import (
	"time"

	"baimi/domain/calendar"
)

// ClockMeaning is what it means that a clock runs out. An alert of being overdue is for duties alone; of a right people are
// reminded before it ends, and what is only told of calls nobody late.
type ClockMeaning string

// The meanings.
const (
	ClockDuty        ClockMeaning = "duty"        // somebody should have done something: overdue is a fault
	ClockRight       ClockMeaning = "right"       // the parties' own time: running out is a fact (逾期), nobody's fault
	ClockInformation ClockMeaning = "information" // another body's time
)

// Meaning tells what it means that the clock runs out. What the parties may do are rights: go to the traffic police (D9), ask a
// court to confirm (D10), object to its ruling (D12), ask for enforcement (D14).
func (d Deadline) Meaning() ClockMeaning {
	if d.Duty() {
		return ClockDuty
	}
	if rule, err := book.Rule(d.Key(), d.StartsOn); err == nil && rule.Kind == calendar.Information {
		return ClockInformation
	}
	return ClockRight
}

// DutyRules are the rules whose clocks are duties, for a query that looks for the next thing to do.
func DutyRules() []string {
	var codes []string
	for _, row := range matrix {
		if row.duty {
			codes = append(codes, row.rules...)
		}
	}
	return codes
}

// ExpiredAt tells whether the time of a right, or of another body, had run out at t: a fact, and nobody is late.
func (d Deadline) ExpiredAt(t time.Time) bool {
	return !d.Duty() && d.EndedOn == nil && d.DueAt != nil && !t.Before(*d.DueAt)
}
