package storage

import (
	"context"
	"errors"
	"fmt"
	"reflect"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"baimi/domain"
)

// CreateCase stores a new case with everything that belongs to it and its events.
func (s *Store) CreateCase(ctx context.Context, scope domain.Scope, c *domain.Case) error {
	return s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		if !scope.Sees(c) {
			return domain.Errorf(domain.CodeForbidden, "不能登记不属于本单位的纠纷")
		}
		if err := t.show(ctx, c.ID); err != nil {
			return err
		}
		return s.save(ctx, t, &domain.Case{}, c, func(db *gorm.DB) error {
			return db.Omit(clause.Associations).Create(c).Error
		})
	})
}

// UpdateCase locks a case, lets change act on it, and stores what changed with the events it left. change may be
// called once only; without an event nothing is written.
func (s *Store) UpdateCase(ctx context.Context, scope domain.Scope, id domain.CaseID,
	change func(ctx context.Context, c *domain.Case) error,
) (*domain.Case, error) {
	var c *domain.Case
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		var err error
		if c, err = s.loadCase(ctx, t, id, true); err != nil {
			return err
		}
		before := c.Clone()
		if err := change(ctx, c); err != nil {
			return err
		}
		if len(c.NewEvents) == 0 {
			return nil
		}
		return s.save(ctx, t, before, c, func(db *gorm.DB) error {
			return affectedOne(db.Model(c).Select("*").Omit(clause.Associations, "county", "id").Updates(c), "case")
		})
	})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// Case reads a case with everything that belongs to it.
func (s *Store) Case(ctx context.Context, scope domain.Scope, id domain.CaseID) (*domain.Case, error) {
	var c *domain.Case
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) (err error) {
		c, err = s.loadCase(ctx, t, id, false)
		return err
	})
	return c, err
}

// loadCase reads the case through both walls, then shows and reads what is below it.
func (s *Store) loadCase(ctx context.Context, t *transaction, id domain.CaseID, lock bool) (*domain.Case, error) {
	db := t.db.WithContext(ctx)
	found := db.Scopes(s.visible(t.scope)).Where("cases.county = ? and cases.id = ?", id.County, id.UUID)
	if lock {
		found = found.Clauses(clause.Locking{Strength: "UPDATE"})
	}
	var c domain.Case
	err := found.Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, domain.NotFound("案件")
	}
	if err != nil {
		return nil, fmt.Errorf("read a case: %w", err)
	}
	if err := t.show(ctx, c.ID); err != nil {
		return nil, err
	}
	q := ask(db)
	read := loadChildren(q, &c)
	var values []personalValue
	q.find(q.db.Where("county = ? and case_id = ?", c.County, c.ID), &values)
	if err := t.answer(ctx, q); err != nil {
		return nil, fmt.Errorf("read what belongs to a case: %w", err)
	}
	read()
	if err := s.unseal(values, byRef(c.Personal())); err != nil {
		return nil, err
	}
	return &c, nil
}

// save stores a case by row and what belongs to it: new personal values, new and changed rows, the part lists read by
// organisation, the events and the work they leave; all of it in one round trip.
func (s *Store) save(ctx context.Context, t *transaction, before, c *domain.Case, row func(db *gorm.DB) error) error {
	stored := map[uuid.UUID]bool{}
	for _, p := range before.Personal() {
		stored[p.Ref()] = true
	}
	values, err := s.sealValues(c, stored)
	if err != nil {
		return err
	}
	todo := make([]eventTodo, 0, len(consumers)*len(c.NewEvents))
	for _, e := range c.NewEvents {
		for _, consumer := range consumers {
			todo = append(todo, eventTodo{County: c.County, Consumer: consumer, CaseID: c.ID, Seq: e.Seq})
		}
	}
	err = t.together(ctx, func(db *gorm.DB) error {
		return errors.Join(
			row(db),
			createAll(db, values),
			saveChildren(db, before, c),
			forgetValues(db, before, c),
			forgetFiles(db, before, c),
			followCase(db, before, c, c.NewEvents[len(c.NewEvents)-1].RecordedAt),
			saveGrants(db, before, c),
			s.saveSearch(db, before, c),
			createAll(db, c.NewEvents),
			createAll(db, todo),
		)
	})
	if err != nil {
		return fmt.Errorf("store a case: %w", translate(err))
	}
	c.NewEvents = nil
	return nil
}

func createAll[T any](db *gorm.DB, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	return db.Omit(clause.Associations).Create(&rows).Error
}

// saveRows stores rows that are numbered from 1 and only ever added to or changed.
func saveRows[T any](db *gorm.DB, before, now []T) error {
	for i := range before {
		if reflect.DeepEqual(before[i], now[i]) {
			continue
		}
		res := db.Model(&now[i]).Select("*").Omit(clause.Associations, "county", "case_id", "no").Updates(&now[i])
		if err := affectedOne(res, "row of a case"); err != nil {
			return err
		}
	}
	return createAll(db, now[len(before):])
}

func affectedOne(res *gorm.DB, what string) error { return affected(res, 1, what) }

// affected holds a statement to the number of rows it must have met; one that waits in a queue, when it is sent.
func affected(res *gorm.DB, rows int64, what string) error {
	if res.Error != nil {
		return fmt.Errorf("change a %s: %w", what, translate(res.Error))
	}
	if q, waits := res.Statement.ConnPool.(*queue); waits {
		return q.expect(rows, what)
	}
	return counted(res.RowsAffected, rows, what)
}

func counted(got, want int64, what string) error {
	if got != want {
		return fmt.Errorf("change a %s: %d rows instead of %d", what, got, want)
	}
	return nil
}
