package domain_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"baimi/domain"
	"baimi/domain/calendar"
)

// objection is what a party says against the usual case's mediator.
func objection(on calendar.Date) domain.NewRecusal {
	return domain.NewRecusal{
		Kind: domain.RecusalAsked, PartyNo: 2, Mediator: own.Person, Grounds: []string{"near_relative"}, Statement: "调解员是对方的堂兄。", On: on,
	}
}

// uncle is somebody invited with the consent of both parties.
func uncle(on calendar.Date) domain.Invitation {
	return domain.Invitation{
		Kind: domain.InviteeRelative, Name: "王德顺", Phone: "13900139000", PartyNo: 1, Why: "双方都敬重的长辈。", Parties: []int{1, 2}, AgreedOn: on,
	}
}

// unanswered is a call to the respondent that nobody took.
func unanswered(on calendar.Date) domain.NewContact {
	return domain.NewContact{PartyNo: 2, How: domain.ByPhone, At: on.StartOfDay().Add(9 * time.Hour), Result: domain.ContactNotReached, Note: "无人接听。"}
}

func told(kind domain.NoticeKind, on calendar.Date) domain.Telling {
	return domain.Telling{Kind: kind, Parties: []int{1, 2}, How: "written", On: on}
}

func sensitive(on calendar.Date) domain.NewDataConsent {
	return domain.NewDataConsent{PartyNo: 1, Kinds: []string{"medical"}, Granted: true, How: "written", On: on}
}

// doTeam makes a move about the people around the case; ok is false for others.
func doTeam(c *domain.Case, action domain.Action, x domain.Act) (err error, ok bool) {
	x.Reason = ""
	switch action {
	case domain.ActionAskRecusal:
		return c.AskRecusal(x, objection(today)), true
	case domain.ActionDiscloseInterest:
		return c.DiscloseInterest(x, domain.Disclosure{Grounds: []string{"interest"}, Statement: "曾与一方合伙。", On: today}), true
	case domain.ActionDecideRecusal:
		return c.DecideRecusal(x, domain.RecusalDecision{No: 1, Status: domain.RecusalGranted, On: today}), true
	case domain.ActionInvite:
		return c.Invite(x, uncle(today)), true
	case domain.ActionEndInvitation:
		return c.EndInvitation(x, 1, today), true
	case domain.ActionRecordContact:
		return c.RecordContact(x, unanswered(today)), true
	case domain.ActionGiveNotice:
		return c.GiveNotice(x, told(domain.NoticePrivacy, today)), true
	case domain.ActionRecordDataConsent:
		return c.RecordDataConsent(x, sensitive(today)), true
	case domain.ActionWithdrawDataConsent:
		return c.WithdrawDataConsent(x, 1, today), true
	}
	return nil, false
}

// readyTeam leaves in the case what such a move acts on.
func readyTeam(tb testing.TB, c *domain.Case, s domain.Status, action domain.Action) {
	tb.Helper()
	if !slices.Contains(domain.MoveOf(action).From, s) {
		return
	}
	switch action {
	case domain.ActionDecideRecusal:
		must(tb, c.AskRecusal(act(director), objection(today)))
	case domain.ActionEndInvitation:
		must(tb, c.Invite(act(director), uncle(today)))
	case domain.ActionRecordDataConsent:
		must(tb, c.GiveNotice(act(director), told(domain.NoticePrivacy, today)))
	case domain.ActionWithdrawDataConsent:
		c.DataConsents = []domain.DataConsent{{CaseRow: domain.CaseRow{No: 1}, PartyNo: 1, Granted: true, GivenOn: requested}}
	}
}

// drawTeam makes such a move with good and bad input; ok is false for others.
func drawTeam(t *rapid.T, c *domain.Case, action domain.Action, x domain.Act, on calendar.Date) (err error, ok bool) {
	party := rapid.IntRange(1, 3).Draw(t, "whose")
	parties := rapid.SampledFrom([][]int{{1, 2}, {1, 2}, {1}, {1, 2, 3}}).Draw(t, "parties")
	someone := rapid.SampledFrom([]domain.PersonID{2, 3, 4, 7}).Draw(t, "mediator")
	switch action {
	case domain.ActionAskRecusal:
		in := objection(on)
		in.Kind = rapid.SampledFrom([]domain.RecusalKind{domain.RecusalAsked, domain.RecusalReplacement, domain.RecusalOwn, ""}).Draw(t, "kind")
		in.PartyNo, in.Mediator = party, someone
		return c.AskRecusal(x, in), true
	case domain.ActionDiscloseInterest:
		return c.DiscloseInterest(x, domain.Disclosure{Withdraws: rapid.Bool().Draw(t, "withdraws"), Grounds: []string{"interest"}, On: on}), true
	case domain.ActionDecideRecusal:
		in := domain.RecusalDecision{No: rapid.IntRange(1, 3).Draw(t, "recusal"), On: on, Parties: parties}
		in.Status = rapid.SampledFrom([]domain.RecusalStatus{
			domain.RecusalGranted, domain.RecusalRefused, domain.RecusalWaived, domain.RecusalWithdrawn, domain.RecusalLapsed,
		}).Draw(t, "decision")
		in.Mediators = rapid.SliceOfNDistinct(rapid.SampledFrom([]domain.PersonID{2, 3, 4, 7}), 0, 2, rapid.ID).Draw(t, "next")
		in.Reason = rapid.SampledFrom([]string{"", "理由不成立。"}).Draw(t, "words")
		return c.DecideRecusal(x, in), true
	case domain.ActionInvite:
		in := uncle(on)
		in.PartyNo, in.Parties = party, parties
		return c.Invite(x, in), true
	case domain.ActionEndInvitation:
		return c.EndInvitation(x, party, on), true
	case domain.ActionRecordContact:
		in := unanswered(on)
		in.PartyNo = party
		in.Result = rapid.SampledFrom([]domain.ContactResult{
			domain.ContactReached, domain.ContactNotReached, domain.ContactNotReached, domain.ContactPromised, domain.ContactRefused, "",
		}).Draw(t, "result")
		return c.RecordContact(x, in), true
	case domain.ActionGiveNotice:
		in := told(rapid.SampledFrom([]domain.NoticeKind{domain.NoticeRights, domain.NoticePrivacy, ""}).Draw(t, "notice"), on)
		in.Parties = parties
		return c.GiveNotice(x, in), true
	case domain.ActionRecordDataConsent:
		in := sensitive(on)
		in.PartyNo, in.Granted = party, rapid.Bool().Draw(t, "granted")
		return c.RecordDataConsent(x, in), true
	case domain.ActionWithdrawDataConsent:
		return c.WithdrawDataConsent(x, party, on), true
	}
	return nil, false
}
