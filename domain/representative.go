package domain

import (
	"errors"
	"fmt"
	"slices"

	"baimi/domain/calendar"
)

// RepresentativeKind is by what right somebody acts for a party.
type RepresentativeKind string

// The kinds of representatives.
const (
	RepresentativeAgent    RepresentativeKind = "agent"    // 委托代理人: by a power of attorney (F27)
	RepresentativeGuardian RepresentativeKind = "guardian" // 法定代理人、监护人: of a minor or a person of limited capacity
	RepresentativeHead     RepresentativeKind = "head"     // 法定代表人、负责人: of an organisation
	RepresentativeElected  RepresentativeKind = "elected"  // 推选代表: of many on one side
)

// The powers that a power of attorney can give (F27).
const (
	powerSign = "sign"
)

// AgentPowers are the powers of F27 with their Chinese names, in the form's order.
var AgentPowers = []struct{ Code, Name string }{
	{"apply_or_end", "申请或者终止调解"},
	{"collect_evidence", "收集、提供证据"},
	{"choose_mediator", "选择调解员"},
	{"dispose_claims", "承认、变更、放弃请求"},
	{powerSign, "签署文书"},
	{"receive_papers", "领取文书"},
}

const (
	maxAgents  = 2 // of one party (民事诉讼法 61, by analogy)
	maxElected = 5 // of one side (domain.md 6.4)
)

// Representative acts for a party (代理人、代表人). What a party lacks itself, a minor's consent and signature above all, its
// representative gives.
type Representative struct {
	CaseRow
	PartyNo  *int               `json:"partyNo"` // whom he acts for; nil for one elected by a whole side
	Side     *PartyRole         `json:"side"`    // the side that elected him
	Kind     RepresentativeKind `json:"kind"`
	Name     SecretName         `gorm:"column:name_ref" json:"name"`
	IDType   *string            `json:"idType"`
	IDNumber SecretIDNumber     `gorm:"column:id_number_ref" json:"idNumber"`
	Phone    SecretPhone        `gorm:"column:phone_ref" json:"phone"`
	Relation *string            `json:"relation"` // to the party, a code word; what sort of head he is
	Powers   Codes              `json:"powers"`   // of an agent or an elected representative; the others act in all things
	FromOn   calendar.Date      `json:"fromOn"`
	UntilOn  *calendar.Date     `json:"untilOn"` // his last day
}

// TableName names the table.
func (Representative) TableName() string { return "representative" }

// on tells whether he acts on a day.
func (r Representative) on(day calendar.Date) bool {
	return !day.Before(r.FromOn) && (r.UntilOn == nil || !day.After(*r.UntilOn))
}

// may tells whether he holds a power.
func (r Representative) may(power string) bool {
	return r.Kind == RepresentativeGuardian || r.Kind == RepresentativeHead || slices.Contains(r.Powers, power)
}

// Special tells whether an agent may dispose of the claims themselves (特别授权).
func (r Representative) Special() bool { return slices.Contains(r.Powers, "dispose_claims") }

// actsFor tells whether he acts for a party.
func (r Representative) actsFor(x Party) bool {
	return r.PartyNo != nil && *r.PartyNo == x.No || r.Side != nil && *r.Side == x.Role
}

// NewRepresentative is what is known of somebody who acts for a party.
type NewRepresentative struct {
	PartyNo  int       // 0 for one elected by a side
	Side     PartyRole // "" for one of a party
	Kind     RepresentativeKind
	Name     string
	IDType   string // "" with IDNumber means 111
	IDNumber string
	Phone    string
	Relation string
	Powers   []string
	From     calendar.Date // of an agent, the day of the power of attorney
}

// AddRepresentative records that somebody acts for a party from a day on.
func (c *Case) AddRepresentative(a Act, in NewRepresentative) error {
	return c.move(a, ActionAddRepresentative, in.From, func() error {
		var p problems
		if err := c.represent(a, &p, "", in); err != nil {
			return err
		}
		return p.err()
	})
}

// represent checks a representative and adds him.
func (c *Case) represent(a Act, p *problems, at string, in NewRepresentative) error {
	r := Representative{CaseRow: c.row(len(c.Representatives) + 1), Kind: in.Kind, Powers: setOf(in.Powers), FromOn: in.From}
	wrong := len(p.fields)
	checkDay(p, at+"/from", "开始代理的日期", in.From, a.Today(), nil, "")
	c.checkRepresented(p, at, in, &r)
	if in.Relation != "" {
		r.Relation = &in.Relation
	}
	p.require(in.Kind != RepresentativeGuardian || in.Relation != "", at+"/relation", "请填写监护人与当事人的关系")
	byPaper := in.Kind == RepresentativeAgent || in.Kind == RepresentativeElected
	p.require(!byPaper || len(in.Powers) > 0, at+"/powers", "请按授权委托书填写代理权限")
	if !byPaper && len(in.Powers) > 0 {
		p.add(at+"/powers", "powers", "法定代理人、法定代表人依法代理，不填代理权限")
	}
	var errs [4]error
	name, err := ParseCivilName(in.Name, Natural)
	if err != nil {
		p.add(at+"/name", "name", "%s", reason(err))
	}
	id := in.person()
	if in.IDNumber != "" {
		id.IDNumber = checkIDNumber(a, p, at+"/idNumber", id, &Party{})
		r.IDType = &id.IDType
	}
	if in.Phone != "" {
		if in.Phone, err = ParsePhone(in.Phone); err != nil {
			p.add(at+"/phone", "phone", "%s", reason(err))
		}
	}
	replace(&r.Name, a, given(name), &errs[0])
	replace(&r.IDNumber, a, given(id.IDNumber), &errs[1])
	replace(&r.Phone, a, given(in.Phone), &errs[2])
	if len(p.fields) == wrong {
		c.Representatives = append(c.Representatives, r)
	}
	return errors.Join(errs[:]...)
}

