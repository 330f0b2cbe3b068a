package domain

import (
	"slices"

	"baimi/domain/calendar"
)

// DepartureKind is why somebody is away from a post.
type DepartureKind string

// The kinds.
const (
	Leave     DepartureKind = "leave"     // 请假、借调: comes back on a day
	Departure DepartureKind = "departure" // 离任
)

// Away is somebody's going from one post: the first day without it and, of a leave, the first day back.
type Away struct {
	Kind   DepartureKind
	On     calendar.Date
	BackOn *calendar.Date
}

// awayDays is how far back or ahead a going may be entered.
const awayDays = 31

// Check refuses days that do not fit the post.
func (w Away) Check(x Assignment, today calendar.Date) error {
	var p problems
	switch {
	case w.On.IsZero():
		p.add("/on", "required", "请填写离岗日期")
	case w.On.Before(today.AddDays(-awayDays)) || w.On.After(today.AddDays(awayDays)):
		p.add("/on", "range", "离岗日期须在前后一个月之内")
	case !w.On.After(x.ValidFrom):
		p.add("/on", "too_early", "离岗日期须晚于任职起始日期（%s）", x.ValidFrom)
	case x.ValidTo != nil && !w.On.Before(*x.ValidTo):
		p.add("/on", "ended", "该岗位自%s起已经结束", *x.ValidTo)
	}
	switch {
	case w.Kind == Leave && w.BackOn == nil:
		p.add("/backOn", "required", "请填写返岗日期；不再返岗的，请办理离任")
	case w.Kind == Leave && !w.BackOn.After(w.On):
		p.add("/backOn", "too_early", "返岗日期须晚于离岗日期")
	case w.Kind == Leave && x.ValidTo != nil && !w.BackOn.Before(*x.ValidTo):
		p.add("/backOn", "too_late", "返岗日期须早于任期届满（%s）", *x.ValidTo)
	case w.Kind == Departure && w.BackOn != nil:
		p.add("/backOn", "unexpected", "离任没有返岗日期")
	}
	return p.err()
}

// Without are the mediators of the case when one of them goes: in his place the successor, at the same place, so that who
// presided is followed by who presides; with no successor the others go on. nil when nobody would be left.
func (c *Case) Without(gone, successor PersonID) []PersonID {
	ordered := slices.Clone([]PersonID(c.Mediators))
	if c.Presiding != nil {
		ordered = append([]PersonID{*c.Presiding}, slices.DeleteFunc(ordered, func(p PersonID) bool { return p == *c.Presiding })...)
	}
	var next []PersonID
	for _, m := range ordered {
		if m == gone {
			m = successor
		}
		if m != 0 && !slices.Contains(next, m) {
			next = append(next, m)
		}
	}
	return next
}
