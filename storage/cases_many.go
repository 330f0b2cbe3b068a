package storage

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"baimi/domain"
)

// CreateCases stores many new cases of a county at once: the rows that CreateCase makes, in as few statements as they take,
// and the counters of the file numbers they bear. It is for a county's own system scope, which makes what nobody has typed
// in: the demo city. A case comes after those it refers to. earlier are former states of them, of whose personal values some
// were replaced since: the events name these too.
func (s *Store) CreateCases(ctx context.Context, scope domain.Scope, cases []*domain.Case, earlier ...*domain.Case) error {
	if !scope.System || scope.Area == "" {
		return errors.New("storage: many cases at once are made by a county's own system alone")
	}
	if len(cases) == 0 {
		return nil
	}
	return s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		for _, c := range cases {
			if !scope.Sees(c) {
				return domain.Errorf(domain.CodeForbidden, "不能登记不属于本单位的纠纷")
			}
		}
		db := t.db.WithContext(ctx)
		if err := createMany(db, cases); err != nil {
			return fmt.Errorf("store cases: %w", translate(err))
		}
		if err := s.saveRests(db, cases, earlier); err != nil {
			return fmt.Errorf("store what belongs to cases: %w", translate(err))
		}
		return countFileNumbers(db, cases)
	})
}

// saveRests is saveRest for many new cases.
func (s *Store) saveRests(db *gorm.DB, cases, earlier []*domain.Case) error {
	values, stored, err := s.sealEarlier(earlier)
	if err != nil {
		return err
	}
	var signatures []domain.Signature
	var events []domain.Event
	var todo []eventTodo
	for _, c := range cases {
		sealed, err := s.sealValues(c, stored)
		if err != nil {
			return err
		}
		values = append(values, sealed...)
		signatures = append(signatures, newSignatures(&domain.Case{}, c)...)
		events = append(events, c.NewEvents...)
		for _, e := range c.NewEvents {
			for _, consumer := range consumers {
				todo = append(todo, eventTodo{County: c.County, Consumer: consumer, CaseID: c.ID, Seq: e.Seq})
			}
		}
	}
	if err := createMany(db, values); err != nil {
		return err
	}
	for _, x := range children {
		if err := x.saveNew(db, cases); err != nil {
			return err
		}
	}
	if err := createMany(db, signatures); err != nil {
		return err
	}
	if err := s.saveFound(db, cases); err != nil {
		return err
	}
	for _, c := range cases {
		if err := followCase(db, &domain.Case{}, c, c.NewEvents[len(c.NewEvents)-1].RecordedAt); err != nil {
			return err
		}
		c.NewEvents = nil
	}
	return errors.Join(createMany(db, events), createMany(db, todo))
}

// sealEarlier makes the rows of the values that former states of cases had, and tells which they are.
func (s *Store) sealEarlier(earlier []*domain.Case) (values []personalValue, stored map[uuid.UUID]bool, err error) {
	stored = map[uuid.UUID]bool{}
	for _, c := range earlier {
		sealed, err := s.sealValues(c, stored)
		if err != nil {
			return nil, nil, err
		}
		for _, v := range sealed {
			stored[v.ID] = true
		}
		values = append(values, sealed...)
	}
	return values, stored, nil
}

// saveFound stores by what many new cases are found: their parts and their search rows.
func (s *Store) saveFound(db *gorm.DB, cases []*domain.Case) error {
	var grants []caseGrant
	var texts []searchText
	var parties []searchParty
	for _, c := range cases {
		for _, o := range c.Orgs {
			grants = append(grants, caseGrant{County: c.County, Org: o, Sort: c.RegisteredAt, CaseID: c.ID})
		}
		text, err := s.keys.searchTextOf(c)
		if err != nil {
			return err
		}
		if text != nil {
			texts = append(texts, *text)
		}
		of, err := s.keys.searchPartiesOf(c)
		if err != nil {
			return err
		}
		parties = append(parties, of...)
	}
	return errors.Join(createMany(db, grants), createMany(db, texts), createMany(db, parties))
}

// countFileNumbers moves the counters of committees and years to the highest number given, last in the transaction, since
// they are what two of them meet at; in one order, so that neither waits for the other in a circle.
func countFileNumbers(db *gorm.DB, cases []*domain.Case) error {
	type counter struct {
		County    domain.County
		Committee domain.OrgID
		Year      int
		Last      int
	}
	last := map[[2]int]*counter{}
	for _, c := range cases {
		if c.FileSeq == nil {
			continue
		}
		at := [2]int{int(c.Committee), *c.FileYear}
		if last[at] == nil {
			last[at] = &counter{County: c.County, Committee: c.Committee, Year: *c.FileYear}
		}
		last[at].Last = max(last[at].Last, *c.FileSeq)
	}
	if len(last) == 0 {
		return nil
	}
	rows := make([]*counter, 0, len(last))
	for _, at := range sortedKeys(last) {
		rows = append(rows, last[at])
	}
	err := db.Table("file_number").Clauses(clause.OnConflict{
		Columns:   []clause.Column{{Name: "county"}, {Name: "committee"}, {Name: "year"}},
		DoUpdates: clause.Set{{Column: clause.Column{Name: "last"}, Value: gorm.Expr("greatest(file_number.last, excluded.last)")}},
	}).Create(&rows).Error
	if err != nil {
		return fmt.Errorf("count file numbers: %w", translate(err))
	}
	return nil
}

func sortedKeys[T any](m map[[2]int]T) [][2]int {
	keys := slices.Collect(maps.Keys(m))
	slices.SortFunc(keys, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	return keys
}

// manySizes are how many rows a statement of createMany takes: few different statements, which the server has planned
// already.
var manySizes = []int{256, 64, 16, 4, 1}

// createMany inserts many rows.
func createMany[T any](db *gorm.DB, rows []T) error {
	db = db.Omit(clause.Associations).Session(&gorm.Session{})
	for _, size := range manySizes {
		for ; len(rows) >= size; rows = rows[size:] {
			few := rows[:size]
			if err := db.Create(&few).Error; err != nil {
				return err
			}
		}
	}
	return nil
}
