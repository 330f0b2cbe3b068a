package calendar

import (
	"fmt"
	"strings"
)

// tallied sums up a walk over working days: all days, those left out by name, those that were left.
func (n *count) tallied(t tally, term Term, until Date, counted int) {
	all := t.from.DaysUntil(until)
	if all <= 0 {
		if term.Length > 0 {
			n.say("中止之前没有计入的日子，尚余%s", term)
		}
		return
	}
	first := t.from.AddDays(1)
	text := fmt.Sprintf("%s至%s共%d天", first.Chinese(), short(until, first.Year()), all)
	if all == 1 {
		text = first.Chinese() + "1天"
	}
	var less []string
	if t.stopped > 0 {
		less = append(less, fmt.Sprintf("中止%d天不计", t.stopped))
	}
	for _, r := range t.rests {
		less = append(less, fmt.Sprintf("%s%s放假%d天不计", span(r.from, r.to, first.Year()), r.name, r.days()))
	}
	if t.weekends > 0 {
		less = append(less, fmt.Sprintf("周末%d天不计", t.weekends))
	}
	if len(less) == 0 {
		text += "，都是工作日"
	} else {
		text += "：" + strings.Join(less, "，")
	}
	n.say("%s%s", text, t.exchanged(first.Year()))
	if counted < term.Length {
		n.say("至中止开始已计%d个工作日，尚余%d个工作日", counted, term.Length-counted)
		return
	}
	n.say("%d天减去不计的%d天，得%d个工作日，最后一个工作日为%s", all, all-counted, counted, chineseDay(until))
}

func (n named) days() int { return n.from.DaysUntil(n.to) + 1 }

// exchanged names the weekend days that count because they were worked instead of others.
func (t tally) exchanged(year int) string {
	if len(t.worked) == 0 {
		return ""
	}
	days := make([]string, len(t.worked))
	for i, w := range t.worked {
		days[i] = span(w.from, w.to, year)
	}
	return "；" + strings.Join(days, "、") + "调休上班计入"
}
