package domain_test

import (
	"testing"

	"github.com/shopspring/decimal"

	"baimi/domain"
	"baimi/domain/calendar"
)

func sum(s string) *decimal.Decimal {
	if s == "" {
		return nil
	}
	d := decimal.RequireFromString(s)
	return &d
}

// seen is what is recorded of the payment of 3200.
func seen(s domain.ObligationStatus, amount string, on calendar.Date) domain.Performance {
	return domain.Performance{On: on, Status: s, Amount: sum(amount)}
}

func TestPerformance(t *testing.T) {
	for name, x := range map[string]struct {
		steps     []domain.Performance
		status    domain.ObligationStatus
		performed string
		settled   bool
	}{
		"in full":                         {[]domain.Performance{seen(domain.Performed, "", today)}, domain.Performed, "3200", true},
		"in full, the sum named":          {[]domain.Performance{seen(domain.Performed, "3200.00", today)}, domain.Performed, "3200", true},
		"in part":                         {[]domain.Performance{seen(domain.PartlyPerformed, "200", closed)}, domain.PartlyPerformed, "200", false},
		"in parts, then in full":          {[]domain.Performance{seen(domain.PartlyPerformed, "200", closed), seen(domain.PartlyPerformed, "3000", closed), seen(domain.Performed, "", today)}, domain.Performed, "3200", true},
		"in part, then not to be had":     {[]domain.Performance{seen(domain.PartlyPerformed, "200", closed), seen(domain.Unperformable, "", today)}, domain.Unperformable, "200", true},
		"not at all, taken to court":      {[]domain.Performance{seen(domain.Sued, "", today)}, domain.Sued, "", true},
		"to court with what was paid":     {[]domain.Performance{seen(domain.Sued, "500", today)}, domain.Sued, "500", true},
		"not to be had, nothing was paid": {[]domain.Performance{seen(domain.Unperformable, "0", today)}, domain.Unperformable, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			c := at(t, domain.StatusAgreedWritten)
			for _, s := range x.steps {
				must(t, c.RecordPerformance(act(own), 1, s))
			}
			o := c.Obligations[0]
			got := ""
			if o.PerformedAmount != nil {
				got = o.PerformedAmount.String()
			}
			if o.Status != x.status || got != x.performed || o.Settled() != x.settled {
				t.Errorf("%s, %q performed, settled %v", o.Status, got, o.Settled())
			}
			if d := clock(c, "D13"); (d.EndedOn != nil) != x.settled {
				t.Errorf("clock ended on %v", d.EndedOn)
			}
			if x.settled {
				wantCode(t, c.RecordPerformance(act(own), 1, seen(domain.Performed, "", today)), domain.CodeGuard)
			}
		})
	}
}

func TestPerformanceRefusesSumsThatCannotBe(t *testing.T) {
	for name, x := range map[string]struct {
		in   domain.Performance
		want []string
	}{
		"in full with another sum":      {seen(domain.Performed, "3000", today), []string{"/amount"}},
		"in part without a sum":         {seen(domain.PartlyPerformed, "", today), []string{"/amount"}},
		"in part with the whole":        {seen(domain.PartlyPerformed, "3200", today), []string{"/amount"}},
		"in part with nothing":          {seen(domain.PartlyPerformed, "0", today), []string{"/amount"}},
		"less than was already paid":    {seen(domain.PartlyPerformed, "100", today), []string{"/amount"}},
		"a fraction of a fen":           {seen(domain.PartlyPerformed, "1000.005", today), []string{"/amount"}},
		"to court with the whole":       {seen(domain.Sued, "3200", today), []string{"/amount"}},
		"to court with less than paid":  {seen(domain.Sued, "199.99", today), []string{"/amount"}},
		"not to be had, a debt of less": {seen(domain.Unperformable, "-1", today), []string{"/amount"}},
		"back to pending, tomorrow":     {seen(domain.Pending, "", tomorrow), []string{"/on", "/status"}},
		"before the agreement":          {seen(domain.Performed, "", started), []string{"/on"}},
		"no such result":                {seen("forgiven", "", today), []string{"/status"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := at(t, domain.StatusAgreedWritten)
			must(t, c.RecordPerformance(act(own), 1, seen(domain.PartlyPerformed, "200", closed)))
			wantFields(t, c.RecordPerformance(act(own), 1, x.in), x.want...)
		})
	}
	c := at(t, domain.StatusAgreedWritten)
	wantCode(t, c.RecordPerformance(act(own), 2, seen(domain.Performed, "", today)), domain.CodeNotFound)
}

