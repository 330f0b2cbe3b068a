package storage

import (
	"context"
	"database/sql"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"baimi/domain"
	"baimi/domain/ledger"
)

// leafRow is a leaf with its place.
type leafRow struct {
	ledger.Leaf
	idx int64
}

func scanLeaf(rows *sql.Rows, l *leafRow) error {
	var hash []byte
	if err := rows.Scan(&l.County, &l.idx, &l.CaseID, &l.Seq, &hash); err != nil {
		return err
	}
	copy(l.Hash[:], hash) // a hash of another length matches nothing
	return nil
}

type nodeRow struct {
	idx  int64
	hash ledger.Hash
}

func scanNode(rows *sql.Rows, n *nodeRow) error {
	var hash []byte
	if err := rows.Scan(&n.idx, &hash); err != nil {
		return err
	}
	copy(n.hash[:], hash)
	return nil
}

const leafColumns = "county, idx, case_id, seq, hash"

// treeCheck computes the tree anew from the leaves, beside the stored nodes and checkpoints.
type treeCheck struct {
	*logCheck
	edge   ledger.Frontier
	nodes  *cursor[nodeRow]
	stored *cursor[ledger.Signed]
}

// checkTree reads the leaves in their order and checks all that is made of them.
func (c *logCheck) checkTree(ctx context.Context, db sqlConn) error {
	leaves, err := openCursor(ctx, db, "log_leaves", scanLeaf, fmt.Sprintf("select %s from log_leaf where county = %d order by idx", leafColumns, c.county))
	if err != nil {
		return err
	}
	t := &treeCheck{logCheck: c}
	t.nodes, err = openCursor(ctx, db, "log_nodes", scanNode, fmt.Sprintf("select idx, hash from log_hash where county = %d order by idx", c.county))
	if err != nil {
		return err
	}
	t.stored, err = openCursor(ctx, db, "log_checkpoints", scanCheckpoint, fmt.Sprintf("select %s from checkpoint where county = %d order by size", checkpointColumns, c.county))
	if err != nil {
		return err
	}
	if err := t.checkpoints(); err != nil {
		return err
	}
	whole := true
	for {
		l, err := leaves.peek()
		if err != nil {
			return err
		}
		if l == nil {
			break
		}
		c.found.Sealed++
		if whole && l.idx != t.edge.Size() {
			whole = false
			c.fault(fmt.Sprintf("leaf %d", t.edge.Size()), "is missing; the next one is %d, and nothing from here on can be recomputed", l.idx)
		}
		if whole {
			if err := t.add(l); err != nil {
				return err
			}
		}
		leaves.next()
	}
	return t.end(whole)
}

// add appends a leaf and compares the nodes it completes.
func (t *treeCheck) add(l *leafRow) error {
	at := tlog.StoredHashIndex(0, l.idx)
	for i, h := range t.edge.Append(l.RecordHash()) {
		if err := t.node(at+int64(i), h); err != nil {
			return err
		}
	}
	return t.checkpoints()
}

func (t *treeCheck) node(idx int64, want ledger.Hash) error {
	for {
		n, err := t.nodes.peek()
		switch {
		case err != nil:
			return err
		case n == nil || n.idx > idx:
			t.fault(nodeName(idx), "is missing")
			return nil
		case n.idx == idx:
			if n.hash != want {
				t.fault(nodeName(idx), "is not the hash of what lies below it")
			}
			t.nodes.next()
			return nil
		}
		t.fault(fmt.Sprintf("node %d", n.idx), "has no place in the tree")
		t.nodes.next()
	}
}

func nodeName(idx int64) string {
	level, n := tlog.SplitStoredHashIndex(idx)
	return fmt.Sprintf("node %d (leaves %d to %d)", idx, n<<level, (n+1)<<level-1)
}

// checkpoints compares those, stored and from outside, that state what the log was at the present size of the tree.
func (t *treeCheck) checkpoints() error {
	size := t.edge.Size()
	if t.outside != nil && t.outside.Size == size && t.outside.Root != t.edge.Root() {
		t.fault(outsideName(t.outside), "the log does not begin with what it covers: one of the first %d events was changed, removed, added or moved", size)
	}
	for {
		c, err := t.stored.peek()
		if err != nil || c == nil || c.Size > size {
			return err
		}
		t.storedOne(c)
		if c.Size != size {
			t.fault(c.String(), "states a size that cannot be")
		} else if c.Root != t.edge.Root() {
			t.fault(c.String(), "the log does not begin with what it covers")
		}
		t.stored.next()
	}
}

func outsideName(c *ledger.Checkpoint) string { return c.String() + ", from outside" }

// storedOne checks a stored checkpoint by itself: its columns against its note, and the note's signature.
func (t *treeCheck) storedOne(c *ledger.Signed) {
	t.found.Checkpoints++
	newest := c.Checkpoint
	t.found.Newest = &newest
	noted, err := ledger.Peek(c.Note)
	if err == nil && len(t.keys) > 0 {
		noted, err = ledger.Open(c.Note, t.keys...)
	}
	switch {
	case err != nil:
		t.fault(c.String(), "%v", err)
	case noted != c.Checkpoint:
		t.fault(c.String(), "its row says something else than its note: %s, root %s", noted, noted.Root)
	}
	if t.outside != nil && t.outside.Size == c.Size {
		t.outsideStored = true
		if *t.outside != c.Checkpoint {
			t.fault(outsideName(t.outside), "the one stored for this size is another: %s, root %s", c, c.Root)
		}
	}
}

// end looks at what lies beyond the log.
func (t *treeCheck) end(whole bool) error {
	why := "the log has only %d events: its tail was cut"
	if !whole {
		why = "cannot be compared: the log could be recomputed only up to event %d"
	}
	size := t.edge.Size()
	for {
		c, err := t.stored.peek()
		if err != nil {
			return err
		}
		if c == nil {
			break
		}
		t.storedOne(c)
		t.fault(c.String(), why, size)
		t.stored.next()
	}
	if t.outside != nil {
		if t.outside.Size > size {
			t.fault(outsideName(t.outside), why, size)
		}
		if !t.outsideStored {
			t.fault(outsideName(t.outside), "is not among the stored ones, though it was stored before it left")
		}
	}
	n, err := t.nodes.peek()
	if err == nil && n != nil && whole {
		t.fault(fmt.Sprintf("node %d", n.idx), "and perhaps more lie beyond the log of %d events", size)
	}
	return err
}

// where names an event for people.
func where(county domain.County, k eventKey) string {
	return fmt.Sprintf("event %d of case %s", k.seq, domain.CaseID{County: county, UUID: k.caseID})
}
