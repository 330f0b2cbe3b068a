package storage

import (
	"context"
	"fmt"

	"baimi/domain"
)

// mappingRow is a row of exchange_mapping_entry.
type mappingRow struct {
	County    domain.County
	Format    domain.ExchangeFormat
	Org       domain.OrgID
	Version   int
	List      string
	Direction domain.MappingDirection
	FromCode  string
	ToCode    string
}

// Mapping reads what a county, or an organisation of it, has set; version 0 is the newest, and what was never set has none.
func (s *Store) Mapping(ctx context.Context, scope domain.Scope, format domain.ExchangeFormat, org domain.OrgID, version int) (m domain.MappingVersion, err error) {
	m = domain.MappingVersion{County: scope.County, Format: format, Org: org, Entries: []domain.MappingEntry{}}
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		q := db.Table("exchange_mapping").Where("county = ? and format = ? and org = ?", scope.County, format, org).Order("version desc").Limit(1)
		if version > 0 {
			q = q.Where("version = ?", version)
		}
		found, err := scanAll[domain.MappingVersion](q, "对照表")
		if err != nil {
			return err
		}
		if len(found) == 0 {
			if version > 0 {
				return domain.NotFound("对照表版本")
			}
			return nil
		}
		m = found[0]
		rows, err := scanAll[mappingRow](db.Table("exchange_mapping_entry").Where("county = ? and format = ? and org = ? and version = ?",
			scope.County, format, org, m.Version).Order("list, direction desc, from_code"), "对照表")
		m.Entries = make([]domain.MappingEntry, len(rows))
		for i, r := range rows {
			m.Entries[i] = domain.MappingEntry{List: r.List, Direction: r.Direction, From: r.FromCode, To: r.ToCode}
		}
		return err
	})
	return m, err
}

// SetMapping keeps a new state beside the old ones, if was is still the newest.
func (s *Store) SetMapping(ctx context.Context, scope domain.Scope, m domain.MappingVersion, was int) error {
	return s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		if err := db.Exec("select pg_advisory_xact_lock(7039, ?)", int32(scope.County)).Error; err != nil {
			return fmt.Errorf("lock a mapping: %w", err)
		}
		var newest int
		err := db.Raw("select coalesce(max(version), 0) from exchange_mapping where county = ? and format = ? and org = ?", scope.County, m.Format, m.Org).Scan(&newest).Error
		if err != nil {
			return fmt.Errorf("read a mapping: %w", err)
		}
		if newest != was {
			return domain.Errorf(domain.CodeStale, "对照表已被他人修改，请刷新后重新保存")
		}
		if err := db.Table("exchange_mapping").Omit("Entries").Create(&m).Error; err != nil {
			return fmt.Errorf("keep a mapping: %w", translate(err))
		}
		rows := make([]mappingRow, len(m.Entries))
		for i, e := range m.Entries {
			rows[i] = mappingRow{scope.County, m.Format, m.Org, m.Version, e.List, e.Direction, e.From, e.To}
		}
		if len(rows) == 0 {
			return nil
		}
		if err := db.Table("exchange_mapping_entry").Create(&rows).Error; err != nil {
			return fmt.Errorf("keep a mapping: %w", translate(err))
		}
		return nil
	})
}
