package domain

import (
	"fmt"

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

// Agreement is what the parties agreed (调解协议): first a draft, then signed, then in force, and at last what became of it.
type Agreement struct {
	CaseRow
	Status           AgreementStatus   `json:"status"`
	Form             Form              `json:"form"`
	Effect           EffectRule        `json:"effect"` // which acts give it its effect
	Terms            SecretTerms       `gorm:"column:terms_ref" json:"terms"`
	Code             *VerificationCode `json:"code"`                        // 核验码, of a written one from its draft on: it stands on the paper that is signed
	Text             SecretText        `gorm:"column:text_ref" json:"text"` // what the paper says, of a written one that took effect
	NoPerformance    bool              `json:"noPerformance"`               // 无给付内容
	DraftedOn        calendar.Date     `json:"draftedOn"`
	AgreedOn         *calendar.Date    `json:"agreedOn"` // of a draft that was signed one after the other, the last party's day
	MediatorSignedOn *calendar.Date    `json:"mediatorSignedOn"`
	SealedOn         *calendar.Date    `json:"sealedOn"`
	EffectiveOn      *calendar.Date    `json:"effectiveOn"`
	EndedOn          *calendar.Date    `json:"endedOn"`  // the day it became what it is now: fulfilled, changed, revoked, invalid, abandoned
	RulingNo         *string           `json:"rulingNo"` // the court's number, where a court ended it
	Signatures       []Signature       `gorm:"-" json:"signatures"`
}

// TableName names the table.
func (Agreement) TableName() string { return "agreement" }

// Signature is one party's act under a written agreement.
type Signature struct {
	County      County        `gorm:"primaryKey" json:"-"`
	CaseID      uuid.UUID     `gorm:"primaryKey" json:"-"`
	AgreementNo int           `gorm:"primaryKey;autoIncrement:false" json:"-"`
	PartyNo     int           `gorm:"primaryKey;autoIncrement:false" json:"partyNo"`
	By          *int          `gorm:"column:signed_by" json:"by"` // the representative who signed; nil for the party itself
	Method      string        `json:"method"`                     // handwritten, seal, fingerprint, electronic
	SignedOn    calendar.Date `json:"signedOn"`
}

// TableName names the table.
func (Signature) TableName() string { return "signature" }

// NewObligation is one duty under an agreement. One that is paid in instalments has a clock for each; the amount is then the
// whole, and its day may be left out: it is the last instalment's.
type NewObligation struct {
	Debtor, Creditor int // numbers of parties
	What             string
	Amount           *decimal.Decimal // yuan; nil for a duty that is no payment
	Manner           string
	Place            string // 履行地点; may be empty
	DueOn            calendar.Date
	Instalments      []Instalment
}

// Instalment is a part of a payment with its own day.
type Instalment struct {
	Amount decimal.Decimal
	DueOn  calendar.Date
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
		on := in.On
		return c.agree(a, &p, in, Agreement{Form: Oral, Effect: EffectOral, AgreedOn: &on, MediatorSignedOn: &on, EffectiveOn: &on})
	})
}

// Signing is the three acts that give a written agreement its effect (人民调解法 29).
type Signing struct {
	Parties          []Signature
	MediatorSignedOn calendar.Date
	SealedOn         calendar.Date
}

// AgreeInWriting records a written agreement on paper with all its acts at once: all parties, the mediator and the
// committee's seal. It takes effect with the last of them.
func (c *Case) AgreeInWriting(a Act, in Terms, s Signing) error {
	return c.move(a, ActionAgreeInWriting, in.On, func() error {
		var p problems
		on, signed, sealed := in.On, s.MediatorSignedOn, s.SealedOn
		g := Agreement{Form: Written, Effect: EffectThreeActs, DraftedOn: on, AgreedOn: &on, MediatorSignedOn: &signed, SealedOn: &sealed}
		checkDay(&p, "/mediatorSignedOn", "调解员签名日期", signed, a.Today(), &on, "达成协议日期")
		checkDay(&p, "/sealedOn", "盖章日期", sealed, a.Today(), &on, "达成协议日期")
		c.sign(&p, a, &g, in.bindings(), s.Parties)
		for _, x := range c.Parties {
			if in.bindings().has(x) && !g.signedBy(x.No) {
				p.add("/signatures", "missing", "缺少%d号当事人的签名（人民调解法第二十九条）", x.No)
			}
		}
		effective := g.lastAct()
		g.EffectiveOn = &effective
		return c.agree(a, &p, in, g)
	})
}

