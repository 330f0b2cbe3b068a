package calendar

import "time"

// Standard is the product's rule book: D1 to D20 of domain.md 2.5 with 1.5 to 1.7, and no number beyond them. Which rules
// pause and which can be extended is that table's too. A county that decides otherwise loads a book of its own version;
// World and Recompute show beforehand what that would change.
func Standard() Rulebook {
	rules := intake()
	rules = append(rules, mediation()...)
	rules = append(rules, afterwards()...)
	rules = append(rules, alarms()...)
	return Rulebook{Version: "2026.1", Rules: rules, Routes: routes()}
}

const (
	online  = "人民法院在线调解规则"
	invited = "特邀调解规定"
)

var (
	// Since stays zero where domain.md gives no date of force.
	invitedSince = MustDate(2016, time.July, 1)
	onlineSince  = MustDate(2022, time.January, 1)
	procedure23  = MustDate(2024, time.January, 1) // 民事诉讼法 as amended 2023

	workingDays3 = Term{3, WorkingDay, true}
)

func intake() []Rule {
	return []Rule{
		{
			Code: "D1", Name: "决定是否受理", Term: workingDays3, From: Requested, Kind: Default,
			Basis: "人民调解工作若干规定第24条，期限为产品默认值", Duty: SureB, Length: SureD, Note: "规定只写“及时”；默认值参照" + online + "第12条",
		},
		{
			Code: "D2", Variant: "court", Name: "答复法院移送", Term: workingDays3, From: ReferralReceived, Kind: Legal,
			Basis: online + "第12条", Duty: SureA, Length: SureA, Note: "逾期不答复的，自动退回移送方", Since: onlineSince,
		},
		{
			Code: "D2", Variant: "other", Name: "答复移送", Term: workingDays3, From: ReferralReceived, Kind: Default,
			Basis: "产品默认值，参照" + online + "第12条", Duty: SureD, Length: SureD, Note: "逾期不答复的，自动退回移送方",
		},
		{
			Code: "D3", Name: "联系对方当事人", Term: workingDays3, From: Accepted, Kind: Legal,
			Basis: online + "第15条", Duty: SureA, Length: SureA, Note: "法院委派的案件", Since: onlineSince,
		},
	}
}

func afterwards() []Rule {
	return []Rule{
		{
			Code: "D9", Name: "申请交警部门调解", Term: Term{3, Day, true}, From: TerminationDecided, Kind: Legal,
			Basis: "道路交通事故处理程序规定第84条至第86条", Duty: SureA, Length: SureA, Note: "双方当事人一致申请；也可以起诉",
		},
		{
			Code: "D10", Name: "申请司法确认", Term: Term{30, Day, true}, From: AgreementEffective, Kind: Legal,
			Basis: "人民调解法第33条", Duty: SureA, Length: SureA, Note: "双方当事人共同申请", Since: MustDate(2011, 1, 1), Until: procedure23,
		},
		{
			Code: "D10", Name: "申请司法确认", Term: Term{30, Day, true}, From: AgreementEffective, Kind: Legal,
			Basis: "人民调解法第33条、民事诉讼法第205条", Duty: SureA, Length: SureA, Note: "双方当事人共同申请", Since: procedure23,
		},
		{
			Code: "D11", Variant: "accept", Name: "法院决定是否受理司法确认申请", Term: Term{3, Day, true}, From: CourtFiling, Kind: Information,
			Basis: "法释〔2011〕5号第4条", Duty: SureA, Length: SureA,
		},
		{
			Code: "D11", Variant: "decide", Name: "法院作出是否确认的决定", Term: Term{15, Day, true}, From: CourtFiling, Kind: Information,
			Extends: ExtendRule{SignedBy: []Side{Authority}, AtMost: Term{10, Day, false}, Basis: "法释〔2011〕5号第5条", Sure: SureA},
			Basis:   "法释〔2011〕5号第5条", Duty: SureA, Length: SureA, Note: "与民事诉讼法第187条的30日不一致，两者都只作参考",
		},
		{
			Code: "D11", Variant: "procedure", Name: "特别程序的一般审限", Term: Term{30, Day, true}, From: CourtFiling, Kind: Information,
			Extends: ExtendRule{SignedBy: []Side{Authority}, Basis: "民事诉讼法第187条", Sure: SureA},
			Basis:   "民事诉讼法第187条", Duty: SureA, Length: SureA,
		},
		{
			Code: "D12", Name: "对司法确认裁定提出异议", Term: Term{15, Day, true}, From: RulingReceived, Kind: Legal,
			Basis: "民事诉讼法解释第372条", Duty: SureA, Length: SureA,
		},
		{
			Code: "D13", Name: "协议履行期限", Term: Term{0, Day, false}, From: PerformanceDue, Kind: Agreed,
			Basis: "人民调解法第31条", Duty: SureA, Length: SureA, Note: "改期须重新调解，形成新的履行事项",
		},
		{
			Code: "D14", Name: "申请强制执行", Term: Term{2, Year, true}, From: LastPerformanceDue, Kind: Legal,
			Basis: "民事诉讼法第250条", Duty: SureA, Length: SureA, Note: "只适用于经法院确认的协议；分期履行的，自最后一期届满起",
		},
	}
}

