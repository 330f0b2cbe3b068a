package ledger_test

import (
	"encoding/hex"
	"strings"
	"testing"

	"github.com/google/uuid"

	"baimi/domain/ledger"
)

// What left the machine years ago must still be read and still mean the same, so the formats are held to the letter.
// The key is for this test alone.
const (
	goldenPrivate = "PRIVATE+KEY+baimi.test+4f4fe83c+AWY9kVq2+XGyPBG66jm2c5EpXGspJhRBwBTASxfj8nke"
	goldenPublic  = "baimi.test+4f4fe83c+AXkFU/2jGysXn5o1WyEg+PxNG85vM1hfH6F4YLmr0mrs"
	goldenNote    = "baimi/510\n1\nE2nHr/dV7KdQ+1cwD+QDl65dml44uQSbWWGpRkT1eQA=\nat 2026-11-18T02:00:00Z\n\n— baimi.test T0/oPCoHThiBjZttQ6wsyavyJrZoPtEcgcdQ9WHjjrSlw98BWS/nWu74IBteT9O/e8GwQ7ShFsm99wPWOzmjApLXgAM=\n"
	goldenLeaf    = "01000001fe01890a5dac96774bbcceb302099a80570000000000000007ab000000000000000000000000000000000000000000000000000000000000cd"
)

func TestFormatsStayAsTheyLeftTheMachine(t *testing.T) {
	t.Parallel()
	l := ledger.Leaf{County: 510, CaseID: uuid.MustParse("01890a5d-ac96-774b-bcce-b302099a8057"), Seq: 7, Hash: ledger.Hash{0: 0xab, 31: 0xcd}}
	if got := hex.EncodeToString(l.Encode()); got != goldenLeaf {
		t.Errorf("leaf %s", got)
	}
	by, public, err := ledger.ParsePrivate(goldenPrivate)
	if err != nil || public != goldenPublic {
		t.Fatalf("%s, %v", public, err)
	}
	c := ledger.Checkpoint{County: 510, Size: 1, Root: l.RecordHash(), At: when}
	note, err := ledger.Sign(c, by)
	if err != nil || note != goldenNote {
		t.Errorf("note %q, %v", note, err)
	}
	keys, err := ledger.ParsePublic(goldenPublic)
	if err != nil {
		t.Fatal(err)
	}
	short := "BAIMI1 " + strings.Replace(strings.Join(strings.Fields(goldenNote), " "), "— ", "", 1)
	for _, text := range []string{goldenNote, short} {
		if got, err := ledger.Open(text, keys...); err != nil || got != c {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
}
