package domain

import (
	"time"

	"baimi/domain/calendar"
)

// OrgKind is a kind of organisation of the mediation tree (domain.md 5.1).
type OrgKind string

// The kinds.
const (
	OrgBureau            OrgKind = "bureau"             // 司法局
	OrgJudicialOffice    OrgKind = "judicial_office"    // 司法所
	OrgCommittee         OrgKind = "committee"          // 人民调解委员会
	OrgGroup             OrgKind = "group"              // 调解小组
	OrgPoint             OrgKind = "point"              // 受理点
	OrgStationedWorkroom OrgKind = "stationed_workroom" // 派驻人民调解工作室
	OrgPersonalWorkroom  OrgKind = "personal_workroom"  // 个人调解工作室
	OrgCenter            OrgKind = "center"             // 综治中心
	OrgCourt             OrgKind = "court"
	OrgPolice            OrgKind = "police"
	OrgPetitionOffice    OrgKind = "petition_office"
	OrgOtherOrgan        OrgKind = "other_organ"
)

// Org is an organisation. Only a committee has a seal, a short name and file numbers; what a point takes in belongs
// to the committee above it.
type Org struct {
	ID            OrgID
	County        County
	Parent        *OrgID
	Kind          OrgKind
	CommitteeType *string // village, neighbourhood, township, subdistrict, enterprise, sector
	Name          string
	ShortName     *string
	FileWord      *string
	Area          int
	AreaPath      string
	AreaName      string
	Committee     *OrgID // itself or the nearest committee above
	ValidFrom     calendar.Date
	ValidTo       *calendar.Date
}

// OrgFilter narrows a list of organisations; zero fields do not.
type OrgFilter struct {
	Parent OrgID
	Kind   OrgKind
	Area   string // path
	Name   string // part of the name
	After  OrgID  // the last of the page before
	Size   int
}

// Point is an intake point (矛盾纠纷受理点).
type Point struct {
	Org
	Address   string
	Hours     string
	Longitude *float64 // CGCS2000
	Latitude  *float64
	AccuracyM *int
	Origin    *string
	Status    PointStatus
	Keepers   []Staff
}

// PointStatus is a stretch of a point's history.
type PointStatus struct {
	ValidFrom calendar.Date
	ValidTo   *calendar.Date
	Status    string // open, paused, closed
	Reason    string
}

// Staff is a person with a role in an organisation.
type Staff struct {
	Person     PersonID
	Name       string
	Role       Role
	Org        OrgID
	OrgName    string
	Engagement *string // member, engaged
	FullTime   *bool
}

// DisputeType is one of the ministry's 18.
type DisputeType struct {
	Code     string
	Name     string
	Grouping *string
}

// Assignment is a dated role of a person, with what makes an Actor of it.
type Assignment struct {
	ID        AssignmentID
	Person    PersonID
	Role      Role
	Org       OrgID
	OrgName   string
	OrgArea   string
	OrgFormer []string `gorm:"-"` // paths of the areas merged into it
	OrgGone   []string `gorm:"-"` // paths of the areas that went from it to others
	Committee *OrgID
	County    County
	ValidFrom calendar.Date
	ValidTo   *calendar.Date // the first day without it

	Engagement *string // member, engaged
	FullTime   *bool
}

// Account is a sign-in.
type Account struct {
	ID           AccountID
	Person       PersonID
	PersonName   string
	County       County
	Login        string
	PasswordHash string // "" until it is activated
	CreatedAt    time.Time
	ActivatedAt  *time.Time
	LastUsedAt   *time.Time
	DisabledAt   *time.Time
	DisabledWhy  *Disabling
}

// Session is an open sign-in. Only the hash of its secret is stored.
type Session struct {
	Hash       []byte
	Account    AccountID
	Assignment AssignmentID
	CreatedAt  time.Time
	SeenAt     time.Time
	ExpiresAt  time.Time
}

// Token is an API token. Only the hash of its secret is stored.
type Token struct {
	ID         string
	Account    AccountID
	Assignment AssignmentID
	Name       string
	Hash       []byte
	Scopes     Codes // read, write
	CreatedAt  time.Time
	ExpiresAt  time.Time
	RevokedAt  *time.Time
}

// Actor is who the holder of the assignment is, having come in some way.
func (x Assignment) Actor(account Account, via Via) Actor {
	a := Actor{
		Account: account.ID, Person: account.Person, PersonName: account.PersonName, Assignment: x.ID, Role: x.Role,
		Org: x.Org, OrgName: x.OrgName, OrgArea: x.OrgArea, Former: x.OrgFormer, Gone: x.OrgGone, County: x.County, Via: via,
	}
	if x.Committee != nil {
		a.Committee = *x.Committee
	}
	return a
}
