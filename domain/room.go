package domain

import "baimi/domain/calendar"

// RoomID numbers the rooms of the county.
type RoomID int32

// Room is a place that sessions book: a mediation room, or a room with a screen for who cannot come (亲情视频室).
type Room struct {
	ID       RoomID         `gorm:"primaryKey"`
	County   County         `gorm:"column:county"`
	Org      OrgID          `gorm:"column:org"` // whose it is
	Name     string         `gorm:"column:name"`
	Remote   bool           `gorm:"column:remote"`
	OpenedOn calendar.Date  `gorm:"column:opened_on"`
	ClosedOn *calendar.Date `gorm:"column:closed_on"` // the first day without it

	OrgName string `gorm:"->;column:org_name"`
}

// TableName names the table.
func (Room) TableName() string { return "room" }

// OpenOn tells whether the room can be booked for a day.
func (r Room) OpenOn(on calendar.Date) bool {
	return !on.Before(r.OpenedOn) && (r.ClosedOn == nil || on.Before(*r.ClosedOn))
}

// RoomFilter narrows the list of rooms; zero fields do not.
type RoomFilter struct {
	Org    OrgID
	Remote bool
	On     calendar.Date // open on that day
}
