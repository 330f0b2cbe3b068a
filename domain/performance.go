package domain

import (
	"slices"

	"github.com/shopspring/decimal"

	"baimi/domain/calendar"
)

// Performance is what is seen of one obligation.
type Performance struct {
	On     calendar.Date
	Status ObligationStatus
	Amount *decimal.Decimal // performed so far, for a payment; nil takes the whole
}

// RecordPerformance records what became of an obligation of the agreement in force. When all are performed, so is the
// agreement.
func (c *Case) RecordPerformance(a Act, no int, in Performance) error {
	return c.move(a, ActionRecordPerformance, in.On, func() error {
		o, g, err := c.owed(no)
		if err != nil {
			return err
		}
		var p problems
		checkDay(&p, "/on", "日期", in.On, a.Today(), g.AgreedOn, "达成协议日期")
		if o.SeenOn != nil && in.On.Before(*o.SeenOn) {
			p.add("/on", "too_early", "日期不能早于上次登记履行情况的日期（%s）", o.SeenOn)
		}
		if err := c.reachable(&p, g, in); err != nil {
			return err
		}
		o.perform(&p, in)
		if err := p.err(); err != nil {
			return err
		}
		if !o.Settled() {
			return nil
		}
		c.stopClocks(in.On, of(rulePerform.Code, o.No))
		return c.fulfil(g)
	})
}

// owed is an obligation that something can still be seen of, with its agreement.
func (c *Case) owed(no int) (*Obligation, *Agreement, error) {
	o := find(c.Obligations, no)
	if o == nil {
		return nil, nil, NotFound("履行事项")
	}
	g := find(c.Agreements, o.AgreementNo)
	switch {
	case g.Open():
		return nil, nil, Errorf(CodeGuard, "该履行事项的协议尚未生效（%s）", g.Status.Name())
	case o.Settled():
		return nil, nil, Errorf(CodeGuard, "该履行事项已于%s登记结果", o.SettledOn)
	}
	return o, g, nil
}

// reachable holds the two ends that not every agreement leads to: enforcement needs a court's confirmation (人民调解法 33),
// a payment order is for labour disputes (劳动争议调解仲裁法 16).
func (c *Case) reachable(p *problems, g *Agreement, in Performance) error {
	p.require(in.Status != PaymentOrder || labourTypes[c.Type], "/status", "支付令只适用于劳动争议的调解协议（劳动争议调解仲裁法第十六条）")
	if in.Status == Enforcement && c.confirmed(g.No) == nil {
		return Errorf(CodeGuard, "协议未经人民法院确认，不能申请强制执行；可以起诉（人民调解法第三十二条、第三十三条）")
	}
	return nil
}

func (o *Obligation) perform(p *problems, in Performance) {
	was := o.Status
	p.require(Obligations.leads(was, in.Status) && in.Status != Superseded, "/status", "“%s”的履行事项不能登记为该结果", was.Name())
	p.sum("/amount", in.Amount)
	if in.Amount != nil && o.PerformedAmount != nil {
		p.require(!in.Amount.LessThan(*o.PerformedAmount), "/amount", "已履行金额不能少于此前登记的%s元", o.PerformedAmount.StringFixed(2))
	}
	on := in.On
	o.Status, o.SeenOn = in.Status, &on
	switch in.Status {
	case Performed:
		p.require(in.Amount == nil || (o.Amount != nil && in.Amount.Equal(*o.Amount)), "/amount", "已全部履行时，金额应等于约定金额")
		o.PerformedAmount = o.Amount
	case PartlyPerformed:
		ok := o.Amount != nil && in.Amount != nil && in.Amount.IsPositive() && in.Amount.LessThan(*o.Amount)
		p.require(ok, "/amount", "部分履行须填写已履行金额，且小于约定金额")
		o.PerformedAmount = in.Amount
		return
	case Unperformed:
		p.require(!in.On.Before(o.DueOn), "/on", "履行期限（%s）未到，不能登记为未履行", o.DueOn)
		p.require(in.Amount == nil || in.Amount.IsZero(), "/amount", "有部分履行的，请登记为“部分履行”")
		return
	case Unperformable, Sued, Enforcement, PaymentOrder:
		p.require(in.Amount == nil || (o.Amount != nil && in.Amount.LessThan(*o.Amount)), "/amount", "已履行金额应小于约定金额")
		if in.Amount != nil && in.Amount.IsPositive() {
			o.PerformedAmount = in.Amount
		}
	default:
		return // refused above
	}
	o.SettledOn = &on
}

