package demo

import "baimi/domain"

// course is the way a dispute takes.
type course int

const (
	courseAgreed course = iota
	courseInstant
	courseClue
	courseFailed
	courseWithdrawn
	courseWithdrawnBefore // before acceptance
	courseDeclined
	courseVoid
	courseOutside  // handed to an organ outside the service
	courseHanded   // handed to the town's committee, which goes on
	courseRefused  // handed over, refused, and gone on with here
	courseReturned // handed over, not answered, and gone on with here
)

// fate is how a dispute comes in and what becomes of it.
type fate struct {
	course     course
	stop       domain.Status // where it stands today, for those that show a state
	age        int           // days ago it came in, for those
	source     domain.Source
	referrer   domain.Referrer
	oral       bool
	supplement bool
	pause      bool
	extend     bool
	reopen     bool
	restrict   bool
	slow       bool // a clock runs out
	late       bool // typed in weeks after the request
	fromClue   bool
	danger     bool // somebody threatens
	papers     bool // its papers are photographed
}

func (f fate) handsOn() bool {
	return f.course == courseHanded || f.course == courseRefused || f.course == courseReturned || f.course == courseOutside
}

// shown are disputes of these weeks, so that a city of any size has every state, source and referrer.
var shown = []fate{
	{age: 3, course: courseClue, stop: domain.StatusClue},
	{age: 20, course: courseClue, stop: domain.StatusDismissed},
	{age: 2, stop: domain.StatusRegistered, source: domain.SourceApplied},
	{age: 13, stop: domain.StatusRegistered, source: domain.SourceApplied, slow: true},
	{age: 6, stop: domain.StatusSupplement, source: domain.SourceApplied, supplement: true},
	{age: 4, stop: domain.StatusAccepted, source: domain.SourceApplied},
	{age: 5, stop: domain.StatusAccepted, source: domain.SourceReferred, referrer: domain.ReferrerCourt},
	{age: 9, stop: domain.StatusMediating, source: domain.SourceApplied},
	{age: 12, stop: domain.StatusMediating, source: domain.SourceReferred, referrer: domain.ReferrerPolice},
	{age: 20, stop: domain.StatusMediating, source: domain.SourceInitiative},
	{age: 4, stop: domain.StatusMediating, source: domain.SourceApplied, danger: true},
	{age: 60, stop: domain.StatusMediating, source: domain.SourceReferred, referrer: domain.ReferrerPetition, slow: true},
	{age: 25, stop: domain.StatusMediating, source: domain.SourceApplied, extend: true},
	{age: 18, stop: domain.StatusSuspended, source: domain.SourceApplied, pause: true},
	{age: 8, stop: domain.StatusTransferred, source: domain.SourceApplied, course: courseHanded},
	{age: 30, stop: domain.StatusTransferred, source: domain.SourceApplied, course: courseOutside},
	{age: 16, stop: domain.StatusAgreedOral, source: domain.SourceApplied, oral: true},
	{age: 18, stop: domain.StatusAgreedWritten, source: domain.SourceApplied},
	{age: 45, stop: domain.StatusAgreedWritten, source: domain.SourceApplied, slow: true},
	{age: 21, stop: domain.StatusFailed, source: domain.SourceApplied, course: courseFailed},
	{age: 36, stop: domain.StatusFailed, source: domain.SourceReferred, referrer: domain.ReferrerOther, course: courseFailed},
	{age: 15, stop: domain.StatusWithdrawn, source: domain.SourceApplied, course: courseWithdrawn},
	{age: 28, stop: domain.StatusWithdrawn, source: domain.SourceApplied, course: courseWithdrawnBefore},
	{age: 15, stop: domain.StatusNotAccepted, source: domain.SourceApplied, course: courseDeclined},
	{age: 33, stop: domain.StatusNotAccepted, source: domain.SourceReferred, referrer: domain.ReferrerProcuratorate, course: courseDeclined},
	{age: 45, stop: domain.StatusClosed, source: domain.SourceApplied},
	{age: 60, stop: domain.StatusArchived, source: domain.SourceApplied},
	{age: 26, stop: domain.StatusVoid, source: domain.SourceApplied, course: courseVoid},
	{age: 120, source: domain.SourceApplied, reopen: true},
	{age: 90, source: domain.SourceApplied, course: courseHanded},
	{age: 70, source: domain.SourceApplied, course: courseRefused},
	{age: 80, source: domain.SourceApplied, course: courseReturned},
	{age: 50, source: domain.SourceApplied, restrict: true},
	{age: 65, source: domain.SourceInitiative, fromClue: true},
	{age: 40, source: domain.SourceApplied, late: true},
}

// someFate draws what becomes of a dispute. Half are settled on the spot.
func (p *plan) someFate(n int) fate {
	if n < len(shown) {
		return shown[n]
	}
	if n%2 == 0 {
		return fate{course: courseInstant, source: p.someSource(700, 300).source}
	}
	if chance(p.rnd, 45) {
		return fate{course: courseClue}
	}
	f := p.someSource(620, 200)
	f.course = p.someCourse()
	f.oral = chance(p.rnd, 330)
	f.supplement, f.pause, f.extend = chance(p.rnd, 30), chance(p.rnd, 12), chance(p.rnd, 20)
	f.reopen, f.restrict = chance(p.rnd, 4), chance(p.rnd, 2)
	f.slow, f.late = chance(p.rnd, 35), chance(p.rnd, 8)
	f.fromClue = f.source == domain.SourceInitiative && chance(p.rnd, 150)
	if f.referrer == domain.ReferrerCourt || f.handsOn() || f.fromClue {
		f.late, f.supplement = false, false
	}
	return f
}

// someSource draws where a dispute comes from, applied and found so many times in a thousand.
func (p *plan) someSource(applied, found int) fate {
	x := p.rnd.IntN(1000)
	switch {
	case x < applied:
		return fate{source: domain.SourceApplied}
	case x < applied+found:
		return fate{source: domain.SourceInitiative}
	}
	referrers := []domain.Referrer{
		domain.ReferrerPolice, domain.ReferrerPolice, domain.ReferrerPolice, domain.ReferrerPolice, domain.ReferrerPolice,
		domain.ReferrerCourt, domain.ReferrerCourt, domain.ReferrerPetition, domain.ReferrerOther, domain.ReferrerOther, domain.ReferrerProcuratorate,
	}
	return fate{source: domain.SourceReferred, referrer: pick(p.rnd, referrers)}
}

// courses are how often each comes, in a thousand; agreed is the rest.
var courses = []struct {
	course course
	often  float64
}{
	{courseFailed, 31},
	{courseWithdrawn, 10},
	{courseWithdrawnBefore, 8},
	{courseDeclined, 14},
	{courseVoid, 3},
	{courseOutside, 7},
	{courseHanded, 14},
	{courseRefused, 3},
	{courseReturned, 2},
}

func (p *plan) someCourse() course {
	x := p.rnd.Float64() * 1000
	for _, c := range courses {
		often := c.often
		if c.course == courseFailed {
			often *= towns[p.village.town].fails
		}
		if x < often {
			return c.course
		}
		x -= often
	}
	return courseAgreed
}
