package forms

import (
	"slices"
	"strings"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
)

// urgingLetter reminds a debtor of what it promised (F29).
var urgingLetter = Kind{
	Code: "urging", FormNo: "F29", Name: "履行督促书",
	Numbers: func(m Matter) []int { return numbers(m.Case.Urgings, every) },
	On:      func(m Matter, no int) *calendar.Date { return &m.Case.Urgings[no-1].UrgedOn },
	Write: func(m Matter, no int) []Block {
		u := m.Case.Urgings[no-1]
		o := m.Case.Obligations[u.ObligationNo-1]
		g := m.agreementOrNone(o.AgreementNo)
		what := or(o.What.Reveal())
		if o.Amount != nil {
			what += "，计" + money(o.Amount)
		}
		if o.PerformedAmount != nil {
			what += "（已履行" + money(o.PerformedAmount) + "）"
		}
		out := []Block{
			Heading{Text: "履 行 督 促 书"},
			Para{Text: m.fileNo(), Align: Right},
			Para{Text: m.partyName(o.Debtor) + "：", Flush: true},
			Para{Text: "您与" + m.partyName(o.Creditor) + "于" + day(g.AgreedOn) + "经本委员会调解达成协议，约定您于" + dayOf(o.DueOn) + "前履行：" + what + "。"},
			Para{Text: "依照《中华人民共和国人民调解法》第三十一条，调解协议具有法律约束力，当事人应当按照约定履行。请您尽快履行，并将履行情况告知本委员会；确有困难的，请及时与人民调解员联系。"},
		}
		out = append(out, seal(m, &u.UrgedOn)...)
		return append(out, Sign{Lines: []string{"签收人（签名）：", day(nil)}})
	},
}

// warningReport tells the police or another organ of a dispute that may turn violent (F30; 人民调解法 25).
var warningReport = Kind{
	Code: "warning_report", FormNo: "F30", Name: "激化预警报告单", Filed: func(Matter) []int { return nil }, // a file may be read by the other side
	Numbers: func(m Matter) []int { return numbers(m.Case.Reports, every) },
	On: func(m Matter, no int) *calendar.Date {
		on := calendar.DateOf(m.Case.Reports[no-1].ReportedAt)
		return &on
	},
	Write: func(m Matter, no int) []Block {
		r := m.Case.Reports[no-1]
		e := m.Case.Escalations[r.EscalationNo-1]
		var measures []string
		for _, x := range e.Measures {
			measures = append(measures, m.label("escalationMeasure", x))
		}
		if e.MeasuresNote.Given() {
			measures = append(measures, e.MeasuresNote.Reveal())
		}
		out := []Block{
			Heading{Text: "矛盾纠纷激化预警报告单"},
			Para{Text: "诉求编号：" + m.Case.DemandNo.Print(), Align: Right},
			Grid{Rows: []GridRow{
				{Cells: []Cell{label("报告对象", 2), value(m.label("reportOrgan", r.Organ), 4), label("报告时间", 2), value(minute(r.ReportedAt), 4)}},
				{Cells: []Cell{label("发现时间", 2), value(minute(e.FoundAt), 4), label("发现人", 2), value(m.names(e.FoundBy), 4)}},
				{Cells: []Cell{label("预警等级", 2), value(m.label("escalationLevel", string(e.Level)), 4), label("激化情形", 2), value(m.label("escalationKind", string(e.Kind)), 4)}},
				{Cells: []Cell{label("纠纷", 2), value(m.caption(), 10)}},
			}},
			m.partyGrid(calendar.DateOf(r.ReportedAt)),
			Grid{Rows: []GridRow{long("激化迹象", e.Signs.Reveal(), 35), long("已采取措施", strings.Join(measures, "；"), 25)}},
			Sign{Lines: []string{"报告人：" + m.names(r.ReportedBy), "接报单位签收："}},
		}
		on := calendar.DateOf(r.ReportedAt)
		return append(out, seal(m, &on)...)
	},
}

// minute is a moment in Shanghai, as forms write it.
func minute(t time.Time) string {
	return calendar.DateOf(t).Chinese() + t.In(calendar.Shanghai).Format("15时04分")
}

// visitRecord is what a visit after the agreement found (F11).
var visitRecord = Kind{
	Code: "follow_up", FormNo: "F11", Name: "人民调解回访记录", Blank: true,
	Numbers: func(m Matter) []int {
		return numbers(m.Case.FollowUps, func(f domain.FollowUp) bool {
			return f.Status == domain.FollowUpDone || f.Status == domain.FollowUpNotReached
		})
	},
	On: func(m Matter, no int) *calendar.Date {
		if f := nth(m.Case.FollowUps, no); f != nil {
			return f.EndedOn
		}
		return nil
	},
	Write: func(m Matter, no int) []Block {
		f := nth(m.Case.FollowUps, no)
		found, by, why := "", "", ""
		if f == nil {
			f = &domain.FollowUp{}
		} else {
			found, why = m.found(*f), m.label("followUpKind", string(f.Kind))
			if f.VisitedBy != nil {
				by = m.names(*f.VisitedBy)
			}
		}
		out := []Block{
			Heading{Text: "人民调解回访记录"},
			Grid{Rows: []GridRow{
				{Cells: []Cell{label("当事人", 2), value(joined(append(m.side(domain.Applicant), m.side(domain.Respondent)...)), 10)}},
				{Cells: []Cell{label("调解协议编号", 2), value(m.fileNo(), 10)}},
				{Cells: []Cell{label("回访事由", 2), value(why, 4), label("回访时间", 2), value(day(f.EndedOn), 4)}},
				long("回访情况", found, 110),
			}},
			Sign{Lines: []string{"回访人（签名）：" + by}},
		}
		return append(out, seal(m, f.EndedOn)...)
	},
}

