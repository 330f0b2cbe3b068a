package pgembed

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// Whoever is killed -9: the next start on the folder opens the cluster without
// help, and holds every row that was acknowledged.
func TestKillMatrix(t *testing.T) {
	kills := map[string]func(t *testing.T, sv *service, postmaster int, data string){
		"the service": func(_ *testing.T, sv *service, _ int, _ string) {
			sv.kill()
		},
		"PostgreSQL, supervised": func(t *testing.T, sv *service, postmaster int, _ string) {
			before := sv.acknowledged()
			_ = syscall.Kill(postmaster, syscall.SIGKILL)
			eventually(t, "the service writes again", func() bool { return sv.acknowledged() > before+50 })
			_ = sv.cmd.Process.Signal(syscall.SIGTERM)
		},
		"both": func(_ *testing.T, sv *service, postmaster int, _ string) {
			_ = syscall.Kill(postmaster, syscall.SIGKILL)
			sv.kill()
		},
		"all processes": func(_ *testing.T, sv *service, _ int, data string) {
			victims := processesOf(data)
			sv.kill()
			for _, pid := range victims {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		},
	}
	for name, kill := range kills {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := seeded(t)
			sv := startService(t, dir)
			postmaster, _ := sv.ready(t)
			eventually(t, "a hundred rows", func() bool { return sv.acknowledged() > 100 })
			kill(t, sv, postmaster, clusterOf(t, dir))
			sv.gone()

			t0 := time.Now()
			s := start(t, Config{Dir: dir})
			t.Logf("%d rows acknowledged; open again after %d ms", sv.acknowledged(), time.Since(t0).Milliseconds())
			conn := connect(t, s.DSN("postgres"))
			lost := scalar[int](t, conn, "select count(*) from generate_series(1, $1) n where not exists (select from row where row.n = n.n)", sv.acknowledged())
			if lost != 0 {
				t.Errorf("%d acknowledged rows are lost", lost)
			}
		})
	}
}

// Without us nobody needs the cluster: it goes down by itself, cleanly.
func TestClusterEndsWithKilledService(t *testing.T) {
	t.Parallel()
	dir := seeded(t)
	sv := startService(t, dir)
	postmaster, _ := sv.ready(t)
	sv.kill()
	sv.gone()
	t0 := time.Now()
	eventually(t, "the cluster is down", func() bool { return !livingPostgres(postmaster) })
	t.Logf("down after %d ms", time.Since(t0).Milliseconds())
	if _, err := os.Stat(filepath.Join(clusterOf(t, dir), "postmaster.pid")); !os.IsNotExist(err) {
		t.Errorf("not a clean shutdown: %v", err)
	}
}

// A kill -9 in the middle of initdb leaves nothing that looks like a cluster.
func TestKillDuringFirstStart(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(folder(t), "d")
	sv := startService(t, dir)
	eventually(t, "initdb is at work", func() bool {
		found, err := filepath.Glob(filepath.Join(dir, "pg*.init-*", "base"))
		return err == nil && len(found) > 0
	})
	sv.kill()
	sv.gone()
	s := start(t, Config{Dir: dir})
	if got := scalar[int](t, connect(t, s.DSN("postgres")), "select 1"); got != 1 {
		t.Error(got)
	}
}

// A throw-away cluster leaves no folder behind, not even after a kill -9.
func TestThrowawayIsClearedAfterKill(t *testing.T) {
	t.Parallel()
	sv := startService(t, "-", throwawayEnv+"=1")
	_, dir := sv.ready(t)
	sv.kill()
	sv.gone()
	eventually(t, dir+" is gone", func() bool {
		_, err := os.Stat(filepath.Dir(dir))
		return os.IsNotExist(err)
	})
}
