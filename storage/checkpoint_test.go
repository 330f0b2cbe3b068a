package storage_test

import (
	"crypto/rand"
	"errors"
	"strings"
	"testing"
	"time"

	"baimi/domain"
	"baimi/domain/ledger"
	"baimi/storage/storagetest"
)

type checkpointKey struct {
	by     ledger.Signer
	public string
}

func newCheckpointKey(t *testing.T) checkpointKey {
	t.Helper()
	private, public, err := ledger.NewKey("baimi", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	by, _, err := ledger.ParsePrivate(private)
	if err != nil {
		t.Fatal(err)
	}
	return checkpointKey{by, public}
}

func (w *sealTown) checkpoint(t *testing.T, k checkpointKey, at time.Time) string {
	t.Helper()
	note, err := w.Store.NewCheckpoint(t.Context(), w.scope(), k.by, at)
	if err != nil {
		t.Fatal(err)
	}
	return note
}

// against holds the log to a checkpoint from outside.
func (w *sealTown) against(t *testing.T, note string, k checkpointKey) (ledger.Verified, []string) {
	t.Helper()
	var list []string
	v, err := w.Store.VerifyAgainst(t.Context(), w.scope(), note, k.public, func(f ledger.Fault) { list = append(list, f.String()) })
	if err != nil {
		t.Fatal(err)
	}
	return v, list
}

func TestCheckpointIsMadeWhenTheLogGrew(t *testing.T) {
	t.Parallel()
	w := newSealTown(t)
	k := newCheckpointKey(t)
	if note := w.checkpoint(t, k, storagetest.Now); note != "" {
		t.Errorf("a checkpoint of nothing: %q", note)
	}
	events, _ := w.cases(t, 4)
	w.sealAll(t, 500)
	first := w.checkpoint(t, k, storagetest.Now.Add(time.Millisecond))
	if again := w.checkpoint(t, k, storagetest.Now.AddDate(0, 0, 1)); again != first {
		t.Errorf("nothing new, and another checkpoint: %q", again)
	}
	more, _ := w.cases(t, 4)
	if note := w.checkpoint(t, k, storagetest.Now.AddDate(0, 0, 1)); note != first {
		t.Errorf("waiting events made a checkpoint: %q", note)
	}
	w.sealAll(t, 500)
	second := w.checkpoint(t, k, storagetest.Now.AddDate(0, 0, 2))
	keys, err := ledger.ParsePublic(k.public)
	if err != nil {
		t.Fatal(err)
	}
	for note, want := range map[string]int{first: events, second: events + more} {
		c, err := ledger.Open(note, keys...)
		if err != nil || c.Size != int64(want) || c.County != 1 {
			t.Errorf("%q: %s, %v; want %d events", note, c, err, want)
		}
	}
	list, err := w.Store.Checkpoints(t.Context(), w.scope(), 10)
	if err != nil || len(list) != 2 || list[0].Note != second || list[1].Note != first || !list[1].At.Equal(storagetest.Now) {
		t.Errorf("list %+v, %v", list, err)
	}
	short, err := ledger.Short(first)
	if err != nil {
		t.Fatal(err)
	}
	for _, note := range []string{first, second, short} {
		if v, bad := w.against(t, note, k); len(bad) > 0 || v.Checkpoints != 2 || v.Newest.Size != int64(events+more) || v.Outside == nil {
			t.Errorf("%+v, %v", v, bad)
		}
	}
}

func TestCheckpointSaysWhatItCannotSee(t *testing.T) {
	t.Parallel()
	w := newSealTown(t)
	k := newCheckpointKey(t)
	w.cases(t, 3)
	w.sealAll(t, 500)
	first := w.checkpoint(t, k, storagetest.Now)
	if v, _ := w.against(t, first, k); len(v.Unseen) != 0 {
		t.Errorf("all is covered, and yet: %q", v.Unseen)
	}
	if v, _ := w.faults(t); len(v.Unseen) != 2 || !strings.Contains(v.Unseen[0], "no checkpoint from outside") || !strings.Contains(v.Unseen[1], "no public key") {
		t.Errorf("without one: %q", v.Unseen)
	}
	w.cases(t, 3)
	if v, _ := w.against(t, first, k); len(v.Unseen) != 1 || !strings.Contains(v.Unseen[0], "6 events are not sealed yet") {
		t.Errorf("waiting: %q", v.Unseen)
	}
	w.sealAll(t, 500)
	if v, _ := w.against(t, first, k); len(v.Unseen) != 1 || !strings.Contains(v.Unseen[0], "the first 6 events: the 6 sealed after it") {
		t.Errorf("grown: %q", v.Unseen)
	}
}

func TestCheckpointIsRefusedForARewrittenLog(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		edit string
		want error
	}{
		"cut":               {"with cut as (delete from log_leaf where idx > 2) delete from log_hash where idx > 3", ledger.ErrShorter},
		"rewritten":         {"update log_hash set hash = sha256('x') where idx = 6", ledger.ErrRewritten},
		"rewritten, grown":  {"update log_hash set hash = sha256('x') where idx = 6", ledger.ErrRewritten},
		"checkpoint forged": {"update checkpoint set root = sha256('x')", ledger.ErrRewritten},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newSealTown(t)
			k := newCheckpointKey(t)
			w.cases(t, 3)
			w.sealAll(t, 500)
			w.checkpoint(t, k, storagetest.Now)
			if name == "rewritten, grown" {
				w.cases(t, 3)
			}
			w.exec(t, x.edit)
			w.sealAllThat(t)
			if note, err := w.Store.NewCheckpoint(t.Context(), w.scope(), k.by, storagetest.Now); !errors.Is(err, x.want) {
				t.Errorf("signed %q, %v; want %v", note, err, x.want)
			}
		})
	}
}

