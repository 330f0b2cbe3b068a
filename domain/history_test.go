package domain_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"baimi/domain"
	"baimi/domain/calendar"
)

// assertReplays holds a case to its events: they chain, and folded they are the case.
func assertReplays(tb tester, c *domain.Case, events []domain.Event) {
	tb.Helper()
	must(tb, domain.VerifyChain(events))
	patches := domain.ReadPatches(events)
	defer patches.Release()
	replayed, err := patches.Replay()
	must(tb, err)
	diff, err := c.DifferencesFrom(replayed)
	must(tb, err)
	if len(diff) > 0 {
		tb.Fatalf("the case is not what its events say: %s", diff)
	}
	last := events[len(events)-1]
	if c.EventSeq != last.Seq || string(c.EventHash) != string(last.Hash) || c.Status != last.ToStatus || c.Version != last.Seq {
		tb.Fatalf("case at %d (version %d, %s), last event %d to %s", c.EventSeq, c.Version, c.Status, last.Seq, last.ToStatus)
	}
}

func TestNoEventHoldsAPersonalValue(t *testing.T) {
	for _, s := range domain.Statuses {
		for _, e := range at(t, s.Status).NewEvents {
			assertSilent(t, "event "+e.Kind, e.Data+e.Reason)
		}
	}
}

