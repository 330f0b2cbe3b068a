package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"baimi/domain"
)

// exportColumns read a run without what is encrypted.
const exportColumns = `county, id, no, owner, format, file_type, extended, clear, purpose, case_id, state, account, person, assignment, role, org, via, request,
	requested_at, started_at, beat_at, finished_at, expires_at, rows, unmapped, withheld, file_hash, file_size, downloads, detail, file is not null as has_file`

func exportPlace(run domain.ExportRun, what string) string {
	return runPlace("export_run", run.County, run.ID, what)
}

// mostOpenExports bounds how many exports of one owner may be at work.
const mostOpenExports = 3

// CreateExport keeps an export that waits to be made.
func (s *Store) CreateExport(ctx context.Context, scope domain.Scope, run domain.ExportRun, what domain.ExportWhat) error {
	filter, err := json.Marshal(what.Filter)
	if err != nil {
		return fmt.Errorf("keep a filter: %w", err)
	}
	sealed, err := s.keys.Seal(filter, exportPlace(run, "filter"))
	if err != nil {
		return fmt.Errorf("encrypt a filter: %w", err)
	}
	reason, err := s.keys.Seal([]byte(what.Reason), exportPlace(run, "reason"))
	if err != nil {
		return fmt.Errorf("encrypt a reason: %w", err)
	}
	return s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		if err := db.Exec("select pg_advisory_xact_lock(hashtextextended(?, 7038))", run.Owner).Error; err != nil {
			return fmt.Errorf("lock the exports: %w", err)
		}
		// what nobody works at any more must not keep others waiting
		err := db.Exec(`update export_run set state = 'failed', started_at = coalesce(started_at, requested_at), finished_at = ?, filter = null, detail = ?
			where county = ? and owner = ? and state in ('waiting', 'running') and coalesce(beat_at, requested_at) < ?`, run.RequestedAt, "导出中断，请重新导出",
			run.County, run.Owner, run.RequestedAt.Add(-abandoned)).Error
		if err != nil {
			return fmt.Errorf("end abandoned exports: %w", err)
		}
		var open int64
		err = db.Table("export_run").Where("county = ? and owner = ? and state in ('waiting', 'running') and expires_at > ?", run.County, run.Owner, run.RequestedAt).
			Count(&open).Error
		if err != nil {
			return fmt.Errorf("count open exports: %w", err)
		}
		if open >= mostOpenExports {
			return domain.Errorf(domain.CodeInProgress, "您已有%d份导出正在生成，请等它们完成后再试", open)
		}
		err = db.Exec(`insert into export_run (county, id, no, owner, format, file_type, extended, clear, purpose, reason, filter, case_id, state, account, person,
				assignment, role, org, via, request, requested_at, expires_at)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			run.County, run.ID, run.No, run.Owner, run.Format, run.FileType, run.Extended, run.Clear, run.Purpose, reason, sealed, run.CaseID, run.State, run.Account,
			run.Person, run.Assignment, run.Role, run.Org, run.Via, run.Request, run.RequestedAt, run.ExpiresAt).Error
		if err != nil {
			return fmt.Errorf("keep an export: %w", translate(err))
		}
		return nil
	})
}

// Export reads a run.
func (s *Store) Export(ctx context.Context, scope domain.Scope, id uuid.UUID) (run domain.ExportRun, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		run, err = takeOne[domain.ExportRun](s.exportRows(t.db.WithContext(ctx), scope).Where("id = ?", id), "导出记录")
		return err
	})
	return run, err
}

// exportRows are the runs that the scope shows: one's own, and all to the audit administrator and the machine.
func (s *Store) exportRows(db *gorm.DB, scope domain.Scope) *gorm.DB {
	q := db.Table("export_run").Select(exportColumns).Where("county = ?", scope.County)
	if !s.secondWallOnly && !scope.Audit && !scope.System {
		q = q.Where("owner = ?", scope.Subject)
	}
	return q
}

// Exports reads a page of runs, the newest first.
func (s *Store) Exports(ctx context.Context, scope domain.Scope, p domain.Page) (rows []domain.ExportRun, next *domain.Cursor, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		q := s.exportRows(t.db.WithContext(ctx), scope).Order("requested_at desc, id desc").Limit(p.Size + 1)
		if p.After != nil {
			q = q.Where("(requested_at, id) < (?, ?)", p.After.At, p.After.ID)
		}
		rows, err = scanAll[domain.ExportRun](q, "导出记录")
		return err
	})
	if err != nil || len(rows) <= p.Size {
		return rows, nil, err
	}
	rows = rows[:p.Size]
	last := rows[p.Size-1]
	return rows, &domain.Cursor{At: last.RequestedAt, ID: last.ID}, nil
}

// sealedExport is what is encrypted of a run.
type sealedExport struct{ Filter, Reason, File []byte }

func (s *Store) sealedExport(ctx context.Context, scope domain.Scope, id uuid.UUID, column string) (row sealedExport, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		q := t.db.WithContext(ctx).Table("export_run").Select(column).Where("county = ? and id = ?", scope.County, id)
		if !s.secondWallOnly && !scope.Audit && !scope.System {
			q = q.Where("owner = ?", scope.Subject)
		}
		row, err = takeOne[sealedExport](q, "导出记录")
		return err
	})
	return row, err
}

// ExportReason opens why an export was made.
func (s *Store) ExportReason(ctx context.Context, scope domain.Scope, run domain.ExportRun) (string, error) {
	row, err := s.sealedExport(ctx, scope, run.ID, "reason")
	if err != nil {
		return "", err
	}
	plain, err := s.keys.Unseal(row.Reason, exportPlace(run, "reason"))
	return string(plain), err
}

// ExportFilter opens what an export is of.
func (s *Store) ExportFilter(ctx context.Context, scope domain.Scope, run domain.ExportRun) (f domain.CaseFilter, err error) {
	row, err := s.sealedExport(ctx, scope, run.ID, "filter")
	if err != nil {
		return f, err
	}
	plain, err := s.keys.Unseal(row.Filter, exportPlace(run, "filter"))
	if err != nil {
		return f, fmt.Errorf("open a filter: %w", err)
	}
	return f, json.Unmarshal(plain, &f)
}

// FetchExport opens the file of a run, for its owner, and counts that it was fetched.
func (s *Store) FetchExport(ctx context.Context, scope domain.Scope, run domain.ExportRun) (file []byte, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		row, err := s.sealedExport(ctx, scope, run.ID, "file")
		if err != nil {
			return err
		}
		if row.File == nil {
			return domain.Errorf(domain.CodeGone, "文件已按期清除，请重新导出")
		}
		if file, err = s.keys.Unseal(row.File, exportPlace(run, "file")); err != nil {
			return fmt.Errorf("open an export: %w", err)
		}
		return affectedOne(t.db.WithContext(ctx).Exec("update export_run set downloads = downloads + 1 where county = ? and id = ? and owner = ?",
			scope.County, run.ID, scope.Subject), "export")
	})
	return file, err
}

// ClaimExport takes an export to work: one that waits, or whose worker has given no sign of life since deadBefore.
func (s *Store) ClaimExport(ctx context.Context, scope domain.Scope, id uuid.UUID, now, deadBefore time.Time) (run domain.ExportRun, ok bool, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		res := db.Exec(`update export_run set state = 'running', started_at = ?, beat_at = ?, rows = 0, unmapped = 0, withheld = 0
			where county = ? and id = ? and expires_at > ? and (state = 'waiting' or state = 'running' and beat_at < ?)`, now, now, scope.County, id, now, deadBefore)
		if res.Error != nil {
			return res.Error
		}
		ok = res.RowsAffected == 1
		rows, err := scanAll[domain.ExportRun](s.exportRows(db, scope).Where("id = ?", id), "导出记录")
		if len(rows) == 1 {
			run = rows[0]
		}
		return err
	})
	if err != nil {
		return run, false, fmt.Errorf("take an export: %w", err)
	}
	return run, ok, nil
}

// UpdateExport notes how far a run has come, and its end; file is that of one that is done.
func (s *Store) UpdateExport(ctx context.Context, scope domain.Scope, run domain.ExportRun, file []byte) error {
	var sealed []byte
	if file != nil {
		var err error
		if sealed, err = s.keys.Seal(file, exportPlace(run, "file")); err != nil {
			return fmt.Errorf("encrypt an export: %w", err)
		}
	}
	return s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		res := t.db.WithContext(ctx).Exec(`update export_run set state = ?, beat_at = ?, finished_at = ?, rows = ?, unmapped = ?, withheld = ?, file = ?, file_hash = ?,
			file_size = ?, detail = ? where county = ? and id = ? and state = 'running'`, run.State, run.BeatAt, run.FinishedAt, run.Rows, run.Unmapped, run.Withheld,
			sealed, run.FileHash, run.FileSize, run.Detail, scope.County, run.ID)
		return affectedOne(res, "export")
	})
}

// expireExports takes the files away whose time is over, and ends what never came to a file.
const expireExports = `update export_run set state = case when state = 'done' then 'expired' else 'failed' end, file = null, filter = null,
		started_at = coalesce(started_at, requested_at), finished_at = coalesce(finished_at, @now),
		detail = case when state = 'done' then detail else '导出中断，请重新导出' end
	where county = @county and expires_at <= @now and state in ('waiting', 'running', 'done')`

// FullCases reads a page of cases whole, newest first, and the cursor of the next page if there is one: the list, with its cases
// opened, some at a time, in as many queries as for one.
func (s *Store) FullCases(ctx context.Context, scope domain.Scope, f domain.CaseFilter, p domain.Page) (cases []*domain.Case, next *domain.Cursor, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		var rows []domain.CaseSummary
		if rows, next, err = s.Cases(ctx, scope, f, p); err != nil {
			return err
		}
		ids := make([]uuid.UUID, len(rows))
		for i, r := range rows {
			ids[i] = r.ID
		}
		return t.showing(ctx, ids, func(from, to int) error {
			some, err := s.openCases(ctx, t, ids[from:to])
			cases = append(cases, some...)
			return err
		})
	})
	return cases, next, err
}

// openCases reads cases that are shown, in the order of their ids; one that went from the reader's sight since is left out.
func (s *Store) openCases(ctx context.Context, t *transaction, ids []uuid.UUID) ([]*domain.Case, error) {
	db := t.db.WithContext(ctx)
	var found []*domain.Case
	if err := db.Scopes(s.visible(t.scope)).Where("cases.county = ? and cases.id in ?", t.scope.County, ids).Find(&found).Error; err != nil {
		return nil, fmt.Errorf("read cases: %w", err)
	}
	byID := make(map[uuid.UUID]*domain.Case, len(found))
	var values []domain.Personal
	for _, c := range found {
		byID[c.ID] = c
	}
	if err := loadAllChildren(db, t.scope.County, byID); err != nil {
		return nil, err
	}
	var cases []*domain.Case
	for _, id := range ids {
		if c := byID[id]; c != nil {
			cases, values = append(cases, c), append(values, c.Personal()...)
		}
	}
	return cases, s.openValues(ctx, t, t.scope.County, byRef(values))
}
