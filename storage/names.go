package storage

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"baimi/domain"
	"baimi/domain/calendar"
)

// named is a number of ours, or a code, with its name.
type named[T any] struct {
	ID   T
	Name string
}

// Names reads the names of people, organisations, all types and, when a path is given, of its area on a day, in one round trip.
func (s *Store) Names(ctx context.Context, people []domain.PersonID, orgs []domain.OrgID, area string, on calendar.Date) (domain.Names, error) {
	var persons []named[domain.PersonID]
	var organisations []named[domain.OrgID]
	var types, areas []named[string]
	q := ask(s.conn(ctx))
	q.find(q.db.Table("dispute_type").Select("code as id, name"), &types)
	if len(people) > 0 {
		q.find(namesOf(q.db, "person", domain.IDs[domain.PersonID](people)), &persons)
	}
	if len(orgs) > 0 {
		q.find(namesOf(q.db, "org", domain.IDs[domain.OrgID](orgs)), &organisations)
	}
	if area != "" {
		q.find(areaByPath(q.db, area, on).Select("a.path as id, c.name").Limit(1), &areas)
	}
	if err := s.answer(ctx, q); err != nil {
		return domain.Names{}, fmt.Errorf("read names: %w", translate(err))
	}
	return domain.Names{People: byID(persons), Orgs: byID(organisations), Areas: byID(areas), Types: byID(types)}, nil
}

// namesOf takes the numbers as one array, so that the statement is the same for any count of them.
func namesOf(db *gorm.DB, table string, ids any) *gorm.DB {
	return db.Table(table).Select("id, name").Where("id = any (?)", ids)
}

func byID[T comparable](rows []named[T]) map[T]string {
	m := make(map[T]string, len(rows))
	for _, r := range rows {
		m[r.ID] = r.Name
	}
	return m
}
