package backup

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestLatestIsTheNewestCompleteOne(t *testing.T) {
	t.Parallel()
	dir := folder(t)
	first, later := Path(dir, begun), begun.Add(24*time.Hour)
	for path, at := range map[string]time.Time{first: begun, Path(dir, later): later} {
		if err := os.Rename(copied(t, shared(t)), path); err != nil {
			t.Fatal(err)
		}
		changeManifest(t, path, func(m *Manifest) { m.Begun = at })
	}
	m, path, err := Latest(dir)
	if err != nil || path != Path(dir, later) || !m.Begun.Equal(later) || m.Version != "test" {
		t.Fatalf("%s %+v %v", path, m, err)
	}
	if err := os.Remove(filepath.Join(path, "files.tar.gz.age")); err != nil {
		t.Fatal(err)
	}
	if _, path, err = Latest(dir); err != nil || path != first {
		t.Errorf("with a part missing: %s %v", path, err)
	}
	_, err = Create(t.Context(), sourceOf(t), dir, passphrase, begun)
	wantError(t, err, os.ErrExist)
	_, _, err = Latest(filepath.Join(dir, "none"))
	wantError(t, err, ErrNone)
}

// Nothing in a backup can be read by somebody who finds it.
func TestBackupHoldsNoPlainText(t *testing.T) {
	t.Parallel()
	path := shared(t)
	password, err := os.ReadFile(sourceOf(t).Password)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range contents(t, path) {
		for _, secret := range []string{"a key", "调解协议书", strings.TrimSpace(string(password)), passphrase} {
			if strings.Contains(content, secret) {
				t.Errorf("%s holds %q", name, secret)
			}
		}
		info, err := os.Stat(filepath.Join(path, name))
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
}

func TestRefusedBeforeAnythingIsWritten(t *testing.T) {
	t.Parallel()
	src := sourceOf(t)
	dir := filepath.Join(folder(t), "backups")
	_, err := Create(t.Context(), src, dir, "", begun)
	wantError(t, err, ErrNoPassphrase)
	if _, err := Create(t.Context(), src, filepath.Join(src.Files, "backups"), passphrase, begun); err == nil {
		t.Error("a backup that contains itself")
	}
	if got := contents(t, dir); len(got) > 0 {
		t.Errorf("left %v", got)
	}
}

// A failure on the way leaves no trace, whatever it is.
func TestFailedBackupLeavesNothing(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*Source, context.CancelFunc){
		"no such server": func(s *Source, _ context.CancelFunc) { s.DSN = "postgres://x@/y?host=/nowhere" },
		"called off": func(s *Source, cancel context.CancelFunc) {
			s.Progress = func(string, int64, int64) { cancel() }
		},
		"a key came": func(s *Source, _ context.CancelFunc) {
			s.Progress = func(string, int64, int64) { _ = os.WriteFile(filepath.Join(s.Keys, "new"), nil, 0o600) }
		},
		"a file that is none": func(s *Source, _ context.CancelFunc) {
			_ = os.Symlink("/etc/passwd", filepath.Join(s.Files, "link"))
		},
	} {
		src := sourceOf(t)
		ctx, cancel := context.WithCancel(t.Context())
		spoil(&src, cancel)
		dir := filepath.Join(folder(t), "backups")
		_, err := Create(ctx, src, dir, passphrase, begun)
		cancel()
		if err == nil {
			t.Errorf("%s: no error", name)
		}
		t.Log(name+":", err)
		if got := contents(t, dir); len(got) != 2 { // the folder and its lock
			t.Errorf("%s: left %d entries", name, len(got))
		}
	}
}

const interruptedEnv = "BACKUP_TEST_INTERRUPTED" // folder of backups

// backUpForever is a backup that never comes beyond its first megabyte.
func backUpForever(dir string) int {
	src := Source{DSN: os.Getenv("BACKUP_TEST_DSN"), workFactor: 10}
	src.Progress = func(string, int64, int64) {
		fmt.Println("half way")
		time.Sleep(time.Hour)
	}
	_, err := Create(context.Background(), src, dir, passphrase, begun)
	fmt.Println(err)
	return 1
}

// A kill -9 in the middle: no backup is listed, the next one is not in its way,
// and takes the remains away.
func TestKilledBackupIsNoBackup(t *testing.T) {
	t.Parallel()
	src := sourceOf(t)
	dir := filepath.Join(folder(t), "backups")
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), exe)
	cmd.Env = append(os.Environ(), interruptedEnv+"="+dir, "BACKUP_TEST_DSN="+src.DSN)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "half way" {
		t.Fatalf("the backup says %q", lines.Text())
	}
	_, err = Create(t.Context(), src, dir, passphrase, begun)
	wantError(t, err, ErrBusy)
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if len(contents(t, dir)) < 4 {
		t.Fatal("there are no remains: the test proves nothing")
	}
	_, _, err = Latest(dir)
	wantError(t, err, ErrNone)
	if _, err := Create(t.Context(), src, dir, passphrase, begun); err != nil {
		t.Fatal(err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 2 { // the backup and the lock
		t.Errorf("%v %v", entries, err)
	}
}
