package demo

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
)

// plan is a dispute before it is played: whose it is, and every step with its time. It is drawn from a seed of its own, so that
// the same day gives the same city; numbers and keys are as random as in service.
type plan struct {
	w       *world
	rnd     *rand.Rand
	village *village
	at      venue
	story   story
	fate    fate
	now     time.Time
	done    bool // nothing more happens
	steps   []step
	numbers []*numbering
	texts   texts
}

// step is one act at its time.
type step struct {
	at time.Time
	do func(d *dispute, at time.Time) error
}

// numbering is an acceptance that waits for its file number, which runs in the order of acceptances.
type numbering struct {
	committee string
	at        time.Time
	plan      int
	number    domain.FileNumber
}

// makePlans plans all disputes: those that show each state as it is today, and the two years behind them.
func makePlans(w *world) []*plan {
	plans := make([]*plan, 0, w.size.Disputes)
	var numbers []*numbering
	for n := range w.size.Disputes {
		p := &plan{w: w, rnd: rand.New(rand.NewPCG(510185, uint64(n)+10))} //nolint:gosec // the same city every time; nothing secret is drawn from it
		for p.write(n); len(p.steps) == 0; p.write(n) {                    // what was typed in late may not be typed in yet
			p.done, p.numbers = false, nil
		}
		for _, x := range p.numbers {
			x.plan = n
		}
		plans, numbers = append(plans, p), append(numbers, p.numbers...)
	}
	number(numbers, w)
	slices.SortStableFunc(plans, func(a, b *plan) int { return a.steps[0].at.Compare(b.steps[0].at) })
	return plans
}

// number gives the file numbers by committee and year, in the order of acceptances.
func number(all []*numbering, w *world) {
	slices.SortFunc(all, func(a, b *numbering) int {
		return cmp.Or(cmp.Compare(a.committee, b.committee), a.at.Compare(b.at), cmp.Compare(a.plan, b.plan))
	})
	last := map[string]int{}
	for _, x := range all {
		year := calendar.DateOf(x.at).Year()
		key := fmt.Sprint(x.committee, year)
		last[key]++
		x.number = domain.FileNumber{Year: year, Seq: last[key], Text: domain.FileNo(year, w.short[x.committee], "人调字", last[key])}
	}
}

// write plans one dispute.
func (p *plan) write(n int) {
	for rare := rareType(n); ; {
		p.village = p.w.someVillage(p.rnd)
		if n < len(shown) && n%3 > 0 {
			p.village = p.w.villages[0] // who tries the first sign-ins finds work in every state
		}
		p.fate = p.someFate(n)
		p.fate.papers = photographed(n)
		p.story = p.w.someStory(p.rnd, p.village)
		if (rare == "" || rare == p.story.kind) && p.fits() && p.chooseDay() {
			break
		}
	}
	p.at = p.w.venue(p.rnd, p.village)
	if p.fate.course != courseHanded && p.fate.course != courseRefused && p.fate.course != courseReturned {
		p.chooseCommittee()
	}
	p.texts = p.tell()
	switch p.fate.course {
	case courseInstant:
		p.settleInstantly()
	case courseClue:
		p.reportClue()
	default:
		p.formal()
	}
}

// rareType is the type that a dispute must be of, so that a small city has every one; none for nearly all.
func rareType(n int) string {
	rare := []string{"12", "13", "15", "08"}
	if i := n - len(shown); i >= 0 && i/2 < len(rare) && n%2 == 1 { // the others are settled on the spot
		return rare[i/2]
	}
	return ""
}

// chooseCommittee sends what belongs to a trade to the county's committee for it, and some matters to the town.
func (p *plan) chooseCommittee() {
	trade, ok := p.w.sector(p.story.kind, p.at)
	switch {
	case ok && (p.story.kind == "15" || p.story.kind == "11" || chance(p.rnd, 200)):
		p.at = trade
	case chance(p.rnd, 130) || p.story.kind == "10" || p.story.kind == "08":
		p.at = p.w.above(p.village, p.at)
	}
}

// fits tells whether the story can take the course.
func (p *plan) fits() bool {
	switch {
	case p.story.formal() && (p.fate.oral || p.fate.course == courseInstant || p.fate.stop == domain.StatusAgreedOral):
		return false // these end in writing only
	case p.story.low > onTheSpot/2 && p.fate.course == courseInstant:
		return false // too much to be settled on the spot
	case p.story.private && p.fate.course == courseVoid:
		return false // the bureau voids, and no private case is open to it
	case p.story.kind == "15" && p.fate.handsOn():
		return false
	}
	return true
}

// chooseDay draws the day of the first step, by season and by the days on which offices are open.
func (p *plan) chooseDay() bool {
	if p.fate.age > 0 {
		on := p.w.today.AddDays(-p.fate.age)
		for !p.w.working(on) { // never forward, where the day it leads up to may be over
			on = on.AddDays(-1)
		}
		p.now = p.hour(on)
		return true
	}
	on := p.w.today.AddDays(-1 - p.rnd.IntN(Days-1))
	if p.rnd.Float64()*3.4 > p.story.season.factor(int(on.Month())) {
		return false
	}
	if !p.w.working(on) && (p.fate.course != courseInstant || chance(p.rnd, 700)) {
		return false
	}
	p.now = p.hour(on)
	return true
}

// hour is some time of a working day: offices open at half past eight and rest at noon.
func (p *plan) hour(on calendar.Date) time.Time {
	minute := 8*60 + 35 + p.rnd.IntN(200)
	if chance(p.rnd, 520) {
		minute = 13*60 + 40 + p.rnd.IntN(220)
	}
	return on.StartOfDay().Add(time.Duration(minute*60+p.rnd.IntN(60)) * time.Second)
}

func (p *plan) workday(on calendar.Date) calendar.Date {
	for !p.w.working(on) {
		on = on.AddDays(1)
	}
	return on
}

// after lets some days pass, to a working day; who hurries takes the least.
func (p *plan) after(least, most int) {
	n := least
	if p.fate.age == 0 && most > least {
		n += p.rnd.IntN(most - least + 1)
	}
	today := calendar.DateOf(p.now)
	on := p.workday(today.AddDays(n))
	if on == today {
		p.now = p.now.Add(time.Duration(5+p.rnd.IntN(40)) * time.Minute)
		return
	}
	p.now = p.hour(on)
}

// afterWorkdays lets n working days pass, whatever holidays lie between.
func (p *plan) afterWorkdays(n int) {
	on := p.today()
	for range n {
		on = p.workday(on.AddDays(1))
	}
	p.now = p.hour(on)
}

// do plans a step, unless its time has not come yet.
func (p *plan) do(act func(d *dispute, at time.Time) error) {
	if p.done || p.now.After(p.w.end) {
		p.done = true
		return
	}
	p.steps = append(p.steps, step{p.now, act})
}

// reached ends the plan at the state it is to show.
func (p *plan) reached(s domain.Status) {
	if p.fate.stop == s {
		p.done = true
	}
}

// today is the day the plan has come to.
func (p *plan) today() calendar.Date { return calendar.DateOf(p.now) }

// numbered is the file number of an acceptance that is planned now.
func (p *plan) numbered() *numbering {
	x := &numbering{committee: p.at.committee, at: p.now}
	if !p.done && !p.now.After(p.w.end) {
		p.numbers = append(p.numbers, x)
	}
	return x
}
