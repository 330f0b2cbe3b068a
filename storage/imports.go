package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"baimi/domain"
)

// importColumns reads a run without its files.
const importColumns = `county, id, kind, dry, state, file_name, file_hash, format, requested_by, requested_as, role, via, requested_at, started_at, beat_at,
	finished_at, rows, done, added, changed, same, bad, committee, errors is not null as has_errors, detail`

// abandoned is how long a run may give no sign of life before it is given up.
const abandoned = 10 * time.Minute

func importPlace(run domain.ImportRun, what string) string {
	return runPlace("import_run", run.County, run.ID, what)
}

// CreateImport keeps a file that waits to be worked through. One of a county is at work at a time, beside those that only
// check.
func (s *Store) CreateImport(ctx context.Context, scope domain.Scope, run domain.ImportRun, file []byte) error {
	return s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		sealed, err := s.keys.Seal(file, importPlace(run, "file")) // within the transaction, or a change of keys could miss it
		if err != nil {
			return fmt.Errorf("encrypt a file: %w", err)
		}
		if err := db.Exec("select pg_advisory_xact_lock(7037, ?)", int32(scope.County)).Error; err != nil {
			return fmt.Errorf("lock the imports: %w", err)
		}
		// what nobody works at any more must not keep others waiting
		err = db.Exec(`update import_run set state = 'failed', started_at = coalesce(started_at, requested_at), finished_at = ?, detail = ?
			where county = ? and state in ('waiting', 'running') and coalesce(beat_at, requested_at) < ?`, run.RequestedAt,
			"导入中断，请重新上传同一个文件；已经保存的行不会重复添加", scope.County, run.RequestedAt.Add(-abandoned)).Error
		if err != nil {
			return fmt.Errorf("end abandoned imports: %w", err)
		}
		var busy []uuid.UUID
		err = db.Raw("select id from import_run where county = ? and state in ('waiting', 'running') and not dry", scope.County).Scan(&busy).Error
		if err != nil {
			return fmt.Errorf("look for another import: %w", err)
		}
		if len(busy) > 0 && !run.Dry {
			return domain.Errorf(domain.CodeInProgress, "另一个文件正在导入，请等它完成后再试")
		}
		err = db.Exec(`insert into import_run (county, id, kind, dry, state, file_name, file_hash, format, file, requested_by,
				requested_as, role, via, requested_at, rows, committee)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, run.County, run.ID, run.Kind, run.Dry, run.State, run.FileName, run.FileHash, run.Format,
			sealed, run.RequestedBy, run.RequestedAs, run.Role, run.Via, run.RequestedAt, run.Rows, run.Committee).Error
		if err != nil {
			return fmt.Errorf("keep an import: %w", translate(err))
		}
		return nil
	})
}

// Import reads a run.
func (s *Store) Import(ctx context.Context, scope domain.Scope, id uuid.UUID) (run domain.ImportRun, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		run, err = takeOne[domain.ImportRun](importRow(t.db.WithContext(ctx), scope, id), "导入记录")
		return err
	})
	return run, err
}

func importRow(db *gorm.DB, scope domain.Scope, id uuid.UUID) *gorm.DB {
	return db.Table("import_run").Select(importColumns).Where("county = ? and id = ?", scope.County, id)
}

// Imports reads a page of runs, the newest first.
func (s *Store) Imports(ctx context.Context, scope domain.Scope, p domain.Page) (rows []domain.ImportRun, next *domain.Cursor, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		q := t.db.WithContext(ctx).Table("import_run").Select(importColumns).Where("county = ?", scope.County).
			Order("requested_at desc, id desc").Limit(p.Size + 1)
		if p.After != nil {
			q = q.Where("(requested_at, id) < (?, ?)", p.After.At, p.After.ID)
		}
		rows, err = scanAll[domain.ImportRun](q, "导入记录")
		return err
	})
	if err != nil || len(rows) <= p.Size {
		return rows, nil, err
	}
	rows = rows[:p.Size]
	last := rows[p.Size-1]
	return rows, &domain.Cursor{At: last.RequestedAt, ID: last.ID}, nil
}

// ImportFile opens the file of a run.
func (s *Store) ImportFile(ctx context.Context, scope domain.Scope, id uuid.UUID) ([]byte, error) {
	return s.importBlob(ctx, scope, id, "file")
}

// ImportErrors opens the file with the bad rows of a run.
func (s *Store) ImportErrors(ctx context.Context, scope domain.Scope, id uuid.UUID) ([]byte, error) {
	return s.importBlob(ctx, scope, id, "errors")
}

func (s *Store) importBlob(ctx context.Context, scope domain.Scope, id uuid.UUID, column string) (file []byte, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		row, err := takeOne[struct{ File, Errors []byte }](t.db.WithContext(ctx).Table("import_run").Select("file, errors").
			Where("county = ? and id = ?", scope.County, id), "导入记录")
		if err != nil {
			return err
		}
		sealed := row.File
		if column == "errors" {
			sealed = row.Errors
		}
		if sealed == nil {
			return domain.Errorf(domain.CodeNotFound, "文件已按期清除，请重新上传")
		}
		file, err = s.keys.Unseal(sealed, importPlace(domain.ImportRun{County: scope.County, ID: id}, column))
		return err
	})
	return file, err
}

// ClaimImport takes a run to work: one that waits, or whose worker has given no sign of life since deadBefore. The run is
// empty if there is none.
func (s *Store) ClaimImport(ctx context.Context, scope domain.Scope, id uuid.UUID, now, deadBefore time.Time) (run domain.ImportRun, ok bool, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		res := db.Exec(`update import_run set state = 'running', started_at = ?, beat_at = ?, done = 0, added = 0, changed = 0, same = 0, bad = 0
			where county = ? and id = ? and (state = 'waiting' or state = 'running' and beat_at < ?)`, now, now, scope.County, id, deadBefore)
		if res.Error != nil {
			return res.Error
		}
		ok = res.RowsAffected == 1
		rows, err := scanAll[domain.ImportRun](importRow(db, scope, id), "导入记录")
		if len(rows) == 1 {
			run = rows[0]
		}
		return err
	})
	if err != nil {
		return run, false, fmt.Errorf("take an import: %w", err)
	}
	return run, ok, nil
}

// UpdateImport notes how far a run has come.
func (s *Store) UpdateImport(ctx context.Context, scope domain.Scope, run domain.ImportRun) error {
	return s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		res := t.db.WithContext(ctx).Exec(`update import_run set state = ?, beat_at = ?, finished_at = ?, rows = ?, done = ?, added = ?, changed = ?,
			same = ?, bad = ?, detail = ? where county = ? and id = ?`, run.State, run.BeatAt, run.FinishedAt, run.Rows, run.Done, run.Added,
			run.Changed, run.Same, run.Bad, run.Detail, scope.County, run.ID)
		return affectedOne(res, "import")
	})
}

// FinishImport ends a run and keeps the file with its bad rows, if there are any.
func (s *Store) FinishImport(ctx context.Context, scope domain.Scope, run domain.ImportRun, errors []byte) error {
	return s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		if err := s.UpdateImport(ctx, scope, run); err != nil || len(errors) == 0 {
			return err
		}
		sealed, err := s.keys.Seal(errors, importPlace(run, "errors"))
		if err != nil {
			return fmt.Errorf("encrypt a file: %w", err)
		}
		return affectedOne(t.db.WithContext(ctx).Exec("update import_run set errors = ? where county = ? and id = ?", sealed, scope.County, run.ID), "import")
	})
}