// fulfil makes the agreement fulfilled when all of its obligations are performed; one without any has nothing to fulfil.
func (c *Case) fulfil(g *Agreement) error {
	on := *g.EffectiveOn
	for _, o := range c.obligationsOf(g.No) {
		if o.Status != Performed {
			return nil
		}
		on = later(on, *o.SettledOn)
	}
	c.stopClocks(on, of(ruleEnforce.Code, g.No))
	return g.become(AgreementFulfilled, &on)
}

// fromBestToWorst orders what became of obligations, for the value of a case.
var fromBestToWorst = []ObligationStatus{Performed, Pending, PartlyPerformed, PaymentOrder, Enforcement, Sued, Unperformed, Unperformable}

// Performance is how the agreement in force is performed: the worst of its obligations; "" when there are none.
func (c *Case) Performance() ObligationStatus {
	g := c.inForce()
	if g == nil {
		return ""
	}
	worst := -1
	for _, o := range c.obligationsOf(g.No) {
		worst = max(worst, slices.Index(fromBestToWorst, o.Status))
	}
	if worst < 0 {
		return ""
	}
	return fromBestToWorst[worst]
}

// Immediate tells whether everything was due on the day the agreement was reached (即时履行); also when there was nothing to do.
func (c *Case) Immediate(g Agreement) bool {
	return g.AgreedOn != nil && !slices.ContainsFunc(c.obligationsOf(g.No), func(o Obligation) bool { return o.DueOn != *g.AgreedOn })
}

// Urging is one time that the committee urged who owes (督促, 人民调解法 31).
type Urging struct {
	CaseRow
	ObligationNo int           `json:"obligationNo"`
	UrgedOn      calendar.Date `json:"urgedOn"`
	How          ContactHow    `json:"how"`
	UrgedBy      PersonID      `json:"urgedBy"`
}

// TableName names the table.
func (Urging) TableName() string { return "urging" }

// ContactHow is how somebody was spoken to.
type ContactHow string

// The ways.
const (
	ByVisit   ContactHow = "visit"   // 上门或者当面
	ByPhone   ContactHow = "phone"   // 电话
	ByLetter  ContactHow = "letter"  // 书面（履行督促书）
	ByMessage ContactHow = "message" // 短信、微信

	ByPublicNotice ContactHow = "public_notice" // 张贴通知、公告: of an attempt to reach somebody alone
)

var contactWays = []ContactHow{ByVisit, ByPhone, ByLetter, ByMessage}

// Urge records that who owes was urged; it can be as often as needed, from the day the obligation is due.
func (c *Case) Urge(a Act, no int, on calendar.Date, how ContactHow) error {
	return c.move(a, ActionUrge, on, func() error {
		o, _, err := c.owed(no)
		if err != nil {
			return err
		}
		var p problems
		checkDay(&p, "/on", "督促日期", on, a.Today(), &o.DueOn, "履行期限")
		p.require(slices.Contains(contactWays, how), "/how", "请选择督促方式")
		if err := p.err(); err != nil {
			return err
		}
		c.Urgings = append(c.Urgings, Urging{
			CaseRow: c.row(len(c.Urgings) + 1), ObligationNo: no, UrgedOn: on, How: how, UrgedBy: a.Actor.Person,
		})
		return nil
	})
}
