package exchange

import (
	"github.com/shopspring/decimal"

	"baimi/domain"
	"baimi/domain/calendar"
)

func day(d *calendar.Date) string {
	if d == nil {
		return ""
	}
	return d.String()
}

func word[T ~string](w *T) string {
	if w == nil {
		return ""
	}
	return string(*w)
}

// money writes a sum in yuan, or shifted to ten thousands: exactly, with two decimals at least.
func money(a *decimal.Decimal, shift int32) string {
	if a == nil {
		return ""
	}
	d := a.Shift(shift)
	return d.StringFixed(max(2, -d.Exponent()))
}

// Our own code words of items that no dictionary holds.
const (
	wayMediation = "people_mediation"

	scaleSingle = "single"
	scaleGroup  = "group"
	scaleLarge  = "large_group"

	citizens     = "citizens"
	withOthers   = "citizens_and_organisations"
	organisation = "organisations"

	applied   = "applied"
	confirmed = "confirmed"
)

// scale parts disputes by how many people are in them. The borders are those from which alerts tell of a dispute (domain.md 2.6,
// D); the standard's own are not known.
func scale(people int) string {
	p := domain.DefaultAlertPolicy()
	switch {
	case people >= p.PeopleBureau:
		return scaleLarge
	case people >= p.People:
		return scaleGroup
	}
	return scaleSingle
}

// confirmation says whether the court was asked, and whether it confirmed.
func confirmation(c *domain.Case) string {
	state := ""
	for _, x := range c.Confirmations {
		if x.Result == domain.ConfirmationConfirmed {
			return confirmed
		}
		state = applied
	}
	return state
}

func partyKinds(c *domain.Case) string {
	people, others := 0, 0
	for _, p := range c.Parties {
		if p.Kind == domain.Natural {
			people++
		} else {
			others++
		}
	}
	switch {
	case others == 0:
		return citizens
	case people == 0:
		return organisation
	}
	return withOthers
}
