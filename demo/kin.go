package demo

import (
	"strconv"

	"baimi/domain"
)

// How the parties of a story are related.
const (
	strangers = iota
	couple    // {甲} is the wife
	former    // divorced, with a child
	parent    // {甲} is old, {乙} a grown child
	siblings
	worker // {甲} is of working age
)

// relation is who quarrels, with what {乙} is to {甲} ({亲}) and the age that {甲} has passed ({岁}).
type relation struct {
	one, other person
	word, age  string
}

func (p *plan) related() relation {
	year := p.today().Year()
	switch p.story.kin {
	case couple, former:
		wife := newPersonOf(p.rnd, 2, year-56, year-26)
		husband := newPersonOf(p.rnd, 1, wife.born()-5, wife.born()+3)
		if p.story.kin == former && chance(p.rnd, 250) {
			return relation{one: husband, other: wife}
		}
		return relation{one: wife, other: husband}
	case parent:
		old := newPerson(p.rnd, year-86, year-67)
		r := relation{one: old, other: newPerson(p.rnd, old.born()+22, old.born()+34), word: "女儿", age: strconv.Itoa(year - 1 - old.born())}
		if r.other.sex == 1 {
			r.word = "儿子"
		}
		if old.sex == 1 {
			r.other.name = surname(old.name) + given(r.other.name)
		}
		return r
	case siblings:
		r := relation{one: newPerson(p.rnd, 1950, 1985)}
		r.other = newPerson(p.rnd, r.one.born()-9, r.one.born()+9)
		r.other.name = surname(r.one.name) + given(r.other.name)
		elder := r.other.number[6:14] < r.one.number[6:14]
		r.word = map[[2]bool]string{{true, true}: "哥哥", {true, false}: "姐姐", {false, true}: "弟弟", {false, false}: "妹妹"}[[2]bool{elder, r.other.sex == 1}]
		return r
	case worker:
		return relation{one: newPerson(p.rnd, 1966, 2003), other: newPerson(p.rnd, 1958, 1996)}
	}
	return relation{one: newPerson(p.rnd, 1945, 2003), other: newPerson(p.rnd, 1945, 2003)}
}

// parties are the two sides as they are registered.
func (p *plan) parties() (one, other domain.NewParty, r relation) {
	r = p.related()
	for given(r.one.name) == given(r.other.name) {
		r = p.related()
	}
	one, other = p.party(domain.Applicant, r.one), p.party(domain.Respondent, r.other)
	if p.story.kin == couple {
		other.Address = one.Address
	}
	return one, other, r
}