// sealAllThat seals what can be sealed, whatever is wrong.
func (w *sealTown) sealAllThat(t *testing.T) {
	t.Helper()
	for n := 1; n > 0; {
		var err error
		if n, err = w.Store.SealEvents(t.Context(), w.scope(), 500); err != nil {
			t.Log(err)
		}
	}
}

func TestCheckpointFromOutsideMustBeOurs(t *testing.T) {
	t.Parallel()
	w := newSealTown(t)
	k, other := newCheckpointKey(t), newCheckpointKey(t)
	w.cases(t, 3)
	w.sealAll(t, 500)
	note := w.checkpoint(t, k, storagetest.Now)
	foreign, err := ledger.Sign(ledger.Checkpoint{County: 2, Size: 1, At: storagetest.Now}, k.by)
	if err != nil {
		t.Fatal(err)
	}
	report := func(f ledger.Fault) { t.Errorf("%s", f) }
	for _, x := range []struct {
		note, keys string
		want       error
	}{
		{note, other.public, ledger.ErrUnsigned},
		{strings.Replace(note, "\n6\n", "\n5\n", 1), k.public, ledger.ErrBadSignature},
		{foreign, k.public, ledger.ErrOtherLog},
		{"", k.public, ledger.ErrMalformed},
		{note, "", ledger.ErrKey},
	} {
		if _, err := w.Store.VerifyAgainst(t.Context(), w.scope(), x.note, x.keys, report); !errors.Is(err, x.want) {
			t.Errorf("%v, want %v", err, x.want)
		}
	}
	if _, err := w.Store.NewCheckpoint(t.Context(), w.director.Scope(), k.by, storagetest.Now); err == nil {
		t.Error("a director signed")
	}
	if _, err := w.Store.VerifyLog(t.Context(), domain.Scope{County: 1, Area: "510185"}, report); err == nil {
		t.Error("a check that can see nothing was made")
	}
	// both keys sign after a change; each opens what it signed
	w.cases(t, 1)
	w.sealAll(t, 500)
	changed := w.checkpoint(t, other, storagetest.Now)
	both := checkpointKey{public: k.public + "\n" + other.public}
	for _, n := range []string{note, changed} {
		if _, bad := w.against(t, n, both); len(bad) > 0 {
			t.Error(bad)
		}
	}
}
