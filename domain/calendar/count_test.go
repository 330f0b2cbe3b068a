package calendar

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// A far deadline must not keep a case from being accepted: it is counted by the plain week, and says so.
func TestAYearWithoutACalendarGivesAProvisionalDay(t *testing.T) {
	c := recent(t)
	k := rule(t, Key{Code: "D14"}, "2026-11-25", nil)
	var uncovered *CoverageError
	if _, err := c.CountStrictly(k); !errors.As(err, &uncovered) || uncovered.Last != day(t, "2028-11-25") {
		t.Error(err)
	}
	r, err := c.Count(k)
	if err != nil || r.DueOn != day(t, "2028-11-27") || !r.Provisional || !slices.Equal(r.Assumed, []int{2028}) {
		t.Errorf("%+v, %v", r, err)
	}
	if last := r.Trace[len(r.Trace)-1]; last != "注意：2028年的放假安排尚未录入，暂按周一至周五工作、周六周日休息计算，录入后结果可能改变" {
		t.Error(last)
	}
	// A paper case of a year before the first one covered is late entry, not a mistake.
	old, err := c.Count(rule(t, Key{Code: "D1"}, "2019-09-30", nil))
	if err != nil || old.DueOn != day(t, "2019-10-03") || !slices.Equal(old.Assumed, []int{2019}) {
		t.Errorf("%+v, %v", old, err)
	}
	// No rest day is judged, so nothing is assumed.
	if r, err := c.Count(rule(t, Key{Code: "D19"}, "2026-11-22", nil)); err != nil || r.Provisional || r.DueOn != day(t, "2029-11-22") {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestAClockThatContradictsItselfIsRefused(t *testing.T) {
	c, start := recent(t), day(t, "2026-03-10")
	month, hours := Term{1, Month, true}, Term{2, Hour, false}
	agreed := day(t, "2026-03-12")
	for name, k := range map[string]Clock{
		"a pause that ends before it begins":  {Start: start, Term: month, Pauses: []Span{{day(t, "2026-03-12"), day(t, "2026-03-11"), Appraisal}}},
		"a pause without a beginning":         {Start: start, Term: month, Pauses: []Span{{To: agreed, Reason: Appraisal}}},
		"an extension without a day of it":    {Start: start, Term: month, Extensions: []Extension{{By: Term{1, Day, false}}}},
		"an extension by nothing":             {Start: start, Term: month, Extensions: []Extension{{AgreedOn: agreed}}},
		"an extension by two things":          {Start: start, Term: month, Extensions: []Extension{{AgreedOn: agreed, Until: agreed, By: Term{1, Day, false}}}},
		"an extension to a day already over":  {Start: start, Term: month, Extensions: []Extension{{AgreedOn: agreed, Until: start}}},
		"an extension of days by hours":       {Start: start, Term: month, Extensions: []Extension{{AgreedOn: agreed, By: hours}}},
		"an extension of hours by days":       {Since: start.StartOfDay(), Term: hours, Extensions: []Extension{{AgreedOn: agreed, By: Term{1, Day, false}}}},
		"an extension of hours until a day":   {Since: start.StartOfDay(), Term: hours, Extensions: []Extension{{AgreedOn: agreed, Until: agreed}}},
		"an extension that cannot be counted": {Start: start, Term: month, Extensions: []Extension{{AgreedOn: agreed, By: Term{-1, Day, false}}}},
		"working days prolonged by a month":   {Start: start, Term: Term{30, WorkingDay, true}, Extensions: []Extension{{AgreedOn: agreed, By: Term{1, Month, false}}}},
		"no start":                            {Term: month},
		"no moment":                           {Start: start, Term: hours},
		"the year 9999":                       {Start: MustDate(9999, 12, 31), Term: month},
		"ten thousand years":                  {Start: start, Term: Term{10_000, Year, false}},
		"a pause till the end of time":        {Start: start, Term: month, Pauses: []Span{{agreed, MustDate(9999, 12, 31), Appraisal}}},
		"working days at the end of time":     {Start: MustDate(9000, 12, 20), Term: Term{30, WorkingDay, true}},
	} {
		var clock *ClockError
		var term *TermError
		if r, err := c.Count(k); !errors.As(err, &clock) && !errors.As(err, &term) {
			t.Errorf("%s: %s, %v", name, r.DueOn, err)
		}
	}
}

func TestHoursStandStillForThePause(t *testing.T) {
	c, evening := recent(t), day(t, "2026-11-20").StartOfDay().Add(23*time.Hour)
	k := Clock{Since: evening, Term: Term{3, Hour, false}, Policy: Policy{Pauses: []PauseRule{{Reason: Appraisal}}, Extends: ExtendRule{SignedBy: both}}}
	k.Pauses = []Span{paused(t, "2026-11-20 2026-11-22 appraisal")}
	r, err := c.Count(k)
	if err != nil || !r.DueAt.Equal(day(t, "2026-11-23").StartOfDay().Add(2*time.Hour)) || r.DueOn != day(t, "2026-11-23") {
		t.Errorf("%+v, %v", r, err)
	}
	k.Pauses = []Span{paused(t, "2026-11-20 - appraisal")}
	k.Extensions = []Extension{{AgreedOn: day(t, "2026-11-25"), By: Term{2, Hour, false}, SignedBy: both}}
	r, err = c.Count(k)
	if err != nil || r.Suspended == nil || r.Suspended.String() != "中止中，尚余4小时" || r.Suspended.Since != day(t, "2026-11-20") {
		t.Errorf("%+v, %v", r, err)
	}
	if chineseDuration(61*time.Second) != "2分" || chineseDuration(90*time.Minute) != "1小时30分" {
		t.Error("durations")
	}
}

func TestTheTraceSaysWhatHadNoEffect(t *testing.T) {
	c := recent(t)
	r, err := c.Count(rule(t, Key{Code: "D8"}, "2026-03-10",
		[]string{"2026-03-01 2026-03-09 appraisal", "2026-03-12 2026-03-12 appraisal", "2026-03-13 2026-03-16 succession", "2026-06-01 - appraisal", "2026-03-17 2026-03-20 appraisal", "2026-03-18 2026-03-19 appraisal"},
		Extension{AgreedOn: day(t, "2026-03-11"), By: Term{9, Day, false}, SignedBy: both},
		Extension{AgreedOn: day(t, "2026-03-11"), Until: day(t, "2026-03-12"), SignedBy: three}))
	if err != nil {
		t.Fatal(err)
	}
	trace := strings.Join(r.Trace, "\n")
	for _, want := range []string{
		"2026年3月9日结束；不在期间之内，不影响截止日", "2026年3月12日结束；当日结束，没有不计的日子", "本期限不因此中止，照常计算", "尚未结束；不在期间之内，不影响截止日",
		"3月18日至20日共3天不计（医疗纠纷预防和处理条例第38条）", "3月19日1天不计，已在前一次中止之内，不重复扣除", "缺少人民调解委员会的同意，不延长", "不晚于原来的最后一日2026年4月27日（星期一），仍以原来的为准",
	} {
		if !strings.Contains(trace, want) {
			t.Errorf("no %q in\n%s", want, trace)
		}
	}
}
