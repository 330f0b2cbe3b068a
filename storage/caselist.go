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
	var next *domain.Cursor
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		q, err := s.lookFor(ctx, t, f)
		if err != nil {
			return err
		}
		if len(f.Words) > 0 {
			rows, next, err = s.wordPage(ctx, t, q, p)
		} else if err = s.casePage(t.db.WithContext(ctx), scope, q, p).Scan(&rows).Error; err == nil && len(rows) > p.Size {
			rows = rows[:p.Size]
			next = cursorOf(rows[p.Size-1])
		}
		if err != nil {
			return fmt.Errorf("list cases: %w", translate(err))
		}
		return s.fillSummaries(ctx, t, scope.County, rows)
	})
	return rows, next, err
}

func cursorOf(x domain.CaseSummary) *domain.Cursor {
	return &domain.Cursor{At: x.RegisteredAt, ID: x.ID}
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
		q, err := s.lookFor(ctx, t, f)
		if err != nil {
			return err
		}
		if len(f.Words) > 0 {
			n, more, err = s.countWords(ctx, t, q)
			return err
		}
		db := t.db.WithContext(ctx)
		var counted int64
		inner := s.listed(db, scope, q).Select("cases.id").Limit(countLimit + 1)
		if err := db.Table("(?) as c", inner).Count(&counted).Error; err != nil {
			return fmt.Errorf("count cases: %w", translate(err))
		}
		n, more = int(min(counted, countLimit)), counted > countLimit
		return nil
	})
	return n, more, err
}

// byGrant tells whether the list goes by the part lists of one organisation rather than by area.
func (s *Store) byGrant(scope domain.Scope) bool {
	return !s.secondWallOnly && scope.Area == "" && len(scope.Orgs) == 1
}

// fillSummaries adds to a page what lies below the cases: names and the clock that runs out first, in one round trip.
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
	var parties []domain.Party
	var values []personalValue
	var clocks []domain.Deadline
	q := ask(t.db.WithContext(ctx))
	q.find(q.db.Select("case_id, role, name_ref").Where("county = ? and case_id in ?", county, ids).Order("case_id, no"), &parties)
	q.find(q.db.Where("county = ? and case_id in ? and kind = 'name'", county, ids), &values)
	q.find(q.db.Raw(`select distinct on (case_id) case_id, due_on, due_at from deadline
		where county = ? and case_id in ? and ended_on is null and due_at is not null and rule in ? order by case_id, due_at`,
		county, ids, domain.DutyRules()), &clocks)
	if err := t.answer(ctx, q); err != nil {
		return fmt.Errorf("list what is below cases: %w", err)
	}
	names := make([]domain.Personal, len(parties))
	for i := range parties {
		names[i] = &parties[i].Name
	}
	if err := s.unseal(values, byRef(names)); err != nil {
		return err
	}
	for _, p := range parties {
		r := at[p.CaseID]
		r.Parties = append(r.Parties, domain.PartySummary{Role: p.Role, Name: p.Name})
	}
	for _, d := range clocks {
		at[d.CaseID].NextDueOn, at[d.CaseID].NextDueAt = &d.DueOn, d.DueAt
	}
	return nil
}
