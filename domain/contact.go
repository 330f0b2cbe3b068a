package domain

import (
	"errors"
	"slices"
	"time"

	"baimi/domain/calendar"
)

// ContactResult is what came of an attempt to reach somebody.
type ContactResult string

// The results. Not reached is not refusal (ruling P2).
const (
	ContactReached    ContactResult = "reached"
	ContactNotReached ContactResult = "not_reached"
	ContactRefused    ContactResult = "refused"
	ContactPromised   ContactResult = "promised"
)

// ContactResults lists them with their Chinese names.
var ContactResults = []struct{ Code, Name string }{
	{string(ContactReached), "联系上了"},
	{string(ContactPromised), "联系上了，答应到场"},
	{string(ContactRefused), "联系上了，明确拒绝调解"},
	{string(ContactNotReached), "没有联系上"},
}

// AttemptWays are the ways of an attempt: the ways to speak to somebody, and a public notice.
var AttemptWays = []struct{ Code, Name string }{
	{string(ByVisit), "上门或者当面"},
	{string(ByPhone), "电话"},
	{string(ByLetter), "书信"},
	{string(ByMessage), "短信、微信"},
	{string(ByPublicNotice), "张贴通知、公告"},
}

// triedDays is on how many different days a party was tried in vain before a mediation may end because it cannot be reached.
// It is the product's number, the same as for visits; no article names one.
const triedDays = mostAttempts

// unreachable is the reason of an end that rests on attempts.
const unreachable = "unreachable"

// ContactAttempt is one attempt to reach somebody (联系记录). Whether somebody cannot be reached is read from these rows.
type ContactAttempt struct {
	CaseRow
	PartyNo          *int            `json:"partyNo"`
	RepresentativeNo *int            `json:"representativeNo"`
	Other            SecretName      `gorm:"column:other_ref" json:"other"`
	How              ContactHow      `json:"how"`
	TriedAt          time.Time       `json:"triedAt"`
	TriedBy          PersonID        `json:"triedBy"`
	Result           ContactResult   `json:"result"`
	Note             SecretStatement `gorm:"column:note_ref" json:"note"`
}

// TableName names the table.
func (ContactAttempt) TableName() string { return "contact_attempt" }

// spoken tells whether somebody was reached, whatever he said.
func (x ContactAttempt) spoken() bool { return x.Result != ContactNotReached }

// NewContact is an attempt to reach a party, a representative, or somebody else by name.
type NewContact struct {
	PartyNo          int
	RepresentativeNo int
	Other            string
	How              ContactHow
	At               time.Time
	Result           ContactResult
	Note             string
}

// RecordContact records an attempt. A party who clearly refuses to be mediated has refused: the consent says so too.
func (c *Case) RecordContact(a Act, in NewContact) error {
	in.At = moment(in.At)
	return c.move(a, ActionRecordContact, calendar.DateOf(in.At), func() error {
		var p problems
		c.checkContact(&p, a, in)
		if err := p.err(); err != nil {
			return err
		}
		x := ContactAttempt{CaseRow: c.row(len(c.Contacts) + 1), How: in.How, TriedAt: in.At, TriedBy: a.Actor.Person, Result: in.Result}
		if in.PartyNo != 0 {
			x.PartyNo = &in.PartyNo
		}
		if in.RepresentativeNo != 0 {
			x.RepresentativeNo = &in.RepresentativeNo
		}
		var errs [2]error
		x.Other, errs[0] = NewSecret[nameKind](a.Random, in.Other)
		x.Note, errs[1] = NewSecret[statementKind](a.Random, in.Note)
		c.Contacts = append(c.Contacts, x)
		c.heard(x)
		return errors.Join(errs[:]...)
	})
}

func (c *Case) checkContact(p *problems, a Act, in NewContact) {
	given := 0
	for _, is := range []bool{in.PartyNo != 0, in.RepresentativeNo != 0, !blank(in.Other)} {
		if is {
			given++
		}
	}
	p.require(given == 1, "/partyNo", "请填写联系了谁：当事人、代理人，或者其他人")
	p.require(in.PartyNo == 0 || c.partyNo(in.PartyNo) != nil, "/partyNo", "本案没有编号为%d的当事人", in.PartyNo)
	p.require(in.RepresentativeNo == 0 || find(c.Representatives, in.RepresentativeNo) != nil, "/representativeNo", "本案没有编号为%d的代理人", in.RepresentativeNo)
	p.require(in.How != "", "/how", "请选择联系方式")
	p.require(in.Result != "", "/result", "请选择结果")
	start := c.RequestedOn.StartOfDay()
	checkMoment(p, "/at", "联系时间", in.At, a.At, &start, "申请日期")
}

// heard draws the consequences of having reached a party: its refusal is recorded, and the time to contact the other side
// (D3) is kept.
func (c *Case) heard(x ContactAttempt) {
	if x.PartyNo == nil || !x.spoken() {
		return
	}
	on, party := calendar.DateOf(x.TriedAt), c.partyNo(*x.PartyNo)
	if x.Result == ContactRefused && slices.Contains(beforeEnd, c.Status) {
		party.Consent, party.ConsentOn = Refused, &on
	}
	if party.Role == Respondent && c.AcceptedOn != nil && !on.Before(*c.AcceptedOn) {
		c.stopClocks(on, of(ruleContact.Code, 0))
	}
}

// TriedInVain is on how many different days a party, or who acts for it, was tried in vain since somebody last spoke to it.
func (c *Case) TriedInVain(partyNo int) int {
	party := c.partyNo(partyNo)
	if party == nil {
		return 0
	}
	var all []ContactAttempt
	for _, x := range c.Contacts {
		r := (*Representative)(nil)
		if x.RepresentativeNo != nil {
			r = find(c.Representatives, *x.RepresentativeNo)
		}
		if x.PartyNo != nil && *x.PartyNo == partyNo || r != nil && r.actsFor(*party) {
			all = append(all, x)
		}
	}
	slices.SortStableFunc(all, func(x, y ContactAttempt) int { return x.TriedAt.Compare(y.TriedAt) })
	days := map[calendar.Date]bool{}
	for _, x := range all {
		if x.spoken() {
			clear(days)
			continue
		}
		days[calendar.DateOf(x.TriedAt)] = true
	}
	return len(days)
}

// outOfReach refuses to end a mediation because a party cannot be reached unless one was tried in vain often enough: that
// ending rests on the attempts (ruling P2).
func (c *Case) outOfReach() error {
	most := 0
	for _, x := range c.Parties {
		most = max(most, c.TriedInVain(x.No))
	}
	if most >= triedDays {
		return nil
	}
	return Errorf(CodeGuard, "以“无法联系当事人”终止的，须有联系记录：同一当事人在%d个不同的日子都没有联系上（产品规定）；现有%d日。联系不上不等于拒绝调解", triedDays, most)
}

// contactsInUTC writes the moments in one zone.
func contactsInUTC(list []ContactAttempt) []ContactAttempt {
	out := slices.Clone(list)
	for i := range out {
		out[i].TriedAt = out[i].TriedAt.UTC()
	}
	return out
}
