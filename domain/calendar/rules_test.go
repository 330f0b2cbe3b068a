package calendar

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// domain.md 2.5, copied by hand a second time: a slip in the table shows here.
const table = `
D1           3 workingDay rolls requested            default     B D none -
D2/court     3 workingDay rolls referral_received    legal       A A none -
D2/other     3 workingDay rolls referral_received    default     D D none -
D3           3 workingDay rolls accepted             legal       A A none -
D4           1 month      rolls accepted             legal       B B appraisal+false_mediation+succession+force_majeure+related_case applicants+respondents
D5/offline  30 day        rolls papers_signed_for    legal       A A false_mediation applicants+respondents
D5/online   30 day        rolls platform_confirmed   legal       A A appraisal+false_mediation applicants+respondents
D6/ordinary 15 day        rolls papers_signed_for    legal       A A false_mediation applicants+respondents
D6/ordinary_online 15 day rolls platform_confirmed   legal       A A appraisal+false_mediation applicants+respondents
D6/summary   7 day        rolls papers_signed_for    legal       A A false_mediation applicants+respondents
D6/summary_online 7 day   rolls platform_confirmed   legal       A A appraisal+false_mediation applicants+respondents
D7          15 day        rolls application_arrived  legal       A A none -
D8          30 workingDay rolls accepted             legal       A A appraisal applicants+respondents+committee
D9           3 day        rolls termination_decided  legal       A A none -
D10         30 day        rolls agreement_effective  legal       A A none -
D10         30 day        rolls agreement_effective  legal       A A none -
D11/accept   3 day        rolls court_filing         information A A none -
D11/decide  15 day        rolls court_filing         information A A none authority<=10日
D11/procedure 30 day      rolls court_filing         information A A none authority
D12         15 day        rolls ruling_received      legal       A A none -
D13          0 day        -     performance_due      agreed      A A none -
D14          2 year       rolls last_performance_due legal       A A none -
D15/each     3 day        rolls performance_due      default     M D none -
D15/last    30 day        rolls last_performance_due default     M D none -
D15/immediate 15 day      rolls last_performance_due default     M D none -
D15/again     7 day        rolls not_reached          default     M D none -
D16          2 hour       -     risk_found           alarm       A D none -
D17         30 day        rolls closed               default     D D none -
D18/receive 15 day        rolls petition_received    legal       A A none -
D18/handle  60 day        rolls petition_accepted    legal       A A none authority<=30日
D19          3 year       -     elected              alarm       A A none -
D20          6 month      -     recorded             alarm       A A none -`

func TestTheStandardRulesAreThoseOfTheDomainReference(t *testing.T) {
	b := Standard()
	if err := b.Check(); err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for _, r := range b.Rules {
		pauses, extends, rolls := []string{}, []string{}, "-"
		for _, p := range r.Pauses {
			pauses = append(pauses, string(p.Reason))
		}
		for _, s := range r.Extends.SignedBy {
			extends = append(extends, string(s))
		}
		if r.Term.Rolls {
			rolls = "rolls"
		}
		who := orDash(strings.Join(extends, "+"), "-")
		if r.Extends.AtMost.Length > 0 {
			who += "<=" + r.Extends.AtMost.String()
		}
		lines = append(lines, fmt.Sprint(r.Key(), " ", r.Term.Length, " ", r.Term.Unit, " ", rolls, " ", r.From, " ", r.Kind, " ", r.Duty, " ", r.Length, " ",
			orDash(strings.Join(pauses, "+"), "none"), " ", who))
	}
	want := []string{}
	for _, line := range strings.Split(strings.TrimSpace(table), "\n") {
		want = append(want, strings.Join(strings.Fields(line), " "))
	}
	slices.Sort(want)
	slices.Sort(lines)
	if !slices.Equal(lines, want) {
		for i := range max(len(lines), len(want)) {
			if i >= len(lines) || i >= len(want) || lines[i] != want[i] {
				t.Fatalf("line %d differs:\n%s\nwant\n%s", i, strings.Join(lines[min(i, len(lines)):], "\n"), strings.Join(want[min(i, len(want)):], "\n"))
			}
		}
	}
}

func orDash(s, dash string) string {
	if s == "" {
		return dash
	}
	return s
}

func TestEveryNumberHasARule(t *testing.T) {
	b := Standard()
	for n := 1; n <= 20; n++ {
		if !slices.ContainsFunc(b.Rules, func(r Rule) bool { return r.Code == fmt.Sprintf("D%d", n) }) {
			t.Errorf("D%d", n)
		}
	}
}

func TestTheRuleInForceOnTheDayOfTheEventCounts(t *testing.T) {
	b := Standard()
	for date, want := range map[string]string{"2023-12-31": "人民调解法第33条", "2024-01-01": "人民调解法第33条、民事诉讼法第205条"} {
		if r, err := b.Rule(Key{Code: "D10"}, day(t, date)); err != nil || r.Basis != want {
			t.Errorf("%s: %s, %v", date, r.Basis, err)
		}
	}
	var none *RuleError
	if _, err := b.Rule(Key{"D5", "online"}, day(t, "2021-12-31")); !errors.As(err, &none) {
		t.Error("there was no mediation by the online rules before they were in force")
	}
}

