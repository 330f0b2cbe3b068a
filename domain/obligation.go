package domain

import (
	"github.com/shopspring/decimal"

	"baimi/domain/calendar"
)

// ObligationStatus is what became of a duty. That it is due or overdue follows from time and is no status.
type ObligationStatus string

// The statuses of an obligation (domain.md 2.3).
const (
	Pending         ObligationStatus = "pending"          // 待履行
	PartlyPerformed ObligationStatus = "partly_performed" // 部分履行
	Performed       ObligationStatus = "performed"        // 已履行
	Unperformable   ObligationStatus = "unperformable"    // 确认不能履行
	TakenToCourt    ObligationStatus = "referred"         // 转诉讼、申请执行
	Superseded      ObligationStatus = "superseded"       // 由新的协议代替
)

// Obligation is one duty of an agreement (履行事项).
type Obligation struct {
	CaseRow
	AgreementNo     int              `json:"agreementNo"`
	Debtor          int              `json:"debtor"`
	Creditor        int              `json:"creditor"`
	What            SecretTerms      `gorm:"column:what_ref" json:"what"`
	Amount          *decimal.Decimal `json:"amount"`
	Manner          string           `json:"manner"` // cash, transfer, delivery, act
	DueOn           calendar.Date    `json:"dueOn"`
	Status          ObligationStatus `json:"status"`
	PerformedAmount *decimal.Decimal `json:"performedAmount"`
	SettledOn       *calendar.Date   `json:"settledOn"`
}

// TableName names the table.
func (Obligation) TableName() string { return "obligation" }

// Settled tells whether nothing more is awaited.
func (o Obligation) Settled() bool { return o.SettledOn != nil }

// oblige adds one duty. For enforceability each needs debtor, creditor, object or amount, manner and date
// (民诉法解释 358: 内容不明确).
func (c *Case) oblige(a Act, p *problems, at string, g Agreement, in NewObligation) error {
	p.require(c.partyNo(in.Debtor) != nil, at+"/debtor", "本案没有编号为%d的当事人", in.Debtor)
	p.require(in.Amount != nil || (in.Manner != "cash" && in.Manner != "transfer"), at+"/amount", "现金、转账须写明金额")
	p.require(c.partyNo(in.Creditor) != nil, at+"/creditor", "本案没有编号为%d的当事人", in.Creditor)
	in.check(p, at, g.AgreedOn)
	what, err := NewSecret[termsKind](a.Random, in.What)
	if err != nil {
		return err
	}
	no := len(c.Obligations) + 1
	c.Obligations = append(c.Obligations, Obligation{
		CaseRow: c.row(no), AgreementNo: g.No, Debtor: in.Debtor, Creditor: in.Creditor,
		What: what, Amount: in.Amount, Manner: in.Manner, DueOn: in.DueOn, Status: Pending,
	})
	if len(p.fields) > 0 {
		return nil
	}
	return c.startClock(a, rulePerform, in.DueOn, &no)
}

// check is what can be said of a duty without knowing the case.
func (o NewObligation) check(p *problems, at string, agreedOn calendar.Date) {
	p.require(o.Debtor != o.Creditor, at+"/creditor", "义务人和权利人不能是同一人")
	p.require(!blank(o.What), at+"/what", "请写明履行内容")
	p.require(o.Manner != "", at+"/manner", "请写明履行方式")
	p.require(!o.DueOn.Before(agreedOn), at+"/dueOn", "履行期限不能早于达成协议日期（%s）", agreedOn)
	p.require(o.Amount == nil || !o.Amount.IsZero(), at+"/amount", "金额须大于零")
	p.sum(at+"/amount", o.Amount)
}

// Performance is what is seen of one obligation.
type Performance struct {
	On     calendar.Date
	Status ObligationStatus
	Amount *decimal.Decimal // performed so far, for a payment; nil takes the whole
}

// RecordPerformance records what became of an obligation.
func (c *Case) RecordPerformance(a Act, no int, in Performance) error {
	return c.move(a, ActionRecordPerformance, in.On, func() error {
		o := find(c.Obligations, no)
		if o == nil {
			return NotFound("履行事项")
		}
		if o.Settled() {
			return Errorf(CodeGuard, "该履行事项已于%s登记结果", o.SettledOn)
		}
		var p problems
		checkDay(&p, "/on", "日期", in.On, a.Today(), c.ConcludedOn, "达成协议日期")
		o.perform(&p, in)
		if err := p.err(); err != nil {
			return err
		}
		if o.Settled() {
			c.stopClocks(in.On, of(rulePerform.Code, no))
		}
		return nil
	})
}

func (o *Obligation) perform(p *problems, in Performance) {
	o.Status = in.Status
	p.sum("/amount", in.Amount)
	if in.Amount != nil && o.PerformedAmount != nil {
		p.require(!in.Amount.LessThan(*o.PerformedAmount), "/amount", "已履行金额不能少于此前登记的%s元", o.PerformedAmount.StringFixed(2))
	}
	switch in.Status {
	case Performed:
		p.require(in.Amount == nil || (o.Amount != nil && in.Amount.Equal(*o.Amount)), "/amount", "已全部履行时，金额应等于约定金额")
		o.PerformedAmount = o.Amount
	case PartlyPerformed:
		ok := o.Amount != nil && in.Amount != nil && in.Amount.IsPositive() && in.Amount.LessThan(*o.Amount)
		p.require(ok, "/amount", "部分履行须填写已履行金额，且小于约定金额")
		o.PerformedAmount = in.Amount
		return
	case Unperformable, TakenToCourt:
		p.require(in.Amount == nil || (o.Amount != nil && in.Amount.LessThan(*o.Amount)), "/amount", "已履行金额应小于约定金额")
		if in.Amount != nil && in.Amount.IsPositive() {
			o.PerformedAmount = in.Amount
		}
	default:
		p.add("/status", "status", "不能登记为该结果")
	}
	on := in.On
	o.SettledOn = &on
}
