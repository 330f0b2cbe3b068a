package calendar

// The clocks of the mediation itself. Three things differ: what they count from, what stops them, who can extend them.
//
// What stops them. A case may be suspended for five reasons (domain.md 2.2), which are ours but for one: 特邀调解规定 art. 18
// suspends for a suspicion of false mediation. Texts that take time out of a period speak of 鉴定 alone (在线 26, 医疗 38).
// So the month of D4, which binds "as a rule" only, stands still whenever the case does; a period set by a court's rules
// or by statute stops only for what its own text names, even while the case is suspended for another reason. Where a text
// suspends the mediation without a word on the period (特邀 18), that the period stands still too is our reading: [D].
// Labour stops for nothing: after 15 days arbitration is open to the parties, and a pause must not take that away.

var (
	bothParties = []Side{Applicants, Respondents}

	appraisalOnline = PauseRule{Appraisal, online + "第26条", SureA}
	suspectedFalse  = PauseRule{FalseMediation, invited + "第18条", SureD}
	courtConsent    = ExtendRule{SignedBy: bothParties, Basis: invited + "第27条", Sure: SureA}
	courtPauses     = []PauseRule{suspectedFalse}
	onlinePauses    = []PauseRule{appraisalOnline, suspectedFalse}
)

func mediation() []Rule {
	return []Rule{
		{
			Code: "D4", Name: "调解期限", Term: Term{1, Month, true}, From: Accepted, Kind: Legal, Pauses: whileSuspended(),
			Extends: ExtendRule{SignedBy: bothParties, Basis: "双方当事人同意，参照" + invited + "第27条", Sure: SureB},
			Basis:   "人民调解工作若干规定第33条", Duty: SureB, Length: SureB, Note: "一般在一个月内调结",
		},
		court("D5", "offline", "委派调解期限", 30),
		court("D5", "online", "委派调解期限（在线）", 30),
		court("D6", "ordinary", "委托调解期限（普通程序）", 15),
		court("D6", "ordinary_online", "委托调解期限（普通程序，在线）", 15),
		court("D6", "summary", "委托调解期限（简易程序）", 7),
		court("D6", "summary_online", "委托调解期限（简易程序，在线）", 7),
		{
			Code: "D7", Name: "劳动争议调解期限", Term: Term{15, Day, true}, From: ApplicationArrived, Kind: Legal,
			Basis: "劳动争议调解仲裁法第14条", Duty: SureA, Length: SureA, Note: "届满未达成协议的，当事人可以申请仲裁；双方愿意的，可以继续调解",
		},
		{
			Code: "D8", Name: "医疗纠纷调解期限", Term: Term{30, WorkingDay, true}, From: Accepted, Kind: Legal,
			Pauses:  []PauseRule{{Appraisal, "医疗纠纷预防和处理条例第38条", SureA}},
			Extends: ExtendRule{SignedBy: []Side{Applicants, Respondents, Committee}, Basis: "医疗纠纷预防和处理条例第38条", Sure: SureA},
			Basis:   "医疗纠纷预防和处理条例第38条", Duty: SureA, Length: SureA, Note: "超过期限未达成协议的，视为调解不成",
		},
	}
}

// court is a period that a court's referral sets: it runs from the signature for the papers, or from the confirmation on
// the platform, where 鉴定 is excluded by name.
func court(code, variant, name string, days int) Rule {
	r := Rule{
		Code: code, Variant: variant, Name: name, Term: Term{days, Day, true}, From: PapersSignedFor, Kind: Legal,
		Pauses: courtPauses, Extends: courtConsent, Basis: invited + "第27条", Duty: SureA, Length: SureA, Since: invitedSince,
	}
	if variant == "online" || variant == "ordinary_online" || variant == "summary_online" {
		r.From, r.Pauses, r.Basis, r.Since = PlatformConfirmed, onlinePauses, online+"第24条", onlineSince
	}
	return r
}

func whileSuspended() []PauseRule {
	rules := make([]PauseRule, len(Reasons))
	for i, reason := range Reasons {
		rules[i] = PauseRule{Reason: reason, Basis: "中止期间不计入，产品默认", Sure: SureD}
	}
	return rules
}