// drawMove makes some move by somebody, with good and bad input: mostly one that is open, else any by anybody.
func drawMove(t *rapid.T, c *domain.Case, now calendar.Date) error {
	m := rapid.SampledFrom(matrix).Draw(t, "move")
	who := rapid.SampledFrom(everybody).Draw(t, "who")
	if rapid.IntRange(0, 9).Draw(t, "legal") > 1 {
		open := slices.DeleteFunc(slices.Concat(matrix, onward, onward, onward, onward), func(m row) bool { return !slices.Contains(m.from, c.Status) })
		if len(open) > 0 {
			m = rapid.SampledFrom(open).Draw(t, "open move")
			who = rapid.SampledFrom(m.who).Draw(t, "entitled")
		}
	}
	actor, ok := insiders[who]
	if !ok {
		actor = strangers[who]
	}
	x := actOn(now, actor)
	x.Reason = rapid.SampledFrom([]string{"some_reason", "some_reason", ""}).Draw(t, "reason")
	on := now.AddDays(rapid.SampledFrom([]int{0, 0, 0, 0, -1, -3, -40, 1}).Draw(t, "day"))
	party := rapid.IntRange(0, 3).Draw(t, "party")
	terms := []func(calendar.Date) domain.Terms{payment, handshake}[rapid.IntRange(0, 1).Draw(t, "terms")](on)
	if err, ok := drawAgreement(t, c, m.action, x, on); ok {
		return err
	}
	if err, ok := drawTeam(t, c, m.action, x, on); ok {
		return err
	}
	switch m.action {
	case domain.ActionDismiss:
		tier := domain.TierCourtyard
		x.Reason = rapid.SampledFrom([]string{"unfounded", "settled_itself"}).Draw(t, "dismissal")
		return c.Dismiss(x, on, rapid.SampledFrom([]*domain.Tier{nil, &tier}).Draw(t, "tier"))
	case domain.ActionRegister:
		in := dispute()
		in.Source, in.RequestedOn = domain.SourceInitiative, on
		_, err := c.RegisterClue(x, in)
		return err
	case domain.ActionRequestSupplement:
		return c.RequestSupplement(x, on, []string{"identity"}, on.AddDays(party))
	case domain.ActionReceiveSupplement:
		return c.ReceiveSupplement(x, on)
	case domain.ActionTransfer:
		return c.Transfer(x, rapid.SampledFrom([]domain.Handover{{On: on, ToOrg: townCommittee}, {On: on, ToOrgan: "court"}, {On: on}, {On: on, ToOrg: committee}}).Draw(t, "to"))
	case domain.ActionConfirmTransfer:
		return c.ConfirmTransfer(x, domain.Receipt{On: on, Number: rapid.SampledFrom([]string{"", "回执1号"}).Draw(t, "receipt")}, nil)
	case domain.ActionRefuseTransfer:
		return c.RefuseTransfer(x, on)
	case domain.ActionReturnTransfer:
		return c.ReturnTransfer(x)
	case domain.ActionAskSuspension, domain.ActionSuspend:
		x.Reason = string(rapid.SampledFrom(append(slices.Clone(calendar.Reasons), "some_reason")).Draw(t, "why"))
		if m.action == domain.ActionSuspend {
			return c.Suspend(x, on)
		}
		return c.AskSuspension(x)
	case domain.ActionResume:
		return c.Resume(x, on)
	case domain.ActionExtend:
		return c.Extend(x, domain.Prolongation{AgreedOn: on, Until: on.AddDays(40), Parties: []int{1, party}, How: "oral"})
	case domain.ActionAskReopening:
		x.Reason = rapid.SampledFrom([]string{"content_improper", "wrong_closing", "agreement_invalid", "some_reason"}).Draw(t, "ground")
		return c.AskReopening(x, party > 0)
	case domain.ActionReopen:
		return c.Reopen(x, on)
	case domain.ActionRefuseApproval:
		return c.RefuseApproval(x)
	case domain.ActionCorrectDates:
		return c.CorrectDates(x, domain.DateCorrection{RequestedOn: on})
	case domain.ActionAddRepresentative:
		in := agent(max(party, 1))
		in.From, in.Kind = on, rapid.SampledFrom([]domain.RepresentativeKind{domain.RepresentativeAgent, domain.RepresentativeGuardian, domain.RepresentativeHead}).Draw(t, "kind")
		if in.Kind == domain.RepresentativeGuardian {
			in.Powers, in.Relation = nil, "mother"
		}
		return c.AddRepresentative(x, in)
	case domain.ActionEndRepresentative:
		return c.EndRepresentative(x, max(party, 1), on)
	case domain.ActionAttach:
		return c.Attach(x, photo(byte(len(c.Attachments))))
	case domain.ActionWithdrawAttachment:
		x.Reason = "wrong_file"
		return c.WithdrawAttachment(x, max(party, 1))
	case domain.ActionStopProcessing:
		return c.StopProcessing(x, max(party, 1))
	case domain.ActionErase:
		return domain.Errorf(domain.CodeGuard, "needs the events; see TestErasure")
	case domain.ActionRaiseEscalation:
		in := danger(rapid.SampledFrom([]domain.EscalationLevel{domain.LevelRed, domain.LevelBlue, ""}).Draw(t, "level"))
		in.FoundAt = on.StartOfDay().Add(10 * time.Hour)
		in.Victim = rapid.SampledFrom([]domain.Victim{"", domain.VictimMinor, domain.VictimIncapable}).Draw(t, "victim")
		return c.RaiseEscalation(x, in)
	case domain.ActionRecordMeasures:
		return c.RecordMeasures(x, domain.NewMeasures{No: max(party, 1), At: x.At, Taken: []string{"calm"}, Note: "已劝离现场。"})
	case domain.ActionReportEscalation:
		return c.ReportEscalation(x, domain.NewReport{No: max(party, 1), Organ: rapid.SampledFrom([]string{"police", "center"}).Draw(t, "organ"), How: "phone", At: x.At})
	case domain.ActionEndEscalation:
		return c.EndEscalation(x, domain.EscalationEnd{No: max(party, 1), At: x.At, Result: domain.ResultStable, Prevented: domain.EscalationSuicide, PreventedPeople: party})
	case domain.ActionPlanSession, domain.ActionChangeSession:
		in := meeting()
		in.No, in.Joint = max(party, 1), party > 0
		in.StartsAt = x.At.Add(time.Duration(rapid.IntRange(-1, 100).Draw(t, "hours")) * time.Hour)
		in.EndsAt = in.StartsAt.Add(time.Hour)
		if m.action == domain.ActionPlanSession {
			return c.PlanSession(x, in)
		}
		return c.ChangeSession(x, in)
	case domain.ActionCancelSession:
		return c.CancelSession(x, max(party, 1))
	case domain.ActionRecordSession:
		in := round(on)
		in.No, in.Held = party, rapid.Bool().Draw(t, "held")
		return c.RecordSession(x, in)
	case domain.ActionOpenNote:
		return c.OpenNote(x, confidence(1, party))
	case domain.ActionScreenParty:
		return c.ScreenParty(x, domain.NewScreening{PartyNo: party, AskedAt: x.At, Alone: true, Safe: party > 1, Advice: []string{"separate"}, Note: "怕对方动手。"})
	case domain.ActionRecount:
		x.Calendar = otherDays
		return c.Recount(x)
	case domain.ActionGrantReading:
		return c.GrantReading(x, 99)
	case domain.ActionAccept:
		return c.Accept(x, acceptance(on))
	case domain.ActionDecline:
		return c.Decline(x, ending(on))
	case domain.ActionAssign:
		return c.Assign(x, rapid.SliceOfN(rapid.SampledFrom([]domain.PersonID{2, 3, 4, 7}), 0, 3).Draw(t, "mediators"))
	case domain.ActionCorrect:
		facts, kind := "两家因滴水发生争执。", rapid.SampledFrom([]string{"02", "10", "11", "15"}).Draw(t, "type")
		return c.Correct(x, domain.Correction{Facts: &facts, Type: &kind})
	case domain.ActionRecordConsent:
		return c.RecordConsent(x, party, rapid.SampledFrom([]domain.Consent{domain.Consented, domain.Consented, domain.Refused, domain.ConsentUnknown}).Draw(t, "consent"), on)
	case domain.ActionStart:
		return c.Start(x, on, notices(on, 1, 2, max(party, 1)), []int{1, 2})
	case domain.ActionAgreeOrally:
		return c.AgreeOrally(x, terms)
	case domain.ActionAgreeInWriting:
		return c.AgreeInWriting(x, terms, signing(on))
	case domain.ActionFail:
		return c.Fail(x, ending(on))
	case domain.ActionWithdraw:
		return c.Withdraw(x, on)
	case domain.ActionRecordPerformance:
		return c.RecordPerformance(x, max(party, 1), drawPerformance(t, on))
	case domain.ActionClose:
		return c.Close(x, on)
	case domain.ActionArchive:
		if len(c.Attachments) == 0 {
			x.Reason = "lost"
		}
		return c.Archive(x, on, domain.FiledDocument{Code: "register"}, domain.FiledDocument{Code: "notice", No: 1})
	case domain.ActionVoid:
		if rapid.IntRange(0, 4).Draw(t, "spare") > 0 {
			return domain.Errorf(domain.CodeGuard, "voided seldom, or no case grows old")
		}
		return c.Void(x)
	default:
		return c.SetConfidentiality(x, rapid.SampledFrom([]domain.Confidentiality{domain.Ordinary, domain.Private, domain.Restricted}).Draw(t, "level"))
	}
}

