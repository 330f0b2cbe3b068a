package storage

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"baimi/domain"
)

// sealedHead is the last sealed event of a case; of a case without one, number 0 and a hash of zeros.
type sealedHead struct {
	seq  int
	hash []byte
}

var noHead = sealedHead{hash: make([]byte, sha256.Size)}

// chained returns the events that may be sealed: each whole, and each chained to the one before it in its case. It
// expects them by case and number. The first wrong one of a case goes to broken, and the rest of that case is left out.
func chained(events []domain.Event, heads map[uuid.UUID]sealedHead, broken *brokenCases) []domain.Event {
	sound := make([]domain.Event, 0, len(events))
	for i := range events {
		e := &events[i]
		if broken.has(e.CaseID) {
			continue
		}
		head, sealed := heads[e.CaseID]
		if !sealed {
			head = noHead
		}
		if why := follows(e, head); why != "" {
			broken.add(e, why)
			continue
		}
		heads[e.CaseID] = sealedHead{seq: e.Seq, hash: e.Hash}
		sound = append(sound, *e)
	}
	return sound
}

// follows tells why an event may not come after the head of its case; "" if it may.
func follows(e *domain.Event, head sealedHead) string {
	switch {
	case e.Seq <= head.seq:
		return "is sealed already, and waits again"
	case e.Seq > head.seq+1:
		return fmt.Sprintf("waits, but event %d before it is neither sealed nor waiting", head.seq+1)
	case !bytes.Equal(e.PrevHash, head.hash):
		return "is not chained to the one before"
	case !bytes.Equal(e.Hash, e.Sum()):
		return "was changed after it was written"
	}
	return ""
}

// brokenCases collects the cases whose sealing stopped; of the first few it keeps why.
type brokenCases struct {
	seen  map[uuid.UUID]bool
	named []error
}

// mostNamed is how many broken cases an error names; it also counts the others.
const mostNamed = 20

func (b *brokenCases) has(id uuid.UUID) bool { return b.seen[id] }

func (b *brokenCases) add(e *domain.Event, why string) {
	if b.seen == nil {
		b.seen = map[uuid.UUID]bool{}
	}
	b.seen[e.CaseID] = true
	if len(b.named) < mostNamed {
		b.named = append(b.named, fmt.Errorf("event %d of case %s %s", e.Seq, domain.CaseID{County: e.County, UUID: e.CaseID}, why))
	}
}

func (b *brokenCases) err() error {
	if len(b.seen) == 0 {
		return nil
	}
	return fmt.Errorf("%w in %d cases: %w", ErrUnsealable, len(b.seen), errors.Join(b.named...))
}
