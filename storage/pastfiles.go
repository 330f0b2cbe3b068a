package storage

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm/clause"

	"baimi/domain"
)

// FiledCases reads the file numbers of committees in some years.
func (s *Store) FiledCases(ctx context.Context, scope domain.Scope, committees []domain.OrgID, from, to int) (rows []domain.FiledCase, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		rows, err = scanAll[domain.FiledCase](t.db.WithContext(ctx).Table("cases").Scopes(s.visible(scope)).
			Select("committee, file_year, file_seq, file_no, origin, type, outcome, accepted_on, concluded_on, archived_on").
			Where("committee = any (?) and file_year between ? and ?", domain.IDs[domain.OrgID](committees), from, to), "卷号")
		return err
	})
	return rows, err
}

// CreatePastFiles stores files of a past ledger with all that belongs to them, many at once, and lets their committees'
// counters go on after the highest number (ruling P5).
func (s *Store) CreatePastFiles(ctx context.Context, scope domain.Scope, cases []*domain.Case) error {
	if len(cases) == 0 {
		return nil
	}
	return s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		var values []personalValue
		var parties []domain.Party
		var grants []caseGrant
		var named []searchParty
		var texts []searchText
		var events []domain.Event
		var todo []eventTodo
		for _, c := range cases {
			if !scope.Sees(c) || c.Origin != domain.OriginImported {
				return domain.Errorf(domain.CodeForbidden, "不能导入不属于本县的卷宗")
			}
			sealed, err := s.sealValues(c, nil)
			if err != nil {
				return err
			}
			rows, err := s.keys.searchPartiesOf(c)
			if err != nil {
				return err
			}
			text, err := s.keys.searchTextOf(c)
			if err != nil {
				return err
			}
			if text != nil {
				texts = append(texts, *text)
			}
			values, parties, named, events = append(values, sealed...), append(parties, c.Parties...), append(named, rows...), append(events, c.NewEvents...)
			for _, o := range c.Orgs {
				grants = append(grants, caseGrant{County: c.County, Org: o, Sort: c.RegisteredAt, CaseID: c.ID})
			}
			for _, consumer := range consumers {
				todo = append(todo, eventTodo{County: c.County, Consumer: consumer, CaseID: c.ID, Seq: c.EventSeq})
			}
		}
		db := t.db.WithContext(ctx)
		if err := db.Omit(clause.Associations).CreateInBatches(cases, 200).Error; err != nil {
			return fmt.Errorf("store past files: %w", translate(err))
		}
		err := errors.Join(
			createMany(db, values), createMany(db, parties), createMany(db, grants), createMany(db, named), createMany(db, texts),
			createMany(db, events), createMany(db, todo), s.raiseFileNumbers(ctx, scope, cases),
		)
		if err != nil {
			return fmt.Errorf("store what belongs to past files: %w", translate(err))
		}
		return nil
	})
}

// raiseFileNumbers lets the counters start after the highest numbers of these files.
func (s *Store) raiseFileNumbers(ctx context.Context, scope domain.Scope, cases []*domain.Case) error {
	type key struct {
		committee domain.OrgID
		year      int
	}
	highest := map[key]int{}
	for _, c := range cases {
		k := key{c.Committee, *c.FileYear}
		highest[k] = max(highest[k], *c.FileSeq)
	}
	for k, n := range highest {
		err := s.conn(ctx).Exec(`insert into file_number (county, committee, year, last) values (?, ?, ?, ?)
			on conflict (county, committee, year) do update set last = greatest(file_number.last, excluded.last)`,
			scope.County, k.committee, k.year, n).Error
		if err != nil {
			return fmt.Errorf("raise a file number: %w", err)
		}
	}
	return nil
}
