package exchange

import (
	"slices"

	"baimi/domain"
)

// List names a table of codes.
type List string

// The lists: ours on one side, the receiver's on the other.
const (
	ListScale         List = "scale"
	ListEventType     List = "event_type"
	ListWay           List = "way"
	ListSuccess       List = "success"
	ListEventSource   List = "event_source"
	ListOutcome       List = "outcome"
	ListLevel         List = "level"
	ListCommitteeType List = "committee_type"
	ListSource        List = "source"
	ListReferrer      List = "referrer"
	ListCaseType      List = "case_type"
	ListYesNo         List = "succeeded"
	ListForm          List = "form"
	ListPerformed     List = "performed"
	ListConfirmation  List = "confirmation"
	ListPartyKinds    List = "party_kinds"
)

// Pair is a code with what it stands for.
type Pair struct{ Code, Label string }

// DisputeTypes are the ministry's 18, as table dispute_type has them; a test holds them to it.
var DisputeTypes = []Pair{
	{"01", "婚姻家庭纠纷"},
	{"02", "邻里纠纷"},
	{"03", "房屋宅基地纠纷"},
	{"04", "合同纠纷"},
	{"05", "生产经营纠纷"},
	{"06", "损害赔偿纠纷"},
	{"07", "山林土地纠纷"},
	{"08", "征地拆迁纠纷"},
	{"09", "环境污染纠纷"},
	{"10", "拖欠农民工工资纠纷"},
	{"11", "其他劳动争议纠纷"},
	{"12", "旅游纠纷"},
	{"13", "电子商务纠纷"},
	{"14", "其他消费纠纷"},
	{"15", "医疗纠纷"},
	{"16", "道路交通事故纠纷"},
	{"17", "物业纠纷"},
	{"18", "其他纠纷"},
}

var (
	outcomes = []Pair{
		{string(domain.OutcomeAgreed), "调解成功"},
		{string(domain.OutcomeFailed), "调解不成"},
		{string(domain.OutcomeWithdrawn), "撤回"},
		{string(domain.OutcomeNotAccepted), "不予受理"},
		{string(domain.OutcomeTransferred), "移送"},
	}
	sources = []Pair{
		{string(domain.SourceInitiative), "主动调解"},
		{string(domain.SourceApplied), "依申请调解"},
		{string(domain.SourceReferred), "接受委托移送调解"},
	}
	referrers = []Pair{
		{string(domain.ReferrerCourt), "法院"},
		{string(domain.ReferrerProcuratorate), "检察院"},
		{string(domain.ReferrerPolice), "公安机关"},
		{string(domain.ReferrerPetition), "信访部门"},
		{string(domain.ReferrerOther), "其他部门"},
	}
	levels = []Pair{
		{string(domain.Ordinary), domain.Ordinary.Name()},
		{string(domain.Private), domain.Private.Name()},
		{string(domain.Restricted), domain.Restricted.Name()},
	}
)

// table is a list with our codes and the defaults in both directions.
type table struct {
	name string
	ours []Pair
	out  []Pair // ours → theirs
	in   []Pair // theirs → ours, where it is not the way back
}

// same is a list whose words are the receiver's.
func same(name string, ours []Pair) table {
	return table{name: name, ours: ours, out: ours}
}

var tables = map[List]table{
	ListScale: {
		name: "事件规模", ours: []Pair{{scaleSingle, "不到10人"}, {scaleGroup, "10至29人"}, {scaleLarge, "30人以上"}},
		out: []Pair{{scaleSingle, "01"}, {scaleGroup, "02"}, {scaleLarge, "03"}},
	},
	ListEventType: {name: "事件类别", ours: DisputeTypes, out: eventTypes, in: disputeTypesOf},
	ListWay:       {name: "化解方式", ours: []Pair{{wayMediation, "人民调解"}}, out: []Pair{{wayMediation, "03"}}},
	ListSuccess: {
		// of what was not accepted or went to others the standard does not say; the office decides
		name: "化解是否成功", ours: outcomes,
		out: []Pair{{string(domain.OutcomeAgreed), "1"}, {string(domain.OutcomeFailed), "0"}, {string(domain.OutcomeWithdrawn), "0"}},
		in:  []Pair{{"0", string(domain.OutcomeFailed)}},
	},
	ListEventSource: {
		name: "来源", ours: eventSources,
		out: []Pair{{string(domain.SourceApplied), "群众上报"}, {string(domain.SourceInitiative), "网格员巡查"}},
	},
	ListOutcome:  same("调解结果", outcomes),
	ListLevel:    same("保密级别", levels),
	ListSource:   same("案件来源", sources),
	ListReferrer: same("委托移送单位", referrers),
	ListCaseType: same("案件分类", DisputeTypes),
	ListCommitteeType: same("调解主体", []Pair{
		{"village", "村调委会"},
		{"neighbourhood", "居调委会"},
		{"township", "乡镇调委会"},
		{"subdistrict", "街道调委会"},
		{"enterprise", "企事业单位调委会"},
		{"sector", "社会团体和其他组织调委会"},
	}),
	ListYesNo: {
		name: "调解成功", ours: outcomes,
		out: []Pair{
			{string(domain.OutcomeAgreed), "是"},
			{string(domain.OutcomeFailed), "否"},
			{string(domain.OutcomeWithdrawn), "否"},
			{string(domain.OutcomeNotAccepted), "否"},
			{string(domain.OutcomeTransferred), "否"},
		},
		in: []Pair{{"否", string(domain.OutcomeFailed)}},
	},
	ListForm: same("协议形式", []Pair{{string(domain.Oral), "口头协议"}, {string(domain.Written), "书面协议"}}),
	ListPerformed: {
		name: "协议履行", ours: obligations(),
		out: slices.Concat([]Pair{{string(domain.Performed), "已履行"}, {string(domain.PartlyPerformed), "部分履行"}}, each("未履行", domain.Pending, domain.Unperformed,
			domain.Unperformable, domain.Sued, domain.Enforcement, domain.PaymentOrder)),
		in: []Pair{{"未履行", string(domain.Pending)}},
	},
	ListConfirmation: same("司法确认", []Pair{{applied, "已申请"}, {confirmed, "确认有效"}}),
	ListPartyKinds: same("当事人类型", []Pair{
		{citizens, "公民与公民"}, {withOthers, "公民与法人及其他组织"}, {organisation, "法人及其他组织之间"},
	}),
}

