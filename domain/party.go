package domain

import (
	"errors"

	"baimi/domain/calendar"
)

// PartyRole is what a party is to the dispute.
type PartyRole string

// The roles of parties.
const (
	Applicant  PartyRole = "applicant"  // 申请人
	Respondent PartyRole = "respondent" // 被申请人
	ThirdParty PartyRole = "third"      // 第三人、利害关系人
)

// PartyKind tells persons from organisations.
type PartyKind string

// The kinds of parties (民法典).
const (
	Natural           PartyKind = "natural"
	Legal             PartyKind = "legal"
	OtherOrganisation PartyKind = "other"
)

// Consent is what a party has said to being mediated. Not reached is not refusal (ruling P2).
type Consent string

// The consents.
const (
	ConsentUnknown Consent = "unknown"
	Consented      Consent = "consented"
	Refused        Consent = "refused"
)

// Party is a party to a dispute (当事人).
type Party struct {
	CaseRow
	Role         PartyRole        `json:"role"`
	Kind         PartyKind        `json:"kind"`
	Name         SecretName       `gorm:"column:name_ref" json:"name"`
	IDType       *string          `json:"idType"` // GA/T 517
	IDNumber     SecretIDNumber   `gorm:"column:id_number_ref" json:"idNumber"`
	Phone        SecretPhone      `gorm:"column:phone_ref" json:"phone"`
	Address      SecretAddress    `gorm:"column:address_ref" json:"address"`
	IDAbsent     *string          `json:"idAbsent"` // why there is no number, a code word
	Sex          *int             `json:"sex"`      // GB/T 2261.1
	Birth        SecretBirth      `gorm:"column:birth_ref" json:"birth"`
	Ethnicity    SecretEthnicity  `gorm:"column:ethnicity_ref" json:"ethnicity"` // a code of GB/T 3304
	Occupation   SecretOccupation `gorm:"column:occupation_ref" json:"occupation"`
	Workplace    SecretWorkplace  `gorm:"column:workplace_ref" json:"workplace"`
	Capacity     LegalCapacity    `json:"capacity"`
	Consent      Consent          `json:"consent"`
	ConsentOn    *calendar.Date   `json:"consentOn"`
	TrackingHash []byte           `json:"trackingHash"`
	StoppedOn    *calendar.Date   `json:"stoppedOn"` // from then on its data are kept and not used: see StopProcessing
}

// TableName names the table.
func (Party) TableName() string { return "party" }

// NewParty is what intake knows of a party.
type NewParty struct {
	Role     PartyRole
	Kind     PartyKind
	Name     string
	IDType   string // "" with IDNumber means 111, the resident's card
	IDNumber string
	Phone    string
	Address  string
	Sex      *int
	Birth    string        // YYYY-MM-DD; "" takes it from the resident's card where there is one
	Capacity LegalCapacity // "" when nobody has said
	IDAbsent string        // why there is no number, "" when nothing is said

	Ethnicity  string // a code of GB/T 3304
	Occupation string // or position, in words
	Workplace  string
}

// Codes of GA/T 517 that the rules name.
const (
	residentCard  = "111"
	otherDocument = "999"
)

// party checks one party of an intake and makes its row and its tracking secret.
func (c *Case) party(a Act, p *problems, at string, no int, in NewParty) (Party, TrackingSecret, error) {
	out := Party{CaseRow: c.row(no), Role: in.Role, Kind: in.Kind, Consent: ConsentUnknown, Capacity: CapacityUnknown}
	if err := out.fill(a, p, at, in); err != nil {
		return out, "", err
	}
	secret, err := NewTrackingSecret(int16(c.County), a.Random)
	if err != nil {
		return out, "", err
	}
	h := secret.Hash()
	out.TrackingHash = h[:]
	return out, secret, nil
}

