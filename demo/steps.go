package demo

import (
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
)

// formal plans a dispute that takes its time.
func (p *plan) formal() {
	p.register()
	p.reached(domain.StatusRegistered)
	if p.fate.supplement {
		p.askForPapers()
	}
	switch p.fate.course {
	case courseDeclined:
		p.decline()
		return
	case courseWithdrawnBefore:
		p.after(0, 3)
		p.withdraw()
		return
	case courseVoid:
		p.void()
		return
	case courseOutside:
		p.sendOutside()
		return
	case courseHanded, courseRefused, courseReturned:
		p.handOver()
	}
	p.accept()
	p.around()
	p.reached(domain.StatusAccepted)
	p.start()
	p.bring()
	p.alarm()
	p.meet()
	if p.fate.restrict {
		p.restrict()
	}
	if p.fate.pause {
		p.standStill()
	}
	if p.fate.extend {
		p.extend()
	}
	p.reached(domain.StatusMediating)
	switch p.fate.course {
	case courseFailed:
		p.fail()
	case courseWithdrawn:
		p.after(2, 12)
		p.withdraw()
	default:
		p.conclude()
		if p.fate.reopen {
			p.reopen()
		}
	}
}

// register plans the intake, from a clue or at once.
func (p *plan) register() {
	at := p.at
	who := at.mediator
	if at.keeper != nil {
		who = *at.keeper
	}
	if p.fate.fromClue {
		p.clue(who)
		p.after(1, 6)
	}
	in := p.registration()
	if p.fate.late { // typed in weeks after the paper
		p.after(17, 40)
	}
	if p.fate.fromClue {
		p.do(func(d *dispute, now time.Time) error {
			d.was = append(d.was, d.c.Clone()) // the registration says place and facts anew
			_, err := d.c.RegisterClue(d.act(who, now, "", at.officer), in)
			return err
		})
		return
	}
	p.do(func(d *dispute, now time.Time) error {
		made, err := domain.Register(d.act(who, now, "", at.officer), in)
		if err == nil {
			d.begin(made.Case)
		}
		return err
	})
}

func (p *plan) askForPapers() {
	at := p.at
	items := [][]string{{"identity"}, {"evidence"}, {"other_side_details", "identity"}, {"other_side_consent"}, {"authorisation"}}[p.rnd.IntN(5)]
	p.after(0, 2)
	on := p.today()
	p.do(func(d *dispute, now time.Time) error {
		return d.c.RequestSupplement(d.act(at.mediator, now, "", at.officer), on, items, on.AddDays(10))
	})
	p.reached(domain.StatusSupplement)
	p.after(1, 9)
	back := p.today()
	p.do(func(d *dispute, now time.Time) error {
		return d.c.ReceiveSupplement(d.act(at.mediator, now, "", at.officer), back)
	})
}

// accept plans the consents and the decision to mediate.
func (p *plan) accept() {
	at := p.at
	if p.fate.slow {
		p.after(5, 10)
	} else {
		p.after(0, 3)
	}
	on, number := p.today(), p.numbered()
	sent := p.fate.referrer == domain.ReferrerCourt || p.fate.referrer == domain.ReferrerPetition
	both := p.story.kind == "15" || sent || chance(p.rnd, 700)
	p.do(func(d *dispute, now time.Time) error {
		for no := range 2 {
			if d.c.Parties[no].Consent == domain.Consented || no == 1 && !both {
				continue
			}
			if err := d.c.RecordConsent(d.act(at.director, now, "", at.officer), no+1, domain.Consented, on); err != nil {
				return err
			}
		}
		in := domain.Acceptance{On: on, Mediators: []domain.PersonID{at.mediator.Person}, Number: number.number}
		return d.c.Accept(d.act(at.director, now.Add(time.Minute), "", at.officer), in)
	})
}

func (p *plan) start() {
	at := p.at
	p.after(0, 4)
	on := p.today()
	how := pick(p.rnd, []string{"written", "written", "oral"})
	p.do(func(d *dispute, now time.Time) error {
		var told []domain.Notice
		var present []int
		for _, x := range d.c.Parties {
			told, present = append(told, domain.Notice{PartyNo: x.No, How: how, On: on}), append(present, x.No)
		}
		return d.c.Start(d.act(at.mediator, now, "", at.officer), on, told, present)
	})
}

// restrict closes the case to all but its mediator, and opens it again to one who asked (ruling P14).
func (p *plan) restrict() {
	at := p.at
	p.after(0, 1)
	p.do(func(d *dispute, now time.Time) error {
		return d.c.SetConfidentiality(d.act(at.mediator, now, "", at.officer), domain.Restricted)
	})
	p.after(1, 6)
	p.do(func(d *dispute, now time.Time) error {
		return d.c.GrantReading(d.act(d.w.actors["secadmin"], now, "supervision", at.officer), at.officer.Person)
	})
}

// standStill suspends the mediation at the mediator's wish, and takes it up again.
func (p *plan) standStill() {
	at := p.at
	reason := string(pick(p.rnd, []calendar.Reason{"appraisal", "appraisal", "succession", "related_case", "force_majeure"}))
	p.after(1, 5)
	p.do(func(d *dispute, now time.Time) error {
		return d.c.AskSuspension(d.act(at.mediator, now, reason, at.officer))
	})
	p.after(0, 2)
	on := p.today()
	p.do(func(d *dispute, now time.Time) error {
		return d.c.Suspend(d.act(at.approver(), now, "", at.officer), on)
	})
	p.reached(domain.StatusSuspended)
	p.after(8, 40)
	back := p.today()
	p.do(func(d *dispute, now time.Time) error {
		return d.c.Resume(d.act(at.mediator, now, "", at.officer), back)
	})
}

// extend prolongs the mediation where its rule allows it.
func (p *plan) extend() {
	at := p.at
	p.after(4, 10)
	on := p.today()
	p.do(func(d *dispute, now time.Time) error {
		a := d.act(at.director, now, "", at.officer)
		for _, clock := range d.c.Deadlines {
			if clock.Running() && clock.DueOn.After(on) && d.open(a, domain.ActionExtend) {
				return d.c.Extend(a, domain.Prolongation{AgreedOn: on, Until: clock.DueOn.AddDays(20), Parties: []int{1, 2}, How: "written"})
			}
		}
		return nil
	})
}

// open tells whether a move is open to who acts.
func (d *dispute) open(a domain.Act, action domain.Action) bool {
	for _, m := range d.c.AvailableActions(a.Actor) {
		if m.Action == action {
			return true
		}
	}
	return false
}
