package calendar

import (
	"strings"
	"testing"
	"time"
)

func day(t *testing.T, text string) Date {
	t.Helper()
	if text == "" {
		return Date{}
	}
	d, err := ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// paused reads "2026-03-20 2026-04-08 appraisal"; "-" for a pause that lasts.
func paused(t *testing.T, line string) Span {
	t.Helper()
	f := strings.Fields(strings.ReplaceAll(line, " - ", " 0001-01-01 "))
	s := Span{day(t, f[0]), day(t, f[1]), Reason(f[2])}
	if s.To.Year() == 1 {
		s.To = Date{}
	}
	return s
}

var (
	both  = []Side{Applicants, Respondents}
	three = []Side{Applicants, Respondents, Committee}
)

// rule is a clock of the standard rule book.
func rule(t *testing.T, key Key, start string, pauses []string, extensions ...Extension) Clock {
	t.Helper()
	r, err := Standard().Rule(key, day(t, start))
	if err != nil {
		t.Fatal(err)
	}
	var spans []Span
	for _, p := range pauses {
		spans = append(spans, paused(t, p))
	}
	return r.Clock(day(t, start), time.Time{}, spans, extensions)
}

func TestGoldenClocks(t *testing.T) {
	c := recent(t)
	till := func(agreed, until string) Extension {
		return Extension{AgreedOn: day(t, agreed), Until: day(t, until), SignedBy: three}
	}
	by := func(agreed string, n int, unit Unit) Extension {
		return Extension{AgreedOn: day(t, agreed), By: Term{n, unit, false}, SignedBy: three}
	}
	d1, d4, d5, d8 := Key{Code: "D1"}, Key{Code: "D4"}, Key{"D5", "online"}, Key{Code: "D8"}
	for _, g := range []struct {
		name string
		k    Clock
		want string // the due day, or what is left
	}{
		{"Spring Festival 2024, worked Sundays before and after", rule(t, d1, "2024-02-02", nil), "2024-02-06"},
		{"Spring Festival 2024, from the last day before it", rule(t, d1, "2024-02-09", nil), "2024-02-20"},
		{"Spring Festival 2025", rule(t, d1, "2025-01-24", nil), "2025-02-05"},
		{"Spring Festival 2026", rule(t, d1, "2026-02-13", nil), "2026-02-25"},
		{"eight days of 国庆 and 中秋 2025", rule(t, d1, "2025-09-30", nil), "2025-10-11"},
		{"a month that ends in them", rule(t, d4, "2025-09-02", nil), "2025-10-09"},
		{"New Year across two years", rule(t, d1, "2025-12-30", nil), "2026-01-05"},
		{"31 January, no leap year", rule(t, d4, "2025-01-31", nil), "2025-02-28"},
		{"31 January, leap year", rule(t, d4, "2024-01-31", nil), "2024-02-29"},
		{"leap day", rule(t, d4, "2024-02-29", nil), "2024-03-29"},
		{"a month ends on a worked Sunday: no move", rule(t, d4, "2024-01-18", nil), "2024-02-18"},

		{"an appraisal over the whole festival costs a medical clock only its working days", rule(t, d8, "2026-02-05", []string{"2026-02-13 2026-02-27 appraisal"}), "2026-04-01"},
		{"the pause ends on the last day of the month: 12 days later", rule(t, d4, "2026-03-10", []string{"2026-03-12 2026-03-24 succession"}), "2026-04-22"},
		{"the same, but labour stops for nothing", rule(t, Key{Code: "D7"}, "2026-03-10", []string{"2026-03-12 2026-03-24 succession"}), "2026-03-25"},
		{"medical stops for appraisal alone", rule(t, d8, "2026-03-10", []string{"2026-03-12 2026-03-24 succession"}), "2026-04-22"},
		{"a court's clock offline does not stop for an appraisal", rule(t, Key{"D5", "offline"}, "2026-03-10", []string{"2026-03-12 2026-03-24 appraisal"}), "2026-04-09"},
		{"online it does", rule(t, d5, "2026-03-10", []string{"2026-03-12 2026-03-24 appraisal"}), "2026-04-21"},
		{"two pauses that meet", rule(t, d4, "2026-03-10", []string{"2026-03-12 2026-03-18 appraisal", "2026-03-18 2026-03-24 related_case"}), "2026-04-22"},
		{"two pauses a day apart let one day run", rule(t, d4, "2026-03-10", []string{"2026-03-12 2026-03-18 appraisal", "2026-03-19 2026-03-25 related_case"}), "2026-04-22"},
		{"a pause of one day", rule(t, d4, "2026-03-10", []string{"2026-03-12 2026-03-12 appraisal"}), "2026-04-10"},

		{"suspended", rule(t, d4, "2026-03-10", []string{"2026-03-20 - appraisal"}), "中止中，尚余21日"},
		{"suspended, working days", rule(t, d8, "2026-03-10", []string{"2026-03-20 - appraisal"}), "中止中，尚余22个工作日"},
		{"suspended, and prolonged meanwhile", rule(t, d8, "2026-03-10", []string{"2026-03-20 - appraisal"}, by("2026-03-25", 10, WorkingDay), by("2026-03-26", 20, Day)), "中止中，尚余32个工作日再加20日"},
		{"suspended, and prolonged by a month of 30 days meanwhile", rule(t, d4, "2026-03-10", []string{"2026-03-20 - appraisal"}, by("2026-03-25", 1, Month)), "中止中，尚余51日"},
		{"the same after a pause that is over", rule(t, d4, "2026-03-10", []string{"2026-03-12 2026-04-11 appraisal", "2026-04-20 - appraisal"}, by("2026-04-25", 1, Month)), "中止中，尚余50日"},
		{"prolonged by a month, with the pause of 12 days", rule(t, d4, "2026-03-10", []string{"2026-03-12 2026-03-24 appraisal"}, by("2026-03-25", 1, Month)), "2026-05-22"},
		{"suspended, until a day named before", rule(t, d4, "2026-03-10", []string{"2026-03-20 - appraisal"}, till("2026-03-15", "2026-04-30")), "中止中，尚余41日"},
		{"suspended, until a day named for working days", rule(t, d8, "2026-03-10", []string{"2026-03-20 - appraisal"}, till("2026-03-15", "2026-05-15")), "中止中，尚余22个工作日或56日（以较晚届满者为准）"},
		{"suspended on the last day, which is a rest day", rule(t, d4, "2026-10-25", []string{"2026-11-25 - appraisal"}), "2026-11-25"},
		{"suspended on the way to a working day", rule(t, d4, "2026-10-28", []string{"2026-11-28 - appraisal"}), "中止中，尚余0日"},

		{"prolonged by days", rule(t, d5, "2026-04-20", nil, by("2026-05-18", 15, Day)), "2026-06-04"},
		{"prolonged on the last day, moved by the weekend", rule(t, d5, "2026-04-23", nil, by("2026-05-25", 1, Day)), "2026-05-25"},
		{"prolonged a day too late", rule(t, d5, "2026-04-20", nil, by("2026-05-21", 15, Day)), "2026-05-20"},
		{"prolonged until a Sunday", rule(t, d4, "2026-04-20", nil, till("2026-05-18", "2026-05-31")), "2026-06-01"},
		{"never shortened", rule(t, d4, "2026-04-20", nil, till("2026-05-01", "2026-05-05")), "2026-05-20"},
		{"a pause after the agreement moves the named day too", rule(t, d4, "2026-04-20", []string{"2026-05-25 2026-06-01 appraisal"}, till("2026-05-18", "2026-05-29")), "2026-06-05"},
		{"司法确认 cannot be prolonged", rule(t, Key{Code: "D10"}, "2026-04-20", []string{"2026-04-22 - force_majeure"}, by("2026-05-01", 9, Day)), "2026-05-20"},
		{"medical needs the committee too", rule(t, d8, "2026-03-10", nil, Extension{AgreedOn: day(t, "2026-03-11"), By: Term{9, Day, false}, SignedBy: both}), "2026-04-22"},
		{"the court may take ten days more, once", rule(t, Key{"D11", "decide"}, "2026-03-10", nil,
			Extension{AgreedOn: day(t, "2026-03-20"), By: Term{10, Day, false}, SignedBy: []Side{Authority}},
			Extension{AgreedOn: day(t, "2026-03-21"), By: Term{10, Day, false}, SignedBy: []Side{Authority}}), "2026-04-07"},
	} {
		r, err := c.Count(g.k)
		got := r.DueOn.String()
		if r.Suspended != nil {
			got = r.Suspended.String()
		}
		if err != nil || got != g.want {
			t.Errorf("%s: %s, %v, want %s\n%s", g.name, got, err, g.want, strings.Join(r.Trace, "\n"))
		}
	}
}

func TestTracesToPrint(t *testing.T) {
	c := recent(t)
	for name, g := range map[string]struct {
		k     Clock
		trace string
	}{
		"over the Spring Festival, with exchanged days": {rule(t, Key{Code: "D8"}, "2026-02-05", nil), `
医疗纠纷调解期限：自受理之日起30个工作日（医疗纠纷预防和处理条例第38条）
从2026年2月5日（星期四）起算，当日不计入，自次日开始计算30个工作日（民法典第二百零一条）
2026年2月6日至3月25日共48天：2月15日至23日春节放假9天不计，周末9天不计；2月14日、2月28日调休上班计入
48天减去不计的18天，得30个工作日，最后一个工作日为2026年3月25日（星期三）
截止时间为2026年3月25日（星期三）二十四时（民法典第二百零三条）`},
		"with pauses": {rule(t, Key{Code: "D4"}, "2026-03-10", []string{"2026-03-20 2026-04-08 appraisal", "2026-04-01 2026-04-10 related_case"}), `
调解期限：自受理之日起1个月（人民调解工作若干规定第33条）
从2026年3月10日（星期二）起算，当日不计入，自次日开始计算1个月（民法典第二百零一条）
中止（鉴定、评估）：2026年3月20日开始，2026年4月8日结束；3月21日至4月8日共19天不计（中止期间不计入，产品默认）
中止（等待关联案件）：2026年4月1日开始，2026年4月10日结束；4月2日至10日共9天不计，其中7天与前一次中止重合，不重复扣除（中止期间不计入，产品默认）
不计中止，满1个月的对应日为2026年4月10日（星期五）（民法典第二百零二条）；中止共21天不计入，最后一日推至2026年5月1日（星期五）
最后一日2026年5月1日（星期五）是休息日（劳动节放假），顺延至下一个工作日2026年5月6日（星期三）（民法典第二百零三条）
截止时间为2026年5月6日（星期三）二十四时（民法典第二百零三条）`},
		"with extensions": {rule(t, Key{"D5", "online"}, "2026-04-20", []string{"2026-05-25 2026-06-01 appraisal"},
			Extension{AgreedOn: day(t, "2026-05-18"), By: Term{15, Day, false}, SignedBy: both},
			Extension{AgreedOn: day(t, "2026-06-05"), Until: day(t, "2026-06-20"), SignedBy: both},
			Extension{AgreedOn: day(t, "2026-06-24"), Until: day(t, "2026-06-30"), SignedBy: both}), `
委派调解期限（在线）：自在平台确认接受调解之日起30日（人民法院在线调解规则第24条）
从2026年4月20日（星期一）起算，当日不计入，自次日开始计算30日（民法典第二百零一条）
中止（鉴定、评估）：2026年5月25日开始，2026年6月1日结束；5月26日至6月1日共7天不计（人民法院在线调解规则第26条）
第30日为2026年5月20日（星期三）
延长：申请人、被申请人于2026年5月18日同意延长15日（特邀调解规定第27条），自2026年5月20日（星期三）的次日起继续计算
不计中止，第15日为2026年6月4日（星期四）；中止共7天不计入，最后一日推至2026年6月11日（星期四）
延长：申请人、被申请人于2026年6月5日同意延长至2026年6月20日（星期六）（特邀调解规定第27条）；最后一日由2026年6月11日（星期四）改为2026年6月20日（星期六）
延长：申请人、被申请人于2026年6月24日同意延长至2026年6月30日（星期二），但期限已于2026年6月22日（星期一）届满，不能再延长
最后一日2026年6月20日（星期六）是休息日（端午节放假），顺延至下一个工作日2026年6月22日（星期一）（民法典第二百零三条）
截止时间为2026年6月22日（星期一）二十四时（民法典第二百零三条）`},
		"suspended": {rule(t, Key{Code: "D8"}, "2026-09-21", []string{"2026-10-12 - appraisal"}), `
医疗纠纷调解期限：自受理之日起30个工作日（医疗纠纷预防和处理条例第38条）
从2026年9月21日（星期一）起算，当日不计入，自次日开始计算30个工作日（民法典第二百零一条）
中止（鉴定、评估）：2026年10月12日开始，尚未结束；自2026年10月13日起不计（医疗纠纷预防和处理条例第38条）
2026年9月22日至10月12日共21天：9月25日至27日中秋节放假3天不计，10月1日至7日国庆节放假7天不计，周末1天不计；10月10日调休上班计入
至中止开始已计10个工作日，尚余20个工作日
中止中，尚余20个工作日；中止结束后继续计算，现在没有截止日`},
	} {
		r, err := c.Count(g.k)
		if got := strings.Join(r.Trace, "\n"); err != nil || got != strings.TrimSpace(g.trace) {
			t.Errorf("%s: %v\n%s", name, err, got)
		}
	}
}
