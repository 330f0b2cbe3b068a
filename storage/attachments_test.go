package storage_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"baimi/domain"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// reads opens a part of a file as somebody who opens its case first.
func reads(t *testing.T, s *storage.Store, a domain.Actor, id domain.CaseID, file uuid.UUID, part domain.FilePart) (content []byte, err error) {
	t.Helper()
	err = s.InTx(t.Context(), a.Scope(), func(ctx context.Context) error {
		if _, err := s.Case(ctx, a.Scope(), id); err != nil {
			return err
		}
		content, err = s.ReadFile(ctx, a.Scope(), id, file, part)
		return err
	})
	return content, err
}

// onDisk lists what lies in the file store, with its content.
func onDisk(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		found[strings.TrimPrefix(path, dir+"/")], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// faults are what the check of the files finds, by what it says.
func faults(t *testing.T, s *storage.Store, now time.Time) (storage.FileSummary, string) {
	t.Helper()
	var said []string
	sum, err := s.CheckFiles(t.Context(), county, now, func(f storage.Finding) { said = append(said, f.Kind+": "+f.Where+": "+f.What) })
	if err != nil {
		t.Fatal(err)
	}
	return sum, strings.Join(said, "\n")
}

func TestFilesAreEncryptedAndComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	id := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)).CaseID()
	c := w.Attach(t, w.Act(t, p.keeper), id, 1)
	picture, x := storagetest.Picture(1), c.Attachments[0]
	for _, part := range []domain.FilePart{domain.OriginalPart, domain.RenditionPart} {
		if got, err := reads(t, w.Store, p.director, id, x.File, part); err != nil || !bytes.Equal(got, picture) {
			t.Errorf("%s: %d bytes, %v", part, len(got), err)
		}
	}
	kept := onDisk(t, w.FilesDir)
	if len(kept) != 2 {
		t.Errorf("%d objects", len(kept))
	}
	for name, content := range kept {
		if bytes.Contains(content, picture[:32]) || bytes.Contains(content, []byte("JFIF")) || strings.Contains(name, id.UUID.String()) {
			t.Errorf("%s tells what it is", name)
		}
	}
	stranger := w.Hire(t, "stranger", domain.RoleCommitteeDirector, w.CommitteeB1)
	if _, err := reads(t, w.Store, stranger, id, x.File, domain.OriginalPart); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("a stranger: %v", err)
	}
	if sum, said := faults(t, w.Store, storagetest.Now); sum.Bad != 0 || sum.Files != 1 || sum.Objects != 2 {
		t.Errorf("%s\n%s", sum, said)
	}
	wholeCheck(t, w)
}