// onward is the way to an agreement and its performance, drawn more often, or most cases would end before it.
var onward = slices.DeleteFunc(slices.Clone(matrix), func(m row) bool {
	return !slices.Contains([]domain.Action{
		domain.ActionAccept, domain.ActionStart, domain.ActionAgreeOrally, domain.ActionAgreeInWriting, domain.ActionRecordPerformance,
		domain.ActionDraftAgreement, domain.ActionSignAgreement, domain.ActionSealAgreement, domain.ActionRecordFollowUp, domain.ActionApplyConfirmation,
		domain.ActionRecordConfirmation, domain.ActionPlanSession, domain.ActionRecordSession,
	}, m.action)
})

// everybody is the names of all people, in a fixed order.
var everybody = slices.Sorted(func(yield func(string) bool) {
	for _, people := range []map[string]domain.Actor{insiders, strangers} {
		for n := range people {
			if !yield(n) {
				return
			}
		}
	}
})

func drawPerformance(t *rapid.T, on calendar.Date) domain.Performance {
	return seen(rapid.SampledFrom([]domain.ObligationStatus{domain.Performed, domain.PartlyPerformed, domain.Unperformable, domain.Pending, domain.Unperformed, domain.Sued, domain.Enforcement}).Draw(t, "result"),
		rapid.SampledFrom([]string{"", "", "100", "3200"}).Draw(t, "amount"), on)
}

