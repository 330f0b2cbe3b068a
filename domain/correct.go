package domain

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"
)

// Correction changes what was typed at intake; a nil field stays. The event keeps who, when and why (Act.Reason).
type Correction struct {
	Type        *string
	Place       *string
	Facts       *string
	Wish        *string
	Amount      *decimal.Decimal
	PeopleCount *int
	Risks       *[]string
	Parties     []PartyCorrection
}

// PartyCorrection changes or completes what is known of a party; an empty field stays. What may be missing at intake,
// the identity above all, must be there before a written agreement.
type PartyCorrection struct {
	No       int
	Name     string
	IDType   string
	IDNumber string
	Phone    string
	Address  string
	Sex      *int
	Birth    string
	Capacity LegalCapacity
	IDAbsent string

	Ethnicity  string
	Occupation string
	Workplace  string
}

// Correct changes the registration of a case whose mediation has not ended.
func (c *Case) Correct(a Act, in Correction) error {
	return c.move(a, ActionCorrect, a.Today(), func() error {
		var p problems
		p.require(a.Reason != "", "/reason", "请选择更正原因")
		p.require(in.Facts == nil || !blank(*in.Facts), "/facts", "纠纷简要情况不能为空")
		p.require(in.Place == nil || !blank(*in.Place), "/place", "纠纷发生地点不能为空")
		p.sum("/amount", in.Amount)
		p.require(in.PeopleCount == nil || *in.PeopleCount >= len(c.Parties), "/peopleCount", "涉及人数不能少于当事人人数")
		if err := c.correctParties(a, &p, in.Parties); err != nil {
			return err
		}
		if err := p.err(); err != nil {
			return err
		}
		var errs [3]error
		replace(&c.Place, a, in.Place, &errs[0])
		replace(&c.Facts, a, in.Facts, &errs[1])
		replace(&c.Wish, a, in.Wish, &errs[2])
		for _, err := range errs {
			if err != nil {
				return err
			}
		}
		if in.Type != nil && *in.Type != c.Type {
			c.Type = *in.Type
			if err := c.restartMediationClock(a); err != nil {
				return err
			}
		}
		if in.Amount != nil {
			c.Amount = in.Amount
		}
		if in.PeopleCount != nil {
			c.PeopleCount = *in.PeopleCount
		}
		if in.Risks != nil {
			c.Risks = setOf(*in.Risks)
		}
		return nil
	})
}

func (c *Case) correctParties(a Act, p *problems, parties []PartyCorrection) error {
	for i, x := range parties {
		at := fmt.Sprintf("/parties/%d", i)
		party := c.partyNo(x.No)
		if party == nil {
			p.add(at+"/partyNo", "required", "本案没有编号为%d的当事人", x.No)
			continue
		}
		in := NewParty{
			Role: party.Role, Kind: party.Kind, Name: x.Name, IDType: x.IDType, IDNumber: x.IDNumber,
			Phone: x.Phone, Address: x.Address, Sex: x.Sex,
			Birth: x.Birth, Capacity: x.Capacity, IDAbsent: x.IDAbsent,
			Ethnicity: x.Ethnicity, Occupation: x.Occupation, Workplace: x.Workplace,
		}
		if in.Name == "" {
			in.Name = party.Name.Reveal()
		}
		if err := party.fill(a, p, at, in); err != nil {
			return err
		}
	}
	return nil
}

// restartMediationClock lets a corrected type choose its clock anew.
func (c *Case) restartMediationClock(a Act) error {
	if c.AcceptedOn == nil {
		return nil
	}
	key, from, err := c.mediationClock()
	if err != nil {
		return err
	}
	if slices.ContainsFunc(c.Deadlines, func(d Deadline) bool { return d.EndedOn == nil && d.Key() == key }) {
		return nil
	}
	c.stopClocks(a.Today(), func(d Deadline) bool { return mediatingRules[d.Rule] })
	return c.startClock(a, key, from, nil)
}

// replace puts a new personal value in the place of an old one; nil and the same text change nothing.
func replace[K SecretKind](s *Secret[K], a Act, text *string, err *error) {
	if text != nil && CleanText(*text) != s.Reveal() {
		*s, *err = NewSecret[K](a.Random, *text)
	}
}
