package domain_test

import (
	"crypto/sha256"
	"slices"
	"strings"
	"testing"
	"time"

	"baimi/domain"
)

func TestChainFindsEveryTampering(t *testing.T) {
	other := at(t, domain.StatusMediating).NewEvents
	reseal := func(e *domain.Event) { e.Hash = e.Sum() } // as somebody would who knows how the hash is made
	for name, tamper := range map[string]func([]domain.Event) []domain.Event{
		"county":     func(e []domain.Event) []domain.Event { e[2].County = 2; return e },
		"case":       func(e []domain.Event) []domain.Event { e[2].CaseID = other[0].CaseID; return e },
		"kind":       func(e []domain.Event) []domain.Event { e[2].Kind = "fail"; return e },
		"actor":      func(e []domain.Event) []domain.Event { e[2].Actor = &director.Person; return e },
		"no actor":   func(e []domain.Event) []domain.Event { e[2].Actor = nil; return e },
		"assignment": func(e []domain.Event) []domain.Event { e[2].Assignment = nil; return e },
		"role":       func(e []domain.Event) []domain.Event { e[2].Role = domain.RoleBureauOfficer; return e },
		"way in":     func(e []domain.Event) []domain.Event { e[2].Via = domain.ViaToken; return e },
		"day":        func(e []domain.Event) []domain.Event { e[2].OccurredOn = requested; return e },
		"time": func(e []domain.Event) []domain.Event {
			e[2].RecordedAt = e[2].RecordedAt.Add(time.Microsecond)
			return e
		},
		"from":   func(e []domain.Event) []domain.Event { s := domain.StatusRegistered; e[2].FromStatus = &s; return e },
		"to":     func(e []domain.Event) []domain.Event { e[2].ToStatus = domain.StatusFailed; return e },
		"reason": func(e []domain.Event) []domain.Event { e[2].Reason = "x"; return e },
		"data": func(e []domain.Event) []domain.Event {
			e[2].Data = strings.Replace(e[2].Data, "2026-09-05", "2026-09-04", 1)
			return e
		},
		"data, only its spaces": func(e []domain.Event) []domain.Event { e[2].Data += " "; return e },
		"data, resealed":        func(e []domain.Event) []domain.Event { e[2].Data = "{}"; reseal(&e[2]); return e },
		"hash":                  func(e []domain.Event) []domain.Event { e[2].Hash = make([]byte, sha256.Size); return e },
		"first previous hash":   func(e []domain.Event) []domain.Event { e[0].PrevHash = e[0].Hash; reseal(&e[0]); return e },
		"two swapped":           func(e []domain.Event) []domain.Event { e[1], e[2] = e[2], e[1]; return e },
		"two swapped, renumbered": func(e []domain.Event) []domain.Event {
			e[1], e[2] = e[2], e[1]
			e[1].Seq, e[2].Seq = 2, 3
			return e
		},
		"first dropped":           func(e []domain.Event) []domain.Event { return e[1:] },
		"one dropped":             func(e []domain.Event) []domain.Event { return slices.Delete(e, 1, 2) },
		"one dropped, renumbered": func(e []domain.Event) []domain.Event { e = slices.Delete(e, 1, 2); e[1].Seq = 2; return e },
		"one inserted":            func(e []domain.Event) []domain.Event { return slices.Insert(e, 2, e[1]) },
		"one inserted, renumbered": func(e []domain.Event) []domain.Event {
			e = slices.Insert(e, 2, e[1])
			e[2].Seq, e[3].Seq = 3, 4
			return e
		},
		"one of another case": func(e []domain.Event) []domain.Event { e[2] = other[2]; return e },
		"the words of two run together": func(e []domain.Event) []domain.Event {
			e[2].Kind, e[2].Role = e[2].Kind+string(e[2].Role[:1]), e[2].Role[1:]
			return e
		},
	} {
		t.Run(name, func(t *testing.T) {
			events := at(t, domain.StatusAgreedOral).NewEvents
			must(t, domain.VerifyChain(events))
			if err := domain.VerifyChain(tamper(events)); err == nil {
				t.Error("not found")
			}
		})
	}
}

// What no chain of one case can tell: that its end is missing. The case's own event_seq and event_hash do.
func TestChainCannotSeeItsMissingEnd(t *testing.T) {
	c := at(t, domain.StatusMediating)
	short := c.NewEvents[:len(c.NewEvents)-1]
	must(t, domain.VerifyChain(short))
	if c.EventSeq == short[len(short)-1].Seq {
		t.Error("the case does not tell either")
	}
}

func TestAJobsEventNamesNobody(t *testing.T) {
	c := at(t, domain.StatusAccepted)
	e := c.NewEvents[1]
	if *e.Actor != director.Person || *e.Assignment != director.Assignment || e.Role != domain.RoleCommitteeDirector || e.Via != domain.ViaSession {
		t.Errorf("event %+v", e)
	}
}
