package domain

import (
	"slices"

	"baimi/domain/calendar"
)

// The grounds on which a case is mediated anew (人民调解法 33; 民事诉讼法 206; 司法部令75号 37).
const (
	groundInvalid   = "agreement_invalid"      // a court held the agreement invalid
	groundDismissed = "confirmation_dismissed" // a court dismissed the application for confirmation
	groundImproper  = "content_improper"       // the content is improper, and both sides want to change it
	groundDifficult = "performance_difficult"  // performance is in difficulty, and both sides want to mediate anew
	groundClosing   = "wrong_closing"          // it was closed by mistake
)

// groundsByConsent need both sides.
var groundsByConsent = []string{groundImproper, groundDifficult}

// reopens tells whether this case can be mediated anew at all: one that ended before a session begins as a new case that
// names this one.
func (c *Case) reopens() bool {
	return c.StartedOn != nil && c.Outcome != nil && (*c.Outcome == OutcomeAgreed || *c.Outcome == OutcomeFailed)
}

// AskReopening asks the judicial office to let the case be mediated anew.
func (c *Case) AskReopening(a Act, consents bool) error {
	return c.move(a, ActionAskReopening, a.Today(), func() error {
		var p problems
		grounds := []string{groundInvalid, groundDismissed, groundImproper, groundDifficult, groundClosing}
		p.require(slices.Contains(grounds, a.Reason), "/reason", "请选择重新调解的理由")
		p.require(consents || !slices.Contains(groundsByConsent, a.Reason), "/consents", "以此理由重新调解，须双方当事人同意")
		if err := p.err(); err != nil {
			return err
		}
		if !c.reopens() {
			return Errorf(CodeGuard, "该案件没有经过调解，不能重新调解；请作为新案件登记，并注明原案件")
		}
		if a.Reason != groundClosing && *c.Outcome != OutcomeAgreed {
			return Errorf(CodeGuard, "该案件没有达成协议，只能以“结案有误”为理由重新调解")
		}
		if err := c.backed(a.Reason); err != nil {
			return err
		}
		return c.ask(a, ActionReopen, consents)
	})
}

// Reopen lets the case be mediated anew: a further round with a clock of its own. The agreement of the round before stays,
// with what became of it; what was still owed under it is awaited no more. The case leaves the month in which it had
// ended, and counts where it ends next (ruling P7).
func (c *Case) Reopen(a Act, on calendar.Date) error {
	if asked := c.openApproval(ActionReopen); asked != nil {
		a.Reason = asked.Reason
	}
	return c.move(a, ActionReopen, on, func() error {
		asked := c.openApproval(ActionReopen)
		if asked == nil {
			return Errorf(CodeGuard, "没有主任的申请，不能批准重新调解")
		}
		var p problems
		checkDay(&p, "/on", "重新调解日期", on, a.Today(), c.ConcludedOn, "调解终结日期")
		if err := p.err(); err != nil {
			return err
		}
		if err := c.backed(asked.Reason); err != nil {
			return err
		}
		asked.decide(a, true)
		c.dropApprovals(a)
		if err := c.undoAgreement(asked.Reason, on); err != nil {
			return err
		}
		c.stopClocks(on, anyClock)
		c.Round++
		c.StartedOn = &on
		c.Outcome, c.ConcludedOn, c.EndReason = nil, nil, nil
		c.Remedies, c.RemediesToldOn = Codes{}, nil
		c.ClosedOn, c.ClosedBy, c.ArchivedOn = nil, nil, nil
		key, from, err := c.mediationClock()
		if err != nil {
			return err
		}
		return c.startClock(a, key, from, nil)
	})
}

// known refuses to go on with a case one of whose parties was erased: nobody could be invited any more.
func (c *Case) known() error {
	for _, x := range c.Parties {
		if x.Name.IsErased() {
			return Errorf(CodeGuard, "%s的个人信息已经删除，不能重新调解；当事人再次申请的，作为新案件登记", partyLabel(x))
		}
	}
	return nil
}

// backed asks for what a court decided to be on record, where the ground says that it did; and lets no case go back while a
// court still has its agreement before it.
func (c *Case) backed(ground string) error {
	if err := c.known(); err != nil {
		return err
	}
	switch {
	case c.openConfirmation() != nil:
		return Errorf(CodeGuard, "双方已申请司法确认，法院尚未作出决定，不能重新调解")
	case ground == groundInvalid && !slices.ContainsFunc(c.Agreements, Agreement.undoneByCourt):
		return Errorf(CodeGuard, "请先登记法院撤销协议或者确认协议无效的裁判")
	case ground == groundDismissed && !slices.ContainsFunc(c.Confirmations, func(x Confirmation) bool { return x.Result == ConfirmationDismissed }):
		return Errorf(CodeGuard, "请先登记法院驳回司法确认申请的裁定")
	}
	return nil
}

func (g Agreement) undoneByCourt() bool {
	return g.RulingNo != nil && (g.Status == AgreementInvalid || g.Status == AgreementRevoked)
}

// undoAgreement says what became of the agreement of the round before: what a court undid stays undone; a wrong closing
// revokes it; on every other ground the parties change it.
func (c *Case) undoAgreement(ground string, on calendar.Date) error {
	c.abandonDrafts(on)
	g := c.inForce()
	if g == nil {
		return nil
	}
	becomes := AgreementChanged
	if ground == groundClosing {
		becomes = AgreementRevoked
	}
	return c.endAgreement(g, becomes, later(on, dateOr(g.EndedOn)))
}
