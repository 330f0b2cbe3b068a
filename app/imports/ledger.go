package imports

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"baimi/domain"
	"baimi/domain/exchange"
)

var (
	caseSources = entries("caseSource")
	referrers   = entries("referrer")
	outcomes    = []choice{{"调解成功", string(domain.OutcomeAgreed)}, {"调解不成", string(domain.OutcomeFailed)}, {"撤回", string(domain.OutcomeWithdrawn)}}
	levelsOf    = []choice{{"普通", string(domain.Ordinary)}, {"隐私", string(domain.Private)}}
	// disputeTypes are the ministry's 18, for the drop-down.
	disputeTypes = func() []choice {
		list := make([]choice, len(exchange.DisputeTypes))
		for i, p := range exchange.DisputeTypes {
			list[i] = choice{p.Label, p.Code}
		}
		return list
	}()
)

var ledger = &kind{
	code: domain.ImportLedger, title: "历史台账",
	columns: []column{
		{key: "committee", header: "调委会编号", required: true, parse: ownCode, example: "JY-0101", width: 16, help: "机构表里的编号"},
		{key: "no", header: "卷号", required: true, parse: anyText(60), example: "（2019）简城人调字第12号", width: 28, help: "照原样填写，原卷号保留"},
		{key: "year", header: "卷号年份", parse: yearNo, example: "2019", width: 12, help: "卷号不是“（年份）××人调字第×号”的，填写年份和序号"},
		{key: "seq", header: "卷号序号", parse: seqNo, example: "12", width: 12},
		{key: "type", header: "纠纷类型", required: true, choices: disputeTypes, example: "邻里纠纷", width: 20},
		{key: "source", header: "案件来源", choices: caseSources, example: "依申请调解", width: 20, help: "不填为依申请调解"},
		{key: "referrer", header: "移送单位", choices: referrers, width: 16, help: "只在接受委托移送时填写"},
		{key: "applicant", header: "申请人", required: true, parse: anyText(400), example: "王小明", width: 18, help: "几个人用“、”分开；主动调解的填一方当事人"},
		{key: "applicantID", header: "申请人证件号码", parse: anyText(400), width: 24, help: "没有登记的不填；几个人的与姓名同样顺序，用“、”分开"},
		{key: "applicantPhone", header: "申请人电话", parse: anyText(400), width: 18},
		{key: "respondent", header: "被申请人", required: true, parse: anyText(400), example: "李大山", width: 18},
		{key: "respondentID", header: "被申请人证件号码", parse: anyText(400), width: 24},
		{key: "respondentPhone", header: "被申请人电话", parse: anyText(400), width: 18},
		{key: "area", header: "区划代码", parse: areaCode, width: 22, help: "纠纷发生在哪个区划；不填为调委会所在的区划"},
		{key: "place", header: "纠纷发生地", parse: anyText(100), example: "东门三组", width: 24},
		{key: "facts", header: "纠纷简要情况", required: true, parse: longText, example: "两家因排水沟发生争执。", width: 40},
		{key: "requested", header: "申请日期", parse: pastDay, width: 14, help: "不填为受理日期"},
		{key: "accepted", header: "受理日期", required: true, parse: pastDay, example: "2019-03-02", width: 14},
		{key: "concluded", header: "结案日期", required: true, parse: pastDay, example: "2019-03-20", width: 14},
		{key: "archived", header: "归档日期", parse: pastDay, width: 14, help: "不填为结案日期"},
		{key: "outcome", header: "调解结果", required: true, choices: outcomes, example: "调解成功", width: 12},
		{key: "terms", header: "协议内容", parse: longText, width: 40, help: "记入纠纷情况，可以搜索"},
		{key: "mediators", header: "调解员编号", parse: anyText(200), width: 18, help: "人员表里的编号，几个人用“、”分开，第一个是主持人"},
		{key: "mediatorNames", header: "调解员", parse: anyText(100), example: "周明德", width: 16, help: "人员表里没有的，填写姓名，记入纠纷情况"},
		{key: "amount", header: "涉及金额（元）", parse: yuan, width: 14},
		{key: "count", header: "涉及人数", parse: seqNo, width: 12},
		{key: "level", header: "保密级别", choices: levelsOf, width: 12, help: "涉及家庭暴力、未成年人、性、医疗隐私、商业秘密的填“隐私”；不填为普通"},
	},
	notes: []string{
		"历史卷宗导入后为“已归档”，保留原卷号，可以查找、打开，不计入成功率；调委会以后的卷号从最大的序号接着编。",
		"以调委会和卷号的年份、序号识别：已经导入的不会重复添加；与系统里内容不同的会作为问题退回，不会改动。",
		"台账里没有的内容不要补编。",
	},
	plan: planLedger,
}

func longText(c *cellReader) (string, string) { return anyTextLines(c, 4000) }

func anyTextLines(c *cellReader, most int) (string, string) {
	text := strings.TrimSpace(c.text)
	if n := len([]rune(text)); n > most {
		return "", fmt.Sprintf("最多%d个字，现有%d个", most, n)
	}
	return text, ""
}

func yearNo(c *cellReader) (string, string) {
	n, err := strconv.Atoi(strings.TrimSuffix(halfWidth(c.text), "年"))
	if err != nil || n < 1950 || n > c.today.Year() {
		return "", "应为四位年份，例如2019"
	}
	return strconv.Itoa(n), ""
}