// A file that nobody attaches, and bytes of which a crash left no row, go after a day and not before; nothing else goes.
func TestWhatBelongsToNothingIsSweptAway(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	id := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)).CaseID()
	c := w.Attach(t, w.Act(t, p.keeper), id, 1)
	w.Bring(t, p.keeper, id, 2)
	stray := filepath.Join(w.FilesDir, "1", uuid.NewString(), "original")
	if err := os.MkdirAll(filepath.Dir(stray), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(stray, []byte("noise"), 0o600); err != nil {
		t.Fatal(err)
	}
	changed := func() time.Time {
		info, err := os.Stat(stray)
		if err != nil {
			t.Fatal(err)
		}
		return info.ModTime()
	}()
	sweep := func(now time.Time) int {
		n, err := w.Store.SweepFiles(t.Context(), county, now)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := sweep(storagetest.Now.Add(23 * time.Hour)); n != 0 || len(onDisk(t, w.FilesDir)) != 5 {
		t.Errorf("%d went before their time", n)
	}
	later := changed.Add(100 * time.Hour)
	if sum, said := faults(t, w.Store, later); sum.Bad != 1 || !strings.Contains(said, "belongs to nothing") {
		t.Errorf("%s\n%s", sum, said)
	}
	if n := sweep(later); n != 3 {
		t.Errorf("%d went, want three", n)
	}
	if _, err := reads(t, w.Store, p.keeper, id, c.Attachments[0].File, domain.OriginalPart); err != nil || len(onDisk(t, w.FilesDir)) != 2 {
		t.Errorf("what is attached: %v", err)
	}
	if sum, said := faults(t, w.Store, later); sum.Bad != 0 || sum.Files != 1 {
		t.Errorf("%s\n%s", sum, said)
	}
}

// What is planted in the file store is found: a file that is gone, a changed byte, two exchanged, another hash.
func TestPlantedFaultsOfFilesAreFound(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	id := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)).CaseID()
	w.Attach(t, w.Act(t, p.keeper), id, 1)
	c := w.Attach(t, w.Act(t, p.keeper), id, 2)
	at := func(no int, part string) string {
		return filepath.Join(w.FilesDir, "1", c.Attachments[no-1].File.String(), part)
	}
	write := func(path string, content []byte) {
		t.Helper()
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	read := func(path string) []byte {
		t.Helper()
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	first, other := read(at(1, "original")), read(at(2, "original"))
	for what, x := range map[string]struct {
		spoil, mend func()
		says        string
	}{
		"gone": {func() { _ = os.Remove(at(1, "original")) }, func() { write(at(1, "original"), first) }, "is not in the file store"},
		"a byte": {func() {
			b := slices.Clone(first)
			b[len(b)/2] ^= 1
			write(at(1, "original"), b)
		}, func() { write(at(1, "original"), first) }, "cannot be opened"},
		"cut":       {func() { write(at(1, "original"), first[:len(first)-20]) }, func() { write(at(1, "original"), first) }, "cannot be opened"},
		"exchanged": {func() { write(at(1, "original"), other) }, func() { write(at(1, "original"), first) }, "cannot be opened"},
		"a hash": {func() {
			plant(t, w, "update attachment_file set rendition_digest = repeat('ab', 32) where id = '"+c.Attachments[1].File.String()+"'")
		}, func() {
			plant(t, w, "update attachment_file set rendition_digest = digest where id = '"+c.Attachments[1].File.String()+"'")
		}, "cannot be opened, or is not the one"},
	} {
		x.spoil()
		if sum, said := faults(t, w.Store, storagetest.Now); sum.Bad != 1 || !strings.Contains(said, x.says) || !strings.Contains(said, id.String()) {
			t.Errorf("%s: %s\n%s", what, sum, said)
		}
		if _, err := reads(t, w.Store, p.keeper, id, c.Attachments[0].File, domain.OriginalPart); what != "a hash" && domain.CodeOf(err) != domain.CodeUnavailable {
			t.Errorf("%s: who opens it is told %v", what, err)
		}
		x.mend()
		if sum, said := faults(t, w.Store, storagetest.Now); sum.Bad != 0 {
			t.Errorf("%s mended: %s\n%s", what, sum, said)
		}
	}
}

// An erasure makes the bytes unreadable at once, for whoever has a copy of the store too, and the check stays clean.
func TestErasedFilesCannotBeReadAgain(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	c := withdrawn(t, w, w.Store, p, 1)
	c = w.Attach(t, w.Act(t, p.director), c.CaseID(), 1)
	x := c.Attachments[0]
	if _, err := w.Store.EraseValues(t.Context(), county, w.Act(t, domain.SystemActor(1)), c.CaseID(), domain.Erasing{Texts: true, Ground: domain.GroundWithdrawn}); err != nil {
		t.Fatal(err)
	}
	if _, err := reads(t, w.Store, p.director, c.CaseID(), x.File, domain.OriginalPart); domain.CodeOf(err) != domain.CodeGone {
		t.Errorf("still there: %v", err)
	}
	if n := one(t, w, "select count(*) from attachment_file where data_key is null and erased_at is not null"); n != "1" {
		t.Errorf("%s keys went", n)
	}
	if sum, said := faults(t, w.Store, storagetest.Now); sum.Bad != 0 || sum.Erased != 1 {
		t.Errorf("%s\n%s", sum, said)
	}
	if n, err := w.Store.SweepFiles(t.Context(), county, storagetest.Now); err != nil || n != 2 || len(onDisk(t, w.FilesDir)) != 0 {
		t.Errorf("swept %d, %v", n, err)
	}
	wholeCheck(t, w)
}

// wholeCheck asks that the check of the county finds nothing.
func wholeCheck(t *testing.T, w *storagetest.Town) {
	t.Helper()
	fold(t, w)
	if _, err := w.Store.Check(t.Context(), county, storagetest.Now, func(f storage.Finding) { t.Errorf("%+v", f) }); err != nil {
		t.Error(err)
	}
}
