package forms

import (
	"baimi/domain"
	"baimi/domain/calendar"
)

func outcomeIs(o domain.Outcome) func(Matter) []int {
	return once(func(m Matter) bool { return m.Case.Outcome != nil && *m.Case.Outcome == o })
}

func concludedOn(m Matter, _ int) *calendar.Date { return m.Case.ConcludedOn }

// declined tells whether the dispute was not accepted: then there are its registration and the letter alone (domain.md 3.3).
func (m Matter) declined() bool {
	return m.Case.Outcome != nil && *m.Case.Outcome == domain.OutcomeNotAccepted
}

// addressed is a letter's head, to both sides.
func (m Matter) addressed() Para {
	names := m.side(domain.Applicant)
	names = append(names, m.side(domain.Respondent)...)
	return Para{Text: or(joined(names)) + "：", Flush: true}
}

// told are the other ways that are open to the parties (人民调解法 26).
func (m Matter) told() []Block {
	if len(m.Case.Remedies) == 0 {
		return []Block{Para{Text: "依照法律，你们可以通过仲裁、行政、司法等途径维护自己的权利：" + blank}}
	}
	out := []Block{Para{Text: "依照法律，你们可以通过下列途径维护自己的权利："}}
	for i, r := range m.Case.Remedies {
		out = append(out, Para{Text: chineseNumber(i+1) + "、" + m.label("remedy", r) + "。"})
	}
	return out
}

// declined says why a dispute is not taken on (F21).
var declined = Kind{
	Code: "declined", FormNo: "F21", Name: "不予受理告知书", Blank: true, Numbers: outcomeIs(domain.OutcomeNotAccepted), On: concludedOn,
	Write: func(m Matter, _ int) []Block {
		c := m.Case
		out := []Block{Heading{Text: "不 予 受 理 告 知 书"}, m.addressed(), Para{
			Text: m.broughtIn() + "，经审查，因" +
				or(m.label("declineReason", deref(c.EndReason))) + "，本委员会不予受理。",
		}}
		out = append(append(out, m.told()...), seal(m, c.ConcludedOn)...)
		return append(out, Sign{Lines: []string{"被告知人（签名）：", day(nil)}})
	},
}

// broughtIn says what is refused: the parties' own request, or what somebody else sent or the committee took up.
func (m Matter) broughtIn() string {
	c := m.Case
	if c.Source == domain.SourceReferred || c.Source == domain.SourceInitiative {
		return "本委员会于" + dayOf(c.RequestedOn) + m.startedBy() + "的你们之间的" + or(m.TypeName)
	}
	return "你们因" + or(m.TypeName) + "于" + dayOf(c.RequestedOn) + "提出的调解申请"
}

// terminated says that mediation ended without an agreement, and what the parties may do now (F22; 人民调解法 26).
var terminated = Kind{
	Code: "terminated", FormNo: "F22", Name: "终止调解告知书", Blank: true, Numbers: outcomeIs(domain.OutcomeFailed), On: concludedOn,
	Write: func(m Matter, _ int) []Block {
		c := m.Case
		court := ""
		if no := deref(c.CourtReferral.CaseNo); no != "" {
			court = "（人民法院案号：" + no + "）"
		}
		out := []Block{Heading{Text: "终 止 调 解 告 知 书"}, Para{Text: m.fileNo(), Align: Right}, m.addressed(), Para{
			Text: "本委员会于" + day(c.AcceptedOn) + "受理的" + m.caption() + "一案" + court + "，因" +
				or(m.label("failureReason", deref(c.EndReason))) + "，未能达成调解协议，依照《中华人民共和国人民调解法》第二十六条，现终止调解。",
		}}
		out = append(append(out, m.told()...), seal(m, c.ConcludedOn)...)
		return append(out, Sign{Lines: []string{"被告知人（签名）：", day(c.RemediesToldOn)}})
	},
}

// transferLetter hands the dispute on, with the receipt to be sent back (F24).
var transferLetter = Kind{
	Code: "transfer_letter", FormNo: "F24", Name: "移送（转办）函及回执",
	Numbers: func(m Matter) []int { return numbers(m.Case.Transfers, every) },
	On: func(m Matter, no int) *calendar.Date {
		if t := nth(m.Case.Transfers, no); t != nil {
			return &t.SentOn
		}
		return nil
	},
	Write: func(m Matter, no int) []Block {
		t := nth(m.Case.Transfers, no)
		if t == nil {
			t = &domain.Transfer{}
		}
		to := m.label("outsideOrgan", deref(t.ToOrgan))
		if t.ToOrg != nil {
			to = m.Orgs[*t.ToOrg]
		}
		out := []Block{
			Heading{Text: "移 送 函"},
			Para{Text: "诉求编号：" + m.Case.DemandNo.Print(), Align: Right},
			Para{Text: or(to) + "：", Flush: true},
			Para{Text: "我委员会登记的" + m.caption() + "，因" + or(m.label("transferReason", t.Reason)) + "，现移送你单位处理，请予接收，并将办理情况告知我委员会。"},
			m.partyGrid(t.SentOn),
			Grid{Rows: []GridRow{long("纠纷简要情况", m.Case.Facts.Reveal(), 30)}},
		}
		out = append(out, seal(m, &t.SentOn)...)
		return append(out, NewPage{}, Heading{Text: "回　执"}, Para{Text: m.committee() + "：", Flush: true},
			Para{Text: "你委员会" + dayOf(t.SentOn) + "移送的" + m.caption() + "（诉求编号" + m.Case.DemandNo.Print() + "），我单位已于　　　　年　　月　　日收到，处理意见：□ 接收　□ 退回，理由：" + blank + "。"},
			Sign{Lines: []string{"接收单位（印章）：", "经办人（签名）：", day(nil)}})
	},
}

// extensionForm is the parties' consent to a longer time (F25).
var extensionForm = Kind{
	Code: "extension", FormNo: "F25", Name: "延期调解同意书",
	Numbers: func(m Matter) []int { return numbers(m.Case.Extensions, every) },
	On:      func(m Matter, no int) *calendar.Date { return &m.Case.Extensions[no-1].AgreedOn },
	Write: func(m Matter, no int) []Block {
		x := m.Case.Extensions[no-1]
		out := []Block{Heading{Text: "延 期 调 解 同 意 书"}, Para{Text: m.fileNo(), Align: Right}, Para{
			Text: m.committee() + "受理的" + m.caption() + "一案，在调解期限内尚未调解终结。各方当事人同意继续由该委员会调解，调解期限延长至" + dayOf(x.UntilOn) + "。",
		}}
		var sign []string
		for _, p := range m.Case.Parties {
			if p.Role != domain.ThirdParty {
				sign = append(sign, m.label("partyRole", string(p.Role))+or(p.Name.Reveal())+"（签名）：")
			}
		}
		return append(out, Sign{Lines: append(sign, "人民调解员（签名）：", dayOf(x.AgreedOn))})
	},
}
