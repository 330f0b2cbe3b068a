package storage

import (
	"context"
	"fmt"

	"baimi/domain/calendar"
)

// Calendar reads the newest version of the working-day calendar.
func (s *Store) Calendar(ctx context.Context) (*calendar.Calendar, error) {
	db := s.conn(ctx)
	var version string
	if err := db.Raw("select version from calendar_version order by issued_on desc, version desc limit 1").Scan(&version).Error; err != nil {
		return nil, fmt.Errorf("read the calendar: %w", err)
	}
	days, err := scanAll[calendar.Entry](db.Table("calendar_day").Select("day, working, name, source, provisional"), "日历")
	if err != nil {
		return nil, err
	}
	return calendar.New(version, days)
}
