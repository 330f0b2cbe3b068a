package domain

import (
	"slices"

	"baimi/domain/calendar"
)

// Advice is what the navigator says of asking a court to confirm an agreement.
type Advice string

// The advices, from best to worst.
const (
	AdviceEligible Advice = "eligible" // 可以申请
	AdviceAsk      Advice = "ask"      // 先核实
	AdviceNot      Advice = "not"      // 不能申请
)

var advices = []Advice{AdviceEligible, AdviceAsk, AdviceNot}

// Ground is one reason of an advice, with the article it rests on.
type Ground struct {
	Advice            Advice
	Code, Text, Basis string
}

// Venue is a court that may be asked. Its name is filled in where the county's courts are known.
type Venue struct{ Code, Text, Basis, Court string }

// ConfirmationPaper is one of the papers that an application needs. Ready tells whether the case has what it prints from.
type ConfirmationPaper struct {
	Code, Text, Basis string
	Ready             bool
}

// ConfirmationMatter is what the advice rests on: what is known of an agreement, and what the mediator answered.
type ConfirmationMatter struct {
	Status     AgreementStatus // "" when there is no agreement
	Form       Form
	Type       string // of the dispute
	Referral   calendar.Referral
	Texts      []string // terms and duties
	Payments   int      // duties to pay or to hand over
	Acts       int      // other duties
	Filed      ConfirmationResult
	Refused    string // the reason, where a court did not docket the last application
	Void       bool
	Due, Today calendar.Date
	Answers    map[string]bool // by the reasons of 民诉法解释 355 and 358: does it apply? Missing is not answered
}

// Navigation is the whole advice on one agreement.
type Navigation struct {
	AgreementNo int
	Advice      Advice
	Grounds     []Ground
	Due         calendar.Date // zero while no clock runs
	DaysLeft    int
	Venues      []Venue
	Papers      []ConfirmationPaper
}

// answerable are the reasons of a court that only people can judge, with what they are.
var answerable = []Ground{
	{Code: "outside_scope", Text: "不属于人民法院受理范围的，法院不予受理", Basis: "民事诉讼法解释第355条第1项"},
	{Code: "personal_status", Text: "申请确认婚姻、亲子、收养等身份关系有效、无效或者解除的，法院不予受理", Basis: "民事诉讼法解释第355条第3项"},
	{Code: "other_procedure", Text: "适用其他特别程序、公示催告程序、破产程序的，法院不予受理", Basis: "民事诉讼法解释第355条第4项"},
	{Code: "ownership", Text: "涉及物权、知识产权确权的，法院不予受理", Basis: "民事诉讼法解释第355条第5项"},
	{Code: "mandatory_law", Text: "违反法律强制性规定的，法院驳回申请", Basis: "民事诉讼法解释第358条"},
	{Code: "harms_others", Text: "损害国家利益、社会公共利益、他人合法权益的，法院驳回申请", Basis: "民事诉讼法解释第358条"},
	{Code: "public_order", Text: "违背公序良俗的，法院驳回申请", Basis: "民事诉讼法解释第358条"},
	{Code: "not_voluntary", Text: "违反自愿原则的，法院驳回申请", Basis: "民事诉讼法解释第358条"},
	{Code: "unclear", Text: "内容不明确的，法院驳回申请", Basis: "民事诉讼法解释第358条"},
}

// AnswerableReasons are what a mediator may answer.
func AnswerableReasons() []Ground { return slices.Clone(answerable) }

// AdviseConfirmation says whether a court can be asked to confirm an agreement: the worst of the grounds counts.
func AdviseConfirmation(m ConfirmationMatter) (Advice, []Ground) {
	var grounds []Ground
	add := func(a Advice, code, text, basis string) { grounds = append(grounds, Ground{a, code, text, basis}) }
	m.formalities(add)
	if len(grounds) == 0 {
		m.contents(add)
	}
	worst := AdviceEligible
	for _, g := range grounds {
		if slices.Index(advices, g.Advice) > slices.Index(advices, worst) {
			worst = g.Advice
		}
	}
	if worst == AdviceEligible {
		add(AdviceEligible, "eligible", "双方可以自协议生效之日起三十日内共同向人民法院申请司法确认", "民事诉讼法第205条；人民调解法第33条")
	}
	return worst, grounds
}

