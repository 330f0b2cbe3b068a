package domain

import "baimi/domain/calendar"

// Supplement is what a committee asks for before it decides (补正): the missing papers, or the other side's consent.
type Supplement struct {
	CaseRow
	Items      Codes          `json:"items"`
	AskedOn    calendar.Date  `json:"askedOn"`
	DueOn      calendar.Date  `json:"dueOn"`
	ReceivedOn *calendar.Date `json:"receivedOn"`
}

// TableName names the table.
func (Supplement) TableName() string { return "supplement" }

// RequestSupplement asks for what is missing, until a day. The clock of the decision stops: it starts anew with what
// comes in.
func (c *Case) RequestSupplement(a Act, on calendar.Date, items []string, dueOn calendar.Date) error {
	return c.move(a, ActionRequestSupplement, on, func() error {
		var p problems
		checkDay(&p, "/on", "日期", on, a.Today(), &c.RequestedOn, "申请日期")
		p.require(len(items) > 0, "/items", "请勾选需要补正的事项")
		p.require(!dueOn.IsZero() && !dueOn.Before(on), "/dueOn", "请填写补正期限，不早于要求补正的日期")
		if err := p.err(); err != nil {
			return err
		}
		c.Supplements = append(c.Supplements, Supplement{CaseRow: c.row(len(c.Supplements) + 1), Items: setOf(items), AskedOn: on, DueOn: dueOn})
		c.stopClocks(on, of(ruleDecide.Code, 0))
		return nil
	})
}

// ReceiveSupplement records that what was missing came in.
func (c *Case) ReceiveSupplement(a Act, on calendar.Date) error {
	return c.move(a, ActionReceiveSupplement, on, func() error {
		var p problems
		asked := &c.Supplements[len(c.Supplements)-1]
		checkDay(&p, "/on", "收到日期", on, a.Today(), &asked.AskedOn, "要求补正的日期")
		if err := p.err(); err != nil {
			return err
		}
		asked.ReceivedOn = &on
		return c.startClock(a, ruleDecide, on, nil)
	})
}
