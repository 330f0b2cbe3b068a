package forms

import (
	"strings"

	"baimi/domain"
	"baimi/domain/calendar"
)

// noticeGiven is the last notice of a kind that a party was given.
func (m Matter) noticeGiven(no int, kind domain.NoticeKind) *domain.GivenNotice {
	return m.Case.Told(no, kind, calendar.Date{})
}

// notice tells each party its rights and duties, in the words of the version it was given (F05; 人民调解法 3, 4, 23, 24, 31, 33), and how
// its data are handled with what it said to that (个人信息保护法 14, 17, 28-31).
var notice = Kind{
	Code: "notice", FormNo: "F05", Name: "人民调解当事人权利义务告知书", Blank: true,
	Numbers: func(m Matter) []int {
		return numbers(m.Case.Parties, func(p domain.Party) bool { return !m.declined() || m.noticeGiven(p.No, domain.NoticeRights) != nil })
	},
	About: func(m Matter, no int) string { return m.partyName(no) },
	On: func(m Matter, no int) *calendar.Date {
		if x := m.noticeGiven(no, domain.NoticeRights); x != nil {
			return &x.GivenOn
		}
		return nil
	},
	Write: func(m Matter, no int) []Block {
		to, how, on := blank, "□ 口头告知　□ 书面告知　□ 线上告知", (*calendar.Date)(nil)
		text := domain.NewestNotice(domain.NoticeRights)
		if p := nth(m.Case.Parties, no); p != nil {
			to = or(p.Name.Reveal())
		}
		if x := m.noticeGiven(no, domain.NoticeRights); x != nil {
			on, how = &x.GivenOn, m.label("noticeHow", x.How)+"告知"
			if was, ok := domain.NoticeTextOf(x.Text); ok {
				text = was
			}
		}
		out := []Block{Heading{Text: "人民调解当事人权利义务告知书"}, Para{Text: to + "：", Flush: true}}
		for _, t := range text.Lines {
			out = append(out, Para{Text: t})
		}
		out = append(out, Para{Text: "告知方式：" + how}, Sign{Lines: []string{"被告知人（签名）：", day(on)}})
		return append(out, m.privacy(no)...)
	},
}

// privacy is the second part: how the party's data are handled, and its separate consents.
func (m Matter) privacy(no int) []Block {
	x := m.noticeGiven(no, domain.NoticePrivacy)
	if x == nil && no > 0 {
		return nil // it was not given
	}
	text, on, how := domain.NewestNotice(domain.NoticePrivacy), (*calendar.Date)(nil), "□ 口头告知　□ 书面告知　□ 线上告知"
	if x != nil {
		on, how = &x.GivenOn, m.label("noticeHow", x.How)+"告知"
		if was, ok := domain.NoticeTextOf(x.Text); ok {
			text = was
		}
	}
	out := []Block{NewPage{}, Heading{Text: "个人信息处理告知", Small: true}}
	for _, t := range text.Lines {
		out = append(out, Para{Text: t})
	}
	out = append(out, Para{Text: "告知方式：" + how})
	for _, line := range m.consents(no) {
		out = append(out, Para{Text: line})
	}
	return append(out, Sign{Lines: []string{"当事人或者其监护人（签名）：", day(on)}})
}

// consents say of each kind of sensitive data what the party said last; the boxes of the blank form are for the pen.
func (m Matter) consents(no int) []string {
	if no == 0 {
		var out []string
		for _, k := range domain.SensitiveKinds {
			out = append(out, "处理“"+k.Name+"”：□ 同意　□ 不同意")
		}
		return out
	}
	var out []string
	for _, x := range m.Case.DataConsents {
		if x.PartyNo != no {
			continue
		}
		var kinds []string
		for _, k := range x.Kinds {
			kinds = append(kinds, m.label("sensitiveKind", k))
		}
		said := map[bool]string{true: "同意", false: "不同意"}[x.Granted]
		line := dayOf(x.GivenOn) + "，" + said + "处理：" + joined(kinds)
		if x.WithdrawnOn != nil {
			line += "；" + dayOf(*x.WithdrawnOn) + "撤回"
		}
		out = append(out, line+"。")
	}
	return out
}

// recusalForm is what a party or a mediator asks about a mediator, and what was decided (F26).
var recusalForm = Kind{
	Code: "recusal", FormNo: "F26", Name: "回避申请（决定）书", Blank: true,
	Numbers: func(m Matter) []int { return numbers(m.Case.Recusals, every) },
	On: func(m Matter, no int) *calendar.Date {
		if x := nth(m.Case.Recusals, no); x != nil {
			return &x.AskedOn
		}
		return nil
	},
	Write: func(m Matter, no int) []Block {
		x := nth(m.Case.Recusals, no)
		if x == nil {
			x = &domain.Recusal{}
		}
		var grounds []string
		for _, g := range domain.RecusalGrounds {
			box := "□ "
			for _, has := range x.Grounds {
				if has == g.Code {
					box = "■ "
				}
			}
			grounds = append(grounds, box+g.Name)
		}
		asker := m.partyName(deref(x.PartyNo))
		if x.No > 0 && x.PartyNo == nil {
			asker = or(m.names(x.Person))
		}
		kind := m.label("recusalKind", string(x.Kind))
		return []Block{
			Heading{Text: "回 避 申 请（决 定）书"},
			Para{Text: m.fileNo(), Align: Right},
			Grid{Rows: []GridRow{
				{Cells: []Cell{label("案由", 2), value(m.caption(), 10)}},
				{Cells: []Cell{label("提出人", 2), value(asker, 4), label("事项", 2), value(kind, 4)}},
				{Cells: []Cell{label("调解员", 2), value(m.names(x.Person), 4), label("提出日期", 2), value(dayOf(x.AskedOn), 4)}},
				long("理由", strings.Join(grounds, "\n"), 30),
				long("说明", x.Statement.Reveal(), 25),
			}},
			Sign{Lines: []string{"提出人（签名）：", dayOf(x.AskedOn)}},
			Grid{Rows: []GridRow{
				{Cells: []Cell{label("决定", 2), value(m.decided(*x), 10)}},
				long("决定理由", x.Reason.Reveal(), 20),
			}},
			Sign{Lines: []string{"决定人（签名）：" + m.names(deref(x.DecidedBy)), m.committee() + "（印章）", day(x.DecidedOn)}},
		}
	},
}

// decided says what became of a question about a mediator; boxes for the pen while nothing has.
func (m Matter) decided(x domain.Recusal) string {
	switch x.Status {
	case "", domain.RecusalOpen:
		return "□ 同意　□ 不同意　□ 各方当事人同意其继续调解"
	case domain.RecusalGranted:
		return "同意。" + or(m.names(x.Person)) + "不再担任本案调解员，现由" + or(m.names(m.Case.MediatorsOn(*x.DecidedOn)...)) + "调解。"
	}
	return x.Status.Name() + "。"
}
