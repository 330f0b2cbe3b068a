package domain_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"baimi/domain"
	"baimi/domain/calendar"
)

// fine is a visit at which all was well.
func fine(on calendar.Date) domain.Visit {
	return domain.Visit{On: on, How: domain.ByPhone, Reached: true, Satisfaction: domain.Satisfied, Seen: domain.SeenPerformed, NewRisk: new(bool)}
}

// visited makes the last visit of the case's agreement on a day, so that it can be closed.
func visited(tb testing.TB, c *domain.Case, on calendar.Date) {
	tb.Helper()
	for _, f := range c.FollowUps {
		if f.Kind != domain.FollowUpEach && f.Status == domain.FollowUpPlanned {
			must(tb, c.RecordFollowUp(act(own), f.No, fine(on)))
		}
	}
}

const court, courtNumber = "简阳市人民法院", "（2026）川0185民特12号"

// applied is an application of both sides.
func applied(on calendar.Date) domain.Application {
	return domain.Application{On: on, Court: court, Parties: []int{1, 2}}
}

func docketed(on calendar.Date) domain.CourtDecision {
	return domain.CourtDecision{Result: domain.ConfirmationDocketed, On: on, CourtNo: courtNumber}
}

func ruled(r domain.ConfirmationResult, on calendar.Date) domain.CourtDecision {
	return domain.CourtDecision{Result: r, On: on, ReceivedOn: on}
}

// confirmedCase is a case whose written agreement a court confirmed.
func confirmedCase(tb testing.TB) *domain.Case {
	tb.Helper()
	c := at(tb, domain.StatusAgreedWritten)
	confirm(tb, c)
	return c
}

func confirm(tb testing.TB, c *domain.Case) {
	tb.Helper()
	must(tb, c.ApplyForConfirmation(act(own), applied(concluded)))
	must(tb, c.RecordConfirmation(act(own), 1, docketed(concluded)))
	must(tb, c.RecordConfirmation(act(own), 1, ruled(domain.ConfirmationConfirmed, concluded)))
}

// drafted is a case with a draft; signedBy lets parties and, after all of them, the mediator sign it.
func drafted(tb testing.TB, change ...func(*domain.Registration)) *domain.Case {
	tb.Helper()
	c := mediated(tb, change...)
	must(tb, c.DraftAgreement(act(own), payment(concluded)))
	return c
}

func mediated(tb testing.TB, change ...func(*domain.Registration)) *domain.Case {
	tb.Helper()
	c := takeIn(tb, change...)
	if c.Referrer != nil {
		bothAsk(tb, c, act(keeper))
	}
	must(tb, c.Accept(act(director), acceptance(accepted)))
	must(tb, c.Start(act(own), started, notices(accepted, 1, 2), []int{1, 2}))
	return c
}

func allSign(tb testing.TB, c *domain.Case, on calendar.Date) {
	tb.Helper()
	must(tb, c.SignAgreement(act(own), len(c.Agreements), signing(on).Parties, on))
}

// sentOnline is a matter that a court sent on the courts' platform before filing.
func sentOnline(r *domain.Registration) {
	referrer := domain.ReferrerCourt
	r.Source, r.Referrer = domain.SourceReferred, &referrer
	on := r.RequestedOn
	r.CourtReferral = domain.CourtReferral{Kind: calendar.Delegated, Online: true, PapersOn: &on}
}

func electronic(on calendar.Date, parties ...int) []domain.Signature {
	var list []domain.Signature
	for _, no := range parties {
		list = append(list, domain.Signature{PartyNo: no, Method: "electronic", SignedOn: on})
	}
	return list
}

// dueSoon is a payment due on the day after the agreement, before today.
func dueSoon(on calendar.Date) domain.Terms {
	in := payment(on)
	in.Obligations[0].DueOn = closed
	return in
}

// readyAgreement brings a case of an agreement to where a move of one of its machines is open; nil for other moves.
func readyAgreement(tb testing.TB, s domain.Status, action domain.Action) *domain.Case {
	tb.Helper()
	if !slices.Contains(domain.MoveOf(action).From, s) {
		return nil
	}
	var c *domain.Case
	switch action {
	case domain.ActionSignAgreement, domain.ActionSealAgreement:
		c = at(tb, s)
		must(tb, c.DraftAgreement(act(own), payment(concluded)))
		if action == domain.ActionSealAgreement {
			allSign(tb, c, concluded)
		}
	case domain.ActionUrge:
		c = mediated(tb)
		if s == domain.StatusAgreedOral {
			must(tb, c.AgreeOrally(act(own), dueSoon(concluded)))
		} else {
			must(tb, c.AgreeInWriting(act(own), dueSoon(concluded), signing(concluded)))
		}
	case domain.ActionApplyConfirmation, domain.ActionRecordConfirmation, domain.ActionRecordObjection:
		c = at(tb, domain.StatusAgreedWritten)
		switch action {
		case domain.ActionRecordConfirmation:
			must(tb, c.ApplyForConfirmation(act(own), applied(concluded)))
		case domain.ActionRecordObjection:
			confirm(tb, c)
		}
		closeUpTo(tb, c, s)
	case domain.ActionRecordFollowUp:
		c = at(tb, s)
	case domain.ActionPlanFollowUps:
		c = at(tb, s)
		must(tb, c.RecordFollowUp(act(own), 1, domain.Visit{On: concluded, How: domain.ByPhone}))
	}
	return c
}

