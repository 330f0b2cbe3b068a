package domain_test

import (
	"slices"
	"strconv"
	"testing"

	"baimi/domain"
)

const (
	minorsNumber = "510185201506010020" // born 2015-06-01, a child of eleven
	youthsNumber = "510185200909100018" // seventeen on 2026-09-09, the day before today
)

func mother(party int) domain.NewRepresentative {
	return domain.NewRepresentative{PartyNo: party, Kind: domain.RepresentativeGuardian, Name: "陈桂芳", Relation: "mother", From: requested}
}

func withRespondent(number string) func(*domain.Registration) {
	return func(r *domain.Registration) { r.Parties[1].IDNumber = number }
}

func codesOf(list []domain.Lack) []string {
	var words []string
	for _, x := range list {
		words = append(words, x.Code)
	}
	return words
}

// Before a child's data are worked with its guardian stands beside it (个人信息保护法 31); beside a minor of fourteen or more
// when the mediation begins, and he signs.
func TestAGuardianStandsBesideAMinor(t *testing.T) {
	child := takeIn(t, withRespondent(minorsNumber))
	if got := codesOf(child.Missing(domain.ActionAccept, today)); !slices.Equal(got, []string{"guardian"}) {
		t.Errorf("missing before the acceptance: %v", got)
	}
	wantCode(t, child.Clone().Accept(act(director), acceptance(accepted)), domain.CodeGuard)
	must(t, child.AddRepresentative(act(keeper), mother(2)))
	must(t, child.Accept(act(director), acceptance(accepted)))

	youth := takeIn(t, withRespondent(youthsNumber))
	must(t, youth.Accept(act(director), acceptance(accepted)))
	wantCode(t, youth.Clone().Start(act(own), started, notices(accepted, 1, 2), []int{1, 2}), domain.CodeGuard)
	must(t, youth.AddRepresentative(act(own), mother(2)))
	must(t, youth.Start(act(own), started, notices(accepted, 1, 2), []int{1, 2}))
	wantFields(t, youth.Clone().AgreeInWriting(act(own), payment(concluded), signing(concluded)), "/signatures/1/by")
	s := signing(concluded)
	one := 1
	s.Parties[1].By = &one
	must(t, youth.AgreeInWriting(act(own), payment(concluded), s))
	if by := youth.Agreements[0].Signatures[1].By; by == nil || *by != 1 {
		t.Errorf("signed by %v", by)
	}
}

// A minor of whom full capacity is recorded acts for himself; an adult of limited capacity does not.
func TestRecordedCapacityGoesBeforeAge(t *testing.T) {
	youth := takeIn(t, withRespondent(youthsNumber), func(r *domain.Registration) { r.Parties[1].Capacity = domain.CapacityFull })
	must(t, youth.Accept(act(director), acceptance(accepted)))
	must(t, youth.Start(act(own), started, notices(accepted, 1, 2), []int{1, 2}))
	must(t, youth.AgreeInWriting(act(own), payment(concluded), signing(concluded)))

	adult := takeIn(t, func(r *domain.Registration) { r.Parties[0].Capacity = domain.CapacityLimited })
	must(t, adult.Accept(act(director), acceptance(accepted)))
	wantCode(t, adult.Start(act(own), started, notices(accepted, 1, 2), []int{1, 2}), domain.CodeGuard)
}

func TestAnOrganisationNamesItsHead(t *testing.T) {
	c := takeIn(t, func(r *domain.Registration) {
		r.Parties[1] = domain.NewParty{Role: domain.Respondent, Kind: domain.Legal, Name: "简阳市宏远物业有限公司"}
	})
	must(t, c.Accept(act(director), acceptance(accepted)))
	must(t, c.Start(act(own), started, notices(accepted, 1, 2), []int{1, 2}))
	if got := codesOf(c.Missing(domain.ActionAgreeInWriting, today)); !slices.Equal(got, []string{"identity", "head"}) {
		t.Errorf("missing: %v", got)
	}
	if got := c.Missing(domain.ActionAgreeOrally, today); len(got) != 0 {
		t.Errorf("an oral agreement asks for %v", got)
	}
	wantFields(t, c.Clone().AgreeInWriting(act(own), payment(concluded), signing(concluded)), "/signatures")
	must(t, c.Correct(because(own, "supplement"), domain.Correction{Parties: []domain.PartyCorrection{{No: 2, IDNumber: "91110108551385082Q"}}}))
	head := domain.NewRepresentative{PartyNo: 2, Kind: domain.RepresentativeHead, Name: "周建军", Relation: "legal_representative", From: requested}
	must(t, c.AddRepresentative(act(own), head))
	wantFields(t, c.AddRepresentative(act(own), head), "/kind")
	s := signing(concluded)
	one := 1
	s.Parties[1] = domain.Signature{PartyNo: 2, By: &one, Method: "seal", SignedOn: concluded}
	must(t, c.AgreeInWriting(act(own), payment(concluded), s))
}