// TestAnyHistoryIsKeptWhole lets random people make random moves. After each the events chain and replay to the case; a
// refused move leaves no event, and the copy that storage keeps is untouched.
func TestAnyHistoryIsKeptWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := requested
		in := dispute()
		in.Confidentiality = rapid.SampledFrom([]domain.Confidentiality{domain.Ordinary, domain.Private}).Draw(t, "confidentiality")
		c := clue(t)
		if rapid.IntRange(0, 5).Draw(t, "from a clue") > 0 {
			r, err := domain.Register(actOn(now, keeper), in)
			must(t, err)
			c = r.Case
		}
		events := c.NewEvents
		for range rapid.IntRange(3, 25).Draw(t, "moves") {
			now = now.AddDays(rapid.IntRange(0, 2).Draw(t, "later"))
			c = c.Clone() // as storage hands it out, without the events
			before := c.Clone()
			if err := drawMove(t, c, now); err != nil {
				if domain.CodeOf(err) == "" {
					t.Fatalf("an internal error: %v", err)
				}
				if len(c.NewEvents) != 0 {
					t.Fatalf("refused (%v), yet %d events", err, len(c.NewEvents))
				}
				c = before
				assertReplays(t, c, events)
				continue
			}
			if len(c.NewEvents) != 1 {
				t.Fatalf("%d events of one move", len(c.NewEvents))
			}
			assertReplays(t, before, events) // or storage would not see what changed
			events = append(events, c.NewEvents...)
			assertReplays(t, c, events)
			assertSound(t, c, events)
		}
	})
}

// assertSound is what the constraints of the schema say of a case, and that its last event gives nothing away.
func assertSound(t *rapid.T, c *domain.Case, events []domain.Event) {
	e := events[len(events)-1]
	for _, v := range typed() {
		if strings.Contains(e.Data, v) {
			t.Fatalf("event %s shows %q", e.Kind, v)
		}
	}
	for _, fault := range domain.TeamFaults(c) {
		t.Fatalf("after %s: %s", e.Kind, fault)
	}
	for _, fault := range domain.AgreementFaults(c) {
		t.Fatalf("after %s: %s", e.Kind, fault)
	}
	for rule, ok := range map[string]bool{
		"occurred by the day it was recorded": !e.OccurredOn.After(calendar.DateOf(e.RecordedAt)),
		"number with acceptance":              (c.AcceptedOn == nil) == (c.FileNo == nil),
		"presiding is a mediator":             c.Presiding == nil || slices.Contains(c.Mediators, *c.Presiding),
		"outcome with its day":                (c.Outcome == nil) == (c.ConcludedOn == nil),
		"closed by no mediator":               c.ClosedBy == nil || !slices.Contains(c.Mediators, *c.ClosedBy),
		"closed after its end":                c.ClosedOn == nil || !c.ClosedOn.Before(*c.ConcludedOn),
		"void with reason":                    (c.Status == domain.StatusVoid) == (c.VoidReason != nil),
		"started after acceptance":            c.StartedOn == nil || !c.StartedOn.Before(*c.AcceptedOn),
		"someone can read it":                 len(c.Readers) > 0,
		"no clock of mediation after its end": c.Outcome == nil || !slices.ContainsFunc(c.Deadlines, func(d domain.Deadline) bool {
			return d.EndedOn == nil && (d.Rule == "D1" || d.Rule == "D4" || d.Rule == "D7" || d.Rule == "D8")
		}),
		"at most one clock of mediation": count(c.Deadlines, func(d domain.Deadline) bool {
			return d.EndedOn == nil && (d.Rule == "D4" || d.Rule == "D7" || d.Rule == "D8")
		}) <= 1,
		"no clock in the archive or the voided": c.Status != domain.StatusArchived && c.Status != domain.StatusVoid || count(c.Deadlines, func(d domain.Deadline) bool { return d.EndedOn == nil && d.Rule != "D16" }) == 0,
		"consent with its day":                  !slices.ContainsFunc(c.Parties, func(p domain.Party) bool { return (p.Consent == domain.ConsentUnknown) != (p.ConsentOn == nil) }),
		"agreed only with everybody's consent":  !slices.Contains([]domain.Status{domain.StatusAgreedOral, domain.StatusAgreedWritten}, c.Status) || !slices.ContainsFunc(c.Parties, func(p domain.Party) bool { return p.Consent != domain.Consented }),
		"closed only with every result":         c.ClosedOn == nil || !slices.ContainsFunc(c.Obligations, func(o domain.Obligation) bool { return !o.Settled() }),
	} {
		if !ok {
			t.Fatalf("after %s the case breaks: %s", e.Kind, rule)
		}
	}
}

func count[T any](list []T, is func(T) bool) (n int) {
	for _, x := range list {
		if is(x) {
			n++
		}
	}
	return n
}
