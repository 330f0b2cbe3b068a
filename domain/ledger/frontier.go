package ledger

import (
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// Frontier is the growing edge of the tree: the roots of its full subtrees, largest first, one for each bit set in its
// size. It is all that is needed to append leaves and to know the root, so a tree of any size is computed in the
// memory of a few hashes. The zero Frontier is the empty tree.
type Frontier struct {
	size int64
	full []Hash
}

// ReadFrontier reads the edge of a stored tree of the given size.
func ReadFrontier(size int64, r HashReader) (*Frontier, error) {
	if size < 0 {
		return nil, fmt.Errorf("ledger: a log of %d leaves", size)
	}
	var indexes []int64
	lo := int64(0)
	for level := bits.Len64(uint64(size)) - 1; level >= 0; level-- {
		if size>>level&1 == 1 {
			indexes = append(indexes, tlog.StoredHashIndex(level, lo>>level))
			lo += 1 << level
		}
	}
	if len(indexes) == 0 {
		return &Frontier{}, nil
	}
	full, err := r.ReadHashes(indexes)
	if err != nil {
		return nil, err
	}
	if len(full) != len(indexes) {
		return nil, fmt.Errorf("ledger: %d of %d hashes read", len(full), len(indexes))
	}
	return &Frontier{size: size, full: full}, nil
}

// Size is the number of leaves.
func (f *Frontier) Size() int64 { return f.size }

// Append adds a leaf by its record hash and returns the hashes that become known by it, to be stored from index
// tlog.StoredHashIndex(0, size before) on: the leaf's own, then one for each subtree it fills.
func (f *Frontier) Append(record Hash) []Hash {
	stored := []Hash{record}
	for range bits.TrailingZeros64(uint64(f.size + 1)) {
		last := len(f.full) - 1
		record = tlog.NodeHash(f.full[last], record)
		f.full = f.full[:last]
		stored = append(stored, record)
	}
	f.full = append(f.full, record)
	f.size++
	return stored
}

// Root is the root of the tree; of an empty one it is the hash of nothing (RFC 6962, 2.1).
func (f *Frontier) Root() Hash {
	last := len(f.full) - 1
	if last < 0 {
		return emptyRoot
	}
	root := f.full[last]
	for i := last - 1; i >= 0; i-- {
		root = tlog.NodeHash(f.full[i], root)
	}
	return root
}

var emptyRoot = func() Hash {
	h, err := tlog.TreeHash(0, nil)
	if err != nil {
		panic(err) // of nothing, nothing is read
	}
	return h
}()
