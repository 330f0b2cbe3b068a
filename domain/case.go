package domain

import (
	"time"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"baimi/domain/calendar"
)

// Case is a dispute (纠纷案件) from its registration on, with all that belongs to it. It is changed only through its
// methods, each of which checks the table of moves and leaves an Event. The json names are those of the event log.
type Case struct {
	County    County    `gorm:"primaryKey" json:"-"`
	ID        uuid.UUID `gorm:"primaryKey" json:"-"`
	Version   int       `json:"-"` // one more with each event; the ETag
	EventSeq  int       `json:"-"`
	EventHash []byte    `json:"-"`

	DemandNo   DemandNo `json:"demandNo"`
	FileYear   *int     `json:"fileYear"`
	FileSeq    *int     `json:"fileSeq"`
	FileNo     *string  `json:"fileNo"`
	Status     Status   `json:"status"`
	Origin     Origin   `json:"origin"`
	LateReason *string  `json:"lateReason"` // why it was entered later, of a late entry
	Instant    bool     `json:"instant"`    // 即时化解
	Leg        int      `json:"leg"`        // 1; one more with each transfer, which keeps the demand number
	Round      int      `json:"round"`      // 1; one more each time the case is mediated anew

	AreaPath        string          `json:"areaPath"`
	Point           *OrgID          `json:"point"`
	Committee       OrgID           `json:"committee"`
	Orgs            IDs[OrgID]      `json:"orgs"`
	Mediators       IDs[PersonID]   `json:"mediators"`
	Presiding       *PersonID       `json:"presiding"` // 调解主持人
	Confidentiality Confidentiality `json:"confidentiality"`
	Readers         IDs[PersonID]   `json:"readers"`

	Source        Source           `json:"source"`
	Referrer      *Referrer        `json:"referrer"`
	CourtReferral CourtReferral    `gorm:"embedded" json:"courtReferral"`
	Previous      *uuid.UUID       `json:"previous"` // the ended case that this one takes up again
	SentFrom      *uuid.UUID       `json:"sentFrom"` // the case whose transfer brought it here
	Type          string           `json:"type"`
	Place         SecretPlace      `gorm:"column:place_ref" json:"place"`
	Facts         SecretFacts      `gorm:"column:facts_ref" json:"facts"`
	Wish          SecretWish       `gorm:"column:wish_ref" json:"wish"`
	Amount        *decimal.Decimal `json:"amount"` // yuan
	PeopleCount   int              `json:"peopleCount"`
	Risks         Codes            `json:"risks"`

	FoundOn        *calendar.Date `json:"foundOn"`     // of what began as a clue
	RequestedOn    calendar.Date  `json:"requestedOn"` // of a clue, the day it was found
	RequestedHow   RequestedHow   `json:"requestedHow"`
	RegisteredAt   time.Time      `json:"registeredAt"`
	RegisteredBy   PersonID       `json:"registeredBy"`
	AcceptedOn     *calendar.Date `json:"acceptedOn"`
	StartedOn      *calendar.Date `json:"startedOn"`
	Outcome        *Outcome       `json:"outcome"`
	ConcludedOn    *calendar.Date `json:"concludedOn"`
	EndReason      *string        `json:"endReason"`
	Remedies       Codes          `json:"remedies"`
	RemediesToldOn *calendar.Date `json:"remediesToldOn"`
	ClosedOn       *calendar.Date `json:"closedOn"`
	ClosedBy       *PersonID      `json:"closedBy"`
	ArchivedOn     *calendar.Date `json:"archivedOn"`
	VoidedOn       *calendar.Date `json:"voidedOn"`
	VoidReason     *string        `json:"voidReason"`
	Dismissal      *string        `json:"dismissal"` // what became of a clue
	DismissedOn    *calendar.Date `json:"dismissedOn"`
	Tier           *Tier          `json:"tier"` // where it was settled, for a clue that settled itself (ruling P12)

	Parties         []Party            `gorm:"-" json:"-"`
	Agreements      []Agreement        `gorm:"-" json:"-"`
	Obligations     []Obligation       `gorm:"-" json:"-"`
	Deadlines       []Deadline         `gorm:"-" json:"-"`
	Supplements     []Supplement       `gorm:"-" json:"-"`
	Transfers       []Transfer         `gorm:"-" json:"-"`
	Approvals       []Approval         `gorm:"-" json:"-"`
	Pauses          []Pause            `gorm:"-" json:"-"`
	Extensions      []Extension        `gorm:"-" json:"-"`
	Urgings         []Urging           `gorm:"-" json:"-"`
	Confirmations   []Confirmation     `gorm:"-" json:"-"`
	FollowUps       []FollowUp         `gorm:"-" json:"-"`
	Representatives []Representative   `gorm:"-" json:"-"`
	Escalations     []Escalation       `gorm:"-" json:"-"`
	Reports         []EscalationReport `gorm:"-" json:"-"`
	Erasures        []Erasure          `gorm:"-" json:"-"`
	Attachments     []Attachment       `gorm:"-" json:"-"`
	Appointments    []Appointment      `gorm:"-" json:"-"`
	Recusals        []Recusal          `gorm:"-" json:"-"`
	Invitees        []Invitee          `gorm:"-" json:"-"`
	Contacts        []ContactAttempt   `gorm:"-" json:"-"`
	Notices         []GivenNotice      `gorm:"-" json:"-"`
	DataConsents    []DataConsent      `gorm:"-" json:"-"`
	Archived        []ArchivedDocument `gorm:"-" json:"-"`
	Sessions        []MediationSession `gorm:"-" json:"-"`
	Bookings        []Booking          `gorm:"-" json:"-"`
	Screenings      []Screening        `gorm:"-" json:"-"`
	WaivedNotes     []WaivedNote       `gorm:"-" json:"-"`
	NewEvents       []Event            `gorm:"-" json:"-"` // recorded since it was read, for storage to append
}

