package domain

import (
	"fmt"
	"slices"
)

// PartyField is a value of a party that answers show only masked.
type PartyField string

// The masked fields.
const (
	FieldIDNumber PartyField = "id_number" // 证件号码
	FieldPhone    PartyField = "phone"     // 联系电话
	FieldAddress  PartyField = "address"   // 住址
)

// RevealContact is the preset reason of the one-tap phone (ruling P18).
const RevealContact = "contact_party"

// handlers are those who work on a case; a connected organ follows it and reads no personal value.
var handlers = []Capacity{AsIntake, AsCommitteeMediator, AsCaseMediator, AsDirector, AsJudicialOffice, AsBureau}

// Reveal gives values of a party that are masked everywhere else. A field without a value is left out.
func (c *Case) Reveal(a Actor, no int, fields []PartyField) (map[PartyField]string, error) {
	if !c.has(a, handlers...) {
		return nil, Errorf(CodeForbidden, "您的身份（%s）不能查看当事人的完整信息", a.Role.Name())
	}
	party := c.partyNo(no)
	if party == nil {
		return nil, NotFound("当事人")
	}
	var p problems
	p.require(len(fields) > 0, "/fields", "请选择要查看的内容")
	shown := map[PartyField]string{}
	for i, f := range fields {
		var v interface {
			Given() bool
			Reveal() string
		}
		switch f {
		case FieldIDNumber:
			v = party.IDNumber
		case FieldPhone:
			v = party.Phone
		case FieldAddress:
			v = party.Address
		default:
			p.add(fmt.Sprintf("/fields/%d", i), "field", "没有这一项")
			continue
		}
		if v.Given() {
			shown[f] = v.Reveal()
		}
	}
	return shown, p.err()
}

// MayPrint refuses whom the forms of the case, which show everything, are not for.
func (c *Case) MayPrint(a Actor) error {
	if !c.has(a, handlers...) {
		return Errorf(CodeForbidden, "您的身份（%s）不能打印本案文书", a.Role.Name())
	}
	return nil
}

// Phone gives a party's phone to the case's own mediator (ruling P18).
func (c *Case) Phone(a Actor, no int) (string, error) {
	if !c.has(a, AsCaseMediator) {
		return "", Errorf(CodeForbidden, "一键拨号只供本案调解员使用；其他人员请说明理由后查看")
	}
	shown, err := c.Reveal(a, no, []PartyField{FieldPhone})
	if err != nil {
		return "", err
	}
	if shown[FieldPhone] == "" {
		return "", Errorf(CodeGuard, "该当事人没有登记联系电话")
	}
	return shown[FieldPhone], nil
}

// MaySeeAccesses tells who may ask who looked at this case: those who answer for it.
func (c *Case) MaySeeAccesses(a Actor) error {
	if !c.has(a, AsCaseMediator, AsDirector, AsJudicialOffice, AsBureau) {
		return Errorf(CodeForbidden, "查阅记录只供本案调解员、调委会主任、司法所和司法局查看")
	}
	return nil
}

// FieldWords are fields as the access log keeps them, in order and once each.
func FieldWords(fields []PartyField) Codes {
	words := make(Codes, len(fields))
	for i, f := range fields {
		words[i] = string(f)
	}
	slices.Sort(words)
	return slices.Compact(words)
}
