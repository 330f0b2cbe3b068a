package domain

import (
	"fmt"
	"slices"
)

// TeamFaults re-derives who mediates, what is open about mediators, who was invited, and what rests on notices and attempts. The
// checker prints them, and the random histories must leave none.
func TeamFaults(c *Case) []string {
	var list []string
	say := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	c.appointmentFaults(say)
	c.recusalFaults(say)
	c.noticeFaults(say)
	return list
}

func (c *Case) appointmentFaults(say func(string, ...any)) {
	var now []PersonID
	for _, x := range c.Appointments {
		if x.UntilOn == nil {
			now = append(now, x.Person)
		}
		for _, no := range x.ChosenBy {
			if c.partyNo(int(no)) == nil {
				say("appointment %d was chosen by a party that is not there", x.No)
			}
		}
	}
	slices.Sort(now)
	if c.Origin != OriginImported && !slices.Equal(now, []PersonID(c.Mediators)) {
		say("the mediators are not those whose appointments stand")
	}
	for _, x := range c.Invitees {
		if len(x.Consents) != len(c.Parties) {
			say("invited person %d without the consent of every party", x.No)
		}
	}
}

func (c *Case) noticeFaults(say func(string, ...any)) {
	if c.StartedOn != nil {
		for _, x := range c.Parties {
			if c.Told(x.No, NoticeRights, *c.StartedOn) == nil {
				say("party %d was not told its rights and duties before the mediation began", x.No)
			}
		}
	}
	for _, x := range c.Notices {
		t, ok := NoticeTextOf(x.Text)
		if !ok || t.Kind != x.Kind || x.GivenOn.Before(t.Since) {
			say("notice %d names a text that was not in force", x.No)
		}
	}
	c.dataConsentFaults(say)
}

func (c *Case) recusalFaults(say func(string, ...any)) {
	for _, x := range c.Recusals {
		switch {
		case x.Status == RecusalOpen && !slices.Contains(inHand, c.Status) && c.Status != StatusTransferred:
			say("recusal %d is open, and the case is not in hand", x.No)
		case x.Status == RecusalOpen && !slices.Contains(c.Mediators, x.Person):
			say("recusal %d is open about somebody who does not mediate", x.No)
		case x.Status == RecusalWaived && len(x.Consents) != len(c.Parties):
			say("recusal %d was waived without the consent of every party", x.No)
		case c.recused(x.Person) && slices.Contains(c.Mediators, x.Person):
			say("recusal %d was granted, and the mediator mediates", x.No)
		}
	}
	if c.Status == StatusFailed && c.EndReason != nil && *c.EndReason == unreachable && c.outOfReach() != nil {
		say("ended as out of reach without the attempts it rests on")
	}
}

func (c *Case) dataConsentFaults(say func(string, ...any)) {
	for _, x := range c.DataConsents {
		party := c.partyNo(x.PartyNo)
		switch {
		case party == nil:
			say("consent %d of a party that is not there", x.No)
		case c.Told(x.PartyNo, NoticePrivacy, x.GivenOn) == nil:
			say("consent %d without the notice it rests on", x.No)
		case party.child(x.GivenOn) && x.By == nil:
			say("consent %d of a child without its guardian", x.No)
		}
	}
}
