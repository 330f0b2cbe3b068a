package domain

import (
	"slices"

	"baimi/domain/calendar"
)

// Pause is a time in which the mediation stands still (中止). Which clocks it stops is for their rules to say.
type Pause struct {
	CaseRow
	Reason     calendar.Reason `json:"reason"`
	FromOn     calendar.Date   `json:"fromOn"`
	ToOn       *calendar.Date  `json:"toOn"`
	ApprovedBy PersonID        `json:"approvedBy"`
	LeftStatus Status          `json:"leftStatus"`
}

// TableName names the table.
func (Pause) TableName() string { return "pause" }

func (x Pause) span() calendar.Span {
	s := calendar.Span{From: x.FromOn, Reason: x.Reason}
	if x.ToOn != nil {
		s.To = *x.ToOn
	}
	return s
}

// openPause is the pause that lasts; nil when there is none.
func (c *Case) openPause() *Pause {
	if n := len(c.Pauses); n > 0 && c.Pauses[n-1].ToOn == nil {
		return &c.Pauses[n-1]
	}
	return nil
}

// AskSuspension asks for the mediation to stand still, for one of the reasons of calendar.Reasons.
func (c *Case) AskSuspension(a Act) error {
	return c.move(a, ActionAskSuspension, a.Today(), func() error {
		var p problems
		p.require(slices.Contains(calendar.Reasons, calendar.Reason(a.Reason)), "/reason", "请选择中止原因")
		if err := p.err(); err != nil {
			return err
		}
		return c.ask(a, ActionSuspend, false)
	})
}

// Suspend lets the mediation stand still from a day: at the mediator's request, or by the leader's own decision with a
// reason of its own. A suspicion of sham mediation suspends (特邀调解规定 18); the other reasons are the product's.
func (c *Case) Suspend(a Act, on calendar.Date) error {
	asked := c.openApproval(ActionSuspend)
	if a.Reason == "" && asked != nil {
		a.Reason = asked.Reason
	}
	return c.move(a, ActionSuspend, on, func() error {
		var p problems
		step := c.lastStep()
		checkDay(&p, "/on", "中止日期", on, a.Today(), &step, "上一步日期")
		p.require(slices.Contains(calendar.Reasons, calendar.Reason(a.Reason)), "/reason", "请选择中止原因")
		if err := p.err(); err != nil {
			return err
		}
		if asked := c.openApproval(ActionSuspend); asked != nil {
			asked.decide(a, true)
		}
		c.Pauses = append(c.Pauses, Pause{
			CaseRow: c.row(len(c.Pauses) + 1), Reason: calendar.Reason(a.Reason), FromOn: on, ApprovedBy: a.Actor.Person, LeftStatus: c.Status,
		})
		return c.recount(a)
	})
}

// Resume ends the pause on a day; the clocks go on with what they had left.
func (c *Case) Resume(a Act, on calendar.Date) error {
	return c.move(a, ActionResume, on, func() error {
		var p problems
		open := c.openPause()
		checkDay(&p, "/on", "恢复日期", on, a.Today(), &open.FromOn, "中止日期")
		if err := p.err(); err != nil {
			return err
		}
		return c.endPause(a, on)
	})
}

// endPause ends the pause that lasts, if any: the mediation goes on, or it ended.
func (c *Case) endPause(a Act, on calendar.Date) error {
	open := c.openPause()
	if open == nil {
		return nil
	}
	open.ToOn = &on
	return c.recount(a)
}

// Standing tells whether a pause holds one of the case's clocks.
func (c *Case) Standing() bool {
	return slices.ContainsFunc(c.Deadlines, func(d Deadline) bool { return d.Running() && d.DueAt == nil })
}

// Held says of each clock that a pause holds what is left of it, in Chinese, by the clock's number.
func (c *Case) Held(days *calendar.Calendar) (map[int]string, error) {
	held := map[int]string{}
	for _, d := range c.Deadlines {
		if !d.Running() || d.DueAt != nil {
			continue
		}
		_, k, err := c.clock(d)
		if err != nil {
			return nil, err
		}
		due, err := days.Count(k)
		if err != nil {
			return nil, err
		}
		if due.Suspended != nil {
			held[d.No] = due.Suspended.String()
		}
	}
	return held, nil
}
