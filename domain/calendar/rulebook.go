package calendar

import (
	"fmt"
	"slices"
)

// Rulebook is the rules of a version, and how the clock of a mediation is chosen among them. It is data: load another one
// and compare it before it is put in force.
type Rulebook struct {
	Version string
	Rules   []Rule
	Routes  []Route
}

// Rule finds the version of a rule that was in force on a day: that of the event the clock counts from.
func (b Rulebook) Rule(k Key, on Date) (Rule, error) {
	for _, r := range b.Rules {
		if r.Key() == k && r.inForce(on) {
			return r, nil
		}
	}
	return Rule{}, &RuleError{fmt.Sprintf("规则版本%s在%s没有规则%s", b.Version, on.Chinese(), k)}
}

// RuleError is a hole or a contradiction in a rule book.
type RuleError struct{ Reason string }

func (e *RuleError) Error() string { return e.Reason }

// Check proves a rule book before it is used: every rule can be counted and says what it rests on, no two versions of one
// are in force on the same day, and of the routes exactly one hits every combination of facts, in words that exist.
func (b Rulebook) Check() error {
	if b.Version == "" {
		return &RuleError{"规则没有版本"}
	}
	for i, r := range b.Rules {
		if err := r.check(); err != nil {
			return err
		}
		for _, o := range b.Rules[:i] {
			apart := !o.Until.IsZero() && !r.Since.Before(o.Until) || !r.Until.IsZero() && !o.Since.Before(r.Until)
			if o.Key() == r.Key() && !apart {
				return &RuleError{fmt.Sprintf("规则%s有两个版本同日有效", r.Key())}
			}
		}
	}
	return b.checkRoutes()
}

func (r Rule) check() error {
	if err := r.Term.check(); err != nil {
		return err
	}
	for _, p := range r.Pauses {
		if !slices.Contains(Reasons, p.Reason) || p.Basis == "" || !p.Sure.valid() {
			return &RuleError{fmt.Sprintf("规则%s的中止事由“%s”不明或没有依据", r.Key(), p.Reason)}
		}
	}
	e := r.Extends
	switch {
	case r.Code == "" || r.Name == "" || r.Basis == "" || r.Kind == "" || r.From.Name() == "" || !r.Duty.valid() || !r.Length.valid():
		return &RuleError{fmt.Sprintf("规则%s不完整", r.Key())}
	case !r.Until.IsZero() && !r.Since.Before(r.Until):
		return &RuleError{fmt.Sprintf("规则%s在生效前已经失效", r.Key())}
	case len(e.SignedBy) > 0 && (e.Basis == "" || !e.Sure.valid()):
		return &RuleError{fmt.Sprintf("规则%s的延长没有依据", r.Key())}
	}
	return nil
}

func (s Sureness) valid() bool {
	return slices.Contains([]Sureness{SureA, SureB, SureC, SureD, SureM}, s)
}

func (b Rulebook) checkRoutes() error {
	for _, f := range b.combinations() {
		hits := 0
		for _, r := range b.Routes {
			if !r.hits(f) {
				continue
			}
			hits++
			if !slices.ContainsFunc(b.Rules, func(rule Rule) bool { return rule.Key() == r.Rule }) {
				return &RuleError{fmt.Sprintf("调解期限指向不存在的规则%s", r.Rule)}
			}
		}
		// A court's referral of a case that was not referred contradicts itself: nothing may hit.
		want := 1
		if f.Referral != NoReferral && f.Source != Referred {
			want = 0
		}
		if hits != want {
			return &RuleError{fmt.Sprintf("调解期限应有%d条规则，实有%d条：%+v", want, hits, f)}
		}
	}
	return nil
}

// combinations are all facts that the routes can tell apart: the types they name, and one they do not.
func (b Rulebook) combinations() []Facts {
	types := []string{"unnamed"}
	for _, r := range b.Routes {
		types = append(types, r.Types...)
	}
	slices.Sort(types)
	types = slices.Compact(types)
	var all []Facts
	for _, source := range []Source{Applied, Initiative, Referred} {
		for _, referral := range []Referral{NoReferral, Delegated, EntrustedOrdinary, EntrustedSummary} {
			for _, typ := range types {
				all = append(all, Facts{source, referral, typ, false}, Facts{source, referral, typ, true})
			}
		}
	}
	return all
}
