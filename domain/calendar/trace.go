package calendar

import (
	"fmt"
	"maps"
	"slices"
)

// The trace is read by village mediators and by parties: it says what was counted and why, one step a line, with
// neighbouring days of the same kind in one line.

func (n *count) say(format string, args ...any) {
	n.trace = append(n.trace, fmt.Sprintf(format, args...))
}

func (n *count) start(start Date) {
	if n.term.Length == 0 {
		n.say("以%s当日为准", chineseDay(start))
		return
	}
	n.say("从%s起算，当日不计入，自次日开始计算%s（民法典第二百零一条）", chineseDay(start), n.term)
}

// nominal tells where a period of days, months or years ends before any move.
func (n *count) nominal(start, last Date) {
	switch {
	case n.term.Length == 0:
	case n.term.Unit == Day:
		n.say("第%d日为%s", n.term.Length, chineseDay(last))
	case start.Day() == last.Day():
		n.say("满%s的对应日为%s（民法典第二百零二条）", n.term, chineseDay(last))
	default:
		n.say("满%s没有对应日，以当月最后一日%s为准（民法典第二百零二条）", n.term, chineseDay(last))
	}
}

// run is a stretch of neighbouring days that count alike and for the same reason.
type run struct {
	from, to Date
	working  bool
	reason   string
	counted  int // working days so far, with this run
}

// walk adds a day to the run or begins the next.
func (n *count) walk(r *run, d Date, working bool, counted int) {
	reason := n.reason(d, working)
	if r.from.IsZero() || r.working != working || r.reason != reason {
		n.endRun(r)
		*r = run{from: d, working: working, reason: reason}
	}
	r.to, r.counted = d, counted
}

// reason is why a day works or rests, empty for an ordinary working day.
func (n *count) reason(d Date, working bool) string {
	e, ok := n.calendar.Entry(d)
	switch {
	case ok && working && weekend(d):
		return e.Name + "调休上班"
	case ok && !working:
		return e.Name + "放假"
	case !working:
		return "周末"
	}
	return ""
}

func (n *count) endRun(r *run) {
	if r.from.IsZero() {
		return
	}
	days := chineseDay(r.from)
	if r.from != r.to {
		days += "至" + chineseDay(r.to)
	}
	switch {
	case !r.working:
		n.say("%s：%s，不计入", days, r.reason)
	case r.reason != "":
		n.say("%s：%s，计入，共%d个工作日", days, r.reason, r.counted)
	default:
		n.say("%s：工作日，共%d个工作日", days, r.counted)
	}
}

func (n *count) rolled(last, moved Date) {
	if last != moved {
		n.say("最后一日%s是休息日（%s），顺延至下一个工作日%s（民法典第二百零三条）",
			chineseDay(last), n.reason(last, false), chineseDay(moved))
	}
}

func (n *count) end(last Date) {
	n.say("截止时间为%s二十四时（民法典第二百零三条）", chineseDay(last))
	for _, year := range slices.Sorted(maps.Keys(n.provisional)) {
		n.say("注意：%d年的放假安排尚未公布，暂按法定节日计算，公布后结果可能改变", year)
	}
}

// chineseDay is 2026年10月1日（星期四）.
func chineseDay(d Date) string {
	return d.Chinese() + "（星期" + [...]string{"日", "一", "二", "三", "四", "五", "六"}[d.Weekday()] + "）"
}
