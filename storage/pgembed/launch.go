package pgembed

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const (
	pollReady   = 20 * time.Millisecond
	pollMemory  = 300 * time.Millisecond
	reportEvery = 10 * time.Second
)

// launch brings a postmaster up to the point where it answers. After an error
// none is left running.
func (s *Server) launch(ctx context.Context) (*child, error) {
	ctx, cancel := context.WithTimeout(ctx, s.cfg.StartTimeout)
	defer cancel()
	for {
		if err := s.clearStale(ctx); err != nil {
			return nil, err
		}
		c, err := s.spawn() //nolint:contextcheck // a server outlives the call that started it
		if err != nil {
			return nil, err
		}
		err = s.waitReady(ctx, c)
		switch {
		case err == nil:
			return c, nil
		case c.ended() && memoryStillHeld(c.output.String()) && sleep(ctx, pollMemory) == nil:
			continue
		case c.ended():
			return nil, fmt.Errorf("postgres did not start: %w\n%s", errors.Join(c.err, ctx.Err()), c.output)
		default:
			_ = s.shutdown(c) // the reason why it is stopped is the one to tell
			return nil, fmt.Errorf("postgres is not ready: %w\n%s", err, c.output)
		}
	}
}

// memoryStillHeld recognises the moment after a kill -9 of the postmaster when
// its backends have not yet let go of the shared memory.
func memoryStillHeld(output string) bool {
	return strings.Contains(output, "pre-existing shared memory block")
}

var errEnded = errors.New("it ended")

// waitReady returns when c answers, or says why it will not.
func (s *Server) waitReady(ctx context.Context, c *child) error {
	report := time.NewTicker(reportEvery)
	defer report.Stop()
	poll := time.NewTicker(pollReady)
	defer poll.Stop()
	for {
		select {
		case <-c.exited:
			return errEnded
		case <-ctx.Done():
			return ctx.Err()
		case <-report.C:
			s.cfg.Log.Info("postgres is still starting", "says", c.output.last())
		case <-poll.C:
			if !s.saysReady(c) {
				continue
			}
			if err := s.tryConnect(ctx); err == nil || errors.Is(err, ErrPasswordLost) {
				return err
			}
		}
	}
}

// saysReady reads the eighth line of postmaster.pid, as pg_ctl does: asking by
// connecting would fill the log with refusals.
func (s *Server) saysReady(c *child) bool {
	b, err := os.ReadFile(filepath.Join(s.data, "postmaster.pid"))
	if err != nil {
		return false
	}
	lines := strings.Split(string(b), "\n")
	return len(lines) > 7 && lines[0] == strconv.Itoa(c.process.Pid) && strings.TrimSpace(lines[7]) == "ready"
}

func (s *Server) tryConnect(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, s.DSN("postgres"))
	if err == nil {
		return conn.Close(ctx)
	}
	if pg := (*pgconn.PgError)(nil); errors.As(err, &pg) && pg.Code == "28P01" {
		return fmt.Errorf("%w: %s does not open the cluster", ErrPasswordLost, PasswordFile(s.cfg.Dir))
	}
	return err
}

// sleep returns the context's error when that ends first.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
