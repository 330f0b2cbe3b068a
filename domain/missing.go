package domain

import "baimi/domain/calendar"

// Lack is something that intake may leave open and that has to be there before a move.
type Lack struct {
	PartyNo int
	Code    string // consent, identity, head, guardian
	Text    string // what to do, in the field's words
}

// Missing tells what a move still asks of the parties on a day, so that a page can say it before somebody fills in the
// form of the move. The moves themselves refuse by the same list.
func (c *Case) Missing(action Action, on calendar.Date) []Lack {
	if action == ActionArchive {
		return c.incomplete()
	}
	return c.lacks(action, on, func(x Party) bool { return x.Role != ThirdParty })
}

// lacks is Missing for the parties that the move asks; of an agreement a third party as well, if it owes or is owed.
//
// A guardian stands beside a child from the acceptance on (个人信息保护法 31: before its data are worked with), and beside
// every minor and person of limited capacity when the mediation begins, because he must take part in it and sign.
func (c *Case) lacks(action Action, on calendar.Date, asked func(Party) bool) []Lack {
	var list []Lack
	add := func(x Party, code, text string) {
		list = append(list, Lack{PartyNo: x.No, Code: code, Text: partyLabel(x) + text})
	}
	for _, x := range c.Parties {
		guardian := len(c.representing(x, on, RepresentativeGuardian)) > 0
		switch action {
		case ActionAccept:
			if c.bothSidesAsked() && x.Consent != Consented && asked(x) {
				add(x, "consent", "尚未同意调解：医疗纠纷以及法院、信访部门移送的纠纷，须双方同意后才能受理")
			}
			if x.child(on) && !guardian {
				add(x, "guardian", "未满14周岁，请先登记其监护人")
			}
		case ActionStart:
			if x.Guarded(on) && !guardian {
				add(x, "guardian", "未成年或者行为能力受限，请先登记参加调解的法定代理人（监护人）")
			}
		case ActionAgreeOrally, ActionAgreeInWriting, ActionSignAgreement:
			if !asked(x) {
				continue
			}
			if x.Consent == ConsentUnknown {
				add(x, "consent", "尚未记录同意调解")
			}
			if x.Guarded(on) && !guardian {
				add(x, "guardian", "未成年或者行为能力受限，请先登记其法定代理人（监护人）")
			}
			if action != ActionAgreeOrally {
				c.lacksIdentity(x, on, add)
			}
		}
	}
	return list
}

// lacksIdentity is what a written agreement has to say of a party (domain.md 3.2, F09).
func (c *Case) lacksIdentity(x Party, on calendar.Date, add func(x Party, code, text string)) {
	if !x.IDNumber.Given() && x.IDAbsent == nil {
		if x.Kind == Natural {
			add(x, "identity", "的证件号码尚未登记，书面协议须核对身份；确实没有证件的，请登记原因")
		} else {
			add(x, "identity", "的统一社会信用代码（或者其他证明文件号码）尚未登记")
		}
	}
	if x.Kind != Natural && len(c.representing(x, on, RepresentativeHead)) == 0 {
		add(x, "head", "的法定代表人或者负责人尚未登记")
	}
}

// firstLack refuses a move for the first thing that is missing.
func firstLack(list []Lack) error {
	if len(list) == 0 {
		return nil
	}
	return Errorf(CodeGuard, "%s", list[0].Text)
}

// lacking names what an agreement misses at a field; who has not consented is told by everyoneConsents.
func (p *problems) lacking(pointer string, list []Lack) {
	for _, x := range list {
		if x.Code != "consent" {
			p.add(pointer, x.Code, "%s", x.Text)
		}
	}
}
