package calendar

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestGoldenDeadlines(t *testing.T) {
	c := recent(t)
	for _, g := range []struct {
		rule, from string
		term       Term
		want       string
	}{
		{"D1 over an ordinary weekend", "2026-11-19", Term{3, WorkingDay, true}, "2026-11-24"},
		{"D1 over the National Day of 2026", "2026-09-29", Term{3, WorkingDay, true}, "2026-10-09"},
		{"D1 with a worked Saturday", "2026-10-08", Term{3, WorkingDay, true}, "2026-10-12"},
		{"D1 over the Spring Festival of 2026, both worked Saturdays", "2026-02-12", Term{8, WorkingDay, true}, "2026-03-02"},
		{"D1 over the Spring Festival of 2025", "2025-01-25", Term{3, WorkingDay, true}, "2025-02-05"},
		{"D1 from a rest day", "2026-10-03", Term{1, WorkingDay, true}, "2026-10-08"},
		{"D8, 30 working days over two holidays of 2024", "2024-09-14", Term{30, WorkingDay, true}, "2024-11-01"},
		{"D7 ends on an ordinary day", "2026-11-02", Term{15, Day, true}, "2026-11-17"},
		{"D7 ends on a Saturday", "2026-11-06", Term{15, Day, true}, "2026-11-23"},
		{"D7 ends on a worked Saturday, which is no rest day", "2026-09-25", Term{15, Day, true}, "2026-10-10"},
		{"D10 ends in the National Day holidays of 2025", "2025-09-01", Term{30, Day, true}, "2025-10-09"},
		{"D4 one month", "2026-07-22", Term{1, Month, true}, "2026-08-24"},
		{"D4 from 31 January", "2025-01-31", Term{1, Month, true}, "2025-02-28"},
		{"D4 ends on a worked Saturday", "2026-01-31", Term{1, Month, true}, "2026-02-28"},
		{"D4 over a year's end into a holiday", "2025-12-02", Term{1, Month, true}, "2026-01-04"},
		{"D13, agreed for a holiday, does not move", "2026-10-01", Term{0, Day, false}, "2026-10-01"},
		{"length 0 that rolls", "2026-10-01", Term{0, Day, true}, "2026-10-08"},
		{"D19, 3 years, beyond the calendar, does not roll", "2026-11-22", Term{3, Year, false}, "2029-11-22"},
		{"from 29 February", "2024-02-29", Term{1, Year, true}, "2025-02-28"},
	} {
		from, err := ParseDate(g.from)
		if err != nil {
			t.Fatal(err)
		}
		due, err := c.Due(from, g.term)
		if err != nil || due.DueOn.String() != g.want {
			t.Errorf("%s: %s, %v, want %s\n%s", g.rule, due.DueOn, err, g.want, strings.Join(due.Trace, "\n"))
			continue
		}
		if !due.DueAt.Equal(due.DueOn.EndOfDay()) || due.CalendarVersion != "2027.0" || due.Provisional {
			t.Errorf("%s: %+v", g.rule, due)
		}
	}
}

func TestTraceTellsTheCountLineByLine(t *testing.T) {
	c := recent(t)
	for _, g := range []struct {
		from  Date
		term  Term
		trace string
	}{
		{MustDate(2026, 9, 29), Term{5, WorkingDay, true}, `
从2026年9月29日（星期二）起算，当日不计入，自次日开始计算5个工作日（民法典第二百零一条）
2026年9月30日至10月12日共13天：10月1日至7日国庆节放假7天不计，周末1天不计；10月10日调休上班计入
13天减去不计的8天，得5个工作日，最后一个工作日为2026年10月12日（星期一）
截止时间为2026年10月12日（星期一）二十四时（民法典第二百零三条）`},
		{MustDate(2025, 9, 1), Term{30, Day, true}, `
从2025年9月1日（星期一）起算，当日不计入，自次日开始计算30日（民法典第二百零一条）
第30日为2025年10月1日（星期三）
最后一日2025年10月1日（星期三）是休息日（国庆节、中秋节放假），顺延至下一个工作日2025年10月9日（星期四）（民法典第二百零三条）
截止时间为2025年10月9日（星期四）二十四时（民法典第二百零三条）`},
		{MustDate(2026, 12, 31), Term{1, Month, true}, `
从2026年12月31日（星期四）起算，当日不计入，自次日开始计算1个月（民法典第二百零一条）
满1个月的对应日为2027年1月31日（星期日）（民法典第二百零二条）
最后一日2027年1月31日（星期日）是休息日（周末），顺延至下一个工作日2027年2月1日（星期一）（民法典第二百零三条）
截止时间为2027年2月1日（星期一）二十四时（民法典第二百零三条）
注意：2027年的放假安排尚未公布，暂按法定节日计算，公布后结果可能改变`},
		{MustDate(2025, 1, 31), Term{1, Month, true}, `
从2025年1月31日（星期五）起算，当日不计入，自次日开始计算1个月（民法典第二百零一条）
满1个月没有对应日，以当月最后一日2025年2月28日（星期五）为准（民法典第二百零二条）
截止时间为2025年2月28日（星期五）二十四时（民法典第二百零三条）`},
		{MustDate(2026, 10, 1), Term{0, Day, false}, `
以2026年10月1日（星期四）当日为准
截止时间为2026年10月1日（星期四）二十四时（民法典第二百零三条）`},
	} {
		due, err := c.Due(g.from, g.term)
		if got := strings.Join(due.Trace, "\n"); err != nil || got != strings.TrimSpace(g.trace) {
			t.Errorf("%s, %s: %v\n%s", g.from, g.term, err, got)
		}
		if due.Provisional != strings.Contains(g.trace, "尚未公布") {
			t.Errorf("%s, %s: provisional %v", g.from, g.term, due.Provisional)
		}
	}
}

