package calendar

import (
	"fmt"
	"strings"
)

// pauses tells of each pause which days it left out. end is the last day of all, zero while the clock is suspended.
func (n *count) pauses(end Date) []string {
	var lines []string
	var covered Date // days up to here are left out already, by a pause before
	for _, s := range sortedPauses(n.clock.Pauses) {
		rule, counts := n.clock.Policy.pause(s.Reason)
		line := "中止（" + s.Reason.Name() + "）：" + s.From.Chinese() + "开始，"
		if s.Open() {
			line += "尚未结束"
		} else {
			line += s.To.Chinese() + "结束"
		}
		if !counts {
			lines = append(lines, line+"；本期限不因此中止，照常计算")
			continue
		}
		effect, last := n.leftOut(s, end, covered)
		if !last.IsZero() {
			effect += basis(rule.Basis)
		}
		lines = append(lines, line+"；"+effect)
		covered = later(covered, last)
	}
	return lines
}

// leftOut is what a pause did, and the last day it left out, zero when none.
func (n *count) leftOut(s Span, end, covered Date) (string, Date) {
	first, last := later(s.From.AddDays(1), n.clock.firstDay()), s.To
	switch {
	case s.From == s.To:
		return "当日结束，没有不计的日子", Date{}
	case !last.IsZero() && last.Before(first) || !end.IsZero() && first.After(end):
		return "不在期间之内，不影响截止日", Date{}
	case s.Open():
		return fmt.Sprintf("自%s起不计", first.Chinese()), MustDate(lastYear, 1, 1)
	}
	text := fmt.Sprintf("%s共%d天不计", span(first, last, s.From.Year()), first.DaysUntil(last)+1)
	if first == last {
		text = short(first, s.From.Year()) + "1天不计"
	}
	switch twice := first.DaysUntil(earlier(last, covered)) + 1; {
	case covered.IsZero() || twice <= 0:
	case first.DaysUntil(last)+1 == twice:
		text += "，已在前一次中止之内，不重复扣除"
	default:
		text += fmt.Sprintf("，其中%d天与前一次中止重合，不重复扣除", twice)
	}
	return text, last
}

// extension is 延长：申请人、被申请人于2026年3月1日同意延长15日.
func extension(e Extension) string {
	sides := make([]string, len(e.SignedBy))
	for i, s := range e.SignedBy {
		sides[i] = s.Name()
	}
	how := e.By.String()
	if !e.Until.IsZero() {
		how = "至" + chineseDay(e.Until)
	}
	return fmt.Sprintf("延长：%s于%s同意延长%s", strings.Join(sides, "、"), e.AgreedOn.Chinese(), how)
}

// effect is what naming a day did.
func (n *count) effect(e Extension, last Date, left int) string {
	switch {
	case left > 0:
		return fmt.Sprintf("；此后中止，中止结束后不少于%d日", left)
	case n.suspended():
		return "；在中止之前已过，不起作用"
	case !last.After(n.last):
		return fmt.Sprintf("；不晚于原来的最后一日%s，仍以原来的为准", chineseDay(n.last))
	case last != e.Until:
		return fmt.Sprintf("；此后中止%d天不计，最后一日推至%s", e.Until.DaysUntil(last), chineseDay(last))
	}
	return fmt.Sprintf("；最后一日由%s改为%s", chineseDay(n.last), chineseDay(last))
}

func earlier(a, b Date) Date {
	if b.Before(a) {
		return b
	}
	return a
}
