package domain

import (
	"fmt"

	"baimi/domain/calendar"
)

// FileNumber is the next number of a committee's year, taken in the transaction of the acceptance.
type FileNumber struct {
	Year, Seq int
	Text      string
}

// Acceptance is the decision to mediate.
type Acceptance struct {
	On        calendar.Date
	Mediators []PersonID // the first presides
	Chosen    []Choice   // those whom parties chose themselves
	Orgs      []OrgID    // where they mediate, so that they can open the case
	Number    FileNumber
}

// Accept takes a registered case: it needs a mediator and that no party has clearly refused; the other side's consent
// may still be open, it is recorded by its first session at the latest (ruling P2).
func (c *Case) Accept(a Act, in Acceptance) error {
	return c.move(a, ActionAccept, in.On, func() error {
		var p problems
		checkDay(&p, "/on", "受理日期", in.On, a.Today(), &c.RequestedOn, "申请日期")
		p.require(len(in.Mediators) > 0, "/mediators", "请指定调解员")
		c.checkChoices(&p, in.Mediators, in.Chosen)
		if err := p.err(); err != nil {
			return err
		}
		if err := c.refusal(); err != nil {
			return err
		}
		if err := firstLack(c.Missing(ActionAccept, a.Today())); err != nil {
			return err
		}
		if in.Number.Year != in.On.Year() {
			return fmt.Errorf("file number of year %d for an acceptance on %s", in.Number.Year, in.On)
		}
		on := in.On
		c.AcceptedOn = &on
		c.FileYear, c.FileSeq, c.FileNo = &in.Number.Year, &in.Number.Seq, &in.Number.Text
		if err := c.setMediators(a, on, in.Mediators, in.Chosen, in.Orgs, EndChanged); err != nil {
			return err
		}
		c.stopClocks(on, func(d Deadline) bool { return d.Rule == ruleDecide.Code })
		key, from, err := c.mediationClock()
		if err != nil {
			return err
		}
		if err := c.startClock(a, key, from, nil); err != nil {
			return err
		}
		if c.CourtReferral.Kind != calendar.Delegated || !inForce(ruleContact, on) {
			return nil
		}
		return c.startClock(a, ruleContact, on, nil)
	})
}

// Assign changes the mediators of a case (人民调解法 19; 司法部令75号 25).
func (c *Case) Assign(a Act, mediators []PersonID, orgs ...OrgID) error {
	return c.AssignChosen(a, mediators, nil, orgs...)
}

// AssignChosen is Assign where parties chose some of the mediators themselves.
func (c *Case) AssignChosen(a Act, mediators []PersonID, chosen []Choice, orgs ...OrgID) error {
	return c.move(a, ActionAssign, a.Today(), func() error {
		var p problems
		p.require(len(mediators) > 0, "/mediators", "请指定调解员")
		c.checkChoices(&p, mediators, chosen)
		if err := p.err(); err != nil {
			return err
		}
		if err := c.setMediators(a, a.Today(), mediators, chosen, orgs, EndChanged); err != nil {
			return err
		}
		return c.handSessionsOn(a)
	})
}

// Start opens the mediation. Every party has been told its rights and duties, and none has refused; taking part is
// consent, so a party named as present consents from that day.
func (c *Case) Start(a Act, on calendar.Date, notices []Notice, present []int) error {
	return c.move(a, ActionStart, on, func() error {
		var p problems
		checkDay(&p, "/on", "开始调解日期", on, a.Today(), c.AcceptedOn, "受理日期")
		c.giveNotices(&p, a, notices, on)
		for i, no := range present {
			party := c.partyNo(no)
			p.require(party != nil, fmt.Sprintf("/present/%d", i), "本案没有编号为%d的当事人", no)
			if party != nil && party.Consent == ConsentUnknown {
				party.Consent, party.ConsentOn = Consented, &on
			}
		}
		if err := p.err(); err != nil {
			return err
		}
		if err := c.refusal(); err != nil {
			return err
		}
		if open := c.openRecusal(0); open != nil {
			return Errorf(CodeGuard, "对调解员的回避事项（%s提出）尚未决定，决定后才能开始调解", open.AskedOn)
		}
		if err := firstLack(c.Missing(ActionStart, on)); err != nil {
			return err
		}
		c.StartedOn = &on
		c.stopClocks(on, of(ruleContact.Code, 0))
		return nil
	})
}

// bothSidesAsked tells whether the regime asks for both sides' consent before acceptance: medical disputes
// (医疗纠纷预防和处理条例) and matters sent by a court or the petition office (ruling P2).
func (c *Case) bothSidesAsked() bool {
	return c.Type == medicalType || c.Referrer != nil && (*c.Referrer == ReferrerCourt || *c.Referrer == ReferrerPetition)
}
