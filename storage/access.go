package storage

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"baimi/domain"
)

// LogAccess writes a line of the access log, in the transaction that shows what it is about.
func (s *Store) LogAccess(ctx context.Context, scope domain.Scope, l domain.Access) error {
	return s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		return t.atCommit(ctx, func(db *gorm.DB) error { return db.Create(&l).Error })
	})
}

// LogAccessOnce writes the line unless there is one of the same person, case, kind and reason since a time, and tells
// whether it wrote. Two at once wait for each other.
func (s *Store) LogAccessOnce(ctx context.Context, scope domain.Scope, l domain.Access, since time.Time) (wrote bool, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		key := fmt.Sprintf("access/%d/%d/%s/%s/%s", l.County, *l.Person, l.CaseID, l.What, l.Reason)
		if err := db.Exec("select pg_advisory_xact_lock(hashtextextended(?, 7036))", key).Error; err != nil {
			return fmt.Errorf("log an access: %w", translate(err))
		}
		var n int64
		err := db.Model(&domain.Access{}).Where("county = ? and person = ? and case_id = ? and what = ? and reason = ? and at >= ?",
			l.County, l.Person, l.CaseID, l.What, l.Reason, since).Limit(1).Count(&n).Error
		if err != nil {
			return fmt.Errorf("read the access log: %w", err)
		}
		if wrote = n == 0; !wrote {
			return nil
		}
		return s.LogAccess(ctx, scope, l)
	})
	return wrote, err
}

// AccessLog reads a page of the county's access log, newest first. The second wall shows it to the audit administrator.
func (s *Store) AccessLog(ctx context.Context, scope domain.Scope, f domain.AccessFilter, p domain.Page) ([]domain.Access, *domain.Cursor, error) {
	var rows []domain.Access
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		q := t.db.WithContext(ctx).Where("county = ?", scope.County)
		if !scope.Audit && !scope.System && !s.secondWallOnly {
			q = q.Where("false")
		}
		return accessPage(accessFilter(q, f), p).Find(&rows).Error
	})
	return accessRows(rows, p, err)
}

// CaseAccesses reads who looked at a case that the scope shows, newest first.
func (s *Store) CaseAccesses(ctx context.Context, scope domain.Scope, id domain.CaseID, p domain.Page) ([]domain.Access, *domain.Cursor, error) {
	var rows []domain.Access
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		if _, err := s.loadCase(ctx, t, id, false); err != nil {
			return err
		}
		q := t.db.WithContext(ctx).Where("county = ? and case_id = ?", id.County, id.UUID)
		return accessPage(q, p).Find(&rows).Error
	})
	return accessRows(rows, p, err)
}

func accessFilter(q *gorm.DB, f domain.AccessFilter) *gorm.DB {
	if !f.From.IsZero() {
		q = q.Where("at >= ?", f.From.StartOfDay())
	}
	if !f.To.IsZero() {
		q = q.Where("at < ?", f.To.AddDays(1).StartOfDay())
	}
	if f.Person != 0 {
		q = q.Where("person = ?", f.Person)
	}
	if f.What != "" {
		q = q.Where("what = ?", f.What)
	}
	if f.DemandNo != "" {
		q = q.Where("demand_no = ?", f.DemandNo)
	}
	return q
}

func accessPage(q *gorm.DB, p domain.Page) *gorm.DB {
	if p.After != nil {
		q = q.Where("(at, id) < (?, ?)", p.After.At, p.After.ID)
	}
	return q.Order("at desc, id desc").Limit(p.Size + 1)
}

func accessRows(rows []domain.Access, p domain.Page, err error) ([]domain.Access, *domain.Cursor, error) {
	if err != nil {
		return nil, nil, fmt.Errorf("read the access log: %w", err)
	}
	if len(rows) <= p.Size {
		return rows, nil, nil
	}
	last := rows[p.Size-1]
	return rows[:p.Size], &domain.Cursor{At: last.At, ID: last.ID}, nil
}

// TurnAccessLog opens the coming months of the access log and drops those past their three years; it returns how many.
func (s *Store) TurnAccessLog(ctx context.Context, asOf time.Time) (int, error) {
	var n int
	if err := s.conn(ctx).Raw("select access_log_turn(?)", asOf).Scan(&n).Error; err != nil {
		return 0, fmt.Errorf("turn the access log: %w", translate(err))
	}
	return n, nil
}