func TestDueNeedsACoveredYear(t *testing.T) {
	c := recent(t)
	var uncovered *CoverageError
	_, err := c.Due(MustDate(2026, 11, 22), Term{2, Year, true})
	if !errors.As(err, &uncovered) || uncovered.Last != MustDate(2028, 11, 22) || uncovered.Day != MustDate(2028, 11, 22) {
		t.Errorf("%+v, %v", uncovered, err)
	}
	if !strings.Contains(err.Error(), "2028年的放假安排尚未录入") {
		t.Error(err)
	}
	_, err = c.Due(MustDate(2027, 12, 20), Term{30, WorkingDay, true})
	if !errors.As(err, &uncovered) || !uncovered.Last.IsZero() || uncovered.Day != MustDate(2028, 1, 1) {
		t.Errorf("%+v, %v", uncovered, err)
	}
	_, err = c.Due(MustDate(2027, 12, 30), Term{2, Day, true}) // the last day is 1 January 2028
	if !errors.As(err, &uncovered) {
		t.Error(err)
	}
}

func TestDueRefusesTermsThatCannotBeCounted(t *testing.T) {
	c, day := recent(t), MustDate(2026, 11, 22)
	var bad *TermError
	for _, term := range []Term{{1, "week", true}, {1, "", true}, {-1, Day, true}, {maxLength + 1, Day, false}, {2, Hour, false}, {2, Hour, true}} {
		if due, err := c.Due(day, term); !errors.As(err, &bad) {
			t.Errorf("%+v: %s, %v", term, due.DueOn, err)
		}
	}
	if _, err := c.Due(Date{}, Term{1, Day, true}); !errors.As(err, &bad) {
		t.Error(err)
	}
}

func TestHoursRunFromTheMoment(t *testing.T) {
	c := recent(t)
	at := time.Date(2026, 10, 1, 23, 30, 0, 0, Shanghai)
	due, err := c.DueSince(at, Term{2, Hour, false})
	if err != nil || !due.DueAt.Equal(at.Add(2*time.Hour)) || due.DueOn != MustDate(2026, 10, 2) {
		t.Errorf("%+v, %v", due, err)
	}
	if want := "截止时间为2026年10月2日1时30分"; due.Trace[1] != want {
		t.Error(due.Trace)
	}
	midnight, err := c.DueSince(MustDate(2026, 10, 1).StartOfDay(), Term{24, Hour, false})
	if err != nil || midnight.DueOn != MustDate(2026, 10, 1) || !midnight.DueAt.Equal(MustDate(2026, 10, 1).EndOfDay()) {
		t.Errorf("%+v, %v", midnight, err)
	}
	if _, err := c.DueSince(at, Term{2, Hour, true}); err == nil {
		t.Error("hours roll")
	}
	same, err := c.DueSince(time.Date(2026, 11, 1, 17, 0, 0, 0, time.UTC), Term{15, Day, true})
	if want, _ := c.Due(MustDate(2026, 11, 2), Term{15, Day, true}); err != nil || same.DueOn != want.DueOn {
		t.Errorf("%s, %v", same.DueOn, err)
	}
}
