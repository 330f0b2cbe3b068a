package domain_test

import (
	"bytes"
	"testing"

	"baimi/domain"
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
