package forms

import (
	"fmt"
	"strings"

	"baimi/domain"
	"baimi/domain/calendar"
)

func agreementsOf(form domain.Form) func(Matter) []int {
	return func(m Matter) []int {
		return numbers(m.Case.Agreements, func(g domain.Agreement) bool { return g.Form == form && g.Status != domain.AgreementAbandoned })
	}
}

func agreedOn(m Matter, no int) *calendar.Date {
	if g := nth(m.Case.Agreements, no); g != nil {
		return g.AgreedOn
	}
	return nil
}

// agreementForm is the written agreement (F09; 人民调解法 28, 29).
var agreementForm = Kind{
	Code: "agreement", FormNo: "F09", Name: "人民调解协议书", Blank: true, Numbers: agreementsOf(domain.Written), On: agreedOn,
	Write: func(m Matter, no int) []Block {
		g := m.agreementOrNone(no)
		copies := max(len(m.Case.Parties), 2) + 1
		out := []Block{Heading{Text: "人 民 调 解 协 议 书"}, Para{Text: "编号：" + m.fileNo(), Align: Right}, m.partyGrid(deref(g.AgreedOn))}
		out = append(out, m.factsAndTerms(g, 6)...)
		out = append(out, m.replaced(g)...)
		out = append(out,
			Para{Text: fmt.Sprintf("本协议一式%s份，当事人、人民调解委员会各持一份。", chineseCount(copies))},
			Sign{Lines: m.signatureLines(g)})
		out = append(out, seal(m, firstDay(g.SealedOn, g.AgreedOn))...)
		return append(out, m.verification(g)...)
	},
}

// oralAgreement registers what was agreed by word of mouth (F10; 人民调解法 28, 30).
var oralAgreement = Kind{
	Code: "oral_agreement", FormNo: "F10", Name: "人民调解口头协议登记表", Blank: true, Numbers: agreementsOf(domain.Oral), On: agreedOn,
	Write: func(m Matter, no int) []Block {
		g := m.agreementOrNone(no)
		out := []Block{Heading{Text: "人民调解口头协议登记表"}, Para{Text: "编号：" + m.fileNo(), Align: Right}, m.partyGrid(deref(g.AgreedOn))}
		out = append(out, m.factsAndTerms(g, 4)...)
		out = append(out, Sign{Lines: []string{"人民调解员（签名）："}})
		return append(out, seal(m, g.AgreedOn)...)
	},
}

func (m Matter) agreementOrNone(no int) domain.Agreement {
	if g := nth(m.Case.Agreements, no); g != nil {
		return *g
	}
	return domain.Agreement{}
}

// replaced says which earlier agreement this one takes the place of.
func (m Matter) replaced(g domain.Agreement) []Block {
	if g.No == 0 {
		return nil
	}
	was := m.Case.Replaces(g)
	if was == nil {
		return nil
	}
	text := fmt.Sprintf("双方于%s经调解达成的%s自本协议生效之日起由本协议代替，不再履行。", day(was.AgreedOn), m.label("agreementForm", string(was.Form)))
	if was.Code != nil {
		text = fmt.Sprintf("双方于%s经调解达成的%s（核验码%s）自本协议生效之日起由本协议代替，不再履行。", day(was.AgreedOn), m.label("agreementForm", string(was.Form)), was.Code.Print())
	}
	return []Block{Para{Text: text}}
}

// verification is how anybody can learn whether the paper still holds.
func (m Matter) verification(g domain.Agreement) []Block {
	if g.Code == nil {
		return nil
	}
	b := Code{Lines: []string{"核验码：" + g.Code.Print()}}
	if m.VerifyAt == "" {
		b.Lines = append(b.Lines, "凭核验码可以向出具本协议的人民调解委员会查询本协议是否有效。")
		return []Block{b}
	}
	b.Content = m.VerifyAt + "/" + string(*g.Code)
	b.Lines = append(b.Lines, "扫描二维码，或者打开 "+m.VerifyAt+" 填写核验码，", "可以查询本协议是否有效、是否被改动。")
	return []Block{b}
}

func firstDay(days ...*calendar.Date) *calendar.Date {
	for _, d := range days {
		if d != nil {
			return d
		}
	}
	return nil
}

// factsAndTerms are the three parts that both forms of agreements share, with so many lines for the pen where nothing is known.
func (m Matter) factsAndTerms(g domain.Agreement, room int) []Block {
	part := func(title, text string, lines int) []Block {
		out := []Block{Para{Text: title, Bold: true}}
		if strings.TrimSpace(text) == "" {
			for range lines {
				out = append(out, Para{Text: strings.Repeat("＿", 30), Flush: true})
			}
			return out
		}
		return append(out, Para{Text: text})
	}
	out := part("纠纷主要事实、争议事项：", m.Case.Facts.Reveal(), room)
	out = append(out, part("经调解，自愿达成如下协议：", g.Terms.Reveal(), room)...)
	return append(out, part("履行方式、时限：", m.duties(g), room-2)...)
}

// duties are the obligations, each with who, to whom, what, how and until when.
func (m Matter) duties(g domain.Agreement) string { return domain.Numbered(m.Case.Duties(g)) }

// signatureLines is a place for each who signs; what is already known of a signature stands beside it.
func (m Matter) signatureLines(g domain.Agreement) []string {
	var out []string
	for _, p := range m.Case.Parties {
		line := "当事人（签名、盖章或按指印）："
		for _, s := range g.Signatures {
			if s.PartyNo == p.No && s.By != nil {
				if r := nth(m.Case.Representatives, *s.By); r != nil {
					line = "当事人" + or(p.Name.Reveal()) + "的" + m.label("representativeKind", string(r.Kind)) + "（签名）："
				}
			}
		}
		out = append(out, line)
	}
	if len(out) == 0 {
		out = []string{"当事人（签名、盖章或按指印）：", "当事人（签名、盖章或按指印）："}
	}
	return append(out, "人民调解员（签名）：", "记录人（签名）：")
}

func chineseCount(n int) string {
	if n <= 10 {
		return chineseNumber(n)
	}
	return fmt.Sprint(n)
}

func joined(names []string) string { return strings.Join(names, "、") }