// formalities are what the record alone decides.
func (m ConfirmationMatter) formalities(add func(Advice, string, string, string)) {
	switch {
	case m.Void:
		add(AdviceNot, "void", "案件已作废", "产品规定P1")
	case m.Status == "":
		add(AdviceNot, "none", "没有达成调解协议", "民事诉讼法第205条")
	case m.Status == AgreementDraft || m.Status == AgreementSigned:
		add(AdviceNot, "not_in_force", "协议尚未生效，各方签名、调解员签名并加盖印章后才能申请", "人民调解法第29条、第33条")
	case m.Status != AgreementEffective && m.Status != AgreementFulfilled:
		add(AdviceNot, "ended", "协议已变更、撤销、确认无效或者未生效即放弃", "人民调解法第33条")
	case m.Form != Written:
		add(AdviceNot, "oral", "口头协议没有可以提交的调解协议书，先补签书面协议，再自书面协议生效之日起三十日内申请", "民事诉讼法解释第354条；人民调解法第33条")
	case m.Filed == ConfirmationConfirmed:
		add(AdviceNot, "confirmed", "法院已裁定协议有效，一方不履行的可以直接申请强制执行", "民事诉讼法第206条")
	case m.Filed == ConfirmationApplied || m.Filed == ConfirmationDocketed:
		add(AdviceNot, "pending", "已经申请，法院尚未作出裁定", "民事诉讼法第206条")
	case m.Filed == ConfirmationDismissed:
		add(AdviceNot, "dismissed", "法院已驳回申请，可以变更协议、达成新的协议，或者起诉", "民事诉讼法第206条")
	case m.Referral == calendar.EntrustedOrdinary || m.Referral == calendar.EntrustedSummary:
		add(AdviceNot, "after_filing", "法院立案后委托调解的，协议交回法院，由法院制作调解书或者由原告撤诉", "特邀调解规定第19条、第20条")
	case !m.Due.IsZero() && m.Today.After(m.Due):
		add(AdviceNot, "late", "自协议生效之日起已超过三十日", "民事诉讼法第205条；人民调解法第33条")
	}
}

// contents are what the agreement says, as far as the program can tell and people answered.
func (m ConfirmationMatter) contents(add func(Advice, string, string, string)) {
	for _, x := range answerable {
		applies, answered := m.Answers[x.Code]
		switch {
		case answered && applies && x.Code == "personal_status" && m.Payments+m.Acts > 0:
			add(AdviceAsk, x.Code, "身份关系部分法院不予受理；可以只就给付内容申请，先向法院立案窗口核实", x.Basis)
		case answered && applies:
			add(AdviceNot, x.Code, x.Text, x.Basis)
		case !answered && m.hints(x.Code):
			add(AdviceAsk, x.Code, "请核实："+x.Text, x.Basis)
		}
	}
	if m.Filed == ConfirmationRefused {
		switch m.Refused {
		case "wrong_court":
			add(AdviceAsk, "wrong_court", "上次申请的法院没有管辖权，三十日内可以向有管辖权的法院申请", "民事诉讼法第205条；民事诉讼法解释第355条第2项")
		default:
			add(AdviceNot, "refused", "法院已决定不予受理，可以按约定履行或者起诉", "民事诉讼法解释第355条；人民调解法第32条")
		}
	}
	switch {
	case labourTypes[m.Type] && m.Payments == 0:
		add(AdviceNot, "labour", "劳动争议只有给付义务的内容可以申请司法确认", "法释〔2020〕26号第52条")
	case labourTypes[m.Type] && m.Acts > 0:
		add(AdviceAsk, "labour", "劳动争议只能就给付义务申请司法确认，其他内容请先向法院核实", "法释〔2020〕26号第52条")
	case m.Payments+m.Acts == 0:
		add(AdviceAsk, "nothing_owed", "协议没有履行事项，确认后没有可以执行的内容，先核实是否需要", "民事诉讼法第206条")
	case m.Status == AgreementFulfilled:
		add(AdviceAsk, "fulfilled", "协议已履行完毕，先核实是否还需要申请", "民事诉讼法第206条")
	}
}

// hints tells whether the words or the type of a dispute give reason to ask.
func (m ConfirmationMatter) hints(code string) bool {
	says := func(words []string) bool {
		return slices.ContainsFunc(m.Texts, func(text string) bool { return firstOf(words, text) != "" })
	}
	switch code {
	case "personal_status":
		return says(statusWords) || m.Type == familyType && m.Payments+m.Acts == 0
	case "ownership":
		return says(titleWords) || slices.Contains(ownershipTypes, m.Type) && m.Payments == 0
	case "unclear":
		return says(vagueWords)
	}
	return false
}

