package pgembed

import (
	"cmp"
	"context"
	"fmt"
	"syscall"
	"time"
)

const (
	maxDeaths    = 5
	deathsWithin = time.Minute
	firstPause   = 100 * time.Millisecond // doubles with every recent death
)

// supervise keeps a postmaster alive until it is unwanted or hopeless.
func (s *Server) supervise(ctx context.Context, l life) {
	defer close(s.done)
	defer unlockFile(s.lock) //nolint:errcheck // gives the folder free
	defer s.unwanted()
	var deaths []time.Time
	for {
		why := s.watch(ctx, l)
		if ctx.Err() != nil {
			return
		}
		deaths = append(recent(deaths, s.cfg.Now()), s.cfg.Now())
		if len(deaths) >= maxDeaths {
			s.err = fmt.Errorf("%w: %d deaths within %s, the last: %w", ErrGaveUp, len(deaths), deathsWithin, why)
			return
		}
		s.cfg.Log.Warn("postgres died and is started again", "why", why)
		l = s.revive(ctx, firstPause<<(len(deaths)-1))
	}
}

// life is a running child, or why there is none.
type life struct {
	*child
	failed error
}

// watch returns why a life ended. When ctx ends it ends the life itself.
func (s *Server) watch(ctx context.Context, l life) error {
	if l.failed != nil {
		return l.failed
	}
	select {
	case <-ctx.Done():
		s.err = s.shutdown(l.child)
		return nil
	case <-l.exited:
		return fmt.Errorf("%w; %s", cmp.Or(l.err, errEnded), l.output.last())
	}
}

func (s *Server) revive(ctx context.Context, pause time.Duration) life {
	if err := sleep(ctx, pause); err != nil {
		return life{failed: err}
	}
	s.restarts.Add(1)
	c, err := s.launch(ctx)
	return life{child: c, failed: err}
}

func recent(times []time.Time, now time.Time) []time.Time {
	var kept []time.Time
	for _, t := range times {
		if now.Sub(t) < deathsWithin {
			kept = append(kept, t)
		}
	}
	return kept
}

// Stop ends the cluster: a fast shutdown first; when that takes longer than
// half a minute, or ctx ends, an immediate one, from which the next Start
// recovers; at last a kill. It returns when the cluster is down and the folder
// free. Its error, the same at every call, tells that the end was not clean.
func (s *Server) Stop(ctx context.Context) error {
	s.unwanted()
	select {
	case <-s.done:
	case <-ctx.Done():
		s.hurried.Do(func() { close(s.hurry) })
		<-s.done
	}
	return s.err
}

// shutdown stops a child in steps.
func (s *Server) shutdown(c *child) error {
	steps := []struct {
		name     string
		signal   syscall.Signal
		patience time.Duration
	}{
		{"fast shutdown", syscall.SIGINT, 30 * time.Second},
		{"immediate shutdown", syscall.SIGQUIT, 10 * time.Second},
		{"kill", syscall.SIGKILL, 5 * time.Second},
	}
	for i, step := range steps {
		c.signal(step.signal)
		if !s.waitEnd(c, step.patience) {
			continue
		}
		if i > 0 {
			return fmt.Errorf("postgres had to be ended by %s; it recovers at the next start", step.name)
		}
		return nil
	}
	return fmt.Errorf("postgres (process %d) does not end", c.process.Pid)
}

// waitEnd waits for the child, at most a second once the stop is in a hurry.
func (s *Server) waitEnd(c *child, patience time.Duration) bool {
	t := time.NewTimer(patience)
	defer t.Stop()
	select {
	case <-c.exited:
		return true
	case <-t.C:
		return false
	case <-s.hurry:
	}
	t.Reset(time.Second)
	select {
	case <-c.exited:
		return true
	case <-t.C:
		return false
	}
}
