package domain_test

import (
	"maps"
	"slices"
	"testing"

	"baimi/domain"
)

// matrix says, once more and by hand, what domain.md 2.2 and rulings P1, P14, P15 allow in this first part of the life
// cycle: the states in which a move is open, and the insiders who may make it. Nobody else may.
var matrix = []row{
	{domain.ActionDismiss, is("clue"), "dismissed", []string{"keeper", "own mediator", "colleague", "director"}},
	{domain.ActionRegister, is("clue"), "registered", []string{"keeper", "own mediator", "colleague", "director"}},
	{domain.ActionRequestSupplement, is("registered"), "supplement", []string{"director", "colleague", "own mediator"}},
	{domain.ActionReceiveSupplement, is("supplement"), "registered", []string{"keeper", "own mediator", "colleague", "director"}},
	{domain.ActionAccept, is("registered"), "accepted", []string{"director", "colleague", "own mediator"}},
	{domain.ActionDecline, is("registered", "supplement"), "not_accepted", []string{"director", "colleague", "own mediator"}},
	{domain.ActionTransfer, is("registered", "supplement", "accepted", "mediating", "suspended"), "transferred", []string{"director", "judicial office"}},
	{domain.ActionConfirmTransfer, is("transferred"), "", []string{"receiver"}},
	{domain.ActionRefuseTransfer, is("transferred"), "mediating", []string{"receiver"}},
	{domain.ActionReturnTransfer, is("transferred"), "mediating", []string{"a job"}},
	{domain.ActionAssign, is("accepted", "mediating", "suspended", "agreed_oral", "agreed_written"), "", []string{"director", "judicial office"}},
	{domain.ActionCorrect, is("clue", "registered", "supplement", "accepted", "mediating", "suspended"), "", []string{"keeper", "own mediator", "colleague", "director"}},
	{domain.ActionRecordConsent, is("registered", "supplement", "accepted", "mediating", "suspended"), "", []string{"keeper", "own mediator", "colleague", "director"}},
	{domain.ActionStart, is("accepted"), "mediating", []string{"own mediator", "guest mediator"}},
	{domain.ActionAskSuspension, is("accepted", "mediating"), "", []string{"own mediator", "guest mediator"}},
	{domain.ActionSuspend, is("accepted", "mediating"), "suspended", []string{"director", "judicial office"}},
	{domain.ActionResume, is("suspended"), "mediating", []string{"own mediator", "guest mediator", "director"}},
	{domain.ActionExtend, is("accepted", "mediating"), "", []string{"own mediator", "guest mediator", "director"}},
	{domain.ActionDraftAgreement, is("mediating", "agreed_oral"), "", []string{"own mediator", "guest mediator"}},
	{domain.ActionSignAgreement, is("mediating", "agreed_oral"), "", []string{"own mediator", "guest mediator"}},
	{domain.ActionSealAgreement, is("mediating", "agreed_oral"), "agreed_written", []string{"own mediator", "guest mediator", "director"}},
	{domain.ActionAgreeOrally, is("mediating"), "agreed_oral", []string{"own mediator", "guest mediator"}},
	{domain.ActionAgreeInWriting, is("mediating", "agreed_oral"), "agreed_written", []string{"own mediator", "guest mediator"}},
	{domain.ActionFail, is("accepted", "mediating", "suspended"), "failed", []string{"own mediator", "guest mediator"}},
	{domain.ActionWithdraw, is("registered", "supplement", "accepted", "mediating", "suspended"), "withdrawn", []string{"own mediator", "colleague", "director"}},
	{domain.ActionRecordPerformance, is("agreed_oral", "agreed_written"), "", []string{"own mediator", "guest mediator", "director"}},
	{domain.ActionUrge, is("agreed_oral", "agreed_written"), "", []string{"own mediator", "guest mediator", "director"}},
	{domain.ActionApplyConfirmation, is("agreed_written", "closed"), "", []string{"own mediator", "guest mediator", "director"}},
	{domain.ActionRecordConfirmation, is("agreed_written", "closed", "archived"), "", []string{"own mediator", "guest mediator", "director"}},
	{domain.ActionRecordObjection, is("agreed_written", "closed", "archived"), "", []string{"own mediator", "guest mediator", "director"}},
	{domain.ActionRecordRuling, is("agreed_oral", "agreed_written", "closed", "archived"), "", []string{"own mediator", "guest mediator", "director", "judicial office"}},
	{domain.ActionRecordFollowUp, is("agreed_oral", "agreed_written"), "", []string{"own mediator", "guest mediator", "colleague", "director"}},
	{domain.ActionPlanFollowUps, is("agreed_oral", "agreed_written"), "", []string{"a job"}},
	{domain.ActionClose, is("agreed_oral", "agreed_written", "failed", "withdrawn", "not_accepted", "transferred"), "closed", []string{"director", "judicial office"}},
	{domain.ActionArchive, is("closed"), "archived", []string{"director", "judicial office"}},
	{domain.ActionAskReopening, is("agreed_oral", "agreed_written", "closed", "archived"), "", []string{"director"}},
	{domain.ActionReopen, is("agreed_oral", "agreed_written", "closed", "archived"), "mediating", []string{"judicial office"}},
	{domain.ActionRefuseApproval, is("accepted", "mediating", "agreed_oral", "agreed_written", "closed", "archived"), "", []string{"director", "judicial office"}},
	{domain.ActionVoid, everyCase, "void", []string{"bureau"}},
	{domain.ActionGrantReading, everyCase, "", []string{"security administrator"}},
	{
		domain.ActionSetConfidentiality, slices.Concat(is("clue"), everyCase), "",
		[]string{"own mediator", "guest mediator", "colleague", "director", "judicial office"},
	},
	{domain.ActionCorrectDates, is("registered", "supplement", "accepted", "mediating", "suspended", "agreed_oral", "agreed_written", "failed", "withdrawn",
		"not_accepted", "transferred"), "", []string{"director", "judicial office"}},
	{
		domain.ActionAddRepresentative, is("registered", "supplement", "accepted", "mediating", "suspended", "agreed_oral", "agreed_written"), "",
		[]string{"keeper", "own mediator", "colleague", "director"},
	},
	{
		domain.ActionEndRepresentative, is("registered", "supplement", "accepted", "mediating", "suspended", "agreed_oral", "agreed_written"), "",
		[]string{"keeper", "own mediator", "colleague", "director"},
	},
	{domain.ActionAttach, bringing, "", bringers},
	{domain.ActionWithdrawAttachment, bringing, "", bringers},
	{domain.ActionAskRecusal, is("accepted", "mediating", "suspended"), "", servants},
	{domain.ActionDiscloseInterest, is("accepted", "mediating", "suspended"), "", []string{"own mediator", "guest mediator"}},
	{domain.ActionDecideRecusal, is("accepted", "mediating", "suspended"), "", []string{"director", "judicial office"}},
	{domain.ActionInvite, is("accepted", "mediating", "suspended"), "", servants},
	{domain.ActionEndInvitation, is("accepted", "mediating", "suspended"), "", servants},
	{domain.ActionRecordContact, is("registered", "supplement", "accepted", "mediating", "suspended", "agreed_oral", "agreed_written"), "", servants},
	{domain.ActionGiveNotice, is("registered", "supplement", "accepted", "mediating", "suspended", "agreed_oral", "agreed_written"), "", servants},
	{domain.ActionRecordDataConsent, is("registered", "supplement", "accepted", "mediating", "suspended", "agreed_oral", "agreed_written"), "", servants},
	{domain.ActionWithdrawDataConsent, everyCase, "", servants},
	{domain.ActionErase, is("dismissed", "failed", "withdrawn", "not_accepted", "void", "closed", "archived"), "", []string{"bureau", "a job"}},
	{domain.ActionStopProcessing, is("failed", "withdrawn", "not_accepted", "void", "closed", "archived"), "", []string{"bureau", "a job"}},
	{domain.ActionRaiseEscalation, everyState, "", readers},
	{domain.ActionRecordMeasures, everyState, "", readers},
	{domain.ActionReportEscalation, everyState, "", readers},
	{domain.ActionEndEscalation, everyState, "", readers},
	{domain.ActionPlanSession, is("accepted", "mediating"), "", []string{"own mediator", "guest mediator", "director"}},
	{domain.ActionChangeSession, is("accepted", "mediating", "suspended"), "", []string{"own mediator", "guest mediator", "director"}},
	{domain.ActionCancelSession, recording, "", []string{"own mediator", "guest mediator", "director"}},
	{domain.ActionRecordSession, recording, "", []string{"own mediator", "guest mediator"}},
	{domain.ActionScreenParty, is("accepted", "mediating", "suspended"), "", []string{"own mediator", "guest mediator"}},
	{domain.ActionOpenNote, recording, "", []string{"own mediator", "guest mediator"}},
	{domain.ActionRecount, slices.Concat(is("clue"), everyCase), "", []string{"a job"}},
}

