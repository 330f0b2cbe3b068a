package storage

import (
	"context"
	"fmt"

	"baimi/domain/calendar"
)

// Calendar is the newest version of the working-day calendar. Its days are read again only when there is another version: every
// move asks for them, and a version never changes.
func (s *Store) Calendar(ctx context.Context) (*calendar.Calendar, error) {
	db := s.conn(ctx)
	var newest struct {
		Version string
		Days    int
	}
	err := db.Raw(`select version, (select count(*) from calendar_day) as days from calendar_version
		order by issued_on desc, version desc limit 1`).Scan(&newest).Error
	if err != nil {
		return nil, fmt.Errorf("read the calendar: %w", err)
	}
	if c := s.calendar.Load(); c != nil && c.days == newest.Days && c.Version() == newest.Version {
		return c.Calendar, nil
	}
	days, err := scanAll[calendar.Entry](db.Table("calendar_day").Select("day, working, name, source, provisional"), "日历")
	if err != nil {
		return nil, err
	}
	c, err := calendar.New(newest.Version, days)
	if err != nil {
		return nil, err
	}
	s.calendar.Store(&keptCalendar{c, len(days)})
	return c, nil
}

// keptCalendar is a calendar with the number of its entries.
type keptCalendar struct {
	*calendar.Calendar
	days int
}
