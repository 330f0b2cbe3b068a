package storage

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"

	"github.com/google/uuid"

	"baimi/domain"
)

// caseChain is what is known of a case while its events are read.
type caseChain struct {
	id    uuid.UUID
	head  sealedHead
	idx   int64 // of the leaf before; -1 before the first
	waits bool  // an event of it was not sealed, so none after it may be
}

// eventCheck merges the events with the leaves and the queue, all by case and number.
type eventCheck struct {
	*logCheck
	events *cursor[domain.Event]
	leaves *cursor[leafRow]
	queue  *cursor[eventKey]
	chain  caseChain
}

// checkEvents reads all events, case by case, and checks each by itself, against the one before and against its leaf.
func (c *logCheck) checkEvents(ctx context.Context, db sqlConn) error {
	e := &eventCheck{logCheck: c, chain: caseChain{head: noHead, idx: -1}}
	var err error
	e.events, err = openCursor(ctx, db, "case_events", scanEvent,
		fmt.Sprintf("select %s from event e where e.county = %d order by e.case_id, e.seq", eventColumns, c.county))
	if err != nil {
		return err
	}
	e.leaves, err = openCursor(ctx, db, "case_leaves", scanLeaf,
		fmt.Sprintf("select %s from log_leaf where county = %d order by case_id, seq", leafColumns, c.county))
	if err != nil {
		return err
	}
	scan := func(rows *sql.Rows, k *eventKey) error { return rows.Scan(&k.caseID, &k.seq) }
	e.queue, err = openCursor(ctx, db, "case_queue", scan,
		fmt.Sprintf("select case_id, seq from event_todo where county = %d and consumer = '%s' order by case_id, seq", c.county, consumerSeal))
	if err != nil {
		return err
	}
	for {
		more, err := e.step()
		if err != nil || !more {
			return err
		}
	}
}

// step checks whatever comes next in the order of case and number: an event, a leaf, a queue row or those that agree.
func (c *eventCheck) step() (more bool, err error) {
	event, err1 := c.events.peek()
	leaf, err2 := c.leaves.peek()
	queued, err3 := c.queue.peek()
	for _, err := range []error{err1, err2, err3} {
		if err != nil {
			return false, err
		}
	}
	var first *eventKey
	for _, k := range []*eventKey{keyOfEvent(event), keyOfLeaf(leaf), queued} {
		if k != nil && (first == nil || k.before(*first)) {
			first = k
		}
	}
	if first == nil {
		return false, nil
	}
	at := *first
	if k := keyOfEvent(event); k == nil || *k != at {
		event = nil
	}
	if k := keyOfLeaf(leaf); k == nil || *k != at {
		leaf = nil
	}
	waiting := queued != nil && *queued == at
	c.check(at, event, leaf, waiting)
	if event != nil {
		c.events.next()
	}
	if leaf != nil {
		c.leaves.next()
	}
	if waiting {
		c.queue.next()
	}
	return true, nil
}

func (c *eventCheck) check(at eventKey, event *domain.Event, leaf *leafRow, waiting bool) {
	if c.chain.id != at.caseID {
		c.chain = caseChain{id: at.caseID, head: noHead, idx: -1}
	}
	if event == nil {
		c.gone(at, leaf, waiting)
		return
	}
	c.found.Events++
	c.link(at, event)
	switch {
	case leaf != nil:
		c.sealed(at, event, leaf)
		if waiting {
			c.fault(where(c.county, at), "is sealed as leaf %d and waits again", leaf.idx)
		}
	case waiting:
		c.found.Waiting++
		c.chain.waits = true
	default:
		c.chain.waits = true
		c.fault(where(c.county, at), "is neither sealed nor waiting to be")
	}
}

// gone reports what speaks of an event that is not there.
func (c *eventCheck) gone(at eventKey, leaf *leafRow, waiting bool) {
	if leaf != nil {
		c.fault(where(c.county, at), "was removed after it was sealed as leaf %d", leaf.idx)
	}
	if waiting {
		c.fault(where(c.county, at), "was removed while it waited to be sealed")
	}
}

// link checks an event by itself and against the one before.
func (c *eventCheck) link(at eventKey, event *domain.Event) {
	x := &c.chain
	switch {
	case event.Seq != x.head.seq+1:
		c.fault(where(c.county, at), "stands where event %d should", x.head.seq+1)
	case !bytes.Equal(event.PrevHash, x.head.hash):
		c.fault(where(c.county, at), "is not chained to the one before")
	}
	if !bytes.Equal(event.Hash, event.Sum()) {
		c.fault(where(c.county, at), "was changed after it was written: its content does not have its hash")
	}
	x.head = sealedHead{seq: event.Seq, hash: event.Hash}
}

// sealed checks an event against its leaf.
func (c *eventCheck) sealed(at eventKey, event *domain.Event, leaf *leafRow) {
	x := &c.chain
	if !bytes.Equal(event.Hash, leaf.Hash[:]) {
		c.fault(where(c.county, at), "is not what was sealed as leaf %d", leaf.idx)
	}
	if x.waits {
		c.fault(where(c.county, at), "is sealed as leaf %d, but one before it is not", leaf.idx)
	}
	if leaf.idx <= x.idx {
		c.fault(where(c.county, at), "was sealed as leaf %d, before leaf %d of the event before it", leaf.idx, x.idx)
	}
	x.idx = leaf.idx
}

func (k eventKey) before(o eventKey) bool {
	if n := bytes.Compare(k.caseID[:], o.caseID[:]); n != 0 {
		return n < 0
	}
	return k.seq < o.seq
}

func keyOfEvent(e *domain.Event) *eventKey {
	if e == nil {
		return nil
	}
	return &eventKey{e.CaseID, e.Seq}
}

func keyOfLeaf(l *leafRow) *eventKey {
	if l == nil {
		return nil
	}
	return &eventKey{l.CaseID, l.Seq}
}