// readers are all who may see the case: any of them may tell of a danger, in whatever state it is (人民调解法 25).
var (
	servants   = []string{"keeper", "own mediator", "guest mediator", "colleague", "director"}
	readers    = []string{"keeper", "own mediator", "guest mediator", "colleague", "director", "judicial office", "bureau", "receiver"}
	everyState = slices.Concat(is("clue", "dismissed", "void"), everyCase)
)

// Files are brought until the case is archived, by whoever keeps its papers.
var (
	bringing = is("registered", "supplement", "accepted", "mediating", "suspended", "agreed_oral", "agreed_written", "failed", "withdrawn", "not_accepted",
		"transferred", "closed")
	bringers = []string{"keeper", "own mediator", "colleague", "director", "judicial office"}
)

// recording are the states in which a round is recorded: until the file is locked, since the day's agreement is often typed in first.
var recording = is("mediating", "suspended", "agreed_oral", "agreed_written", "failed", "withdrawn", "closed")

// everyCase is every state of a case that counts or counted: neither a clue nor a voided one.
var everyCase = is("registered", "supplement", "not_accepted", "transferred", "accepted", "mediating", "suspended", "agreed_oral",
	"agreed_written", "failed", "withdrawn", "closed", "archived")

type row struct {
	action domain.Action
	from   []domain.Status
	to     domain.Status // "" stays
	who    []string
}

