package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"baimi/domain"
)

// TestKeysAreRotatedAndPeopleErased does with the commands, beside the running service, what a year may ask for: the keys change
// and the old ones go, a hundred people are erased, and the figures, the chains and the checker's verdict stay.
func TestKeysAreRotatedAndPeopleErased(t *testing.T) {
	t.Parallel()
	w := seeded(t)
	w.start(t, "run")
	w.must(t, "job", "rates")
	months := "select coalesce(string_agg(m::text, '|' order by m::text), '') from rate_month m"
	figures := lines(t, w.super(t), months)[0]
	if out := w.must(t, "keys", "rotate", "--drop"); !strings.Contains(out, "sealed anew") || strings.Contains(out, "old:") {
		t.Errorf("keys: %s", out)
	}
	numbers := numbersOf(t, w, 100)
	code, out, errs := w.baimiWith(t, t.Context(), strings.Join(numbers, "\n"), "erase", "--ground", "purpose_over")
	if code != 0 || !strings.Contains(out, fmt.Sprintf("%d people: erased from", len(numbers))) {
		t.Fatalf("erase: exit %d\n%s%s", code, out, errs)
	}
	if n := w.count(t, "select count(distinct v.case_id) from personal_value v where v.erased_ground = 'purpose_over'"); n == 0 {
		t.Error("nothing was erased")
	}
	if after := lines(t, w.super(t), months)[0]; after != figures || figures == "" {
		t.Errorf("figures before %.300s\nafter %.300s", figures, after)
	}
	w.must(t, "job", "rates")
	if after := lines(t, w.super(t), months)[0]; after != figures {
		t.Errorf("counted again: before %.300s\nafter %.300s", figures, after)
	}
	if out := w.must(t, "check"); !strings.HasSuffix(out, "\nbad: 0\n") {
		t.Error(out)
	}
}

// numbersOf are the identity numbers of so many people in cases that are over.
func numbersOf(t *testing.T, w *world, most int) (numbers []string) {
	t.Helper()
	c := &command{env: environment{vars: w.vars}}
	err := c.withStore(t.Context(), func(ctx context.Context, s *workspace) error {
		scopes, err := countyScopes(ctx, s)
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, scope := range scopes {
			var p domain.Page
			for p.Size = 200; len(numbers) < most; {
				rows, next, err := s.store.Cases(ctx, scope, domain.CaseFilter{}, p)
				if err != nil {
					return err
				}
				for _, row := range rows {
					k, err := s.store.Case(ctx, scope, row.CaseID())
					if err != nil {
						return err
					}
					for _, x := range k.Parties {
						if n := x.IDNumber.Reveal(); n != "" && !seen[n] && k.Erasable(domain.GroundPurposeOver) == nil && len(numbers) < most {
							seen[n] = true
							numbers = append(numbers, n)
						}
					}
				}
				if p.After = next; next == nil {
					break
				}
			}
		}
		return nil
	})
	if err != nil || len(numbers) == 0 {
		t.Fatalf("%d numbers: %v", len(numbers), err)
	}
	t.Logf("%d people", len(numbers))
	return numbers
}
