package domain_test

import (
	"slices"
	"testing"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
)

// The one concerned never decides, and whoever stands aside is followed by somebody in the same act.
func TestWhoDecidesAboutAMediator(t *testing.T) {
	c := takeIn(t)
	in := acceptance(accepted)
	in.Mediators, in.Chosen = []domain.PersonID{director.Person}, []domain.Choice{{Person: director.Person, By: []int{2, 1}}}
	must(t, c.Accept(act(director), in))
	if x := c.Appointments[0]; x.Way != domain.Chosen || !slices.Equal(x.ChosenBy, domain.PartyNos{1, 2}) || x.FromOn != accepted {
		t.Errorf("appointment %+v", x)
	}
	about := objection(started)
	about.Mediator = director.Person
	must(t, c.AskRecusal(act(keeper), about))
	wantFields(t, c.Clone().AskRecusal(act(keeper), about), "/mediator") // one at a time
	wantCode(t, c.Clone().Start(act(director), today, notices(today, 1, 2), []int{1, 2}), domain.CodeGuard)
	granted := domain.RecusalDecision{No: 1, Status: domain.RecusalGranted, On: today}
	wantCode(t, c.Clone().DecideRecusal(act(director), granted), domain.CodeForbidden)
	if slices.ContainsFunc(c.AvailableActions(director), func(m domain.Move) bool { return m.Action == domain.ActionDecideRecusal }) {
		t.Error("offered to the one concerned")
	}
	wantFields(t, c.Clone().DecideRecusal(act(office), granted), "/mediators") // nobody would be left
	granted.Mediators = []domain.PersonID{director.Person}
	wantFields(t, c.Clone().DecideRecusal(act(office), granted), "/mediators")
	refused := granted
	refused.Status, refused.Mediators = domain.RecusalRefused, nil
	wantFields(t, c.Clone().DecideRecusal(act(office), refused), "/reason")

	granted.Mediators = []domain.PersonID{own.Person}
	must(t, c.DecideRecusal(act(office), granted))
	was := c.Appointments[0]
	if !slices.Equal(c.Mediators, domain.IDs[domain.PersonID]{own.Person}) || *c.Presiding != own.Person || *was.Ended != domain.EndRecused || *was.UntilOn != today {
		t.Errorf("mediators %v, presiding %d, appointments %+v", c.Mediators, *c.Presiding, c.Appointments)
	}
	wantFields(t, c.Clone().Assign(act(office), []domain.PersonID{director.Person}), "/mediators/0") // not again
	must(t, c.Start(act(own), today, notices(today, 1, 2), []int{1, 2}))
}

// A party that wants another mediator owes no reason, and whoever was replaced may be named again later.
func TestAPartyMayWantAnotherMediator(t *testing.T) {
	c := at(t, domain.StatusAccepted)
	in := domain.NewRecusal{Kind: domain.RecusalReplacement, PartyNo: 1, Mediator: own.Person, On: started}
	must(t, c.AskRecusal(act(director), in))
	must(t, c.Assign(act(director), []domain.PersonID{colleague.Person})) // which answers it
	if x := c.Recusals[0]; x.Status != domain.RecusalGranted || *x.DecidedBy != director.Person || *x.DecidedOn != today {
		t.Errorf("recusal %+v", x)
	}
	must(t, c.Assign(act(director), []domain.PersonID{own.Person}))
	in.Mediator, in.Kind = own.Person, domain.RecusalAsked
	wantFields(t, c.AskRecusal(act(director), in), "/grounds")
}

// Who tells of a relation goes on only if every party agrees.
func TestADisclosureIsWaivedByAllParties(t *testing.T) {
	c := at(t, domain.StatusAccepted)
	must(t, c.DiscloseInterest(act(own), domain.Disclosure{Grounds: []string{"other_relation"}, On: started}))
	waived := domain.RecusalDecision{No: 1, Status: domain.RecusalWaived, On: today, Parties: []int{1}}
	wantFields(t, c.Clone().DecideRecusal(act(director), waived), "/parties")
	waived.Parties = []int{2, 1}
	must(t, c.DecideRecusal(act(director), waived))
	must(t, c.Start(act(own), today, notices(today, 1, 2), []int{1, 2}))
	must(t, c.AskRecusal(act(director), objection(today)))
	wantFields(t, c.Clone().DecideRecusal(act(director), domain.RecusalDecision{No: 2, Status: domain.RecusalWaived, On: today, Parties: []int{1, 2}}), "/status")
	must(t, c.AgreeOrally(act(own), handshake(today)))
	if x := c.Recusals[1]; x.Status != domain.RecusalLapsed || *x.DecidedOn != today || x.DecidedBy != nil {
		t.Errorf("recusal after the agreement: %+v", x)
	}
}