// String names the row in a drawn check.
func (r row) String() string { return string(r.action) }

func is(s ...domain.Status) []domain.Status { return s }

func TestEachMoveIsOpenExactlyWhereTheTableSays(t *testing.T) {
	for _, m := range matrix {
		for _, s := range domain.Statuses {
			for name, actor := range insiders {
				c := ready(t, s.Status, m.action)
				if m.action == domain.ActionRecount && !slices.ContainsFunc(c.Deadlines, domain.Deadline.Running) {
					continue // nothing that could move
				}
				right, open := isOneOf(name, m.who, m.action, c), slices.Contains(m.from, s.Status)
				listed := slices.ContainsFunc(c.AvailableActions(actor), func(x domain.Move) bool { return x.Action == m.action })
				before := c.Clone()
				err := do(c, m.action, actor)
				at := string(m.action) + " by " + name + " in " + string(s.Status)
				if listed != (right && open) {
					t.Errorf("%s: listed among the open actions: %v", at, listed)
				}
				switch got := domain.CodeOf(err); {
				case right && open && err != nil:
					t.Errorf("%s: refused: %v", at, err)
				case !right && got != domain.CodeForbidden:
					t.Errorf("%s: %v, want forbidden", at, err)
				case right && !open && got != domain.CodeNotOpen:
					t.Errorf("%s: %v, want move-not-open", at, err)
				}
				checkResult(t, at, c, before, m.to, m.action, err)
			}
		}
	}
}

// isOneOf knows where people are not yet, or only for a time, what they are to a case: its mediators before the acceptance,
// the receiver of a transfer.
func isOneOf(name string, who []string, action domain.Action, c *domain.Case) bool {
	byOwnHands := slices.Contains(domain.MoveOf(action).By, domain.AsCaseMediator) && !slices.Contains(who, "colleague")
	switch {
	case name == "guest mediator" || name == "own mediator" && byOwnHands:
		return len(c.Mediators) > 0 && slices.Contains(who, name)
	case name == "receiver":
		return c.Status == domain.StatusTransferred && (slices.Contains(who, name) || slices.Contains(who, "keeper"))
	}
	return slices.Contains(who, name)
}

func checkResult(t *testing.T, at string, c, before *domain.Case, to domain.Status, action domain.Action, err error) {
	t.Helper()
	if err != nil {
		if c.Status != before.Status || len(c.NewEvents) != 0 {
			t.Errorf("%s: refused, yet the case is %s with %d events", at, c.Status, len(c.NewEvents))
		}
		return
	}
	if to == "" {
		to = before.Status
	}
	if c.Status != to || len(c.NewEvents) != 1 {
		t.Errorf("%s: now %s with %d events, want %s with one", at, c.Status, len(c.NewEvents), to)
		return
	}
	e := c.NewEvents[0]
	if e.Kind != string(action) || *e.FromStatus != before.Status || e.ToStatus != to || e.Seq != before.EventSeq+1 || c.Version != before.Version+1 {
		t.Errorf("%s: event %+v", at, e)
	}
}

func TestStrangersMayDoNothing(t *testing.T) {
	for _, s := range domain.Statuses {
		c := at(t, s.Status)
		for name, actor := range strangers {
			if open := c.AvailableActions(actor); len(open) != 0 {
				t.Errorf("%s in %s: %v", name, s.Status, open)
			}
			for _, m := range matrix {
				if err := do(c.Clone(), m.action, actor); domain.CodeOf(err) != domain.CodeForbidden {
					t.Errorf("%s, %s in %s: %v", name, m.action, s.Status, err)
				}
			}
		}
	}
}

