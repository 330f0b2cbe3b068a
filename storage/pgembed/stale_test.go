package pgembed

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// abandoned is a data folder as it lies after a kill -9 of everything. It
// returns the two lock files: the cluster's and the socket's.
func abandoned(t *testing.T) (dir string, locks []string) {
	t.Helper()
	dir = seeded(t)
	s := start(t, Config{Dir: dir})
	locks = []string{filepath.Join(s.DataDir(), "postmaster.pid"), filepath.Join(s.run, ".s.PGSQL.5432.lock")}
	contents := map[string][]byte{}
	for _, path := range locks {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		contents[path] = b
	}
	stop(t, s)
	uid, gid := s.owner()
	for path, b := range contents {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chown(path, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	return dir, locks
}

// holder is a living or dead process whose id the lock files are made to name.
func holder(t *testing.T, name string, args ...string) *exec.Cmd {
	t.Helper()
	cred, err := credentialOf("postgres") // PostgreSQL looks closer at ids of its own user
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = "/"
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: cred}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	return cmd
}

func TestStaleLockFiles(t *testing.T) {
	cases := map[string]func(t *testing.T) int{
		"dead process": func(t *testing.T) int {
			cmd := holder(t, "true")
			_ = cmd.Wait()
			return cmd.Process.Pid
		},
		"id reused by another program": func(t *testing.T) int {
			return holder(t, "sleep", "60").Process.Pid
		},
		"id reused by another PostgreSQL": func(t *testing.T) int {
			return start(t, Config{Dir: seeded(t)}).Pid()
		},
		"zombie that nobody reaps": func(t *testing.T) int {
			pid := holder(t, "true").Process.Pid // reaped at the end of the test only
			eventually(t, "it is a zombie", func() bool {
				b, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
				return err == nil && strings.Contains(string(b), ") Z ")
			})
			return pid
		},
	}
	for name, pid := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, locks := abandoned(t)
			id := strconv.Itoa(pid(t))
			for _, path := range locks {
				b, err := os.ReadFile(path)
				if err != nil {
					t.Fatal(err)
				}
				_, rest, _ := strings.Cut(string(b), "\n")
				if err := os.WriteFile(path, []byte(id+"\n"+rest), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			stop(t, start(t, Config{Dir: dir}))
		})
	}
	t.Run("empty", func(t *testing.T) {
		t.Parallel()
		dir, locks := abandoned(t)
		for _, path := range locks {
			if err := os.Truncate(path, 0); err != nil {
				t.Fatal(err)
			}
		}
		stop(t, start(t, Config{Dir: dir}))
	})
}

// A postmaster that outlived its service (no Pdeathsig on macOS) is stopped
// cleanly by the next one, which holds the folder's lock.
func TestOrphanIsStopped(t *testing.T) {
	t.Parallel()
	dir := seeded(t)
	s := start(t, Config{Dir: dir})
	stop(t, s)
	orphan := holder(t, filepath.Join(s.bin, "postgres"), s.args()...)
	eventually(t, "the orphan is up", func() bool { return s.tryConnect(t.Context()) == nil })
	again := start(t, Config{Dir: dir})
	if again.Pid() == orphan.Process.Pid {
		t.Error("took the orphan over")
	}
	if err := orphan.Wait(); err != nil {
		t.Errorf("the orphan did not end cleanly: %v", err)
	}
	stop(t, again)
}