func each(theirs string, ours ...domain.ObligationStatus) []Pair {
	list := make([]Pair, len(ours))
	for i, x := range ours {
		list[i] = Pair{string(x), theirs}
	}
	return list
}

func obligations() []Pair {
	var list []Pair
	for _, s := range []domain.ObligationStatus{
		domain.Pending, domain.PartlyPerformed, domain.Unperformed, domain.Performed, domain.Unperformable, domain.Sued, domain.Enforcement, domain.PaymentOrder,
	} {
		list = append(list, Pair{string(s), s.Name()})
	}
	return list
}

// eventSources are the sources as fine as other systems ask for them.
var eventSources = func() []Pair {
	list := []Pair{{string(domain.SourceApplied), "依申请调解"}, {string(domain.SourceInitiative), "主动调解"}}
	for _, r := range referrers {
		list = append(list, Pair{string(domain.SourceReferred) + "_" + r.Code, r.Label + "委托移送"})
	}
	return list
}()

// eventTypes: one 事件类别 for each of our types, chosen among those that domain.md 4.1 suggests.
var eventTypes = []Pair{
	{"01", "0199"},
	{"02", "0299"},
	{"03", "0902"},
	{"04", "0699"},
	{"05", "0603"},
	{"06", "0401"},
	{"07", "0903"},
	{"08", "1102"},
	{"09", "0504"},
	{"10", "0799"},
	{"11", "0799"},
	{"12", "0601"},
	{"13", "0601"},
	{"14", "0601"},
	{"15", "0502"},
	{"16", "0503"},
	{"17", "0402"},
	{"18", "99"},
}

// disputeTypesOf: which type of ours a 事件类别 is. What has no line is no matter for people's mediation, or not clear; the file
// that brings it says so in its row, and the office may add a line.
var disputeTypesOf = func() []Pair {
	var list []Pair
	for ours, theirs := range map[string][]string{
		"01": {"0101", "0102", "0103", "0199"},
		"02": {"0201", "0202", "0203", "0299"},
		"03": {"0902", "0403", "0602"},
		"04": {"0604", "0699", "0804"},
		"05": {"0603", "1001", "1002", "1003", "1004", "1005", "1006", "1099"},
		"06": {"0301", "0302", "0303", "0399", "0401", "0499", "0501", "0507", "0599"},
		"07": {"0901", "0903", "0904", "0999"},
		"08": {"1101", "1102"},
		"09": {"0504"},
		"11": {"0701", "0702", "0703", "0704", "0799"},
		"13": {"0506"},
		"14": {"0505", "0601"},
		"15": {"0502"},
		"16": {"0503"},
		"17": {"0402"},
		"18": {"99"},
	} {
		for _, t := range theirs {
			list = append(list, Pair{t, ours})
		}
	}
	slices.SortFunc(list, func(a, b Pair) int {
		if a.Code < b.Code {
			return -1
		}
		return 1
	})
	return list
}()

// Name is what the list is called.
func (l List) Name() string { return tables[l].name }

// Ours are our codes of the list.
func (l List) Ours() []Pair { return tables[l].ours }

// Label is what a code of ours stands for.
func (l List) Label(code string) string {
	for _, p := range tables[l].ours {
		if p.Code == code {
			return p.Label
		}
	}
	return code
}
