package domain_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"baimi/domain"
	"baimi/domain/calendar"
)

// do makes a move with input that meets its conditions on the case of at.
func do(c *domain.Case, action domain.Action, a domain.Actor) error {
	x := because(a, "test")
	if err, ok := doAgreement(c, action, x); ok {
		return err
	}
	if err, ok := doTeam(c, action, x); ok {
		return err
	}
	switch action {
	case domain.ActionDismiss:
		return c.Dismiss(x, today, nil)
	case domain.ActionRegister:
		in := dispute()
		in.Source, in.RequestedOn, in.RequestedHow = domain.SourceInitiative, today, domain.RequestedFinding
		_, err := c.RegisterClue(x, in)
		return err
	case domain.ActionRequestSupplement:
		return c.RequestSupplement(x, today, []string{"identity"}, tomorrow)
	case domain.ActionReceiveSupplement:
		return c.ReceiveSupplement(x, today)
	case domain.ActionTransfer:
		return c.Transfer(x, domain.Handover{On: today, ToOrg: townCommittee})
	case domain.ActionConfirmTransfer:
		return c.ConfirmTransfer(x, domain.Receipt{On: today}, nil)
	case domain.ActionRefuseTransfer:
		return c.RefuseTransfer(x, today)
	case domain.ActionReturnTransfer:
		return c.ReturnTransfer(x)
	case domain.ActionAskSuspension:
		x.Reason = string(calendar.Appraisal)
		return c.AskSuspension(x)
	case domain.ActionSuspend:
		x.Reason = string(calendar.Appraisal)
		return c.Suspend(x, today)
	case domain.ActionResume:
		return c.Resume(x, today)
	case domain.ActionExtend:
		return c.Extend(x, domain.Prolongation{AgreedOn: today, Until: today.AddDays(60), Parties: []int{1, 2}, How: "oral"})
	case domain.ActionAskReopening:
		x.Reason = "content_improper"
		return c.AskReopening(x, true)
	case domain.ActionReopen:
		return c.Reopen(x, today)
	case domain.ActionRefuseApproval:
		return c.RefuseApproval(x)
	case domain.ActionRecount:
		x.Calendar = otherDays
		return c.Recount(x)
	case domain.ActionAccept:
		return c.Accept(x, acceptance(today))
	case domain.ActionDecline:
		return c.Decline(x, ending(today))
	case domain.ActionAssign:
		return c.Assign(x, []domain.PersonID{own.Person})
	case domain.ActionCorrect:
		facts := "两家因排水沟发生争执。"
		return c.Correct(x, domain.Correction{Facts: &facts})
	case domain.ActionRecordConsent:
		return c.RecordConsent(x, 2, domain.Consented, today)
	case domain.ActionStart:
		return c.Start(x, today, notices(today, 1, 2), []int{1, 2})
	case domain.ActionAgreeOrally:
		return c.AgreeOrally(x, handshake(today))
	case domain.ActionAgreeInWriting:
		return c.AgreeInWriting(x, payment(today), signing(today))
	case domain.ActionFail:
		return c.Fail(x, ending(today))
	case domain.ActionWithdraw:
		return c.Withdraw(x, today)
	case domain.ActionRecordPerformance:
		return c.RecordPerformance(x, 1, domain.Performance{On: today, Status: domain.Performed})
	case domain.ActionGrantReading:
		return c.GrantReading(x, 99)
	case domain.ActionCorrectDates:
		return c.CorrectDates(x, domain.DateCorrection{RequestedOn: requested.AddDays(-1)})
	case domain.ActionAddRepresentative:
		return c.AddRepresentative(x, agent(1))
	case domain.ActionEndRepresentative:
		return c.EndRepresentative(x, 1, today)
	case domain.ActionAttach:
		return c.Attach(x, photo(1))
	case domain.ActionWithdrawAttachment:
		x.Reason = "wrong_file"
		return c.WithdrawAttachment(x, 1)
	case domain.ActionErase:
		return c.Erase(x, domain.Erasing{Texts: true, Ground: domain.GroundPurposeOver}, history[c.ID])
	case domain.ActionStopProcessing:
		return c.StopProcessing(x, 1)
	case domain.ActionRaiseEscalation:
		return c.RaiseEscalation(x, danger(domain.LevelRed))
	case domain.ActionRecordMeasures:
		return c.RecordMeasures(x, domain.NewMeasures{No: 1, At: x.At, Taken: []string{"calm"}})
	case domain.ActionReportEscalation:
		return c.ReportEscalation(x, domain.NewReport{No: 1, Organ: "police", How: "phone", At: x.At})
	case domain.ActionEndEscalation:
		return c.EndEscalation(x, domain.EscalationEnd{No: 1, At: x.At, Result: domain.ResultStable})
	case domain.ActionPlanSession:
		return c.PlanSession(x, meeting())
	case domain.ActionChangeSession:
		in := meeting()
		in.No = 1
		return c.ChangeSession(x, in)
	case domain.ActionCancelSession:
		return c.CancelSession(x, 1)
	case domain.ActionRecordSession:
		return c.RecordSession(x, round(started))
	case domain.ActionScreenParty:
		return c.ScreenParty(x, domain.NewScreening{PartyNo: 1, AskedAt: x.At, Alone: true, Safe: true})
	case domain.ActionOpenNote:
		return c.OpenNote(x, confidence(1, 2))
	case domain.ActionClose:
		return c.Close(x, today)
	case domain.ActionArchive:
		x.Reason = "paper_kept"
		return c.Archive(x, today, domain.FiledDocument{Code: "register"})
	case domain.ActionVoid:
		return c.Void(x)
	case domain.ActionSetConfidentiality:
		return c.SetConfidentiality(x, domain.Private)
	}
	panic("no call for " + action)
}

