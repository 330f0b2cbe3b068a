package pgembed

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// killed kills the postmaster and waits for the next one.
func killed(t *testing.T, s *Server) {
	t.Helper()
	before, pid := s.Restarts(), s.Pid()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	eventually(t, "postgres answers again", func() bool {
		return s.Restarts() > before && s.Pid() != pid && s.tryConnect(t.Context()) == nil
	})
}

func TestDeadPostgresIsStartedAgain(t *testing.T) {
	t.Parallel()
	s := start(t, Config{Dir: seeded(t)})
	t0 := time.Now()
	killed(t, s)
	t.Logf("answers again after %d ms", time.Since(t0).Milliseconds())
	if s.Restarts() != 1 || s.Err() != nil {
		t.Errorf("%d restarts, %v", s.Restarts(), s.Err())
	}
	stop(t, s)
}

// A backend in the middle of a long computation does not notice that its
// postmaster is gone, and would hold the cluster's memory until it is done.
func TestBusyBackendDoesNotBlockTheRestart(t *testing.T) {
	t.Parallel()
	s := start(t, Config{Dir: seeded(t)})
	conn := connect(t, s.DSN("postgres"))
	backend := scalar[int](t, conn, "select pg_backend_pid()")
	ended := make(chan error, 1)
	go func() {
		_, err := conn.Exec(t.Context(), "do $$ begin loop end loop; end $$")
		ended <- err
	}()
	watcher := connect(t, s.DSN("postgres"))
	eventually(t, "the backend is busy", func() bool {
		return scalar[bool](t, watcher, "select state = 'active' from pg_stat_activity where pid = $1", backend)
	})
	killed(t, s)
	if <-ended == nil || livingPostgres(backend) {
		t.Error("the old backend lives on")
	}
	stop(t, s)
}

func TestGivesUpAfterFiveDeathsWithinAMinute(t *testing.T) {
	t.Parallel()
	dir := seeded(t)
	s := start(t, Config{Dir: dir})
	for range maxDeaths - 1 {
		killed(t, s)
	}
	if err := syscall.Kill(s.Pid(), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-s.Done()
	wantError(t, s.Err(), ErrGaveUp)
	wantError(t, s.Stop(t.Context()), ErrGaveUp)
	stop(t, start(t, Config{Dir: dir})) // the folder is free and in order
}

func TestDeathsLongAgoAreForgotten(t *testing.T) {
	t.Parallel()
	var now atomic.Int64
	s := start(t, Config{Dir: seeded(t), Now: func() time.Time { return time.Unix(now.Load(), 0) }})
	for range maxDeaths + 1 {
		now.Add(61)
		killed(t, s)
	}
	stop(t, s)
}

// The kernel's signal at a parent's death comes when the thread that forked
// ends, and Go ends threads as it likes.
func TestClusterOutlivesThreads(t *testing.T) {
	t.Parallel()
	s := start(t, Config{Dir: seeded(t)})
	for range 20 {
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				runtime.LockOSThread() // and never unlock: the thread ends here
				time.Sleep(time.Millisecond)
			})
		}
		wg.Wait()
	}
	time.Sleep(100 * time.Millisecond)
	if s.Restarts() != 0 || s.tryConnect(t.Context()) != nil {
		t.Errorf("the cluster went with a thread; %d restarts", s.Restarts())
	}
	stop(t, s)
}

// A cluster that does not react is ended all the same, and Stop says so.
func TestStopInAHurry(t *testing.T) {
	t.Parallel()
	dir := seeded(t)
	s := start(t, Config{Dir: dir})
	if err := syscall.Kill(s.Pid(), syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := s.Stop(ctx); err == nil {
		t.Error("a killed cluster passes for a stopped one")
	}
	stop(t, start(t, Config{Dir: dir}))
}
