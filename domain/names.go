package domain

// Names are what a page shows instead of numbers: of staff, organisations, areas and types; never of parties.
type Names struct {
	People map[PersonID]string
	Orgs   map[OrgID]string
	Areas  map[string]string // by path
	Types  map[string]string
	Rooms  map[RoomID]Room // of sessions
}
