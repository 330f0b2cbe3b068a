package domain

import (
	"slices"

	"baimi/domain/calendar"
)

// lateAfter is how many days after the day it happened an entry counts as late (ruling P6); a product default.
const lateAfter = 15

// floor is the day on which 人民调解法 came into force. No request to a committee under it is older; what is, belongs to the
// old ledgers, which are imported.
var floor = calendar.MustDate(2011, 1, 1)

// LateReasons are the code words of why a paper case is entered later than it was handled (补录).
var LateReasons = []struct{ Code, Name string }{
	{"paper_case", "补录纸质案卷"},
	{"line_down", "断网、断电期间办理"},
	{"system_down", "系统停用期间办理"},
	{"away", "外出调解，返回后补录"},
}

// enter says how a case comes in: live, or as a late entry with its reason. What is typed late without a reason stays live
// and shows as a lag nobody has explained; a tick-box could make every late case look like a paper one.
func (c *Case) enter(p *problems, reason *string, on, today calendar.Date) {
	c.Origin, c.LateReason = OriginLive, nil
	if !on.IsZero() && on.Before(floor) {
		p.add("/requestedOn", "too_early", "申请日期不能早于人民调解法施行之日（%s）；更早的案件请从历史台账导入", floor)
	}
	if reason == nil {
		return
	}
	known := slices.ContainsFunc(LateReasons, func(x struct{ Code, Name string }) bool { return x.Code == *reason })
	p.require(known, "/lateReason", "请选择补录原因")
	if on == today {
		p.add("/lateReason", "not_late", "今天的事项今天登记，不是补录")
	}
	c.Origin, c.LateReason = OriginLateEntry, reason
}

// LagDays is how many days passed between what happened and its entry.
func (e *Event) LagDays() int { return e.OccurredOn.DaysUntil(calendar.DateOf(e.RecordedAt)) }

// Late tells whether that is long.
func (e *Event) Late() bool { return e.LagDays() > lateAfter }

// LagDays is how many days passed between the request and its entry. What another committee handed over came in on the day
// of its receipt.
func (c *Case) LagDays() int { return c.RegisteredOn().DaysUntil(calendar.DateOf(c.RegisteredAt)) }

// UnexplainedLag tells whether the case was entered long after its request and nobody said why (ruling P6).
func (c *Case) UnexplainedLag() bool { return c.Origin == OriginLive && c.LagDays() > lateAfter }

// DateCorrection corrects the day of the request and how it is known.
type DateCorrection struct {
	RequestedOn  calendar.Date
	RequestedHow RequestedHow // "" leaves it
}

// CorrectDates changes the day of the request. That day interrupts the limitation of actions and starts clocks, so it is for
// the director or the judicial office, never for the case's own mediator, and the events keep both days (ruling P3).
func (c *Case) CorrectDates(a Act, in DateCorrection) error {
	return c.move(a, ActionCorrectDates, a.Today(), func() error {
		var p problems
		p.require(a.Reason != "", "/reason", "请选择更正原因")
		checkDay(&p, "/requestedOn", "申请日期", in.RequestedOn, a.Today(), c.FoundOn, "发现日期")
		if !in.RequestedOn.IsZero() && in.RequestedOn.Before(floor) && c.Origin != OriginImported {
			p.add("/requestedOn", "too_early", "申请日期不能早于人民调解法施行之日（%s）", floor)
		}
		registered := calendar.DateOf(c.RegisteredAt)
		for _, limit := range []*calendar.Date{c.AcceptedOn, c.ConcludedOn, &registered} {
			if limit != nil && in.RequestedOn.After(*limit) {
				p.add("/requestedOn", "too_late", "申请日期不能晚于登记、受理或者终结的日期（%s）", limit)
				break
			}
		}
		if err := p.err(); err != nil {
			return err
		}
		if c.SentFrom != nil {
			return Errorf(CodeGuard, "本案由其他调委会移送，申请日期请由原调委会在移送前更正")
		}
		if in.RequestedOn == c.RequestedOn && (in.RequestedHow == "" || in.RequestedHow == c.RequestedHow) {
			return Errorf(CodeGuard, "申请日期没有变化")
		}
		was := c.RequestedOn
		c.RequestedOn = in.RequestedOn
		if in.RequestedHow != "" {
			c.RequestedHow = in.RequestedHow
		}
		return c.moveClocks(a, was)
	})
}

// moveClocks lets the clocks that count from the request count from its corrected day, those that were stopped too: whether
// they had run out is judged by the right day.
func (c *Case) moveClocks(a Act, was calendar.Date) error {
	for i, d := range c.Deadlines {
		rule, err := book.Rule(d.Key(), d.StartsOn)
		if err != nil {
			return err
		}
		if d.StartsOn != was || rule.From != calendar.Requested && rule.From != calendar.ApplicationArrived {
			continue
		}
		d.StartsOn = c.RequestedOn
		if c.Deadlines[i], err = c.Counted(d, a.Calendar); err != nil {
			return err
		}
	}
	return nil
}
