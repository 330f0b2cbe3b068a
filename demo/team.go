package demo

import (
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
)

// around plans what happens about the people of a case before they sit down: the other side is called, everybody is told how his
// data are handled, somebody is invited, and now and then somebody objects to the mediator.
func (p *plan) around() {
	at := p.at
	p.after(0, 1)
	on := p.today()
	var acts []func(d *dispute, a domain.Act) error
	if chance(p.rnd, 700) {
		acts = append(acts, p.call(2, pick(p.rnd, []domain.ContactResult{domain.ContactPromised, domain.ContactPromised, domain.ContactReached})))
	}
	if chance(p.rnd, 800) || p.story.kind == "15" || p.story.child {
		how := pick(p.rnd, []string{"written", "oral"})
		acts = append(acts, func(d *dispute, a domain.Act) error {
			return d.c.GiveNotice(a, domain.Telling{Kind: domain.NoticePrivacy, Parties: []int{1, 2}, How: how, On: on})
		})
		acts = append(acts, p.separately(on)...)
	}
	if chance(p.rnd, 140) {
		acts = append(acts, p.invited(on))
	}
	p.do(func(d *dispute, now time.Time) error {
		for i, act := range acts {
			if err := act(d, d.act(at.mediator, now.Add(time.Duration(i)*20*time.Second), "", at.officer)); err != nil {
				return err
			}
		}
		return nil
	})
	if chance(p.rnd, 25) {
		p.objected()
	}
}

// call is an attempt to reach a party.
func (p *plan) call(party int, result domain.ContactResult) func(d *dispute, a domain.Act) error {
	how := pick(p.rnd, []domain.ContactHow{domain.ByPhone, domain.ByPhone, domain.ByVisit, domain.ByMessage})
	note := map[domain.ContactResult]string{
		domain.ContactPromised: "说明来意，愿意到场调解。", domain.ContactReached: "已说明来意，考虑后答复。", domain.ContactNotReached: "无人应答，已留言。",
	}[result]
	return func(d *dispute, a domain.Act) error {
		return d.c.RecordContact(a, domain.NewContact{PartyNo: party, How: how, At: a.At, Result: result, Note: note})
	}
}

// separately are the consents to the handling of sensitive data, where the story has any.
func (p *plan) separately(on calendar.Date) []func(d *dispute, a domain.Act) error {
	in := domain.NewDataConsent{PartyNo: 1, Granted: true, How: "written", On: on}
	switch {
	case p.story.child:
		in.Kinds, in.By = []string{"child"}, 1
	case p.story.kind == "15":
		in.Kinds = []string{"medical"}
	case p.texts.yuan > 5000 && chance(p.rnd, 500):
		in.Kinds = []string{"account"}
		in.Granted = chance(p.rnd, 850)
	default:
		return nil
	}
	return []func(d *dispute, a domain.Act) error{func(d *dispute, a domain.Act) error {
		if p.story.child && !young(d.c.Parties[0], on) {
			return nil
		}
		return d.c.RecordDataConsent(a, in)
	}}
}

// young tells whether a party is below fourteen.
func young(x domain.Party, on calendar.Date) bool {
	age, known := x.AgeOn(on)
	return known && age < 14
}

// invited is somebody whom both sides want beside them.
func (p *plan) invited(on calendar.Date) func(d *dispute, a domain.Act) error {
	x := newPerson(p.rnd, 1945, 1980)
	in := domain.Invitation{Name: x.name, Phone: x.phone, Parties: []int{1, 2}, AgreedOn: on}
	who := p.rnd.IntN(4)
	in.Kind = []domain.InviteeKind{domain.InviteeNeighbour, domain.InviteeRelative, domain.InviteeExperienced, domain.InviteeOrganisation}[who]
	in.Why = []string{"了解事情的经过，双方都信得过。", "双方都敬重的长辈，愿意从中劝解。", "多年处理类似纠纷，熟悉当地情况。", "社区志愿者，长期帮助双方家庭。"}[who]
	if in.Kind == domain.InviteeRelative {
		in.PartyNo = 1 + p.rnd.IntN(2)
	}
	return func(d *dispute, a domain.Act) error { return d.c.Invite(a, in) }
}

// objected plans that somebody objects to the mediator, or that he tells of a relation himself, and what is decided.
func (p *plan) objected() {
	at, kind := p.at, p.rnd.IntN(3)
	on := p.today()
	p.after(0, 0)
	p.do(func(d *dispute, now time.Time) error {
		a := d.act(at.mediator, now, "", at.officer)
		if kind == 2 {
			return d.c.DiscloseInterest(a, domain.Disclosure{Grounds: []string{"other_relation"}, Statement: "与申请人曾是同班同学，多年没有来往。", On: on})
		}
		in := domain.NewRecusal{Kind: domain.RecusalAsked, PartyNo: 2, Mediator: at.mediator.Person, Grounds: []string{"interest"}, Statement: "认为调解员与对方有生意往来。", On: on}
		return d.c.AskRecusal(a, in)
	})
	p.after(1, 2)
	day := p.today()
	p.do(func(d *dispute, now time.Time) error {
		in := domain.RecusalDecision{No: len(d.c.Recusals), Status: domain.RecusalRefused, On: day, Reason: "经核实没有生意往来，不影响公正调解。"}
		if kind == 2 {
			in.Status, in.Reason, in.Parties = domain.RecusalWaived, "", []int{1, 2}
		}
		return d.c.DecideRecusal(d.act(at.approver(), now, "", at.officer), in)
	})
}

// triedInVain plans the attempts on which an end rests because a party cannot be reached.
func (p *plan) triedInVain() {
	at := p.at
	for range 3 {
		p.after(1, 3)
		try := p.call(2, domain.ContactNotReached)
		p.do(func(d *dispute, now time.Time) error { return try(d, d.act(at.mediator, now, "", at.officer)) })
	}
	p.after(1, 2)
}

// trades are what people of the demo do for a living, by what a village has.
var trades = []string{"务农", "务农", "务农", "个体经营", "外出务工", "建筑工人", "货车司机", "教师", "退休", "餐饮服务", "装修工人", "护士"}

// more is what intake asks under 更多.
func (p *plan) more(n *domain.NewParty) {
	n.Ethnicity, n.Occupation = "01", pick(p.rnd, trades)
	if chance(p.rnd, 30) {
		n.Ethnicity = pick(p.rnd, []string{"03", "04", "07", "33"})
	}
}
