package domain

import (
	"slices"

	"baimi/domain/calendar"
)

// EffectRule names the acts that give an agreement its effect (ruling P10).
type EffectRule string

// The rules of effect.
const (
	EffectOral      EffectRule = "oral"       // 口头协议，自达成之日
	EffectThreeActs EffectRule = "three_acts" // 各方当事人、调解员、调委会印章
	EffectOnline    EffectRule = "online"     // 在线诉前、委托调解，自最后一方电子签名
)

// methodElectronic is a signature by a reliable electronic signature; a drawing on a screen alone is none (电子签名法 13).
const methodElectronic = "electronic"

var onPaper = []string{"handwritten", "seal", "fingerprint"}

// Effect is what a rule asks for.
type Effect struct {
	Rule     EffectRule
	Name     string
	Mediator bool     // the mediator's signature
	Seal     bool     // the committee's seal
	Methods  []string // how the parties may sign
	Basis    string
}

// Effects are the rules. An invited mediator who belongs to no organisation would need no seal (特邀调解规定 24); that does not
// occur here, since a committee always presides, and the same article then asks for its seal.
var Effects = []Effect{
	{EffectOral, "口头协议自达成之日生效", true, false, nil, "人民调解法第30条"},
	{EffectThreeActs, "各方当事人签名、盖章或者按指印，调解员签名，并加盖调委会印章之日生效", true, true, onPaper, "人民调解法第29条；特邀调解规定第24条"},
	{EffectOnline, "各方当事人完成电子签名之时生效", false, false, []string{methodElectronic}, "人民法院在线调解规则第19条"},
}

// EffectOf finds a rule.
func EffectOf(r EffectRule) Effect {
	return Effects[slices.IndexFunc(Effects, func(e Effect) bool { return e.Rule == r })]
}

// familyType is the ministry's type for which electronic signatures do not serve: documents on marriage, adoption and
// succession (电子签名法 3).
const familyType = "01"

// draftEffect is the rule that a written agreement of this case goes by when it is signed step by step.
func (c *Case) draftEffect() EffectRule {
	if c.CourtReferral.Online && c.Type != familyType {
		return EffectOnline
	}
	return EffectThreeActs
}

// lastAct is the day of the last act done so far.
func (g *Agreement) lastAct() calendar.Date {
	last := g.DraftedOn
	for _, x := range g.Signatures {
		last = later(last, x.SignedOn)
	}
	for _, on := range []*calendar.Date{g.MediatorSignedOn, g.SealedOn} {
		if on != nil {
			last = later(last, *on)
		}
	}
	return last
}

func (g *Agreement) signedBy(no int) bool {
	return slices.ContainsFunc(g.Signatures, func(x Signature) bool { return x.PartyNo == no })
}