// TableName names the table: "case" is a reserved word of SQL.
func (Case) TableName() string { return "cases" }

// CaseID is the public name.
func (c *Case) CaseID() CaseID { return CaseID{County: c.County, UUID: c.ID} }

// Origin says how a case came into the system.
type Origin string

// The origins.
const (
	OriginLive      Origin = "live"
	OriginLateEntry Origin = "late_entry" // 补录
	OriginImported  Origin = "imported"   // 历史台账
)

// Source is the ministry's 案件来源.
type Source string

// The sources.
const (
	SourceApplied    Source = "applied"    // 依申请调解
	SourceInitiative Source = "initiative" // 主动调解
	SourceReferred   Source = "referred"   // 接受委托移送调解
)

// Referrer is the organ a referred case comes from.
type Referrer string

// The referrers, the five columns of the ministry's table.
const (
	ReferrerCourt         Referrer = "court"
	ReferrerProcuratorate Referrer = "procuratorate"
	ReferrerPolice        Referrer = "police"
	ReferrerPetition      Referrer = "petition_office"
	ReferrerOther         Referrer = "other"
)

// RequestedHow says how the day of the request is known (ruling P3).
type RequestedHow string

// The ways a request is known.
const (
	RequestedVisit    RequestedHow = "visit"
	RequestedPhone    RequestedHow = "phone"
	RequestedPaper    RequestedHow = "paper"
	RequestedReferral RequestedHow = "referral_letter"
	RequestedFinding  RequestedHow = "finding"
	RequestedOnline   RequestedHow = "online"
)

// Outcome is how mediation ended.
type Outcome string

// The outcomes.
const (
	OutcomeAgreed      Outcome = "agreed"
	OutcomeFailed      Outcome = "failed"
	OutcomeWithdrawn   Outcome = "withdrawn"
	OutcomeNotAccepted Outcome = "not_accepted"
	OutcomeTransferred Outcome = "transferred"
)

// checkDay refuses a legal date that is missing, lies in the future or before an earlier step of the same case.
func checkDay(p *problems, pointer, name string, on, today calendar.Date, notBefore *calendar.Date, earlier string) {
	switch {
	case on.IsZero():
		p.add(pointer, "required", "请填写%s", name)
	case on.After(today):
		p.add(pointer, "future", "%s不能晚于今天", name)
	case notBefore != nil && on.Before(*notBefore):
		p.add(pointer, "too_early", "%s不能早于%s（%s）", name, earlier, notBefore)
	}
}
