package domain_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"baimi/domain"
)

//go:generate go test -run ^TestLifecycleDocumentIsTrue$ -update .

var update = flag.Bool("update", false, "write docs/lifecycle.md anew")

const lifecyclePath = "../docs/lifecycle.md"

// TestLifecycleDocumentIsTrue keeps the drawing next to the table it is drawn from.
func TestLifecycleDocumentIsTrue(t *testing.T) {
	want := lifecycleDocument()
	if *update {
		must(t, os.WriteFile(lifecyclePath, []byte(want), 0o644))
		return
	}
	got, err := os.ReadFile(lifecyclePath)
	must(t, err)
	if string(got) != want {
		t.Error("docs/lifecycle.md is not what domain.Moves says: run make generate")
	}
}

const lifecycleHead = `# The life of a case

*Generated from ` + "`domain.Moves`" + ` by ` + "`make generate`" + `; do not edit. A test fails when this page and the table differ.*

The life cycle of domain.md 2 with its ruling P1. What follows from time (due, overdue) is no state. Agreements,
obligations, transfers, suspensions and the like are numbered rows of the case with a status of their own; those with more
than an end are drawn below.

` + "`Case.move`" + ` is the one place that assigns a status. It asks, in this order: may this actor do it (else ` + "`forbidden`" + `), is it
open in this state (else ` + "`move-not-open`" + `), is it the actor's own case that he would approve (` + "`forbidden`" + `); then the move's own
conditions (` + "`invalid`" + ` with every field at fault, or ` + "`guard`" + `). Each move leaves one event.

`

