package storage

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"baimi/domain"
	"baimi/domain/calendar"
)

// NewArea is an area to be added.
type NewArea = domain.NewArea

// AddCounty makes a county known under its number.
func (s *Store) AddCounty(ctx context.Context, c domain.CountyInfo) error {
	res := s.conn(ctx).Exec("insert into county (id, area_path, name) values (?, ?, ?)", c.ID, c.AreaPath, c.Name)
	return affectedOne(res, "county")
}

// AddArea adds an area below its parent. Its path is our own and never changes; code and name are dated.
func (s *Store) AddArea(ctx context.Context, n NewArea) (domain.Area, error) {
	var id int
	err := s.conn(ctx).Transaction(func(tx *gorm.DB) error {
		if n.Parent != nil {
			// the parent's row is locked, so that two additions do not take the same digits
			err := tx.Raw(`with top as (select id, path from area where id = ? for update)
				select top.path || lpad((coalesce((select max(right(path, 3))::int from area where parent = top.id), 0) + 1)::text, 3, '0')
				from top`, *n.Parent).Scan(&n.Path).Error
			if err != nil {
				return fmt.Errorf("path of an area: %w", err)
			}
		}
		err := tx.Raw("insert into area (county, path, level, parent, valid_from) values (?, ?, ?, ?, ?) returning id",
			n.County, n.Path, n.Level, n.Parent, n.From).Scan(&id).Error
		if err != nil {
			return fmt.Errorf("add an area: %w", err)
		}
		return tx.Exec("insert into area_code (area, valid_from, code, name, source) values (?, ?, ?, ?, ?)",
			id, n.From, n.Code, n.Name, n.Source).Error
	})
	if err != nil {
		return domain.Area{}, translate(err)
	}
	return s.Area(ctx, id, n.From)
}

// NewOrg is an organisation to be added.
type NewOrg struct {
	Parent        *domain.OrgID
	Kind          domain.OrgKind
	CommitteeType *string
	Name          string
	ShortName     *string // committees: 调委会简称, unique in the county
	FileWord      *string // committees: 人调字 or 民调字
	Area          int
	From          calendar.Date
}

// AddOrg adds an organisation.
func (s *Store) AddOrg(ctx context.Context, n NewOrg) (domain.OrgID, error) {
	var id domain.OrgID
	err := s.conn(ctx).Raw(`insert into org (county, parent, kind, committee_type, name, short_name, file_word, area, valid_from)
		select a.county, ?, ?, ?, ?, ?, ?, a.id, ? from area a where a.id = ? returning id`,
		n.Parent, n.Kind, n.CommitteeType, n.Name, n.ShortName, n.FileWord, n.From, n.Area).Scan(&id).Error
	if err == nil && id == 0 {
		return 0, domain.NotFound("区域")
	}
	if err != nil {
		return 0, fmt.Errorf("add an organisation: %w", translate(err))
	}
	return id, nil
}

// NewPoint is what makes an organisation of kind point an intake point.
type NewPoint struct {
	Address   string
	Hours     string
	Longitude *float64 // CGCS2000
	Latitude  *float64
	AccuracyM *int
	Origin    *string
	OpenFrom  calendar.Date
}

// AddPoint gives a point its place and opens it.
func (s *Store) AddPoint(ctx context.Context, org domain.OrgID, n NewPoint) error {
	err := s.conn(ctx).Transaction(func(tx *gorm.DB) error {
		err := tx.Exec(`insert into point (org, address, hours, longitude, latitude, accuracy_m, origin) values (?, ?, ?, ?, ?, ?, ?)`,
			org, n.Address, n.Hours, n.Longitude, n.Latitude, n.AccuracyM, n.Origin).Error
		if err != nil {
			return err
		}
		return tx.Exec("insert into point_status (org, valid_from, status, reason) values (?, ?, 'open', '设立')", org, n.OpenFrom).Error
	})
	if err != nil {
		return fmt.Errorf("add a point: %w", translate(err))
	}
	return nil
}

// Empty tells whether nothing was set up yet.
func (s *Store) Empty(ctx context.Context) (bool, error) {
	var empty bool
	err := s.conn(ctx).Raw("select not exists (select from county)").Scan(&empty).Error
	return empty, err
}