// ready lets an agreement with an obligation meet the conditions of closing, and one without those of performance.
func ready(tb testing.TB, s domain.Status, action domain.Action) *domain.Case {
	tb.Helper()
	if c := readyAgreement(tb, s, action); c != nil {
		c.NewEvents = nil
		return c
	}
	c := at(tb, s)
	switch {
	case action == domain.ActionClose && s == domain.StatusAgreedOral:
		visited(tb, c, concluded)
	case action == domain.ActionClose && s == domain.StatusAgreedWritten:
		must(tb, c.RecordPerformance(act(own), 1, domain.Performance{On: closed, Status: domain.Performed}))
		visited(tb, c, closed)
	case action == domain.ActionRecordPerformance && s == domain.StatusAgreedOral:
		c = at(tb, domain.StatusMediating)
		must(tb, c.AgreeOrally(act(own), payment(concluded)))
	}
	switch {
	case action == domain.ActionGrantReading:
		c.Confidentiality = domain.Restricted
	case action == domain.ActionClose && s == domain.StatusTransferred:
		must(tb, c.ConfirmTransfer(actOn(started, receiver), domain.Receipt{On: started}, nil))
	case action == domain.ActionReopen:
		if slices.Contains(is("agreed_oral", "agreed_written", "closed", "archived"), s) {
			must(tb, c.AskReopening(because(director, "content_improper"), true))
		}
	case action == domain.ActionRefuseApproval && slices.Contains(is("agreed_oral", "agreed_written", "closed", "archived"), s):
		must(tb, c.AskReopening(because(director, "content_improper"), true))
	case action == domain.ActionRefuseApproval && slices.Contains(is("accepted", "mediating"), s):
		must(tb, c.AskSuspension(because(own, string(calendar.Appraisal))))
	case action == domain.ActionAssign || action == domain.ActionTransfer:
		for i := range c.Parties {
			c.Parties[i].Consent, c.Parties[i].ConsentOn = domain.Consented, &started
		}
	}
	readyTeam(tb, c, s, action)
	switch action {
	case domain.ActionWithdrawAttachment:
		if slices.Contains(domain.MoveOf(action).From, s) {
			must(tb, c.Attach(act(director), photo(1)))
		}
	case domain.ActionEndRepresentative:
		if slices.Contains(domain.MoveOf(action).From, s) {
			must(tb, c.AddRepresentative(act(director), agent(1)))
		}
	case domain.ActionRecordMeasures, domain.ActionReportEscalation, domain.ActionEndEscalation:
		must(tb, c.RaiseEscalation(act(director), danger(domain.LevelYellow)))
	case domain.ActionChangeSession, domain.ActionCancelSession:
		withSession(c)
	case domain.ActionErase:
		history[c.ID] = c.NewEvents
	}
	c.NewEvents = nil
	return c
}

// history is the events of the cases that ready made for an erasure, which goes by them.
var history = map[uuid.UUID][]domain.Event{}