func TestADutyWithoutASumHasNoPartOfOne(t *testing.T) {
	c := at(t, domain.StatusMediating)
	in := payment(concluded)
	in.Obligations[0].Amount, in.Obligations[0].Manner = nil, "act"
	must(t, c.AgreeOrally(act(own), in))
	wantFields(t, c.Clone().RecordPerformance(act(own), 1, seen(domain.PartlyPerformed, "1", today)), "/amount")
	wantFields(t, c.Clone().RecordPerformance(act(own), 1, seen(domain.Performed, "1", today)), "/amount")
	must(t, c.RecordPerformance(act(own), 1, seen(domain.Performed, "", today)))
}

// Unperformed is seen on the day it is due or later; it is urged, and can still be performed.
func TestUnperformedIsUrgedAndAwaited(t *testing.T) {
	due := day("2026-09-14")
	c := at(t, domain.StatusAgreedWritten)
	wantFields(t, c.Clone().RecordPerformance(act(own), 1, seen(domain.Unperformed, "", today)), "/on")
	wantFields(t, c.Clone().Urge(act(own), 1, today, domain.ByPhone), "/on")
	must(t, c.RecordPerformance(actOn(due, own), 1, seen(domain.Unperformed, "", due)))
	if c.Performance() != domain.Unperformed || clock(c, "D13").EndedOn != nil {
		t.Errorf("%s, clock %+v", c.Performance(), clock(c, "D13"))
	}
	must(t, c.Urge(actOn(due, own), 1, due, domain.ByPhone))
	must(t, c.Urge(actOn(due, director), 1, due, domain.ByLetter))
	if len(c.Urgings) != 2 || c.Urgings[1].UrgedBy != director.Person {
		t.Errorf("%+v", c.Urgings)
	}
	wantFields(t, c.Clone().Urge(actOn(due, own), 1, due, "shout"), "/how")
	wantFields(t, c.Clone().RecordPerformance(actOn(due, own), 1, seen(domain.Performed, "", closed)), "/on") // before it was seen last
	must(t, c.RecordPerformance(actOn(due, own), 1, seen(domain.PartlyPerformed, "200", due)))
	wantFields(t, c.Clone().RecordPerformance(actOn(due, own), 1, seen(domain.Unperformed, "", due)), "/status")
	must(t, c.RecordPerformance(actOn(due, own), 1, seen(domain.Performed, "", due)))
	wantCode(t, c.Urge(actOn(due, own), 1, due, domain.ByPhone), domain.CodeGuard)
}

// A payment order is for labour disputes alone (劳动争议调解仲裁法 16).
func TestAPaymentOrderIsForLabour(t *testing.T) {
	wantFields(t, at(t, domain.StatusAgreedWritten).RecordPerformance(act(own), 1, seen(domain.PaymentOrder, "", today)), "/status")
	c := mediated(t, func(r *domain.Registration) { r.Type = "10" })
	must(t, c.AgreeInWriting(act(own), payment(concluded), signing(concluded)))
	must(t, c.RecordPerformance(act(own), 1, seen(domain.PaymentOrder, "", today)))
}

// The value of a case is the worst of its obligations.
func TestTheValueOfACaseIsTheWorstOfItsObligations(t *testing.T) {
	c := mediated(t)
	in := payment(concluded)
	in.Obligations = append(in.Obligations, in.Obligations[0])
	must(t, c.AgreeOrally(act(own), in))
	for _, x := range []struct {
		no     int
		status domain.ObligationStatus
		amount string
		want   domain.ObligationStatus
	}{{1, domain.Performed, "", domain.Pending}, {2, domain.PartlyPerformed, "100", domain.PartlyPerformed}, {2, domain.Unperformable, "", domain.Unperformable}} {
		must(t, c.RecordPerformance(act(own), x.no, seen(x.status, x.amount, today)))
		if c.Performance() != x.want || c.Agreements[0].Status != domain.AgreementEffective {
			t.Errorf("%s, want %s; agreement %s", c.Performance(), x.want, c.Agreements[0].Status)
		}
	}
	if at(t, domain.StatusAgreedOral).Performance() != "" || at(t, domain.StatusMediating).Performance() != "" {
		t.Error("a value where nothing is owed")
	}
}
