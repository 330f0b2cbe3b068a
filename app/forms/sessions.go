package forms

import (
	"baimi/domain"
	"baimi/domain/calendar"
)

// noticesOf is how many notices one session can have: the number of a notice is that of the session times this, and the party's.
const noticesOf = 100

// sessionNotice asks a party to come to a session (F28).
var sessionNotice = Kind{
	Code: "session_notice", FormNo: "F28", Name: "调解通知书",
	Numbers: func(m Matter) []int {
		return sessionNotices(m, func(s domain.MediationSession) bool { return s.Planned && s.Status != domain.SessionCancelled })
	},
	About: func(m Matter, no int) string { return m.partyName(no % noticesOf) },
	On: func(m Matter, no int) *calendar.Date {
		if s := nth(m.Case.Sessions, no/noticesOf); s != nil {
			from, _, _ := m.Case.PlannedTime(s.No)
			on := calendar.DateOf(from)
			return &on
		}
		return nil
	},
	Write: func(m Matter, no int) []Block {
		s := nth(m.Case.Sessions, no/noticesOf)
		from, until, _ := m.Case.PlannedTime(s.No)
		out := []Block{
			Heading{Text: "调 解 通 知 书"},
			Para{Text: m.fileNo(), Align: Right},
			Para{Text: m.partyName(no%noticesOf) + "：", Flush: true},
			Para{Text: m.caption() + "一案，本委员会已经受理，定于" + minute(from) + "至" + until.In(calendar.Shanghai).Format("15时04分") + "进行调解，请准时参加。"},
			Para{Text: "地点：" + m.place(*s)},
			Para{Text: "人民调解员：" + m.names(s.Mediators...)},
			Para{Text: "参加调解请携带身份证件和与纠纷有关的材料。委托他人参加的，请提交授权委托书。不能按时参加的，请提前告知人民调解员，另行约定时间。"},
			Para{Text: "您有权接受调解、拒绝调解或者要求终止调解。调解不收取任何费用。"},
		}
		out = append(out, seal(m, nil)...)
		return append(out, Sign{Lines: []string{"签收人（签名）：", day(nil)}})
	},
}

func sessionNotices(m Matter, is func(domain.MediationSession) bool) []int {
	var out []int
	for _, s := range m.Case.Sessions {
		if !is(s) {
			continue
		}
		for _, p := range s.Parties {
			out = append(out, s.No*noticesOf+int(p))
		}
	}
	return out
}

// sessionRecord is the record of one round (F08).
var sessionRecord = Kind{
	Code: "session_record", FormNo: "F08", Name: "人民调解记录", Blank: true,
	Numbers: func(m Matter) []int {
		return numbers(m.Case.Sessions, func(s domain.MediationSession) bool { return s.Status == domain.SessionHeld })
	},
	On: func(m Matter, no int) *calendar.Date {
		if s := nth(m.Case.Sessions, no); s != nil {
			on := s.On()
			return &on
		}
		return nil
	},
	Write: func(m Matter, no int) []Block {
		s := nth(m.Case.Sessions, no)
		when, where, told, mediators := "", "", "□ 已告知当事人权利义务", ""
		if s == nil {
			s = &domain.MediationSession{}
		} else {
			when = minute(s.StartsAt) + "至" + s.EndsAt.In(calendar.Shanghai).Format("15时04分")
			where, told, mediators = m.place(*s), "■ 已告知当事人权利义务", m.names(s.Mediators...)
			if !s.Joint {
				where += "（背靠背）"
			}
		}
		said := s.Statements.Reveal()
		if v := s.Verified.Reveal(); v != "" {
			said += "\n核实情况：" + v
		}
		if v := s.Persuasion.Reveal(); v != "" {
			said += "\n说服要点：" + v
		}
		return []Block{
			Heading{Text: "人 民 调 解 记 录"},
			Para{Text: m.fileNo(), Align: Right},
			Grid{Rows: []GridRow{
				{Cells: []Cell{label("时间", 2), value(when, 10)}},
				{Cells: []Cell{label("地点", 2), value(where, 10)}},
				{Cells: []Cell{label("当事人", 2), value(joined(m.present(*s)), 10)}},
				{Cells: []Cell{label("参加人", 2), value(s.Invited.Reveal(), 10)}},
				{Cells: []Cell{label("权利义务", 2), value(told, 10)}},
				long("调解记录", said, 90),
				{Cells: []Cell{label("调解结果", 2), value(m.roundResult(*s), 10)}},
			}},
			Sign{Lines: []string{"当事人（签名）：", "人民调解员（签名）：" + mediators, "记录人（签名）："}},
		}
	},
}

// present are those who came, each with who came for him.
func (m Matter) present(s domain.MediationSession) []string {
	var out []string
	for _, no := range s.Came {
		out = append(out, m.partyName(int(no)))
	}
	for _, no := range s.Representatives {
		if r := nth(m.Case.Representatives, int(no)); r != nil {
			out = append(out, or(r.Name.Reveal())+"（"+m.label("representativeKind", string(r.Kind))+"）")
		}
	}
	return out
}

// roundResult ticks one of the form's results.
func (m Matter) roundResult(s domain.MediationSession) string {
	text := ""
	for i, r := range []domain.SessionResult{domain.RoundAgreed, domain.RoundNotAgreed, domain.RoundContinues} {
		if i > 0 {
			text += "　"
		}
		text += map[bool]string{true: "■ ", false: "□ "}[deref(s.Result) == r] + m.label("sessionResult", string(r))
	}
	if s.NextOn != nil {
		text += "（下次调解：" + day(s.NextOn) + "）"
	}
	return text
}

// place is where a session is: the room with whose it is, the point, or the address.
func (m Matter) place(s domain.MediationSession) string {
	switch {
	case s.Room != nil:
		r := m.Rooms[*s.Room]
		if r.Remote {
			return or(r.OrgName + r.Name + "（远程视频）")
		}
		return or(r.OrgName + r.Name)
	case s.Point != nil:
		return or(m.Orgs[*s.Point])
	}
	return or(s.Place.Reveal())
}
