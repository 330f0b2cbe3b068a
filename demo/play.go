package demo

import (
	"bufio"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"baimi/domain"
	"baimi/storage"
)

// dispute is a plan at play: the case as it stands, and all that came of it.
type dispute struct {
	w   *world
	c   *domain.Case
	all []*domain.Case
	was []*domain.Case // former states whose texts were replaced since
	rnd io.Reader

	files []domain.BroughtFile
}

// act is one act of somebody at a time, with the outside facts that the use cases would bring.
func (d *dispute) act(who domain.Actor, at time.Time, reason string, officer domain.Actor) domain.Act {
	return domain.Act{
		Actor: who, At: at.UTC(), Calendar: d.w.days, Reason: reason, Random: d.rnd, Confidants: domain.Readers{JudicialOfficer: officer.Person},
	}
}

// begin makes c the case that goes on.
func (d *dispute) begin(c *domain.Case) { d.c, d.all = c, append(d.all, c) }

func (p *plan) play(rnd io.Reader) (*dispute, error) {
	d := &dispute{w: p.w, rnd: rnd}
	for _, s := range p.steps {
		if err := s.do(d, s.at); err != nil {
			var e *domain.Error
			if errors.As(err, &e) && len(e.Fields) > 0 {
				err = fmt.Errorf("%w %v", err, e.Fields)
			}
			return nil, fmt.Errorf("dispute of type %s, course %d, step at %s: %w", p.story.kind, p.fate.course, s.at.Format(time.DateTime), err)
		}
	}
	return d, nil
}

// together is how many disputes are played and stored at a time.
const together = 100

// workers is how many do that.
const workers = 2

// lookAgain is how many are stored when the planner is told how the tables are filled: soon, and again when the small ones
// have grown beyond a page or two.
var lookAgain = []int{5 * together, 20 * together, 60 * together}

// playAll plays the plans and stores what comes of them, in batches, in the county's own scope.
func playAll(ctx context.Context, store *storage.Store, plans []*plan, progress func(done int)) (int, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next, done, cases atomic.Int64
	first := min(together, len(plans))
	n, err := playSome(ctx, store, plans[:first], bufio.NewReader(rand.Reader))
	if err == nil {
		err = store.RefreshStatistics(ctx)
	}
	if err != nil {
		return 0, err
	}
	next.Store(int64(first))
	done.Store(int64(first))
	cases.Store(int64(n))
	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			rnd := bufio.NewReader(rand.Reader)
			for ctx.Err() == nil {
				from := int(next.Add(together)) - together
				if from >= len(plans) {
					return
				}
				few := plans[from:min(from+together, len(plans))]
				n, err := playSome(ctx, store, few, rnd)
				if err != nil {
					cancel(err)
					return
				}
				cases.Add(int64(n))
				now := done.Add(int64(len(few)))
				progress(int(now))
				if slices.Contains(lookAgain, int(now)) {
					if err := store.RefreshStatistics(ctx); err != nil {
						cancel(err)
						return
					}
				}
			}
		})
	}
	group.Wait()
	if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
		return 0, err
	}
	return int(cases.Load()), errors.Join(ctx.Err(), store.RefreshStatistics(ctx))
}

func playSome(ctx context.Context, store *storage.Store, plans []*plan, rnd io.Reader) (int, error) {
	var cases, earlier []*domain.Case
	var files []domain.BroughtFile
	for _, p := range plans {
		d, err := p.play(rnd)
		if err != nil {
			return 0, err
		}
		cases, earlier, files = append(cases, d.all...), append(earlier, d.was...), append(files, d.files...)
	}
	scope := domain.SystemScope(County, AreaPath)
	return len(cases), store.InTx(ctx, scope, func(ctx context.Context) error {
		if err := store.CreateCases(ctx, scope, cases, earlier...); err != nil {
			return err
		}
		for _, f := range files {
			if err := store.KeepFile(ctx, scope, f); err != nil {
				return err
			}
		}
		return nil
	})
}
