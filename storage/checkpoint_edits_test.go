package storage_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/domain/ledger"
	"baimi/storage/storagetest"
)

// edit is one way to falsify what was sealed. do acts on an event or leaf at a place below covered and tells whether
// it could.
type edit struct {
	name string
	do   func(s *logState, at int, r *rand.Rand) bool
}

// change falsifies a field of the event that leaf at names.
func change(name string, do func(e *domain.Event)) edit {
	return edit{name, func(s *logState, at int, _ *rand.Rand) bool {
		do(s.event(at))
		return true
	}}
}

var edits = []edit{
	change("kind", func(e *domain.Event) { e.Kind += "x" }),
	change("actor", func(e *domain.Event) { p := domain.PersonID(99); e.Actor = &p }),
	change("actor taken out", func(e *domain.Event) { e.Actor = nil }),
	change("assignment", func(e *domain.Event) { a := domain.AssignmentID(99); e.Assignment = &a }),
	change("role", func(e *domain.Event) { e.Role = domain.RoleSystemAdmin }),
	change("via", func(e *domain.Event) { e.Via = domain.ViaToken }),
	change("back-dated by a day", func(e *domain.Event) { e.OccurredOn = e.OccurredOn.AddDays(-1) }),
	change("back-dated on the clock", func(e *domain.Event) { e.RecordedAt = e.RecordedAt.AddDate(0, -1, 0) }),
	change("a microsecond", func(e *domain.Event) { e.RecordedAt = e.RecordedAt.Add(1000) }),
	change("from status", func(e *domain.Event) { s := domain.StatusArchived; e.FromStatus = &s }),
	change("to status", func(e *domain.Event) { e.ToStatus = domain.StatusVoid }),
	change("reason", func(e *domain.Event) { e.Reason += "x" }),
	change("a digit of the data", func(e *domain.Event) { e.Data = e.Data[:len(e.Data)-1] + `,"amount":"1"}` }),
	change("a space in the data", func(e *domain.Event) { e.Data += " " }),
	{"event removed", func(s *logState, at int, _ *rand.Rand) bool {
		s.drop(s.leaves[at])
		s.leaves = slices.Delete(s.leaves, at, at+1)
		return true
	}},
	{"case removed", func(s *logState, at int, _ *rand.Rand) bool {
		id := s.leaves[at].CaseID
		s.events = slices.DeleteFunc(s.events, func(e domain.Event) bool { return e.CaseID == id })
		s.leaves = slices.DeleteFunc(s.leaves, func(l ledger.Leaf) bool { return l.CaseID == id })
		return true
	}},
	{"event inserted", func(s *logState, at int, _ *rand.Rand) bool {
		e := *s.event(at)
		e.Seq, e.Reason = e.Seq+50, "planted"
		s.events = append(s.events, e)
		s.leaves = slices.Insert(s.leaves, at+1, ledger.Leaf{County: 1, CaseID: e.CaseID, Seq: e.Seq, Hash: ledger.Hash(e.Hash)})
		return true
	}},
	{"case inserted", func(s *logState, at int, _ *rand.Rand) bool {
		e := *s.event(at)
		e.CaseID, e.Seq = uuid.New(), 1
		s.events = append(s.events, e)
		s.leaves = slices.Insert(s.leaves, at, ledger.Leaf{County: 1, CaseID: e.CaseID, Seq: 1, Hash: ledger.Hash(e.Hash)})
		return true
	}},
	{"two events swapped", func(s *logState, at int, r *rand.Rand) bool {
		other := r.IntN(len(s.leaves))
		if other == at {
			other = (at + 1) % len(s.leaves)
		}
		a, b := s.event(at), s.event(other)
		a.Kind, b.Kind = b.Kind+"x", a.Kind
		a.Data, b.Data = b.Data, a.Data
		a.RecordedAt, b.RecordedAt = b.RecordedAt, a.RecordedAt
		return true
	}},
	{"two cases swapped", func(s *logState, at int, r *rand.Rand) bool {
		a, b := s.leaves[at].CaseID, s.leaves[(at+1+r.IntN(len(s.leaves)-1))%len(s.leaves)].CaseID
		swap := func(id *uuid.UUID) {
			switch *id {
			case a:
				*id = b
			case b:
				*id = a
			}
		}
		for i := range s.events {
			swap(&s.events[i].CaseID)
		}
		for i := range s.leaves {
			swap(&s.leaves[i].CaseID)
		}
		return a != b
	}},
	{"order of sealing", func(s *logState, at int, r *rand.Rand) bool {
		other := r.IntN(len(s.leaves))
		s.leaves[at], s.leaves[other] = s.leaves[other], s.leaves[at]
		return at != other
	}},
	{"tail cut", func(s *logState, at int, _ *rand.Rand) bool {
		for _, l := range s.leaves[at:] {
			s.drop(l)
		}
		s.leaves = s.leaves[:at]
		s.checkpoints = slices.DeleteFunc(s.checkpoints, func(c ledger.Signed) bool { return c.Size > int64(at) })
		return true
	}},
}

