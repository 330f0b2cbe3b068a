package storage

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"baimi/domain"
	"baimi/domain/calendar"
)

// AreaByCode reads the area that bears an official code on a day.
func (s *Store) AreaByCode(ctx context.Context, code string, on calendar.Date) (domain.Area, error) {
	return takeOne[domain.Area](areas(s.conn(ctx), on).Where("c.code = ?", code), "区域")
}

// LockAreas keeps two changes of a county's areas apart until the end of the transaction.
func (s *Store) LockAreas(ctx context.Context, county domain.County) error {
	return s.conn(ctx).Exec("select pg_advisory_xact_lock(7036, ?)", int32(county)).Error
}

// MergeAreas ends areas on a day and makes another their successor, one that is new if fresh is given. Whatever lies below
// them gets a counterpart below the successor, with the same code and name; the organisations move there; no case is
// touched. Call it in a transaction that holds LockAreas.
func (s *Store) MergeAreas(ctx context.Context, m domain.Merger, fresh *domain.NewArea) (domain.Merger, error) {
	db := s.conn(ctx)
	if fresh != nil {
		for _, id := range m.FromAreas { // the new area may bear the code of one of them
			if err := endCode(db, int(id), m.OnDay); err != nil {
				return m, err
			}
		}
		into, err := s.AddArea(ctx, *fresh)
		if err != nil {
			return m, err
		}
		m.IntoArea = into.ID
	}
	for _, id := range m.FromAreas {
		areas, orgs, err := s.mergeArea(ctx, int(id), m.IntoArea, m.OnDay)
		if err != nil {
			return m, fmt.Errorf("merge areas: %w", translate(err))
		}
		m.AreasMoved += areas
		m.OrgsMoved += orgs
	}
	err := db.Raw(`insert into area_merger (county, on_day, into_area, from_areas, areas_moved, orgs_moved, source, merged_by, merged_at)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning id`, m.County, m.OnDay, m.IntoArea, m.FromAreas, m.AreasMoved, m.OrgsMoved,
		m.Source, m.MergedBy, m.MergedAt).Scan(&m.ID).Error
	if err != nil {
		return m, fmt.Errorf("keep a merger: %w", translate(err))
	}
	return m, nil
}

// mergeArea ends one area in favour of another, with all below it.
func (s *Store) mergeArea(ctx context.Context, from, into int, on calendar.Date) (areas, orgs int, err error) {
	db := s.conn(ctx)
	var below []domain.Area
	err = db.Raw("select "+areaColumns+`, c.source from area a join area_code c on c.area = a.id and c.valid_to is null
		where a.parent = ? and a.valid_to is null order by a.path`, from).Scan(&below).Error
	if err != nil {
		return 0, 0, err
	}
	if err := endArea(db, from, into, on); err != nil {
		return 0, 0, err
	}
	res := db.Exec("update org set area = ? where area = ? and (valid_to is null or valid_to > ?)", into, from, on)
	if res.Error != nil {
		return 0, 0, res.Error
	}
	orgs = int(res.RowsAffected)
	for _, old := range below {
		if !on.After(old.ValidFrom) {
			return 0, 0, domain.Errorf(domain.CodeGuard, "“%s”自%s起才设立，撤并日期须晚于这一天", old.Name, old.ValidFrom)
		}
		// the code is free from this day on: that of the old area ends before the new one's begins
		if err := endCode(db, old.ID, on); err != nil {
			return 0, 0, err
		}
		heir, err := s.AddArea(ctx, NewArea{
			County: old.County, Parent: &into, Level: old.Level, Name: old.Name, Code: old.Code, Source: "区划撤并沿用", From: on,
		})
		if err != nil {
			return 0, 0, err
		}
		a, o, err := s.mergeArea(ctx, old.ID, heir.ID, on)
		if err != nil {
			return 0, 0, err
		}
		areas, orgs = areas+1+a, orgs+o
	}
	return areas, orgs, nil
}

// endArea closes an area and its code and names its successor.
func endArea(db *gorm.DB, id, successor int, on calendar.Date) error {
	if err := endCode(db, id, on); err != nil {
		return err
	}
	return affectedOne(db.Exec("update area set valid_to = ?, successor = ? where id = ? and valid_to is null", on, successor, id), "area")
}

func endCode(db *gorm.DB, id int, on calendar.Date) error {
	var late []string
	err := db.Raw("select code from area_code where area = ? and valid_from >= ? and (valid_to is null or valid_to > ?)", id, on, on).Scan(&late).Error
	if err != nil {
		return err
	}
	if len(late) > 0 {
		return domain.Errorf(domain.CodeGuard, "区划代码%s在撤并日期当天或者之后才启用，撤并日期须再晚一些", late[0])
	}
	return db.Exec("update area_code set valid_to = ? where area = ? and valid_to is null", on, id).Error
}

// Mergers lists a county's mergers, the newest first.
func (s *Store) Mergers(ctx context.Context, county domain.County) ([]domain.Merger, error) {
	return scanAll[domain.Merger](s.conn(ctx).Table("area_merger").Where("county = ?", county).Order("id desc").Limit(500), "区划撤并")
}
