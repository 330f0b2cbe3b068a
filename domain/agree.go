package domain

import (
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"baimi/domain/calendar"
)

// Form is oral or written.
type Form string

// The forms of an agreement.
const (
	Oral    Form = "oral"    // 口头协议
	Written Form = "written" // 书面协议（调解协议书）
)

// Agreement is what the parties agreed (调解协议).
type Agreement struct {
	CaseRow
	Form             Form           `json:"form"`
	Terms            SecretTerms    `gorm:"column:terms_ref" json:"terms"`
	NoPerformance    bool           `json:"noPerformance"` // 无给付内容
	AgreedOn         calendar.Date  `json:"agreedOn"`
	MediatorSignedOn calendar.Date  `json:"mediatorSignedOn"`
	SealedOn         *calendar.Date `json:"sealedOn"`
	EffectiveOn      calendar.Date  `json:"effectiveOn"`
	Signatures       []Signature    `gorm:"-" json:"signatures"`
}

// TableName names the table.
func (Agreement) TableName() string { return "agreement" }

// Signature is one party's act under a written agreement.
type Signature struct {
	County      County        `gorm:"primaryKey" json:"-"`
	CaseID      uuid.UUID     `gorm:"primaryKey" json:"-"`
	AgreementNo int           `gorm:"primaryKey;autoIncrement:false" json:"-"`
	PartyNo     int           `gorm:"primaryKey;autoIncrement:false" json:"partyNo"`
	Method      string        `json:"method"` // handwritten, seal, fingerprint
	SignedOn    calendar.Date `json:"signedOn"`
}

// TableName names the table.
func (Signature) TableName() string { return "signature" }

// NewObligation is one duty under an agreement.
type NewObligation struct {
	Debtor, Creditor int // numbers of parties
	What             string
	Amount           *decimal.Decimal // yuan; nil for a duty that is no payment
	Manner           string
	DueOn            calendar.Date
}

// Terms is what both forms of agreement have in common.
type Terms struct {
	On            calendar.Date
	Text          string
	NoPerformance bool
	Obligations   []NewObligation
}

// AgreeOrally records an oral agreement; it takes effect the same day (人民调解法 28, 30).
func (c *Case) AgreeOrally(a Act, in Terms) error {
	return c.move(a, ActionAgreeOrally, in.On, func() error {
		if labourTypes[c.Type] || c.Type == medicalType {
			return Errorf(CodeGuard, "劳动争议、医疗纠纷须签订书面调解协议书（劳动争议调解仲裁法、医疗纠纷预防和处理条例）")
		}
		var p problems
		g := Agreement{Form: Oral, AgreedOn: in.On, MediatorSignedOn: in.On, EffectiveOn: in.On}
		return c.agree(a, &p, in, g)
	})
}

// Signing is the three acts that give a written agreement its effect (人民调解法 29).
type Signing struct {
	Parties          []Signature
	MediatorSignedOn calendar.Date
	SealedOn         calendar.Date
}