func (s *logState) event(leaf int) *domain.Event {
	l := s.leaves[leaf]
	i := slices.IndexFunc(s.events, func(e domain.Event) bool { return e.CaseID == l.CaseID && e.Seq == l.Seq })
	return &s.events[i]
}

func (s *logState) drop(l ledger.Leaf) {
	s.events = slices.DeleteFunc(s.events, func(e domain.Event) bool { return e.CaseID == l.CaseID && e.Seq == l.Seq })
}

// depth is how far a falsifier goes to make the rest agree with the edit.
type depth int

const (
	eventsOnly depth = iota
	ownHashes        // each event gets the hash of its content
	chains           // and each case its numbers and links
	leaves           // and the leaves follow
	tree             // and the tree
	everything       // and the checkpoints are signed anew with the service's own key
)

var depths = []string{"events only", "with their hashes", "with their chains", "with the leaves", "with the tree", "with the checkpoints, by the stolen key"}

// agree makes the rest agree; before is the state that was edited.
func (s *logState) agree(t *testing.T, d depth, before logState, k checkpointKey) {
	t.Helper()
	edited := s.leaves
	if d < leaves {
		s.leaves = slices.Clone(before.leaves)
	}
	if d >= ownHashes {
		s.rehash(d >= chains, edited)
	}
	if d < leaves {
		return
	}
	for i := range s.leaves {
		if e := s.event(i); e != nil {
			s.leaves[i].Hash = ledger.Hash(e.Hash)
		}
	}
	if d < tree {
		return
	}
	roots := map[int64]ledger.Hash{}
	s.nodes = nil
	var f ledger.Frontier
	for _, l := range s.leaves {
		s.nodes = append(s.nodes, f.Append(l.RecordHash())...)
		roots[f.Size()] = f.Root()
	}
	if d < everything {
		return
	}
	for i := range s.checkpoints {
		c := &s.checkpoints[i]
		c.Size = min(c.Size, f.Size())
		c.Root = roots[c.Size]
		var err error
		if c.Note, err = ledger.Sign(c.Checkpoint, k.by); err != nil {
			t.Fatal(err)
		}
	}
	s.checkpoints = slices.CompactFunc(s.checkpoints, func(a, b ledger.Signed) bool { return a.Size == b.Size })
}

// rehash gives each event the hash of its content; linked also numbers and links each case anew, in its events and
// in its leaves.
func (s *logState) rehash(linked bool, order []ledger.Leaf) {
	slices.SortStableFunc(s.events, func(a, b domain.Event) int {
		return slices.Compare(append(a.CaseID[:], byte(a.Seq)), append(b.CaseID[:], byte(b.Seq)))
	})
	seq := 0
	for i := range s.events {
		e := &s.events[i]
		if linked {
			if seq++; i == 0 || s.events[i-1].CaseID != e.CaseID {
				seq, e.PrevHash = 1, make([]byte, 32)
			} else {
				e.PrevHash = s.events[i-1].Hash
			}
			for j := range order {
				if order[j].CaseID == e.CaseID && order[j].Seq == e.Seq && e.Seq != seq {
					order[j].Seq = seq
					break
				}
			}
			e.Seq = seq
		}
		e.Hash = e.Sum()
	}
}

