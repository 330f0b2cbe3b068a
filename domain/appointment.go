package domain

import (
	"fmt"
	"slices"

	"baimi/domain/calendar"
)

// AppointmentWay is how a mediator came to a case (人民调解法 19).
type AppointmentWay string

// The ways.
const (
	Appointed AppointmentWay = "appointed" // 调委会指定
	Chosen    AppointmentWay = "chosen"    // 当事人选择
)

// AppointmentEnd is why somebody mediates a case no longer.
type AppointmentEnd string

// The ends.
const (
	EndChanged  AppointmentEnd = "changed"  // 变更调解员
	EndRecused  AppointmentEnd = "recused"  // 回避
	EndReplaced AppointmentEnd = "replaced" // 当事人要求更换
)

// PartyNos are numbers of parties of a case, stored as an array.
type PartyNos = IDs[int32]

// Appointment is one mediator's time with a case, and how it came about. Those without an end are the case's mediators.
type Appointment struct {
	CaseRow
	Person   PersonID        `json:"person"`
	Way      AppointmentWay  `json:"way"`
	ChosenBy PartyNos        `json:"chosenBy"` // the parties who chose
	FromOn   calendar.Date   `json:"fromOn"`
	UntilOn  *calendar.Date  `json:"untilOn"`
	Ended    *AppointmentEnd `json:"ended"`
}

// TableName names the table.
func (Appointment) TableName() string { return "appointment" }

// Choice is that parties have chosen a mediator themselves.
type Choice struct {
	Person PersonID
	By     []int // numbers of the parties
}

// checkChoices holds choices to the mediators that are named and to the parties there are.
func (c *Case) checkChoices(p *problems, mediators []PersonID, chosen []Choice) {
	for i, x := range chosen {
		at := fmt.Sprintf("/chosen/%d", i)
		p.require(slices.Contains(mediators, x.Person), at+"/mediator", "所选调解员不在本次确定的调解员之内")
		p.require(len(x.By) > 0, at+"/by", "请填写由哪些当事人选择")
		c.knownParties(p, at+"/by", x.By)
	}
	for i, m := range mediators {
		if c.recused(m) {
			p.add(fmt.Sprintf("/mediators/%d", i), "recused", "该调解员已回避，不能再担任本案的调解员")
		}
	}
}

// knownParties refuses numbers of parties that the case does not have.
func (c *Case) knownParties(p *problems, at string, numbers []int) {
	for i, no := range numbers {
		p.require(c.partyNo(no) != nil, fmt.Sprintf("%s/%d", at, i), "本案没有编号为%d的当事人", no)
	}
}

// partyNos are numbers of parties, sorted, each once.
func partyNos(numbers []int) PartyNos {
	list := make(PartyNos, 0, len(numbers))
	for _, n := range numbers {
		list = append(list, int32(n)) //nolint:gosec // numbers of a case's own parties
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// setMediators names who mediates; the first presides. Their organisations get a part in the case, or they could not open it.
func (c *Case) setMediators(a Act, on calendar.Date, mediators []PersonID, chosen []Choice, orgs []OrgID, gone AppointmentEnd) error {
	for _, o := range orgs {
		if !slices.Contains(c.Orgs, o) {
			c.Orgs = append(c.Orgs, o)
		}
	}
	presiding := mediators[0]
	c.Presiding = &presiding
	all := slices.Clone(mediators)
	slices.Sort(all)
	c.Mediators = slices.Compact(all)
	for i := range c.Appointments {
		if x := &c.Appointments[i]; x.UntilOn == nil && !slices.Contains(c.Mediators, x.Person) {
			x.UntilOn, x.Ended = &on, &gone
		}
	}
	for _, m := range c.Mediators {
		c.appoint(m, on, chosen)
	}
	c.setReaders(a)
	return c.settleRecusals(a, on)
}

// appoint begins somebody's time with the case. Whom the parties choose although the committee had named him stays, with
// their choice.
func (c *Case) appoint(m PersonID, on calendar.Date, chosen []Choice) {
	way, by := Appointed, PartyNos{}
	if i := slices.IndexFunc(chosen, func(x Choice) bool { return x.Person == m }); i >= 0 {
		way, by = Chosen, partyNos(chosen[i].By)
	}
	for i := range c.Appointments {
		if x := &c.Appointments[i]; x.Person == m && x.UntilOn == nil {
			if way == Chosen {
				x.Way, x.ChosenBy = way, by
			}
			return
		}
	}
	c.Appointments = append(c.Appointments, Appointment{
		CaseRow: c.row(len(c.Appointments) + 1), Person: m, Way: way, ChosenBy: by, FromOn: on,
	})
}

// MediatorsOn are those who mediate the case at the end of a day.
func (c *Case) MediatorsOn(day calendar.Date) []PersonID {
	var list []PersonID
	for _, x := range c.Appointments {
		if !x.FromOn.After(day) && (x.UntilOn == nil || x.UntilOn.After(day)) {
			list = append(list, x.Person)
		}
	}
	return list
}
