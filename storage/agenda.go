package storage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"baimi/domain"
)

// Agenda reads the sessions of a period in the cases the scope shows, earliest first; more says that there are more than it
// read. Which cases have one is asked past the second wall, and only ids come back; they are then read through both.
func (s *Store) Agenda(ctx context.Context, scope domain.Scope, f domain.AgendaFilter) (items []domain.AgendaItem, more bool, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		var cases []domain.Case
		err := db.Scopes(s.visible(scope)).Select("county, id, demand_no, file_no, type, committee").
			Where("cases.id in (select cases_in_session(?, ?, ?))", scope.County, f.Since(), f.Until()).Find(&cases).Error
		if err != nil || len(cases) == 0 {
			return err
		}
		of := make(map[uuid.UUID]*domain.Case, len(cases))
		ids := make([]uuid.UUID, len(cases))
		for i := range cases {
			ids[i], of[cases[i].ID] = cases[i].ID, &cases[i]
		}
		if err := t.show(ctx, ids...); err != nil {
			return err
		}
		q := db.Where("county = ? and case_id in ? and starts_at >= ? and starts_at < ?", scope.County, ids, f.Since(), f.Until())
		if f.Mediator != 0 {
			q = q.Where("? = any (mediators)", f.Mediator)
		}
		if f.Room != 0 {
			q = q.Where("room = ?", f.Room)
		}
		var rows []domain.MediationSession
		if err := q.Order("starts_at, case_id, no").Limit(domain.MostAgenda + 1).Find(&rows).Error; err != nil {
			return err
		}
		if more = len(rows) > domain.MostAgenda; more {
			rows = rows[:domain.MostAgenda]
		}
		items, err = s.agendaItems(ctx, t, scope.County, rows, of)
		return err
	})
	if err != nil {
		return nil, false, fmt.Errorf("read the calendar of sessions: %w", translate(err))
	}
	return items, more, nil
}

// agendaItems adds what lies around the sessions: their cases' numbers, who is asked to come, the place.
func (s *Store) agendaItems(ctx context.Context, t *transaction, county domain.County, rows []domain.MediationSession, of map[uuid.UUID]*domain.Case,
) ([]domain.AgendaItem, error) {
	if len(rows) == 0 {
		return []domain.AgendaItem{}, nil
	}
	ids := make([]uuid.UUID, len(rows))
	for i, r := range rows {
		ids[i] = r.CaseID
	}
	var parties []domain.Party
	var values []personalValue
	q := ask(t.db.WithContext(ctx))
	q.find(q.db.Select("case_id, no, role, name_ref").Where("county = ? and case_id in ?", county, ids).Order("case_id, no"), &parties)
	q.find(q.db.Where("county = ? and case_id in ? and kind in ('name', 'address')", county, ids), &values)
	if err := t.answer(ctx, q); err != nil {
		return nil, err
	}
	secrets := make([]domain.Personal, 0, len(parties)+len(rows))
	for i := range parties {
		secrets = append(secrets, &parties[i].Name)
	}
	for i := range rows {
		secrets = append(secrets, &rows[i].Place)
	}
	if err := s.unseal(values, byRef(secrets)); err != nil {
		return nil, err
	}
	items := make([]domain.AgendaItem, len(rows))
	for i, r := range rows {
		c := of[r.CaseID]
		items[i] = domain.AgendaItem{MediationSession: r, DemandNo: c.DemandNo, FileNo: c.FileNo, Type: c.Type, Committee: c.Committee}
		for _, p := range parties {
			if p.CaseID == r.CaseID && slices.Contains(r.Parties, int32(p.No)) { //nolint:gosec // a party's number, at most 50
				items[i].People = append(items[i].People, domain.PartySummary{Role: p.Role, Name: p.Name})
			}
		}
	}
	return items, nil
}

// engagement is a row of what is in the way of a plan.
type engagement struct {
	CaseID    uuid.UUID
	SessionNo int
	Room      domain.RoomID
	RoomName  string
	Person    domain.PersonID
	Name      string
	StartsAt  time.Time
	EndsAt    time.Time
}

// Engagements reads what rooms and people are booked for in a time. Of a case that the scope does not show it gives the time
// and no number.
func (s *Store) Engagements(ctx context.Context, scope domain.Scope, rooms []domain.RoomID, people []domain.PersonID, since, until time.Time,
) ([]domain.Engagement, error) {
	var list []domain.Engagement
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		var rows []engagement
		err := db.Raw(`select e.*, coalesce(r.name, '') as room_name, coalesce(p.name, '') as name
			from engagements(?, ?, ?, ?, ?) e left join room r on r.id = e.room left join person p on p.id = e.person order by e.starts_at`,
			scope.County, domain.IDs[domain.RoomID](rooms), domain.IDs[domain.PersonID](people), since, until).Scan(&rows).Error
		if err != nil || len(rows) == 0 {
			return err
		}
		ids := make([]uuid.UUID, len(rows))
		for i, r := range rows {
			ids[i] = r.CaseID
		}
		var mine []domain.Case
		if err := db.Scopes(s.visible(scope)).Select("county, id, demand_no").Where("cases.id in ?", ids).Find(&mine).Error; err != nil {
			return err
		}
		numbers := make(map[uuid.UUID]domain.DemandNo, len(mine))
		for _, c := range mine {
			numbers[c.ID] = c.DemandNo
		}
		for _, r := range rows {
			list = append(list, domain.Engagement{
				Room: r.Room, RoomName: r.RoomName, Person: r.Person, Name: r.Name, StartsAt: r.StartsAt, EndsAt: r.EndsAt,
				DemandNo: numbers[r.CaseID], Case: domain.CaseID{County: scope.County, UUID: r.CaseID}, Session: r.SessionNo,
			})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read what is booked: %w", translate(err))
	}
	return list, nil
}
