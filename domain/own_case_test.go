package domain_test

import (
	"slices"
	"testing"

	"baimi/domain"
)

// Nobody approves his own case: neither closing nor archiving is open to one of its mediators, also when he directs the
// committee; it passes to another leader or the judicial office (ruling P15).
func TestNobodyClosesHisOwnCase(t *testing.T) {
	officer := like(office, func(a *domain.Actor) { a.Person = own.Person }) // an officer who once mediated
	deputy := like(director, func(a *domain.Actor) { a.Person = 99 })
	for _, x := range []struct {
		who  string
		a    domain.Actor
		code domain.Code
	}{
		{"director who presided", director, domain.CodeForbidden},
		{"judicial officer who helped", officer, domain.CodeForbidden},
		{"another director", deputy, ""},
		{"judicial office", office, ""},
		{"mediator who is no leader", colleague, domain.CodeForbidden},
		{"bureau", bureau, domain.CodeForbidden},
	} {
		c := takeIn(t)
		in := acceptance(accepted)
		in.Mediators = append([]domain.PersonID{director.Person}, in.Mediators...)
		must(t, c.Accept(act(director), in))
		must(t, c.Fail(because(director, "refused"), ending(concluded)))
		for _, m := range []domain.Action{domain.ActionClose, domain.ActionArchive} {
			listed := slices.ContainsFunc(c.AvailableActions(x.a), func(o domain.Move) bool { return o.Action == m })
			if listed != (x.code == "") {
				t.Errorf("%s: %s listed: %v", x.who, m, listed)
			}
			wantCode(t, do(c, m, x.a), x.code)
			if x.code != "" && m == domain.ActionClose {
				must(t, c.Close(act(deputy), today))
			}
		}
		if x.code == "" && *c.ClosedBy != x.a.Person {
			t.Errorf("closed by %d", *c.ClosedBy)
		}
	}
}
