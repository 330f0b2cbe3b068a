package domain_test

import (
	"testing"

	"baimi/domain"
	"baimi/domain/calendar"
)

// One clear refusal stops mediation, whoever refuses and however far it has come (人民调解法 17). What is left is to end it;
// a change of mind opens the way again.
func TestOneClearRefusalStopsMediation(t *testing.T) {
	moves := map[domain.Status]func(*domain.Case) error{
		domain.StatusRegistered: func(c *domain.Case) error { return c.Accept(act(director), acceptance(today)) },
		domain.StatusAccepted: func(c *domain.Case) error {
			return c.Start(act(own), today, notices(today, 1, 2), []int{1, 2})
		},
		domain.StatusMediating: func(c *domain.Case) error { return c.AgreeOrally(act(own), handshake(today)) },
	}
	for s, onward := range moves {
		for party := 1; party <= 2; party++ {
			c := at(t, s)
			must(t, c.RecordConsent(act(colleague), party, domain.Refused, today))
			wantCode(t, onward(c.Clone()), domain.CodeGuard)
			must(t, c.Clone().Withdraw(because(director, "applicant_wish"), today))
			if s == domain.StatusRegistered {
				must(t, c.Clone().Decline(because(director, "refused"), ending(today)))
			} else {
				must(t, c.Clone().Fail(because(own, "refused"), ending(today)))
			}
			must(t, c.RecordConsent(act(colleague), party, domain.Consented, today))
			must(t, onward(c))
		}
	}
	c := at(t, domain.StatusMediating)
	must(t, c.RecordConsent(act(colleague), 2, domain.Refused, today))
	wantCode(t, c.AgreeInWriting(act(own), payment(today), signing(today)), domain.CodeGuard)
}

// Not reached is not refusal (ruling P2): acceptance and start go on, only the agreement waits for consent.
func TestNotReachedIsNotRefusal(t *testing.T) {
	c := takeIn(t)
	must(t, c.Accept(act(director), acceptance(accepted)))
	must(t, c.Start(act(own), started, notices(accepted, 1, 2), []int{1}))
	wantFields(t, c.Clone().AgreeOrally(act(own), handshake(today)), "/terms")
	must(t, c.RecordConsent(act(own), 2, domain.Consented, today))
	must(t, c.AgreeOrally(act(own), handshake(today)))
}

func TestConsentRefusesWhatCannotBe(t *testing.T) {
	for name, x := range map[string]struct {
		party   int
		consent domain.Consent
		on      calendar.Date
		want    []string
	}{
		"nobody of that number, tomorrow": {3, domain.Consented, tomorrow, []string{"/partyNo", "/on"}},
		"before the request":              {1, domain.Refused, requested.AddDays(-1), []string{"/on"}},
		"unsaying what was said":          {1, domain.ConsentUnknown, today, []string{"/consent"}},
		"no such answer":                  {1, "maybe", today, []string{"/consent"}},
	} {
		t.Run(name, func(t *testing.T) {
			wantFields(t, takeIn(t).RecordConsent(act(keeper), x.party, x.consent, x.on), x.want...)
		})
	}
}