func alarms() []Rule {
	const visits = "人民调解工作若干规定第36条，期限为产品默认值"
	return []Rule{
		{Code: "D15", Variant: "each", Name: "履行后回访", Term: Term{3, Day, true}, From: PerformanceDue, Kind: Default, Basis: visits, Duty: SureM, Length: SureD},
		{Code: "D15", Variant: "last", Name: "最后回访", Term: Term{30, Day, true}, From: LastPerformanceDue, Kind: Default, Basis: visits, Duty: SureM, Length: SureD},
		{
			Code: "D15", Variant: "immediate", Name: "口头协议即时履行后回访", Term: Term{15, Day, true}, From: LastPerformanceDue, Kind: Default,
			Basis: visits, Duty: SureM, Length: SureD, Note: "口头协议并且即时履行的，回访一次",
		},
		{
			Code: "D15", Variant: "again", Name: "再次回访", Term: Term{7, Day, true}, From: NotReached, Kind: Default,
			Basis: visits, Duty: SureM, Length: SureD, Note: "未联系上的，再次回访，最多三次",
		},
		{
			Code: "D16", Name: "激化风险报告提醒", Term: Term{2, Hour, false}, From: RiskFound, Kind: Alarm,
			Basis: "人民调解法第25条，时长为产品默认值", Duty: SureA, Length: SureD, Note: "法律要求立即报告；2小时是未报告时的提醒",
		},
		{Code: "D17", Name: "归档期限", Term: Term{30, Day, true}, From: Closed, Kind: Default, Basis: "产品默认值", Duty: SureD, Length: SureD},
		{
			Code: "D18", Variant: "receive", Name: "信访事项登记办理", Term: Term{15, Day, true}, From: PetitionReceived, Kind: Legal,
			Basis: "信访工作条例第22条", Duty: SureA, Length: SureA,
		},
		{
			Code: "D18", Variant: "handle", Name: "信访事项办结", Term: Term{60, Day, true}, From: PetitionAccepted, Kind: Legal,
			Extends: ExtendRule{SignedBy: []Side{Authority}, AtMost: Term{30, Day, false}, Basis: "信访工作条例第34条", Sure: SureA},
			Basis:   "信访工作条例第34条", Duty: SureA, Length: SureA,
		},
		{
			Code: "D19", Name: "调委会委员任期", Term: Term{3, Year, false}, From: Elected, Kind: Alarm,
			Basis: "人民调解法第9条", Duty: SureA, Length: SureA, Note: "村（居）委会任期已为5年；只作换届提醒",
		},
		{
			Code: "D20", Name: "网络日志留存", Term: Term{6, Month, false}, From: Recorded, Kind: Alarm,
			Basis: "网络安全法", Duty: SureA, Length: SureA, Note: "至少留存6个月：在此之前不得删除",
		},
	}
}