// Who has no document may say why: the number is asked for before a written agreement, or an explanation (domain.md 6.4).
func TestAMissingNumberIsExplained(t *testing.T) {
	c := takeIn(t, withRespondent(""))
	must(t, c.Accept(act(director), acceptance(accepted)))
	must(t, c.Start(act(own), started, notices(accepted, 1, 2), []int{1, 2}))
	wantFields(t, c.Clone().AgreeInWriting(act(own), payment(concluded), signing(concluded)), "/signatures")
	lost := domain.Correction{Parties: []domain.PartyCorrection{{No: 2, IDAbsent: "lost"}}}
	must(t, c.Correct(because(own, "supplement"), lost))
	must(t, c.AgreeInWriting(act(own), payment(concluded), signing(concluded)))
	named := at(t, domain.StatusRegistered)
	wantFields(t, named.Correct(because(own, "supplement"), lost), "/parties/0/idAbsent")
}

func TestAnAgentActsByHisPaper(t *testing.T) {
	signed := func(c *domain.Case, by int) error {
		s := signing(concluded)
		s.Parties[0].By = &by
		return c.AgreeInWriting(act(own), payment(concluded), s)
	}
	with := func(change func(*domain.NewRepresentative)) *domain.Case {
		c := at(t, domain.StatusMediating)
		in := agent(1)
		change(&in)
		must(t, c.AddRepresentative(act(own), in))
		return c
	}
	must(t, signed(with(func(*domain.NewRepresentative) {}), 1))
	wantFields(t, signed(with(func(r *domain.NewRepresentative) { r.Powers = []string{"receive_papers"} }), 1), "/signatures/0/by")
	wantFields(t, signed(with(func(r *domain.NewRepresentative) { r.PartyNo = 2 }), 1), "/signatures/0/by")
	wantFields(t, signed(with(func(r *domain.NewRepresentative) { r.From = closed }), 1), "/signatures/0/by")
	wantFields(t, signed(with(func(*domain.NewRepresentative) {}), 2), "/signatures/0/by")
	ended := with(func(*domain.NewRepresentative) {})
	must(t, ended.EndRepresentative(act(own), 1, started))
	wantCode(t, ended.EndRepresentative(act(own), 1, started), domain.CodeGuard)
	wantCode(t, ended.EndRepresentative(act(own), 7, started), domain.CodeNotFound)
	wantFields(t, signed(ended, 1), "/signatures/0/by")
}

