package jobs_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"baimi/domain"
	"baimi/storage"
)

func fatal(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestAlertsThroughAnOutage lets two replicas, of which one is a process of its own, work the real jobs on one database with a
// driven clock, while people work too; kills them at random points (the context, the connection, the process), stops them for
// three days, sets the clock back an hour, and holds transactions open across two runs. In the end each alert that was due
// is there once, and no other: by a list that the rules written down in outage_oracle_test.go make of the clocks.
func TestAlertsThroughAnOutage(t *testing.T) {
	t.Parallel()
	rounds, steps := 1, 30
	if os.Getenv("BAIMI_PROVE") != "" {
		rounds, steps = 10, 150
	}
	for seed := range rounds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			newOutage(t, uint64(seed)).run(steps)
		})
	}
}

// outage drives a town and its two replicas.
type outage struct {
	*life
	rnd     *rand.Rand
	first   *storage.Store
	second  *process
	db      *pgx.Conn
	hand    hand
	ever    map[told]time.Time // what was ever true of a clock, and since when it was to be told
	open    []heldOpen
	kills   map[string]int
	skew    time.Duration // by how much the second replica's clock is behind
	ticks   int
	settled int // alerts that were compared between kills
}

// heldOpen is a transaction that stays open until so many steps have passed.
type heldOpen struct {
	commit chan struct{}
	done   <-chan struct{}
	until  int
}

func newOutage(t *testing.T, seed uint64) *outage {
	t.Helper()
	l := newLife(t, seed)
	o := &outage{
		life: l, rnd: rand.New(rand.NewPCG(seed, 7)), first: l.Reopen(t, storage.Options{MaxConnections: 4}), db: superuser(t, l.Town),
		second: &process{t: t, url: l.DB.AppURL}, ever: map[told]time.Time{}, kills: map[string]int{},
	}
	t.Cleanup(o.second.stop)
	return o
}

func (o *outage) run(steps int) {
	for n := range steps {
		switch {
		case n == steps/3: // three days in which nothing runs, while people work
			for range 3 {
				o.pass(24 * time.Hour)
				o.live(o.t.Context(), 6)
				o.remember()
			}
		case n == steps/2: // the clock goes back an hour, for all
			o.pass(-time.Hour)
		case n > steps*2/3: // weeks, so that late stages and the end of a month are reached
			o.pass(time.Duration(1+o.rnd.IntN(48)) * time.Hour)
		default:
			o.pass(time.Duration(10+o.rnd.IntN(300)) * time.Minute)
		}
		o.skew = []time.Duration{0, 0, 0, 20 * time.Second, time.Hour}[o.rnd.IntN(5)]
		o.step(n)
	}
	o.release(1 << 30)
	o.quiet()
	o.pass(7 * time.Minute)
	o.quiet()
	o.compare(true)
	sum, err := o.Store.Check(o.t.Context(), domain.SystemScope(o.County, "510185"), o.clock(), func(f storage.Finding) { o.t.Errorf("baimi check: %+v", f) })
	fatal(o.t, err)
	o.t.Logf("%d cases, %d acts of people, %d ticks, kills %v, %d alerts compared on the way, %d in the end, %d clocks",
		sum.Cases, o.acts, o.ticks, o.kills, o.settled, sum.Alerts, sum.Clocks)
}

func (o *outage) pass(d time.Duration) { o.note(func() { o.now = o.now.Add(d) }) }

// step lets people work while both replicas get the tick of the time, and kills one or the other.
func (o *outage) step(n int) {
	o.release(n)
	if o.rnd.IntN(4) == 0 {
		commit := make(chan struct{})
		o.open = append(o.open, heldOpen{commit: commit, done: o.hold(commit), until: n + 3})
	}
	if n%6 == 5 {
		o.quiet()
		o.compare(false)
		return
	}
	var wg sync.WaitGroup
	wg.Go(func() { o.live(o.t.Context(), 5) })
	o.tick(true)
	wg.Wait()
	o.remember()
}

// release commits what was held open for long enough.
func (o *outage) release(n int) {
	var left []heldOpen
	for _, x := range o.open {
		if n < x.until {
			left = append(left, x)
			continue
		}
		close(x.commit)
		<-x.done
	}
	if len(left) < len(o.open) {
		o.open = left
		o.remember()
	}
}

// tick gives both replicas the same planned time, but for the skew of the second's clock.
func (o *outage) tick(kill bool) {
	at := o.clock().Truncate(time.Minute)
	r, err := replica(o.first, o.clock)
	fatal(o.t, err)
	ctx, cancel := context.WithCancel(o.t.Context())
	defer cancel()
	var killSecond time.Duration
	if kill {
		after := time.Duration(1+o.rnd.IntN(40)) * time.Millisecond
		switch o.rnd.IntN(4) {
		case 0:
			o.kills["context"]++
			time.AfterFunc(after, cancel)
		case 1:
			o.kills["connection"]++
			defer o.terminate(after)()
		case 2:
			o.kills["process"]++
			killSecond = after
		}
	}
	var wg sync.WaitGroup
	wg.Go(func() { _ = workTick(ctx, r, at) }) // killed or not: what it did not do the next does
	wg.Go(func() { o.second.work(at.Add(-o.skew).Truncate(time.Minute), killSecond) })
	wg.Wait()
	o.ticks++
}

// terminate ends one of the service's connections after a while; the function returned waits for that.
func (o *outage) terminate(after time.Duration) func() {
	done := make(chan struct{})
	time.AfterFunc(after, func() {
		defer close(done)
		_, err := o.db.Exec(o.t.Context(), `select pg_terminate_backend(pid) from pg_stat_activity
			where datname = $1 and usename = 'baimi_app' and xact_start is not null order by random() limit 1`, o.DB.Name)
		if err != nil {
			o.t.Errorf("kill a connection: %v", err)
		}
	})
	return func() { <-done }
}

// quiet lets both replicas finish a tick with nobody else at work; transactions held open stay.
func (o *outage) quiet() {
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		var n int
		fatal(o.t, o.db.QueryRow(o.t.Context(), `select count(*) from pg_stat_activity
			where datname = $1 and usename = 'baimi_app' and xact_start is not null`, o.DB.Name).Scan(&n))
		if n <= len(o.open) {
			break
		}
		if time.Now().After(deadline) {
			o.t.Fatalf("%d transactions stay open", n)
		}
	}
	o.skew = 0
	for range 2 {
		o.pass(time.Minute) // the tick before may have been done by a replica that was killed
		o.tick(false)
	}
	o.remember()
}

// remember notes what is true of every clock now, for alerts of ends that a clock has no longer.
func (o *outage) remember() {
	o.hand.read(o.t, o.db)
	for _, c := range o.hand.clocks {
		for x, at := range o.hand.due(c, o.clock().Add(2*time.Hour)) {
			if _, ok := o.ever[x]; !ok {
				o.ever[x] = at
			}
		}
	}
	o.note(func() { clear(o.touched) })
}
