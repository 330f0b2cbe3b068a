package storage_test

import (
	"slices"
	"strings"

	"baimi/domain"
)

// moveAround makes a move about the people around the case. The model lets nobody record a second consent while one stands; the
// service would take it, so a sequence does not try.
func (s *stage) moveAround(c *domain.Case, a domain.Act, action string) error {
	today := a.Today()
	switch action {
	case "question":
		return c.AskRecusal(a, domain.NewRecusal{
			Kind: domain.RecusalReplacement, PartyNo: 1, Mediator: s.actors["own"].Person, Statement: "换一位调解员。", On: today,
		})
	case "overrule":
		i := slices.IndexFunc(c.Recusals, func(x domain.Recusal) bool { return x.Status == domain.RecusalOpen })
		return c.DecideRecusal(a, domain.RecusalDecision{No: max(i, 0) + 1, Status: domain.RecusalRefused, On: today, Reason: "没有更换的必要。"})
	case "invite":
		return c.Invite(a, domain.Invitation{Kind: domain.InviteeNeighbour, Name: "王德顺" + strings.Repeat("顺", len(c.Invitees)), Why: "了解情况。", Parties: []int{1, 2}, AgreedOn: today})
	case "uninvite":
		i := slices.IndexFunc(c.Invitees, func(x domain.Invitee) bool { return x.UntilOn == nil })
		return c.EndInvitation(a, max(i, 0)+1, today)
	case "call":
		return c.RecordContact(a, domain.NewContact{PartyNo: 2, How: domain.ByPhone, At: a.At, Result: domain.ContactNotReached, Note: "无人接听。"})
	case "inform":
		return c.GiveNotice(a, domain.Telling{Kind: domain.NoticePrivacy, Parties: []int{1, 2}, How: "oral", On: today})
	case "agree_to_data":
		if slices.ContainsFunc(c.DataConsents, func(x domain.DataConsent) bool { return x.WithdrawnOn == nil }) {
			return domain.Errorf(domain.CodeGuard, "已经同意")
		}
		return c.RecordDataConsent(a, domain.NewDataConsent{PartyNo: 1, Kinds: []string{"medical"}, Granted: true, How: "oral", On: today})
	}
	i := slices.IndexFunc(c.DataConsents, func(x domain.DataConsent) bool { return x.WithdrawnOn == nil })
	return c.WithdrawDataConsent(a, max(i, 0)+1, today)
}
