package demo

import (
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
)

// conclude plans the agreement, its performance, the closing and the file.
func (p *plan) conclude() {
	if p.fate.slow {
		p.after(33, 60)
	} else {
		p.after(1, 16)
	}
	due := p.today()
	switch {
	case p.fate.stop == domain.StatusAgreedOral || p.fate.stop == domain.StatusAgreedWritten:
		due = due.AddDays(25)
		if p.fate.slow {
			due = p.today().AddDays(2)
		}
	case chance(p.rnd, 620):
		due = due.AddDays(3 + p.rnd.IntN(38))
	}
	p.agree(due)
	p.reached(domain.StatusAgreedOral)
	p.reached(domain.StatusAgreedWritten)
	if p.perform(due) {
		p.close()
	}
}

func (p *plan) agree(due calendar.Date) {
	at, on, t := p.at, p.today(), p.texts
	terms := domain.Terms{On: on, Text: t.terms, Obligations: p.obligations(due)}
	terms.NoPerformance = len(terms.Obligations) == 0
	if p.fate.oral {
		p.do(func(d *dispute, now time.Time) error {
			return d.c.AgreeOrally(d.act(at.mediator, now, "", at.officer), terms)
		})
		return
	}
	s := domain.Signing{MediatorSignedOn: on, SealedOn: on}
	for no, party := range []domain.NewParty{t.one, t.other} {
		method := pick(p.rnd, []string{"handwritten", "handwritten", "fingerprint"})
		if party.Kind == domain.Legal {
			method = "seal"
		}
		signed := domain.Signature{PartyNo: no + 1, Method: method, SignedOn: on}
		if no == 0 && p.story.child {
			guardian := 1
			signed.By = &guardian
		}
		s.Parties = append(s.Parties, signed)
	}
	p.do(func(d *dispute, now time.Time) error {
		return d.c.AgreeInWriting(d.act(at.mediator, now, "", at.officer), terms, s)
	})
}

// perform plans what becomes of the duties; false when one is still owed.
func (p *plan) perform(due calendar.Date) bool {
	x := p.rnd.IntN(1000)
	if p.fate.age > 0 {
		x = 500
	}
	if x < 6 {
		return false // owed to this day
	}
	if wait := p.today().DaysUntil(due); wait > 0 {
		switch {
		case x < 70:
			p.after(wait+2, wait+12) // late
		default:
			p.after(max(0, wait-5), wait)
		}
	}
	status := domain.Performed
	switch {
	case x >= 970 && x < 978:
		status = domain.Unperformable
	case x >= 978 && x < 988:
		status = domain.Sued
	}
	p.after(0, 0)
	p.seePerformed(1, status)
	if p.texts.twice { // the second instalment comes with its own day
		p.after(20, 30)
		p.seePerformed(2, status)
	}
	return true
}

// seePerformed plans what is seen of the next duty of the agreement that holds.
func (p *plan) seePerformed(nth int, status domain.ObligationStatus) {
	at, on := p.at, p.today()
	p.do(func(d *dispute, now time.Time) error {
		seen := 0
		for _, o := range d.c.Obligations {
			if o.AgreementNo != len(d.c.Agreements) {
				continue
			}
			if seen++; seen == nth && !o.Settled() {
				return d.c.RecordPerformance(d.act(at.mediator, now, "", at.officer), o.No, domain.Performance{On: on, Status: status})
			}
		}
		return nil
	})
}

// visit plans the last visit to the parties of an agreement, by phone; the earlier ones are then not needed any more.
func (p *plan) visit() {
	at := p.at
	switch p.fate.course {
	case courseFailed, courseWithdrawn, courseWithdrawnBefore, courseDeclined, courseOutside:
		return // nothing was agreed
	}
	p.after(1, 6)
	on := p.today()
	pleased := domain.Satisfied
	if chance(p.rnd, 90) {
		pleased = domain.BasicallySatisfied
	} else if chance(p.rnd, 15) {
		pleased = domain.Unsatisfied
	}
	p.do(func(d *dispute, now time.Time) error {
		seen, calm := domain.SeenNothingDue, false
		for _, o := range d.c.Obligations {
			if o.AgreementNo == len(d.c.Agreements) && seen != domain.SeenNotAtAll {
				seen = domain.SeenPerformed
				if o.Status != domain.Performed {
					seen = domain.SeenNotAtAll
				}
			}
		}
		last := d.c.FollowUps[len(d.c.FollowUps)-1]
		made := domain.Visit{On: on, How: domain.ByPhone, Reached: true, Satisfaction: pleased, Seen: seen, NewRisk: &calm}
		return d.c.RecordFollowUp(d.act(at.mediator, now, "", at.officer), last.No, made)
	})
}

