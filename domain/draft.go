package domain

import (
	"fmt"
	"slices"

	"baimi/domain/calendar"
)

// DraftAgreement puts terms on paper that nobody has signed yet (拟定). It takes the place of a former draft, which stays on
// record as abandoned.
func (c *Case) DraftAgreement(a Act, in Terms) error {
	return c.move(a, ActionDraftAgreement, in.On, func() error {
		var p problems
		c.abandonDrafts(in.On)
		_, err := c.addAgreement(a, &p, in, Agreement{Form: Written, Effect: c.draftEffect()})
		if err != nil {
			return err
		}
		if err := p.err(); err != nil {
			return err
		}
		return c.refusal()
	})
}

// SignAgreement records signatures under the draft, of one or several parties, of the mediator (a zero day: not now). When all
// who are bound have signed, it waits for the seal; where the court's rules ask for none, it takes effect (ruling P10).
func (c *Case) SignAgreement(a Act, no int, parties []Signature, mediator calendar.Date) error {
	on := mediator
	for _, x := range parties {
		on = later(on, x.SignedOn)
	}
	if on.IsZero() || on.After(a.Today()) { // refused below; an event is not dated by it
		on = a.Today()
	}
	return c.move(a, ActionSignAgreement, on, func() error {
		g := find(c.Agreements, no)
		if g == nil {
			return NotFound("协议")
		}
		if g.Status != AgreementDraft {
			return Errorf(CodeGuard, "该协议当前为“%s”，不能再签署", g.Status.Name())
		}
		var p problems
		p.require(len(parties) > 0 || !mediator.IsZero(), "/signatures", "请填写当事人或者调解员的签名")
		bound := c.boundBy(g.No)
		c.sign(&p, a, g, bound, parties)
		if !mediator.IsZero() {
			checkDay(&p, "/mediatorSignedOn", "调解员签名日期", mediator, a.Today(), &g.DraftedOn, "拟定协议的日期")
			p.require(g.MediatorSignedOn == nil, "/mediatorSignedOn", "调解员已于%s签名", dayOr(g.MediatorSignedOn))
			g.MediatorSignedOn = &mediator
		}
		if err := c.everyoneConsents(&p, c.signers(parties), "/signatures"); err != nil {
			return err
		}
		return c.completeSigning(a, g, bound)
	})
}

// completeSigning lets the agreement go on when nobody's signature is missing any more.
func (c *Case) completeSigning(a Act, g *Agreement, bound bindings) error {
	effect := EffectOf(g.Effect)
	missing := slices.ContainsFunc(c.Parties, func(x Party) bool { return bound.has(x) && !g.signedBy(x.No) })
	if missing || effect.Mediator && g.MediatorSignedOn == nil {
		return nil
	}
	agreed := g.DraftedOn
	for _, x := range g.Signatures {
		agreed = later(agreed, x.SignedOn)
	}
	g.AgreedOn = &agreed
	if err := g.become(AgreementSigned, nil); err != nil || effect.Seal {
		return err
	}
	g.EffectiveOn = &agreed
	return c.takeEffect(a, g)
}

// SealAgreement puts the committee's seal under an agreement that all have signed; with it the agreement takes effect
// (人民调解法 29).
func (c *Case) SealAgreement(a Act, no int, on calendar.Date) error {
	return c.move(a, ActionSealAgreement, on, func() error {
		g := find(c.Agreements, no)
		if g == nil {
			return NotFound("协议")
		}
		if g.Status != AgreementSigned {
			return Errorf(CodeGuard, "该协议当前为“%s”，各方当事人和调解员签署后才能盖章", g.Status.Name())
		}
		var p problems
		checkDay(&p, "/on", "盖章日期", on, a.Today(), &g.DraftedOn, "拟定协议的日期")
		if err := p.err(); err != nil {
			return err
		}
		if err := c.refusal(); err != nil {
			return err
		}
		g.SealedOn = &on
		effective := g.lastAct()
		g.EffectiveOn = &effective
		return c.takeEffect(a, g)
	})
}

// sign adds parties' signatures: each of a party who is bound and identified, once, by a method that the effect rule and
// the type of the dispute allow.
func (c *Case) sign(p *problems, a Act, g *Agreement, bound bindings, parties []Signature) {
	effect := EffectOf(g.Effect)
	for i, x := range parties {
		at := fmt.Sprintf("/signatures/%d", i)
		party := c.partyNo(x.PartyNo)
		p.require(party != nil, at+"/partyNo", "本案没有编号为%d的当事人", x.PartyNo)
		p.require(!g.signedBy(x.PartyNo), at+"/partyNo", "该当事人已签名，不能重复填写")
		checkDay(p, at+"/signedOn", "签名日期", x.SignedOn, a.Today(), &g.DraftedOn, "达成协议日期")
		if party != nil && bound.has(*party) {
			p.lacking("/signatures", c.lacks(ActionAgreeInWriting, x.SignedOn, func(y Party) bool { return y.No == party.No }))
		}
		c.checkSigner(p, at, x)
		switch {
		case x.Method == methodElectronic && c.Type == familyType:
			p.add(at+"/method", "method", "婚姻家庭纠纷的协议不适用电子签名，请当事人在纸质协议上签名（电子签名法第三条）")
		case x.Method == methodElectronic && g.Effect != EffectOnline:
			p.add(at+"/method", "method", "电子签名只用于人民法院在线移送的案件，请当事人在纸质协议上签名")
		case !slices.Contains(effect.Methods, x.Method):
			p.add(at+"/method", "method", "在线调解协议由各方电子签名；改用纸质协议的，请办理“达成书面协议”")
		}
		g.Signatures = append(g.Signatures, Signature{
			County: c.County, CaseID: c.ID, AgreementNo: g.No, PartyNo: x.PartyNo, By: x.By, Method: x.Method, SignedOn: x.SignedOn,
		})
	}
}

// boundBy are the third parties an agreement binds beside both sides.
func (c *Case) boundBy(no int) bindings {
	b := bindings{}
	for _, o := range c.obligationsOf(no) {
		b[o.Debtor], b[o.Creditor] = true, true
	}
	return b
}

// signers are the parties who sign now, of whom alone consent is asked.
func (c *Case) signers(parties []Signature) func(Party) bool {
	return func(x Party) bool {
		return slices.ContainsFunc(parties, func(s Signature) bool { return s.PartyNo == x.No })
	}
}

func dayOr(d *calendar.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}