func TestRepresentativesAreHeldToTheForm(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*domain.NewRepresentative)
		want   []string
	}{
		"an agent without powers":   {func(r *domain.NewRepresentative) { r.Powers = nil }, []string{"/powers"}},
		"a nameless one":            {func(r *domain.NewRepresentative) { r.Name = "" }, []string{"/name"}},
		"a wrong number":            {func(r *domain.NewRepresentative) { r.IDNumber = "510185199003070014" }, []string{"/idNumber"}},
		"a wrong phone":             {func(r *domain.NewRepresentative) { r.Phone = "12345" }, []string{"/phone"}},
		"of nobody":                 {func(r *domain.NewRepresentative) { r.PartyNo = 9 }, []string{"/partyNo"}},
		"from tomorrow":             {func(r *domain.NewRepresentative) { r.From = tomorrow }, []string{"/from"}},
		"a guardian of no relation": {func(r *domain.NewRepresentative) { r.Kind, r.Powers = domain.RepresentativeGuardian, nil }, []string{"/relation"}},
		"a guardian with powers": {
			func(r *domain.NewRepresentative) { r.Kind, r.Relation = domain.RepresentativeGuardian, "father" },
			[]string{"/powers"},
		},
		"the head of a person":   {func(r *domain.NewRepresentative) { r.Kind, r.Powers = domain.RepresentativeHead, nil }, []string{"/kind"}},
		"elected by nobody":      {func(r *domain.NewRepresentative) { r.Kind = domain.RepresentativeElected }, []string{"/side"}},
		"of a kind nobody knows": {func(r *domain.NewRepresentative) { r.Kind, r.Powers = "friend", nil }, []string{"/kind"}},
		"for a party and a side": {func(r *domain.NewRepresentative) { r.Side = domain.Applicant }, []string{"/partyNo"}},
	} {
		t.Run(name, func(t *testing.T) {
			in := agent(1)
			x.change(&in)
			wantFields(t, at(t, domain.StatusRegistered).AddRepresentative(act(keeper), in), x.want...)
		})
	}
}

// At most two agents of a party, at most five elected by a side; who has ended leaves a place.
func TestThereAreOnlySoMany(t *testing.T) {
	c := at(t, domain.StatusRegistered)
	must(t, c.AddRepresentative(act(keeper), agent(1)))
	must(t, c.AddRepresentative(act(keeper), agent(1)))
	must(t, c.AddRepresentative(act(keeper), agent(2)))
	wantFields(t, c.AddRepresentative(act(keeper), agent(1)), "/partyNo")
	must(t, c.EndRepresentative(act(keeper), 1, requested))
	next := agent(1)
	next.From = accepted
	must(t, c.AddRepresentative(act(keeper), next))
	for i := range 6 {
		err := c.AddRepresentative(act(keeper), domain.NewRepresentative{
			Side: domain.Applicant, Kind: domain.RepresentativeElected, Name: "代表" + string(rune('甲'+i)), Powers: []string{"sign"}, From: requested,
		})
		if i < 5 {
			must(t, err)
		} else {
			wantFields(t, err, "/side")
		}
	}
}

// What is told once is not told again: a receiving committee gets the representatives, birth dates and capacities as well.
func TestRepresentativesGoWithATransfer(t *testing.T) {
	c := takeIn(t, withRespondent(youthsNumber), func(r *domain.Registration) {
		r.Parties[0].Birth, r.Parties[0].IDNumber = "1950-02-28", ""
		r.Representatives = []domain.NewRepresentative{mother(2), agent(1)}
	})
	must(t, c.Transfer(because(director, "difficult"), domain.Handover{On: today, ToOrg: townCommittee}))
	r, err := domain.Register(act(receiver), c.Received(today, townCommittee))
	must(t, err)
	n := r.Case
	if len(n.Representatives) != 2 || n.Representatives[0].Name.Reveal() != "陈桂芳" || *n.Representatives[1].PartyNo != 1 || n.Parties[0].Birth.Reveal() != "1950-02-28" {
		t.Errorf("%+v %s", n.Representatives, n.Parties[0].Birth)
	}
	for i, want := range []int{76, 16} {
		if age, ok := n.Parties[i].AgeOn(day("2026-09-09")); !ok || age != want {
			t.Errorf("party %d is %s", i+1, strconv.Itoa(age))
		}
	}
}

func TestABirthDateIsHeldToTheNumber(t *testing.T) {
	for _, x := range []struct{ birth, number string }{
		{"1990-03-08", "510185199003070013"}, {"1990-02-30", ""}, {"2026-09-11", ""}, {"1880-01-01", ""}, {"gestern", ""},
	} {
		in := dispute()
		in.Parties[0].Birth, in.Parties[0].IDNumber = x.birth, x.number
		_, err := domain.Register(act(keeper), in)
		wantFields(t, err, "/parties/0/birth")
	}
	in := dispute()
	in.Parties[0] = domain.NewParty{Role: domain.Applicant, Kind: domain.Legal, Name: "简阳市宏远物业有限公司", Birth: "1990-03-07"}
	_, err := domain.Register(act(keeper), in)
	wantFields(t, err, "/parties/0/birth")
}
