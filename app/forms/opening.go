package forms

import (
	"baimi/domain"
	"baimi/domain/calendar"
)

// application is the parties' request (F03).
var application = Kind{
	Code: "application", FormNo: "F03", Name: "人民调解申请书", Blank: true,
	Numbers: once(func(m Matter) bool { return m.Case.Source == domain.SourceApplied }),
	On:      func(m Matter, _ int) *calendar.Date { return &m.Case.RequestedOn },
	Write: func(m Matter, _ int) []Block {
		c := m.Case
		return []Block{
			Heading{Text: "人 民 调 解 申 请 书"},
			m.partyGrid(c.RequestedOn),
			Grid{Rows: []GridRow{long("纠纷简要情况", c.Facts.Reveal(), 55), long("当事人申请事项", c.Wish.Reveal(), 30)}},
			Para{Text: "人民调解委员会已将申请人民调解的相关规定告知我，现自愿申请人民调解委员会进行调解。"},
			Sign{Lines: []string{"申请人（签名、盖章或按指印）：", dayOf(c.RequestedOn)}},
		}
	},
}

// register is the committee's record of taking a dispute in (F04).
var register = Kind{
	Code: "register", FormNo: "F04", Name: "人民调解受理登记表", Blank: true, Numbers: once(always),
	On: func(m Matter, _ int) *calendar.Date { return m.Case.AcceptedOn },
	Write: func(m Matter, _ int) []Block {
		c := m.Case
		return []Block{
			Heading{Text: "人民调解受理登记表"},
			Para{Text: m.fileNo(), Align: Right},
			Para{Text: m.taken()},
			Grid{Rows: []GridRow{
				{Cells: []Cell{label("纠纷类型", 2), value(m.TypeName, 4), label("涉及金额", 2), value(money(c.Amount), 4)}},
				{Cells: []Cell{label("案件来源", 2), value(m.sources(), 10)}},
				{Cells: []Cell{label("发生地点", 2), value(c.Place.Reveal(), 10)}},
				long("纠纷简要情况", c.Facts.Reveal(), 70),
			}},
			Sign{Lines: []string{"当事人（签名）：", "登记人（签名）：" + m.names(c.RegisteredBy)}},
			Gap(4),
			Para{Text: m.committee() + "（印章）", Align: Right},
			Para{Text: day(c.AcceptedOn), Align: Right},
			Para{Text: "此表由人民调解委员会填写。", Flush: true},
		}
	},
}

// taken is the form's sentence. Of a dispute that was not accepted it must not say that the parties agreed to mediation.
func (m Matter) taken() string {
	c := m.Case
	if m.declined() {
		return dayOf(c.RequestedOn) + "，人民调解委员会登记" + m.between() + "之间的纠纷（" + m.startedBy() + "），未予受理。"
	}
	return day(c.AcceptedOn) + "，人民调解委员会" + m.startedBy() + "，经当事人同意，调解" + m.between() + "之间的纠纷。"
}

func (m Matter) startedBy() string {
	switch m.Case.Source {
	case domain.SourceApplied:
		return "依当事人申请"
	case domain.SourceInitiative:
		return "主动调解"
	case domain.SourceReferred:
		return "接受" + or(m.label("referrer", string(deref(m.Case.Referrer)))) + "委托移送"
	}
	return "依当事人申请（人民调解委员会主动调解）"
}

// between are the two sides as the sentence of the form names them.
func (m Matter) between() string {
	a, b := joined(m.side(domain.Applicant)), joined(m.side(domain.Respondent))
	return or(a) + "与" + or(b)
}

// sources ticks one of the form's boxes.
func (m Matter) sources() string {
	tick := func(s domain.Source) string {
		if m.Case.Source == s {
			return "■ "
		}
		return "□ "
	}
	from := ""
	if m.Case.Referrer != nil {
		from = "（" + m.label("referrer", string(*m.Case.Referrer)) + "）"
	}
	return tick(domain.SourceApplied) + "当事人申请　" + tick(domain.SourceInitiative) + "人民调解委员会主动调解　" +
		tick(domain.SourceReferred) + "委托移送" + from
}

// mandate is an agent's power (F27).
var mandate = Kind{
	Code: "mandate", FormNo: "F27", Name: "授权委托书", Blank: true,
	Numbers: func(m Matter) []int {
		return numbers(m.Case.Representatives, func(r domain.Representative) bool { return r.Kind == domain.RepresentativeAgent })
	},
	On: func(m Matter, no int) *calendar.Date {
		if r := nth(m.Case.Representatives, no); r != nil {
			return &r.FromOn
		}
		return nil
	},
	Write: func(m Matter, no int) []Block {
		r := nth(m.Case.Representatives, no)
		if r == nil {
			r = &domain.Representative{}
		}
		scope := "□ 一般授权　□ 特别授权"
		if r.No > 0 {
			scope = map[bool]string{false: "一般授权", true: "特别授权"}[r.Special()]
		}
		var powers []string
		for i, p := range domain.AgentPowers {
			box := "□ "
			for _, has := range r.Powers {
				if has == p.Code {
					box = "■ "
				}
			}
			powers = append(powers, box+chineseNumber(i+1)+"、"+p.Name)
		}
		out := []Block{
			Heading{Text: "授 权 委 托 书"},
			Para{Text: "委托人：" + m.partyName(deref(r.PartyNo))},
			Para{Text: "受委托人：" + or(r.Name.Reveal()) + "　联系方式：" + or(r.Phone.Reveal())},
			Para{Text: "与委托人的关系：" + or(m.label("relation", deref(r.Relation)))},
			Para{Text: "现委托上述受委托人在" + m.caption() + "的人民调解中，作为委托人的代理人。委托权限为" + scope + "："},
		}
		for _, p := range powers {
			out = append(out, Para{Text: p})
		}
		return append(out, Sign{Lines: []string{"委托人（签名、盖章或按指印）：", "受委托人（签名）：", dayOf(r.FromOn)}})
	},
}