// Navigate advises on the last agreement of the case that is not given up. answers are the mediator's, by reason.
func (c *Case) Navigate(today calendar.Date, answers map[string]bool) Navigation {
	m := ConfirmationMatter{Type: c.Type, Referral: c.CourtReferral.Kind, Void: c.Status == StatusVoid, Today: today, Answers: answers}
	var n Navigation
	g := c.lastAgreement()
	if g != nil {
		n.AgreementNo, m.Status, m.Form = g.No, g.Status, g.Form
		m.Due = c.confirmationDue(g.No)
		m.Texts = []string{g.Terms.Reveal()}
		for _, o := range c.obligationsOf(g.No) {
			m.Texts = append(m.Texts, o.What.Reveal())
			if o.Manner == "act" {
				m.Acts++
			} else {
				m.Payments++
			}
		}
		for _, x := range c.Confirmations {
			if x.AgreementNo == g.No {
				m.Filed = x.Result
				if x.Reason != nil {
					m.Refused = *x.Reason
				}
			}
		}
		if !m.Due.IsZero() {
			n.Due, n.DaysLeft = m.Due, today.DaysUntil(m.Due)
		}
	}
	n.Advice, n.Grounds = AdviseConfirmation(m)
	if n.Advice != AdviceNot {
		n.Venues, n.Papers = c.venues(m), c.confirmationPapers(*g)
	}
	return n
}

// lastAgreement is the agreement that the parties would bring before a court: the last that was not given up.
func (c *Case) lastAgreement() *Agreement {
	for i := len(c.Agreements) - 1; i >= 0; i-- {
		if c.Agreements[i].Status != AgreementAbandoned {
			return &c.Agreements[i]
		}
	}
	return nil
}

// venues are the courts that may be asked (民事诉讼法 205; of labour 法释〔2020〕26号 52).
func (c *Case) venues(m ConfirmationMatter) []Venue {
	const own = "民事诉讼法第205条第2项"
	switch {
	case m.Referral == calendar.Delegated:
		return []Venue{{Code: "inviting", Text: "委派调解的人民法院", Basis: "民事诉讼法第205条第1项"}}
	case labourTypes[m.Type]:
		return []Venue{{Code: "committee", Text: "人民调解委员会所在地的基层人民法院", Basis: "法释〔2020〕26号第52条"}}
	}
	return []Venue{
		{Code: "committee", Text: "人民调解委员会所在地的基层人民法院", Basis: own},
		{Code: "party", Text: "当事人住所地的基层人民法院", Basis: own},
		{Code: "object", Text: "标的物所在地的基层人民法院", Basis: own},
	}
}

// confirmationPapers is the pack (民事诉讼法解释 353, 354).
func (c *Case) confirmationPapers(g Agreement) []ConfirmationPaper {
	known, agents := true, false
	for _, p := range c.Parties {
		known = known && (p.Role == ThirdParty || p.IDNumber.Given() && p.Address.Given() && p.Phone.Given())
	}
	for _, r := range c.Representatives {
		agents = agents || r.Kind == RepresentativeAgent && r.UntilOn == nil
	}
	const pack = "民事诉讼法解释第354条"
	list := []ConfirmationPaper{
		{"application", "司法确认申请书（双方签名），也可以口头申请由法院记录", "民事诉讼法解释第353条", true},
		{"agreement", "人民调解协议书", pack, g.Form == Written && g.EffectiveOn != nil},
		{"presided", "调解组织主持调解的证明", pack, g.SealedOn != nil},
		{"identity", "双方的身份证明、住所、联系方式", pack, known},
	}
	if slices.Contains(ownershipTypes, c.Type) || slices.ContainsFunc(c.obligationsOf(g.No), func(o Obligation) bool { return o.Manner == "delivery" }) {
		list = append(list, ConfirmationPaper{"property", "与协议相关的财产权利证明", pack, false})
	}
	if agents {
		list = append(list, ConfirmationPaper{"mandate", "代理人的授权委托书和身份证明", "民事诉讼法第205条；民事诉讼法解释第351条", true})
	}
	return list
}
