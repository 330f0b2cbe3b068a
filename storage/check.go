package storage

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/google/uuid"
	"golang.org/x/sync/errgroup"
	"gorm.io/gorm"

	"baimi/domain"
	"baimi/domain/calendar"
)

// Finding is something in the database that contradicts something else in it. It never holds a personal value.
type Finding struct {
	Kind  string // one of the kinds below
	Where string // a case's public id, a committee's year, a month's figure
	What  string // plain English
}

// The kinds of findings.
const (
	FoundChain     = "chain"      // the events of a case do not chain
	FoundHead      = "head"       // the case and its last event disagree
	FoundMove      = "move"       // an event says a move that the table does not allow
	FoundReplay    = "replay"     // the case is not what its events say
	FoundValue     = "value"      // a personal value is missing, cannot be opened or is not the one committed to
	FoundClear     = "clear-text" // an event shows something personal
	FoundNumber    = "number"     // file numbers with a gap, a double or another text
	FoundGrant     = "grant"      // the part lists are not those of the case
	FoundFigure    = "figure"     // the figures are not what the cases make
	FoundClock     = "clock"      // a due date is not what the calendar says
	FoundAlert     = "alert"      // an overdue clock without its alert, or an alert without its clock
	FoundAgreement = "agreement"  // agreements, obligations, confirmations or visits that contradict each other
	FoundStray     = "stray"      // rows of a case that is not there
	FoundManifest  = "manifest"   // what was archived is not what the record says
	FoundFile      = "file"       // an export whose time is over and whose file is still kept
)

// CheckSummary counts what was looked at.
type CheckSummary struct {
	Cases, Events, Values, Erased, Clocks, Alerts, Counters, Figures int
	Waiting                                                          int // events not yet worked into the figures; their cases' figures were not compared
	OldClocks                                                        int // stopped clocks of an older calendar or older rules that come out otherwise by the present ones; no fault
	Bad                                                              int
	Late, Lags, Drafts                                               int // entries made up for later with a reason, entered late without one; drafts
}

// String is one paragraph that ends in what matters.
func (s CheckSummary) String() string {
	text := fmt.Sprintf("checked %d cases, %d events, %d personal values (%d erased), %d clocks, %d alerts, %d file number counters, %d figures\n",
		s.Cases, s.Events, s.Values, s.Erased, s.Clocks, s.Alerts, s.Counters, s.Figures)
	if s.Waiting > 0 {
		text += fmt.Sprintf("%d events wait to be worked into the figures; the figures of their cases were not compared\n", s.Waiting)
	}
	if s.OldClocks > 0 {
		text += fmt.Sprintf("%d stopped clocks of an older calendar or older rules would end on another day by the present ones\n", s.OldClocks)
	}
	if s.Late+s.Lags > 0 {
		text += fmt.Sprintf("%d late entries, %d cases entered more than 15 days after their request without a reason\n", s.Late, s.Lags)
	}
	return text + fmt.Sprintf("bad: %d", s.Bad)
}

// alertGrace is how long after its due time a clock may still wait for the alert job.
const alertGrace = 5 * time.Minute

// checkBatchSize bounds the memory: this many cases with all that belongs to them are held at a time.
const checkBatchSize = 500

// checkParts is into how many parts of about the same size the cases are cut by their random ids. As many are worked at a
// time as there are processors.
const checkParts = 16

// checker is one run of Check over a part of the cases, up to the id until or to the end, or over the totals.
type checker struct {
	until    uuid.UUID
	store    *Store
	scope    domain.Scope
	now      time.Time
	calendar *calendar.Calendar
	report   func(Finding)
	sum      CheckSummary
}

