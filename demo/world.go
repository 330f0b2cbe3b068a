package demo

import (
	"math/rand/v2"
	"sort"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
)

// world is the city with its people, as the disputes need it.
type world struct {
	size     Size
	end      time.Time
	today    calendar.Date
	days     *calendar.Calendar
	villages []*village
	actors   map[string]domain.Actor // by sign-in
	orgs     map[string]domain.OrgID // by name
	short    map[string]string       // of committees
	busy     []float64               // how many disputes a village has, added up
	rooms    map[domain.OrgID][]domain.RoomID
	taken    map[int64]int // how many slots of a mediator, or of a room below zero, are booked
	weights  [2][]int      // of stories in villages and in town, added up
}

func newWorld(b *builder, planted storage.Planted, days *calendar.Calendar, at time.Time) *world {
	w := &world{
		size: b.size, end: at, today: calendar.DateOf(at), days: days, villages: b.villages, actors: map[string]domain.Actor{}, orgs: planted.Orgs, short: map[string]string{}, taken: map[int64]int{},
	}
	orgs := map[string]storage.PlantedOrg{}
	for _, rank := range b.out.Orgs {
		for _, o := range rank {
			orgs[o.Name], w.short[o.Name] = o, o.ShortName
		}
	}
	for _, p := range b.out.Staff {
		o, who := orgs[p.Org], planted.Staff[p.Login]
		a := domain.Actor{
			Account: who.Account, Person: who.Person, PersonName: p.Name, Assignment: who.Assignment, Role: domain.Role(p.Role),
			Org: planted.Orgs[p.Org], OrgName: p.Org, OrgArea: o.Area, County: County, Via: domain.ViaSession,
		}
		for up := p.Org; up != "" && a.Committee == 0; up = orgs[up].Parent {
			if orgs[up].Kind == string(domain.OrgCommittee) {
				a.Committee = planted.Orgs[up]
			}
		}
		w.actors[p.Login] = a
	}
	rnd := rand.New(rand.NewPCG(510185, 1)) //nolint:gosec // the same city every time; nothing secret is drawn from it
	sum := 0.0
	for range w.villages {
		sum += 0.3 + rnd.ExpFloat64()
		w.busy = append(w.busy, sum)
	}
	for urban := range 2 {
		total := 0
		for _, s := range stories {
			if s.rural == 0 || (s.rural > 0) == (urban == 0) {
				total += s.weight
			}
			w.weights[urban] = append(w.weights[urban], total)
		}
	}
	return w
}

// someVillage draws one; some have many more disputes than others.
func (w *world) someVillage(rnd *rand.Rand) *village {
	x := rnd.Float64() * w.busy[len(w.busy)-1]
	return w.villages[sort.SearchFloat64s(w.busy, x)]
}

func (w *world) someStory(rnd *rand.Rand, v *village) story {
	list := w.weights[0]
	if v.urban {
		list = w.weights[1]
	}
	return stories[sort.SearchInts(list, 1+rnd.IntN(list[len(list)-1]))]
}

// working tells whether offices are open; beyond the calendar's years the plain week decides.
func (w *world) working(d calendar.Date) bool {
	open, err := w.days.Working(d)
	if err != nil {
		return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
	}
	return open
}

// venue is who deals with a dispute, and where.
type venue struct {
	committee string
	area      string
	place     string // as people write it
	director  domain.Actor
	mediator  domain.Actor // the director himself in some places
	officer   domain.Actor // of the judicial office above
	keeper    *domain.Actor
}

// venue draws the point, or the committee, at which a dispute of the village comes in.
func (w *world) venue(rnd *rand.Rand, v *village) venue {
	out := venue{committee: v.committee, area: v.path, place: towns[v.town].name + v.name}
	if len(v.groups) > 0 {
		g := pick(rnd, v.groups)
		out.area, out.place = g.path, towns[v.town].name+g.name+g.yard
		if chance(rnd, 400) {
			out.area, out.place = g.path+"001001001", towns[v.town].name+g.name+g.building
		}
	}
	out.director, out.officer = w.actors[v.director], w.actors[login("office", v.town)]
	out.mediator = w.actors[pick(rnd, v.mediators)]
	if chance(rnd, 250) {
		out.mediator = out.director
	}
	if len(v.keepers) > 0 && chance(rnd, 550) {
		k := w.actors[pick(rnd, v.keepers)]
		out.keeper = &k
	}
	return out
}

// above is the same place with the committee of the town.
func (w *world) above(v *village, at venue) venue {
	at.committee, at.keeper = marked(towns[v.town].name+"人民调解委员会"), nil
	at.director, at.mediator = w.actors[login("town", v.town)], w.actors[login("town", v.town)+"-mediator"]
	return at
}

// sector is the same place with the county's committee of a trade, if there is one for the type.
func (w *world) sector(kind string, at venue) (venue, bool) {
	for _, s := range sectors {
		if s.kind == kind {
			at.committee, at.keeper = marked(s.name), nil
			at.director, at.mediator = w.actors[s.login+"-director"], w.actors[s.login]
			return at, true
		}
	}
	return at, false
}

// approver is who may approve what the venue's mediator did: nobody approves his own case (ruling P15).
func (at venue) approver() domain.Actor {
	if at.director.Person == at.mediator.Person {
		return at.officer
	}
	return at.director
}
