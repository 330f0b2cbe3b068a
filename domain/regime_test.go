package domain_test

import (
	"testing"

	"baimi/domain"
)

// Medical disputes and matters sent by a court or the petition office are accepted only when both sides have asked.
func TestSomeRegimesNeedBothSidesBeforeAcceptance(t *testing.T) {
	court, police := domain.ReferrerCourt, domain.ReferrerPolice
	for name, x := range map[string]struct {
		change func(*domain.Registration)
		needs  bool
	}{
		"neighbours":     {func(*domain.Registration) {}, false},
		"medical":        {func(r *domain.Registration) { r.Type = "15" }, true},
		"sent by court":  {func(r *domain.Registration) { r.Source, r.Referrer = domain.SourceReferred, &court }, true},
		"sent by police": {func(r *domain.Registration) { r.Source, r.Referrer = domain.SourceReferred, &police }, false},
	} {
		t.Run(name, func(t *testing.T) {
			in := dispute()
			x.change(&in)
			r, err := domain.Register(act(keeper), in)
			must(t, err)
			want := domain.Code("")
			if x.needs {
				want = domain.CodeGuard
			}
			wantCode(t, r.Case.Clone().Accept(act(director), acceptance(accepted)), want)
			bothAsk(t, r.Case, act(keeper))
			wantCode(t, r.Case.Accept(act(director), acceptance(accepted)), "")
		})
	}
}

// Labour and medical disputes end in a written agreement.
func TestSomeRegimesNeedAWrittenAgreement(t *testing.T) {
	for _, kind := range []string{"10", "11", "15"} {
		c := takeIn(t, func(r *domain.Registration) { r.Type = kind })
		must(t, c.Accept(act(director), acceptance(accepted)))
		must(t, c.Start(act(own), started, notices(accepted, 1, 2), []int{1, 2}))
		wantCode(t, c.AgreeOrally(act(own), handshake(concluded)), domain.CodeGuard)
	}
}

// A third party who owes or is owed has a part in the agreement like the two sides.
func TestAThirdPartyWhoOwesSigns(t *testing.T) {
	c := takeIn(t, withThird)
	must(t, c.Accept(act(director), acceptance(accepted)))
	must(t, c.Start(act(own), started, notices(accepted, 1, 2, 3), []int{1, 2}))
	terms := payment(concluded)
	terms.Obligations[0].Debtor = 3
	wantFields(t, c.AgreeInWriting(act(own), terms, signing(concluded)), "/signatures", "/terms")
}

// Who asked to read a restricted case, and that it was opened, stands in its events; nobody else sees more by it.
func TestARestrictedCaseIsOpenedByALoggedRequest(t *testing.T) {
	c := at(t, domain.StatusMediating)
	must(t, c.SetConfidentiality(act(own), domain.Restricted))
	if director.Scope().Sees(c) || office.Scope().Sees(c) {
		t.Error("a restricted case is seen without a request")
	}
	security := insiders["security administrator"]
	wantCode(t, c.GrantReading(act(director), office.Person), domain.CodeForbidden)
	wantFields(t, c.Clone().GrantReading(act(security), director.Person), "/reason")
	must(t, c.GrantReading(because(security, "supervision"), director.Person))
	if !director.Scope().Sees(c) || security.Scope().Sees(c) {
		t.Error("the request did not open the case to whom it named, and to nobody else")
	}
	wantCode(t, c.GrantReading(because(security, "supervision"), director.Person), domain.CodeGuard)
	must(t, c.SetConfidentiality(act(director), domain.Private)) // and so there is a way out
}
