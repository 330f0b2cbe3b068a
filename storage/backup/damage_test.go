package backup

import (
	"archive/tar"
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"baimi/storage/pgembed"
)

// refused checks that neither Verify nor Restore takes the backup, and that
// the target stays as it was.
func refused(t *testing.T, path, pass string, want error) {
	t.Helper()
	_, err := Verify(t.Context(), path, pass, nil)
	wantError(t, err, want)
	dir := folder(t)
	before := contents(t, dir)
	_, err = Restore(t.Context(), path, targetIn(dir), pass)
	wantError(t, err, want)
	if !maps.Equal(before, contents(t, dir)) {
		t.Error("the target was changed")
	}
}

func TestWhatIsNotTheBackupIsRefused(t *testing.T) {
	t.Parallel()
	good := shared(t)
	if _, err := Verify(t.Context(), good, passphrase, nil); err != nil {
		t.Fatal(err)
	}
	t.Run("wrong passphrase", func(t *testing.T) { refused(t, good, "another", ErrWrongPassphrase) })
	t.Run("no passphrase", func(t *testing.T) { refused(t, good, "", ErrNoPassphrase) })
	t.Run("no backup", func(t *testing.T) { refused(t, folder(t), passphrase, ErrNone) })
	for _, part := range []string{partCluster, partFiles, partKeys} {
		t.Run(part+", one bit", func(t *testing.T) {
			bad := copied(t, good)
			rewrite(t, filepath.Join(bad, Part{Name: part}.file()), func(b []byte) []byte { b[len(b)/2] ^= 1; return b })
			refused(t, bad, passphrase, ErrCorrupt)
		})
		t.Run(part+", cut", func(t *testing.T) {
			bad := copied(t, good)
			rewrite(t, filepath.Join(bad, Part{Name: part}.file()), func(b []byte) []byte { return b[:len(b)-1] })
			refused(t, bad, passphrase, ErrCorrupt)
		})
		t.Run(part+", missing", func(t *testing.T) {
			bad := copied(t, good)
			if err := os.Remove(filepath.Join(bad, Part{Name: part}.file())); err != nil {
				t.Fatal(err)
			}
			refused(t, bad, passphrase, ErrCorrupt)
		})
	}
	t.Run("newer format", func(t *testing.T) {
		bad := copied(t, good)
		changeManifest(t, bad, func(m *Manifest) { m.Format = 99 })
		refused(t, bad, passphrase, ErrFormat)
	})
}

// Parts of two backups under one passphrase, with a manifest made to fit: only
// the seal can tell.
func TestPartsOfTwoBackupsAreRefused(t *testing.T) {
	t.Parallel()
	src := sourceOf(t)
	one := shared(t)
	_, two := made(t, src)
	files := Part{Name: partFiles}.file()
	b, err := os.ReadFile(filepath.Join(one, files))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(two, files), b, 0o600); err != nil {
		t.Fatal(err)
	}
	old, err := Read(one)
	if err != nil {
		t.Fatal(err)
	}
	changeManifest(t, two, func(m *Manifest) { m.Parts[1] = old.Parts[1] })
	refused(t, two, passphrase, ErrCorrupt)
}

func TestTargetMustSuit(t *testing.T) {
	t.Parallel()
	good := shared(t)
	other := copied(t, good)
	changeManifest(t, other, func(m *Manifest) { m.Major = 99 })
	_, err := Restore(t.Context(), other, targetIn(folder(t)), passphrase)
	wantError(t, err, pgembed.ErrOtherMajor)

	dir := folder(t)
	target := targetIn(dir)
	running, err := pgembed.Hold(target.Dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Restore(t.Context(), good, target, passphrase)
	wantError(t, err, pgembed.ErrInUse)
	if err := running.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{
		pgembed.PasswordFile(target.Dir), filepath.Join(target.Keys, "k"), filepath.Join(target.Files, "f"),
		filepath.Join(pgembed.ClusterDir(target.Dir, 15), "PG_VERSION"),
	} {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("15\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err = Restore(t.Context(), good, target, passphrase)
		wantError(t, err, ErrNotEmpty)
		if b, err := os.ReadFile(path); err != nil || string(b) != "15\n" {
			t.Errorf("%s was touched: %q %v", path, b, err)
		}
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
}

// An archive that would write elsewhere. It would have to be made with the
// passphrase; it is refused all the same.
func TestNoEntryLeavesItsFolder(t *testing.T) {
	t.Parallel()
	for name, h := range map[string]*tar.Header{
		"parent":        {Name: "files/../../evil", Typeflag: tar.TypeReg},
		"absolute":      {Name: "/tmp/evil", Typeflag: tar.TypeReg},
		"symbolic link": {Name: "files/link", Linkname: "/etc", Typeflag: tar.TypeSymlink},
		"hard link":     {Name: "files/link", Linkname: "/etc/passwd", Typeflag: tar.TypeLink},
		"device":        {Name: "files/null", Typeflag: tar.TypeChar},
		"other prefix":  {Name: "evil", Typeflag: tar.TypeReg},
	} {
		var b bytes.Buffer
		tw := tar.NewWriter(&b)
		if err := tw.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if err := tw.Close(); err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		inner := filepath.Join(dir, "inner")
		if err := os.Mkdir(inner, 0o700); err != nil {
			t.Fatal(err)
		}
		root, err := os.OpenRoot(inner)
		if err != nil {
			t.Fatal(err)
		}
		err = unpack(t.Context(), &b, []outlet{{prefix: filesPrefix, root: root, uid: -1, gid: -1}}, nil)
		t.Log(name)
		wantError(t, err, ErrCorrupt)
		if got := contents(t, dir); len(got) != 2 {
			t.Errorf("wrote %v", got)
		}
		_ = root.Close()
	}
}

func rewrite(t *testing.T, path string, change func([]byte) []byte) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, change(b), 0o600); err != nil {
		t.Fatal(err)
	}
}

func changeManifest(t *testing.T, path string, change func(*Manifest)) {
	t.Helper()
	rewrite(t, filepath.Join(path, manifestFile), func(b []byte) []byte {
		var m Manifest
		if err := json.Unmarshal(b, &m); err != nil {
			t.Fatal(err)
		}
		change(&m)
		b, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		return b
	})
}
