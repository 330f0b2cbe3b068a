package demo

import (
	"fmt"
	"time"

	"baimi/domain"
)

// settleInstantly plans a quarrel settled on the spot (ruling P4), closed and filed later.
func (p *plan) settleInstantly() {
	at, on, number := p.at, p.today(), p.numbered()
	in := domain.InstantSettlement{Registration: p.registration(), Terms: p.texts.terms, Obligations: p.obligations(on)}
	if len(in.Obligations) > 1 {
		in.Obligations = in.Obligations[:1]
		in.Obligations[0].Amount, in.Obligations[0].What = amount(p.texts.yuan), p.story.duty
	}
	in.NoPerformance = len(in.Obligations) == 0
	p.do(func(d *dispute, now time.Time) error {
		in.Number = number.number
		made, err := domain.SettleInstantly(d.act(at.mediator, now, "", at.officer), in)
		if err == nil {
			d.begin(made.Case)
		}
		return err
	})
	p.close()
}

// clue plans that somebody finds something.
func (p *plan) clue(who domain.Actor) {
	t, at := p.texts, p.at
	in := domain.Finding{
		Committee: p.w.orgs[at.committee], AreaPath: at.area, Type: p.story.kind, Confidentiality: t.level, Place: t.place, Facts: t.facts,
		PeopleCount: t.people, Risks: t.risks, On: p.today(),
	}
	if at.keeper != nil {
		in.Point = &at.keeper.Org
	}
	p.do(func(d *dispute, now time.Time) error {
		c, err := domain.ReportClue(d.act(who, now, "", at.officer), in)
		if err == nil {
			d.begin(c)
		}
		return err
	})
}

// reportClue plans a clue that leads to no case: most of them settle themselves, on the lower tiers more often.
func (p *plan) reportClue() {
	at := p.at
	who := at.mediator
	if at.keeper != nil {
		who = *at.keeper
	}
	p.clue(who)
	p.reached(domain.StatusClue)
	p.after(1, 9)
	on, reason := p.today(), "settled_itself"
	var tier *domain.Tier
	if x := p.rnd.IntN(100); x < 22 {
		reason = "unfounded"
	} else if x < 27 {
		reason = "entered_by_mistake"
	} else {
		t := pick(p.rnd, []domain.Tier{
			domain.TierBuilding, domain.TierBuilding, domain.TierBuilding, domain.TierCourtyard, domain.TierCourtyard, domain.TierCourtyard,
			domain.TierGrid, domain.TierGrid, domain.TierVillage, domain.TierTown,
		})
		tier = &t
	}
	p.do(func(d *dispute, now time.Time) error {
		return d.c.Dismiss(d.act(who, now, reason, at.officer), on, tier)
	})
}

// sendOutside plans the way to an organ outside, which answers with a paper.
func (p *plan) sendOutside() {
	at := p.at
	p.after(0, 2)
	on := p.today()
	organ := pick(p.rnd, []string{"administrative", "court", "police", "labour_arbitration", "petition", "other_mediation"})
	p.do(func(d *dispute, now time.Time) error {
		return d.c.Transfer(d.act(at.director, now, "special_organ", at.officer), domain.Handover{On: on, ToOrgan: organ})
	})
	p.after(1, 3)
	back := p.today()
	receipt := fmt.Sprintf("%d年回执第%d号", back.Year(), 1+p.rnd.IntN(900))
	p.do(func(d *dispute, now time.Time) error {
		return d.c.ConfirmTransfer(d.act(at.director, now, "", at.officer), domain.Receipt{On: back, Number: receipt}, nil)
	})
	p.reached(domain.StatusTransferred)
	p.close()
}

// handOver plans the way up to the town's committee: it takes the matter up, gives it back, or does not answer in time.
func (p *plan) handOver() {
	at, up := p.at, p.w.above(p.village, p.at)
	p.after(0, 2)
	on := p.today()
	reason := pick(p.rnd, []string{"difficult", "difficult", "cross_area", "party_request"})
	p.do(func(d *dispute, now time.Time) error {
		return d.c.Transfer(d.act(at.director, now, reason, at.officer), domain.Handover{On: on, ToOrg: d.w.orgs[up.committee]})
	})
	p.reached(domain.StatusTransferred)
	switch p.fate.course {
	case courseRefused:
		p.after(1, 2)
		back := p.today()
		p.do(func(d *dispute, now time.Time) error {
			return d.c.RefuseTransfer(d.act(up.director, now, "not_ours", at.officer), back)
		})
	case courseReturned:
		p.afterWorkdays(4) // three to answer in, then the job gives it back
		p.do(func(d *dispute, now time.Time) error {
			return d.c.ReturnTransfer(d.act(domain.SystemActor(County), now, "", at.officer))
		})
	default:
		p.after(0, 2)
		back := p.today()
		p.do(func(d *dispute, now time.Time) error {
			left := d.c
			taken, err := left.TakeUp(d.act(up.director, now, "", at.officer), domain.Receipt{On: back})
			if err != nil {
				return err
			}
			d.begin(taken)
			return left.Close(d.act(at.director, now.Add(time.Minute), "", at.officer), back)
		})
		p.at = up
	}
}
