package app

import "baimi/domain"

// teamWords are the code words of the people around a case, of attempts to reach them, of notices and consents (domain.md 1.2, 1.6,
// 6.4, 7.1).
var teamWords = []Dictionary{
	{Name: "appointmentWay", Label: "调解员产生方式", Entries: []Entry{
		{Code: string(domain.Appointed), Label: "调委会指定"},
		{Code: string(domain.Chosen), Label: "当事人选择"},
	}},
	{Name: "appointmentEnd", Label: "不再担任调解员的原因", Entries: []Entry{
		{Code: string(domain.EndChanged), Label: "变更调解员"},
		{Code: string(domain.EndRecused), Label: "回避"},
		{Code: string(domain.EndReplaced), Label: "当事人要求更换"},
	}},
	pairs("recusalKind", "回避事项", domain.RecusalKinds),
	{Name: "recusalStatus", Label: "回避事项的结果", Entries: []Entry{
		{Code: string(domain.RecusalOpen), Label: "待决定"},
		{Code: string(domain.RecusalGranted), Label: "同意回避、更换"},
		{Code: string(domain.RecusalRefused), Label: "不予回避、更换"},
		{Code: string(domain.RecusalWaived), Label: "各方当事人同意其继续调解"},
		{Code: string(domain.RecusalWithdrawn), Label: "提出人撤回"},
		{Code: string(domain.RecusalLapsed), Label: "不再需要决定"},
	}},
	pairs("recusalGround", "回避理由", domain.RecusalGrounds),
	pairs("inviteeKind", "邀请人员身份", domain.InviteeKinds),
	pairs("attemptHow", "联系方式", domain.AttemptWays),
	pairs("contactResult", "联系结果", domain.ContactResults),
	pairs("noticeKind", "告知事项", domain.NoticeKinds),
	pairs("sensitiveKind", "敏感个人信息种类", domain.SensitiveKinds),
	pairs("ethnicity", "民族（GB/T 3304）", domain.Ethnicities),
}