func TestOnlyThoseWithAPartMayRegister(t *testing.T) {
	for name, actor := range insiders {
		_, err := domain.Register(act(actor), dispute())
		if want := slices.Contains([]string{"keeper", "own mediator", "colleague", "director"}, name); want != (err == nil) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, actor := range strangers {
		if name == "same numbers, another county" {
			continue // the case takes the county of who registers it; storage and scope hold the committee to it
		}
		_, err := domain.Register(act(actor), dispute())
		if domain.CodeOf(err) != domain.CodeForbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A button that leads to an empty form is not shown, although the move stays in the table.
func TestPerformanceIsOfferedOnlyWhileSomethingIsOwed(t *testing.T) {
	offered := func(c *domain.Case) bool {
		return slices.ContainsFunc(c.AvailableActions(own), func(m domain.Move) bool { return m.Action == domain.ActionRecordPerformance })
	}
	if offered(at(t, domain.StatusAgreedOral)) {
		t.Error("offered where nothing is to be performed")
	}
	c := at(t, domain.StatusAgreedWritten)
	if !offered(c) {
		t.Error("not offered although a payment is owed")
	}
	must(t, c.RecordPerformance(act(own), 1, seen(domain.Performed, "", today)))
	if offered(c) {
		t.Error("offered although all is performed")
	}
}

// TestTheTableHoldsWhatTheMatrixSays keeps a new row of Moves from escaping the tests above.
func TestTheTableHoldsWhatTheMatrixSays(t *testing.T) {
	for _, m := range domain.Moves {
		if len(m.From) > 0 != slices.ContainsFunc(matrix, func(r row) bool { return r.action == m.Action }) {
			t.Errorf("%s: every move that leads from a state is tested, and no other", m.Action)
		}
	}
	for _, m := range matrix {
		x := domain.MoveOf(m.action)
		from := slices.Clone(x.From)
		slices.Sort(from)
		want := slices.Clone(m.from)
		slices.Sort(want)
		if !slices.Equal(from, want) || (x.To != m.to && !x.Back) {
			t.Errorf("%s leads from %v to %q, want %v to %q", m.action, from, x.To, want, m.to)
		}
	}
	for _, m := range domain.Moves {
		if m.Label == "" || m.Needs == "" || m.Basis == "" || len(m.By) == 0 {
			t.Errorf("row %+v lacks a part", m)
		}
	}
}

// TestNoStateIsADeadEnd walks the table: every state can be reached from where cases begin and reaches an end (ruling P1).
func TestNoStateIsADeadEnd(t *testing.T) {
	next := map[domain.Status][]domain.Status{}
	back := map[domain.Status][]domain.Status{}
	for _, m := range domain.Moves {
		for _, f := range m.From {
			to := m.To
			if m.Back {
				to = domain.StatusMediating // one of the states it may have left
			}
			if to != "" {
				next[f], back[to] = append(next[f], to), append(back[to], f)
			}
		}
	}
	reach := func(edges map[domain.Status][]domain.Status, from domain.Status) map[domain.Status]bool {
		seen, todo := map[domain.Status]bool{from: true}, []domain.Status{from}
		for len(todo) > 0 {
			s := todo[0]
			todo = todo[1:]
			for _, x := range edges[s] {
				if !seen[x] {
					seen[x], todo = true, append(todo, x)
				}
			}
		}
		return seen
	}
	reached := map[domain.Status]bool{}
	for _, m := range domain.Moves {
		if m.New {
			maps.Copy(reached, reach(next, m.To))
		}
	}
	ends := is("dismissed", "void")
	toArchive, toVoid := reach(back, domain.StatusArchived), reach(back, domain.StatusVoid)
	for _, s := range domain.Statuses {
		if !reached[s.Status] {
			t.Errorf("%s cannot be reached", s.Status)
		}
		if !slices.Contains(ends, s.Status) && !toArchive[s.Status] {
			t.Errorf("%s never reaches the archive", s.Status)
		}
		if s.Status != domain.StatusDismissed && !toVoid[s.Status] {
			t.Errorf("%s cannot be voided", s.Status)
		}
		if s.Status.Final() != slices.Contains(ends, s.Status) {
			t.Errorf("%s.Final() = %v: only a voided case and a dismissed clue have no move left", s.Status, s.Status.Final())
		}
		if s.Status.Name() == string(s.Status) {
			t.Errorf("%s has no Chinese name", s.Status)
		}
	}
}