func TestAMediationHasOneClock(t *testing.T) {
	b := Standard()
	for _, g := range []struct {
		f    Facts
		want string
		open bool
	}{
		{Facts{Applied, NoReferral, "02", false}, "D4", false},
		{Facts{Initiative, NoReferral, "01", false}, "D4", false},
		{Facts{Referred, NoReferral, "02", false}, "D4", false}, // police, petition office: no court's period
		{Facts{Applied, NoReferral, "10", false}, "D7", false},
		{Facts{Applied, NoReferral, "11", true}, "D7", false},
		{Facts{Referred, NoReferral, "15", false}, "D8", false},
		{Facts{Referred, Delegated, "02", false}, "D5/offline", false},
		{Facts{Referred, Delegated, "02", true}, "D5/online", false},
		{Facts{Referred, EntrustedOrdinary, "02", false}, "D6/ordinary", false},
		{Facts{Referred, EntrustedOrdinary, "02", true}, "D6/ordinary_online", false},
		{Facts{Referred, EntrustedSummary, "02", false}, "D6/summary", false},
		{Facts{Referred, EntrustedSummary, "02", true}, "D6/summary_online", false},
		{Facts{Referred, Delegated, "10", false}, "D5/offline", true}, // the law is silent: our default
		{Facts{Referred, EntrustedSummary, "15", true}, "D6/summary_online", true},
	} {
		got, err := b.Mediation(g.f)
		if err != nil || got.Rule.String() != g.want || (len(got.Open) > 0) != g.open {
			t.Errorf("%+v: %s, %v, open %v, want %s", g.f, got.Rule, err, got.Open, g.want)
		}
	}
	if _, err := b.Mediation(Facts{Applied, Delegated, "02", false}); err == nil {
		t.Error("a court's referral of a case that was not referred passes")
	}
}

// All sources, referrals, the ministry's eighteen types, online or not: one hit, or none where the facts contradict
// themselves. Check proves it by the types that the rows name; here it is by those that exist.
func TestExactlyOneRouteHits(t *testing.T) {
	b, combinations := Standard(), 0
	for _, source := range []Source{Applied, Initiative, Referred} {
		for _, referral := range []Referral{NoReferral, Delegated, EntrustedOrdinary, EntrustedSummary} {
			for n := 1; n <= 18; n++ {
				for _, online := range []bool{false, true} {
					f, hits, want := Facts{source, referral, fmt.Sprintf("%02d", n), online}, 0, 1
					for _, r := range b.Routes {
						if r.hits(f) {
							hits++
						}
					}
					if referral != NoReferral && source != Referred {
						want = 0
					}
					if combinations++; hits != want {
						t.Errorf("%+v: %d hits, want %d", f, hits, want)
					}
				}
			}
		}
	}
	t.Logf("%d combinations", combinations)
}

func TestARuleBookIsCheckedBeforeItIsUsed(t *testing.T) {
	for name, spoil := range map[string]func(*Rulebook){
		"no version":              func(b *Rulebook) { b.Version = "" },
		"no basis":                func(b *Rulebook) { b.Rules[0].Basis = "" },
		"an unknown unit":         func(b *Rulebook) { b.Rules[0].Term.Unit = "week" },
		"an unknown event":        func(b *Rulebook) { b.Rules[0].From = "moonrise" },
		"an unknown reason":       func(b *Rulebook) { b.Rules[4].Pauses[0].Reason = "lunch" },
		"two versions on one day": func(b *Rulebook) { b.Rules = append(b.Rules, b.Rules[0]) },
		"ends before it begins":   func(b *Rulebook) { b.Rules[1].Until = b.Rules[1].Since },
		"an extension by no text": func(b *Rulebook) { b.Rules[4].Extends.Basis = "" },
		"a gap in the choice":     func(b *Rulebook) { b.Routes = b.Routes[1:] },
		"two hits":                func(b *Rulebook) { b.Routes[0].Except = true },
		"a rule that is missing":  func(b *Rulebook) { b.Routes[0].Rule = Key{Code: "D99"} },
	} {
		b := Standard()
		spoil(&b)
		if err := b.Check(); err == nil {
			t.Error(name, "passes")
		}
	}
}

func TestTwoRuleBooksAreCompared(t *testing.T) {
	b, other := Standard(), Standard()
	if lines := b.Compare(other); len(lines) > 0 {
		t.Error(lines)
	}
	other.Rules[0].Term.Length = 5
	other.Routes[0].Rule = Key{Code: "D4"}
	got := strings.Join(b.Compare(other), "\n")
	if !strings.Contains(got, "D1 决定是否受理：长度由“3个工作日”改为“5个工作日”") || !strings.Contains(got, "由D7改为D4") {
		t.Error(got)
	}
}
