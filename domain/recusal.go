package domain

import (
	"slices"

	"baimi/domain/calendar"
)

// RecusalKind is what is asked about a mediator, and by whom.
type RecusalKind string

// The kinds.
const (
	RecusalAsked       RecusalKind = "asked"       // 当事人申请回避
	RecusalReplacement RecusalKind = "replacement" // 当事人不接受，要求更换调解员
	RecusalOwn         RecusalKind = "own"         // 调解员自行回避
	RecusalDisclosed   RecusalKind = "disclosed"   // 调解员披露
)

// RecusalKinds lists them with their Chinese names.
var RecusalKinds = []struct{ Code, Name string }{
	{string(RecusalAsked), "当事人申请回避"},
	{string(RecusalReplacement), "当事人要求更换调解员"},
	{string(RecusalOwn), "调解员自行回避"},
	{string(RecusalDisclosed), "调解员披露关系"},
}

// byParty tells whether a party asks.
func (k RecusalKind) byParty() bool { return k == RecusalAsked || k == RecusalReplacement }

// RecusalStatus is what became of it.
type RecusalStatus string

// The statuses of a recusal (回避).
const (
	RecusalOpen      RecusalStatus = "open"      // 待决定
	RecusalGranted   RecusalStatus = "granted"   // 同意回避、更换
	RecusalRefused   RecusalStatus = "refused"   // 不予回避
	RecusalWaived    RecusalStatus = "waived"    // 各方同意其继续调解
	RecusalWithdrawn RecusalStatus = "withdrawn" // 已撤回
	RecusalLapsed    RecusalStatus = "lapsed"    // 不再需要决定
)

// Recusals is the life of one question about a mediator.
var Recusals = Machine[RecusalStatus]{
	First: RecusalOpen,
	Name: nameIn(map[RecusalStatus]string{
		RecusalOpen: "待决定", RecusalGranted: "同意回避、更换", RecusalRefused: "不予回避", RecusalWaived: "各方同意继续", RecusalWithdrawn: "已撤回", RecusalLapsed: "不再需要决定",
	}),
	Steps: []Step[RecusalStatus]{
		{RecusalOpen, RecusalGranted, []Action{ActionDecideRecusal, ActionAssign}},
		{RecusalOpen, RecusalRefused, []Action{ActionDecideRecusal}},
		{RecusalOpen, RecusalWaived, []Action{ActionDecideRecusal}},
		{RecusalOpen, RecusalWithdrawn, []Action{ActionDecideRecusal}},
		{RecusalOpen, RecusalLapsed, []Action{ActionAssign, ActionDecideRecusal, ActionDecline, ActionAgreeOrally, ActionAgreeInWriting, ActionSealAgreement, ActionSignAgreement, ActionFail, ActionWithdraw, ActionConfirmTransfer, ActionVoid}},
	},
}

// Name is the status in Chinese.
func (s RecusalStatus) Name() string { return Recusals.Name(s) }

// RecusalGrounds are the grounds (特邀调解规定 15; 在线调解规则 13) with their Chinese names.
var RecusalGrounds = []struct{ Code, Name string }{
	{"near_relative", "是本案当事人或者代理人的近亲属"},
	{"interest", "与纠纷有利害关系"},
	{"other_relation", "与当事人、代理人有其他可能影响公正调解的关系"},
}

// Recusal is a question about one of the case's mediators: that a party asks him to stand aside or wants another one, that
// he stands aside himself, or that he tells of a relation and goes on only if every party agrees.
type Recusal struct {
	CaseRow
	Kind      RecusalKind     `json:"kind"`
	Person    PersonID        `json:"person"` // the mediator
	PartyNo   *int            `json:"partyNo"`
	Grounds   Codes           `json:"grounds"`
	Statement SecretStatement `gorm:"column:statement_ref" json:"statement"`
	AskedOn   calendar.Date   `json:"askedOn"`
	AskedBy   PersonID        `json:"askedBy"` // who recorded it
	Status    RecusalStatus   `json:"status"`
	DecidedOn *calendar.Date  `json:"decidedOn"`
	DecidedBy *PersonID       `json:"decidedBy"`
	Consents  PartyNos        `json:"consents"` // the parties who agree that he goes on
	Reason    SecretStatement `gorm:"column:reason_ref" json:"reason"`
}

