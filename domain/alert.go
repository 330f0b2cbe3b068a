package domain

import (
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"baimi/domain/calendar"
)

// Audience is whom an alert is for, as what they are to the case. Each audience has an alert of its own: a mediator's
// acknowledgement must not silence the director.
type Audience string

// The audiences, from the case upwards.
const (
	ForMediator       Audience = "mediator"        // the case's mediators; the committee's while none is named
	ForDirector       Audience = "director"        // 调委会主任
	ForJudicialOffice Audience = "judicial_office" // 司法所
	ForBureau         Audience = "bureau"          // 司法局
	ForDashboard      Audience = "dashboard"       // the city's board counts; nobody is told
)

var upwards = []Audience{ForMediator, ForDirector, ForJudicialOffice, ForBureau}

// Up is the next audience above, to which goes what this one leaves lying; "" above the bureau.
func (a Audience) Up() Audience {
	for i, x := range upwards[:len(upwards)-1] {
		if x == a {
			return upwards[i+1]
		}
	}
	return ""
}

// Name is the audience in Chinese.
func (a Audience) Name() string {
	return map[Audience]string{ForMediator: "调解员", ForDirector: "调委会主任", ForJudicialOffice: "司法所", ForBureau: "司法局", ForDashboard: "看板"}[a]
}

// AlertLevel is how urgent an alert is; a higher one is listed first.
type AlertLevel int

// The levels.
const (
	NoticeLevel  AlertLevel = 1 // 提示: something comes up
	WarningLevel AlertLevel = 2 // 警示: something was not done
	RedLevel     AlertLevel = 3 // 红色: people may come to harm
)

// AlertLevels are their code words, from the least urgent.
var AlertLevels = []string{"notice", "warning", "red"}

// String is the code word.
func (l AlertLevel) String() string {
	if l < NoticeLevel || l > RedLevel {
		return fmt.Sprintf("level %d", int(l))
	}
	return AlertLevels[l-1]
}

// AlertKind says what an alert tells of.
type AlertKind string

// The kinds.
const (
	KindClock       AlertKind = "clock"        // 期限
	KindHighRisk    AlertKind = "high_risk"    // 激化风险
	KindManyPeople  AlertKind = "many_people"  // 涉及人数较多
	KindLargeAmount AlertKind = "large_amount" // 涉及金额较大
	KindSameParties AlertKind = "same_parties" // 相同当事人再次发生纠纷
	KindClueCluster AlertKind = "clue_cluster" // 同一地点多条线索
)

// AlertState is what became of an alert.
type AlertState string

// The states. A snoozed alert is open again when its time is over, without anybody writing that.
const (
	AlertOpen         AlertState = "open"
	AlertAcknowledged AlertState = "acknowledged"
	AlertSnoozed      AlertState = "snoozed"
	AlertHandedOver   AlertState = "handed_over"
	AlertResolved     AlertState = "resolved"
)

// Resolution is why an alert has nothing more to tell.
type Resolution string

// The resolutions.
const (
	ResolvedStopped    Resolution = "stopped"    // what the clock awaited was done
	ResolvedMoved      Resolution = "moved"      // the clock ends on another day now, or a pause holds it
	ResolvedSuperseded Resolution = "superseded" // the same audience was told of a later stage
	ResolvedOver       Resolution = "over"       // what it told of is no more
)

// Told is one line of what has to be told: to whom, of what, from when on.
type Told struct {
	Kind     AlertKind
	Stage    Stage
	About    int           // the number of the clock or of the row it is about; 0 for the case
	Rule     string        // of a clock
	DueOn    calendar.Date // the clock's last day, or the day it happened: a moved clock is told of anew
	At       time.Time     // from when on it has to be told
	Audience Audience
	Level    AlertLevel
}

// Alert tells one audience of one thing, once: County, CaseID, Kind, Stage, About, Audience and DueOn are its natural key,
// and ID follows from them. It carries what its case shows itself to others by, for the second wall and for the lists.
type Alert struct {
	County     County    `gorm:"primaryKey"`
	ID         uuid.UUID `gorm:"primaryKey"`
	CaseID     uuid.UUID
	Kind       AlertKind
	Stage      Stage
	About      int
	DeadlineNo *int // About of a clock
	Rule       string
	Audience   Audience
	DueOn      calendar.Date
	Level      AlertLevel

	AreaPath        string
	Committee       OrgID
	Orgs            IDs[OrgID]
	Mediators       IDs[PersonID]
	Confidentiality Confidentiality
	Readers         IDs[PersonID]

	StageAt        time.Time // from when on it had to be told
	RaisedAt       time.Time // when it was
	State          AlertState
	EscalatedFrom  *Audience  // nobody there acknowledged it
	EscalateAt     *time.Time // when it goes to the next audience up; nil when it does not
	EscalatedAt    *time.Time // when it went
	AcknowledgedAt *time.Time
	AcknowledgedBy *PersonID
	SnoozedUntil   *time.Time
	SnoozedBy      *PersonID
	SnoozeReason   *string
	HandedTo       *PersonID
	HandedBy       *PersonID
	HandedAt       *time.Time
	ResolvedAt     *time.Time
	Resolution     *Resolution
}

