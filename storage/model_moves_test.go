package storage_test

import (
	"context"
	"errors"
	"slices"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
	"baimi/storage/storagetest"
)

func reasonOf(action string) string {
	switch action {
	case "ask_suspension", "suspend":
		return string(calendar.Appraisal)
	case "ask_reopening":
		return "content_improper"
	case "dismiss":
		return "unfounded"
	case "reject":
		return "unclear"
	case "docket", "confirm", "take_back":
		return ""
	}
	return "other"
}

func (s *stage) move(ctx context.Context, replica *storage.Store, c *domain.Case, a domain.Act, x *try) error {
	today, w := a.Today(), s.town
	notices := []domain.Notice{{PartyNo: 1, How: "oral", On: today}, {PartyNo: 2, How: "oral", On: today}}
	switch x.action {
	case "dismiss":
		return c.Dismiss(a, today, nil)
	case "register":
		in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
		in.Source, in.RequestedOn, in.RequestedHow = domain.SourceInitiative, today, domain.RequestedFinding
		_, err := c.RegisterClue(a, in)
		return err
	case "request_supplement":
		return c.RequestSupplement(a, today, []string{"identity"}, today.AddDays(5))
	case "receive_supplement":
		return c.ReceiveSupplement(a, today)
	case "accept":
		number := domain.FileNumber{Year: today.Year()}
		if c.Status == domain.StatusRegistered && x.who != "job" { // as the use case does: no number for what cannot be accepted
			var err error
			if number, err = replica.NextFileNumber(ctx, a.Actor.Scope(), c.Committee, today.Year()); err != nil {
				return err
			}
		}
		return c.Accept(a, domain.Acceptance{On: today, Mediators: []domain.PersonID{s.actors["own"].Person}, Number: number})
	case "decline":
		return c.Decline(a, domain.Ending{On: today, Remedies: []string{"court"}, ToldOn: today})
	case "transfer":
		return c.Transfer(a, domain.Handover{On: today, ToOrg: w.CommitteeB1})
	case "confirm_transfer":
		return c.ConfirmTransfer(a, domain.Receipt{On: today}, nil)
	case "refuse_transfer":
		return c.RefuseTransfer(a, today)
	case "return_transfer":
		return c.ReturnTransfer(a)
	case "assign":
		return c.Assign(a, []domain.PersonID{s.actors["own"].Person})
	case "consent":
		return c.RecordConsent(a, x.party+1, x.said, today)
	case "start":
		return c.Start(a, today, notices, []int{1, 2})
	case "ask_suspension":
		return c.AskSuspension(a)
	case "suspend":
		return c.Suspend(a, today)
	case "resume":
		return c.Resume(a, today)
	case "fail":
		return c.Fail(a, domain.Ending{On: today, Remedies: []string{"court"}, ToldOn: today})
	case "withdraw":
		return c.Withdraw(a, today)
	case "agree_orally":
		return c.AgreeOrally(a, domain.Terms{On: today, Text: "和好。", NoPerformance: true})
	case "agree_in_writing":
		return c.AgreeInWriting(a, domain.Terms{On: today, Text: "赔礼道歉。", Obligations: []domain.NewObligation{
			{Debtor: 2, Creditor: 1, What: "赔礼道歉", Manner: "act", DueOn: today},
		}}, domain.Signing{
			Parties:          []domain.Signature{{PartyNo: 1, Method: "handwritten", SignedOn: today}, {PartyNo: 2, Method: "seal", SignedOn: today}},
			MediatorSignedOn: today, SealedOn: today,
		})
	case "perform":
		open := slices.IndexFunc(c.Obligations, func(o domain.Obligation) bool { return !o.Settled() })
		return c.RecordPerformance(a, max(open, 0)+1, domain.Performance{On: today, Status: domain.Performed})
	case "draft", "sign", "seal", "urge", "visit", "miss", "plan", "apply", "docket", "take_back", "confirm", "reject", "object", "annul":
		return moveBelow(c, a, x.action)
	case "alarm", "measure", "report", "calm", "represent", "unrepresent", "correct", "misdated", "erase", "erase_asked", "stop":
		return s.moveBeside(ctx, replica, c, a, x)
	case "question", "overrule", "invite", "uninvite", "call", "inform", "agree_to_data", "withdraw_data":
		return s.moveAround(c, a, x.action)
	case "record":
		return c.RecordSession(a, storagetest.Round(a, 1, 2))
	case "close":
		return c.Close(a, today)
	case "archive":
		return c.Archive(a, today)
	case "ask_reopening":
		return c.AskReopening(a, true)
	case "reopen":
		return c.Reopen(a, today)
	case "refuse_approval":
		return c.RefuseApproval(a)
	case "void":
		return c.Void(a)
	}
	return errors.New("no such move")
}

