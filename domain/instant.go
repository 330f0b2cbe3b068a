package domain

import (
	"errors"
	"fmt"

	"baimi/domain/calendar"
)

// InstantSettlement is a quarrel settled on the spot (即时化解): one page, one request, one transaction (ruling P4).
type InstantSettlement struct {
	Registration
	Number        FileNumber
	Terms         string
	NoPerformance bool
	Obligations   []NewObligation // each performed on the spot
}

// SettleInstantly registers, accepts, gives the notice orally, records the oral agreement and its performance, each
// with its own event and guards, all on the day of the request.
func SettleInstantly(a Act, in InstantSettlement) (Registered, error) {
	in.instant = true
	terms := Terms{On: in.RequestedOn, Text: in.Terms, NoPerformance: in.NoPerformance, Obligations: in.Obligations}
	r, err := Register(a, in.Registration)
	if err != nil {
		return Registered{}, in.withTermsFaults(err, terms)
	}
	c, on := r.Case, in.RequestedOn
	if err := c.Accept(a, Acceptance{On: on, Mediators: []PersonID{a.Actor.Person}, Number: in.Number}); err != nil {
		return Registered{}, err
	}
	notices, present := c.everyoneTold(on)
	if err := c.Start(a, on, notices, present); err != nil {
		return Registered{}, err
	}
	if err := c.AgreeOrally(a, terms); err != nil {
		return Registered{}, err
	}
	for _, o := range c.Obligations {
		if err := c.RecordPerformance(a, o.No, Performance{On: on, Status: Performed}); err != nil {
			return Registered{}, err
		}
	}
	return r, nil
}

// withTermsFaults adds to what is wrong with the registration what is wrong with the terms: they are one page.
func (in InstantSettlement) withTermsFaults(err error, t Terms) error {
	var e *Error
	if !errors.As(err, &e) || e.Code != CodeInvalid {
		return err
	}
	p := problems{fields: e.Fields}
	t.check(&p)
	for i, o := range t.Obligations {
		at := fmt.Sprintf("/obligations/%d", i)
		for who, no := range map[string]int{"/debtor": o.Debtor, "/creditor": o.Creditor} {
			p.require(no >= 1 && no <= len(in.Parties), at+who, "本案没有编号为%d的当事人", no)
		}
		o.check(&p, at, t.On)
	}
	return p.err()
}

func (c *Case) everyoneTold(on calendar.Date) (notices []Notice, present []int) {
	for _, p := range c.Parties {
		notices = append(notices, Notice{PartyNo: p.No, How: "oral", On: on})
		present = append(present, p.No)
	}
	return notices, present
}
