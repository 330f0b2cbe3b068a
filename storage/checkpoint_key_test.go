package storage_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baimi/domain/ledger"
	"baimi/storage"
	"baimi/storage/storagetest"
)

func TestCheckpointKeyIsKeptBesideTheOthers(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "keys")
	if _, err := storage.LoadCheckpointKey(dir); !errors.Is(err, storage.ErrNoCheckpointKey) {
		t.Errorf("no folder: %v", err)
	}
	made, err := storage.MakeCheckpointKey(dir, "baimi.jianyang")
	if err != nil {
		t.Fatal(err)
	}
	st, err := os.Stat(filepath.Join(dir, "checkpoint.key"))
	if err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", st.Mode(), err)
	}
	if _, err := storage.MakeCheckpointKey(dir, "baimi"); !errors.Is(err, fs.ErrExist) {
		t.Errorf("made over another: %v", err)
	}
	loaded, err := storage.LoadCheckpointKey(dir)
	if err != nil || loaded.Public != made.Public {
		t.Fatalf("%+v, %v", loaded, err)
	}
	note, err := ledger.Sign(ledger.Checkpoint{County: 1, Size: 3, At: storagetest.Now}, loaded.Signer)
	if err != nil {
		t.Fatal(err)
	}
	// a change of keys leaves the old public one where it is
	if err := os.Rename(filepath.Join(dir, "checkpoint.key"), filepath.Join(dir, "old")); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.MakeCheckpointKey(dir, "baimi.jianyang"); err != nil {
		t.Fatal(err)
	}
	public, err := storage.LoadCheckpointPublic(dir)
	if err != nil || strings.Count(public, "\n") != 2 {
		t.Fatalf("%q, %v", public, err)
	}
	keys, err := ledger.ParsePublic(public)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.Open(note, keys...); err != nil {
		t.Error(err)
	}
}

func TestCheckpointKeyThatIsNotSafeIsRefused(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(dir string) error{
		"may be read by others": func(dir string) error { return os.Chmod(filepath.Join(dir, "checkpoint.key"), 0o640) },
		"does not hold the public": func(dir string) error {
			return os.Rename(filepath.Join(dir, "2.pub"), filepath.Join(dir, "checkpoint.pub"))
		},
		"no checkpoint.pub": func(dir string) error { return os.Remove(filepath.Join(dir, "checkpoint.pub")) },
		"not a key":         func(dir string) error { return os.WriteFile(filepath.Join(dir, "checkpoint.key"), []byte("x"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if _, err := storage.MakeCheckpointKey(dir, "baimi"); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "2.pub"), []byte(newCheckpointKey(t).public), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := spoil(dir); err != nil {
				t.Fatal(err)
			}
			if _, err := storage.LoadCheckpointKey(dir); err == nil || !strings.Contains(err.Error(), name) {
				t.Errorf("%v", err)
			}
		})
	}
}
