package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/domain/ledger"
)

// Store is what the jobs need.
type Store interface {
	Counties(ctx context.Context) ([]domain.CountyInfo, error)
	RaiseAlerts(ctx context.Context, scope domain.Scope, now time.Time, limit int) (raised int, more bool, err error)
	FoldAlerts(ctx context.Context, scope domain.Scope, policy domain.AlertPolicy, now time.Time, limit int) (raised int, more bool, err error)
	EscalateAlerts(ctx context.Context, scope domain.Scope, now time.Time, limit int) (raised int, more bool, err error)
	FoldRates(ctx context.Context, scope domain.Scope, limit int) (int, error)
	Calendar(ctx context.Context) (*calendar.Calendar, error)
	CasesToFollowUp(ctx context.Context, scope domain.Scope, after uuid.UUID, limit int) ([]domain.CaseID, error)
	UpdateCase(ctx context.Context, scope domain.Scope, id domain.CaseID, change func(ctx context.Context, c *domain.Case) error) (*domain.Case, error)
	SealEvents(ctx context.Context, scope domain.Scope, limit int) (int, error)
	NewCheckpoint(ctx context.Context, scope domain.Scope, by ledger.Signer, at time.Time) (note string, err error)
	TurnAccessLog(ctx context.Context, asOf time.Time) (int, error)
	DisableIdle(ctx context.Context, scope domain.Scope, since, at time.Time, limit int) (int, error)
	SweepFiles(ctx context.Context, scope domain.Scope, now time.Time) (int, error)
	Sweep(ctx context.Context, scope domain.Scope, now time.Time) error
	LateTransfers(ctx context.Context, scope domain.Scope, now time.Time, after *domain.Cursor, limit int) ([]domain.Cursor, error)
	StaleCases(ctx context.Context, scope domain.Scope, now, after domain.Counting, limit int) ([]domain.Counting, error)
	SweepDrafts(ctx context.Context, scope domain.Scope, before, now time.Time) (int, error)
	RunTick(ctx context.Context, tick domain.Tick, now func() time.Time, work func(ctx context.Context) (string, error)) (ran bool, err error)
}

// job is one row of the cron table.
type job struct {
	name     string
	schedule string // five fields, Asia/Shanghai
	timeout  time.Duration
	county   func(ctx context.Context, r *Runner, scope domain.Scope, asOf time.Time) (int, error)
	result   string // what the count it returns is of
}

// batch bounds one transaction of a job; a job goes on until nothing is left.
const batch = 500

