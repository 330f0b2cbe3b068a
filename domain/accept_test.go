package domain_test

import (
	"testing"

	"baimi/domain"
	"baimi/domain/calendar"
)

func TestAcceptanceGivesNumberMediatorsAndClock(t *testing.T) {
	c := at(t, domain.StatusAccepted)
	switch {
	case *c.FileNo != "（2026）甲一人调字第1号" || *c.FileYear != 2026 || *c.FileSeq != 1:
		t.Errorf("file number %s (%d, %d)", *c.FileNo, *c.FileYear, *c.FileSeq)
	case *c.Presiding != own.Person || len(c.Mediators) != 2:
		t.Errorf("presiding %d of %v", *c.Presiding, c.Mediators)
	case *c.AcceptedOn != accepted:
		t.Errorf("accepted on %s", c.AcceptedOn)
	}
}

func TestAcceptanceRefusesAWrongDayAndNobody(t *testing.T) {
	for name, x := range map[string]struct {
		on        calendar.Date
		mediators []domain.PersonID
		want      []string
	}{
		"a day to come, nobody":     {tomorrow, nil, []string{"/on", "/mediators"}},
		"before the request":        {requested.AddDays(-1), []domain.PersonID{2}, []string{"/on"}},
		"no day":                    {calendar.Date{}, []domain.PersonID{2}, []string{"/on"}},
		"nobody, on the day itself": {requested, nil, []string{"/mediators"}},
	} {
		t.Run(name, func(t *testing.T) {
			in := acceptance(x.on)
			in.Mediators = x.mediators
			wantFields(t, takeIn(t).Accept(act(director), in), x.want...)
		})
	}
}

// The other side's consent may still be open at acceptance (ruling P2); a clear refusal may not (人民调解法 17).
func TestAcceptanceNeedsThatNobodyRefused(t *testing.T) {
	for _, party := range []int{1, 2} {
		c := takeIn(t)
		must(t, c.RecordConsent(act(keeper), party, domain.Refused, requested))
		wantCode(t, c.Accept(act(director), acceptance(accepted)), domain.CodeGuard)
		must(t, c.Decline(because(director, "refused"), ending(today)))
	}
}

func TestAFileNumberOfAnotherYearIsAFaultOfOurs(t *testing.T) {
	in := acceptance(accepted)
	in.Number.Year = 2025
	if err := takeIn(t).Accept(act(director), in); err == nil || domain.CodeOf(err) != "" {
		t.Errorf("got %v, want an internal error", err)
	}
}

func TestMediatorsCanBeReplaced(t *testing.T) { // 人民调解法 19; 司法部令75号 25
	c := at(t, domain.StatusMediating)
	must(t, c.Assign(act(director), []domain.PersonID{colleague.Person, own.Person, colleague.Person}))
	if *c.Presiding != colleague.Person || len(c.Mediators) != 2 {
		t.Errorf("presiding %d of %v", *c.Presiding, c.Mediators)
	}
	wantCode(t, c.Fail(because(guest, "no_agreement"), ending(today)), domain.CodeForbidden)
	wantFields(t, c.Assign(act(director), nil), "/mediators")
}