func (m Matter) found(f domain.FollowUp) string {
	how := "回访方式：" + m.label("contactHow", string(deref(f.How))) + "。"
	if f.Status == domain.FollowUpNotReached {
		return how + "\n未能联系上当事人。"
	}
	risk := "未发现激化隐患。"
	if deref(f.NewRisk) {
		risk = "发现新的激化风险，已登记预警。"
	}
	return how + "\n履行情况：" + m.label("performanceSeen", string(deref(f.Seen))) + "。\n满意程度：" +
		m.label("satisfaction", string(deref(f.Satisfaction))) + "。\n" + risk
}

// confirmationForm asks the court to confirm an agreement (F12; 人民调解法 33, 民事诉讼法 205).
var confirmationForm = Kind{
	Code: "confirmation", FormNo: "F12", Name: "司法确认申请书",
	Numbers: func(m Matter) []int {
		return numbers(m.Case.Agreements, func(g domain.Agreement) bool { return g.Form == domain.Written && g.EffectiveOn != nil })
	},
	Filed: func(m Matter) []int { // once it went to the court
		var out []int
		for _, x := range m.Case.Confirmations {
			if !slices.Contains(out, x.AgreementNo) {
				out = append(out, x.AgreementNo)
			}
		}
		return out
	},
	On: never,
	Write: func(m Matter, no int) []Block {
		g := m.agreementOrNone(no)
		court := "　　　　　　　　人民法院"
		for _, x := range m.Case.Confirmations {
			if x.AgreementNo == no {
				court = x.Court
			}
		}
		return []Block{
			Heading{Text: "司 法 确 认 申 请 书"},
			m.jointly().partyGrid(deref(g.AgreedOn)),
			Para{Text: "请求事项：", Bold: true},
			Para{Text: "请求依法确认申请人双方于" + day(g.AgreedOn) + "经" + m.committee() + "主持调解达成的人民调解协议（编号：" + m.fileNo() + "）有效。"},
			Para{Text: "事实与理由：", Bold: true},
			Para{Text: "双方因" + or(m.TypeName) + "，经" + m.committee() + "调解，自愿达成协议，协议自" + day(g.EffectiveOn) + "起生效。协议主要内容：" + or(g.Terms.Reveal())},
			Para{Text: "双方承诺：出于解决纠纷的目的自愿达成协议，没有恶意串通、规避法律的行为；因协议内容给他人造成损害的，愿意承担相应的民事责任和其他法律责任。"},
			Para{Text: "此致"},
			Para{Text: court, Flush: true},
			Sign{Lines: []string{"申请人（签名）：", "申请人（签名）：", "　　　　年　　月　　日"}},
			Para{Text: "附：1. 人民调解协议书　　2. 双方身份证明　　3. 与调解协议有关的财产权利证明　　4. 调解组织主持调解的证明", Flush: true},
		}
	},
}

// closingReport sums the case up for the file (F20).
var closingReport = Kind{
	Code: "closing_report", FormNo: "F20", Name: "人民调解结案报告表", Numbers: once(func(m Matter) bool { return m.Case.ConcludedOn != nil && !m.declined() }),
	On: func(m Matter, _ int) *calendar.Date { return m.Case.ClosedOn },
	Write: func(m Matter, _ int) []Block {
		c := m.Case
		rows := []GridRow{
			{Cells: []Cell{label("卷号", 2), value(m.fileNo(), 4), label("填表时间", 2), value(day(firstDay(c.ClosedOn, c.ConcludedOn)), 4)}},
			{Cells: []Cell{label("承办单位", 2), value(m.Committee, 4), label("承办人", 2), value(m.names(c.Mediators...), 4)}},
			{Cells: []Cell{label("受案时间", 2), value(day(c.AcceptedOn), 4), label("结案时间", 2), value(day(c.ClosedOn), 4)}},
		}
		for _, p := range c.Parties {
			rows = append(rows, GridRow{Cells: []Cell{
				label(m.label("partyRole", string(p.Role)), 2), value(p.Name.Reveal(), 2), label("地址", 1), value(p.Address.Reveal(), 3),
				label("电话", 1), value(p.Phone.Reveal(), 3),
			}})
		}
		rows = append(rows,
			GridRow{Cells: []Cell{label("案件来源", 2), value(m.label("caseSource", string(c.Source)), 4), label("纠纷类型", 2), value(m.TypeName, 4)}},
			long("纠纷简要事实", c.Facts.Reveal(), 50), long("调解结果", m.result(), 40), long("负责人意见", "", 30))
		return []Block{Heading{Text: "人民调解结案报告表"}, Grid{Rows: rows}, Sign{Lines: []string{"负责人（签名）：", day(nil)}}}
	},
}

func (m Matter) result() string {
	c := m.Case
	out := m.label("outcome", string(deref(c.Outcome))) + "（" + day(c.ConcludedOn) + "）"
	for _, g := range c.Agreements {
		if g.EffectiveOn != nil {
			out += "\n" + m.label("agreementForm", string(g.Form)) + "：" + g.Terms.Reveal()
			if d := m.duties(g); d != "" {
				out += "\n" + d
			}
		}
	}
	reasons := map[domain.Outcome]string{
		domain.OutcomeFailed: "failureReason", domain.OutcomeNotAccepted: "declineReason", domain.OutcomeWithdrawn: "withdrawalReason",
	}
	if d, ok := reasons[deref(c.Outcome)]; ok && c.EndReason != nil {
		out += "\n原因：" + m.label(d, *c.EndReason)
	}
	return out
}
