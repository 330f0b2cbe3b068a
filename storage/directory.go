package storage

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"baimi/domain"
	"baimi/domain/calendar"
)

// takeOne reads one row or says that there is none.
func takeOne[T any](q *gorm.DB, what string) (T, error) {
	var rows []T
	if err := q.Limit(1).Scan(&rows).Error; err != nil {
		var zero T
		return zero, fmt.Errorf("read %s: %w", what, translate(err))
	}
	if len(rows) == 0 {
		var zero T
		return zero, domain.NotFound(what)
	}
	return rows[0], nil
}

func scanAll[T any](q *gorm.DB, what string) ([]T, error) {
	rows := []T{}
	if err := q.Scan(&rows).Error; err != nil {
		return nil, fmt.Errorf("read %s: %w", what, translate(err))
	}
	return rows, nil
}

// Areas lists the areas below a parent (all counties when nil), or those below it at any depth whose name holds q.
func (s *Store) Areas(ctx context.Context, parent *int, q string, on calendar.Date) ([]domain.Area, error) {
	db := areas(s.conn(ctx), on)
	switch {
	case parent == nil && q == "":
		db = db.Where("a.parent is null")
	case q == "":
		db = db.Where("a.parent = ?", *parent)
	case parent != nil:
		db = db.Where("a.path like (select path from area where id = ?) || '%'", *parent)
	}
	if q != "" {
		db = db.Where("position(? in c.name) > 0", q)
	}
	return scanAll[domain.Area](db.Order("a.path").Limit(500), "区域")
}

// Area reads an area as it is named on a day.
func (s *Store) Area(ctx context.Context, id int, on calendar.Date) (domain.Area, error) {
	return takeOne[domain.Area](areas(s.conn(ctx), on).Where("a.id = ?", id), "区域")
}

// AreaByPath reads the area of a path as it is named on a day, or as it was named last: a case keeps the path of an area
// that was merged away.
func (s *Store) AreaByPath(ctx context.Context, path string, on calendar.Date) (domain.Area, error) {
	return takeOne[domain.Area](areaByPath(s.conn(ctx), path, on), "区域")
}

func areaByPath(db *gorm.DB, path string, on calendar.Date) *gorm.DB {
	return db.Table("area a").Select(areaColumns).
		Joins("join area_code c on c.area = a.id and c.valid_from <= ?", on).Where("a.path = ?", path).Order("c.valid_from desc")
}

const areaColumns = "a.id, a.county, a.path, a.level, a.parent, a.valid_from, a.valid_to, c.code, c.name"

func areas(db *gorm.DB, on calendar.Date) *gorm.DB {
	return db.Table("area a").
		Select(areaColumns).
		Joins("join area_code c on c.area = a.id and c.valid_from <= ? and (c.valid_to is null or c.valid_to > ?)", on, on)
}

// orgColumns reads an organisation with its area and the committee it is or belongs to.
const orgColumns = `o.*, a.path as area_path, coalesce((select c.name from area_code c where c.area = o.area
	order by c.valid_from desc limit 1), '') as area_name,
	(with recursive up as (
		select x.id, x.parent, x.kind, 0 as d from org x where x.id = o.id
		union all select x.id, x.parent, x.kind, up.d + 1 from org x join up on x.id = up.parent)
	select up.id from up where up.kind = 'committee' order by d limit 1) as committee`

func orgs(db *gorm.DB) *gorm.DB {
	return db.Table("org o").Select(orgColumns).Joins("join area a on a.id = o.area")
}

// Org reads an organisation.
func (s *Store) Org(ctx context.Context, id domain.OrgID) (domain.Org, error) {
	return takeOne[domain.Org](orgs(s.conn(ctx)).Where("o.id = ?", id), "单位")
}

// Orgs lists organisations by number, a page at a time.
func (s *Store) Orgs(ctx context.Context, f domain.OrgFilter) ([]domain.Org, error) {
	return scanAll[domain.Org](filterOrgs(orgs(s.conn(ctx)), f), "单位")
}

func filterOrgs(db *gorm.DB, f domain.OrgFilter) *gorm.DB {
	db = db.Where("o.id > ?", f.After).Order("o.id").Limit(f.Size)
	if f.Parent != 0 {
		db = db.Where("o.parent = ?", f.Parent)
	}
	if f.Kind != "" {
		db = db.Where("o.kind = ?", f.Kind)
	}
	if f.Area != "" {
		db = db.Where("a.path >= ? and a.path < ?", f.Area, f.Area+":")
	}
	if f.Name != "" {
		db = db.Where("position(? in o.name) > 0", f.Name)
	}
	return db
}

// DisputeTypes lists the ministry's types in its order.
func (s *Store) DisputeTypes(ctx context.Context) ([]domain.DisputeType, error) {
	return scanAll[domain.DisputeType](s.conn(ctx).Table("dispute_type").Select("code, name, grouping").Order("code"), "纠纷类型")
}

// Mediators lists who may mediate for a committee on a day: its mediators and directors, at it or below it.
func (s *Store) Mediators(ctx context.Context, committee domain.OrgID, on calendar.Date) ([]domain.Staff, error) {
	q := s.conn(ctx).Raw(`
		with recursive below as (
			select id from org where id = @committee
			union all select o.id from org o join below b on o.parent = b.id where o.kind <> 'committee')
		select distinct on (p.id) p.id as person, p.name, x.role, x.org, o.name as org_name, x.engagement, x.full_time
		from assignment x join below b on b.id = x.org join person p on p.id = x.person join org o on o.id = x.org
		where x.role in ('mediator', 'committee_director')
			and x.valid_from <= @on and (x.valid_to is null or x.valid_to > @on)
		order by p.id, x.role`, map[string]any{"committee": committee, "on": on})
	return scanAll[domain.Staff](q, "调解员")
}

// Confidants reads who may open a private case beside its mediators and director on a day: the judicial officer of the
// smallest area around the case who was named first.
func (s *Store) Confidants(ctx context.Context, areaPath string, on calendar.Date) (domain.Readers, error) {
	var officers []domain.PersonID
	var here []string
	q := ask(s.conn(ctx))
	q.find(movedTo(q.db, areaPath), &here)
	q.find(q.db.Raw(`select x.person from assignment x join org o on o.id = x.org join area a on a.id = o.area
		where x.role = 'judicial_officer' and x.valid_from <= ? and (x.valid_to is null or x.valid_to > ?)
		and ? like a.path || '%' order by length(a.path) desc, x.id limit 1`, on, on, areaPath), &officers)
	if err := s.answer(ctx, q); err != nil {
		return domain.Readers{}, fmt.Errorf("read the judicial officer: %w", translate(err))
	}
	if len(here) > 0 && !strings.HasPrefix(areaPath, here[0]) {
		return s.Confidants(ctx, here[0], on) // the area was merged into that one
	}
	if len(officers) == 0 {
		return domain.Readers{}, nil
	}
	return domain.Readers{JudicialOfficer: officers[0]}, nil
}

// StaffNames reads the names of people who work with Baimi.
func (s *Store) StaffNames(ctx context.Context, ids []domain.PersonID) (map[domain.PersonID]string, error) {
	rows, err := scanAll[named[domain.PersonID]](namesOf(s.conn(ctx), "person", domain.IDs[domain.PersonID](ids)), "名称")
	return byID(rows), err
}

// Counties lists the counties served, for jobs that work through each.
func (s *Store) Counties(ctx context.Context) ([]domain.CountyInfo, error) {
	return scanAll[domain.CountyInfo](s.conn(ctx).Table("county").Order("id"), "县")
}