func later(a, b calendar.Date) calendar.Date {
	if a.After(b) {
		return a
	}
	return b
}

// agree adds an agreement that is in force from the outset, with its obligations.
func (c *Case) agree(a Act, p *problems, in Terms, g Agreement) error {
	c.abandonDrafts(in.On)
	added, err := c.addAgreement(a, p, in, g)
	if err != nil {
		return err
	}
	if g.Form == Oral { // who signs is looked at with the signatures
		p.lacking("/terms", c.lacks(ActionAgreeOrally, in.On, in.bindings().has))
	}
	if err := c.everyoneConsents(p, in.bindings().has, "/terms"); err != nil {
		return err
	}
	return c.takeEffect(a, added)
}

// addAgreement adds an agreement of whatever status with its obligations, whose clocks start when it takes effect.
func (c *Case) addAgreement(a Act, p *problems, in Terms, g Agreement) (*Agreement, error) {
	since, what := c.StartedOn, "开始调解日期"
	if c.Status.agreed() {
		since, what = c.ConcludedOn, "达成口头协议的日期"
	}
	checkDay(p, "/on", "达成协议日期", in.On, a.Today(), since, what)
	in.check(p)
	g.CaseRow, g.NoPerformance, g.DraftedOn, g.Status = c.row(len(c.Agreements)+1), in.NoPerformance, in.On, AgreementDraft
	for i := range g.Signatures {
		g.Signatures[i].County, g.Signatures[i].CaseID, g.Signatures[i].AgreementNo = c.County, c.ID, g.No
	}
	for i, o := range in.Obligations {
		if err := c.oblige(a, p, fmt.Sprintf("/obligations/%d", i), g, i+1, o); err != nil {
			return nil, err
		}
	}
	var err error
	if g.Terms, err = NewSecret[termsKind](a.Random, in.Text); err != nil {
		return nil, err
	}
	if g.Form == Written {
		code, err := NewVerificationCode(int16(c.County), a.Random)
		if err != nil {
			return nil, err
		}
		g.Code = &code
	}
	c.Agreements = append(c.Agreements, g)
	return &c.Agreements[len(c.Agreements)-1], nil
}

// everyoneConsents ends the checks of an agreement: what is wrong with its fields, then consent and refusal (人民调解法 17).
func (c *Case) everyoneConsents(p *problems, asked func(Party) bool, pointer string) error {
	for _, x := range c.Parties {
		if x.Consent == ConsentUnknown && asked(x) {
			p.add(pointer, "consent", "尚未记录%d号当事人同意调解", x.No)
		}
	}
	if err := p.err(); err != nil {
		return err
	}
	return c.refusal()
}

// bindings are the numbers of third parties who have a part in an agreement because they owe or are owed by it; both sides
// always have.
type bindings map[int]bool

func (b bindings) has(x Party) bool { return x.Role != ThirdParty || b[x.No] }

func (t Terms) bindings() bindings {
	b := bindings{}
	for _, o := range t.Obligations {
		b[o.Debtor], b[o.Creditor] = true, true
	}
	return b
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
	c.abandonDrafts(on)
	c.lapseRecusals(on)
	c.Outcome, c.ConcludedOn = &o, &on
	c.stopClocks(on, func(d Deadline) bool { return mediatingRules[d.Rule] || d.Rule == ruleDecide.Code })
}