var seqForm = regexp.MustCompile(`^[0-9]{1,9}$`)

func seqNo(c *cellReader) (string, string) {
	text := halfWidth(c.text)
	n, err := strconv.Atoi(text)
	if !seqForm.MatchString(text) || err != nil || n < 1 {
		return "", "应为正整数"
	}
	return strconv.Itoa(n), ""
}

func yuan(c *cellReader) (string, string) {
	a, err := domain.ParseAmount(c.text)
	if err != nil {
		return "", messageOf(err)
	}
	return a.Decimal().String(), ""
}

var between = regexp.MustCompile(`[、，,;；/\n]+`)

// list parts a cell that names several.
func list(s string) []string {
	var out []string
	for _, x := range between.Split(s, -1) {
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, x)
		}
	}
	return out
}

var organisation = regexp.MustCompile(`(公司|合作社|厂|店|局|所|院|校|园|站|社|会|组|部|中心|银行|政府|办事处|集团|队|学)$`)

// kindOfName tells people from organisations by their names: a ledger has one column for both.
func kindOfName(name string) domain.PartyKind {
	long := len([]rune(name)) > 4
	switch {
	case long && strings.HasSuffix(name, "公司"):
		return domain.Legal
	case long && organisation.MatchString(name):
		return domain.OtherOrganisation
	}
	return domain.Natural
}

// parties reads the names of one side with what else is given of them.
func (r *row) parties(role domain.PartyRole, key, header string) []domain.NewParty {
	names, ids, phones := list(r.values[key]), list(r.values[key+"ID"]), list(r.values[key+"Phone"])
	if len(ids) > 0 && len(ids) != len(names) {
		r.refuse(header+"证件号码", "有%d个，%s有%d个；请按同样的顺序填写，或者不填", len(ids), header, len(names))
	}
	if len(phones) > 0 && len(phones) != len(names) {
		r.refuse(header+"电话", "有%d个，%s有%d个；请按同样的顺序填写，或者不填", len(phones), header, len(names))
	}
	out := make([]domain.NewParty, len(names))
	for i, name := range names {
		out[i] = domain.NewParty{Role: role, Kind: kindOfName(name), Name: name}
		if len(ids) == len(names) {
			out[i].IDNumber = ids[i]
		}
		if len(phones) == len(names) {
			out[i].Phone = phones[i]
		}
	}
	return out
}

// number reads the number of a past file, or its parts where they are given.
func (r *row) number() domain.FileNumber {
	n := domain.FileNumber{Text: r.values["no"]}
	parts, ok := domain.ParseFileNo(n.Text)
	n.Year, n.Seq = parts.Year, parts.N
	for _, x := range []struct {
		key, header string
		to          *int
	}{{"year", "卷号年份", &n.Year}, {"seq", "卷号序号", &n.Seq}} {
		given, err := strconv.Atoi(r.values[x.key])
		switch {
		case err != nil && !ok && n.Text != "":
			r.refuse(x.header, "卷号不是“（2019）××人调字第12号”这样的形式，请填写年份和序号")
		case err == nil && ok && given != *x.to:
			r.refuse(x.header, "与卷号里的%d不一致", *x.to)
		case err == nil:
			*x.to = given
		}
	}
	return n
}

// messages are the Chinese texts of a refusal of the domain, with the columns they are about.
func (r *row) refuseFields(err *domain.Error) {
	if len(err.Fields) == 0 {
		r.problems = append(r.problems, err.Message)
	}
	for _, f := range err.Fields {
		r.problems = append(r.problems, "【"+ledgerColumn(f.Pointer)+"】"+f.Message)
	}
}

// ledgerColumn is the column that a field of the domain comes from.
func ledgerColumn(pointer string) string {
	names := map[string]string{
		"/acceptedOn": "受理日期", "/concludedOn": "结案日期", "/archivedOn": "归档日期", "/requestedOn": "申请日期", "/outcome": "调解结果",
		"/fileNo": "卷号", "/mediators": "调解员编号", "/amount": "涉及金额（元）", "/peopleCount": "涉及人数", "/facts": "纠纷简要情况", "/place": "纠纷发生地",
		"/referrer": "移送单位",
	}
	if name, ok := names[pointer]; ok {
		return name
	}
	for part, name := range map[string]string{"/idNumber": "证件号码", "/phone": "电话"} {
		if strings.HasSuffix(pointer, part) {
			return name
		}
	}
	if strings.HasPrefix(pointer, "/parties") {
		return "当事人"
	}
	return "内容"
}

func sameFile(a domain.FiledCase, f domain.PastFile) []string {
	var differs []string
	if a.Type != f.Type {
		differs = append(differs, "纠纷类型")
	}
	if a.Outcome == nil || *a.Outcome != f.Outcome {
		differs = append(differs, "调解结果")
	}
	if a.AcceptedOn == nil || *a.AcceptedOn != f.AcceptedOn {
		differs = append(differs, "受理日期")
	}
	if a.ConcludedOn == nil || *a.ConcludedOn != f.ConcludedOn {
		differs = append(differs, "结案日期")
	}
	if a.FileNo != f.Number.Text {
		differs = append(differs, "卷号写法")
	}
	return slices.Clip(differs)
}
