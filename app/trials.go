package app

import (
	"context"

	"github.com/google/uuid"

	"baimi/domain"
	"baimi/domain/calendar"
)

// TrialStore is what a calendar is tried on.
type TrialStore interface {
	Calendar(ctx context.Context) (*calendar.Calendar, error)
	CasesWithClocks(ctx context.Context, scope domain.Scope, after uuid.UUID, limit int) ([]domain.Case, error)
}

// Trials try a calendar or rules on what is stored before anything is changed.
type Trials struct{ store TrialStore }

// NewTrials makes the use case.
func NewTrials(store TrialStore) *Trials { return &Trials{store: store} }

// TrialCounts is what a trial looked at and found, of clocks that run or of clocks that were stopped.
type TrialCounts struct {
	Cases, Clocks, Later, Earlier, Otherwise int // Otherwise: held in one count and not in the other, or another hour
	Stale                                    int // counted under another calendar or other rules than those in force
}

// Moved is how many clocks would end otherwise.
func (n TrialCounts) Moved() int { return n.Later + n.Earlier + n.Otherwise }

// Trial is the outcome: running clocks would be moved, stopped ones are what a change would have meant in the past.
type Trial struct{ Running, Stopped TrialCounts }

// trialBatch is how many cases are held at a time.
const trialBatch = 500

// Try counts every clock of a county again and reports each that comes out otherwise, open cases and past ones: by another
// calendar against the one in force, or without one by the calendar and rules in force against what is stored. Nothing is
// changed.
func (u *Trials) Try(ctx context.Context, scope domain.Scope, other *calendar.Calendar, report func(*domain.Case, domain.ClockChange)) (Trial, error) {
	var sum Trial
	days, err := u.store.Calendar(ctx)
	if err != nil {
		return sum, err
	}
	for after := uuid.Nil; ; {
		cases, err := u.store.CasesWithClocks(ctx, scope, after, trialBatch)
		if err != nil || len(cases) == 0 {
			return sum, err
		}
		for i := range cases {
			c := &cases[i]
			sum.count(c, domain.CountingBy(days))
			var changes []domain.ClockChange
			if other != nil {
				changes = c.Tried(days, other)
			} else if changes, err = c.Recounted(days); err != nil {
				return sum, err
			}
			for _, x := range changes {
				sum.add(x)
				report(c, x)
			}
		}
		after = cases[len(cases)-1].ID
	}
}

func (t *Trial) of(d domain.Deadline) *TrialCounts {
	if d.Running() {
		return &t.Running
	}
	return &t.Stopped
}

func (t *Trial) count(c *domain.Case, now domain.Counting) {
	seen := map[*TrialCounts]bool{}
	for _, d := range c.Deadlines {
		n := t.of(d)
		n.Clocks++
		if !d.CountedBy(now) {
			n.Stale++
		}
		if !seen[n] {
			seen[n] = true
			n.Cases++
		}
	}
}

func (t *Trial) add(x domain.ClockChange) {
	n := t.of(x.Deadline)
	switch {
	case x.Days > 0:
		n.Later++
	case x.Days < 0:
		n.Earlier++
	default:
		n.Otherwise++
	}
}