// AgreeInWriting records a written agreement: all parties, the mediator and the committee's seal; it takes effect
// with the last of these acts.
func (c *Case) AgreeInWriting(a Act, in Terms, s Signing) error {
	return c.move(a, ActionAgreeInWriting, in.On, func() error {
		var p problems
		sealed := s.SealedOn
		g := Agreement{Form: Written, AgreedOn: in.On, MediatorSignedOn: s.MediatorSignedOn, SealedOn: &sealed}
		g.EffectiveOn = later(s.MediatorSignedOn, s.SealedOn)
		checkDay(&p, "/mediatorSignedOn", "调解员签名日期", s.MediatorSignedOn, a.Today(), &in.On, "达成协议日期")
		checkDay(&p, "/sealedOn", "盖章日期", s.SealedOn, a.Today(), &in.On, "达成协议日期")
		signed := map[int]bool{}
		for i, x := range s.Parties {
			at := fmt.Sprintf("/signatures/%d", i)
			p.require(c.partyNo(x.PartyNo) != nil, at+"/partyNo", "本案没有编号为%d的当事人", x.PartyNo)
			p.require(!signed[x.PartyNo], at+"/partyNo", "该当事人已签名，不能重复填写")
			checkDay(&p, at+"/signedOn", "签名日期", x.SignedOn, a.Today(), &in.On, "达成协议日期")
			signed[x.PartyNo] = true
			g.EffectiveOn = later(g.EffectiveOn, x.SignedOn)
			g.Signatures = append(g.Signatures, Signature{PartyNo: x.PartyNo, Method: x.Method, SignedOn: x.SignedOn})
		}
		for _, x := range c.Parties {
			p.require(signed[x.No] || !in.binds(x), "/signatures", "缺少%d号当事人的签名（人民调解法第二十九条）", x.No)
			p.require(x.IDNumber.Given() || x.Kind != Natural || !in.binds(x), "/signatures", "%d号当事人的证件号码尚未登记，书面协议须核对身份", x.No)
		}
		return c.agree(a, &p, in, g)
	})
}

func later(a, b calendar.Date) calendar.Date {
	if a.After(b) {
		return a
	}
	return b
}

// agree adds an agreement with its obligations and their clocks, and concludes the case as a success.
func (c *Case) agree(a Act, p *problems, in Terms, g Agreement) error {
	since, what := c.StartedOn, "开始调解日期"
	if c.Status.agreed() {
		since, what = c.ConcludedOn, "达成口头协议的日期"
		c.releaseObligations(in.On)
	}
	checkDay(p, "/on", "达成协议日期", in.On, a.Today(), since, what)
	in.check(p)
	for _, x := range c.Parties {
		if x.Consent == ConsentUnknown && in.binds(x) {
			p.add("/terms", "consent", "尚未记录%d号当事人同意调解", x.No)
		}
	}
	g.CaseRow, g.NoPerformance = c.row(len(c.Agreements)+1), in.NoPerformance
	for i := range g.Signatures {
		g.Signatures[i].County, g.Signatures[i].CaseID, g.Signatures[i].AgreementNo = c.County, c.ID, g.No
	}
	for i, o := range in.Obligations {
		if err := c.oblige(a, p, fmt.Sprintf("/obligations/%d", i), g, o); err != nil {
			return err
		}
	}
	if err := p.err(); err != nil {
		return err
	}
	if err := c.refusal(); err != nil {
		return err
	}
	var err error
	if g.Terms, err = NewSecret[termsKind](a.Random, in.Text); err != nil {
		return err
	}
	c.Agreements = append(c.Agreements, g)
	if c.Status.agreed() { // an oral agreement is put on paper: the case ended with the handshake
		return nil
	}
	return c.endWork(a, OutcomeAgreed, in.On)
}

// binds tells whether a party must have a part in the agreement: both sides always, a third party when it owes or is owed.
func (t Terms) binds(x Party) bool {
	return x.Role != ThirdParty || slices.ContainsFunc(t.Obligations, func(o NewObligation) bool { return o.Debtor == x.No || o.Creditor == x.No })
}

// check is what can be said of terms without knowing the case.
func (t Terms) check(p *problems) {
	p.require(!blank(t.Text), "/terms", "请填写协议内容")
	p.require(t.NoPerformance || len(t.Obligations) > 0, "/obligations", "请填写履行事项；确无履行内容的，勾选“无给付内容”")
	if t.NoPerformance && len(t.Obligations) > 0 {
		p.add("/obligations", "either_or", "已勾选“无给付内容”，就不能再填写履行事项：二者只能选一")
	}
}

// conclude sets the outcome and its day, and stops the clocks of the mediation.
func (c *Case) conclude(o Outcome, on calendar.Date) {
	c.Outcome, c.ConcludedOn = &o, &on
	c.stopClocks(on, func(d Deadline) bool { return mediatingRules[d.Rule] || d.Rule == ruleDecide.Code })
}