// TestCheckpointFindsTwoHundredEdits falsifies what a checkpoint covers, as somebody who owns the database and, at the
// deepest, the signing key. Held to the checkpoint that left the machine, every one of them is found.
func TestCheckpointFindsTwoHundredEdits(t *testing.T) {
	t.Parallel()
	w := newSealTown(t)
	k := newCheckpointKey(t)
	covered, _ := w.cases(t, 8)
	w.sealAll(t, 5)
	outside := w.checkpoint(t, k, storagetest.Now)
	w.cases(t, 6)
	w.sealAll(t, 5)
	w.checkpoint(t, k, storagetest.Now.AddDate(0, 0, 1))
	w.allowEverything(t)
	before := readLogState(t, w)
	r := rand.New(rand.NewPCG(1, 2))
	tried, hidden := 0, 0
	for _, x := range edits {
		for d := eventsOnly; d <= everything; d++ {
			for range 2 {
				s, at := before.clone(), r.IntN(covered)
				if !x.do(s, at, r) || (d < leaves && x.name == "order of sealing") {
					continue
				}
				name := fmt.Sprintf("%s at %d, %s", x.name, at, depths[d])
				s.agree(t, d, before, k)
				s.write(t, w)
				tried++
				if v, _ := w.against(t, outside, k); v.Faults == 0 {
					t.Errorf("not found: %s", name)
				}
				if d == everything {
					if _, bad := w.faults(t); len(bad) == 0 {
						hidden++
					}
				}
			}
		}
	}
	tried += stored(t, w, before, outside, k)
	before.write(t, w)
	if v, bad := w.against(t, outside, k); len(bad) > 0 || v.Checkpoints != 2 {
		t.Errorf("put back, and still: %v", bad)
	}
	if tried < 200 {
		t.Errorf("only %d edits", tried)
	}
	if hidden == 0 {
		t.Error("no edit was deep enough to hide from a check without a checkpoint from outside")
	}
	t.Logf("%d edits, all found; %d of them are seen only by the checkpoint from outside", tried, hidden)
}

// stored falsifies single rows of the log itself.
func stored(t *testing.T, w *sealTown, before logState, outside string, k checkpointKey) (tried int) {
	t.Helper()
	forged, err := ledger.Sign(ledger.Checkpoint{County: 1, Size: 3, Root: before.nodes[0], At: storagetest.Now}, newCheckpointKey(t).by)
	if err != nil {
		t.Fatal(err)
	}
	for name, do := range map[string]func(s *logState){
		"leaf's hash":           func(s *logState) { s.leaves[3].Hash[31] ^= 1 },
		"leaf's case":           func(s *logState) { s.leaves[3].CaseID = uuid.New() },
		"leaf's number":         func(s *logState) { s.leaves[3].Seq += 40 },
		"last leaf removed":     func(s *logState) { s.leaves = s.leaves[:len(s.leaves)-1] },
		"leaf's node":           func(s *logState) { s.nodes[4][0] ^= 1 },
		"inner node":            func(s *logState) { s.nodes[tlog.StoredHashIndex(2, 1)][0] ^= 1 },
		"last node removed":     func(s *logState) { s.nodes = s.nodes[:len(s.nodes)-1] },
		"node added":            func(s *logState) { s.nodes = append(s.nodes, s.nodes[0]) },
		"checkpoint's root":     func(s *logState) { s.checkpoints[0].Root[0] ^= 1 },
		"checkpoint's size":     func(s *logState) { s.checkpoints[0].Size-- },
		"checkpoint's time":     func(s *logState) { s.checkpoints[1].At = s.checkpoints[1].At.AddDate(0, 0, -1) },
		"checkpoint's note":     func(s *logState) { s.checkpoints[0].Note = s.checkpoints[1].Note },
		"checkpoint not signed": func(s *logState) { s.checkpoints[0].Note = "x" },
		"checkpoint removed":    func(s *logState) { s.checkpoints = s.checkpoints[:1] },
		"checkpoint ahead":      func(s *logState) { s.checkpoints[0].Size += 1000 },
		"checkpoint by a stranger": func(s *logState) {
			s.checkpoints = append(s.checkpoints, ledger.Signed{Checkpoint: ledger.Checkpoint{County: 1, Size: 3, Root: before.nodes[0], At: storagetest.Now}, Note: forged})
		},
		"everything removed": func(s *logState) { *s = logState{} },
		"log removed":        func(s *logState) { s.leaves, s.nodes, s.checkpoints = nil, nil, nil },
		"events removed":     func(s *logState) { s.events = nil },
		"future event planted": func(s *logState) {
			e := s.events[0]
			e.CaseID, e.OccurredOn = uuid.New(), calendar.DateOf(storagetest.Now)
			s.events = append(s.events, e)
		},
	} {
		s := before.clone()
		do(s)
		s.write(t, w)
		tried++
		if v, _ := w.against(t, outside, k); v.Faults == 0 {
			t.Errorf("not found: %s", name)
		}
	}
	return tried
}
