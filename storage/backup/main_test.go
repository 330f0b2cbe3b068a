package backup

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"go.uber.org/goleak"

	"baimi/storage/pgembed"
)

const passphrase = "七月流火 九月授衣"

var (
	quiet = slog.New(slog.DiscardHandler)
	begun = time.Date(2026, 11, 22, 3, 15, 0, 0, time.UTC)
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(interruptedEnv); dir != "" {
		os.Exit(backUpForever(dir))
	}
	code := m.Run()
	if sourceRoot != "" {
		if s, err := source(); err == nil {
			_ = s.Stop(context.Background())
		}
		_ = os.RemoveAll(sourceRoot)
	}
	if err := goleak.Find(); err != nil && code == 0 {
		println(err.Error())
		code = 1
	}
	os.Exit(code)
}

var sourceRoot string

// source is a running cluster that all tests back up. Its WAL is recycled as
// fast as PostgreSQL allows, which a backup must survive.
var source = sync.OnceValues(func() (*pgembed.Server, error) {
	root, err := os.MkdirTemp("/tmp", "baimi-backup-")
	if err != nil {
		return nil, err
	}
	sourceRoot = root
	if err := os.Chmod(root, 0o711); err != nil { // user postgres must come through
		return nil, err
	}
	return pgembed.Start(context.Background(), pgembed.Config{
		Dir: filepath.Join(root, "d"), Log: quiet,
		Settings: map[string]string{"max_wal_size": "32MB", "min_wal_size": "32MB"},
	})
})

// folder is a temporary folder that user postgres can enter.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "baimi-backup-")
	if err == nil {
		err = os.Chmod(dir, 0o711)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// sourceOf is the source's cluster with files and keys of the test's own.
func sourceOf(t *testing.T) Source {
	t.Helper()
	src, err := sourceIn(folder(t))
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func sourceIn(dir string) (Source, error) {
	s, err := source()
	if err != nil {
		return Source{}, err
	}
	files := map[string]string{
		"files/2026/11/a.pdf":  "调解协议书",
		"files/2026/11/empty":  "",
		"files/中文 name.jpg":    string(make([]byte, 3<<20)),
		"keys/data.keyset":     "a key",
		"keys/old/2025.keyset": "an older key",
	}
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return Source{}, err
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			return Source{}, err
		}
	}
	return Source{
		DSN: s.DSN("postgres"), Password: pgembed.PasswordFile(s.Dir()), Version: "test",
		Files: filepath.Join(dir, "files"), Keys: filepath.Join(dir, "keys"), workFactor: 10,
	}, nil
}

func targetIn(dir string) Target {
	return Target{Dir: filepath.Join(dir, "d"), Keys: filepath.Join(dir, "d", "keys"), Files: filepath.Join(dir, "other", "files")}
}

// made is a finished backup in a folder of backups of its own.
func made(t *testing.T, src Source) (dir, path string) {
	t.Helper()
	dir = filepath.Join(folder(t), "backups")
	if _, err := Create(t.Context(), src, dir, passphrase, begun); err != nil {
		t.Fatal(err)
	}
	return dir, Path(dir, begun)
}

// finished is a backup that all tests share, who therefore leave it as it is.
var finished = sync.OnceValues(func() (path string, err error) {
	src, err := sourceIn(filepath.Join(sourceRoot, "shared"))
	if err != nil {
		return "", err
	}
	dir := filepath.Join(sourceRoot, "backups")
	_, err = Create(context.Background(), src, dir, passphrase, begun)
	return Path(dir, begun), err
})

func shared(t *testing.T) string {
	t.Helper()
	if _, err := source(); err != nil { // makes the folder
		t.Fatal(err)
	}
	path, err := finished()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// copied is a copy of a backup that the test may damage.
func copied(t *testing.T, path string) string {
	t.Helper()
	to := filepath.Join(folder(t), "copy")
	if out, err := exec.CommandContext(t.Context(), "cp", "-a", path, to).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return to
}

// contents lists all below dir: names and contents of files, names of folders.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil || d.IsDir() {
			found[rel+"/"] = ""
			return err
		}
		b, err := os.ReadFile(path)
		found[rel] = string(b)
		return err
	})
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return found
}

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func scalar[T any](t *testing.T, conn *pgx.Conn, q string, args ...any) (v T) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), q, args...).Scan(&v); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return v
}

func wantError(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
	t.Log(err)
}
