package domain

import (
	"time"

	"github.com/google/uuid"

	"baimi/domain/calendar"
)

// CaseFilter narrows a list of cases; zero fields do not.
type CaseFilter struct {
	Statuses []Status
	Type     string
	Source   Source
	Area     string // path; this area as it is today, with all below
	Mediator PersonID
	Overdue  bool // a clock has run out
	Org      OrgID

	Confidentiality Confidentiality
	Tier            Tier // the rung on which it is or ended
	Registered      Period
	Requested       Period
	Concluded       Period
	Number          NumberQuery
	Party           *PartyQuery
	Words           Words // in place, facts and wish
}

// Cursor stands behind the last row of a page of cases, newest first.
type Cursor struct {
	At time.Time
	ID uuid.UUID
	No int // tells the alerts of one case apart
}

// Page asks for rows behind a cursor.
type Page struct {
	Size  int // at most 200
	After *Cursor
}

// CaseSummary is a row of a list: what people look for, names masked.
type CaseSummary struct {
	County       County
	ID           uuid.UUID
	DemandNo     DemandNo
	FileNo       *string
	Status       Status
	Type         string
	Source       Source
	Instant      bool
	AreaPath     string
	Committee    OrgID
	Presiding    *PersonID
	RequestedOn  calendar.Date
	RegisteredAt time.Time
	ConcludedOn  *calendar.Date
	NextDueOn    *calendar.Date // of the running clock that ends first
	NextDueAt    *time.Time
	Parties      []PartySummary `gorm:"-"`
}

// CaseID is the public name.
func (s CaseSummary) CaseID() CaseID { return CaseID{County: s.County, UUID: s.ID} }

// PartySummary is a party in a list.
type PartySummary struct {
	Role PartyRole
	Name SecretName
}
