package domain

import "slices"

// capacities is what an actor is to this case.
func (c *Case) capacities(a Actor) []Capacity {
	if a.County != c.County {
		return nil
	}
	var is []Capacity
	part := slices.Contains(c.Orgs, a.Org)
	switch a.Role {
	case RolePointKeeper:
		if part {
			is = append(is, AsIntake)
		}
	case RoleMediator, RoleCommitteeDirector:
		if part {
			is = append(is, AsIntake)
		}
		if slices.Contains(c.Mediators, a.Person) {
			is = append(is, AsCaseMediator)
		}
		if a.Role == RoleMediator && a.Committee == c.Committee {
			is = append(is, AsCommitteeMediator)
		}
		if a.Role == RoleCommitteeDirector && a.Org == c.Committee {
			is = append(is, AsDirector)
		}
	case RoleJudicialOfficer:
		if a.oversees(c.AreaPath) {
			is = append(is, AsJudicialOffice)
		}
	case RoleSecurityAdmin:
		is = append(is, AsSecurityAdmin)
	case RoleBureauOfficer:
		if a.oversees(c.AreaPath) {
			is = append(is, AsBureau)
		}
	case RoleSystem:
		is = append(is, AsSystem)
	}
	if slices.Contains(is, AsCaseMediator) || a.Scope().Sees(c) {
		is = append(is, AsReader)
	}
	if c.answersTransfer(a, is) {
		is = append(is, AsReceiver)
	}
	return is
}

// answersTransfer tells who answers the open transfer: the staff of the committee that is to receive it; for an organ
// outside the service, whose answer comes on paper, those who sent it.
func (c *Case) answersTransfer(a Actor, is []Capacity) bool {
	t := c.openTransfer()
	switch {
	case t == nil:
		return false
	case t.ToOrg == nil:
		return slices.Contains(is, AsDirector) || slices.Contains(is, AsJudicialOffice)
	}
	return (a.Role == RoleCommitteeDirector || a.Role == RoleMediator) && a.Committee == *t.ToOrg
}

func (c *Case) has(a Actor, any ...Capacity) bool {
	return slices.ContainsFunc(c.capacities(a), func(x Capacity) bool { return slices.Contains(any, x) })
}

// AvailableActions are the moves the actor may make now, as far as state and capacity decide it; a move's other
// conditions are checked when it is made.
func (c *Case) AvailableActions(a Actor) []Move {
	open := []Move{}
	for _, m := range Moves {
		if slices.Contains(m.From, c.Status) && c.has(a, m.By...) && !a.ReadOnly && !c.barsOwn(a, m) && !c.idle(m) {
			open = append(open, m)
		}
	}
	return open
}

// idle tells that a move has nothing to act on, so that no button leads to an empty form.
func (c *Case) idle(m Move) bool {
	g, draft := c.inForce(), c.openDraft()
	pending := g != nil && slices.ContainsFunc(c.obligationsOf(g.No), func(o Obligation) bool { return !o.Settled() })
	switch m.Action {
	case ActionRecordPerformance, ActionUrge:
		return !pending
	case ActionSignAgreement:
		return draft == nil || draft.Status != AgreementDraft || c.refusal() != nil
	case ActionSealAgreement:
		return draft == nil || draft.Status != AgreementSigned || c.refusal() != nil
	case ActionRecordRuling:
		return g == nil
	case ActionApplyConfirmation:
		return c.confirmable(g) != nil
	case ActionRecordConfirmation:
		return c.openConfirmation() == nil
	case ActionRecordObjection:
		return !slices.ContainsFunc(c.Confirmations, func(x Confirmation) bool { return x.Result == ConfirmationConfirmed && x.ObjectedOn == nil })
	case ActionRecordFollowUp:
		return !slices.ContainsFunc(c.FollowUps, func(f FollowUp) bool { return f.Status == FollowUpPlanned })
	case ActionPlanFollowUps:
		return g == nil || len(PlanFollowUps(*g, c.Obligations, c.FollowUps)) == 0
	case ActionClose:
		return pending || c.openTransfer() != nil || g != nil && !c.visited(g)
	case ActionAccept, ActionStart, ActionAgreeOrally:
		return c.refusal() != nil
	case ActionAgreeInWriting, ActionDraftAgreement:
		return c.Status == StatusMediating && c.refusal() != nil
	case ActionRecordMeasures, ActionEndEscalation:
		return !slices.ContainsFunc(c.Escalations, func(x Escalation) bool { return x.EndedAt == nil })
	case ActionReportEscalation:
		return len(c.Escalations) == 0
	case ActionChangeSession, ActionCancelSession:
		return !slices.ContainsFunc(c.Sessions, func(s MediationSession) bool { return s.Status == SessionPlanned })
	case ActionEndRepresentative:
		return !slices.ContainsFunc(c.Representatives, func(r Representative) bool { return r.UntilOn == nil })
	case ActionDecideRecusal:
		return c.openRecusal(0) == nil
	case ActionEndInvitation:
		return !slices.ContainsFunc(c.Invitees, func(x Invitee) bool { return x.UntilOn == nil })
	case ActionWithdrawDataConsent:
		return !slices.ContainsFunc(c.DataConsents, DataConsent.standing)
	case ActionCorrectDates:
		return c.SentFrom != nil
	case ActionStopProcessing:
		return !slices.ContainsFunc(c.Parties, func(x Party) bool { return x.StoppedOn == nil })
	case ActionGrantReading:
		return c.Confidentiality != Restricted
	case ActionAskSuspension:
		return c.openApproval(ActionSuspend) != nil
	case ActionAskReopening:
		return c.openApproval(ActionReopen) != nil || !c.reopens() || c.known() != nil
	case ActionReopen:
		return c.openApproval(ActionReopen) == nil || c.known() != nil
	case ActionRefuseApproval:
		return c.openApproval("") == nil
	case ActionExtend:
		d := c.mediationDeadline()
		return d == nil || !d.extends()
	}
	return false
}

// barsOwn keeps a mediator from approving his own case; the approval passes to the next leader (ruling P15).
func (c *Case) barsOwn(a Actor, m Move) bool {
	if m.Action == ActionDecideRecusal {
		others := slices.ContainsFunc(c.Recusals, func(x Recusal) bool { return x.Status == RecusalOpen && x.Person != a.Person })
		return !others && c.openRecusal(a.Person) != nil
	}
	approves := m.Action == ActionClose || m.Action == ActionArchive || m.Action == ActionSuspend || m.Action == ActionCorrectDates
	return approves && slices.Contains(c.Mediators, a.Person)
}

// notYours says why a move is not open to somebody: a mediator of another case must not think that his account is broken.
func (c *Case) notYours(a Actor, m Move) error {
	mediates := a.Role == RoleMediator || a.Role == RoleCommitteeDirector
	switch {
	case mediates && slices.Contains(m.By, AsCaseMediator) && len(c.Mediators) == 0:
		return Errorf(CodeForbidden, "案件当前为“%s”，尚未确定调解员，不能办理“%s”", c.Status.Name(), m.Label)
	case mediates && slices.Contains(m.By, AsCaseMediator):
		return Errorf(CodeForbidden, "您不是本案的调解员，不能办理“%s”", m.Label)
	}
	return Errorf(CodeForbidden, "您的身份（%s）不能对该案件办理“%s”", a.Role.Name(), m.Label)
}
