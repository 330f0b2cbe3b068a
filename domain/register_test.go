package domain_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"baimi/domain"
	"baimi/domain/calendar"
)

func TestRegistrationShowsAllItsFieldErrorsAtOnce(t *testing.T) {
	yuan := func(s string) *decimal.Decimal {
		d := decimal.RequireFromString(s)
		return &d
	}
	court := domain.ReferrerCourt
	for name, x := range map[string]struct {
		change func(*domain.Registration)
		want   []string
	}{
		"everything wrong": {func(r *domain.Registration) {
			r.RequestedOn, r.Facts, r.Place, r.PeopleCount = tomorrow, "", " ", 1
			r.Referrer, r.Amount = &court, yuan("-1")
			r.Parties[0].Name, r.Parties[0].Phone, r.Parties[1].IDNumber = "", "12345", "510185199003070014"
		}, []string{
			"/requestedOn", "/facts", "/place", "/peopleCount", "/referrer", "/amount",
			"/parties/0/name", "/parties/0/phone", "/parties/1/idNumber",
		}},
		"no day":                     {func(r *domain.Registration) { r.RequestedOn = calendar.Date{} }, []string{"/requestedOn"}},
		"a day to come":              {func(r *domain.Registration) { r.RequestedOn = tomorrow }, []string{"/requestedOn"}},
		"referred by nobody":         {func(r *domain.Registration) { r.Source = domain.SourceReferred }, []string{"/referrer"}},
		"nobody to mediate with":     {func(r *domain.Registration) { r.Parties = r.Parties[:1] }, []string{"/parties"}},
		"no applicant":               {func(r *domain.Registration) { r.Parties = r.Parties[1:] }, []string{"/parties"}},
		"a fraction of a fen":        {func(r *domain.Registration) { r.Amount = yuan("0.005") }, []string{"/amount"}},
		"more than the column holds": {func(r *domain.Registration) { r.Amount = yuan("1000000000000") }, []string{"/amount"}},
		"a company with a wrong code": {func(r *domain.Registration) {
			r.Parties[1] = domain.NewParty{Role: domain.Respondent, Kind: domain.Legal, Name: "简阳市某某物业有限公司", IDType: "999", IDNumber: "91510100MA6CXXXX00"}
		}, []string{"/parties/1/idNumber"}},
		"fewer people than there are": {func(r *domain.Registration) { r.PeopleCount = 1 }, []string{"/peopleCount"}},
	} {
		t.Run(name, func(t *testing.T) {
			in := dispute()
			x.change(&in)
			_, err := domain.Register(act(keeper), in)
			wantFields(t, err, x.want...)
		})
	}
}

func TestRegistrationKeepsTheTwoTimesOfTheRequestApart(t *testing.T) { // ruling P3
	c := takeIn(t)
	if c.RequestedOn != requested || !c.RegisteredAt.Equal(act(keeper).At) || c.RegisteredBy != keeper.Person {
		t.Errorf("requested %s, registered %s by %d", c.RequestedOn, c.RegisteredAt, c.RegisteredBy)
	}
	e := c.NewEvents[0]
	if e.OccurredOn != requested || !e.RecordedAt.Equal(act(keeper).At) || e.FromStatus != nil || e.Seq != 1 {
		t.Errorf("event %+v", e)
	}
}

func TestRegistrationGivesEachPartyASecretOfItsOwn(t *testing.T) { // ruling P5
	r, err := domain.Register(act(keeper), dispute())
	must(t, err)
	if len(r.Secrets) != 2 || r.Secrets[0] == r.Secrets[1] || r.Case.DemandNo.County() != 1 {
		t.Fatalf("%d secrets, demand number of county %d", len(r.Secrets), r.Case.DemandNo.County())
	}
	for i, p := range r.Case.Parties {
		if h := r.Secrets[i].Hash(); string(h[:]) != string(p.TrackingHash) {
			t.Errorf("party %d: the stored hash is not its secret's", i+1)
		}
	}
	if r.Case.FileNo != nil || r.Case.AcceptedOn != nil {
		t.Error("a file number before acceptance")
	}
}

func TestPeopleCountDefaultsToTheParties(t *testing.T) {
	if c := takeIn(t); c.PeopleCount != 2 {
		t.Errorf("%d people", c.PeopleCount)
	}
}

func TestRisksAreASet(t *testing.T) {
	c := takeIn(t, func(r *domain.Registration) { r.Risks = []string{"weapon", "minor", "weapon"} })
	if got := [...]string{c.Risks[0], c.Risks[1]}; len(c.Risks) != 2 || got != [...]string{"minor", "weapon"} {
		t.Errorf("risks %v", c.Risks)
	}
}