// TableName names the table.
func (Alert) TableName() string { return "alert" }

// AlertSummary is a row of a list: an alert with what its reader may see of the case. Of a private case whose red alert
// reaches the office or the bureau that is nothing (ruling P13).
type AlertSummary struct {
	Alert    `gorm:"embedded"`
	DemandNo *DemandNo
	FileNo   *string
	Status   *Status
	Type     *string
}

// Case is the case an alert is of.
func (x Alert) Case() CaseID { return CaseID{County: x.County, UUID: x.CaseID} }

// AlertID is the public name of an alert.
type AlertID struct {
	County County
	UUID   uuid.UUID
}

// String writes the public form, that of a case.
func (id AlertID) String() string { return CaseID(id).String() }

// ParseAlertID splits a public id.
func ParseAlertID(s string) (AlertID, error) {
	id, err := ParseCaseID(s)
	if err != nil {
		return AlertID{}, NotFound("提醒")
	}
	return AlertID(id), nil
}

// alertNames is the namespace of the ids that follow from natural keys.
var alertNames = uuid.MustParse("6f0d5ad2-5f3b-5c8e-9a55-0c9b6a1f4b10")

// KeyID derives the id from the natural key, so that an alert raised twice is one.
func (x Alert) KeyID() uuid.UUID {
	text := strings.Join([]string{
		fmt.Sprint(x.County), x.CaseID.String(), string(x.Kind), string(x.Stage), fmt.Sprint(x.About), string(x.Audience), x.DueOn.String(),
	}, "/")
	return uuid.NewSHA1(alertNames, []byte(text))
}

// Alert makes the alert of something that has to be told of the case.
func (c *Case) Alert(t Told, now time.Time, days *calendar.Calendar) Alert {
	x := Alert{
		County: c.County, CaseID: c.ID, Kind: t.Kind, Stage: t.Stage, About: t.About, Rule: t.Rule, Audience: t.Audience, DueOn: t.DueOn,
		Level: t.Level, AreaPath: c.AreaPath, Committee: c.Committee, Orgs: c.Orgs, Mediators: c.Mediators,
		Confidentiality: c.Confidentiality, Readers: c.Readers, StageAt: t.At, RaisedAt: now, State: AlertOpen,
	}
	if t.Kind == KindClock {
		no := t.About
		x.DeadlineNo = &no
	}
	if now.Before(t.At) { // by a clock that was set back
		x.RaisedAt = t.At
	}
	x.EscalateAt = escalates(x.Level, x.Audience, x.RaisedAt, days)
	x.ID = x.KeyID()
	return x
}

// Escalated is the alert as it goes to the next audience up, which gets one of its own; ok is false above the bureau.
func (x Alert) Escalated(now time.Time, days *calendar.Calendar) (up Alert, ok bool) {
	from := x.Audience
	if from.Up() == "" {
		return Alert{}, false
	}
	up = x
	up.Audience, up.EscalatedFrom, up.RaisedAt, up.State = from.Up(), &from, now, AlertOpen
	up.EscalatedAt, up.AcknowledgedAt, up.AcknowledgedBy = nil, nil, nil
	up.SnoozedUntil, up.SnoozedBy, up.SnoozeReason = nil, nil, nil
	up.HandedTo, up.HandedBy, up.HandedAt = nil, nil, nil
	up.EscalateAt = escalates(up.Level, up.Audience, now, days)
	up.ID = up.KeyID()
	return up, true
}

// How long an alert may lie before it goes up: product defaults, as all of the matrix is.
const (
	warningLies = 2 // working days
	redLies     = 2 * time.Hour
)

// escalates is when an alert that nobody acknowledges goes to the next audience up; notices do not.
func escalates(l AlertLevel, to Audience, raised time.Time, days *calendar.Calendar) *time.Time {
	var at time.Time
	switch {
	case to.Up() == "" || l == NoticeLevel:
		return nil
	case l == RedLevel:
		at = raised.Add(redLies)
	default:
		at = workingDaysAfter(days, calendar.DateOf(raised), warningLies).EndOfDay()
	}
	return &at
}
