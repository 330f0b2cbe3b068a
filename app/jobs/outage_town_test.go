package jobs_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"baimi/domain"
	"baimi/storage/storagetest"
)

// life is a town at work: disputes come in and go their way while the jobs run, are killed and stand still.
type life struct {
	*storagetest.Town
	t                                  *testing.T
	rnd                                *rand.Rand
	keeper, mediator, director, office domain.Actor
	plain                              domain.Act

	mu      sync.Mutex // of what follows
	now     time.Time
	cases   []domain.CaseID
	folk    map[string][2]int // the parties of each case, by their number
	secret  map[string]bool   // private ones
	touched map[string]bool   // changed since the last step
	held    map[string]bool   // locked by a transaction that is open
	acts    int
}

func newLife(t *testing.T, seed uint64) *life {
	t.Helper()
	w := storagetest.NewTown(t)
	l := &life{
		Town: w, t: t, rnd: rand.New(rand.NewPCG(seed, 36)), now: storagetest.Now,
		keeper: w.Hire(t, "keeper", domain.RolePointKeeper, w.PointA1), mediator: w.Hire(t, "mediator", domain.RoleMediator, w.CommitteeA1),
		director: w.Hire(t, "director", domain.RoleCommitteeDirector, w.CommitteeA1), office: w.Hire(t, "office", domain.RoleJudicialOfficer, w.OfficeA),
		folk: map[string][2]int{}, secret: map[string]bool{}, touched: map[string]bool{}, held: map[string]bool{},
	}
	l.plain = w.Act(t, l.keeper)
	return l
}

func (l *life) clock() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.now
}

// act is an act now, on a calendar that was read once: connections are killed here.
func (l *life) act(who domain.Actor) domain.Act {
	a := l.plain
	a.Actor, a.At = who, l.clock()
	return a
}

// note writes down what a user did, under the lock.
func (l *life) note(f func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.acts++
	f()
}

// intake takes a dispute in; some were asked for days ago, are large, or are of people who quarrelled before.
func (l *life) intake(ctx context.Context) {
	act := l.act(l.keeper)
	in := l.Dispute(l.PointA1, l.CommitteeA1, l.VillageA1)
	in.RequestedOn = act.Today().AddDays(-l.rnd.IntN(10))
	in.Type = []string{"02", "02", "04", "11"}[l.rnd.IntN(4)]
	in.PeopleCount = []int{0, 0, 9, 10, 35}[l.rnd.IntN(5)]
	if l.rnd.IntN(4) == 0 {
		sum := decimal.NewFromInt([]int64{outageAmount - 1, outageAmount}[l.rnd.IntN(2)])
		in.Amount = &sum
	}
	if l.rnd.IntN(8) == 0 {
		in.Confidentiality = domain.Private
	}
	a, b := l.rnd.IntN(7), l.rnd.IntN(6)
	if b >= a {
		b++
	}
	for i, who := range []int{a, b} {
		in.Parties[i].Name, in.Parties[i].Phone, in.Parties[i].IDNumber = fmt.Sprintf("张%c", rune('三'+who)), fmt.Sprintf("1380013800%d", who), ""
	}
	r, err := domain.Register(act, in)
	fatal(l.t, err)
	id := r.Case.CaseID()
	l.note(func() {
		l.cases = append(l.cases, id)
		l.folk[id.UUID.String()], l.secret[id.UUID.String()], l.touched[id.UUID.String()] = [2]int{a, b}, in.Confidentiality == domain.Private, true
	})
	if err := l.Store.CreateCase(ctx, l.keeper.Scope(), r.Case); err != nil && !passing(err) {
		l.t.Errorf("intake: %v", err)
	}
}

// passing tells of what a user would try again: the connection was killed, or somebody else was at it.
func passing(err error) bool {
	code := domain.CodeOf(err)
	return code == domain.CodeUnavailable || code == domain.CodeNotFound // an intake that was lost is not there
}

// change does something to a case that is open to somebody; most of what is tried is not open, and refused.
func (l *life) change(ctx context.Context, id domain.CaseID) {
	who := []domain.Actor{l.mediator, l.director, l.director, l.office}[l.rnd.IntN(4)]
	act := l.act(who)
	act.Reason = []string{"appraisal", "not_wanted", "no_prospect"}[l.rnd.IntN(3)]
	what := l.rnd.IntN(6)
	later := l.rnd.IntN(12)
	l.note(func() { l.touched[id.UUID.String()] = true })
	_, err := l.Store.UpdateCase(ctx, who.Scope(), id, func(ctx context.Context, c *domain.Case) error {
		return l.move(ctx, c, act, what, later)
	})
	if err != nil && !passing(err) && domain.CodeOf(err) == "" {
		l.t.Errorf("change: %v", err)
	}
}

// holding is what a transaction does that is held open.
const holding = 6

