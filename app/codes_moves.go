package app

import (
	"baimi/domain"
	"baimi/domain/calendar"
)

// moveWords are the code words of clues, supplements, transfers, suspensions and reopenings (domain.md 0.4, 1.6, 2.2, 2.4).
var moveWords = []Dictionary{
	{Name: "clueDismissal", Label: "线索查实结论", Entries: []Entry{
		{Code: "unfounded", Label: "查否"},
		{Code: "settled_itself", Label: "自行化解"},
		{Code: "entered_by_mistake", Label: "误录"},
	}},
	{Name: "tier", Label: "化解层级", Entries: []Entry{
		{Code: string(domain.TierBuilding), Label: "楼栋"},
		{Code: string(domain.TierCourtyard), Label: "小区、院落"},
		{Code: string(domain.TierGrid), Label: "网格"},
		{Code: string(domain.TierVillage), Label: "村（社区）"},
		{Code: string(domain.TierTown), Label: "镇（街道）"},
	}},
	{Name: "supplementItem", Label: "补正事项", Entries: []Entry{
		{Code: "identity", Label: "当事人身份证明"},
		{Code: "other_side_details", Label: "对方当事人的姓名、地址或者联系方式"},
		{Code: "other_side_consent", Label: "对方当事人的调解意愿"},
		{Code: "evidence", Label: "与纠纷有关的证据材料"},
		{Code: "authorisation", Label: "授权委托材料"},
	}},
	{Name: "transferReason", Label: "移送理由", Entries: []Entry{
		{Code: "outside_venue", Label: "不属于本调委会的管辖范围"},
		{Code: "difficult", Label: "疑难、复杂，本调委会难以化解"},
		{Code: "cross_area", Label: "跨区域、跨单位"},
		{Code: "special_organ", Label: "应由专门机关处理"},
		{Code: "party_request", Label: "当事人要求"},
	}},
	{Name: "transferRefusal", Label: "退回移送理由", Entries: []Entry{
		{Code: "not_ours", Label: "不属于本单位的受理范围"},
		{Code: "papers_missing", Label: "移送材料不全"},
		{Code: "party_refused", Label: "当事人不同意移送"},
		{Code: "already_seized", Label: "已有其他机关受理"},
		{Code: "other", Label: "其他理由"},
	}},
	{Name: "transferAnswer", Label: "移送答复", Entries: []Entry{
		{Code: string(domain.TransferOpen), Label: "等待答复"},
		{Code: string(domain.TransferConfirmed), Label: "已接收"},
		{Code: string(domain.TransferRefused), Label: "已退回"},
		{Code: string(domain.TransferReturned), Label: "逾期未答复，自动退回"},
	}},
	{Name: "outsideOrgan", Label: "系统外接收单位", Entries: []Entry{
		{Code: "court", Label: "人民法院"},
		{Code: "labour_arbitration", Label: "劳动人事争议仲裁委员会"},
		{Code: "land_arbitration", Label: "农村土地承包仲裁委员会"},
		{Code: "administrative", Label: "行政机关"},
		{Code: "police", Label: "公安机关"},
		{Code: "petition", Label: "信访部门"},
		{Code: "other_mediation", Label: "县外的或者其他调解组织"},
	}},
	suspensionReasons(),
	{Name: "reopeningGround", Label: "重新调解理由", Entries: []Entry{
		{Code: "agreement_invalid", Label: "协议被人民法院确认无效"},
		{Code: "confirmation_dismissed", Label: "司法确认申请被裁定驳回"},
		{Code: "content_improper", Label: "协议内容不当，双方同意变更"},
		{Code: "performance_difficult", Label: "履行有困难，双方同意重新调解"},
		{Code: "wrong_closing", Label: "结案有误"},
	}},
	{Name: "approvalRefusal", Label: "不予批准理由", Entries: []Entry{
		{Code: "unfounded", Label: "理由不成立"},
		{Code: "papers_missing", Label: "证明材料不足"},
		{Code: "goes_on", Label: "可以继续调解"},
		{Code: "other_way", Label: "应通过其他途径解决"},
	}},
	{Name: "extensionSide", Label: "同意延长的一方", Entries: []Entry{
		{Code: string(calendar.Applicants), Label: calendar.Applicants.Name()},
		{Code: string(calendar.Respondents), Label: calendar.Respondents.Name()},
		{Code: string(calendar.Committee), Label: calendar.Committee.Name()},
	}},
	{Name: "courtReferralKind", Label: "法院移送方式", Entries: []Entry{
		{Code: string(calendar.Delegated), Label: "委派调解（立案前）"},
		{Code: string(calendar.EntrustedOrdinary), Label: "委托调解（普通程序）"},
		{Code: string(calendar.EntrustedSummary), Label: "委托调解（简易程序）"},
	}},
}

func suspensionReasons() Dictionary {
	d := Dictionary{Name: "suspensionReason", Label: "中止原因"}
	for _, r := range calendar.Reasons {
		d.Entries = append(d.Entries, Entry{Code: string(r), Label: r.Name()})
	}
	return d
}
