package pgembed

import (
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

// As root PostgreSQL runs as another user; everybody else runs it himself. A
// root that tests, tests both: the heart of this package once more as nobody.
func TestAsOrdinaryUser(t *testing.T) {
	if os.Geteuid() != 0 {
		return // the tests around this one say it all
	}
	t.Parallel()
	nobody, err := user.Lookup("nobody")
	if err != nil {
		t.Fatal(err)
	}
	uid, err := strconv.Atoi(nobody.Uid)
	if err != nil {
		t.Fatal(err)
	}
	home := folder(t)
	if err := os.Chown(home, uid, uid); err != nil {
		t.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	// go test keeps the binary in a folder that is root's alone
	binary := filepath.Join(home, "pgembed.test")
	if out, err := exec.CommandContext(t.Context(), "cp", exe, binary).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	cmd := exec.CommandContext(t.Context(), binary, "-test.v", "-test.run",
		"^(TestFirstStartAndNext|TestKillMatrix|TestStaleLockFiles|TestFolderThatCannotBeEntered|TestDeadPostgresIsStartedAgain)$")
	cmd.Dir = home
	cmd.Env = append(os.Environ(), "TMPDIR="+home)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(uid)}}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}
