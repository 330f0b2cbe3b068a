package ledger_test

import (
	"testing"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"baimi/domain/ledger"
)

// tree is a log in memory: its leaves and its stored nodes.
type tree struct {
	leaves []ledger.Leaf
	nodes  []ledger.Hash
}

func (t *tree) ReadHashes(indexes []int64) ([]ledger.Hash, error) {
	out := make([]ledger.Hash, len(indexes))
	for i, x := range indexes {
		out[i] = t.nodes[x]
	}
	return out, nil
}

// at is the (unsigned) checkpoint of the first n leaves.
func (t *tree) at(tb testing.TB, n int64) ledger.Checkpoint {
	tb.Helper()
	root, err := tlog.TreeHash(n, t)
	if err != nil {
		tb.Fatal(err)
	}
	return ledger.Checkpoint{County: 1, Size: n, Root: root}
}

func leaf(n int) ledger.Leaf {
	l := ledger.Leaf{County: 1, CaseID: uuid.UUID{0: byte(n), 15: byte(n >> 8)}, Seq: n%7 + 1}
	l.Hash = tlog.RecordHash([]byte{byte(n), byte(n >> 8)})
	return l
}

// grow appends n leaves by tlog's own functions, which the frontier is held to.
func grow(tb testing.TB, n int) *tree {
	tb.Helper()
	t := &tree{}
	for i := range n {
		l := leaf(i)
		nodes, err := tlog.StoredHashes(int64(i), l.Encode(), t)
		if err != nil {
			tb.Fatal(err)
		}
		t.leaves, t.nodes = append(t.leaves, l), append(t.nodes, nodes...)
	}
	return t
}

const most = 300

var big = grow(nilTB{}, most)

// nilTB lets a fixture be made before any test runs.
type nilTB struct{ testing.TB }

func (nilTB) Helper()           {}
func (nilTB) Fatal(args ...any) { panic(args) }

// The frontier stores the very nodes that tlog stores and has its roots, from wherever it was read.
func TestFrontierEqualsTlog(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.Int64Range(0, most).Draw(t, "from")
		f, err := ledger.ReadFrontier(from, big)
		if err != nil {
			t.Fatal(err)
		}
		for n := from; n < most; n++ {
			if f.Size() != n || f.Root() != big.at(nilTB{}, n).Root {
				t.Fatalf("root of %d leaves, read at %d", n, from)
			}
			at := tlog.StoredHashIndex(0, n)
			for i, h := range f.Append(big.leaves[n].RecordHash()) {
				if big.nodes[at+int64(i)] != h {
					t.Fatalf("node %d of leaf %d, read at %d", i, n, from)
				}
			}
		}
	})
}

func TestEveryCheckpointExtendsEveryEarlierOne(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		newer := rapid.Int64Range(0, most).Draw(t, "newer")
		older := rapid.Int64Range(0, newer).Draw(t, "older")
		if err := ledger.ProveExtends(big.at(nilTB{}, older), big.at(nilTB{}, newer), big); err != nil {
			t.Fatal(err)
		}
	})
}

// One changed leaf anywhere below the older checkpoint is seen, also when the whole tree was computed anew.
func TestARewrittenLogExtendsNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		newer := rapid.Int64Range(1, 130).Draw(t, "newer")
		older := rapid.Int64Range(1, newer).Draw(t, "older")
		changed := rapid.Int64Range(0, newer-1).Draw(t, "changed")
		forged := &tree{}
		for i := range newer {
			l := big.leaves[i]
			if i == changed {
				l.Hash[rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
			}
			nodes, err := tlog.StoredHashes(i, l.Encode(), forged)
			if err != nil {
				t.Fatal(err)
			}
			forged.nodes = append(forged.nodes, nodes...)
		}
		err := ledger.ProveExtends(big.at(nilTB{}, older), forged.at(nilTB{}, newer), forged)
		if found := err != nil; found != (changed < older) {
			t.Fatalf("leaf %d of %d changed, checkpoint of %d: %v", changed, newer, older, err)
		}
		if err := ledger.ProveExtends(big.at(nilTB{}, newer), forged.at(nilTB{}, older), forged); err == nil {
			t.Fatal("a cut or changed log extends the longer one")
		}
	})
}

func TestInclusionHoldsForTheOneLeafAlone(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c := big.at(nilTB{}, rapid.Int64Range(1, most).Draw(t, "size"))
		index := rapid.Int64Range(0, c.Size-1).Draw(t, "index")
		p, err := ledger.ProveInclusion(c, index, big)
		if err != nil {
			t.Fatal(err)
		}
		l := big.leaves[index]
		if err := p.Check(c, l); err != nil {
			t.Fatal(err)
		}
		bit := byte(1) << rapid.IntRange(0, 7).Draw(t, "bit")
		at := rapid.IntRange(0, 31).Draw(t, "byte")
		what := rapid.SampledFrom([]string{"hash", "case", "number", "county", "root", "place", "path", "size"}).Draw(t, "what")
		switch what {
		case "hash":
			l.Hash[at] ^= bit
		case "case":
			l.CaseID[at%16] ^= bit
		case "number":
			l.Seq ^= int(bit)
		case "county":
			l.County ^= int(bit)
		case "root":
			c.Root[at] ^= bit
		case "place":
			p.Index ^= int64(bit)
		case "path":
			if len(p.Path) == 0 {
				return
			}
			p.Path[at%len(p.Path)][at] ^= bit
		case "size":
			// The size is bound to the root by the signature. The proof alone shows a wrong size only where the shape
			// of the path differs, so nothing is asked of it here but not to panic.
			c.Size ^= int64(bit)
			_ = p.Check(c, l)
			return
		}
		if err := p.Check(c, l); err == nil {
			t.Fatalf("a changed %s was not seen", what)
		}
	})
}

func TestProofsNameWhatIsWrong(t *testing.T) {
	t.Parallel()
	other := big.at(t, 9)
	other.County = 2
	for _, x := range []struct {
		older, newer ledger.Checkpoint
		want         error
	}{
		{other, big.at(t, 9), ledger.ErrOtherLog},
		{big.at(t, 9), big.at(t, 8), ledger.ErrShorter},
		{ledger.Checkpoint{County: 1, Size: 7, Root: big.at(t, 8).Root}, big.at(t, 9), ledger.ErrRewritten},
		{ledger.Checkpoint{County: 1, Size: 0, Root: big.at(t, 8).Root}, big.at(t, 9), ledger.ErrRewritten},
		{big.at(t, 7), ledger.Checkpoint{County: 1, Size: 9, Root: big.at(t, 8).Root}, ledger.ErrWrongRoot},
		{big.at(t, 0), big.at(t, 0), nil},
	} {
		if err := ledger.ProveExtends(x.older, x.newer, big); !isErr(err, x.want) {
			t.Errorf("%s, then %s: %v, want %v", x.older, x.newer, err, x.want)
		}
	}
	if _, err := ledger.ProveInclusion(big.at(t, 4), 4, big); !isErr(err, ledger.ErrNotCovered) {
		t.Error(err)
	}
	if err := (ledger.Inclusion{Index: 1}).Check(other, big.leaves[1]); !isErr(err, ledger.ErrOtherLog) {
		t.Error(err)
	}
	if err := (ledger.Inclusion{Index: 1}).Check(big.at(t, 4), big.leaves[1]); !isErr(err, ledger.ErrNotInLog) {
		t.Error(err)
	}
}