var table = []job{
	{
		name: "alerts", schedule: "* * * * *", timeout: 5 * time.Minute, result: "alerts raised",
		county: func(ctx context.Context, r *Runner, scope domain.Scope, asOf time.Time) (int, error) {
			return r.alerts(ctx, scope, asOf)
		},
	},
	{
		name: "escalation", schedule: "*/5 * * * *", timeout: 5 * time.Minute, result: "alerts gone up",
		county: func(ctx context.Context, r *Runner, scope domain.Scope, asOf time.Time) (int, error) {
			return untilDone(func() (int, bool, error) { return r.store.EscalateAlerts(ctx, scope, asOf, r.batch) })
		},
	},
	{
		name: "return-transfers", schedule: "* * * * *", timeout: 5 * time.Minute, result: "transfers returned",
		county: func(ctx context.Context, r *Runner, scope domain.Scope, asOf time.Time) (int, error) {
			return r.returnTransfers(ctx, scope, asOf)
		},
	},
	{
		name: "recount", schedule: "*/10 * * * *", timeout: time.Hour, result: "cases recounted",
		county: func(ctx context.Context, r *Runner, scope domain.Scope, _ time.Time) (int, error) {
			return r.recount(ctx, scope)
		},
	},
	{
		name: domain.JobRates, schedule: "* * * * *", timeout: 30 * time.Minute, result: "events worked in",
		county: func(ctx context.Context, r *Runner, scope domain.Scope, _ time.Time) (int, error) {
			return until0(func() (int, error) { return r.store.FoldRates(ctx, scope, r.batch) })
		},
	},
	{
		name: "seal", schedule: "* * * * *", timeout: 30 * time.Minute, result: "events sealed",
		county: func(ctx context.Context, r *Runner, scope domain.Scope, _ time.Time) (int, error) {
			return r.seal(ctx, scope)
		},
	},
	{
		name: "follow-ups", schedule: "30 6 * * *", timeout: 30 * time.Minute, result: "cases with visits planned",
		county: func(ctx context.Context, r *Runner, scope domain.Scope, asOf time.Time) (int, error) {
			return r.planFollowUps(ctx, scope, asOf)
		},
	},
	{
		name: "checkpoint", schedule: "40 23 * * *", timeout: 30 * time.Minute, result: "checkpoints signed",
		county: func(ctx context.Context, r *Runner, scope domain.Scope, _ time.Time) (int, error) {
			return r.checkpoint(ctx, scope)
		},
	},
	{
		name: "access-log", schedule: "10 0 * * *", timeout: 30 * time.Minute, result: "months of the access log opened or dropped",
		county: func(ctx context.Context, r *Runner, _ domain.Scope, asOf time.Time) (int, error) {
			return r.store.TurnAccessLog(ctx, asOf)
		},
	},
	{
		name: "idle-accounts", schedule: "20 2 * * *", timeout: 5 * time.Minute, result: "idle accounts disabled",
		county: func(ctx context.Context, r *Runner, scope domain.Scope, asOf time.Time) (int, error) {
			since := asOf.AddDate(0, 0, -domain.IdleDays)
			return until0(func() (int, error) { return r.store.DisableIdle(ctx, scope, since, asOf, r.batch) })
		},
	},
	{
		name: "drafts", schedule: "20 3 * * *", timeout: 5 * time.Minute, result: "old drafts discarded",
		county: func(ctx context.Context, r *Runner, scope domain.Scope, asOf time.Time) (int, error) {
			return r.store.SweepDrafts(ctx, scope, asOf.AddDate(0, 0, -domain.DraftDays), asOf)
		},
	},
	{
		name: "sweep-files", schedule: "40 3 * * *", timeout: time.Hour, result: "files taken away",
		county: func(ctx context.Context, r *Runner, scope domain.Scope, asOf time.Time) (int, error) {
			return r.store.SweepFiles(ctx, scope, asOf)
		},
	},
	{
		name: "sweep", schedule: "17 * * * *", timeout: 5 * time.Minute, result: "counties swept",
		county: func(ctx context.Context, r *Runner, scope domain.Scope, asOf time.Time) (int, error) {
			if err := r.store.Sweep(ctx, scope, asOf); err != nil {
				return 0, err
			}
			return 1, nil
		},
	},
}

func until0(step func() (int, error)) (total int, err error) {
	for {
		n, err := step()
		total += n
		if err != nil || n == 0 {
			return total, err
		}
	}
}

// run works through every county. The trouble of one is reported and does not keep the others waiting.
func (j job) run(ctx context.Context, r *Runner, asOf time.Time) (string, error) {
	counties, err := r.store.Counties(ctx)
	if err != nil {
		return "", err
	}
	total := 0
	var failures []error
	for _, c := range counties {
		n, err := j.county(ctx, r, domain.SystemScope(c.ID, c.AreaPath), asOf)
		total += n
		if err != nil {
			failures = append(failures, fmt.Errorf("job %s, county %d: %w", j.name, c.ID, err))
		}
		if ctx.Err() != nil {
			break // out of time or told to stop: every other county would only say so again
		}
	}
	return fmt.Sprintf("%d %s", total, j.result), errors.Join(failures...)
}

func find(name string) (job, bool) {
	for _, j := range table {
		if j.name == name {
			return j, true
		}
	}
	return job{}, false
}
