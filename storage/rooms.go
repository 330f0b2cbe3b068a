package storage

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"baimi/domain"
	"baimi/domain/calendar"
)

func (s *Store) rooms(ctx context.Context, county domain.County) *gorm.DB {
	return s.conn(ctx).Table("room r").Select("r.*, o.name as org_name").Joins("join org o on o.id = r.org").Where("r.county = ?", county)
}

// Rooms lists the rooms of a county, by organisation and name.
func (s *Store) Rooms(ctx context.Context, county domain.County, f domain.RoomFilter) ([]domain.Room, error) {
	q := s.rooms(ctx, county)
	if f.Org != 0 {
		q = q.Where("r.org = ?", f.Org)
	}
	if f.Remote {
		q = q.Where("r.remote")
	}
	if !f.On.IsZero() {
		q = q.Where("r.opened_on <= ? and (r.closed_on is null or r.closed_on > ?)", f.On, f.On)
	}
	return scanAll[domain.Room](q.Order("r.org, r.name, r.id").Limit(500), "调解室")
}

// Room reads one.
func (s *Store) Room(ctx context.Context, county domain.County, id domain.RoomID) (domain.Room, error) {
	return takeOne[domain.Room](s.rooms(ctx, county).Where("r.id = ?", id), "调解室")
}

// AddRoom opens a room.
func (s *Store) AddRoom(ctx context.Context, r domain.Room) (domain.RoomID, error) {
	var id domain.RoomID
	err := s.conn(ctx).Raw("insert into room (county, org, name, remote, opened_on) values (?, ?, ?, ?, ?) returning id",
		r.County, r.Org, r.Name, r.Remote, r.OpenedOn).Scan(&id).Error
	if err != nil {
		return 0, fmt.Errorf("add a room: %w", translate(err))
	}
	return id, nil
}

// CloseRoom ends the use of a room from a day on. Sessions booked for it after that day are told, not moved.
func (s *Store) CloseRoom(ctx context.Context, county domain.County, id domain.RoomID, on calendar.Date) error {
	return affectedOne(s.conn(ctx).Exec("update room set closed_on = ? where county = ? and id = ? and closed_on is null", on, county, id), "room")
}
