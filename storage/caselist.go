package storage

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"baimi/domain"
)

// countLimit is where counting stops: beyond it a list says "1000+".
const countLimit = 1000

// Cases reads a page of the cases the scope shows, newest first, and the cursor of the next page if there is one.
func (s *Store) Cases(ctx context.Context, scope domain.Scope, f domain.CaseFilter, p domain.Page) ([]domain.CaseSummary, *domain.Cursor, error) {
	var rows []domain.CaseSummary
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		f, err := s.caseQuery(ctx, scope.County, f)
		if err != nil {
			return err
		}
		if err := s.casePage(t.db.WithContext(ctx), scope, f, p).Scan(&rows).Error; err != nil {
			return fmt.Errorf("list cases: %w", translate(err))
		}
		return s.fillSummaries(ctx, t, scope.County, rows[:min(len(rows), p.Size)])
	})
	if err != nil || len(rows) <= p.Size {
		return rows, nil, err
	}
	rows = rows[:p.Size]
	last := rows[p.Size-1]
	return rows, &domain.Cursor{At: last.RegisteredAt, ID: last.ID}, nil
}

// casePage is a page of the list and one row more. Both orders are the same; that of the part lists walks their index.
func (s *Store) casePage(db *gorm.DB, scope domain.Scope, f caseQuery, p domain.Page) *gorm.DB {
	order, below := "cases.registered_at desc, cases.id desc", "(cases.registered_at, cases.id) < (?, ?)"
	if s.byGrant(scope) {
		order, below = "g.sort desc, g.case_id desc", "(g.sort, g.case_id) < (?, ?)"
	}
	q := s.listed(db, scope, f).Order(order).Limit(p.Size + 1)
	if p.After != nil {
		q = q.Where(below, p.After.At, p.After.ID)
	}
	return q
}

// CountCases counts, up to a limit beyond which it only says that there are more.
func (s *Store) CountCases(ctx context.Context, scope domain.Scope, f domain.CaseFilter) (n int, more bool, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		f, err := s.caseQuery(ctx, scope.County, f)
		if err != nil {
			return err
		}
		var counted int64
		inner := s.listed(db, scope, f).Select("cases.id").Limit(countLimit + 1)
		if err := db.Table("(?) as c", inner).Count(&counted).Error; err != nil {
			return fmt.Errorf("count cases: %w", translate(err))
		}
		n, more = int(min(counted, countLimit)), counted > countLimit
		return nil
	})
	return n, more, err
}

// caseQuery is a filter with its area as mergers have made it.
type caseQuery struct {
	domain.CaseFilter
	districts domain.Districts
}

func (s *Store) caseQuery(ctx context.Context, county domain.County, f domain.CaseFilter) (caseQuery, error) {
	q := caseQuery{CaseFilter: f}
	if f.Area == "" {
		return q, nil
	}
	m, err := s.heirs(ctx, county)
	q.districts = m.districts(f.Area)
	return q, err
}

// byGrant tells whether the list goes by the part lists of one organisation rather than by area.
func (s *Store) byGrant(scope domain.Scope) bool {
	return !s.secondWallOnly && scope.Area == "" && len(scope.Orgs) == 1
}

func (s *Store) listed(db *gorm.DB, scope domain.Scope, f caseQuery) *gorm.DB {
	q := db.Table("cases").Select("cases.*").Scopes(s.visible(scope))
	if s.byGrant(scope) {
		q = q.Joins("join case_grant g on g.county = cases.county and g.case_id = cases.id and g.org = ?", scope.Orgs[0])
	}
	if len(f.Statuses) > 0 {
		q = q.Where("cases.status in ?", f.Statuses)
	}
	if f.Type != "" {
		q = q.Where("cases.type = ?", f.Type)
	}
	if f.Source != "" {
		q = q.Where("cases.source = ?", f.Source)
	}
	if f.Area != "" {
		q = q.Where(placed("cases.area_path", f.districts))
	}
	if f.Mediator != 0 {
		q = q.Where("? = any (cases.mediators)", f.Mediator)
	}
	if f.Overdue {
		// Alerts are read here, not clocks: the clocks of a case show only once the case is known to be visible.
		q = q.Where("exists (select from alert a where a.county = cases.county and a.case_id = cases.id and a.resolved_on is null)")
	}
	return q
}

// fillSummaries adds to a page what lies below the cases: names and the clock that runs out first. Two queries a page.
func (s *Store) fillSummaries(ctx context.Context, t *transaction, county domain.County, rows []domain.CaseSummary) error {
	ids := make([]uuid.UUID, len(rows))
	at := make(map[uuid.UUID]*domain.CaseSummary, len(rows))
	for i := range rows {
		ids[i], at[rows[i].ID] = rows[i].ID, &rows[i]
	}
	if len(ids) == 0 {
		return nil
	}
	if err := t.show(ctx, ids...); err != nil {
		return err
	}
	db := t.db.WithContext(ctx)
	var parties []domain.Party
	err := db.Where("county = ? and case_id in ?", county, ids).Order("case_id, no").Find(&parties).Error
	if err != nil {
		return fmt.Errorf("list parties: %w", err)
	}
	names := make([]domain.Personal, len(parties))
	for i := range parties {
		names[i] = &parties[i].Name
	}
	if err := s.openValues(ctx, t, county, byRef(names)); err != nil {
		return err
	}
	for _, p := range parties {
		r := at[p.CaseID]
		r.Parties = append(r.Parties, domain.PartySummary{Role: p.Role, Name: p.Name})
	}
	var clocks []domain.Deadline
	err = db.Raw(`select distinct on (case_id) * from deadline
		where county = ? and case_id in ? and ended_on is null and due_at is not null order by case_id, due_at`, county, ids).Scan(&clocks).Error
	if err != nil {
		return fmt.Errorf("list deadlines: %w", err)
	}
	for _, d := range clocks {
		at[d.CaseID].NextDueOn, at[d.CaseID].NextDueAt = &d.DueOn, d.DueAt
	}
	return nil
}
