package domain

import (
	"slices"
	"time"
)

// Screening is what one party said when asked alone whether it is safe for it to be mediated (安全询问). Where violence is possible
// the parties sit together only after each was asked so.
type Screening struct {
	CaseRow
	PartyNo int             `json:"partyNo"`
	AskedAt time.Time       `json:"askedAt"`
	AskedBy PersonID        `json:"askedBy"`
	Alone   bool            `json:"alone"`  // nobody of the other side could hear it
	Safe    bool            `json:"safe"`   // may sit with the other side
	Advice  Codes           `json:"advice"` // how to go on
	Note    SecretStatement `gorm:"column:note_ref" json:"note"`
}

// TableName names the table.
func (Screening) TableName() string { return "screening" }

// ScreeningAdvice are the code words of how to go on.
var ScreeningAdvice = []struct{ Code, Name string }{
	{"separate", "背靠背分别调解"},
	{"remote", "远程调解"},
	{"companion", "由亲友、社工陪同"},
	{"police_near", "请民警、辅警在场"},
	{"protection_order", "告知申请人身安全保护令"},
	{"stop", "不宜调解"},
}

// riskViolence is the tick of a case in which violence happened or is feared.
const riskViolence = "violence"

// NewScreening is what is recorded of asking one party.
type NewScreening struct {
	PartyNo int
	AskedAt time.Time
	Alone   bool
	Safe    bool
	Advice  []string
	Note    string
}

// ScreenParty records that a party was asked. A later asking counts instead of an earlier one.
func (c *Case) ScreenParty(a Act, in NewScreening) error {
	in.AskedAt = moment(in.AskedAt)
	return c.move(a, ActionScreenParty, a.Today(), func() error {
		var p problems
		p.require(c.partyNo(in.PartyNo) != nil, "/partyNo", "本案没有编号为%d的当事人", in.PartyNo)
		checkMoment(&p, "/askedAt", "询问时间", in.AskedAt, a.At, nil, "")
		if !in.Safe {
			p.require(len(in.Advice) > 0, "/advice", "不宜面对面的，请选择怎样继续")
		}
		if err := p.err(); err != nil {
			return err
		}
		x := Screening{
			CaseRow: c.row(len(c.Screenings) + 1), PartyNo: in.PartyNo, AskedAt: in.AskedAt, AskedBy: a.Actor.Person,
			Alone: in.Alone, Safe: in.Safe, Advice: setOf(in.Advice),
		}
		var err error
		if x.Note, err = NewSecret[statementKind](a.Random, in.Note); err != nil {
			return err
		}
		c.Screenings = append(c.Screenings, x)
		return nil
	})
}

// screened is what a party said last when asked; nil when nobody asked.
func (c *Case) screened(party int) *Screening {
	var last *Screening
	for i := range c.Screenings {
		if x := &c.Screenings[i]; x.PartyNo == party && (last == nil || !x.AskedAt.Before(last.AskedAt)) {
			last = x
		}
	}
	return last
}

// safeTogether refuses to set parties face to face in a case in which violence is possible before each was asked alone and
// said that it is safe. A round that has been held is recorded whatever they had said, but not without their having been asked.
func (c *Case) safeTogether(joint, ahead bool, parties IDs[int32]) error {
	if !joint || !slices.Contains(c.Risks, riskViolence) {
		return nil
	}
	for _, no := range parties {
		x := c.partyNo(int(no))
		if x == nil || x.Kind != Natural {
			continue
		}
		switch s := c.screened(x.No); {
		case s == nil || !s.Alone:
			return Errorf(CodeGuard, "本案可能有暴力行为：面对面调解前，须单独询问%s能否安全参加，并登记", partyLabel(*x))
		case ahead && !s.Safe:
			return Errorf(CodeGuard, "%s单独询问时表示面对面不安全，请改为背靠背或者远程调解", partyLabel(*x))
		}
	}
	return nil
}

func screeningsInUTC(list []Screening) []Screening {
	out := slices.Clone(list)
	for i := range out {
		out[i].AskedAt = out[i].AskedAt.UTC()
	}
	return out
}
