package domain

import (
	"errors"
	"slices"

	"baimi/domain/calendar"
)

// InviteeKind is as what somebody is invited (人民调解法 20).
type InviteeKind string

// The kinds of invited persons.
const (
	InviteeRelative     InviteeKind = "relative"
	InviteeNeighbour    InviteeKind = "neighbour"
	InviteeColleague    InviteeKind = "colleague"
	InviteeExpert       InviteeKind = "expert"
	InviteeExperienced  InviteeKind = "experienced"
	InviteeOrganisation InviteeKind = "organisation"
)

// InviteeKinds lists them with their Chinese names, in the order of the article.
var InviteeKinds = []struct{ Code, Name string }{
	{string(InviteeRelative), "当事人的亲属"},
	{string(InviteeNeighbour), "邻里"},
	{string(InviteeColleague), "同事"},
	{string(InviteeExpert), "具有专门知识的人员"},
	{string(InviteeExperienced), "具有特定经验的人员"},
	{string(InviteeOrganisation), "有关社会组织的人员"},
}

// Invitee is somebody invited to take part in the mediation with the consent of all parties (邀请人员、参加人).
type Invitee struct {
	CaseRow
	Kind     InviteeKind     `json:"kind"`
	Name     SecretName      `gorm:"column:name_ref" json:"name"`
	Phone    SecretPhone     `gorm:"column:phone_ref" json:"phone"`
	PartyNo  *int            `json:"partyNo"` // whose relative, neighbour or colleague
	Why      SecretStatement `gorm:"column:why_ref" json:"why"`
	Consents PartyNos        `json:"consents"`
	AgreedOn calendar.Date   `json:"agreedOn"` // the day on which the last party agreed
	FromOn   calendar.Date   `json:"fromOn"`
	UntilOn  *calendar.Date  `json:"untilOn"` // the last day
}

// TableName names the table.
func (Invitee) TableName() string { return "invitee" }

// On tells whether the invitation holds on a day.
func (x Invitee) On(day calendar.Date) bool {
	return !day.Before(x.FromOn) && (x.UntilOn == nil || !day.After(*x.UntilOn))
}

// InvitedOn are those who may take part on a day: the 参加人 of a record.
func (c *Case) InvitedOn(day calendar.Date) []Invitee {
	var list []Invitee
	for _, x := range c.Invitees {
		if x.On(day) {
			list = append(list, x)
		}
	}
	return list
}

// Invitation is who is to be invited, and who agreed.
type Invitation struct {
	Kind     InviteeKind
	Name     string
	Phone    string
	PartyNo  int // 0 for nobody's own
	Why      string
	Parties  []int // who agreed
	AgreedOn calendar.Date
	From     calendar.Date // zero for the day of the consent
}

// Invite records that somebody is invited. Every party has agreed to it.
func (c *Case) Invite(a Act, in Invitation) error {
	if in.From.IsZero() {
		in.From = in.AgreedOn
	}
	return c.move(a, ActionInvite, in.AgreedOn, func() error {
		var p problems
		name, err := ParseCivilName(in.Name, Natural)
		if err != nil {
			p.add("/name", "name", "%s", reason(err))
		}
		if in.Phone != "" {
			if in.Phone, err = ParsePhone(in.Phone); err != nil {
				p.add("/phone", "phone", "%s", reason(err))
			}
		}
		p.require(in.Kind != "", "/kind", "请选择以什么身份邀请")
		p.require(!blank(in.Why), "/why", "请填写邀请的理由")
		p.require(in.PartyNo == 0 || c.partyNo(in.PartyNo) != nil, "/partyNo", "本案没有编号为%d的当事人", in.PartyNo)
		c.knownParties(&p, "/parties", in.Parties)
		p.require(len(partyNos(in.Parties)) == len(c.Parties), "/parties", "须经各方当事人同意，才能邀请他人参加调解（人民调解法第二十条）")
		checkDay(&p, "/agreedOn", "当事人同意的日期", in.AgreedOn, a.Today(), &c.RequestedOn, "申请日期")
		if slices.ContainsFunc(c.Invitees, func(x Invitee) bool {
			return x.UntilOn == nil && x.Name.Reveal() == name && x.Phone.Reveal() == in.Phone
		}) {
			p.add("/name", "exists", "该人员已经邀请")
		}
		if in.From.Before(in.AgreedOn) {
			p.add("/from", "too_early", "开始参加的日期不能早于当事人同意的日期（%s）", in.AgreedOn)
		}
		if err := p.err(); err != nil {
			return err
		}
		x := Invitee{CaseRow: c.row(len(c.Invitees) + 1), Kind: in.Kind, Consents: partyNos(in.Parties), AgreedOn: in.AgreedOn, FromOn: in.From}
		if in.PartyNo != 0 {
			x.PartyNo = &in.PartyNo
		}
		var errs [3]error
		x.Name, errs[0] = NewSecret[nameKind](a.Random, name)
		x.Phone, errs[1] = NewSecret[phoneKind](a.Random, in.Phone)
		x.Why, errs[2] = NewSecret[statementKind](a.Random, in.Why)
		c.Invitees = append(c.Invitees, x)
		return errors.Join(errs[:]...)
	})
}

// EndInvitation records somebody's last day as an invited person.
func (c *Case) EndInvitation(a Act, no int, on calendar.Date) error {
	return c.move(a, ActionEndInvitation, on, func() error {
		var p problems
		x := find(c.Invitees, no)
		if x == nil {
			return NotFound("邀请人员")
		}
		if x.UntilOn != nil {
			return Errorf(CodeGuard, "该邀请已于%s结束", x.UntilOn)
		}
		checkDay(&p, "/on", "结束日期", on, a.Today(), &x.FromOn, "开始参加的日期")
		if err := p.err(); err != nil {
			return err
		}
		x.UntilOn = &on
		return nil
	})
}
