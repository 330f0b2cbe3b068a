package domain_test

import (
	"slices"
	"strings"
	"testing"

	"baimi/domain"
	"baimi/domain/calendar"
)

func TestSameMatterAndWhy(t *testing.T) {
	t.Parallel()
	day := calendar.MustDate(2026, 11, 18)
	base := domain.Matter{
		AreaPath: "510185001001", RequestedOn: day, Place: "东门三组", Facts: "王某家在通道上砌院墙，李某家出入受阻，双方争吵。",
		Names: []string{"王小明", "李大山"}, IDNumbers: []string{"510185199003070013"}, Phones: []string{"13800138000"},
	}
	strange := domain.Matter{AreaPath: "510185002001", RequestedOn: day, Place: "河口码头", Facts: "拖欠装修工钱八千元，多次讨要没有结果。", Names: []string{"赵六"}}
	for name, x := range map[string]struct {
		change func(m *domain.Matter)
		want   string
	}{
		"nothing in common":              {func(*domain.Matter) {}, ""},
		"the identity number":            {func(m *domain.Matter) { m.IDNumbers = base.IDNumbers }, "same_id_number near_in_time"},
		"the telephone":                  {func(m *domain.Matter) { m.Phones = base.Phones }, "same_phone near_in_time"},
		"the telephone, 91 days later":   {func(m *domain.Matter) { m.Phones, m.RequestedOn = base.Phones, day.AddDays(91) }, ""},
		"the telephone, 90 days before":  {func(m *domain.Matter) { m.Phones, m.RequestedOn = base.Phones, day.AddDays(-90) }, "same_phone near_in_time"},
		"a name, which many have":        {func(m *domain.Matter) { m.Names = base.Names[:1] }, ""},
		"both names":                     {func(m *domain.Matter) { m.Names = base.Names }, "same_name near_in_time"},
		"a name and the village":         {func(m *domain.Matter) { m.Names, m.AreaPath = base.Names[:1], base.AreaPath+"003" }, "same_name same_area near_in_time"},
		"a name and the place":           {func(m *domain.Matter) { m.Names, m.Place = base.Names[1:], "东门三组水井旁" }, "same_name similar_place near_in_time"},
		"the text in another village":    {func(m *domain.Matter) { m.Facts = base.Facts }, ""},
		"the text in the village":        {func(m *domain.Matter) { m.Facts, m.AreaPath = base.Facts, base.AreaPath }, "similar_facts same_area near_in_time"},
		"another quarrel of the village": {func(m *domain.Matter) { m.AreaPath = base.AreaPath }, ""},
		"a name and a text that is alike": {func(m *domain.Matter) {
			m.Names, m.Facts = base.Names[:1], "李某说王某砌院墙占了通道，出入受阻。"
		}, "same_name similar_facts near_in_time"},
		"a name and a text that is not":    {func(m *domain.Matter) { m.Names = base.Names[:1] }, ""},
		"no area known, the text the same": {func(m *domain.Matter) { m.Facts, m.AreaPath = base.Facts, "" }, ""},
	} {
		o := strange
		x.change(&o)
		var got []string
		for _, r := range base.SameMatter(o) {
			got = append(got, string(r))
			if r.Label() == string(r) {
				t.Errorf("%s has no label", r)
			}
		}
		if strings.Join(got, " ") != x.want {
			t.Errorf("%s: %v, want %s", name, got, x.want)
		}
		if back := o.SameMatter(base); len(back) != len(got) {
			t.Errorf("%s: the other way round %v", name, back)
		}
	}
	one, two := []domain.SimilarReason{domain.SameIDNumber}, []domain.SimilarReason{domain.SameName, domain.SameArea}
	if domain.Weight(one) <= domain.Weight(two) {
		t.Error("a number says more than a name")
	}
}

func TestAPartyIsLookedForInEveryFormItMayBeStoredIn(t *testing.T) {
	t.Parallel()
	for typed, x := range map[string]struct{ names, ids, phones string }{
		"张　三":                {"张三", "张三", ""},
		"138 0013 8000":      {"", "13800138000", "13800138000"},
		"+86-138-0013-8000":  {"", "+8613800138000", "13800138000"},
		"51018519900307001x": {"", "51018519900307001X", ""},
		"５１０１８５１９９００３０７００１X": {"", "51018519900307001X", ""},
		"简阳市 东门 商店":          {"简阳市东门商店", "简阳市东门商店", ""},
	} {
		q := domain.ParsePartyQuery(typed)
		for _, y := range []struct {
			have []string
			want string
		}{{q.Names, x.names}, {q.IDNumbers, x.ids}, {q.Phones, x.phones}} {
			if (y.want == "") != (len(y.have) == 0) && y.want != "" || y.want != "" && !slices.Contains(y.have, y.want) {
				t.Errorf("%s: %q lacks %q", typed, y.have, y.want)
			}
		}
	}
}
