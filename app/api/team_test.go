package api_test

import (
	"context"
	"testing"

	"baimi/domain"
)

// invitation is of somebody whom both parties want beside them.
func invitation() map[string]any {
	return map[string]any{
		"kind": "relative", "name": "王德顺", "phone": "13900139000", "partyNo": 1, "why": "双方都敬重的长辈。", "parties": []int{1, 2}, "agreedOn": today,
	}
}

// gatherTeam brings a case to where something about the people around it is open; false for other states.
func (w *world) gatherTeam(t *testing.T, dir domain.Act, id domain.CaseID, state string) bool {
	t.Helper()
	on := dir.Today()
	steps := map[string]func(c *domain.Case) error{
		"recusal asked": func(c *domain.Case) error {
			return c.AskRecusal(dir, domain.NewRecusal{Kind: domain.RecusalAsked, PartyNo: 1, Mediator: c.Mediators[0], Grounds: []string{"interest"}, On: on})
		},
		"invited": func(c *domain.Case) error {
			return c.Invite(dir, domain.Invitation{Kind: domain.InviteeExpert, Name: "刘工", Why: "懂房屋结构。", Parties: []int{1, 2}, AgreedOn: on})
		},
		"told": func(c *domain.Case) error {
			return c.GiveNotice(dir, domain.Telling{Kind: domain.NoticePrivacy, Parties: []int{1, 2}, How: "oral", On: on})
		},
		"data consented": func(c *domain.Case) error {
			return c.RecordDataConsent(dir, domain.NewDataConsent{PartyNo: 1, Kinds: []string{"account"}, Granted: true, How: "oral", On: on})
		},
	}
	step, ok := steps[state]
	if ok {
		w.Change(t, dir, id, func(_ context.Context, c *domain.Case) error { return step(c) })
	}
	return ok
}
