package domain

import (
	"slices"

	"github.com/google/uuid"

	"baimi/domain/calendar"
)

// Transfer is the handing of a case to another committee, or to an organ outside the service (移送), and the answer to it.
type Transfer struct {
	CaseRow
	ToOrg      *OrgID         `json:"toOrg"`   // the committee; nil for an organ outside
	ToOrgan    *string        `json:"toOrgan"` // the organ outside, a code word of the ways out; nil for a committee
	Reason     string         `json:"reason"`
	SentOn     calendar.Date  `json:"sentOn"`
	SentBy     PersonID       `json:"sentBy"`
	LeftStatus Status         `json:"leftStatus"`
	Answer     TransferAnswer `json:"answer"`
	AnsweredOn *calendar.Date `json:"answeredOn"`
	Receipt    *string        `json:"receipt"` // number of the paper with which an organ outside confirmed (回执)
	NextCase   *uuid.UUID     `json:"nextCase"`
}

// TableName names the table.
func (Transfer) TableName() string { return "transfer" }

// TransferAnswer is what became of a transfer.
type TransferAnswer string

// The answers.
const (
	TransferOpen      TransferAnswer = "open"
	TransferConfirmed TransferAnswer = "confirmed"
	TransferRefused   TransferAnswer = "refused"
	TransferReturned  TransferAnswer = "returned" // nobody answered in time
)

// openTransfer is the transfer that waits for its answer; nil when there is none.
func (c *Case) openTransfer() *Transfer {
	if n := len(c.Transfers); n > 0 && c.Transfers[n-1].Answer == TransferOpen {
		return &c.Transfers[n-1]
	}
	return nil
}

// Handover is where a case is to go.
type Handover struct {
	On      calendar.Date
	ToOrg   OrgID  // a committee of the service, 0 for none
	ToOrgan string // an organ outside, "" for none
}

// Transfer hands the case over. The receiver sees it at once and answers within D2; until then the case is the sender's. Once
// a committee has accepted it, handing it on needs the parties' consent (委托).
func (c *Case) Transfer(a Act, in Handover) error {
	left := c.Status
	return c.move(a, ActionTransfer, in.On, func() error {
		var p problems
		step := c.lastStep()
		checkDay(&p, "/on", "移送日期", in.On, a.Today(), &step, "上一步日期")
		p.require(a.Reason != "", "/reason", "请选择移送理由")
		p.require((in.ToOrg == 0) != (in.ToOrgan == ""), "/to", "请选择接收的调委会，或者系统外的接收单位，二者选一")
		p.require(in.ToOrg == 0 || in.ToOrg != c.Committee, "/to", "不能移送给本调委会")
		if err := p.err(); err != nil {
			return err
		}
		if c.AcceptedOn != nil {
			for _, x := range c.Parties {
				if x.Consent != Consented && x.Role != ThirdParty {
					return Errorf(CodeGuard, "受理后的案件，经当事人同意才能移送；尚未记录%d号当事人同意", x.No)
				}
			}
		}
		t := Transfer{
			CaseRow: c.row(len(c.Transfers) + 1), Reason: a.Reason, SentOn: in.On, SentBy: a.Actor.Person, LeftStatus: left, Answer: TransferOpen,
		}
		if in.ToOrgan != "" {
			t.ToOrgan = &in.ToOrgan
		} else {
			t.ToOrg = &in.ToOrg
			if !slices.Contains(c.Orgs, in.ToOrg) {
				c.Orgs = append(c.Orgs, in.ToOrg)
			}
		}
		c.Transfers = append(c.Transfers, t)
		return c.startClock(a, c.answerRule(in.On), in.On, &t.No)
	})
}

// answerRule is the rule for the answer to a transfer: the courts' own where what is handed on came from a court (在线调解规则
// 12), since that is in force; else the product's.
func (c *Case) answerRule(on calendar.Date) calendar.Key {
	if c.CourtReferral.Kind != calendar.NoReferral && inForce(ruleCourt, on) {
		return ruleCourt
	}
	return ruleAnswer
}

// Receipt is the answer of who takes a case: the day, and for an organ outside the number of its paper.
type Receipt struct {
	On     calendar.Date
	Number string
}

