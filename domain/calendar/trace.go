package calendar

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// The trace is read by village mediators and by parties: it says what was counted and why, one step a line, so that a
// reader with a wall calendar comes to the same day. The numbers of a line add up.

func (n *count) say(format string, args ...any) {
	n.trace = append(n.trace, fmt.Sprintf(format, args...))
}

func (n *count) start() {
	k := n.clock
	if k.Title != "" {
		n.say("%s", k.Title)
	}
	switch {
	case k.Term.Unit == Hour:
		n.say("自%s起计算%s（民法典第二百零一条第二款）", chineseMinute(k.Since), k.Term)
	case k.Term.Length == 0:
		n.say("以%s当日为准", chineseDay(k.Start))
	default:
		n.say("从%s起算，当日不计入，自次日开始计算%s（民法典第二百零一条）", chineseDay(k.Start), k.Term)
	}
}

// nominal tells where a period of days, months or years ends: without pauses, and with those it met.
func (n *count) nominal(from, nominal Date, term Term, last Date, left int) {
	if term.Length == 0 {
		return
	}
	days := from.DaysUntil(nominal)
	plain := ""
	switch {
	case term.Unit == Day:
		plain = fmt.Sprintf("第%d日为%s", days, chineseDay(nominal))
	case from.Day() == nominal.Day():
		plain = fmt.Sprintf("满%s的对应日为%s（民法典第二百零二条）", term, chineseDay(nominal))
	default:
		plain = fmt.Sprintf("满%s没有对应日，以当月最后一日%s为准（民法典第二百零二条）", term, chineseDay(nominal))
	}
	switch {
	case left > 0:
		n.say("不计中止，%s，共%d日；至中止开始已计%d日，尚余%d日", plain, days, days-left, left)
	case last != nominal:
		n.say("不计中止，%s；中止共%d天不计入，最后一日推至%s", plain, nominal.DaysUntil(last), chineseDay(last))
	default:
		n.say("%s", plain)
	}
}

func (n *count) rolled(last, due Date) {
	if last == due {
		return
	}
	why := "处于中止期间"
	if stopped, _ := n.stopped(last); !stopped {
		why = "休息日（" + n.restReason(last) + "）"
	}
	if due.IsZero() {
		n.say("最后一日%s是%s，还未顺延到工作日就已中止", chineseDay(last), why)
		return
	}
	n.say("最后一日%s是%s，顺延至下一个工作日%s（民法典第二百零三条）", chineseDay(last), why, chineseDay(due))
}

func (n *count) restReason(d Date) string {
	if e, ok := n.calendar.Entry(d); ok {
		return e.Name + "放假"
	}
	return "周末"
}

func (n *count) end(r Result) {
	switch {
	case r.Suspended != nil:
		n.say("%s；中止结束后继续计算，现在没有截止日", r.Suspended)
	case n.clock.Term.Unit == Hour:
		n.say("截止时间为%s", chineseMinute(r.DueAt))
	default:
		n.say("截止时间为%s二十四时（民法典第二百零三条）", chineseDay(r.DueOn))
	}
	for _, year := range slices.Sorted(maps.Keys(n.provisional)) {
		n.say("注意：%d年的放假安排尚未公布，暂按法定节日计算，公布后结果可能改变", year)
	}
	for _, year := range slices.Sorted(maps.Keys(n.assumed)) {
		n.say("注意：%d年的放假安排尚未录入，暂按周一至周五工作、周六周日休息计算，录入后结果可能改变", year)
	}
}

// chineseDay is 2026年10月1日（星期四）.
func chineseDay(d Date) string {
	return d.Chinese() + "（星期" + [...]string{"日", "一", "二", "三", "四", "五", "六"}[d.Weekday()] + "）"
}

// span is 2月15日至23日, as short as the reader can take: the year only where it is not the one given.
func span(from, to Date, year int) string {
	text := short(from, year)
	switch {
	case from == to:
		return text
	case from.Year() == to.Year() && from.Month() == to.Month():
		return fmt.Sprintf("%s至%d日", text, to.Day())
	}
	return text + "至" + short(to, from.Year())
}

func short(d Date, year int) string {
	if d.Year() != year {
		return d.Chinese()
	}
	return fmt.Sprintf("%d月%d日", d.Month(), d.Day())
}

func chineseMinute(t time.Time) string {
	t = t.In(Shanghai)
	return fmt.Sprintf("%s%d时%02d分", DateOf(t).Chinese(), t.Hour(), t.Minute())
}

// chineseDuration is 1小时30分; less than a minute counts as one, for it is not over.
func chineseDuration(d time.Duration) string {
	minutes := int((d + time.Minute - 1) / time.Minute)
	var text strings.Builder
	if minutes >= 60 {
		fmt.Fprintf(&text, "%d小时", minutes/60)
	}
	if minutes%60 > 0 {
		fmt.Fprintf(&text, "%d分", minutes%60)
	}
	return text.String()
}

// basis is an article in brackets after what rests on it.
func basis(article string) string {
	if article == "" {
		return ""
	}
	return "（" + article + "）"
}
