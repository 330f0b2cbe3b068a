package ledger

import (
	"encoding/binary"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"
)

// Hash is SHA-256: of an event, of a leaf or of a node of the tree.
type Hash = tlog.Hash

// HashReader reads nodes of the tree by tlog's numbers (tlog.StoredHashIndex).
type HashReader = tlog.HashReader

// Leaf is what the log holds of one event: which event it is, and its hash, which covers its content and the hash of
// the event before it.
type Leaf struct {
	County int // 0 to 32767
	CaseID uuid.UUID
	Seq    int // of the event in its case, from 1
	Hash   Hash
}

// leafVersion stands first in a leaf, so that another form of it can never be mistaken for this one.
const leafVersion = 1

// leafSize is the length of a leaf in bytes: version, county, case, number, hash.
const leafSize = 1 + 4 + 16 + 8 + len(Hash{})

// Encode writes the leaf as 61 bytes. Every field has a fixed width, so no two leaves look alike.
func (l Leaf) Encode() []byte {
	b := make([]byte, 0, leafSize)
	b = append(b, leafVersion)
	b = binary.BigEndian.AppendUint32(b, uint32(l.County))
	b = append(b, l.CaseID[:]...)
	b = binary.BigEndian.AppendUint64(b, uint64(l.Seq))
	return append(b, l.Hash[:]...)
}

// RecordHash is the leaf's node in the tree.
func (l Leaf) RecordHash() Hash { return tlog.RecordHash(l.Encode()) }
