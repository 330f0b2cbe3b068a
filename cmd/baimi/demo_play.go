package main

import (
	"cmp"
	"context"
	crand "crypto/rand"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"baimi/app"
	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
)

// player lives the last sixty days through: every step of every dispute is a use case, done by somebody with the right
// to do it, at its own time. Choices come from a fixed seed, so that the same day gives the same demo; numbers and keys
// are as random as in service.
type player struct {
	cases *app.Cases
	city  *demoCity
	rnd   *rand.Rand
	end   calendar.Date
	at    time.Time // the clock of the use cases
	steps []step
}

// step is one act at its time.
type step struct {
	at time.Time
	do func(ctx context.Context) error
}

// playDisputes plans all steps, then takes them in the order of their times: file numbers run as they would have.
func playDisputes(ctx context.Context, store *storage.Store, city *demoCity, at time.Time) (int, error) {
	p := &player{city: city, rnd: rand.New(rand.NewPCG(510185, 2026)), end: calendar.DateOf(at)}
	p.cases = app.NewCases(store, func() time.Time { return p.at }, crand.Reader)
	for i, fate := range demoFates {
		p.plan(i, fate)
	}
	for i := range demoInstants {
		p.planInstant(i)
	}
	slices.SortStableFunc(p.steps, func(a, b step) int { return cmp.Or(a.at.Compare(b.at)) })
	for _, s := range p.steps {
		p.at = s.at
		if err := s.do(ctx); err != nil {
			return 0, fmt.Errorf("on %s: %w", calendar.DateOf(s.at), err)
		}
	}
	return len(demoFates) + demoInstants, nil
}

// on plans a step for some time between nine and five of a day.
func (p *player) on(d calendar.Date, do func(ctx context.Context) error) {
	within := time.Duration(9*60+p.rnd.IntN(8*60)) * time.Minute
	p.steps = append(p.steps, step{d.StartOfDay().Add(within + time.Duration(p.rnd.IntN(60))*time.Second), do})
}

func (p *player) today() calendar.Date { return calendar.DateOf(p.at) }

// story takes the stories in turn, so that every type comes up.
func (p *player) story(i int) demoStory { return demoStories[i%len(demoStories)] }

// venueOf sends a story to the committee it belongs to.
func (p *player) venueOf(i int, s demoStory) venue {
	switch s.kind {
	case "15":
		return p.city.medical()
	case "10", "08":
		return p.city.town()
	}
	return p.city.venues[i%len(p.city.venues)]
}

// name makes up a person's name.
func (p *player) name() string {
	return demoSurnames[p.rnd.IntN(len(demoSurnames))] + demoGiven[p.rnd.IntN(len(demoGiven))]
}

// phone makes up a number; all of them begin alike, so that nobody takes them for somebody's.
func (p *player) phone() string { return fmt.Sprintf("1990000%04d", p.rnd.IntN(10000)) }

// idNumber makes up a citizen's number with a right check character, of a region that does not exist.
func (p *player) idNumber() string {
	number := fmt.Sprintf("990000%04d%02d%02d%03d", 1950+p.rnd.IntN(50), 1+p.rnd.IntN(12), 1+p.rnd.IntN(28), p.rnd.IntN(1000))
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += w * int(number[i]-'0')
	}
	return number + "10X98765432"[sum%11:][:1]
}

// creditCode makes up a company's code with a right check character, of the same region.
func (p *player) creditCode() string {
	body := fmt.Sprintf("91990000MA%07d", p.rnd.IntN(10_000_000))
	for _, check := range "0123456789ABCDEFGHJKLMNPQRTUWXY" {
		if code, err := domain.ParseCreditCode(body + string(check)); err == nil {
			return code
		}
	}
	panic("one of 31 check characters is right")
}

// how is the way a request of a source comes in.
func (p *player) how(s domain.Source) domain.RequestedHow {
	switch s {
	case domain.SourceInitiative:
		return domain.RequestedFinding
	case domain.SourceReferred:
		return domain.RequestedReferral
	}
	return []domain.RequestedHow{domain.RequestedVisit, domain.RequestedVisit, domain.RequestedPhone, domain.RequestedPaper}[p.rnd.IntN(4)]
}
