package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"baimi/domain"
)

// LateTransfers are the cases whose transfer nobody answered in time, behind a cursor, the longest overdue first. The cost
// follows what is late: a partial index holds the running clocks of answers alone.
func (s *Store) LateTransfers(ctx context.Context, scope domain.Scope, now time.Time, after *domain.Cursor, limit int) ([]domain.Cursor, error) {
	if after == nil {
		after = &domain.Cursor{At: time.Unix(0, 0)}
	}
	var rows []domain.Cursor
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		return lateTransfers(t.db.WithContext(ctx), scope, now, *after, limit).Scan(&rows).Error
	})
	if err != nil {
		return nil, fmt.Errorf("find late transfers: %w", translate(err))
	}
	return rows, nil
}

func lateTransfers(db *gorm.DB, scope domain.Scope, now time.Time, after domain.Cursor, limit int) *gorm.DB {
	return db.Raw(`select due_at as at, case_id as id, no from deadline
		where county = ? and ended_on is null and rule = 'D2' and due_at <= ? and (due_at, case_id) > (?, ?)
		order by due_at, case_id limit ?`, scope.County, now, after.At, after.ID, limit)
}

// StaleCases are cases with a running clock that was counted under another calendar or other rules than these, behind a
// cursor. What is up to date is not read: the two ranges beside it are, of an index of the running clocks by versions.
func (s *Store) StaleCases(ctx context.Context, scope domain.Scope, now, after domain.Counting, limit int) ([]domain.Counting, error) {
	var rows []domain.Counting
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		return staleCases(t.db.WithContext(ctx), scope, now, after, limit).Scan(&rows).Error
	})
	if err != nil {
		return nil, fmt.Errorf("find clocks to recount: %w", translate(err))
	}
	return rows, nil
}

func staleCases(db *gorm.DB, scope domain.Scope, now, after domain.Counting, limit int) *gorm.DB {
	return db.Raw(`
		with older as (
			select distinct calendar_version, rules_version, case_id from deadline
			where county = @county and ended_on is null and (calendar_version, rules_version, case_id) > (@cal, @rules, @case)
			and (calendar_version, rules_version) < (@calNow, @rulesNow) order by 1, 2, 3 limit @limit),
		newer as (
			select distinct calendar_version, rules_version, case_id from deadline
			where county = @county and ended_on is null and (calendar_version, rules_version, case_id) > (@cal, @rules, @case)
			and (calendar_version, rules_version) > (@calNow, @rulesNow) order by 1, 2, 3 limit @limit)
		select * from older union all select * from newer order by 1, 2, 3 limit @limit`,
		map[string]any{
			"county": scope.County, "cal": after.CalendarVersion, "rules": after.RulesVersion, "case": after.CaseID,
			"calNow": now.CalendarVersion, "rulesNow": now.RulesVersion, "limit": limit,
		})
}

// CasesWithClocks reads cases in the order of their ids, with their clocks and what these are counted from and nothing
// else of what belongs to them. It is for trying a calendar; a case read so must not be stored.
func (s *Store) CasesWithClocks(ctx context.Context, scope domain.Scope, after uuid.UUID, limit int) ([]domain.Case, error) {
	var cases []domain.Case
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		err := db.Scopes(s.visible(scope)).Where("cases.id > ?", after).Order("cases.id").Limit(limit).Find(&cases).Error
		if err != nil || len(cases) == 0 {
			return err
		}
		byID := make(map[uuid.UUID]*domain.Case, len(cases))
		ids := make([]uuid.UUID, len(cases))
		for i := range cases {
			ids[i], byID[cases[i].ID] = cases[i].ID, &cases[i]
		}
		of := db.Where("county = ? and case_id in ?", scope.County, ids).Order("case_id, no")
		if err := fillRows(of.Session(&gorm.Session{}), byID, func(c *domain.Case) *[]domain.Deadline { return &c.Deadlines }); err != nil {
			return err
		}
		if err := fillRows(of.Session(&gorm.Session{}), byID, func(c *domain.Case) *[]domain.Pause { return &c.Pauses }); err != nil {
			return err
		}
		return fillRows(of.Session(&gorm.Session{}), byID, func(c *domain.Case) *[]domain.Extension { return &c.Extensions })
	})
	if err != nil {
		return nil, fmt.Errorf("read cases with their clocks: %w", translate(err))
	}
	return cases, nil
}

// fillRows reads rows of one kind into their cases.
func fillRows[T caseRow](db *gorm.DB, cases map[uuid.UUID]*domain.Case, in func(*domain.Case) *[]T) error {
	var rows []T
	if err := db.Find(&rows).Error; err != nil {
		return err
	}
	for _, x := range rows {
		list := in(cases[x.Owner()])
		*list = append(*list, x)
	}
	return nil
}
