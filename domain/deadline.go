package domain

import (
	"slices"
	"time"

	"baimi/domain/calendar"
)

// Deadline is a clock of a case: its inputs, and what the calendar and the rules of a version made of them. Whether it is
// overdue follows from time and is stored nowhere.
type Deadline struct {
	CaseRow
	Rule            string         `json:"rule"`     // D1 to D20
	Variant         string         `json:"variant"`  // which of several lengths under one number
	About           *int           `json:"about"`    // the number of what it is the clock of: see Subject
	StartsOn        calendar.Date  `json:"startsOn"` // the day of the event it counts from
	StartsAt        *time.Time     `json:"startsAt"` // the moment of that event, of a clock of hours
	Length          int            `json:"length"`   // as the rule had it when it was counted last
	Unit            calendar.Unit  `json:"unit"`     //
	Rolls           bool           `json:"rolls"`    //
	DueOn           calendar.Date  `json:"dueOn"`    // the last day; zero while a pause holds the clock
	DueAt           *time.Time     `json:"dueAt"`    // the first instant after it; nil while a pause holds the clock
	CalendarVersion string         `json:"calendarVersion"`
	RulesVersion    string         `json:"rulesVersion"`
	Provisional     bool           `json:"provisional"` // touches a year whose calendar was not published
	EndedOn         *calendar.Date `json:"endedOn"`
	NextStageAt     *time.Time     `json:"-"` // when somebody is to be told of it next; moved on by the alert job
}

// TableName names the table.
func (Deadline) TableName() string { return "deadline" }

// OverdueAt tells whether the clock had run out at t with nothing done that had to be.
func (d Deadline) OverdueAt(t time.Time) bool {
	return d.Duty() && d.EndedOn == nil && d.DueAt != nil && !t.Before(*d.DueAt)
}

// Running tells whether something is still awaited, held by a pause or not.
func (d Deadline) Running() bool { return d.EndedOn == nil }

// subjects are the rules whose clocks are of one row of the case, and what that row is. All others are of the case itself.
var subjects = map[string]string{
	"D2": "transfer", "D10": "agreement", "D11": "confirmation", "D12": "confirmation", "D13": "obligation", "D14": "agreement",
	"D15": "follow_up", "D16": "escalation",
}

// Subject is the kind of the row that About numbers; "" for a clock of the case itself.
func (d Deadline) Subject() string { return subjects[d.Rule] }

// book is the rules of time. A county that decides otherwise gets a book of its own version with the whole life cycle.
var book = calendar.Standard()

// The rules a case's own clocks go by.
var (
	ruleDecide  = calendar.Key{Code: "D1"}
	ruleAnswer  = calendar.Key{Code: "D2", Variant: "other"}
	ruleCourt   = calendar.Key{Code: "D2", Variant: "court"} // of a case that a court had sent
	ruleContact = calendar.Key{Code: "D3"}
	ruleTraffic = calendar.Key{Code: "D9"}
	ruleConfirm = calendar.Key{Code: "D10"}
	ruleDocket  = calendar.Key{Code: "D11", Variant: "accept"}
	ruleObject  = calendar.Key{Code: "D12"}
	rulePerform = calendar.Key{Code: "D13"}
	ruleEnforce = calendar.Key{Code: "D14"}
	ruleVisit   = calendar.Key{Code: "D15", Variant: "again"} // of a further attempt; the first has the variant of its kind
	ruleArchive = calendar.Key{Code: "D17"}
)

// medicalType, trafficType and labourTypes are the ministry's types under statutes of their own.
const (
	medicalType = "15"
	trafficType = "16"
)

var labourTypes = map[string]bool{"10": true, "11": true}

// courtRules are the times of a court that was asked to confirm an agreement.
var courtRules = []calendar.Key{ruleDocket, {Code: "D11", Variant: "decide"}, {Code: "D11", Variant: "procedure"}}

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

// clock is what the deadline is counted from: its event, the pauses of its case and the extensions agreed for it.
func (c *Case) clock(d Deadline) (calendar.Rule, calendar.Clock, error) {
	rule, err := book.Rule(d.Key(), d.StartsOn)
	if err != nil {
		return rule, calendar.Clock{}, err
	}
	var since time.Time
	if d.StartsAt != nil {
		since = *d.StartsAt
	}
	var pauses []calendar.Span
	for _, p := range c.Pauses {
		if d.EndedOn == nil || p.FromOn.Before(*d.EndedOn) { // what stood still afterwards is nothing to it
			pauses = append(pauses, p.span())
		}
	}
	var extensions []calendar.Extension
	for _, x := range c.Extensions {
		if x.DeadlineNo == d.No {
			extensions = append(extensions, x.agreement())
		}
	}
	start := d.StartsOn
	if d.StartsAt != nil {
		start = calendar.Date{}
	}
	return rule, rule.Clock(start, since, pauses, extensions), nil
}

// Trace tells line by line, in Chinese, how the day of one of the case's clocks was computed, by the calendar given.
func (c *Case) Trace(d Deadline, days *calendar.Calendar) ([]string, error) {
	_, k, err := c.clock(d)
	if err != nil {
		return nil, err
	}
	due, err := days.Count(k)
	return due.Trace, err
}

