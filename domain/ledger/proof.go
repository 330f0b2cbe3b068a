package ledger

import (
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// Why one checkpoint does not follow from another, or an event is not in one.
var (
	ErrOtherLog   = errors.New("the checkpoints are of different logs")
	ErrShorter    = errors.New("the log is shorter than it was: its tail was cut")
	ErrRewritten  = errors.New("the log no longer begins with what the checkpoint covers: something in it was changed")
	ErrWrongRoot  = errors.New("the stored tree does not have the checkpoint's root")
	ErrNotCovered = errors.New("the checkpoint does not reach that far")
	ErrNotInLog   = errors.New("the event is not in the log at that place")
)

// ProveExtends proves that the log at the time of the newer checkpoint begins with the whole log at the time of the
// older one, by a consistency proof read from the tree of the newer. It reads some 2·log2(size) hashes.
func ProveExtends(older, newer Checkpoint, r HashReader) error {
	switch {
	case older.County != newer.County:
		return fmt.Errorf("%w: %s and %s", ErrOtherLog, Origin(older.County), Origin(newer.County))
	case newer.Size < older.Size:
		return fmt.Errorf("%w: %d events then, %d now", ErrShorter, older.Size, newer.Size)
	case older.Size == 0 && older.Root != emptyRoot:
		return fmt.Errorf("%w: root of an empty log", ErrRewritten)
	case newer.Size == 0:
		return nil
	}
	root, err := tlog.TreeHash(newer.Size, r)
	if err != nil {
		return fmt.Errorf("read the tree: %w", err)
	}
	if root != newer.Root {
		return fmt.Errorf("%w at %d events", ErrWrongRoot, newer.Size)
	}
	if older.Size == 0 {
		return nil
	}
	proof, err := tlog.ProveTree(newer.Size, older.Size, r)
	if err != nil {
		return fmt.Errorf("read the proof: %w", err)
	}
	if err := tlog.CheckTree(proof, newer.Size, newer.Root, older.Size, older.Root); err != nil {
		return fmt.Errorf("%w: its first %d events", ErrRewritten, older.Size)
	}
	return nil
}

// Inclusion proves that one event is in the log a checkpoint states: the leaf's place and the hashes beside its path
// to the root. With a checkpoint it is checked without the database.
type Inclusion struct {
	Index int64 // the leaf's place, from 0
	Path  []Hash
}

// ProveInclusion reads the proof for the leaf at index, some log2(size) hashes.
func ProveInclusion(c Checkpoint, index int64, r HashReader) (Inclusion, error) {
	if index < 0 || index >= c.Size {
		return Inclusion{}, fmt.Errorf("%w: event %d of %d", ErrNotCovered, index, c.Size)
	}
	path, err := tlog.ProveRecord(c.Size, index, r)
	if err != nil {
		return Inclusion{}, fmt.Errorf("read the proof: %w", err)
	}
	return Inclusion{Index: index, Path: path}, nil
}

// Check tells whether the leaf is where the proof says, in the log the checkpoint states.
func (p Inclusion) Check(c Checkpoint, l Leaf) error {
	switch {
	case l.County != c.County:
		return fmt.Errorf("%w: an event of %s", ErrOtherLog, Origin(l.County))
	case p.Index < 0 || p.Index >= c.Size:
		return fmt.Errorf("%w: event %d of %d", ErrNotCovered, p.Index, c.Size)
	}
	if err := tlog.CheckRecord(p.Path, c.Size, c.Root, p.Index, l.RecordHash()); err != nil {
		return fmt.Errorf("%w: event %d of case %s at %d", ErrNotInLog, l.Seq, l.CaseID, p.Index)
	}
	return nil
}