// lifecycleDocument draws the table.
func lifecycleDocument() string {
	var b strings.Builder
	b.WriteString(lifecycleHead)
	b.WriteString("```mermaid\nstateDiagram-v2\n")
	for _, s := range domain.Statuses {
		fmt.Fprintf(&b, "    %s: %s\n", s.Status, s.Name)
	}
	voidFrom := domain.MoveOf(domain.ActionVoid).From
	for _, m := range domain.Moves {
		switch {
		case m.Action == domain.ActionVoid || (m.To == "" && !m.Back && m.Last == ""):
			// leads from everywhere, or nowhere: the tables below have it, the drawing would drown in it
		default:
			if m.New {
				fmt.Fprintf(&b, "    [*] --> %s: %s\n", m.To, m.Label)
			}
			for _, f := range m.From {
				for _, to := range leadsTo(m, f) {
					fmt.Fprintf(&b, "    %s --> %s: %s\n", f, to, m.Label)
				}
			}
		}
	}
	for _, s := range domain.Statuses {
		if s.Status == domain.StatusArchived || s.Status.Final() {
			fmt.Fprintf(&b, "    %s --> [*]\n", s.Status)
		}
	}
	b.WriteString("```\n\n")
	fmt.Fprintf(&b, "Not drawn: `%s` (%s) leads to `%s` from each of the %d states %s; the moves whose *to* is “—” leave the state as it is.\n\n",
		domain.ActionVoid, domain.MoveOf(domain.ActionVoid).Label, domain.StatusVoid, len(voidFrom), codes(voidFrom))
	b.WriteString("## Moves\n\n| Action | Label | From | To | By | Needs | Basis |\n|---|---|---|---|---|---|---|\n")
	for _, m := range domain.Moves {
		from, to := codes(m.From), "—"
		switch {
		case m.Back:
			to = "the state it left"
		case m.Last != "":
			to = "—; with the last act `" + string(m.Last) + "`"
		case m.To != "":
			to = "`" + string(m.To) + "`"
		}
		switch {
		case len(m.From) == 0:
			from = "new"
		case m.New:
			from = "new, " + from
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s | %s |\n", m.Action, m.Label, from, to, codes(m.By), m.Needs, m.Basis)
	}
	b.WriteString("\n## Open in each state\n\n| State | | Moves |\n|---|---|---|\n")
	for _, s := range domain.Statuses {
		var open []domain.Action
		for _, m := range domain.Moves {
			for _, f := range m.From {
				if f == s.Status {
					open = append(open, m.Action)
				}
			}
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", s.Status, s.Name, codes(open))
	}
	b.WriteString("\n## Below the case\n\nThe moves that take each step are beside it, with who makes them, what they ask for and the articles they rest on.\n")
	drawMachine(&b, "Agreement 调解协议", domain.Agreements)
	b.WriteString("\nWhat gives an agreement its effect (ruling P10):\n\n| Rule | | Mediator | Seal | Basis |\n|---|---|---|---|---|\n")
	for _, e := range domain.Effects {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", e.Rule, e.Name, needed(e.Mediator), needed(e.Seal), e.Basis)
	}
	drawMachine(&b, "Obligation 履行事项", domain.Obligations)
	drawMachine(&b, "Judicial confirmation 司法确认", domain.Confirmations)
	drawMachine(&b, "Follow-up 回访", domain.FollowUps)
	drawMachine(&b, "Question about a mediator 回避", domain.Recusals)
	drawMachine(&b, "Escalation 预警", domain.Escalations)
	b.WriteString("\nAn escalation stands beside the life cycle: it is raised, measured, reported and ended in every state of its case, and its state follows from what is recorded of it.\n")
	drawMachine(&b, "Session 调解会", domain.Sessions)
	b.WriteString("\nA round that nobody planned is recorded as held at once.\n")
	b.WriteString("\n## A draft (草稿)\n\nAn intake form that is still being typed is no case yet: it has a life of its own, all by its owner; an untouched one is discarded by a job.\n\n| Action | Label | From | To |\n|---|---|---|---|\n")
	for _, m := range domain.DraftMoves {
		from := slices.DeleteFunc(slices.Clone(m.From), func(s domain.DraftStatus) bool { return s == "" })
		fmt.Fprintf(&b, "| `%s` | %s | %s | `%s` |\n", m.Action, m.Label, codes(from), m.To)
	}
	b.WriteString("\nThe capacities (who somebody is to one case) are in [glossary.md](glossary.md).\n")
	return b.String()
}

// leadsTo is where a move leads from a state: for a move back, to every state from which it was entered.
func leadsTo(m domain.Move, from domain.Status) []domain.Status {
	switch {
	case m.Last != "":
		return []domain.Status{m.Last}
	case !m.Back:
		return []domain.Status{m.To}
	}
	var list []domain.Status
	for _, x := range domain.Moves {
		if x.To == from {
			list = append(list, x.From...)
		}
	}
	return list
}

// codes lists code words as code, "none" for none.
func codes[T ~string](words []T) string {
	if len(words) == 0 {
		return "none"
	}
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = "`" + string(w) + "`"
	}
	return strings.Join(quoted, ", ")
}

func needed(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// once adds what is not in the list yet.
func once(list []string, more ...string) []string {
	for _, x := range more {
		if !slices.Contains(list, x) {
			list = append(list, x)
		}
	}
	return list
}

// drawMachine draws the life of one kind of row, and lists the moves that take each step.
func drawMachine[S ~string](b *strings.Builder, title string, m domain.Machine[S]) {
	fmt.Fprintf(b, "\n### %s\n\n```mermaid\nstateDiagram-v2\n", title)
	for _, s := range m.States() {
		fmt.Fprintf(b, "    %s: %s\n", s, m.Name(s))
	}
	fmt.Fprintf(b, "    [*] --> %s\n", m.First)
	for _, s := range m.Steps {
		fmt.Fprintf(b, "    %s --> %s\n", s.From, s.To)
	}
	b.WriteString("```\n\n| From | To | By | Who | Needs | Basis |\n|---|---|---|---|---|---|\n")
	for _, s := range m.Steps {
		var who []domain.Capacity
		var needs, basis []string
		for _, by := range s.By {
			x := domain.MoveOf(by)
			for _, c := range x.By {
				if !slices.Contains(who, c) {
					who = append(who, c)
				}
			}
			needs, basis = once(needs, x.Needs), once(basis, strings.Split(x.Basis, "；")...)
		}
		fmt.Fprintf(b, "| `%s` | `%s` | %s | %s | %s | %s |\n", s.From, s.To, codes(s.By), codes(who), strings.Join(needs, " / "), strings.Join(basis, "；"))
	}
}
