package storage

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"baimi/domain"
	"baimi/domain/calendar"
)

type pointRow struct {
	domain.Org  `gorm:"embedded"`
	Address     string
	Hours       string
	Longitude   *float64
	Latitude    *float64
	AccuracyM   *int
	Origin      *string
	StatusFrom  calendar.Date
	StatusTo    *calendar.Date
	PointStatus string
	Reason      string
}

func (r pointRow) point() domain.Point {
	return domain.Point{
		Org: r.Org, Address: r.Address, Hours: r.Hours, Longitude: r.Longitude, Latitude: r.Latitude,
		AccuracyM: r.AccuracyM, Origin: r.Origin,
		Status: domain.PointStatus{ValidFrom: r.StatusFrom, ValidTo: r.StatusTo, Status: r.PointStatus, Reason: r.Reason},
	}
}

func points(db *gorm.DB, on calendar.Date) *gorm.DB {
	return db.Table("org o").Select(orgColumns+`, p.address, p.hours, p.longitude, p.latitude, p.accuracy_m, p.origin,
		s.valid_from as status_from, s.valid_to as status_to, s.status as point_status, s.reason`).
		Joins("join area a on a.id = o.area").Joins("join point p on p.org = o.id").
		Joins("join point_status s on s.org = o.id and s.valid_from <= ? and (s.valid_to is null or s.valid_to > ?)", on, on)
}

// Points lists intake points with their status and keepers on a day.
func (s *Store) Points(ctx context.Context, f domain.OrgFilter, on calendar.Date) ([]domain.Point, error) {
	rows, err := scanAll[pointRow](filterOrgs(points(s.conn(ctx), on), f), "受理点")
	if err != nil {
		return nil, err
	}
	list := make([]domain.Point, len(rows))
	ids := make([]domain.OrgID, len(rows))
	for i, r := range rows {
		list[i], ids[i] = r.point(), r.ID
	}
	keepers, err := s.keepers(ctx, ids, on)
	for i := range list {
		list[i].Keepers = keepers[list[i].ID]
	}
	return list, err
}

// Point reads an intake point with its keepers on a day and its history, newest first.
func (s *Store) Point(ctx context.Context, id domain.OrgID, on calendar.Date) (domain.Point, []domain.PointStatus, error) {
	row, err := takeOne[pointRow](points(s.conn(ctx), on).Where("o.id = ?", id), "受理点")
	if err != nil {
		return domain.Point{}, nil, err
	}
	p := row.point()
	keepers, err := s.keepers(ctx, []domain.OrgID{id}, on)
	if err != nil {
		return p, nil, err
	}
	p.Keepers = keepers[id]
	history, err := scanAll[domain.PointStatus](s.conn(ctx).Table("point_status").Where("org = ?", id).Order("valid_from desc"), "受理点状态")
	return p, history, err
}

// IntakePoint reads what decides whether a dispute may be taken in somewhere on a day: the organisation, and how its point stands
// when it has one that is set up.
func (s *Store) IntakePoint(ctx context.Context, id domain.OrgID, on calendar.Date) (domain.Org, *domain.PointStatus, error) {
	var found []domain.Org
	var status []domain.PointStatus
	q := ask(s.conn(ctx))
	q.find(orgs(q.db).Where("o.id = ?", id), &found)
	q.find(q.db.Table("point_status s").Select("s.*").Joins("join point p on p.org = s.org").
		Where("s.org = ? and s.valid_from <= ? and (s.valid_to is null or s.valid_to > ?)", id, on, on), &status)
	if err := s.answer(ctx, q); err != nil {
		return domain.Org{}, nil, fmt.Errorf("read a point: %w", translate(err))
	}
	if len(found) == 0 {
		return domain.Org{}, nil, domain.NotFound("单位")
	}
	if len(status) == 0 {
		return found[0], nil, nil
	}
	return found[0], &status[0], nil
}

func (s *Store) keepers(ctx context.Context, ids []domain.OrgID, on calendar.Date) (map[domain.OrgID][]domain.Staff, error) {
	m := map[domain.OrgID][]domain.Staff{}
	if len(ids) == 0 {
		return m, nil
	}
	rows, err := scanAll[domain.Staff](s.conn(ctx).Table("assignment x").
		Select("p.id as person, p.name, x.role, x.org, o.name as org_name, x.engagement, x.full_time").
		Joins("join person p on p.id = x.person").Joins("join org o on o.id = x.org").
		Where("x.org in ? and x.role in ('point_keeper', 'mediator')", ids).
		Where("x.valid_from <= ? and (x.valid_to is null or x.valid_to > ?)", on, on).Order("x.org, x.id"), "受理点负责人")
	for _, r := range rows {
		m[r.Org] = append(m[r.Org], r)
	}
	return m, err
}

// ChangePointStatus ends the stretch that holds on the new one's first day and begins the new one.
func (s *Store) ChangePointStatus(ctx context.Context, id domain.OrgID, n domain.PointStatus) error {
	return s.conn(ctx).Transaction(func(tx *gorm.DB) error {
		// the point itself is locked: its open stretch is another row after each change
		if _, err := takeOne[domain.OrgID](tx.Table("point").Select("org").Where("org = ?", id).
			Clauses(clause.Locking{Strength: "UPDATE"}), "受理点"); err != nil {
			return err
		}
		last, err := takeOne[domain.PointStatus](tx.Table("point_status").Where("org = ? and valid_to is null", id), "受理点状态")
		if err != nil {
			return err
		}
		if !n.ValidFrom.After(last.ValidFrom) {
			return domain.Errorf(domain.CodeGuard, "起始日期须晚于当前状态的起始日期（%s）", last.ValidFrom)
		}
		if n.Status == last.Status {
			return domain.Errorf(domain.CodeGuard, "受理点已经是该状态")
		}
		res := tx.Exec("update point_status set valid_to = ? where org = ? and valid_to is null", n.ValidFrom, id)
		if err := affectedOne(res, "status of a point"); err != nil {
			return err
		}
		res = tx.Exec("insert into point_status (org, valid_from, status, reason) values (?, ?, ?, ?)", id, n.ValidFrom, n.Status, n.Reason)
		return affectedOne(res, "status of a point")
	})
}
