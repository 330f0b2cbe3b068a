package main

import (
	"context"

	"baimi/app"
	"baimi/domain"
	"baimi/domain/calendar"
)

// plan writes the steps of a dispute that took its time, up to where it ends.
func (p *player) plan(i int, fate demoFate) {
	d := p.newDispute(i, fate)
	first := p.end.AddDays(-fate.age)
	p.on(first, d.register)
	switch fate.ends {
	case domain.StatusRegistered:
		return
	case domain.StatusNotAccepted:
		p.on(first.AddDays(2), d.decline)
		return
	case domain.StatusVoid:
		p.on(first.AddDays(3), d.void)
		return
	case domain.StatusWithdrawn:
		if fate.oral {
			p.on(first.AddDays(1), d.withdraw)
			return
		}
	}
	p.on(first.AddDays(1), d.accept)
	if fate.ends == domain.StatusAccepted {
		return
	}
	p.on(first.AddDays(3), d.start)
	switch fate.ends {
	case domain.StatusMediating:
	case domain.StatusFailed:
		p.on(first.AddDays(12), d.fail)
	case domain.StatusWithdrawn:
		p.on(first.AddDays(6), d.withdraw)
	default:
		p.planAgreement(d, first.AddDays(8))
	}
}

// planAgreement goes from the agreement on, as far as the dispute got.
func (p *player) planAgreement(d *dispute, agreed calendar.Date) {
	due := agreed.AddDays(5)
	open := d.fate.ends == domain.StatusAgreedOral || d.fate.ends == domain.StatusAgreedWritten
	if open && !d.fate.late {
		due = p.end.AddDays(20)
	}
	written := d.fate.ends == domain.StatusAgreedWritten || !open && !d.fate.oral
	p.on(agreed, func(ctx context.Context) error { return d.agree(ctx, written, due) })
	if open {
		return
	}
	p.on(due, d.perform)
	p.on(due.AddDays(1), d.followUp)
	p.on(due.AddDays(2), d.close)
	if d.fate.ends == domain.StatusArchived {
		p.on(due.AddDays(3), d.archive)
	}
}

func (d *dispute) register(ctx context.Context) error {
	actor := d.at.mediator
	if d.at.keeper != nil {
		actor = *d.at.keeper
	}
	made, err := d.p.cases.Register(ctx, actor, d.registration())
	if err == nil {
		d.id = made.Case.CaseID()
	}
	return err
}

func (d *dispute) accept(ctx context.Context) error {
	for no := range 2 {
		said := app.ConsentInput{PartyNo: no + 1, Consent: domain.Consented, On: d.p.today()}
		if _, err := d.p.cases.RecordConsent(ctx, d.at.director, d.id, 0, said); err != nil {
			return err
		}
	}
	in := app.AcceptInput{On: d.p.today(), Mediators: []domain.PersonID{d.at.mediator.Person}}
	_, err := d.p.cases.Accept(ctx, d.at.director, d.id, 0, in)
	return err
}

func (d *dispute) start(ctx context.Context) error {
	on := d.p.today()
	in := app.StartInput{On: on, Present: []int{1, 2}}
	for _, no := range in.Present {
		in.Notices = append(in.Notices, domain.Notice{PartyNo: no, How: "written", On: on})
	}
	_, err := d.p.cases.Start(ctx, d.at.mediator, d.id, 0, in)
	return err
}

func (d *dispute) agree(ctx context.Context, written bool, due calendar.Date) error {
	on := d.p.today()
	terms := domain.Terms{On: on, Text: d.text(d.story.terms), Obligations: d.obligations(due)}
	terms.NoPerformance = len(terms.Obligations) == 0
	if !written {
		_, err := d.p.cases.AgreeOrally(ctx, d.at.mediator, d.id, 0, terms)
		return err
	}
	signing := domain.Signing{MediatorSignedOn: on, SealedOn: on, Parties: []domain.Signature{
		{PartyNo: 1, Method: "handwritten", SignedOn: on}, {PartyNo: 2, Method: "fingerprint", SignedOn: on},
	}}
	if d.story.company != "" {
		signing.Parties[1].Method = "seal"
	}
	_, err := d.p.cases.AgreeInWriting(ctx, d.at.mediator, d.id, 0, terms, signing)
	return err
}

func (d *dispute) perform(ctx context.Context) error {
	if d.story.duty == "" {
		return nil
	}
	done := domain.Performance{On: d.p.today(), Status: domain.Performed}
	_, err := d.p.cases.RecordPerformance(ctx, d.at.mediator, d.id, 0, 1, done)
	return err
}

// followUp makes the last visit, by phone; the earlier ones are then not needed any more.
func (d *dispute) followUp(ctx context.Context) error {
	c, err := d.p.cases.Get(ctx, d.at.mediator, d.id)
	if err != nil {
		return err
	}
	last := c.FollowUps[len(c.FollowUps)-1]
	calm := false
	seen := domain.SeenPerformed
	if d.story.duty == "" {
		seen = domain.SeenNothingDue
	}
	done := domain.Visit{On: d.p.today(), How: domain.ByPhone, Reached: true, Satisfaction: domain.Satisfied, Seen: seen, NewRisk: &calm}
	_, err = d.p.cases.RecordFollowUp(ctx, d.at.mediator, d.id, 0, last.No, done)
	return err
}

func (d *dispute) fail(ctx context.Context) error {
	on := d.p.today()
	in := app.EndInput{On: on, Reason: "no_prospect", Remedies: []string{"court", "legal_aid"}, ToldOn: on}
	_, err := d.p.cases.Fail(ctx, d.at.mediator, d.id, 0, in)
	return err
}

func (d *dispute) decline(ctx context.Context) error {
	on := d.p.today()
	in := app.EndInput{On: on, Reason: "already_seized", Remedies: []string{"court"}, ToldOn: on}
	_, err := d.p.cases.Decline(ctx, d.at.director, d.id, 0, in)
	return err
}

func (d *dispute) withdraw(ctx context.Context) error {
	_, err := d.p.cases.Withdraw(ctx, d.at.director, d.id, 0, d.p.today(), "settled_themselves")
	return err
}

// close and archive are the judicial office's here: many directors mediate themselves, and nobody approves his own case.
func (d *dispute) close(ctx context.Context) error {
	_, err := d.p.cases.Close(ctx, d.at.officer, d.id, 0, d.p.today())
	return err
}

func (d *dispute) archive(ctx context.Context) error {
	_, err := d.p.cases.Archive(ctx, d.at.officer, d.id, 0, d.p.today())
	return err
}

func (d *dispute) void(ctx context.Context) error {
	_, err := d.p.cases.Void(ctx, d.p.city.actors["bureau"], d.id, 0, "registered_twice")
	return err
}
