package domain

import "baimi/domain/calendar"

// AreaLevel is a rung of the five-level chain below the township (社区、小组、网格、院落、楼栋) and the two above it.
type AreaLevel int

// The levels.
const (
	LevelCounty AreaLevel = iota
	LevelTown
	LevelVillage
	LevelGroup
	LevelGrid
	LevelCourtyard
	LevelBuilding
)

// Area is an administrative area with the official code and name that hold on a day.
type Area struct {
	ID        int
	County    County
	Path      string // own digits, 6 for the county and 3 a level; never changes
	Level     AreaLevel
	Parent    *int
	Code      string
	Name      string
	ValidFrom calendar.Date
	ValidTo   *calendar.Date // the day after the last
}

// CountyInfo is a county served here.
type CountyInfo struct {
	ID       County
	AreaPath string
	Name     string
}

// NewArea is an area to be added, with the code and name it bears from a day on.
type NewArea struct {
	County County
	Parent *int   // nil for the county itself
	Path   string // of the county; below it the next free digits are taken
	Level  AreaLevel
	Name   string
	Code   string
	Source string
	From   calendar.Date
}
