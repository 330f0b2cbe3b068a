package domain_test

import (
	"slices"
	"testing"

	"baimi/domain"
)

// A mediator may raise a level; only the director or the judicial office lowers it (ruling P14).
func TestWhoRaisesAndWhoLowers(t *testing.T) {
	levels := []domain.Confidentiality{domain.Ordinary, domain.Private, domain.Restricted}
	for i, from := range levels {
		for j, to := range levels {
			for name, lowers := range map[string]bool{"own mediator": false, "guest mediator": false, "colleague": false, "director": true, "judicial office": true} {
				c := at(t, domain.StatusMediating)
				if from != domain.Ordinary {
					must(t, c.SetConfidentiality(act(own), from))
				}
				err := c.SetConfidentiality(act(insiders[name]), to)
				switch {
				case i == j:
					wantCode(t, err, domain.CodeGuard)
				case i > j && !lowers:
					wantCode(t, err, domain.CodeForbidden)
				default:
					wantCode(t, err, "")
				}
			}
		}
	}
	wantFields(t, at(t, domain.StatusMediating).SetConfidentiality(act(director), "secret"), "/level")
}

// A restricted case without a mediator could be opened by nobody.
func TestRestrictedNeedsAMediator(t *testing.T) {
	wantCode(t, at(t, domain.StatusRegistered).SetConfidentiality(act(director), domain.Restricted), domain.CodeGuard)
}

func TestReadersFollowTheLevel(t *testing.T) {
	private := func(r *domain.Registration) { r.Confidentiality = domain.Private }
	c := takeIn(t, private)
	assertReaders(t, "registered", c, keeper, office)
	must(t, c.Accept(act(director), acceptance(accepted)))
	assertReaders(t, "accepted: who took it in has done his part", c, own, director, office, guest)
	must(t, c.SetConfidentiality(act(own), domain.Restricted))
	assertReaders(t, "restricted: its mediators alone", c, own, guest)
	must(t, c.Assign(act(director), []domain.PersonID{colleague.Person}))
	assertReaders(t, "another mediator: whoever changed him stays until the next change", c, colleague, director)
	must(t, c.SetConfidentiality(act(office), domain.Ordinary))
	assertReaders(t, "lowered", c, colleague, office)

	nameless := act(keeper)
	nameless.Confidants = domain.Readers{}
	r, err := domain.Register(nameless, func() domain.Registration { in := dispute(); private(&in); return in }())
	must(t, err)
	assertReaders(t, "no named officer", r.Case, keeper)
}

func assertReaders(t *testing.T, when string, c *domain.Case, want ...domain.Actor) {
	t.Helper()
	var ids domain.IDs[domain.PersonID]
	for _, a := range want {
		ids = append(ids, a.Person)
	}
	slices.Sort(ids)
	if !slices.Equal(c.Readers, ids) {
		t.Errorf("%s: readers %v, want %v", when, c.Readers, ids)
	}
	for name, a := range insiders {
		if name == "receiver" || name == "a job" {
			continue // nothing to a case that was not handed over; a job has a scope of its own
		}
		sees := a.Scope().Sees(c)
		reader := c.Confidentiality == domain.Ordinary || slices.Contains(ids, a.Person) ||
			c.Confidentiality == domain.Private && name == "director" // by role, so a new one sees older cases too
		part := name != "guest mediator" && name != "security administrator" // whose committee is no part of the case
		if sees != (part && reader) {
			t.Errorf("%s: %s sees it: %v", when, name, sees)
		}
	}
	if !domain.SystemScope(1, "510185").Sees(c) {
		t.Errorf("%s: the county's job does not see it", when)
	}
}
