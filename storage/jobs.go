package storage

import (
	"context"
	"errors"
	"fmt"
	"time"

	"baimi/domain"
)

// DoneUpTo is the latest planned time that a job has finished; ok is false when it never ran.
func (s *Store) DoneUpTo(ctx context.Context, job string) (at time.Time, ok bool, err error) {
	var ticks []time.Time
	err = s.conn(ctx).Raw("select tick from job_run where job = ? and outcome = 'done' order by tick desc limit 1", job).Scan(&ticks).Error
	if err != nil || len(ticks) == 0 {
		return time.Time{}, false, translate(err)
	}
	return ticks[0], true, nil
}

// RunTick runs a job for a planned time, at most once and never twice at a time: the ledger row is locked while it
// works. ran is false if the tick was done before or another replica is at it. A failure is noted and returned, and the
// tick may be tried again.
func (s *Store) RunTick(ctx context.Context, tick domain.Tick, now func() time.Time, work func(ctx context.Context) (string, error)) (ran bool, err error) {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return false, fmt.Errorf("job %s: %w", tick.Job, err)
	}
	defer conn.Release()
	tx, err := conn.Begin(ctx)
	if err != nil {
		return false, fmt.Errorf("job %s: %w", tick.Job, err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // after a commit there is nothing to roll back
	// this transaction is idle while the work goes on in others; a limit on that would take its lock away
	if _, err = tx.Exec(ctx, "set local idle_in_transaction_session_timeout = 0"); err != nil {
		return false, fmt.Errorf("job %s: %w", tick.Job, err)
	}
	var free, done bool
	err = tx.QueryRow(ctx, "select pg_try_advisory_xact_lock(hashtextextended($1, 7034))", tick.Job).Scan(&free)
	if err != nil || !free {
		return false, err
	}
	err = tx.QueryRow(ctx, "select exists (select from job_run where job = $1 and tick = $2 and outcome = 'done')", tick.Job, tick.At).Scan(&done)
	if err != nil || done {
		return false, err
	}
	started := now()
	detail, failure := work(ctx)
	outcome := "done"
	if failure != nil {
		outcome = "failed" // the cause goes to the log, which holds no personal data; detail counts what was done all the same
	}
	_, err = tx.Exec(ctx, `insert into job_run (job, tick, started_at, finished_at, outcome, detail) values ($1, $2, $3, $4, $5, $6)
		on conflict (job, tick) do update set started_at = excluded.started_at, finished_at = excluded.finished_at,
			outcome = excluded.outcome, detail = excluded.detail`,
		tick.Job, tick.At, started, now(), outcome, detail)
	if err == nil {
		err = tx.Commit(ctx)
	}
	return true, errors.Join(failure, err)
}
