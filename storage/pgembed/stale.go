package pgembed

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// clearStale makes room for a new postmaster after a kill -9 of the old one,
// of us, or of both. We hold the folder's lock: whatever still runs on the
// cluster is an orphan.
func (s *Server) clearStale(ctx context.Context) error {
	if err := s.stopOrphans(ctx); err != nil {
		return err
	}
	for _, lock := range []string{
		filepath.Join(s.data, "postmaster.pid"),
		filepath.Join(s.run, ".s.PGSQL."+s.port()+".lock"), // blocks a start in the same way
	} {
		if err := s.dropStaleLock(lock); err != nil {
			return err
		}
	}
	return nil
}

// stopOrphans ends processes of the cluster that nobody watches any more. A
// postmaster shuts down cleanly and takes its backends along; backends without
// one have lost their shared memory's owner and only need to go.
func (s *Server) stopOrphans(ctx context.Context) error {
	postmaster := pidIn(filepath.Join(s.data, "postmaster.pid"))
	steps := []struct {
		signal   syscall.Signal
		patience time.Duration
	}{
		{syscall.SIGINT, 30 * time.Second},
		{syscall.SIGQUIT, 5 * time.Second},
		{syscall.SIGKILL, 5 * time.Second},
	}
	for i, step := range steps {
		orphans := processesOf(s.data)
		if len(orphans) == 0 {
			return nil
		}
		targets := orphans
		if i == 0 {
			if !slices.Contains(orphans, postmaster) {
				continue
			}
			targets = []int{postmaster}
		}
		s.cfg.Log.Warn("stopping processes left over from an earlier postgres", "pids", targets, "signal", step.signal)
		for _, pid := range targets {
			_ = syscall.Kill(pid, step.signal) // gone already is as good
		}
		if err := s.waitOrphans(ctx, step.patience); err != nil {
			return err
		}
	}
	if left := processesOf(s.data); len(left) > 0 {
		return fmt.Errorf("%w: processes %v still run on %s and do not end", ErrInUse, left, s.data)
	}
	return nil
}

// waitOrphans returns when none is left or patience is at its end.
func (s *Server) waitOrphans(ctx context.Context, patience time.Duration) error {
	for waited := time.Duration(0); waited < patience; waited += pollReady {
		if len(processesOf(s.data)) == 0 {
			return nil
		}
		if err := sleep(ctx, pollReady); err != nil {
			return err
		}
	}
	return nil
}

// dropStaleLock removes a lock file in the cases that PostgreSQL itself cannot
// see through: its process id has gone to another program (after a reboot
// often to another PostgreSQL), is a zombie that nobody reaps (a container
// without an init), or was never written. A plain dead id is left to
// PostgreSQL, which then also checks the shared memory that the file names.
// Called when no process of the cluster is left.
func (s *Server) dropStaleLock(path string) error {
	if _, err := os.Lstat(path); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	pid := pidIn(path)
	if pid > 0 && !exists(pid) {
		return nil
	}
	s.cfg.Log.Warn("removing a stale lock file", "file", path, "pid", pid)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// pidIn reads the first line of a lock file; 0 when there is none.
func pidIn(path string) int {
	b, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	line, _, _ := strings.Cut(string(b), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil {
		return 0
	}
	return pid
}

// exists is true for zombies too, as for PostgreSQL.
func exists(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
