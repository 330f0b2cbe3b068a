package exchange

import (
	"crypto/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"baimi/domain"
	"baimi/domain/calendar"
)

func TestTheStandardHas25ItemsInItsOrder(t *testing.T) {
	t.Parallel()
	plain := gb31000.Columns(false)
	if len(plain) != 25 || plain[0].Name != "事件名称" || plain[4].Name != "事件类别" || plain[21].Name != "化解是否成功" || plain[24].Name != "考评意见" {
		t.Errorf("%d items", len(plain))
	}
	for _, f := range Formats() {
		codes, names := map[string]bool{}, map[string]bool{}
		for _, x := range f.Items {
			if codes[x.Code] || names[x.Name] || x.Extension != strings.HasPrefix(x.Code, "X") || strings.ContainsAny(x.Name, "】\n") || x.Sure == "" {
				t.Errorf("%s %s %s", f.Code, x.Code, x.Name)
			}
			codes[x.Code], names[x.Name] = true, true
			if x.Field != "" && fields[x.Field] == nil {
				t.Errorf("%s names field %s, which is not there", x.Name, x.Field)
			}
			if x.Field == "" && x.Note == "" {
				t.Errorf("%s is not kept, and nothing says so", x.Name)
			}
			if x.List != "" && tables[x.List].name == "" {
				t.Errorf("%s names list %s, which is not there", x.Name, x.List)
			}
		}
		if err := f.Check(f.Defaults()); err != nil {
			t.Errorf("defaults of %s: %v", f.Code, err)
		}
	}
}

// TestEveryTypeHasACodeAndComesBack: what one of our codes becomes leads back to a code that becomes the same.
func TestEveryTypeHasACodeAndComesBack(t *testing.T) {
	t.Parallel()
	for _, f := range Formats() {
		m := f.NewMapping()
		for _, l := range f.Lists() {
			for _, p := range l.Ours() {
				theirs, ok := m.Out(l, p.Code)
				if !ok {
					continue // told when it happens
				}
				ours, ok := m.In(l, theirs)
				if again, _ := m.Out(l, ours); !ok || again != theirs {
					t.Errorf("%s: %s goes out as %s, comes in as %s and goes out as %s", l, p.Code, theirs, ours, again)
				}
			}
		}
		for _, l := range []List{ListEventType, ListCaseType, ListOutcome, ListSource, ListReferrer, ListCommitteeType} {
			for _, p := range l.Ours() {
				if _, ok := m.Out(l, p.Code); !ok && slices.Contains(f.Lists(), l) {
					t.Errorf("%s has no code for %s", l, p.Label)
				}
			}
		}
	}
}

func TestTheOfficesCodesGoBeforeTheCountysAndTheDefaults(t *testing.T) {
	t.Parallel()
	entry := func(from, to string) []domain.MappingEntry {
		return []domain.MappingEntry{{List: "event_type", Direction: domain.MappingOut, From: from, To: to}}
	}
	m := gb31000.NewMapping(entry("02", "own"), append(entry("02", "county"), entry("03", "")...))
	for ours, want := range map[string]string{"02": "own", "03": "", "01": "0199"} {
		if got, ok := m.Out(ListEventType, ours); got != want || ok != (want != "") {
			t.Errorf("%s: %q %v", ours, got, ok)
		}
	}
}

// caseOf is a case made without a database.
func caseOf(facts string) *domain.Case {
	now := time.Date(2026, 11, 18, 2, 0, 0, 0, time.UTC)
	r, err := domain.Register(domain.Act{
		Actor: domain.Actor{County: 1, Person: 1, Role: domain.RolePointKeeper, Org: 3, Committee: 2}, At: now, Random: rand.Reader, Calendar: &calendar.Calendar{},
	}, domain.Registration{
		Point: ptr(domain.OrgID(3)), Committee: 2, AreaPath: "510185001", Source: domain.SourceApplied, Type: "02", Confidentiality: domain.Ordinary,
		Place: "东门三组", Facts: facts, RequestedOn: calendar.DateOf(now), RequestedHow: domain.RequestedVisit, Amount: ptr(decimal.RequireFromString("12345.67")),
		Parties: []domain.NewParty{
			{Role: domain.Applicant, Kind: domain.Natural, Name: "王小明", IDNumber: "510185199003070013"},
			{Role: domain.Respondent, Kind: domain.Legal, Name: "李家沟建材有限公司"},
		},
	})
	if err != nil {
		panic(err)
	}
	return r.Case
}

func ptr[T any](v T) *T { return &v }

func TestWhatIsMaskedIsMaskedInsideTextsToo(t *testing.T) {
	t.Parallel()
	c := caseOf("王小明（510185199003070013）于2026-03-02说：打 138 0013 8000 或者028-85123456，欠12345元。")
	v := &View{Case: c}
	got := fields[FieldFacts](v)
	for _, clear := range []string{"王小明", "510185199003070013", "138 0013 8000", "85123456"} {
		if strings.Contains(got, clear) {
			t.Errorf("%s stands in %s", clear, got)
		}
	}
	if !strings.Contains(got, "2026-03-02") || !strings.Contains(got, "12345元") {
		t.Errorf("a day or a sum was masked: %s", got)
	}
	if v.Clear = true; fields[FieldFacts](v) != c.Facts.Reveal() {
		t.Error("clear facts are not the facts")
	}
}

func TestWhatIsMissingOrHasNoCodeIsTold(t *testing.T) {
	t.Parallel()
	v := &View{Case: caseOf("争执。"), Clear: true, TypeName: "邻里纠纷"}
	gone := []domain.MappingEntry{{List: "case_type", Direction: domain.MappingOut, From: "02"}}
	values, complaints := v.Row(ministry.Items, ministry.NewMapping(gone))
	var told []string
	for _, x := range complaints {
		told = append(told, x.Item.Name+":"+x.Why)
	}
	if strings.Join(told, " ") != "单位:missing 调解主体:missing 案件分类:unmapped" {
		t.Errorf("%v", told)
	}
	if values[8] != "1.234567" || values[12] != "公民与法人及其他组织" {
		t.Errorf("%q", values)
	}
}

func TestWhatCameStandsInTheFactsAndGoesOutAgain(t *testing.T) {
	t.Parallel()
	facts := Compose("两家争执。\n【注】有照片。", []Came{{"化解责任人联系方式", "13712345678"}, {"考评意见", "好。\n再访。"}})
	c := caseOf(facts)
	c.Origin = domain.OriginImported
	v := &View{Case: c, Clear: true}
	row := func() map[string]string {
		values, _ := v.Row(gb31000.Items, gb31000.NewMapping())
		m := map[string]string{}
		for i, x := range gb31000.Items {
			m[x.Name] = values[i]
		}
		return m
	}
	if got := row(); got["事件简述"] != "两家争执。\n【注】有照片。" || got["考评意见"] != "好。\n再访。" || got["化解责任人联系方式"] != "13712345678" {
		t.Errorf("%q", got)
	}
	v.Clear = false
	if got := row(); got["化解责任人联系方式"] != withheld || got["考评意见"] != "好。\n再访。" {
		t.Errorf("%q", got)
	}
}
