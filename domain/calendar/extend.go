package calendar

import "slices"

// extend applies one agreement. It makes the last day later or leaves it, never earlier.
func (n *count) extend(e Extension) error {
	ok, err := n.admitted(e)
	if err != nil || !ok {
		return err
	}
	if e.Until.IsZero() {
		return n.extendBy(e)
	}
	return n.extendUntil(e)
}

// admitted says whether an agreement counts, and in the trace why not. The law speaks of extending a period, so one that is
// over cannot be extended any more; whether it was in time is judged by the last day as it was moved.
func (n *count) admitted(e Extension) (bool, error) {
	if why := n.unfounded(e); why != "" {
		n.say("%s，%s，不延长", extension(e), why)
		return false, nil
	}
	if !n.suspended() && e.AgreedOn.After(n.last) {
		over, err := n.moved(n.last)
		if err != nil {
			return false, err
		}
		if !over.IsZero() && e.AgreedOn.After(over) {
			n.say("%s，但期限已于%s届满，不能再延长", extension(e), chineseDay(over))
			return false, nil
		}
	}
	n.capped = true
	return true, nil
}

// unfounded is why the rule does not let an agreement count, empty when it does.
func (n *count) unfounded(e Extension) string {
	rule := n.clock.Policy.Extends
	if len(rule.SignedBy) == 0 {
		return "本期限不能协议延长"
	}
	for _, side := range rule.SignedBy {
		if !slices.Contains(e.SignedBy, side) {
			return "缺少" + side.Name() + "的同意"
		}
	}
	if most := rule.AtMost; most.Length > 0 {
		switch {
		case n.capped:
			return "只能延长一次"
		case e.By.Unit != most.Unit || e.By.Length > most.Length:
			return "最多延长" + most.String()
		}
	}
	return ""
}

// extendBy goes on from the last day so far, before any move: the period and its extension are one period, and only the
// last day of a period moves.
func (n *count) extendBy(e Extension) error {
	if n.suspended() {
		by := n.afterwards(e.By)
		n.say("%s%s，计%s，恢复后一并计算", extension(e), basis(n.clock.Policy.Extends.Basis), by)
		for i := range n.left {
			n.left[i] = n.left[i].add(by)
		}
		return nil
	}
	n.say("%s%s，自%s的次日起继续计算", extension(e), basis(n.clock.Policy.Extends.Basis), chineseDay(n.last))
	last, left, err := n.leg(n.last, e.By)
	if err != nil {
		return err
	}
	n.reach(last, left)
	return nil
}

// afterwards is a term as it is left during a pause: months have their length in days already, since they are counted on
// the days as they would be without pauses.
func (n *count) afterwards(by Term) Term {
	if by.Unit != Month && by.Unit != Year {
		return by
	}
	end := n.running(n.standstill().Suspended.Since).AddDays(n.left[0][0].Length) // a calendar clock has days left, no more
	return Term{Length: end.DaysUntil(by.from(end)), Unit: Day}
}

// extendUntil counts from the day of the agreement to the named day; pauses in between move it.
func (n *count) extendUntil(e Extension) error {
	from := later(e.AgreedOn, n.clock.Start)
	last, left := n.calendarDays(from, max(0, from.DaysUntil(e.Until)))
	n.say("%s%s%s", extension(e), basis(n.clock.Policy.Extends.Basis), n.effect(e, last, left))
	switch {
	case left == 0 && !n.suspended():
		n.last = later(n.last, last)
	case left > 0 && !n.suspended():
		n.reach(Date{}, Term{Length: left, Unit: Day})
	case left > 0:
		n.orLeft(left)
	}
	return nil
}

// orLeft notes that the clock, when it goes on, ends no earlier than after so many days.
func (n *count) orLeft(days int) {
	for _, l := range n.left {
		if len(l) == 1 && l[0].Unit == Day {
			l[0].Length = max(l[0].Length, days)
			return
		}
	}
	n.left = append(n.left, Left{{Length: days, Unit: Day}})
}
