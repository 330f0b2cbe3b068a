package domain

import (
	"slices"
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

	DemandNo DemandNo `json:"demandNo"`
	FileYear *int     `json:"fileYear"`
	FileSeq  *int     `json:"fileSeq"`
	FileNo   *string  `json:"fileNo"`
	Status   Status   `json:"status"`
	Origin   Origin   `json:"origin"`
	Instant  bool     `json:"instant"` // 即时化解

	AreaPath        string          `json:"areaPath"`
	Point           *OrgID          `json:"point"`
	Committee       OrgID           `json:"committee"`
	Orgs            IDs[OrgID]      `json:"orgs"`
	Mediators       IDs[PersonID]   `json:"mediators"`
	Presiding       *PersonID       `json:"presiding"` // 调解主持人
	Confidentiality Confidentiality `json:"confidentiality"`
	Readers         IDs[PersonID]   `json:"readers"`

	Source      Source           `json:"source"`
	Referrer    *Referrer        `json:"referrer"`
	Type        string           `json:"type"`
	Place       SecretPlace      `gorm:"column:place_ref" json:"place"`
	Facts       SecretFacts      `gorm:"column:facts_ref" json:"facts"`
	Wish        SecretWish       `gorm:"column:wish_ref" json:"wish"`
	Amount      *decimal.Decimal `json:"amount"` // yuan
	PeopleCount int              `json:"peopleCount"`
	Risks       Codes            `json:"risks"`

	RequestedOn    calendar.Date  `json:"requestedOn"`
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

	Parties     []Party      `gorm:"-" json:"-"`
	Agreements  []Agreement  `gorm:"-" json:"-"`
	Obligations []Obligation `gorm:"-" json:"-"`
	Deadlines   []Deadline   `gorm:"-" json:"-"`
	NewEvents   []Event      `gorm:"-" json:"-"` // recorded since it was read, for storage to append
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
)

// capacities is what an actor is to this case.
func (c *Case) capacities(a Actor) []Capacity {
	if a.County != c.County {
		return nil
	}
	var is []Capacity
	part := slices.Contains(c.Orgs, a.Org)
	switch a.Role {
	case RolePointKeeper:
		if part {
			is = append(is, AsIntake)
		}
	case RoleMediator, RoleCommitteeDirector:
		if part {
			is = append(is, AsIntake)
		}
		if slices.Contains(c.Mediators, a.Person) {
			is = append(is, AsCaseMediator)
		}
		if a.Role == RoleMediator && a.Committee == c.Committee {
			is = append(is, AsCommitteeMediator)
		}
		if a.Role == RoleCommitteeDirector && a.Org == c.Committee {
			is = append(is, AsDirector)
		}
	case RoleJudicialOfficer:
		if a.oversees(c.AreaPath) {
			is = append(is, AsJudicialOffice)
		}
	case RoleSecurityAdmin:
		is = append(is, AsSecurityAdmin)
	case RoleBureauOfficer:
		if a.oversees(c.AreaPath) {
			is = append(is, AsBureau)
		}
	}
	return is
}

func (c *Case) has(a Actor, any ...Capacity) bool {
	return slices.ContainsFunc(c.capacities(a), func(x Capacity) bool { return slices.Contains(any, x) })
}

// AvailableActions are the moves the actor may make now, as far as state and capacity decide it; a move's other
// conditions are checked when it is made.
func (c *Case) AvailableActions(a Actor) []Move {
	open := []Move{}
	for _, m := range Moves {
		if slices.Contains(m.From, c.Status) && c.has(a, m.By...) && !a.ReadOnly && !c.barsOwn(a, m) && !c.idle(m) {
			open = append(open, m)
		}
	}
	return open
}

// idle tells that a move has nothing to act on, so that no button leads to an empty form.
func (c *Case) idle(m Move) bool {
	pending := slices.ContainsFunc(c.Obligations, func(o Obligation) bool { return !o.Settled() })
	switch m.Action {
	case ActionRecordPerformance:
		return !pending
	case ActionClose:
		return pending
	case ActionAccept, ActionStart, ActionAgreeOrally, ActionAgreeInWriting:
		return c.refusal() != nil
	case ActionGrantReading:
		return c.Confidentiality != Restricted
	}
	return false
}

// barsOwn keeps a mediator from approving his own case; the approval passes to the next leader (ruling P15).
func (c *Case) barsOwn(a Actor, m Move) bool {
	return (m.Action == ActionClose || m.Action == ActionArchive) && slices.Contains(c.Mediators, a.Person)
}

// move makes one move: state and capacity by the table, then what the move itself asks for and does, then the event.
// It is the only place that assigns Status.
func (c *Case) move(a Act, action Action, on calendar.Date, change func() error) error {
	m := MoveOf(action)
	switch {
	case a.Actor.ReadOnly:
		return Errorf(CodeForbidden, "该令牌只能查看，不能办理")
	case !c.has(a.Actor, m.By...):
		return c.notYours(a.Actor, m)
	case !slices.Contains(m.From, c.Status):
		return Errorf(CodeNotOpen, "案件当前为“%s”，不能办理“%s”", c.Status.Name(), m.Label)
	case c.barsOwn(a.Actor, m):
		return Errorf(CodeForbidden, "您是该案件的调解员，“%s”须由其他负责人或者司法所办理", m.Label)
	}
	before, err := c.snapshot()
	if err != nil {
		return err
	}
	from := c.Status
	if err := change(); err != nil {
		return err
	}
	if m.To != "" {
		c.Status = m.To
	}
	return c.record(a, string(action), &from, on, before)
}

// notYours says why a move is not open to somebody: a mediator of another case must not think that his account is broken.
func (c *Case) notYours(a Actor, m Move) error {
	mediates := a.Role == RoleMediator || a.Role == RoleCommitteeDirector
	switch {
	case mediates && slices.Contains(m.By, AsCaseMediator) && len(c.Mediators) == 0:
		return Errorf(CodeForbidden, "案件当前为“%s”，尚未确定调解员，不能办理“%s”", c.Status.Name(), m.Label)
	case mediates && slices.Contains(m.By, AsCaseMediator):
		return Errorf(CodeForbidden, "您不是本案的调解员，不能办理“%s”", m.Label)
	}
	return Errorf(CodeForbidden, "您的身份（%s）不能对该案件办理“%s”", a.Role.Name(), m.Label)
}

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