// ConfirmTransfer ends the case here: the receiver has taken it. Between committees next is the case that takes it up there.
func (c *Case) ConfirmTransfer(a Act, in Receipt, next *uuid.UUID) error {
	return c.move(a, ActionConfirmTransfer, in.On, func() error {
		t := c.openTransfer()
		if t == nil {
			return Errorf(CodeGuard, "该移送已经有结果")
		}
		var p problems
		checkDay(&p, "/on", "接收日期", in.On, a.Today(), &t.SentOn, "移送日期")
		p.require(t.ToOrg != nil || in.Number != "", "/receipt", "请填写接收单位回执的编号")
		if err := p.err(); err != nil {
			return err
		}
		t.Answer, t.AnsweredOn, t.NextCase = TransferConfirmed, &in.On, next
		if in.Number != "" {
			t.Receipt = &in.Number
		}
		if err := c.endPause(a, in.On); err != nil {
			return err
		}
		c.dropApprovals(a)
		c.stopClocks(in.On, of(ruleAnswer.Code, t.No))
		c.conclude(OutcomeTransferred, in.On)
		return nil
	})
}

// TakeUp confirms a transfer and makes the case with which a committee takes it up; there is none for an organ outside, which
// keeps its own books.
func (c *Case) TakeUp(a Act, in Receipt) (*Case, error) {
	t := c.openTransfer()
	if t == nil || t.ToOrg == nil || !c.has(a.Actor, AsReceiver) || in.On.After(a.Today()) {
		return nil, c.ConfirmTransfer(a, in, nil)
	}
	r, err := Register(a, c.Received(in.On, *t.ToOrg))
	if err != nil {
		return nil, err
	}
	return r.Case, c.ConfirmTransfer(a, in, &r.Case.ID)
}

// RefuseTransfer gives the case back to who sent it, with a reason (在线调解规则 12: refuse with reasons).
func (c *Case) RefuseTransfer(a Act, on calendar.Date) error {
	return c.move(a, ActionRefuseTransfer, on, func() error {
		var p problems
		t := c.openTransfer()
		if t == nil {
			return Errorf(CodeGuard, "该移送已经有结果")
		}
		checkDay(&p, "/on", "退回日期", on, a.Today(), &t.SentOn, "移送日期")
		p.require(a.Reason != "", "/reason", "请选择退回理由")
		if err := p.err(); err != nil {
			return err
		}
		c.giveBack(t, TransferRefused, on)
		return nil
	})
}

// ReturnTransfer gives back a case that nobody answered for within D2. It is made by a job.
func (c *Case) ReturnTransfer(a Act) error {
	on := a.Today()
	return c.move(a, ActionReturnTransfer, on, func() error {
		t := c.openTransfer()
		if t == nil {
			return Errorf(CodeGuard, "该移送已经有结果")
		}
		for _, d := range c.Deadlines {
			if of(ruleAnswer.Code, t.No)(d) && d.Running() && !d.OverdueAt(a.At) {
				return Errorf(CodeGuard, "答复期限（%s）尚未届满", d.DueOn)
			}
		}
		c.giveBack(t, TransferReturned, on)
		return nil
	})
}

// giveBack closes the transfer. The receiver has no part in the case any more; unless it had one before.
func (c *Case) giveBack(t *Transfer, answer TransferAnswer, on calendar.Date) {
	t.Answer, t.AnsweredOn = answer, &on
	c.stopClocks(on, of(ruleAnswer.Code, t.No))
	if t.ToOrg != nil && *t.ToOrg != c.Committee {
		c.Orgs = slices.DeleteFunc(slices.Clone(c.Orgs), func(o OrgID) bool { return o == *t.ToOrg })
	}
}

// Received is the registration with which a receiving committee takes the case up: what was told once is not told again. The
// day of the request stays the first one, for it interrupted the limitation; the clock of the decision starts with the
// receipt.
func (c *Case) Received(on calendar.Date, committee OrgID) Registration {
	in := Registration{
		Committee: committee, AreaPath: c.AreaPath, Source: c.Source, Referrer: c.Referrer, CourtReferral: c.CourtReferral, Type: c.Type,
		Confidentiality: c.Confidentiality, Place: c.Place.Reveal(), Facts: c.Facts.Reveal(), Wish: c.Wish.Reveal(), Amount: c.Amount,
		PeopleCount: c.PeopleCount, Risks: c.Risks, RequestedOn: c.RequestedOn, RequestedHow: c.RequestedHow,
		from: c, decideFrom: on,
	}
	for _, x := range c.Parties {
		p := NewParty{
			Role: x.Role, Kind: x.Kind, Name: x.Name.Reveal(), IDNumber: x.IDNumber.Reveal(), Phone: x.Phone.Reveal(), Address: x.Address.Reveal(), Sex: x.Sex,
			Birth: x.Birth.Reveal(), Capacity: x.Capacity, IDAbsent: text(x.IDAbsent),
			Ethnicity: x.Ethnicity.Reveal(), Occupation: x.Occupation.Reveal(), Workplace: x.Workplace.Reveal(),
		}
		if x.IDType != nil {
			p.IDType = *x.IDType
		}
		in.Parties = append(in.Parties, p)
	}
	in.Representatives = c.stillActing()
	return in
}
