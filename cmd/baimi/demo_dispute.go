package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"baimi/app"
	"baimi/domain"
	"baimi/domain/calendar"
)

// dispute is one dispute on its way through the demo.
type dispute struct {
	p     *player
	at    venue
	story demoStory
	fate  demoFate
	one   domain.NewParty
	other domain.NewParty
	head  *domain.NewRepresentative // of a company
	id    domain.CaseID             // once it is registered
}

func (p *player) newDispute(i int, fate demoFate) *dispute {
	s := p.story(i)
	if fate.ends == domain.StatusVoid && s.private {
		s = p.story(i + 1) // the bureau voids, and no private case is open to it
	}
	oral := fate.oral || fate.ends == domain.StatusAgreedOral || fate.ends == ""
	for next := i; oral && s.formal(); s = p.story(next) {
		next++ // these end in writing only
	}
	d := &dispute{p: p, at: p.venueOf(i, s), story: s, fate: fate}
	d.one = d.person(domain.Applicant)
	if s.company == "" {
		d.other = d.person(domain.Respondent)
	} else {
		d.other = domain.NewParty{
			Role: domain.Respondent, Kind: domain.Legal, Name: s.company, IDNumber: p.creditCode(), Phone: p.phone(), Address: "简阳市" + d.at.place,
		}
		d.head = &domain.NewRepresentative{PartyNo: 2, Kind: domain.RepresentativeHead, Name: p.name(), Relation: "legal_representative"}
	}
	return d
}

func (d *dispute) person(role domain.PartyRole) domain.NewParty {
	p := d.p
	return domain.NewParty{
		Role: role, Kind: domain.Natural, Name: p.name(), IDNumber: p.idNumber(), Phone: p.phone(),
		Address: fmt.Sprintf("%s%d栋%d单元%d号", d.at.place, 1+p.rnd.IntN(6), 1+p.rnd.IntN(3), 101+100*p.rnd.IntN(5)),
	}
}

// text fills a story's words in.
func (d *dispute) text(s string) string {
	return strings.NewReplacer("{甲}", d.one.Name, "{乙}", d.other.Name, "{元}", decimal.NewFromInt(d.story.yuan).String()).Replace(s)
}

// registration is what intake types, on the day it is typed.
func (d *dispute) registration() app.RegisterInput {
	r := domain.Registration{
		Source: d.fate.source, Type: d.story.kind, Confidentiality: domain.Ordinary,
		Place: fmt.Sprintf("%s%d栋", d.at.place, 1+d.p.rnd.IntN(6)), Facts: d.text(d.story.facts), Wish: d.text(d.story.wish),
		RequestedOn: d.p.today(), RequestedHow: d.p.how(d.fate.source), Parties: []domain.NewParty{d.one, d.other},
	}
	if d.head != nil {
		d.head.From = r.RequestedOn
		r.Representatives = []domain.NewRepresentative{*d.head}
	}
	if d.story.private {
		r.Confidentiality = domain.Private
	}
	if d.fate.source == domain.SourceReferred {
		from := d.fate.from
		r.Referrer = &from
	}
	if d.story.yuan > 0 {
		sum := decimal.NewFromInt(d.story.yuan)
		r.Amount = &sum
	}
	in := app.RegisterInput{Registration: r, AreaID: &d.at.area}
	if d.at.point != nil && d.at.director.Org == d.at.director.Committee {
		in.PointID = d.at.point
	}
	return in
}

// obligations is the duty of the story, due on a day.
func (d *dispute) obligations(due calendar.Date) []domain.NewObligation {
	if d.story.duty == "" {
		return nil
	}
	o := domain.NewObligation{Debtor: 2, Creditor: 1, What: d.story.duty, Manner: "act", DueOn: due}
	if strings.HasPrefix(d.story.terms, "{甲}") {
		o.Debtor, o.Creditor = 1, 2
	}
	if d.story.yuan > 0 {
		sum := decimal.NewFromInt(d.story.yuan)
		o.Amount, o.Manner = &sum, "transfer"
		if d.story.yuan < 2000 {
			o.Manner = "cash"
		}
	}
	return []domain.NewObligation{o}
}

// planInstant settles a quarrel on the spot; some of these are closed and archived since.
func (p *player) planInstant(i int) {
	d := p.newDispute(i*7+3, demoFate{source: domain.SourceApplied})
	if i%4 == 1 {
		d.fate.source = domain.SourceInitiative
	}
	day := p.end.AddDays(-1 - (i*2)%(demoDays-1))
	p.on(day, func(ctx context.Context) error {
		in := app.SettleInput{RegisterInput: d.registration(), Terms: d.text(d.story.terms), Obligations: d.obligations(p.today())}
		made, err := p.cases.SettleInstantly(ctx, d.at.mediator, in)
		if err == nil {
			d.id = made.Case.CaseID()
		}
		return err
	})
	if closed := day.AddDays(3); i%3 != 0 && closed.Before(p.end) {
		p.on(closed.AddDays(-1), d.followUp)
		p.on(closed, d.close)
		if archived := day.AddDays(6); i%3 == 1 && archived.Before(p.end) {
			p.on(archived, d.archive)
		}
	}
}
