package storage

import (
	"context"
	"fmt"

	"baimi/domain"
	"baimi/domain/ledger"
)

// mostReported is how many faults a check reports one by one; it counts the others.
const mostReported = 1000

// VerifyLog checks the sealed log of the scope's county against the events and against the stored checkpoints: every
// event's own hash and chain, every leaf, every node of the tree, the root at the size of every checkpoint, and that
// each event is sealed or waits to be. With keys it also checks who signed the checkpoints. Faults go to report as they
// are found, the first thousand; an error means that the check could not be done.
//
// It reads everything once, in one snapshot beside the running service, and keeps little in memory whatever the size.
// It must not run inside another transaction. What it cannot see stands in the result: whoever owns the database and
// the key can write another log and sign it; only a checkpoint that left the machine tells (VerifyAgainst).
func (s *Store) VerifyLog(ctx context.Context, scope domain.Scope, report func(ledger.Fault), keys ...ledger.Verifier) (ledger.Verified, error) {
	return s.verify(ctx, scope, &logCheck{report: report, keys: keys})
}

// VerifyAgainst does what VerifyLog does and holds the log to a checkpoint from outside, a note or its short form: the
// log must begin with exactly the events that this checkpoint covers. publicKeys is the text of checkpoint.pub, kept
// outside too, one key a line. A note that none of them signed, or of another county, is an error and proves nothing.
func (s *Store) VerifyAgainst(ctx context.Context, scope domain.Scope, note, publicKeys string, report func(ledger.Fault)) (ledger.Verified, error) {
	keys, err := ledger.ParsePublic(publicKeys)
	if err != nil {
		return ledger.Verified{}, err
	}
	outside, err := ledger.Open(note, keys...)
	if err != nil {
		return ledger.Verified{}, err
	}
	if outside.County != int(scope.County) {
		return ledger.Verified{}, fmt.Errorf("%w: %s for county %d", ledger.ErrOtherLog, outside, scope.County)
	}
	return s.verify(ctx, scope, &logCheck{report: report, keys: keys, outside: &outside})
}

// logCheck is one run of a check.
type logCheck struct {
	county  domain.County
	report  func(ledger.Fault)
	keys    []ledger.Verifier
	outside *ledger.Checkpoint
	found   ledger.Verified

	outsideStored bool // the checkpoint from outside is among the stored ones
}

func (s *Store) verify(ctx context.Context, scope domain.Scope, c *logCheck) (ledger.Verified, error) {
	c.county = scope.County
	c.found.Outside = c.outside
	err := s.asSystem(ctx, scope, func(ctx context.Context, db sqlConn) error {
		// one snapshot for all reads; the service goes on writing
		if _, err := db.ExecContext(ctx, "set transaction isolation level repeatable read, read only"); err != nil {
			return err
		}
		if err := walkKeys(ctx, db); err != nil {
			return err
		}
		if err := c.checkTree(ctx, db); err != nil {
			return err
		}
		return c.checkEvents(ctx, db)
	})
	if err != nil {
		return c.found, fmt.Errorf("check the log: %w", err)
	}
	c.found.Unseen = c.unseen()
	return c.found, nil
}

// walkKeys tells the planner to read in the order of the keys, so that the first rows come at once and nothing is
// sorted in memory or on disk. Behind a policy it expects few rows everywhere, and would collect and sort whole tables.
func walkKeys(ctx context.Context, db sqlConn) error {
	_, err := db.ExecContext(ctx, "set local enable_sort = off; set local enable_bitmapscan = off; set local enable_seqscan = off; set local jit = off")
	return err
}

// fault counts a fault and reports it, unless there were very many.
func (c *logCheck) fault(where, format string, args ...any) {
	c.found.Faults++
	if c.found.Faults <= mostReported {
		c.report(ledger.Fault{Where: where, What: fmt.Sprintf(format, args...)})
	}
}

// unseen says what even a check without a fault leaves open.
func (c *logCheck) unseen() []string {
	var list []string
	switch {
	case c.outside == nil:
		list = append(list, "no checkpoint from outside was given: a log that was rewritten from any event on and signed anew, or cut"+
			" together with its checkpoints, looks like this one; give one that left the machine (--checkpoint FILE)")
	case c.outside.Size < c.found.Sealed:
		list = append(list, fmt.Sprintf("the checkpoint from outside covers the first %d events: the %d sealed after it are held only by what"+
			" this database and its key say; a newer checkpoint would cover them", c.outside.Size, c.found.Sealed-c.outside.Size))
	}
	if len(c.keys) == 0 && c.found.Checkpoints > 0 {
		list = append(list, "no public key was given: who signed the stored checkpoints was not checked")
	}
	if c.found.Waiting > 0 {
		list = append(list, fmt.Sprintf("%d events are not sealed yet: of these, the last ones of a case could be missing without a trace here", c.found.Waiting))
	}
	return list
}