// fill checks and takes over what is given of a party.
func (x *Party) fill(a Act, p *problems, at string, in NewParty) error {
	name, err := ParseCivilName(in.Name, in.Kind)
	if err != nil {
		p.add(at+"/name", "name", "%s", reason(err))
	}
	if in.Phone != "" {
		if in.Phone, err = ParsePhone(in.Phone); err != nil {
			p.add(at+"/phone", "phone", "%s", reason(err))
		}
	}
	if in.Sex != nil {
		x.Sex = in.Sex
	}
	if in.Capacity != "" {
		x.Capacity = in.Capacity
	}
	if in.Kind != Natural && (in.Birth != "" || x.Capacity != CapacityUnknown) {
		p.add(at+"/birth", "kind", "只有自然人才填写出生日期和行为能力")
	}
	if in.Kind != Natural && (in.Ethnicity != "" || in.Occupation != "" || in.Workplace != "") {
		p.add(at+"/ethnicity", "kind", "只有自然人才填写民族、职业和工作单位")
	}
	if in.Ethnicity != "" && EthnicityName(in.Ethnicity) == "" {
		p.add(at+"/ethnicity", "ethnicity", "没有这个民族代码")
	}
	var inNumber *calendar.Date
	if in.IDNumber != "" {
		if in.IDType == "" && in.Kind == Natural {
			in.IDType = residentCard
		}
		if in.IDType == "" {
			in.IDType = otherDocument // a credit code is none of the personal documents
		}
		in.IDNumber = checkIDNumber(a, p, at+"/idNumber", in, x)
		x.IDType, x.IDAbsent = &in.IDType, nil
		inNumber = birthIn(in, a.Today())
	}
	if in.IDAbsent != "" {
		p.require(in.IDNumber == "" && !x.IDNumber.Given(), at+"/idAbsent", "已登记证件号码的，不填无证件的原因")
		x.IDAbsent = &in.IDAbsent
	}
	birth := checkBirth(p, at+"/birth", in.Birth, inNumber, a.Today())
	var errs [8]error
	replace(&x.Name, a, given(name), &errs[0])
	replace(&x.IDNumber, a, given(in.IDNumber), &errs[1])
	replace(&x.Phone, a, given(in.Phone), &errs[2])
	replace(&x.Address, a, given(in.Address), &errs[3])
	replace(&x.Birth, a, given(birth), &errs[4])
	replace(&x.Ethnicity, a, given(in.Ethnicity), &errs[5])
	replace(&x.Occupation, a, given(in.Occupation), &errs[6])
	replace(&x.Workplace, a, given(in.Workplace), &errs[7])
	return errors.Join(errs[:]...)
}

func given(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// checkIDNumber checks what can be computed: the resident's card and the credit code of a legal person.
func checkIDNumber(a Act, p *problems, at string, in NewParty, out *Party) string {
	switch {
	case in.IDType == residentCard && in.Kind == Natural:
		id, err := ParseIDNumber(in.IDNumber, a.Today())
		if err != nil {
			p.add(at, "id_number", "%s", reason(err))
			return in.IDNumber
		}
		sex := id.Sex
		out.Sex = &sex
		return id.Number
	case in.Kind != Natural && len(in.IDNumber) == 18:
		code, err := ParseCreditCode(in.IDNumber)
		if err != nil {
			p.add(at, "credit_code", "%s", reason(err))
			return in.IDNumber
		}
		return code
	}
	return in.IDNumber
}

// reason is the part of an error that a form shows at its field.
func reason(err error) string {
	if e, ok := err.(*Error); ok { //nolint:errorlint // made by this package's own parsers, never wrapped
		return e.Message
	}
	return err.Error()
}

// partyNo finds a party by its number.
func (c *Case) partyNo(no int) *Party { return find(c.Parties, no) }

// refusal names a party that has clearly refused; one is enough to stop mediation (人民调解法 17).
func (c *Case) refusal() error {
	for _, p := range c.Parties {
		if p.Consent == Refused {
			return Errorf(CodeGuard, "%d号当事人已于%s明确拒绝调解，不得继续调解（人民调解法第十七条）", p.No, p.ConsentOn)
		}
	}
	return nil
}

// RecordConsent records what a party has said to being mediated, and on which day.
func (c *Case) RecordConsent(a Act, partyNo int, consent Consent, on calendar.Date) error {
	return c.move(a, ActionRecordConsent, on, func() error {
		var p problems
		party := c.partyNo(partyNo)
		p.require(party != nil, "/partyNo", "本案没有编号为%d的当事人", partyNo)
		p.require(consent == Consented || consent == Refused, "/consent", "请选择同意或者拒绝")
		checkDay(&p, "/on", "日期", on, a.Today(), &c.RequestedOn, "申请日期")
		if err := p.err(); err != nil {
			return err
		}
		party.Consent, party.ConsentOn = consent, &on
		return nil
	})
}