func (l *life) move(ctx context.Context, c *domain.Case, act domain.Act, what, later int) error {
	on := act.Today()
	switch c.Status {
	case domain.StatusRegistered:
		switch {
		case what < 2:
			return nil // nobody gets round to it
		case what == holding: // a file number that is held keeps the whole committee waiting
			return c.Withdraw(act, on)
		}
		n, err := l.Store.NextFileNumber(ctx, act.Actor.Scope(), c.Committee, on.Year())
		if err != nil {
			return err
		}
		return c.Accept(act, domain.Acceptance{On: on, Mediators: []domain.PersonID{l.mediator.Person}, Number: n})
	case domain.StatusAccepted:
		return c.Start(act, on, []domain.Notice{{PartyNo: 1, How: "oral", On: on}, {PartyNo: 2, How: "oral", On: on}}, []int{1, 2})
	case domain.StatusMediating:
		switch what {
		case 0:
			return c.Suspend(act, on)
		case 1:
			return c.Fail(act, domain.Ending{On: on, ToldOn: on, Remedies: []string{"court"}})
		}
		sum := decimal.NewFromInt(100)
		return c.AgreeOrally(act, domain.Terms{On: on, Text: "赔偿。", Obligations: []domain.NewObligation{
			{Debtor: 1, Creditor: 2, What: "赔偿款", Amount: &sum, Manner: "cash", DueOn: on.AddDays(later)},
		}})
	case domain.StatusSuspended:
		return c.Resume(act, on)
	case domain.StatusAgreedOral:
		if what < 3 {
			return c.RecordPerformance(act, 1, domain.Performance{On: on, Status: domain.Performed})
		}
		return c.Close(act, on)
	case domain.StatusFailed, domain.StatusWithdrawn:
		return c.Close(act, on)
	case domain.StatusClosed:
		if what == 0 {
			return c.Archive(act, on)
		}
	}
	return nil
}

// heed lets somebody take note of one of his alerts, or put it off.
func (l *life) heed(ctx context.Context) {
	now := l.clock()
	who := []domain.Actor{l.mediator, l.director, l.office}[l.rnd.IntN(3)]
	skip, off := l.rnd.IntN(5), l.rnd.IntN(3) == 0
	list, _, err := l.Store.Alerts(ctx, who.Scope(), domain.AlertFilter{State: domain.AlertOpen, Reader: who.AlertReader()}, now, domain.Page{Size: 5})
	if err != nil || len(list) <= skip {
		return
	}
	x := list[skip]
	if l.mu.Lock(); l.held[x.CaseID.String()] { // he would wait for whoever holds it
		l.mu.Unlock()
		return
	}
	l.mu.Unlock()
	_, err = l.Store.ChangeAlert(ctx, who.Scope(), who.AlertReader(), domain.AlertID{County: x.County, UUID: x.ID}, func(_ context.Context, x *domain.Alert) error {
		if off {
			return x.Snooze(who.Person, now, now.Add(5*time.Hour), "date_agreed")
		}
		return x.Acknowledge(who.Person, now)
	})
	l.note(func() {})
	if err != nil && !passing(err) && domain.CodeOf(err) == "" {
		l.t.Errorf("heed: %v", err)
	}
}

// live lets people work: disputes that come in, others that go on, one act a case.
func (l *life) live(ctx context.Context, n int) {
	seen := map[domain.CaseID]bool{}
	for range n {
		switch id, ok := l.free(seen); {
		case l.rnd.IntN(4) == 0 || !ok:
			l.intake(ctx)
		case l.rnd.IntN(3) == 0:
			l.heed(ctx)
		default:
			seen[id] = true
			l.change(ctx, id)
		}
	}
}

// free is a case that nobody holds and that was left alone so far.
func (l *life) free(seen map[domain.CaseID]bool) (domain.CaseID, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for range 20 {
		if len(l.cases) == 0 {
			break
		}
		if id := l.cases[l.rnd.IntN(len(l.cases))]; !seen[id] && !l.held[id.UUID.String()] && !l.touched[id.UUID.String()] {
			return id, true
		}
	}
	return domain.CaseID{}, false
}

// hold changes a case, or takes one in, and leaves the transaction open until it is told to commit.
func (l *life) hold(commit <-chan struct{}) (committed <-chan struct{}) {
	ready, done := make(chan struct{}), make(chan struct{})
	id, ok := l.free(nil)
	fresh := l.rnd.IntN(2) == 0 || !ok
	go func() {
		defer close(done)
		who := l.keeper
		if !fresh {
			who = l.director
			l.note(func() { l.held[id.UUID.String()] = true })
		}
		err := l.Store.InTx(l.t.Context(), who.Scope(), func(ctx context.Context) error {
			if fresh {
				l.intake(ctx)
			} else {
				act := l.act(who)
				act.Reason = "not_wanted"
				_, err := l.Store.UpdateCase(ctx, who.Scope(), id, func(ctx context.Context, c *domain.Case) error { return l.move(ctx, c, act, holding, 3) })
				if domain.CodeOf(err) == "" && err != nil {
					l.t.Errorf("hold: %v", err)
				}
			}
			close(ready)
			<-commit
			return nil
		})
		if err != nil && !passing(err) {
			l.t.Errorf("a transaction held open: %v", err)
		}
		l.note(func() {
			if !fresh {
				delete(l.held, id.UUID.String())
				l.touched[id.UUID.String()] = true
			}
		})
	}()
	<-ready
	return done
}
