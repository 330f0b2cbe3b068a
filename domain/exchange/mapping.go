package exchange

import (
	"fmt"
	"slices"
	"unicode/utf8"

	"baimi/domain"
)

// Mapping turns codes: what the office has set goes before what its county has, and that before the defaults.
type Mapping struct{ layers []layer }

type layer map[key]string

type key struct {
	list List
	way  domain.MappingDirection
	from string
}

// Defaults are the entries a format ships with.
func (f Format) Defaults() []domain.MappingEntry {
	var all []domain.MappingEntry
	for _, l := range f.Lists() {
		t := tables[l]
		for _, p := range t.out {
			all = append(all, domain.MappingEntry{List: string(l), Direction: domain.MappingOut, From: p.Code, To: p.Label})
		}
		for _, p := range t.back() {
			all = append(all, domain.MappingEntry{List: string(l), Direction: domain.MappingIn, From: p.Code, To: p.Label})
		}
	}
	return all
}

// back are the entries of the way in: those that were said, and the way back of what is said of the way out.
func (t table) back() []Pair {
	list := slices.Clone(t.in)
	for _, p := range t.out {
		if !slices.ContainsFunc(list, func(x Pair) bool { return x.Code == p.Label }) {
			list = append(list, Pair{p.Label, p.Code})
		}
	}
	return list
}

// NewMapping puts the layers of entries over the defaults, the first one on top.
func (f Format) NewMapping(sets ...[]domain.MappingEntry) Mapping {
	var m Mapping
	for _, entries := range append(sets, f.Defaults()) {
		l := layer{}
		for _, e := range entries {
			l[key{List(e.List), e.Direction, e.From}] = e.To
		}
		m.layers = append(m.layers, l)
	}
	return m
}

// Out is the receiver's code for ours; ok is false when there is none.
func (m Mapping) Out(l List, ours string) (theirs string, ok bool) {
	return m.find(key{l, domain.MappingOut, ours})
}

// In is our code for the sender's.
func (m Mapping) In(l List, theirs string) (ours string, ok bool) {
	return m.find(key{l, domain.MappingIn, theirs})
}

func (m Mapping) find(k key) (string, bool) {
	for _, l := range m.layers {
		if to, ok := l[k]; ok {
			return to, to != "" // an empty one takes a default away
		}
	}
	return "", false
}

// most bounds the entries that an office sets.
const most = 1000

// Check refuses entries that name what is not there. All faults at once.
func (f Format) Check(entries []domain.MappingEntry) error {
	var faults []domain.FieldError
	add := func(i int, part, code, message string) {
		faults = append(faults, domain.FieldError{Pointer: fmt.Sprintf("/entries/%d/%s", i, part), Code: code, Message: message})
	}
	seen := map[key]bool{}
	for i, e := range entries {
		l := List(e.List)
		if !slices.Contains(f.Lists(), l) {
			add(i, "list", "list", "这个格式没有这个对照表")
			continue
		}
		known := func(code string) bool {
			return slices.ContainsFunc(l.Ours(), func(p Pair) bool { return p.Code == code })
		}
		ours, part := e.From, "from"
		if e.Direction == domain.MappingIn {
			ours, part = e.To, "to"
		}
		if !known(ours) && (ours != "" || part == "from") {
			add(i, part, "code", fmt.Sprintf("“%s”没有这个代码", l.Name()))
		}
		if e.From == "" {
			add(i, "from", "required", "请填写代码")
		}
		if utf8.RuneCountInString(e.From) > 50 || utf8.RuneCountInString(e.To) > 50 {
			add(i, "to", "too_long", "代码最多50个字")
		}
		k := key{l, e.Direction, e.From}
		if seen[k] {
			add(i, "from", "twice", "这个代码已经有一行")
		}
		seen[k] = true
	}
	if len(entries) > most {
		return domain.Errorf(domain.CodeInvalid, "一个对照表最多%d行", most)
	}
	if len(faults) > 0 {
		return &domain.Error{Code: domain.CodeInvalid, Message: "有内容需要改正", Fields: faults}
	}
	return nil
}
