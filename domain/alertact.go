package domain

import (
	"slices"
	"time"
)

// Audience is what somebody is told as; "" for those whom the matrix does not name.
func (a Actor) Audience() Audience {
	switch a.Role {
	case RoleMediator:
		return ForMediator
	case RoleCommitteeDirector:
		return ForDirector
	case RoleJudicialOfficer:
		return ForJudicialOffice
	case RoleBureauOfficer:
		return ForBureau
	}
	return ""
}

// AlertReader is whose alerts are read. Which cases they may be of is the scope's to say.
type AlertReader struct {
	Audience  Audience
	Person    PersonID
	Committee OrgID
}

// AlertReader is the actor as a reader of alerts.
func (a Actor) AlertReader() AlertReader {
	return AlertReader{Audience: a.Audience(), Person: a.Person, Committee: a.Committee}
}

// Tells applies the reader to one alert; storage says the same in SQL. What was handed over is its receiver's alone. A
// mediator is told of his own cases, and of the committee's that have no mediator yet; a director who mediates is told both.
func (r AlertReader) Tells(x Alert) bool {
	switch {
	case x.HandedTo != nil && *x.HandedTo != r.Person:
		return false
	case x.Audience == ForMediator && (r.Audience == ForMediator || r.Audience == ForDirector):
		own := slices.Contains(x.Mediators, r.Person) || x.HandedTo != nil
		return x.Committee == r.Committee && (own || len(x.Mediators) == 0 && r.Audience == ForMediator)
	case x.Audience == ForDirector:
		return r.Audience == ForDirector && x.Committee == r.Committee
	}
	return x.Audience == r.Audience
}

// OpenAt tells whether an alert still asks for something at a moment.
func (x Alert) OpenAt(now time.Time) bool {
	switch x.State {
	case AlertOpen, AlertHandedOver:
		return true
	case AlertSnoozed:
		return !now.Before(*x.SnoozedUntil)
	}
	return false
}

// settled refuses to do anything about an alert that has nothing more to tell.
func (x Alert) settled() error {
	if x.State == AlertResolved {
		return Errorf(CodeGuard, "该提醒的事项已经处理完毕，无须再办理")
	}
	return nil
}

// Acknowledge notes who has taken note; a second time changes nothing.
func (x *Alert) Acknowledge(by PersonID, at time.Time) error {
	if err := x.settled(); err != nil {
		return err
	}
	if x.State == AlertAcknowledged {
		return nil
	}
	x.State, x.AcknowledgedAt, x.AcknowledgedBy, x.EscalateAt = AlertAcknowledged, &at, &by, nil
	return nil
}

// mostSnooze is how long an alert may be put off.
const mostSnooze = 7 * 24 * time.Hour

// SnoozeReasons are the code words of why an alert may be put off.
var SnoozeReasons = []string{"party_away", "date_agreed", "waiting_paper", "other_task"}

// Snooze puts an alert off, for a week at most and with a reason. A red one cannot be put off.
func (x *Alert) Snooze(by PersonID, at, until time.Time, reason string) error {
	if err := x.settled(); err != nil {
		return err
	}
	if x.Level == RedLevel {
		return Errorf(CodeGuard, "红色提醒不能暂缓，请立即处理")
	}
	if x.State == AlertAcknowledged {
		return Errorf(CodeGuard, "该提醒已经确认，无须暂缓")
	}
	var p problems
	p.require(slices.Contains(SnoozeReasons, reason), "/reason", "请选择暂缓理由")
	p.require(until.After(at) && !until.After(at.Add(mostSnooze)), "/until", "暂缓的时间须在一周以内")
	if err := p.err(); err != nil {
		return err
	}
	x.State, x.SnoozedUntil, x.SnoozedBy, x.SnoozeReason = AlertSnoozed, &until, &by, &reason
	if x.EscalateAt != nil && x.EscalateAt.Before(until) {
		x.EscalateAt = &until // while it is put off it does not go up
	}
	return nil
}

// HandOver gives an alert to a colleague of the same capacity. Its time runs on: handing around must not win any.
func (x *Alert) HandOver(by, to PersonID, at time.Time) error {
	if err := x.settled(); err != nil {
		return err
	}
	if x.State == AlertAcknowledged {
		return Errorf(CodeGuard, "该提醒已经确认，无须移交")
	}
	var p problems
	p.require(to != by, "/to", "请选择其他同事")
	if err := p.err(); err != nil {
		return err
	}
	byRole := x.Audience == ForDirector && x.Confidentiality == Private || x.WithoutFacts()
	if x.Confidentiality != Ordinary && !byRole && !slices.Contains(x.Readers, to) {
		return Errorf(CodeGuard, "该案件保密，所选同事不能查阅，不能移交给他")
	}
	x.State, x.HandedTo, x.HandedBy, x.HandedAt = AlertHandedOver, &to, &by, &at
	x.SnoozedUntil, x.SnoozedBy, x.SnoozeReason = nil, nil, nil
	return nil
}

// WithoutFacts tells whether the alert reaches its audience past the confidentiality of its case, and shows nothing of it: that
// somebody may come to harm concerns the judicial office and the bureau whoever may read the file (rulings P13, P14).
func (x Alert) WithoutFacts() bool {
	return x.Kind == KindHighRisk && (x.Audience == ForJudicialOffice || x.Audience == ForBureau)
}

// AlertFilter narrows a list of alerts; zero fields do not.
type AlertFilter struct {
	State  AlertState // open: all that still asks for something
	Kind   AlertKind
	Level  AlertLevel
	Case   *CaseID
	Reader AlertReader
}

// AlertCount is how many open alerts of a kind and level somebody has.
type AlertCount struct {
	Kind  AlertKind
	Level AlertLevel
	Count int
}