// Nobody is invited over the head of a party, and who takes part is known for each day.
func TestInvitedWithTheConsentOfAll(t *testing.T) {
	c := at(t, domain.StatusAccepted)
	in := uncle(accepted)
	in.Parties = []int{1}
	wantFields(t, c.Clone().Invite(act(own), in), "/parties")
	in.Parties, in.From, in.Why = []int{1, 2}, accepted.AddDays(-1), " "
	wantFields(t, c.Clone().Invite(act(own), in), "/from", "/why")
	in = uncle(accepted)
	in.From = started
	must(t, c.Invite(act(own), in))
	wantFields(t, c.Clone().Invite(act(own), in), "/name") // already
	must(t, c.EndInvitation(act(own), 1, concluded))
	wantCode(t, c.Clone().EndInvitation(act(own), 1, today), domain.CodeGuard)
	for on, want := range map[calendar.Date]int{accepted: 0, started: 1, concluded: 1, closed: 0} {
		if got := len(c.InvitedOn(on)); got != want {
			t.Errorf("%d invited on %s, want %d", got, on, want)
		}
	}
}

// Not reached is no refusal; an end for want of reach rests on attempts on three days since somebody was last spoken to.
func TestOutOfReachRestsOnAttempts(t *testing.T) {
	c := at(t, domain.StatusAccepted)
	fail := func() error { return c.Clone().Fail(because(own, "unreachable"), ending(today)) }
	wantCode(t, fail(), domain.CodeGuard)
	for n, on := range []calendar.Date{started, started, concluded} {
		try := unanswered(on)
		try.At = try.At.Add(time.Duration(n) * time.Minute)
		must(t, c.RecordContact(act(own), try))
		wantCode(t, fail(), domain.CodeGuard)
	}
	if c.Parties[1].Consent != domain.ConsentUnknown || c.TriedInVain(2) != 2 {
		t.Errorf("consent %s after %d days", c.Parties[1].Consent, c.TriedInVain(2))
	}
	must(t, c.RecordContact(act(own), unanswered(closed)))
	must(t, fail())
	reached := unanswered(archived)
	reached.Result = domain.ContactPromised
	must(t, c.RecordContact(act(own), reached))
	wantCode(t, fail(), domain.CodeGuard)
	reached.At, reached.Result = today.StartOfDay().Add(8*time.Hour), domain.ContactRefused
	must(t, c.RecordContact(act(own), reached))
	if x := c.Parties[1]; x.Consent != domain.Refused || *x.ConsentOn != today {
		t.Errorf("%s on %s", x.Consent, x.ConsentOn)
	}
	wantFields(t, c.RecordContact(act(own), domain.NewContact{PartyNo: 1, Other: "村主任", How: domain.ByPhone, At: reached.At, Result: domain.ContactReached}), "/partyNo")
	wantFields(t, c.RecordContact(act(own), domain.NewContact{}), "/partyNo", "/how", "/result", "/at")
}

// Of a case that a court delegated, the time to contact the other side (D3) ends when it was reached, not when it was tried.
func TestTheTimeToContactEndsWithBeingHeard(t *testing.T) {
	in, from, papers := dispute(), domain.ReferrerCourt, requested
	in.Source, in.Referrer, in.CourtReferral = domain.SourceReferred, &from, domain.CourtReferral{Kind: calendar.Delegated, PapersOn: &papers}
	r, err := domain.Register(act(keeper), in)
	must(t, err)
	c := r.Case
	for no := range c.Parties {
		must(t, c.RecordConsent(act(director), no+1, domain.Consented, accepted))
	}
	must(t, c.Accept(act(director), acceptance(accepted)))
	must(t, c.RecordContact(act(own), unanswered(started)))
	if d := clock(c, "D3"); d == nil || !d.Running() {
		t.Fatalf("clock %+v", d)
	}
	heard := unanswered(concluded)
	heard.Result = domain.ContactReached
	must(t, c.RecordContact(act(own), heard))
	if d := clock(c, "D3"); d.Running() || *d.EndedOn != concluded {
		t.Errorf("clock %+v", d)
	}
}

