package domain

import (
	"fmt"
	"slices"
)

// Machine is the life of one kind of row below a case: where it begins and every step it can take. docs/lifecycle.md is
// drawn from it, and a row takes no step that is not in it.
type Machine[S ~string] struct {
	First S
	Steps []Step[S]
	Name  func(S) string
}

// Step is one change of status and the actions that make it.
type Step[S ~string] struct {
	From, To S
	By       []Action
}

// take is the status after a step. A step that is not in the machine is a fault of the program: what people may do is
// refused before, in words of the field.
func (m Machine[S]) take(from, to S) (S, error) {
	if !m.leads(from, to) {
		return from, fmt.Errorf("no step from %q to %q", from, to)
	}
	return to, nil
}

func (m Machine[S]) leads(from, to S) bool {
	return slices.ContainsFunc(m.Steps, func(s Step[S]) bool { return s.From == from && s.To == to })
}

// States are all of them, the first one first, in the order in which the steps name them.
func (m Machine[S]) States() []S {
	all := []S{m.First}
	for _, s := range m.Steps {
		for _, x := range []S{s.From, s.To} {
			if !slices.Contains(all, x) {
				all = append(all, x)
			}
		}
	}
	return all
}

// nameIn looks a status up in a table of Chinese names.
func nameIn[S ~string](names map[S]string) func(S) string {
	return func(s S) string { return names[s] }
}