// TableName names the table.
func (Recusal) TableName() string { return "recusal" }

// NewRecusal is what a party says against a mediator.
type NewRecusal struct {
	Kind      RecusalKind // asked or replacement
	PartyNo   int
	Mediator  PersonID
	Grounds   []string
	Statement string
	On        calendar.Date
}

// AskRecusal records that a party objects to a mediator: it asks him to stand aside on a ground, or wants another one, for
// which it owes no reason (人民调解法 23: to choose or to accept the mediator).
func (c *Case) AskRecusal(a Act, in NewRecusal) error {
	return c.move(a, ActionAskRecusal, in.On, func() error {
		var p problems
		p.require(in.Kind.byParty(), "/kind", "请选择申请回避或者要求更换")
		p.require(c.partyNo(in.PartyNo) != nil, "/partyNo", "本案没有编号为%d的当事人", in.PartyNo)
		p.require(in.Kind != RecusalAsked || len(in.Grounds) > 0, "/grounds", "请选择申请回避的理由")
		return c.question(a, &p, in)
	})
}

// Disclosure is what a mediator tells of himself.
type Disclosure struct {
	Withdraws bool // he stands aside himself
	Grounds   []string
	Statement string
	On        calendar.Date
}

// DiscloseInterest records that a mediator tells of a relation to the dispute or to the parties. He stands aside, or goes on
// if every party agrees (特邀调解规定 15).
func (c *Case) DiscloseInterest(a Act, in Disclosure) error {
	return c.move(a, ActionDiscloseInterest, in.On, func() error {
		var p problems
		kind := RecusalDisclosed
		if in.Withdraws {
			kind = RecusalOwn
		}
		p.require(len(in.Grounds) > 0, "/grounds", "请选择与本案的关系")
		return c.question(a, &p, NewRecusal{Kind: kind, Mediator: a.Actor.Person, Grounds: in.Grounds, Statement: in.Statement, On: in.On})
	})
}

// question adds a question about a mediator, one at a time for each.
func (c *Case) question(a Act, p *problems, in NewRecusal) error {
	checkDay(p, "/on", "提出日期", in.On, a.Today(), c.AcceptedOn, "受理日期")
	p.require(slices.Contains(c.Mediators, in.Mediator), "/mediator", "请选择本案的调解员")
	if open := c.openRecusal(in.Mediator); open != nil {
		p.add("/mediator", "open", "对该调解员已于%s提出，正在等待决定", open.AskedOn)
	}
	if err := p.err(); err != nil {
		return err
	}
	x := Recusal{
		CaseRow: c.row(len(c.Recusals) + 1), Kind: in.Kind, Person: in.Mediator, Grounds: setOf(in.Grounds), AskedOn: in.On, AskedBy: a.Actor.Person,
		Status: RecusalOpen, Consents: PartyNos{},
	}
	if in.Kind.byParty() {
		x.PartyNo = &in.PartyNo
	}
	var err error
	x.Statement, err = NewSecret[statementKind](a.Random, in.Statement)
	c.Recusals = append(c.Recusals, x)
	return err
}

// openRecusal is the undecided question about a mediator, about any for 0; nil when there is none.
func (c *Case) openRecusal(mediator PersonID) *Recusal {
	for i := range c.Recusals {
		if x := &c.Recusals[i]; x.Status == RecusalOpen && (mediator == 0 || x.Person == mediator) {
			return x
		}
	}
	return nil
}

// recused tells whether somebody stood aside in this case on a ground.
func (c *Case) recused(m PersonID) bool {
	return slices.ContainsFunc(c.Recusals, func(x Recusal) bool {
		return x.Person == m && x.Status == RecusalGranted && x.Kind != RecusalReplacement
	})
}

// RecusalDecision is what is decided about a mediator.
type RecusalDecision struct {
	No        int
	Status    RecusalStatus // granted, refused, waived or withdrawn
	On        calendar.Date
	Mediators []PersonID // who mediates afterwards, the first presides; needed when nobody would be left
	Orgs      []OrgID    // where they mediate
	Parties   []int      // who agree that he goes on
	Reason    string     // in words; needed to refuse
}

