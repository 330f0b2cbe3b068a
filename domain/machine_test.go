package domain_test

import (
	"testing"

	"baimi/domain"
)

// TestNoRowBelowTheCaseIsStuck walks the machines of the rows below a case: every status is reached from the first one and
// reaches an end, has a name, and each step is one of moves that there are.
func TestNoRowBelowTheCaseIsStuck(t *testing.T) {
	walk(t, "agreement", domain.Agreements)
	walk(t, "obligation", domain.Obligations)
	walk(t, "judicial confirmation", domain.Confirmations)
	walk(t, "follow-up", domain.FollowUps)
	walk(t, "escalation", domain.Escalations)
	walk(t, "session", domain.Sessions)
}

func walk[S ~string](t *testing.T, what string, m domain.Machine[S]) {
	t.Helper()
	next, back := map[S][]S{}, map[S][]S{}
	for _, s := range m.Steps {
		next[s.From], back[s.To] = append(next[s.From], s.To), append(back[s.To], s.From)
		if len(s.By) == 0 {
			t.Errorf("%s: no move takes the step from %s to %s", what, s.From, s.To)
		}
		for _, a := range s.By {
			domain.MoveOf(a) // panics for an action that is in no row
		}
	}
	spread := func(edges map[S][]S, from ...S) map[S]bool {
		seen := map[S]bool{}
		for len(from) > 0 {
			s := from[0]
			from = from[1:]
			if !seen[s] {
				seen[s] = true
				from = append(from, edges[s]...)
			}
		}
		return seen
	}
	var ends []S
	for _, s := range m.States() {
		if len(next[s]) == 0 {
			ends = append(ends, s)
		}
	}
	reached, ending := spread(next, m.First), spread(back, ends...)
	for _, s := range m.States() {
		if !reached[s] || !ending[s] || m.Name(s) == "" {
			t.Errorf("%s %q (%s): reached %v, comes to an end %v", what, s, m.Name(s), reached[s], ending[s])
		}
	}
}

// TestEachStepOfADangerIsTaken makes the moves of an escalation in every order the machine draws, and finds it where the step leads.
func TestEachStepOfADangerIsTaken(t *testing.T) {
	lead := map[domain.EscalationState][]domain.Action{
		domain.EscalationFound:    nil,
		domain.EscalationMeasured: {domain.ActionRecordMeasures},
		domain.EscalationReported: {domain.ActionReportEscalation},
	}
	for _, s := range domain.Escalations.Steps {
		c := at(t, domain.StatusMediating)
		in := danger(domain.LevelRed)
		in.Kind = domain.EscalationOther // the law does not ask to report it
		must(t, c.RaiseEscalation(act(keeper), in))
		for _, a := range lead[s.From] {
			must(t, do(c, a, own))
		}
		if got := c.StateOf(c.Escalations[0]); got != s.From {
			t.Fatalf("it is %s, want %s", got, s.From)
		}
		if s.By[0] == domain.ActionEndEscalation {
			must(t, c.EndEscalation(act(own), domain.EscalationEnd{No: 1, At: act(own).At, Result: domain.EscalationResult(s.To)}))
		} else {
			must(t, do(c, s.By[0], own))
		}
		if got := c.StateOf(c.Escalations[0]); got != s.To {
			t.Errorf("from %s by %s it comes to %s, want %s", s.From, s.By, got, s.To)
		}
	}
}