// person is the representative as a natural person, whose number is checked as a party's is.
func (in NewRepresentative) person() NewParty {
	if in.IDType == "" {
		in.IDType = residentCard
	}
	return NewParty{Kind: Natural, IDType: in.IDType, IDNumber: in.IDNumber}
}

// checkRepresented checks for whom somebody is to act, and how many already do.
func (c *Case) checkRepresented(p *problems, at string, in NewRepresentative, r *Representative) {
	if in.Kind == RepresentativeElected {
		p.require(in.PartyNo == 0 && (in.Side == Applicant || in.Side == Respondent || in.Side == ThirdParty), at+"/side", "请选择推选代表的是哪一方")
		r.Side = &in.Side
		if n := c.acting(in, in.From); n >= maxElected {
			p.add(at+"/side", "too_many", "每一方推选的代表最多%d人", maxElected)
		}
		return
	}
	party := c.partyNo(in.PartyNo)
	p.require(in.Side == "" && party != nil, at+"/partyNo", "本案没有编号为%d的当事人", in.PartyNo)
	r.PartyNo = &in.PartyNo
	if party == nil {
		return
	}
	switch in.Kind {
	case RepresentativeAgent:
		if c.acting(in, in.From) >= maxAgents {
			p.add(at+"/partyNo", "too_many", "每名当事人最多委托%d名代理人", maxAgents)
		}
	case RepresentativeGuardian:
		if party.Kind != Natural {
			p.add(at+"/kind", "kind", "只有自然人才有监护人")
		}
	case RepresentativeHead:
		if party.Kind == Natural {
			p.add(at+"/kind", "kind", "只有法人、非法人组织才有法定代表人或者负责人")
		}
		p.require(c.acting(in, in.From) == 0, at+"/kind", "该单位已登记法定代表人或者负责人；变更的，请先结束原登记")
	default:
		p.add(at+"/kind", "kind", "没有这种代理")
	}
}

// acting counts who acts in the same way for the same party or side on a day or later.
func (c *Case) acting(in NewRepresentative, day calendar.Date) (n int) {
	for _, r := range c.Representatives {
		same := r.Kind == in.Kind && (r.PartyNo != nil && *r.PartyNo == in.PartyNo || r.Side != nil && *r.Side == in.Side)
		if same && (r.UntilOn == nil || !r.UntilOn.Before(day)) {
			n++
		}
	}
	return n
}

// EndRepresentative records the last day on which somebody acted.
func (c *Case) EndRepresentative(a Act, no int, on calendar.Date) error {
	return c.move(a, ActionEndRepresentative, on, func() error {
		var p problems
		r := find(c.Representatives, no)
		if r == nil {
			return NotFound("代理人")
		}
		if r.UntilOn != nil {
			return Errorf(CodeGuard, "该代理已于%s结束", r.UntilOn)
		}
		checkDay(&p, "/on", "代理结束日期", on, a.Today(), &r.FromOn, "开始代理的日期")
		if err := p.err(); err != nil {
			return err
		}
		r.UntilOn = &on
		return nil
	})
}

// representing is who acts for a party on a day, of one of the kinds.
func (c *Case) representing(x Party, day calendar.Date, kinds ...RepresentativeKind) []Representative {
	var list []Representative
	for _, r := range c.Representatives {
		if r.actsFor(x) && r.on(day) && slices.Contains(kinds, r.Kind) {
			list = append(list, r)
		}
	}
	return list
}

// checkSigner holds a signature to who may give it: the party, or a representative with the power to sign; for a minor or a
// person of limited capacity the guardian.
func (c *Case) checkSigner(p *problems, at string, x Signature) {
	party := c.partyNo(x.PartyNo)
	if party == nil {
		return
	}
	guarded := party.Guarded(x.SignedOn)
	if x.By == nil {
		if guarded {
			p.add(at+"/by", "guardian", "%d号当事人未成年或者行为能力受限，应由其法定代理人签名", party.No)
		}
		return
	}
	r := find(c.Representatives, *x.By)
	switch {
	case r == nil || !r.actsFor(*party):
		p.add(at+"/by", "representative", "%d号当事人没有编号为%d的代理人", party.No, *x.By)
	case !r.on(x.SignedOn):
		p.add(at+"/by", "representative", "签名当日（%s）该代理人没有代理权", x.SignedOn)
	case guarded && r.Kind != RepresentativeGuardian:
		p.add(at+"/by", "guardian", "%d号当事人未成年或者行为能力受限，应由其法定代理人签名", party.No)
	case !r.may(powerSign):
		p.add(at+"/by", "power", "该代理人没有“签署文书”的权限")
	}
}

// stillActing is who still acts for a party, as a receiving committee takes it over. Whoever was erased is left out: there is
// nothing left to take over.
func (c *Case) stillActing() []NewRepresentative {
	var list []NewRepresentative
	for _, r := range c.Representatives {
		if r.UntilOn != nil || r.Name.IsErased() {
			continue
		}
		x := NewRepresentative{
			Kind: r.Kind, Name: r.Name.Reveal(), IDType: text(r.IDType), IDNumber: r.IDNumber.Reveal(), Phone: r.Phone.Reveal(),
			Relation: text(r.Relation), Powers: r.Powers, From: r.FromOn,
		}
		if r.PartyNo != nil {
			x.PartyNo = *r.PartyNo
		}
		if r.Side != nil {
			x.Side = *r.Side
		}
		list = append(list, x)
	}
	return list
}

// text is an optional word; "" for none.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func partyLabel(x Party) string { return fmt.Sprintf("%d号当事人", x.No) }