// DecideRecusal decides about a mediator: for the director or the judicial office, and never for the one concerned. Whoever
// stands aside is followed by another mediator in the same act.
func (c *Case) DecideRecusal(a Act, in RecusalDecision) error {
	return c.move(a, ActionDecideRecusal, in.On, func() error {
		x := find(c.Recusals, in.No)
		switch {
		case x == nil:
			return NotFound("回避事项")
		case x.Status != RecusalOpen:
			return Errorf(CodeGuard, "该回避事项已经有结果（%s）", x.Status.Name())
		case x.Person == a.Actor.Person:
			return Errorf(CodeForbidden, "您是该事项所涉及的调解员，须由其他负责人或者司法所决定")
		}
		var p problems
		next := c.after(*x, in)
		checkDay(&p, "/on", "决定日期", in.On, a.Today(), &x.AskedOn, "提出日期")
		c.checkRecusalDecision(&p, *x, in, next)
		if err := p.err(); err != nil {
			return err
		}
		err := x.end(in.Status, in.On, a.Actor.Person)
		if err != nil {
			return err
		}
		if in.Status == RecusalWaived {
			x.Consents = partyNos(in.Parties)
		}
		if x.Reason, err = NewSecret[statementKind](a.Random, in.Reason); err != nil {
			return err
		}
		if in.Status == RecusalGranted {
			gone := EndRecused
			if x.Kind == RecusalReplacement {
				gone = EndReplaced
			}
			if err := c.setMediators(a, in.On, next, nil, in.Orgs, gone); err != nil {
				return err
			}
			return c.handSessionsOn(a)
		}
		return nil
	})
}

// after are the mediators once somebody has stood aside: those who are named, or the others.
func (c *Case) after(x Recusal, in RecusalDecision) []PersonID {
	if len(in.Mediators) > 0 {
		return in.Mediators
	}
	return c.Without(x.Person, 0)
}

func (c *Case) checkRecusalDecision(p *problems, x Recusal, in RecusalDecision, next []PersonID) {
	switch in.Status {
	case RecusalGranted:
		p.require(len(next) > 0, "/mediators", "请同时指定接替的调解员")
		for i, m := range next {
			if m == x.Person || c.recused(m) {
				p.add("/mediators", "recused", "第%d位调解员已回避，不能再担任本案的调解员", i+1)
			}
		}
		return
	case RecusalRefused:
		p.require(!blank(in.Reason), "/reason", "请写明不予回避的理由")
	case RecusalWaived:
		p.require(x.Kind == RecusalDisclosed, "/status", "只有调解员披露的关系，经各方当事人同意后可以继续调解")
		c.knownParties(p, "/parties", in.Parties)
		p.require(len(partyNos(in.Parties)) == len(c.Parties), "/parties", "须经各方当事人同意，调解员才能继续调解")
	case RecusalWithdrawn:
	default:
		p.add("/status", "status", "请选择决定")
	}
	p.require(len(in.Mediators) == 0, "/mediators", "不更换调解员的，不填接替的调解员")
}

// settleRecusals closes the questions that a change of the mediators has answered: whoever mediates no longer has been replaced,
// by who changed them; one who took himself off the case has left nothing to decide.
func (c *Case) settleRecusals(a Act, on calendar.Date) error {
	for i := range c.Recusals {
		x := &c.Recusals[i]
		if x.Status != RecusalOpen || slices.Contains(c.Mediators, x.Person) {
			continue
		}
		to, by := RecusalGranted, a.Actor.Person
		if x.Person == by {
			to = RecusalLapsed
		}
		if err := x.end(to, on, by); err != nil {
			return err
		}
	}
	return nil
}

// end takes the step and says when and by whom.
func (x *Recusal) end(to RecusalStatus, on calendar.Date, by PersonID) (err error) {
	if x.Status, err = Recusals.take(x.Status, to); err != nil {
		return err
	}
	if x.DecidedOn = &on; to != RecusalLapsed {
		x.DecidedBy = &by
	}
	return nil
}

// lapseRecusals ends the open questions of a case whose mediation has ended.
func (c *Case) lapseRecusals(on calendar.Date) {
	for i := range c.Recusals {
		if x := &c.Recusals[i]; x.Status == RecusalOpen {
			x.Status, x.DecidedOn = RecusalLapsed, &on
		}
	}
}