// closeUpTo performs, visits, closes and archives a case with a payment, as far as the status says.
func closeUpTo(tb testing.TB, c *domain.Case, s domain.Status) {
	tb.Helper()
	if s != domain.StatusClosed && s != domain.StatusArchived {
		return
	}
	must(tb, c.RecordPerformance(act(own), 1, domain.Performance{On: closed, Status: domain.Performed}))
	visited(tb, c, closed)
	must(tb, c.Close(act(director), closed))
	if s == domain.StatusArchived {
		must(tb, c.RecordSession(act(own), round(concluded)))
		must(tb, c.Archive(because(director, "paper_kept"), archived))
	}
}

// doAgreement makes a move of one of the machines of an agreement on a case that readyAgreement made; ok is false for others.
func doAgreement(c *domain.Case, action domain.Action, x domain.Act) (err error, ok bool) {
	x.Reason = ""
	last := max(len(c.Agreements), 1)
	switch action {
	case domain.ActionDraftAgreement:
		return c.DraftAgreement(x, payment(today)), true
	case domain.ActionSignAgreement:
		return c.SignAgreement(x, last, signing(today).Parties, calendar.Date{}), true
	case domain.ActionSealAgreement:
		return c.SealAgreement(x, last, today), true
	case domain.ActionUrge:
		return c.Urge(x, 1, today, domain.ByLetter), true
	case domain.ActionApplyConfirmation:
		return c.ApplyForConfirmation(x, applied(today)), true
	case domain.ActionRecordConfirmation:
		return c.RecordConfirmation(x, 1, docketed(today)), true
	case domain.ActionRecordObjection:
		return c.RecordObjection(x, 1, today, domain.ObjectorParty), true
	case domain.ActionRecordRuling:
		return c.RecordAgreementRuling(x, 1, domain.CourtRuling{On: today, Result: domain.AgreementInvalid, RulingNo: courtNumber}), true
	case domain.ActionRecordFollowUp:
		return c.RecordFollowUp(x, 1, fine(today)), true
	case domain.ActionPlanFollowUps:
		return c.PlanFollowUps(x), true
	}
	return nil, false
}

// drawAgreement makes a move of one of the machines of an agreement with good and bad input; ok is false for others.
func drawAgreement(t *rapid.T, c *domain.Case, action domain.Action, x domain.Act, on calendar.Date) (err error, ok bool) {
	no := rapid.SampledFrom([]int{1, 1, 1, 2, 3}).Draw(t, "row")
	last := max(len(c.Agreements), 1)
	switch action {
	case domain.ActionDraftAgreement:
		return c.DraftAgreement(x, payment(on)), true
	case domain.ActionSignAgreement:
		mediator := rapid.SampledFrom([]calendar.Date{{}, on, on}).Draw(t, "mediator")
		return c.SignAgreement(x, last, signing(on).Parties[:rapid.IntRange(0, 2).Draw(t, "signers")], mediator), true
	case domain.ActionSealAgreement:
		return c.SealAgreement(x, last, on), true
	case domain.ActionUrge:
		return c.Urge(x, no, on, rapid.SampledFrom([]domain.ContactHow{domain.ByPhone, ""}).Draw(t, "how")), true
	case domain.ActionApplyConfirmation:
		return c.ApplyForConfirmation(x, applied(on)), true
	case domain.ActionRecordConfirmation:
		in := rapid.SampledFrom([]domain.CourtDecision{
			docketed(on), docketed(on), ruled(domain.ConfirmationConfirmed, on), ruled(domain.ConfirmationDismissed, on), ruled(domain.ConfirmationRefused, on),
			ruled(domain.ConfirmationWithdrawn, on), ruled(domain.ConfirmationDeemedWithdrawn, on),
			{Result: domain.ConfirmationConfirmed, On: on},
		}).Draw(t, "decision")
		x.Reason = rapid.SampledFrom([]string{"", "", "unclear", "wrong_court"}).Draw(t, "court's reason")
		return c.RecordConfirmation(x, no, in), true
	case domain.ActionRecordObjection:
		return c.RecordObjection(x, no, on, rapid.SampledFrom([]domain.Objector{domain.ObjectorParty, domain.ObjectorInterested, ""}).Draw(t, "by")), true
	case domain.ActionRecordRuling:
		r := rapid.SampledFrom([]domain.AgreementStatus{domain.AgreementInvalid, domain.AgreementRevoked, domain.AgreementChanged, domain.AgreementFulfilled}).Draw(t, "ruling")
		return c.RecordAgreementRuling(x, last, domain.CourtRuling{On: on, Result: r, RulingNo: courtNumber}), true
	case domain.ActionRecordFollowUp:
		v := fine(on)
		v.Reached = rapid.Bool().Draw(t, "reached")
		return c.RecordFollowUp(x, rapid.IntRange(1, 4).Draw(t, "visit"), v), true
	case domain.ActionPlanFollowUps:
		return c.PlanFollowUps(x), true
	}
	return nil, false
}
