package domain

import "baimi/domain/calendar"

// Approval is a move that somebody asks for and somebody else decides (待批准的申请): a suspension, a reopening.
type Approval struct {
	CaseRow
	Action    Action         `json:"action"`   // the move asked for
	Reason    string         `json:"reason"`   // a code word of that move
	Consents  bool           `json:"consents"` // all parties agree to it, where the reason asks for that
	AskedBy   PersonID       `json:"askedBy"`
	AskedOn   calendar.Date  `json:"askedOn"`
	DecidedBy *PersonID      `json:"decidedBy"`
	DecidedOn *calendar.Date `json:"decidedOn"`
	Granted   *bool          `json:"granted"`
}

// TableName names the table.
func (Approval) TableName() string { return "approval" }

// openApproval is the undecided request for a move, for any when action is empty; nil when there is none.
func (c *Case) openApproval(action Action) *Approval {
	for i := range c.Approvals {
		if x := &c.Approvals[i]; x.DecidedOn == nil && (action == "" || x.Action == action) {
			return x
		}
	}
	return nil
}

// ask puts a request for a move, one at a time.
func (c *Case) ask(a Act, action Action, consents bool) error {
	if open := c.openApproval(action); open != nil {
		return Errorf(CodeGuard, "已于%s提出申请，正在等待批准", open.AskedOn)
	}
	c.Approvals = append(c.Approvals, Approval{
		CaseRow: c.row(len(c.Approvals) + 1), Action: action, Reason: a.Reason, Consents: consents, AskedBy: a.Actor.Person, AskedOn: a.Today(),
	})
	return nil
}

// decide closes a request.
func (x *Approval) decide(a Act, granted bool) {
	by, on := a.Actor.Person, a.Today()
	x.DecidedBy, x.DecidedOn, x.Granted = &by, &on, &granted
}

// RefuseApproval turns the open request down. It is for those who could have granted it, and a leader who asked may take it back.
func (c *Case) RefuseApproval(a Act) error {
	return c.move(a, ActionRefuseApproval, a.Today(), func() error {
		open := c.openApproval("")
		if open == nil {
			return Errorf(CodeGuard, "没有待批准的申请")
		}
		m := MoveOf(open.Action)
		asked := open.AskedBy == a.Actor.Person // whoever asked may take it back
		if !asked && (!c.has(a.Actor, m.By...) || c.barsOwn(a.Actor, m)) {
			return Errorf(CodeForbidden, "“%s”的申请不由您（%s）决定", m.Label, a.Actor.Role.Name())
		}
		var p problems
		p.require(a.Reason != "", "/reason", "请选择不予批准的理由")
		if err := p.err(); err != nil {
			return err
		}
		open.decide(a, false)
		return nil
	})
}

// dropApprovals refuses what was asked for and is past: the case has ended otherwise.
func (c *Case) dropApprovals(a Act) {
	for i := range c.Approvals {
		if x := &c.Approvals[i]; x.DecidedOn == nil {
			x.decide(a, false)
		}
	}
}