// A notice keeps the version that was in force on its day; the same one is not entered twice.
func TestNoticesNameTheirText(t *testing.T) {
	c := takeIn(t)
	must(t, c.GiveNotice(act(keeper), told(domain.NoticeRights, requested)))
	must(t, c.GiveNotice(act(keeper), told(domain.NoticeRights, requested)))
	if len(c.Notices) != 2 || c.Notices[0].Text != "rights_2011" || c.Notices[0].GivenBy != keeper.Person {
		t.Errorf("notices %+v", c.Notices)
	}
	must(t, c.Accept(act(director), acceptance(accepted)))
	must(t, c.Start(act(own), started, nil, []int{1, 2})) // told before is told
	early := told(domain.NoticePrivacy, requested.AddDays(-1))
	wantFields(t, c.GiveNotice(act(own), early), "/on")
	for _, text := range domain.NoticeTexts {
		if _, ok := domain.NoticeTextOn(text.Kind, text.Since.AddDays(-1)); ok {
			t.Errorf("%s has no earlier version", text.Version)
		}
		if got, ok := domain.NoticeTextOf(text.Version); !ok || len(got.Lines) == 0 {
			t.Errorf("%s says nothing", text.Version)
		}
	}
}

// A separate consent rests on the notice, is withdrawn from a day on, and is a guardian's for a child.
func TestConsentToSensitiveData(t *testing.T) {
	in := dispute()
	in.Parties[0].IDNumber, in.Parties[0].Birth = "", "2014-05-01"
	in.Representatives = []domain.NewRepresentative{{PartyNo: 1, Kind: domain.RepresentativeGuardian, Name: "陈桂芳", Relation: "mother", From: requested}}
	r, err := domain.Register(act(keeper), in)
	must(t, err)
	c := r.Case
	wantCode(t, c.Clone().RecordDataConsent(act(keeper), domain.NewDataConsent{
		PartyNo: 1, By: 1, Kinds: []string{"child"}, Granted: true, How: "written", On: today,
	}), domain.CodeGuard) // nobody was told
	must(t, c.GiveNotice(act(keeper), told(domain.NoticePrivacy, today)))
	wantFields(t, c.Clone().RecordDataConsent(act(keeper), sensitive(today)), "/by")
	wantFields(t, c.Clone().RecordDataConsent(act(keeper), domain.NewDataConsent{
		PartyNo: 2, Kinds: []string{"child"}, Granted: true, How: "oral", On: today,
	}), "/kinds")
	byMother := sensitive(today)
	byMother.By, byMother.Kinds = 1, []string{"medical", "child"}
	must(t, c.RecordDataConsent(act(keeper), byMother))
	if !c.MayUse(1, "child", today) || c.MayUse(1, "account", today) || c.MayUse(2, "medical", today) {
		t.Errorf("consents %+v", c.DataConsents)
	}
	must(t, c.WithdrawDataConsent(act(keeper), 1, today))
	if c.MayUse(1, "child", today) {
		t.Error("used after it was withdrawn")
	}
	wantCode(t, c.WithdrawDataConsent(act(keeper), 1, today), domain.CodeGuard)
}

// An organisation has no ethnicity, and a code must be one of GB/T 3304.
func TestFieldsOfAPartyForTheForms(t *testing.T) {
	in := dispute()
	in.Parties[0].Ethnicity, in.Parties[1].Ethnicity, in.Parties[1].Occupation = "57", "07", "教师"
	_, err := domain.Register(act(keeper), in)
	wantFields(t, err, "/parties/0/ethnicity")
	in.Parties[0].Ethnicity = "01"
	in.Parties[1].Kind, in.Parties[1].IDNumber, in.Parties[1].Birth = domain.Legal, "", ""
	_, err = domain.Register(act(keeper), in)
	wantFields(t, err, "/parties/1/ethnicity")
	if len(domain.Ethnicities) != 58 || domain.EthnicityName("56") != "基诺族" {
		t.Errorf("%d ethnicities", len(domain.Ethnicities))
	}
}
