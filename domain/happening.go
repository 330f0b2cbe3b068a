package domain

import (
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"baimi/domain/calendar"
)

// Happening is something about a case that has to be told at once and is no clock.
type Happening struct {
	Kind  AlertKind
	About int // the number of the row it is; 0 for the case
	On    calendar.Date
}

// happenings reads off a case what of it has to be told for as long as it stands. A case is compared with itself before a
// change: what is new is told, what is gone is resolved, both in the transaction of the change.
var happenings = []func(*Case) []Happening{(*Case).highRisks}

// highRisks are the dangers of a high level that have not ended.
func (c *Case) highRisks() []Happening {
	var all []Happening
	for _, x := range c.Escalations {
		if x.Level.High() && x.EndedAt == nil {
			all = append(all, Happening{Kind: KindHighRisk, About: x.No, On: calendar.DateOf(x.FoundAt)})
		}
	}
	return all
}

// Happenings is what has to be told of the case now, its clocks aside.
func (c *Case) Happenings() []Happening {
	var all []Happening
	for _, read := range happenings {
		all = append(all, read(c)...)
	}
	return all
}

// Happened compares a case with what it was: what has to be told from now on, and what no longer.
func Happened(before, c *Case) (arose, over []Happening) {
	was, is := before.Happenings(), c.Happenings()
	for _, h := range is {
		if !slices.Contains(was, h) {
			arose = append(arose, h)
		}
	}
	for _, h := range was {
		if !slices.Contains(is, h) {
			over = append(over, h)
		}
	}
	return arose, over
}

// Told is whom a happening is told, from a moment on.
func (h Happening) Told(at time.Time, besides ...Audience) []Told {
	row := happeningMatrix[h.Kind]
	var all []Told
	for _, to := range slices.Concat(row.to, besides) {
		all = append(all, Told{Kind: h.Kind, Stage: Arose, About: h.About, DueOn: h.On, At: at, Audience: to, Level: row.level})
	}
	return all
}

// AlertPolicy is from what size on a dispute is told of (domain.md 2.6). An installation may decide otherwise.
type AlertPolicy struct {
	People       int              // the director and the judicial office are told from so many people on
	PeopleBureau int              // and the bureau
	Amount       *decimal.Decimal // yuan; nil for never
	Cases        int              // so many cases of the same parties, itself included
	Clues        int              // so many clues at one place, itself included
}

// KinDays is how far back cases of the same parties and clues at the same place are looked for.
const KinDays = 90

// DefaultAlertPolicy is that of domain.md 2.6.
func DefaultAlertPolicy() AlertPolicy {
	return AlertPolicy{People: 10, PeopleBureau: 30, Cases: 2, Clues: 3}
}

// Kin is what is known around a case: how many earlier ones within KinDays are of the same parties, and how many earlier
// clues there are of the same place.
type Kin struct{ Cases, Clues int }

// Facts is what has to be told of a case for what it is, as of the day it arrived. A case that is over tells nothing more.
func (p AlertPolicy) Facts(c *Case, kin Kin) []Told {
	if c.Over() {
		return nil
	}
	on := c.arrivedOn()
	at := on.StartOfDay()
	var all []Told
	tell := func(kind AlertKind, besides ...Audience) {
		all = append(all, Happening{Kind: kind, On: on}.Told(at, besides...)...)
	}
	if p.People > 0 && c.PeopleCount >= p.People {
		if c.PeopleCount >= p.PeopleBureau {
			tell(KindManyPeople, ForBureau)
		} else {
			tell(KindManyPeople)
		}
	}
	if p.Amount != nil && c.Amount != nil && c.Amount.GreaterThanOrEqual(*p.Amount) {
		tell(KindLargeAmount)
	}
	if p.Cases > 0 && kin.Cases+1 >= p.Cases {
		tell(KindSameParties)
	}
	if p.Clues > 0 && kin.Clues+1 >= p.Clues {
		tell(KindClueCluster)
	}
	return all
}

// Over tells whether a case is closed for good or never was one.
func (c *Case) Over() bool { return c.ClosedOn != nil || c.VoidedOn != nil || c.DismissedOn != nil }

// arrivedOn is the day the dispute first came to be known.
func (c *Case) arrivedOn() calendar.Date {
	if c.FoundOn != nil {
		return *c.FoundOn
	}
	return c.RequestedOn
}
