package domain

import (
	"slices"

	"baimi/domain/calendar"
)

// CourtDecision is what the court did with an application.
type CourtDecision struct {
	Result     ConfirmationResult
	On         calendar.Date // docketed, or ruled
	ReceivedOn calendar.Date // the ruling, by the parties; zero when not yet known
	CourtNo    string        // the court's number, once there is one
}

// RecordConfirmation records what the court did. The reason of a refusal or dismissal is the act's.
func (c *Case) RecordConfirmation(a Act, no int, in CourtDecision) error {
	return c.move(a, ActionRecordConfirmation, in.On, func() error {
		x := find(c.Confirmations, no)
		if x == nil {
			return NotFound("司法确认申请")
		}
		if !x.Open() {
			return Errorf(CodeGuard, "该申请已有结果：%s", x.Result.Name())
		}
		var p problems
		x.decide(&p, a, in)
		if err := p.err(); err != nil {
			return err
		}
		var err error
		if x.Result, err = Confirmations.take(x.Result, in.Result); err != nil {
			return err
		}
		return c.afterDecision(a, x, in.On)
	})
}

// decide checks a decision and takes its days over.
func (x *Confirmation) decide(p *problems, a Act, in CourtDecision) {
	p.require(Confirmations.leads(x.Result, in.Result), "/result", "该申请当前为“%s”，不能登记为该结果", x.Result.Name())
	since, what := &x.AppliedOn, "申请日期"
	if x.DocketedOn != nil {
		since, what = x.DocketedOn, "法院受理日期"
	}
	checkDay(p, "/on", "法院决定的日期", in.On, a.Today(), since, what)
	if in.CourtNo != "" {
		checkCourtNo(p, "/courtCaseNo", in.CourtNo)
		x.CourtCaseNo = &in.CourtNo
	}
	p.require(in.Result != ConfirmationDocketed || x.CourtCaseNo != nil, "/courtCaseNo", "请填写法院案号")
	on := in.On
	if in.Result == ConfirmationDocketed {
		x.DocketedOn = &on
	} else {
		x.RuledOn = &on
	}
	if !in.ReceivedOn.IsZero() {
		p.require(in.Result != ConfirmationDocketed, "/receivedOn", "受理时还没有裁定")
		checkDay(p, "/receivedOn", "收到裁定的日期", in.ReceivedOn, a.Today(), &on, "裁定日期")
		x.ReceivedOn = &in.ReceivedOn
	}
	ruled := in.Result == ConfirmationConfirmed || in.Result == ConfirmationDismissed
	p.require(!ruled || x.ReceivedOn != nil, "/receivedOn", "请填写当事人收到裁定的日期：异议期限自该日起算")
	reasons := map[ConfirmationResult][]string{ConfirmationRefused: refusalReasons, ConfirmationDismissed: dismissalReasons}[in.Result]
	if reasons != nil {
		p.require(slices.Contains(reasons, a.Reason), "/reason", "请选择法院的理由")
		x.Reason = &a.Reason
		return
	}
	p.require(a.Reason == "", "/reason", "只有不予受理和驳回才填写理由")
}

// afterDecision stops the court's clocks and starts those of the parties. In the archive no clock runs.
func (c *Case) afterDecision(a Act, x *Confirmation, on calendar.Date) error {
	for _, key := range courtRules {
		if x.Result != ConfirmationDocketed || key == ruleDocket {
			c.stopClocks(on, func(d Deadline) bool { return d.Key() == key && *d.About == x.No })
		}
	}
	if x.Result != ConfirmationConfirmed || c.Status == StatusArchived {
		return nil
	}
	if err := c.startClock(a, ruleObject, *x.ReceivedOn, &x.No); err != nil {
		return err
	}
	last := calendar.Date{}
	open := false
	for _, o := range c.obligationsOf(x.AgreementNo) {
		last = later(last, o.DueOn)
		open = open || o.Status != Performed
	}
	if g := find(c.Agreements, x.AgreementNo); !open || !g.InForce() {
		return nil // nothing to enforce
	}
	return c.startClock(a, ruleEnforce, last, &x.AgreementNo)
}

// RecordObjection records that somebody objected to the court's confirmation: a party within fifteen days from receipt
// (D12), an interested third person within six months from knowing of it, which only the court can judge (民诉法解释 372).
func (c *Case) RecordObjection(a Act, no int, on calendar.Date, by Objector) error {
	return c.move(a, ActionRecordObjection, on, func() error {
		x := find(c.Confirmations, no)
		if x == nil {
			return NotFound("司法确认申请")
		}
		switch {
		case x.Result != ConfirmationConfirmed:
			return Errorf(CodeGuard, "只有法院裁定有效之后才能登记异议，该申请当前为“%s”", x.Result.Name())
		case x.ObjectedOn != nil:
			return Errorf(CodeGuard, "已于%s登记异议", x.ObjectedOn)
		}
		var p problems
		checkDay(&p, "/on", "异议日期", on, a.Today(), x.ReceivedOn, "收到裁定的日期")
		p.require(by == ObjectorParty || by == ObjectorInterested, "/by", "请选择提出异议的人：当事人或者利害关系人")
		for _, d := range c.Deadlines {
			if by == ObjectorParty && of(ruleObject.Code, no)(d) {
				p.require(!on.After(d.DueOn), "/on", "当事人应当自收到裁定之日起十五日内（%s前）提出异议", d.DueOn)
			}
		}
		if err := p.err(); err != nil {
			return err
		}
		x.ObjectedOn, x.ObjectedBy = &on, &by
		c.stopClocks(on, of(ruleObject.Code, no))
		return nil
	})
}
