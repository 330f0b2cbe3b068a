package domain

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"baimi/domain/calendar"
)

// ObligationStatus is what became of a duty. That it is due or overdue follows from time and is no status.
type ObligationStatus string

// The statuses of an obligation (domain.md 2.3).
const (
	Pending         ObligationStatus = "pending"          // 待履行
	PartlyPerformed ObligationStatus = "partly_performed" // 部分履行
	Unperformed     ObligationStatus = "unperformed"      // 到期未履行
	Performed       ObligationStatus = "performed"        // 已履行
	Unperformable   ObligationStatus = "unperformable"    // 确认不能履行
	Sued            ObligationStatus = "sued"             // 起诉
	Enforcement     ObligationStatus = "enforcement"      // 申请强制执行，只在法院确认之后
	PaymentOrder    ObligationStatus = "payment_order"    // 申请支付令，只对劳动争议
	Superseded      ObligationStatus = "superseded"       // 协议变更、撤销或者无效，不再履行
)

// Obligations is the life of an obligation. What was awaited can end in each way; nothing comes back from an end.
var Obligations = Machine[ObligationStatus]{
	First: Pending,
	Name: nameIn(map[ObligationStatus]string{
		Pending: "待履行", PartlyPerformed: "部分履行", Unperformed: "到期未履行", Performed: "已履行", Unperformable: "确认不能履行",
		Sued: "起诉", Enforcement: "申请强制执行", PaymentOrder: "申请支付令", Superseded: "协议变更、撤销或者无效，不再履行",
	}),
	Steps: slices.Concat(
		[]Step[ObligationStatus]{
			{Pending, PartlyPerformed, seeing},
			{Pending, Unperformed, seeing},
			{PartlyPerformed, PartlyPerformed, seeing},
			{Unperformed, Unperformed, seeing},
			{Unperformed, PartlyPerformed, seeing},
		},
		endsOf(Pending), endsOf(PartlyPerformed), endsOf(Unperformed),
	),
}

var seeing = []Action{ActionRecordPerformance}

func endsOf(from ObligationStatus) []Step[ObligationStatus] {
	steps := []Step[ObligationStatus]{}
	for _, to := range []ObligationStatus{Performed, Unperformable, Sued, Enforcement, PaymentOrder} {
		steps = append(steps, Step[ObligationStatus]{from, to, seeing})
	}
	return append(steps, Step[ObligationStatus]{from, Superseded, []Action{
		ActionDraftAgreement, ActionAgreeOrally, ActionAgreeInWriting, ActionSealAgreement, ActionSignAgreement, ActionRecordRuling, ActionReopen,
		ActionFail, ActionWithdraw, ActionConfirmTransfer, ActionClose,
	}})
}

// Name is the status in Chinese.
func (s ObligationStatus) Name() string { return Obligations.Name(s) }

// Obligation is one duty of an agreement (履行事项).
type Obligation struct {
	CaseRow
	AgreementNo     int              `json:"agreementNo"`
	Duty            int              `json:"duty"`       // which duty of the agreement; instalments of one share it
	Instalment      *int             `json:"instalment"` // which part of it; nil for one that is performed at once
	Debtor          int              `json:"debtor"`
	Creditor        int              `json:"creditor"`
	What            SecretTerms      `gorm:"column:what_ref" json:"what"`
	Amount          *decimal.Decimal `json:"amount"`
	Manner          string           `json:"manner"` // cash, transfer, delivery, act
	Place           SecretPlace      `gorm:"column:place_ref" json:"place"`
	DueOn           calendar.Date    `json:"dueOn"`
	Status          ObligationStatus `json:"status"`
	PerformedAmount *decimal.Decimal `json:"performedAmount"`
	SeenOn          *calendar.Date   `json:"seenOn"` // the day its performance was seen last
	SettledOn       *calendar.Date   `json:"settledOn"`
}

// TableName names the table.
func (Obligation) TableName() string { return "obligation" }

// Settled tells whether nothing more is awaited.
func (o Obligation) Settled() bool { return o.SettledOn != nil }

