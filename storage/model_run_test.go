package storage_test

import (
	"context"
	cryptorand "crypto/rand"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// stage is the town in which the sequences are played: two replicas of the service on one database, and the people.
type stage struct {
	town     *storagetest.Town
	replicas [2]*storage.Store
	actors   map[string]domain.Actor
	calendar *calendar.Calendar

	legal, refused, contested                atomic.Int64
	illegalAccepted, legalRefused, elsewhere atomic.Int64
}

// try is one move by one person on one replica, and what came of it.
type try struct {
	action, who string
	said        domain.Consent
	party       int
	err         error
	version     int
	status      domain.Status
}

// TestTheCodeKeepsToTheModel plays random sequences of moves, by those who may and those who may not, on two replicas of the
// service at once, and holds every answer to the model above: nothing unlawful is taken, nothing lawful refused, and the
// case stands where the model says. Of two moves at the same time each order is fair. A thousand sequences here, ten
// thousand with BAIMI_PROVE=1.
func TestTheCodeKeepsToTheModel(t *testing.T) {
	t.Parallel()
	sequences := 1000
	if os.Getenv("BAIMI_PROVE") != "" {
		sequences = 10_000
	}
	s := newStage(t)
	var wg sync.WaitGroup
	work := make(chan int)
	for range 4 {
		wg.Go(func() {
			for i := range work {
				s.play(t, rand.New(rand.NewPCG(20261122, uint64(i))))
			}
		})
	}
	for i := range sequences {
		work <- i
	}
	close(work)
	wg.Wait()
	t.Logf("%d sequences on two replicas: %d moves taken, %d refused, %d pairs at the same time; illegal accepted %d, legal refused %d, standing elsewhere %d",
		sequences, s.legal.Load(), s.refused.Load(), s.contested.Load(), s.illegalAccepted.Load(), s.legalRefused.Load(), s.elsewhere.Load())
	_, found := checkTown(t, s.town, storagetest.Now)
	if found = withoutAlerts(found); len(found) > 0 {
		t.Errorf("afterwards the checker finds %+v", found)
	}
}

// withoutAlerts leaves out what only a job would have mended: none runs here.
func withoutAlerts(found []storage.Finding) []storage.Finding {
	return slices.DeleteFunc(found, func(f storage.Finding) bool { return f.Kind == storage.FoundAlert })
}

func newStage(t *testing.T) *stage {
	t.Helper()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	s := &stage{town: w, actors: map[string]domain.Actor{
		"keeper": p.keeper, "own": p.mediator, "director": p.director, "office": p.office, "bureau": p.bureau,
		"colleague": w.Hire(t, "colleague", domain.RoleMediator, w.CommitteeA1),
		"receiver":  w.Hire(t, "receiver", domain.RoleCommitteeDirector, w.CommitteeB1),
		"stranger":  w.Hire(t, "stranger", domain.RoleCommitteeDirector, w.CommitteeA2),
		"job":       domain.SystemActor(w.County),
	}}
	s.replicas[0], s.replicas[1] = w.Store, w.Reopen(t, storage.Options{MaxConnections: 8})
	var err error
	if s.calendar, err = w.Store.Calendar(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// play is one sequence from a registration or a clue to wherever it leads.
func (s *stage) play(t *testing.T, rnd *rand.Rand) {
	t.Helper()
	now := storagetest.Now
	id, m := s.begin(t, rnd, now)
	if m.status == "registered" && rnd.IntN(2) == 0 { // far enough to come to an agreement and what follows it
		for _, x := range []*try{{action: "accept", who: "director"}, {action: "start", who: "own"}} {
			s.make(t, s.replicas[0], id, x, now)
			m = s.judge(t, m, []*try{x})
		}
	}
	for range 6 + rnd.IntN(10) {
		if days := rnd.IntN(4) - 1; days > 0 {
			now, m.days, m.day = now.AddDate(0, 0, days), m.days+days, m.day+days
		}
		pair := []*try{s.draw(rnd, m)}
		if rnd.IntN(3) == 0 {
			pair = append(pair, s.draw(rnd, m))
		}
		var wg sync.WaitGroup
		for i, x := range pair {
			replica := s.replicas[(i+rnd.IntN(2))%2]
			wg.Go(func() { s.make(t, replica, id, x, now) })
		}
		wg.Wait()
		m = s.judge(t, m, pair)
	}
}

func (s *stage) begin(t *testing.T, rnd *rand.Rand, now time.Time) (domain.CaseID, model) {
	t.Helper()
	a := s.act("keeper", now, "")
	if rnd.IntN(5) == 0 {
		at := s.town.PointA1
		c, err := domain.ReportClue(a, domain.Finding{
			Point: &at, Committee: s.town.CommitteeA1, AreaPath: s.town.VillageA1.Path, Type: "02", Confidentiality: domain.Ordinary,
			Place: "三组", Facts: "两家争吵。", On: a.Today(),
		})
		if err == nil {
			err = s.town.Store.CreateCase(t.Context(), a.Actor.Scope(), c)
		}
		if err != nil {
			t.Error(err)
			return domain.CaseID{}, model{}
		}
		return c.CaseID(), model{status: "clue", clue: true}
	}
	r, err := domain.Register(a, s.town.Dispute(s.town.PointA1, s.town.CommitteeA1, s.town.VillageA1))
	if err == nil {
		err = s.town.Store.CreateCase(t.Context(), a.Actor.Scope(), r.Case)
	}
	if err != nil {
		t.Error(err)
		return domain.CaseID{}, model{}
	}
	return r.Case.CaseID(), model{status: "registered"}
}

func (s *stage) act(who string, at time.Time, reason string) domain.Act {
	return domain.Act{Actor: s.actors[who], At: at, Calendar: s.calendar, Random: cryptorand.Reader, Reason: reason}
}

// draw picks a move: mostly one that the model allows somebody, else any by anybody.
func (s *stage) draw(rnd *rand.Rand, m model) *try {
	actions, everybody := slices.Sorted(maps.Keys(law)), slices.Sorted(maps.Keys(s.actors))
	x := &try{action: actions[rnd.IntN(len(actions))], who: everybody[rnd.IntN(len(everybody))], party: rnd.IntN(2)}
	if rnd.IntN(10) < 7 {
		var open []try
		for _, a := range actions {
			for _, w := range everybody {
				if m.allows(a, w) && (a != "void" || rnd.IntN(6) == 0) {
					open = append(open, try{action: a, who: w, party: x.party})
				}
			}
		}
		if len(open) > 0 {
			*x = open[rnd.IntN(len(open))]
		}
	}
	x.said = []domain.Consent{domain.Consented, domain.Consented, domain.Consented, domain.Refused}[rnd.IntN(4)]
	return x
}

// make makes a move on a replica. Who gives a case back, or away, acts in the county's scope, as the use case does.
func (s *stage) make(t *testing.T, replica *storage.Store, id domain.CaseID, x *try, now time.Time) {
	t.Helper()
	a := s.act(x.who, now, reasonOf(x.action))
	scope := a.Actor.Scope()
	if x.who == "job" || x.action == "refuse_transfer" {
		scope = county
	}
	c, err := replica.UpdateCase(t.Context(), scope, id, func(ctx context.Context, c *domain.Case) error {
		return s.move(ctx, replica, c, a, x)
	})
	x.err = err
	if err == nil {
		x.version, x.status = c.Version, c.Status
	} else if domain.CodeOf(err) == "" {
		t.Errorf("%s by %s: %v", x.action, x.who, err)
	}
}

// judge holds what came of the tries to the model, in the one order or the other, and returns the model after them.
func (s *stage) judge(t *testing.T, m model, tries []*try) model {
	t.Helper()
	orders := [][]*try{tries}
	if len(tries) == 2 {
		s.contested.Add(1)
		orders = append(orders, []*try{tries[1], tries[0]})
		if tries[0].err == nil && tries[1].err == nil && tries[0].version > tries[1].version {
			orders = orders[1:]
		} else if tries[0].err == nil && tries[1].err == nil {
			orders = orders[:1]
		}
	}
	for _, x := range tries {
		if x.err == nil {
			s.legal.Add(1)
		} else {
			s.refused.Add(1)
		}
	}
	for _, order := range orders {
		after, fair := m, true
		for _, x := range order {
			fair = fair && after.allows(x.action, x.who) == (x.err == nil)
			if x.err == nil && fair {
				after = after.did(x)
				fair = string(x.status) == after.status
			}
		}
		if fair {
			return after
		}
	}
	var told []string
	for _, x := range tries {
		told = append(told, fmt.Sprintf("%s by %s: %v (%s)", x.action, x.who, x.err, x.status))
		switch {
		case x.err == nil && !m.allows(x.action, x.who):
			s.illegalAccepted.Add(1)
		case x.err != nil:
			s.legalRefused.Add(1)
		default:
			s.elsewhere.Add(1)
		}
	}
	t.Errorf("the model stood at %+v; then %s", m, strings.Join(told, ", and "))
	for _, x := range tries {
		if x.err == nil {
			m = m.did(x)
			m.status = string(x.status)
		}
	}
	return m
}

// did is the model after a move.
func (m model) did(x *try) model {
	if x.action == "consent" {
		m.said[x.party] = string(x.said)
		return m
	}
	return law[x.action].then(m)
}
