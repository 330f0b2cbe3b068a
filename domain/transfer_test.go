package domain_test

import (
	"bytes"
	"testing"

	"baimi/domain"
	"baimi/domain/calendar"
)

// What was told once is not told again: the number, the day of the request, the consents and the parties' own secrets stay
// with the matter; the clock of the decision starts with the receipt.
func TestAReceiverTakesAMatterUpAsItCame(t *testing.T) {
	sent := at(t, domain.StatusMediating)
	for i := range sent.Parties {
		sent.Parties[i].Consent, sent.Parties[i].ConsentOn = domain.Consented, &started
	}
	must(t, sent.Transfer(because(director, "difficult"), domain.Handover{On: today, ToOrg: townCommittee}))
	sent.NewEvents = nil

	next, err := sent.Clone().TakeUp(act(director), domain.Receipt{On: today})
	if next != nil || domain.CodeOf(err) != domain.CodeForbidden {
		t.Errorf("the sender confirmed himself: %v", err)
	}
	next, err = sent.Clone().TakeUp(act(receiver), domain.Receipt{On: tomorrow})
	if next != nil || domain.CodeOf(err) != domain.CodeInvalid {
		t.Errorf("received tomorrow: %v", err)
	}
	next, err = sent.TakeUp(act(receiver), domain.Receipt{On: today})
	must(t, err)
	if next.DemandNo != sent.DemandNo || next.Leg != sent.Leg+1 || *next.SentFrom != sent.ID || *sent.Transfers[0].NextCase != next.ID || next.ID == sent.ID {
		t.Errorf("the new case %+v, the old one's transfer %+v", next, sent.Transfers[0])
	}
	if next.RequestedOn != sent.RequestedOn || next.Deadlines[0].StartsOn != today || next.Committee != townCommittee || next.AcceptedOn != nil || next.FileNo != nil {
		t.Errorf("days and numbers of the new case %+v", next)
	}
	for i, p := range next.Parties {
		was := sent.Parties[i]
		if p.Name.Reveal() != was.Name.Reveal() || p.Consent != was.Consent || !bytes.Equal(p.TrackingHash, was.TrackingHash) {
			t.Errorf("party %d came as %+v, was %+v", i+1, p, was)
		}
	}
	if *sent.Outcome != domain.OutcomeTransferred || len(sent.NewEvents) != 1 || len(next.NewEvents) != 1 {
		t.Errorf("%s, %d and %d events", *sent.Outcome, len(sent.NewEvents), len(next.NewEvents))
	}
	if again, err := sent.TakeUp(act(receiver), domain.Receipt{On: today}); again != nil || err == nil {
		t.Error("taken up twice")
	}
}

// Who registers a clue cannot lower what somebody closed; who directs the committee can.
func TestOnlyALeaderLowersTheLevelOfAClue(t *testing.T) {
	for actor, ok := range map[string]bool{"keeper": false, "own mediator": false, "director": true} {
		c := at(t, domain.StatusClue)
		c.Confidentiality = domain.Private
		in := dispute()
		in.Source, in.RequestedOn, in.RequestedHow, in.Confidentiality = domain.SourceInitiative, today, domain.RequestedFinding, domain.Ordinary
		_, err := c.RegisterClue(act(insiders[actor]), in)
		if (err == nil) != ok {
			t.Errorf("%s: %v", actor, err)
		}
	}
}

// The clock of the answer is chosen by where the matter came from: a court's referral is answered by the courts' rule, since that
// is in force, all else by the product's own.
func TestTheAnswersClockGoesByTheSource(t *testing.T) {
	court, police := domain.ReferrerCourt, domain.ReferrerPolice
	sent := func(kind calendar.Referral) func(*domain.Registration) {
		return func(r *domain.Registration) {
			r.Source, r.Referrer = domain.SourceReferred, &court
			r.CourtReferral = domain.CourtReferral{Kind: kind, PapersOn: &requested}
		}
	}
	for name, x := range map[string]struct {
		change  func(*domain.Registration)
		variant string
	}{
		"applied":          {func(*domain.Registration) {}, "other"},
		"police":           {func(r *domain.Registration) { r.Source, r.Referrer = domain.SourceReferred, &police }, "other"},
		"a court's advice": {func(r *domain.Registration) { r.Source, r.Referrer = domain.SourceReferred, &court }, "other"},
		"delegated":        {sent(calendar.Delegated), "court"},
		"entrusted":        {sent(calendar.EntrustedSummary), "court"},
		"before 2022": {func(r *domain.Registration) {
			sent(calendar.Delegated)(r)
			on := day("2021-03-01")
			r.RequestedOn, r.CourtReferral.PapersOn = on, &on
		}, "other"},
	} {
		t.Run(name, func(t *testing.T) {
			c := takeIn(t, x.change)
			must(t, c.Transfer(because(director, "difficult"), domain.Handover{On: c.RequestedOn, ToOrg: townCommittee}))
			if d := clock(c, "D2"); d == nil || d.Variant != x.variant || *d.About != 1 {
				t.Errorf("clock %+v, want the variant %s", d, x.variant)
			}
			must(t, c.RefuseTransfer(because(receiver, "not_ours"), today))
			if clock(c, "D2").Running() {
				t.Error("the answer did not stop it")
			}
		})
	}
}