// close plans the closing and the file, by who did not mediate. Some files wait.
func (p *plan) close() {
	at := p.at
	p.visit()
	p.after(1, 9)
	if p.forgotten(30) {
		return
	}
	on := p.today()
	p.do(func(d *dispute, now time.Time) error {
		return d.c.Close(d.act(at.approver(), now, "", at.officer), on)
	})
	p.reached(domain.StatusClosed)
	p.after(2, 26)
	if p.forgotten(150) {
		return
	}
	last := p.today()
	p.do(func(d *dispute, now time.Time) error {
		return d.c.Archive(d.act(at.approver(), now, "paper_kept", at.officer), last, filed(d.c)...)
	})
}

// forgotten tells, so many times in a thousand, that the next step of these months was not taken; what is older has been.
func (p *plan) forgotten(perMille float64) bool {
	return p.fate.age == 0 && chance(p.rnd, perMille) && p.today().DaysUntil(p.w.today) < 90
}

func (p *plan) fail() {
	at := p.at
	p.after(4, 24)
	reason := pick(p.rnd, []string{"no_prospect", "no_prospect", "party_refused", "unreachable", "refused_to_sign", "time_over"})
	ways := [][]string{{"court"}, {"court", "legal_aid"}, {"court", "administrative"}}[p.rnd.IntN(3)]
	if p.story.kind == "10" || p.story.kind == "11" {
		ways = []string{"labour_arbitration", "legal_aid"}
	}
	if reason == "unreachable" {
		p.triedInVain()
	}
	on := p.today()
	p.do(func(d *dispute, now time.Time) error {
		return d.c.Fail(d.act(at.mediator, now, reason, at.officer), domain.Ending{On: on, Remedies: ways, ToldOn: on})
	})
	p.reached(domain.StatusFailed)
	p.close()
}

func (p *plan) decline() {
	at := p.at
	p.after(1, 3)
	on := p.today()
	reason := pick(p.rnd, []string{"already_seized", "special_organ", "not_civil", "party_refused", "no_counterparty"})
	p.do(func(d *dispute, now time.Time) error {
		return d.c.Decline(d.act(at.director, now, reason, at.officer), domain.Ending{On: on, Remedies: []string{"court", "administrative"}, ToldOn: on})
	})
	p.reached(domain.StatusNotAccepted)
	p.close()
}

func (p *plan) withdraw() {
	at, on := p.at, p.today()
	reason := pick(p.rnd, []string{"settled_themselves", "settled_themselves", "other_way", "not_appearing", "not_wanted"})
	p.do(func(d *dispute, now time.Time) error {
		return d.c.Withdraw(d.act(at.director, now, reason, at.officer), on)
	})
	p.reached(domain.StatusWithdrawn)
	p.close()
}

func (p *plan) void() {
	at := p.at
	p.after(1, 9)
	reason := pick(p.rnd, []string{"registered_twice", "registered_by_mistake", "not_a_dispute"})
	p.do(func(d *dispute, now time.Time) error {
		return d.c.Void(d.act(d.w.actors["bureau"], now, reason, at.officer))
	})
}

// reopen plans that the agreement could not be kept to and both sides want to mediate anew.
func (p *plan) reopen() {
	at := p.at
	p.after(12, 70)
	p.do(func(d *dispute, now time.Time) error {
		return d.c.AskReopening(d.act(at.director, now, "performance_difficult", at.officer), true)
	})
	p.after(1, 4)
	on := p.today()
	p.do(func(d *dispute, now time.Time) error {
		return d.c.Reopen(d.act(at.officer, now, "", at.officer), on)
	})
	p.conclude()
}
