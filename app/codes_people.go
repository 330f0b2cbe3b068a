package app

import "baimi/domain"

// peopleWords are the code words of representatives, capacities, escalations, late entries and erasures (domain.md 0.4, 2.3,
// 3.2 F27 and F30, 6.4; 人民调解法 25).
var peopleWords = []Dictionary{
	{Name: "representativeKind", Label: "代理类别", Entries: []Entry{
		{Code: string(domain.RepresentativeAgent), Label: "委托代理人"},
		{Code: string(domain.RepresentativeGuardian), Label: "法定代理人（监护人）"},
		{Code: string(domain.RepresentativeHead), Label: "法定代表人、负责人"},
		{Code: string(domain.RepresentativeElected), Label: "推选代表"},
	}},
	pairs("agentPower", "代理权限", domain.AgentPowers),
	{Name: "relation", Label: "与当事人的关系或者职务", Entries: []Entry{
		{Code: "father", Label: "父亲"},
		{Code: "mother", Label: "母亲"},
		{Code: "spouse", Label: "配偶"},
		{Code: "child", Label: "子女"},
		{Code: "grandparent", Label: "祖父母、外祖父母"},
		{Code: "sibling", Label: "兄弟姐妹"},
		{Code: "other_relative", Label: "其他近亲属"},
		{Code: "committee", Label: "村（居）民委员会"},
		{Code: "civil_affairs", Label: "民政部门"},
		{Code: "legal_representative", Label: "法定代表人"},
		{Code: "responsible_person", Label: "负责人"},
		{Code: "employee", Label: "工作人员"},
		{Code: "lawyer", Label: "律师"},
		{Code: "legal_worker", Label: "基层法律服务工作者"},
		{Code: "other", Label: "其他"},
	}},
	{Name: "legalCapacity", Label: "民事行为能力", Entries: []Entry{
		{Code: string(domain.CapacityUnknown), Label: "未登记"},
		{Code: string(domain.CapacityFull), Label: "完全民事行为能力"},
		{Code: string(domain.CapacityLimited), Label: "限制民事行为能力"},
		{Code: string(domain.CapacityNone), Label: "无民事行为能力"},
	}},
	{Name: "idAbsence", Label: "没有证件号码的原因", Entries: []Entry{
		{Code: "never_issued", Label: "未办理证件"},
		{Code: "lost", Label: "证件遗失，正在补办"},
		{Code: "verified_otherwise", Label: "由村（社区）或者单位证明身份"},
	}},
	pairs("lateReason", "补录原因", domain.LateReasons),
	levelsOfEscalation(),
	kindsOfEscalation(),
	{Name: "victim", Label: "受威胁的人", Entries: []Entry{
		{Code: string(domain.VictimOther), Label: "其他人"},
		{Code: string(domain.VictimMinor), Label: "未成年人"},
		{Code: string(domain.VictimIncapable), Label: "无民事行为能力人、限制民事行为能力人"},
	}},
	pairs("escalationMeasure", "预警措施", domain.EscalationMeasures),
	pairs("reportOrgan", "报告单位", domain.ReportOrgans),
	pairs("reportWay", "报告方式", domain.ReportWays),
	{Name: "escalationResult", Label: "预警处置结果", Entries: []Entry{
		{Code: string(domain.ResultStable), Label: "稳控"},
		{Code: string(domain.ResultCriminal), Label: "转刑事案件"},
		{Code: string(domain.ResultPublicOrder), Label: "转治安案件"},
		{Code: string(domain.ResultLifted), Label: "解除"},
	}},
	grounds(),
	{Name: "draftStatus", Label: "草稿状态", Entries: []Entry{
		{Code: string(domain.DraftOpen), Label: "草稿"},
		{Code: string(domain.DraftRegistered), Label: "已登记"},
		{Code: string(domain.DraftDiscarded), Label: "已放弃"},
	}},
}

// pairs makes a list of the domain's own.
func pairs(name, label string, list []struct{ Code, Name string }) Dictionary {
	d := Dictionary{Name: name, Label: label}
	for _, x := range list {
		d.Entries = append(d.Entries, Entry{Code: x.Code, Label: x.Name})
	}
	return d
}

func levelsOfEscalation() Dictionary {
	d := Dictionary{Name: "escalationLevel", Label: "预警等级（产品默认）"}
	for _, x := range domain.EscalationLevels {
		d.Entries = append(d.Entries, Entry{Code: string(x.Level), Label: x.Name})
	}
	return d
}

func kindsOfEscalation() Dictionary {
	d := Dictionary{Name: "escalationKind", Label: "激化情形"}
	for _, x := range domain.EscalationKinds {
		d.Entries = append(d.Entries, Entry{Code: string(x.Kind), Label: x.Name})
	}
	return d
}

func grounds() Dictionary {
	d := Dictionary{Name: "erasureGround", Label: "删除理由"}
	for _, x := range domain.ErasureGrounds {
		d.Entries = append(d.Entries, Entry{Code: string(x.Ground), Label: x.Name})
	}
	return d
}