// Check reads the whole of a county again and holds each record against those it must agree with; it trusts no code path
// that wrote them. It changes nothing and may run while the service works: each batch of cases is read from one snapshot
// of its own, so that no long transaction keeps the database from cleaning up. scope is the county's system scope; ctx
// holds no transaction. An error means that the check could not be done, not that it found something.
//
// What it cannot see: a case removed with everything that tells of it. The county's sealed log tells of those.
func (s *Store) Check(ctx context.Context, scope domain.Scope, now time.Time, report func(Finding)) (CheckSummary, error) {
	k := &checker{store: s, scope: scope, now: now, report: report}
	if !scope.System {
		return k.sum, fmt.Errorf("check: only with a system scope, which sees every case of its county")
	}
	var err error
	if k.calendar, err = s.Calendar(ctx); err != nil {
		return k.sum, err
	}
	if err := k.parts(ctx); err != nil {
		return k.sum, err
	}
	for _, totals := range []func(*gorm.DB) error{k.numbers, k.drafts, k.exports, k.figures} {
		if err := k.snapshot(ctx, totals); err != nil {
			return k.sum, fmt.Errorf("check: %w", err)
		}
	}
	return k.sum, nil
}

// parts checks the cases, part by part. Findings come in the order of the parts.
func (k *checker) parts(ctx context.Context) error {
	parts := make([]checker, checkParts)
	findings := make([][]Finding, checkParts)
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i := range parts {
		p := &parts[i]
		*p = *k
		p.report = func(f Finding) { findings[i] = append(findings[i], f) }
		var from uuid.UUID
		if i > 0 {
			from = partEnd(i - 1)
		}
		if i < checkParts-1 {
			p.until = partEnd(i)
		}
		group.Go(func() (err error) {
			for after, more := from, true; more; {
				if after, more, err = p.batch(ctx, after); err != nil {
					return fmt.Errorf("check the cases after %s: %w", after, err)
				}
			}
			return nil
		})
	}
	err := group.Wait()
	for i := range parts {
		k.sum.add(parts[i].sum)
		for _, f := range findings[i] {
			k.report(f)
		}
	}
	return err
}

// partEnd is the last id of a part.
func partEnd(part int) uuid.UUID {
	id := uuid.Max
	id[0] = byte((part+1)*256/checkParts - 1)
	return id
}

// add counts what another checker looked at.
func (s *CheckSummary) add(o CheckSummary) {
	s.Cases, s.Events, s.Values, s.Erased = s.Cases+o.Cases, s.Events+o.Events, s.Values+o.Values, s.Erased+o.Erased
	s.Clocks, s.Alerts, s.Counters, s.Figures = s.Clocks+o.Clocks, s.Alerts+o.Alerts, s.Counters+o.Counters, s.Figures+o.Figures
	s.Waiting, s.OldClocks, s.Bad = s.Waiting+o.Waiting, s.OldClocks+o.OldClocks, s.Bad+o.Bad
	s.Late, s.Lags, s.Drafts = s.Late+o.Late, s.Lags+o.Lags, s.Drafts+o.Drafts
}

// snapshot runs fn in a transaction that sees one moment and cannot write.
func (k *checker) snapshot(ctx context.Context, fn func(db *gorm.DB) error) error {
	return k.store.scoped(ctx, k.scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		if err := db.Exec("set transaction isolation level repeatable read, read only").Error; err != nil {
			return fmt.Errorf("take a snapshot: %w", err)
		}
		return fn(db)
	})
}

func (k *checker) found(kind, where, format string, args ...any) {
	k.sum.Bad++
	k.report(Finding{Kind: kind, Where: where, What: fmt.Sprintf(format, args...)})
}

// batch checks the next cases by their id; more is false when there were none.
func (k *checker) batch(ctx context.Context, after uuid.UUID) (last uuid.UUID, more bool, err error) {
	var b *checkBatch
	err = k.snapshot(ctx, func(db *gorm.DB) (err error) {
		b, err = k.load(db, after)
		return err
	})
	if err != nil {
		return after, false, err
	}
	for i := range b.cases {
		k.checkCase(&b.cases[i], b)
		last = b.cases[i].ID
	}
	return last, len(b.cases) > 0, ctx.Err()
}
