package pgembed

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestSecondInstanceIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	dir := seeded(t)
	sv := startService(t, dir)
	sv.ready(t)
	t0 := time.Now()
	_, err := Start(t.Context(), Config{Dir: dir, Log: quiet})
	wantError(t, err, ErrInUse)
	if time.Since(t0) > 5*time.Second {
		t.Errorf("only after %s", time.Since(t0))
	}
	before := sv.acknowledged()
	eventually(t, "the first goes on", func() bool { return sv.acknowledged() > before+10 })
}

func TestOtherMajorIsRefusedAndLeftAlone(t *testing.T) {
	t.Parallel()
	for name, version := range map[string]string{"pg14": "14", "pg15": "16", "pg99": "99"} {
		dir := filepath.Join(folder(t), "d")
		file := filepath.Join(dir, name, "PG_VERSION")
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(version+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(dir, 0o711); err != nil {
			t.Fatal(err)
		}
		_, err := Start(t.Context(), Config{Dir: dir, Log: quiet})
		wantError(t, err, ErrOtherMajor)
		if !strings.Contains(err.Error(), version) {
			t.Errorf("does not say what is there: %v", err)
		}
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		if len(entries) != 2 { // and the lock
			t.Errorf("the folder holds %v", entries)
		}
	}
}

func TestLostPasswordIsTold(t *testing.T) {
	t.Parallel()
	dir := seeded(t)
	if err := os.WriteFile(PasswordFile(dir), []byte("another\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Start(t.Context(), Config{Dir: dir, Log: quiet})
	wantError(t, err, ErrPasswordLost)
	if err := os.Remove(PasswordFile(dir)); err != nil {
		t.Fatal(err)
	}
	_, err = Start(t.Context(), Config{Dir: dir, Log: quiet})
	wantError(t, err, ErrPasswordLost)
	if _, err := os.Stat(PasswordFile(dir)); !os.IsNotExist(err) {
		t.Error("a new password for an old cluster")
	}
}

// A backup runs beside the service, which it did not start.
func TestRunningClusterIsReachedFromOutside(t *testing.T) {
	t.Parallel()
	dir := seeded(t)
	_, err := RunningDSN(dir, "postgres")
	wantError(t, err, ErrNotRunning)
	_, err = RunningDSN(folder(t), "postgres")
	wantError(t, err, ErrNotRunning)
	s := start(t, Config{Dir: dir})
	dsn, err := RunningDSN(dir, "postgres")
	if err != nil || dsn != s.DSN("postgres") {
		t.Errorf("%v", err)
	}
	_, err = Hold(dir)
	wantError(t, err, ErrInUse)
}

// A socket's path is limited to about a hundred bytes, a folder's is not.
func TestLongPath(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(folder(t), strings.Repeat("调解委员会", 9))
	s := start(t, Config{Dir: dir})
	if strings.HasPrefix(s.run, dir) {
		t.Fatal("the socket is still in the long folder")
	}
	t.Cleanup(func() { _ = os.RemoveAll(s.run) })
	info, err := os.Stat(s.run)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	connect(t, s.DSN("postgres"))
	stop(t, s)
	again := start(t, Config{Dir: dir})
	if again.DSN("") != s.DSN("") {
		t.Error("the address changed")
	}
	stop(t, again)
}

func TestFolderThatCannotBeEntered(t *testing.T) {
	t.Parallel()
	closed := filepath.Join(folder(t), "closed")
	if err := os.Mkdir(closed, 0o500); err != nil { // ours, like /root
		t.Fatal(err)
	}
	dir := filepath.Join(closed, "a", "b")
	for _, err := range []error{Usable(dir, ""), startError(t, dir)} {
		wantError(t, err, ErrFolderNotTraversable)
		var where *FolderError
		if !errors.As(err, &where) || where.Blocked != closed {
			t.Errorf("does not name %s: %v", closed, err)
		}
	}
	if entries, err := os.ReadDir(closed); err != nil || len(entries) > 0 {
		t.Errorf("left %v in it (%v)", entries, err)
	}
	link := filepath.Join(folder(t), "link")
	if err := os.Symlink(closed, link); err != nil {
		t.Fatal(err)
	}
	wantError(t, Usable(filepath.Join(link, "a"), ""), ErrFolderNotTraversable)
	if err := Usable(filepath.Join(filepath.Dir(closed), "open"), ""); err != nil {
		t.Errorf("an open folder: %v", err)
	}
}

// The kernel looks at one class of bits only: the owner's for the owner.
func TestFolderOfPostgresItself(t *testing.T) {
	t.Parallel()
	cred, err := credentialOf("postgres")
	if err != nil {
		t.Fatal(err)
	}
	if cred == nil {
		return // only root runs it as somebody else
	}
	dir := filepath.Join(folder(t), "d")
	for mode, want := range map[os.FileMode]error{0o700: nil, 0o077: ErrFolderNotTraversable} {
		if err := errors.Join(os.MkdirAll(dir, 0o700), os.Chown(dir, int(cred.Uid), 0), os.Chmod(dir, mode)); err != nil {
			t.Fatal(err)
		}
		if err := Usable(filepath.Join(dir, "x"), ""); !errors.Is(err, want) {
			t.Errorf("mode %o: %v", mode, err)
		}
	}
}

func TestUnknownUser(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		return // nobody but root asks for one
	}
	wantError(t, Usable("/tmp", "no-such-user"), ErrNoUser)
}

func startError(t *testing.T, dir string) error {
	t.Helper()
	s, err := Start(t.Context(), Config{Dir: dir, Log: quiet})
	if err == nil {
		stop(t, s)
	}
	return err
}