// oblige adds one duty, in instalments as a row for each; their clocks start when the agreement takes effect. For enforceability
// each needs debtor, creditor, object or amount, manner and date (民诉法解释 358: 内容不明确).
func (c *Case) oblige(a Act, p *problems, at string, g Agreement, duty int, in NewObligation) error {
	p.require(c.partyNo(in.Debtor) != nil, at+"/debtor", "本案没有编号为%d的当事人", in.Debtor)
	p.require(in.Amount != nil || (in.Manner != "cash" && in.Manner != "transfer"), at+"/amount", "现金、转账须写明金额")
	p.require(c.partyNo(in.Creditor) != nil, at+"/creditor", "本案没有编号为%d的当事人", in.Creditor)
	in.check(p, at, g.DraftedOn)
	for i, part := range in.parts() {
		o := Obligation{
			CaseRow: c.row(len(c.Obligations) + 1), AgreementNo: g.No, Duty: duty, Debtor: in.Debtor, Creditor: in.Creditor,
			Amount: part.Amount, Manner: in.Manner, DueOn: part.DueOn, Status: Pending,
		}
		if len(in.Instalments) > 0 {
			nth := i + 1
			o.Instalment = &nth
		}
		var err error
		if o.What, err = NewSecret[termsKind](a.Random, in.What); err != nil {
			return err
		}
		if o.Place, err = NewSecret[placeKind](a.Random, in.Place); err != nil {
			return err
		}
		c.Obligations = append(c.Obligations, o)
	}
	return nil
}

// obligationsOf are those of one agreement.
func (c *Case) obligationsOf(agreement int) []Obligation {
	var list []Obligation
	for _, o := range c.Obligations {
		if o.AgreementNo == agreement {
			list = append(list, o)
		}
	}
	return list
}

// part is what of a duty has a day of its own.
type part struct {
	Amount *decimal.Decimal
	DueOn  calendar.Date
}

func (o NewObligation) parts() []part {
	if len(o.Instalments) == 0 {
		return []part{{o.Amount, o.DueOn}}
	}
	var list []part
	for _, x := range o.Instalments {
		list = append(list, part{&x.Amount, x.DueOn})
	}
	return list
}

// check is what can be said of a duty without knowing the case.
func (o NewObligation) check(p *problems, at string, agreedOn calendar.Date) {
	p.require(o.Debtor != o.Creditor, at+"/creditor", "义务人和权利人不能是同一人")
	p.require(!blank(o.What), at+"/what", "请写明履行内容")
	p.require(o.Manner != "", at+"/manner", "请写明履行方式")
	p.require(o.Amount == nil || !o.Amount.IsZero(), at+"/amount", "金额须大于零")
	p.sum(at+"/amount", o.Amount)
	if len(o.Instalments) == 0 {
		p.require(!o.DueOn.IsZero(), at+"/dueOn", "请填写履行期限")
		p.require(o.DueOn.IsZero() || !o.DueOn.Before(agreedOn), at+"/dueOn", "履行期限不能早于达成协议日期（%s）", agreedOn)
		return
	}
	o.checkInstalments(p, at, agreedOn)
}

// mostInstalments bounds a schedule: thirty years by the month.
const mostInstalments = 360

// checkInstalments holds a schedule to its sum and to the order of its days.
func (o NewObligation) checkInstalments(p *problems, at string, agreedOn calendar.Date) {
	p.require(len(o.Instalments) > 1 && len(o.Instalments) <= mostInstalments, at+"/instalments", "分期须为2至%d期；一次付清的，不填分期", mostInstalments)
	p.require(o.Amount != nil, at+"/amount", "分期履行须写明总金额")
	total, before := decimal.Zero, calendar.Date{}
	for i, x := range o.Instalments {
		here := fmt.Sprintf("%s/instalments/%d", at, i)
		p.require(x.Amount.IsPositive(), here+"/amount", "金额须大于零")
		p.sum(here+"/amount", &x.Amount)
		total = total.Add(x.Amount)
		switch {
		case x.DueOn.IsZero():
			p.add(here+"/dueOn", "required", "请填写本期履行期限")
		case x.DueOn.Before(agreedOn):
			p.add(here+"/dueOn", "too_early", "履行期限不能早于达成协议日期（%s）", agreedOn)
		case !before.IsZero() && !x.DueOn.After(before):
			p.add(here+"/dueOn", "order", "各期应按日期先后填写，本期须晚于上一期（%s）", before)
		}
		before = x.DueOn
	}
	last := o.DueOn.IsZero() || o.DueOn == before
	p.require(last, at+"/dueOn", "履行期限应为最后一期的日期（%s），也可以不填", before)
	if o.Amount != nil && !total.Equal(*o.Amount) {
		p.add(at+"/instalments", "sum", "各期合计%s元，与总金额%s元不符", total.StringFixed(2), o.Amount.StringFixed(2))
	}
}
