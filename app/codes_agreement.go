package app

import "baimi/domain"

// ofMachine lists the statuses of one kind of row with their names.
func ofMachine[S ~string](name, label string, m domain.Machine[S]) Dictionary {
	d := Dictionary{Name: name, Label: label}
	for _, s := range m.States() {
		d.Entries = append(d.Entries, Entry{Code: string(s), Label: m.Name(s)})
	}
	return d
}

// afterAgreement are the codes of agreements, their performance, judicial confirmation and follow-up (domain.md 1.5, 2.3).
func afterAgreement() []Dictionary {
	effects := Dictionary{Name: "effectRule", Label: "协议生效规则"}
	for _, e := range domain.Effects {
		effects.Entries = append(effects.Entries, Entry{Code: string(e.Rule), Label: e.Name})
	}
	manners, standings := Dictionary{Name: "manner", Label: "履行方式"}, Dictionary{Name: "standing", Label: "协议核验结果"}
	for _, m := range domain.Manners {
		manners.Entries = append(manners.Entries, Entry{Code: m.Code, Label: m.Name})
	}
	for _, x := range domain.Standings {
		standings.Entries = append(standings.Entries, Entry{Code: string(x.Standing), Label: x.Name})
	}
	return append([]Dictionary{
		manners, standings,
		ofMachine("agreementStatus", "协议状态", domain.Agreements), effects,
		ofMachine("obligationStatus", "履行情况", domain.Obligations),
		ofMachine("confirmationResult", "司法确认进展", domain.Confirmations),
		ofMachine("followUpStatus", "回访状态", domain.FollowUps),
	}, fixedAfterAgreement...)
}

var fixedAfterAgreement = []Dictionary{
	{Name: "courtReason", Label: "法院不予受理、驳回司法确认申请的理由", Entries: []Entry{
		{Code: "outside_scope", Label: "不属于人民法院受理范围", Group: "不予受理"},
		{Code: "wrong_court", Label: "不属于收到申请的人民法院管辖", Group: "不予受理"},
		{Code: "personal_status", Label: "婚姻关系、亲子关系、收养关系等身份关系无效、有效或者解除", Group: "不予受理"},
		{Code: "other_procedure", Label: "适用其他特别程序、公示催告程序、破产程序审理", Group: "不予受理"},
		{Code: "ownership", Label: "涉及物权、知识产权确权", Group: "不予受理"},
		{Code: "mandatory_law", Label: "违反法律强制性规定", Group: "驳回"},
		{Code: "harms_others", Label: "损害国家利益、社会公共利益、他人合法权益", Group: "驳回"},
		{Code: "public_order", Label: "违背公序良俗", Group: "驳回"},
		{Code: "not_voluntary", Label: "违反自愿原则", Group: "驳回"},
		{Code: "unclear", Label: "内容不明确", Group: "驳回"},
		{Code: "other", Label: "其他不能进行司法确认的情形", Group: "驳回"},
	}},
	{Name: "objector", Label: "对司法确认裁定提出异议的人", Entries: []Entry{
		{Code: "party", Label: "当事人"},
		{Code: "interested", Label: "利害关系人"},
	}},
	{Name: "followUpKind", Label: "回访类别", Entries: []Entry{
		{Code: "each", Label: "每次履行期限届满后回访"},
		{Code: "last", Label: "最后回访"},
		{Code: "immediate", Label: "口头协议即时履行后回访"},
	}},
	{Name: "satisfaction", Label: "满意程度", Entries: []Entry{
		{Code: "satisfied", Label: "满意"},
		{Code: "basically_satisfied", Label: "基本满意"},
		{Code: "unsatisfied", Label: "不满意"},
	}},
	{Name: "performanceSeen", Label: "回访所见履行情况", Entries: []Entry{
		{Code: "performed", Label: "已履行"},
		{Code: "partly", Label: "部分履行"},
		{Code: "not_performed", Label: "未履行"},
		{Code: "not_due", Label: "未到期"},
		{Code: "nothing_owed", Label: "无给付内容"},
	}},
	{Name: "contactHow", Label: "联系方式", Entries: []Entry{
		{Code: "visit", Label: "上门或者当面"},
		{Code: "phone", Label: "电话"},
		{Code: "letter", Label: "书面"},
		{Code: "message", Label: "短信、微信"},
	}},
}