// moveBeside makes a move that stands beside the life cycle: dangers, agents, corrections, erasing.
func (s *stage) moveBeside(ctx context.Context, replica *storage.Store, c *domain.Case, a domain.Act, x *try) error {
	today, last := a.Today(), len(c.Escalations)
	switch x.action {
	case "alarm":
		return c.RaiseEscalation(a, domain.NewEscalation{FoundAt: a.At, Level: domain.LevelRed, Kind: domain.EscalationCrime, Signs: "扬言报复。"})
	case "measure":
		return c.RecordMeasures(a, domain.NewMeasures{No: last, At: a.At, Taken: []string{"calm"}})
	case "report":
		return c.ReportEscalation(a, domain.NewReport{No: last, Organ: "police", How: "phone", At: a.At})
	case "calm":
		return c.EndEscalation(a, domain.EscalationEnd{No: last, At: a.At, Result: domain.ResultStable})
	case "represent":
		return c.AddRepresentative(a, domain.NewRepresentative{PartyNo: 1, Kind: domain.RepresentativeAgent, Name: "赵敏", Powers: []string{"receive_papers"}, From: today})
	case "unrepresent":
		i := slices.IndexFunc(c.Representatives, func(r domain.Representative) bool { return r.UntilOn == nil })
		return c.EndRepresentative(a, i+1, today)
	case "correct":
		facts := "两家因排水发生争执，" + a.At.Format(time.RFC3339) + "更正。"
		return c.Correct(a, domain.Correction{Facts: &facts})
	case "stop":
		return c.StopProcessing(a, 1)
	case "misdated":
		on := c.RequestedOn.AddDays(-1)
		if c.FoundOn != nil {
			on = c.FoundOn.AddDays(-1)
		}
		return c.CorrectDates(a, domain.DateCorrection{RequestedOn: on})
	}
	scope := a.Actor.Scope()
	if x.who == "job" {
		scope = county
	}
	history, err := replica.CaseEvents(ctx, scope, c.CaseID())
	if err != nil {
		return err
	}
	in := domain.Erasing{Texts: true, Ground: domain.GroundPurposeOver}
	if x.action == "erase_asked" {
		in.Ground = domain.GroundRequest
	}
	return c.Erase(a, in, history)
}

// moveBelow makes a move of the machines below a case: on the newest agreement, application and last visit.
func moveBelow(c *domain.Case, a domain.Act, action string) error {
	today, g := a.Today(), len(c.Agreements)
	court := func(r domain.ConfirmationResult) error {
		in := domain.CourtDecision{Result: r, On: today, CourtNo: courtNumber}
		if r != domain.ConfirmationDocketed {
			in.ReceivedOn = today
		}
		return c.RecordConfirmation(a, len(c.Confirmations), in)
	}
	switch action {
	case "draft":
		return c.DraftAgreement(a, domain.Terms{On: today, Text: "赔礼道歉。", Obligations: []domain.NewObligation{
			{Debtor: 2, Creditor: 1, What: "赔礼道歉", Manner: "act", DueOn: today},
		}})
	case "sign":
		return c.SignAgreement(a, g, []domain.Signature{{PartyNo: 1, Method: "handwritten", SignedOn: today}, {PartyNo: 2, Method: "seal", SignedOn: today}}, today)
	case "seal":
		return c.SealAgreement(a, g, today)
	case "urge":
		open := slices.IndexFunc(c.Obligations, func(o domain.Obligation) bool { return !o.Settled() })
		return c.Urge(a, open+1, today, domain.ByPhone)
	case "visit", "miss":
		v := domain.Visit{On: today, How: domain.ByPhone, Reached: action == "visit", Satisfaction: domain.Satisfied, Seen: domain.SeenPartly, NewRisk: new(bool)}
		last := 0
		for _, f := range c.FollowUps {
			if f.Kind != domain.FollowUpEach {
				last = f.No
			}
		}
		return c.RecordFollowUp(a, last, v)
	case "plan":
		return c.PlanFollowUps(a)
	case "apply":
		return c.ApplyForConfirmation(a, domain.Application{On: today, Court: "测试市人民法院", Parties: []int{1, 2}})
	case "docket":
		return court(domain.ConfirmationDocketed)
	case "take_back":
		return court(domain.ConfirmationWithdrawn)
	case "confirm":
		return court(domain.ConfirmationConfirmed)
	case "reject":
		return court(domain.ConfirmationDismissed)
	case "object":
		return c.RecordObjection(a, len(c.Confirmations), today, domain.ObjectorInterested)
	}
	i := slices.IndexFunc(c.Agreements, domain.Agreement.InForce)
	return c.RecordAgreementRuling(a, max(i, 0)+1, domain.CourtRuling{On: today, Result: domain.AgreementInvalid, RulingNo: courtNumber})
}