// Counted is the deadline as the calendar counts it now from its inputs; the case is not changed.
func (c *Case) Counted(d Deadline, days *calendar.Calendar) (Deadline, error) {
	rule, k, err := c.clock(d)
	if err != nil {
		return d, err
	}
	was := d
	due, err := days.Count(k)
	if err != nil {
		return d, Errorf(CodeGuard, "无法计算“%s”：%s", rule.Name, err)
	}
	d.Length, d.Unit, d.Rolls = rule.Term.Length, rule.Term.Unit, rule.Term.Rolls
	d.DueOn, d.DueAt = due.DueOn, nil
	if due.Suspended == nil {
		at := due.DueAt
		d.DueAt = &at
	}
	d.CalendarVersion, d.RulesVersion, d.Provisional = due.CalendarVersion, book.Version, due.Provisional
	d.NextStageAt = c.stageAnew(was, d, days)
	return d, nil
}

// recount counts the running clocks anew, after a pause, an extension, a new calendar or a new rule.
func (c *Case) recount(a Act) error {
	for i, d := range c.Deadlines {
		if !d.Running() {
			continue
		}
		var err error
		if c.Deadlines[i], err = c.Counted(d, a.Calendar); err != nil {
			return err
		}
	}
	return nil
}

// Recount lets a changed calendar or rule book move the clocks of a case. Without any that moves it is refused, so that
// the job leaves no empty events.
func (c *Case) Recount(a Act) error {
	return c.move(a, ActionRecount, a.Today(), func() error {
		was := slices.Clone(c.Deadlines)
		if err := c.recount(a); err != nil {
			return err
		}
		if slices.EqualFunc(was, c.Deadlines, func(x, y Deadline) bool {
			return x.DueOn == y.DueOn && x.RulesVersion == y.RulesVersion && x.CalendarVersion == y.CalendarVersion
		}) {
			return Errorf(CodeGuard, "没有期限因此改变")
		}
		return nil
	})
}

// mediationDeadline is the running clock of the mediation; nil when there is none.
func (c *Case) mediationDeadline() *Deadline {
	for i := range c.Deadlines {
		if d := &c.Deadlines[i]; d.Running() && mediatingRules[d.Rule] {
			return d
		}
	}
	return nil
}

// mediationClock chooses the clock of the mediation by source, court's referral and type of the dispute, and the day it
// starts from.
func (c *Case) mediationClock() (calendar.Key, calendar.Date, error) {
	facts := calendar.Facts{Source: calendar.Source(c.Source), Referral: c.CourtReferral.Kind, Type: c.Type, Online: c.CourtReferral.Online}
	choice, err := book.Mediation(facts)
	if err != nil {
		return choice.Rule, calendar.Date{}, err
	}
	from := *c.AcceptedOn
	if c.Round > 1 { // mediated anew: the clock of the first round is over
		return choice.Rule, *c.StartedOn, nil
	}
	rule, err := book.Rule(choice.Rule, from)
	if err != nil {
		return choice.Rule, from, err
	}
	switch {
	case rule.From == calendar.ApplicationArrived:
		from = c.RequestedOn
	case (rule.From == calendar.PapersSignedFor || rule.From == calendar.PlatformConfirmed) && c.CourtReferral.PapersOn != nil:
		from = *c.CourtReferral.PapersOn
	}
	return choice.Rule, from, nil
}

// startClock counts a clock from a day. A year without a calendar is judged by the plain week and the day marked
// provisional: a far deadline must not keep a case from being taken. about is the number of what it is the clock of.
func (c *Case) startClock(a Act, key calendar.Key, from calendar.Date, about *int) error {
	return c.start(a, Deadline{Rule: key.Code, Variant: key.Variant, About: about, StartsOn: from})
}

// inForce tells whether there is a rule on a day: some began in 2022, and a late entry may be of an older case.
func inForce(key calendar.Key, on calendar.Date) bool {
	_, err := book.Rule(key, on)
	return err == nil
}

// startHours counts a clock of hours from a moment.
func (c *Case) startHours(a Act, key calendar.Key, since time.Time, about *int) error {
	return c.start(a, Deadline{Rule: key.Code, Variant: key.Variant, About: about, StartsOn: calendar.DateOf(since), StartsAt: &since})
}

func (c *Case) start(a Act, d Deadline) error {
	d.CaseRow = c.row(len(c.Deadlines) + 1)
	d, err := c.Counted(d, a.Calendar)
	if err != nil {
		return err
	}
	c.Deadlines = append(c.Deadlines, d)
	return nil
}

// stopClocks ends the running clocks that match, on the day the thing was done.
func (c *Case) stopClocks(on calendar.Date, match func(Deadline) bool) {
	for i := range c.Deadlines {
		if d := &c.Deadlines[i]; d.Running() && match(*d) {
			d.EndedOn, d.NextStageAt = &on, nil
		}
	}
}

// of matches the clocks of one rule about one row; about 0 matches those of the case itself.
func of(rule string, about int) func(Deadline) bool {
	return func(d Deadline) bool {
		return d.Rule == rule && (d.About == nil) == (about == 0) && (d.About == nil || *d.About == about)
	}
}

// anyClock matches every clock but that of an escalation, which no end of a case ends (人民调解法 25).
func anyClock(d Deadline) bool { return d.Rule != ruleEscalation.Code }

// inUTC writes the moments of clocks in one zone, whatever zone they were read in.
func inUTC(clocks []Deadline) []Deadline {
	out := slices.Clone(clocks)
	for i := range out {
		out[i].StartsAt, out[i].DueAt = utc(out[i].StartsAt), utc(out[i].DueAt)
	}
	return out
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}

// extends tells whether the clock's rule lets the parties prolong it.
func (d Deadline) extends() bool {
	rule, err := book.Rule(d.Key(), d.StartsOn)
	return err == nil && len(rule.Extends.SignedBy) > 0
}
