package domain

import (
	"time"

	"github.com/google/uuid"

	"baimi/domain/calendar"
)

// ImportKind is what a file brings in.
type ImportKind string

// The kinds, in the order in which a new county needs them.
const (
	ImportAreas         ImportKind = "areas"
	ImportOrganisations ImportKind = "organisations"
	ImportPoints        ImportKind = "points"
	ImportPeople        ImportKind = "people"
	ImportLedger        ImportKind = "ledger"   // past files
	ImportGB31000       ImportKind = "gb31000"  // past files of another system, in the columns of an exchange format
	ImportMinistry      ImportKind = "ministry" // likewise
)

// PastFiles tells whether the kind brings past files.
func (k ImportKind) PastFiles() bool {
	return k == ImportLedger || k == ImportGB31000 || k == ImportMinistry
}

// ImportState is where the run of an import stands.
type ImportState string

// The states.
const (
	ImportWaiting ImportState = "waiting"
	ImportRunning ImportState = "running"
	ImportDone    ImportState = "done"
	ImportFailed  ImportState = "failed" // of a fault of ours; rows with faults of their own are counted as bad
)

// ImportRun is one file on its way in: who brought it, when, and what became of its rows.
type ImportRun struct {
	County      County    `gorm:"primaryKey"`
	ID          uuid.UUID `gorm:"primaryKey"`
	Kind        ImportKind
	Committee   *OrgID // takes cases of another system whose own committee is not known here
	Dry         bool   // checked only, nothing is written
	State       ImportState
	FileName    string
	FileHash    []byte
	Format      string    // xlsx, csv
	RequestedBy *PersonID // nil for the command line
	RequestedAs *AssignmentID
	Role        Role
	Via         Via
	RequestedAt time.Time
	StartedAt   *time.Time
	BeatAt      *time.Time // the last sign of life
	FinishedAt  *time.Time
	Rows        int
	Done        int
	Added       int
	Changed     int
	Same        int
	Bad         int
	HasErrors   bool // a file with the bad rows can be fetched
	Detail      string
}

// By is who brought the file (whoever may is of the whole county, whose path is given), for what his role may do and for the log of accounts.
func (r ImportRun) By(county string) Actor {
	a := Actor{County: r.County, Role: r.Role, Via: r.Via, OrgArea: county}
	if r.RequestedBy != nil && r.RequestedAs != nil {
		a.Person, a.Assignment = *r.RequestedBy, *r.RequestedAs
	}
	return a
}

// TableName names the table.
func (ImportRun) TableName() string { return "import_run" }

// DirectoryRecords are a county's areas, organisations, points and people as files compare themselves with them: what
// holds now, and what is announced.
type DirectoryRecords struct {
	Areas       []AreaRecord
	Orgs        []OrgRecord
	Points      []PointRecord
	People      []PersonRecord
	Assignments []AssignmentRecord
	Logins      map[string]PersonID // of every county: sign-in names are unique everywhere
}

// AreaRecord is a living area with its latest code.
type AreaRecord struct {
	ID        int
	Path      string
	Level     AreaLevel
	Parent    *int
	ValidFrom calendar.Date
	Code      string
	Name      string
	CodeFrom  calendar.Date
	Children  int // how many areas were ever made right below it
}

// NewAreaCode is a code and name that an area bears from a day on.
type NewAreaCode struct {
	Area   int
	Code   string
	Name   string
	Source string
	From   calendar.Date
}

// OrgRecord is an organisation as a file writes it.
type OrgRecord struct {
	ID            OrgID
	Code          *string
	Parent        *OrgID
	Kind          OrgKind
	CommitteeType *string
	Name          string
	ShortName     *string
	FileWord      *string
	Area          int
	ValidFrom     calendar.Date
	ValidTo       *calendar.Date
}

// PointRecord is what an intake point has beside its organisation.
type PointRecord struct {
	Org       OrgID
	Address   string
	Hours     string
	Longitude *float64 // CGCS2000
	Latitude  *float64
	AccuracyM *int
	Origin    *string
}

// PersonRecord is somebody who works with Baimi.
type PersonRecord struct {
	ID      PersonID
	StaffNo *string
	Name    string
	Sex     int
	Login   *string
	Account *AccountID
}

// AssignmentRecord is a dated role.
type AssignmentRecord struct {
	ID         AssignmentID
	Person     PersonID
	Org        OrgID
	Role       Role
	Engagement *string
	FullTime   *bool
	ValidFrom  calendar.Date
	ValidTo    *calendar.Date
}
