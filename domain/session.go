package domain

import (
	"slices"
	"time"

	"baimi/domain/calendar"
)

// SessionStatus is what became of a session.
type SessionStatus string

// The statuses of a session (调解会).
const (
	SessionPlanned   SessionStatus = "planned"   // 已安排
	SessionHeld      SessionStatus = "held"      // 已召开
	SessionFailed    SessionStatus = "failed"    // 未能召开
	SessionCancelled SessionStatus = "cancelled" // 已取消
)

// Sessions is the life of one session. A round that nobody planned is recorded as held at once. What is planned and has
// not begun when the case leaves the mediators' hands is taken back.
var Sessions = Machine[SessionStatus]{
	First: SessionPlanned,
	Name: nameIn(map[SessionStatus]string{
		SessionPlanned: "已安排", SessionHeld: "已召开", SessionFailed: "未能召开", SessionCancelled: "已取消",
	}),
	Steps: []Step[SessionStatus]{
		{SessionPlanned, SessionHeld, []Action{ActionRecordSession}},
		{SessionPlanned, SessionFailed, []Action{ActionRecordSession}},
		{SessionPlanned, SessionCancelled, slices.Concat([]Action{ActionCancelSession}, endsPlans)},
	},
}

// endsPlans are the moves with which a case leaves its mediators' hands.
var endsPlans = []Action{
	ActionTransfer, ActionFail, ActionWithdraw, ActionVoid, ActionAgreeOrally, ActionAgreeInWriting, ActionSignAgreement, ActionSealAgreement,
}

// Name is the status in Chinese.
func (s SessionStatus) Name() string { return Sessions.Name(s) }

// SessionResult is how a round ended (F08).
type SessionResult string

// The results.
const (
	RoundAgreed    SessionResult = "agreed"
	RoundNotAgreed SessionResult = "not_agreed"
	RoundContinues SessionResult = "continue"
)

var sessionResults = []SessionResult{RoundAgreed, RoundNotAgreed, RoundContinues}

// sessionCaseEnded is why the service takes a planned session back by itself.
const sessionCaseEnded = "case_ended"

// MediationSession is one round of mediation (调解会): planned, and what was recorded of it (人民调解记录, F08). Its place is a
// room, an intake point or an address. Until it is recorded its times are those planned, then those it had.
type MediationSession struct {
	CaseRow
	Status          SessionStatus   `json:"status"`
	Planned         bool            `json:"planned"` // false: a round that was only recorded afterwards
	Joint           bool            `json:"joint"`   // the parties sit together (面对面); else each alone (背靠背)
	Room            *RoomID         `json:"room"`
	Point           *OrgID          `json:"point"`
	Place           SecretAddress   `gorm:"column:place_ref" json:"place"`
	StartsAt        time.Time       `json:"startsAt"`
	EndsAt          time.Time       `json:"endsAt"`
	Mediators       IDs[PersonID]   `json:"mediators"`
	Parties         IDs[int32]      `json:"parties"`         // who is asked to come
	Came            IDs[int32]      `json:"came"`            // which of the parties did
	Representatives IDs[int32]      `json:"representatives"` // of the parties
	Invited         SecretStatement `gorm:"column:invited_ref" json:"invited"`
	EndReason       *string         `json:"endReason"` // why it was cancelled or did not take place
	RightsTold      bool            `json:"rightsTold"`
	Statements      SecretStatement `gorm:"column:statements_ref" json:"statements"` // 陈述
	Verified        SecretStatement `gorm:"column:verified_ref" json:"verified"`     // 核实
	Persuasion      SecretStatement `gorm:"column:persuasion_ref" json:"persuasion"` // 说服要点
	Result          *SessionResult  `json:"result"`
	NextOn          *calendar.Date  `json:"nextOn"`
	RecordedBy      *PersonID       `json:"recordedBy"`
	RecordedAt      *time.Time      `json:"recordedAt"`
}

// TableName names the table.
func (MediationSession) TableName() string { return "mediation_session" }

// On is the day of a session.
func (s MediationSession) On() calendar.Date { return calendar.DateOf(s.StartsAt) }

// SessionPlace is where a session is: one of the three.
type SessionPlace struct {
	Room    RoomID
	Point   OrgID
	Address string
}

// SessionPlan is what a session is planned with.
type SessionPlan struct {
	No              int // of the session that is planned anew; 0 for a new one
	Joint           bool
	Place           SessionPlace
	StartsAt        time.Time
	EndsAt          time.Time
	Mediators       []PersonID // none: all of the case
	Parties         []int      // none: all of the case
	Representatives []int
	Invited         string
}

const (
	longestSession  = 12 * time.Hour
	sessionPlanDays = 180 // how far ahead one is planned
)

// PlanSession plans a round and books its room and its mediators.
func (c *Case) PlanSession(a Act, in SessionPlan) error {
	return c.move(a, ActionPlanSession, a.Today(), func() error {
		s := MediationSession{CaseRow: c.row(len(c.Sessions) + 1), Status: Sessions.First, Planned: true}
		if err := c.plan(a, &s, in); err != nil {
			return err
		}
		c.Sessions = append(c.Sessions, s)
		c.book(s)
		return nil
	})
}

// ChangeSession plans a session anew: another time, place or other people. The event says why.
func (c *Case) ChangeSession(a Act, in SessionPlan) error {
	return c.move(a, ActionChangeSession, a.Today(), func() error {
		s, err := c.plannedSession(in.No)
		if err != nil {
			return err
		}
		if a.Reason == "" {
			return &Error{Code: CodeInvalid, Message: "有内容需要改正", Fields: []FieldError{{Pointer: "/reason", Code: "required", Message: "请选择变更的原因"}}}
		}
		if err := c.plan(a, s, in); err != nil {
			return err
		}
		c.release(a, s.No)
		c.book(*s)
		return nil
	})
}

// CancelSession takes a planned session back and frees its room and mediators.
func (c *Case) CancelSession(a Act, no int) error {
	return c.move(a, ActionCancelSession, a.Today(), func() error {
		s, err := c.plannedSession(no)
		if err != nil {
			return err
		}
		var p problems
		p.require(a.Reason != "", "/reason", "请选择取消的原因")
		if err := p.err(); err != nil {
			return err
		}
		return c.cancel(a, s, a.Reason)
	})
}

func (c *Case) cancel(a Act, s *MediationSession, reason string) error {
	to, err := Sessions.take(s.Status, SessionCancelled)
	if err != nil {
		return err
	}
	s.Status, s.EndReason = to, &reason
	c.release(a, s.No)
	return nil
}

// dropSessions takes back what lies ahead when the case leaves the mediators' hands. A session that has begun stays to be
// recorded.
func (c *Case) dropSessions(a Act) error {
	for i := range c.Sessions {
		if s := &c.Sessions[i]; s.Status == SessionPlanned && s.StartsAt.After(a.At) {
			if err := c.cancel(a, s, sessionCaseEnded); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *Case) plannedSession(no int) (*MediationSession, error) {
	s := find(c.Sessions, no)
	if s == nil {
		return nil, NotFound("调解会")
	}
	if s.Status != SessionPlanned {
		return nil, Errorf(CodeGuard, "该次调解会%s", s.Status.Name())
	}
	return s, nil
}

// plan checks a plan and writes it into a session.
func (c *Case) plan(a Act, s *MediationSession, in SessionPlan) error {
	var p problems
	checkPlanned(&p, a, in)
	c.takePart(&p, s, in.Mediators, in.Parties, in.Representatives, calendar.DateOf(in.StartsAt))
	checkPlace(&p, in.Place)
	if in.Joint && len(s.Parties) < 2 && len(in.Parties) > 0 {
		p.add("/parties", "joint", "面对面调解须通知双方当事人；单独谈话请选择背靠背")
	}
	if err := p.err(); err != nil {
		return err
	}
	if err := c.safeTogether(in.Joint, true, s.Parties); err != nil {
		return err
	}
	s.Joint, s.StartsAt, s.EndsAt = in.Joint, moment(in.StartsAt), moment(in.EndsAt)
	var err error
	s.setPlace(a, in.Place, &err)
	replace(&s.Invited, a, &in.Invited, &err)
	if err != nil {
		return err
	}
	return c.free(a, *s)
}

// checkPlanned holds a plan to times that lie ahead, on one day.
func checkPlanned(p *problems, a Act, in SessionPlan) {
	switch {
	case in.StartsAt.IsZero():
		p.add("/startsAt", "required", "请填写开始时间")
	case !in.StartsAt.After(a.At):
		p.add("/startsAt", "past", "开始时间须晚于现在；已经开过的调解会，请直接登记调解记录")
	case calendar.DateOf(in.StartsAt).After(a.Today().AddDays(sessionPlanDays)):
		p.add("/startsAt", "too_late", "调解会最多提前%d天安排", sessionPlanDays)
	}
	checkSpan(p, in.StartsAt, in.EndsAt)
}

func checkSpan(p *problems, from, until time.Time) {
	switch {
	case until.IsZero():
		p.add("/endsAt", "required", "请填写结束时间")
	case from.IsZero():
	case !until.After(from):
		p.add("/endsAt", "too_early", "结束时间须晚于开始时间")
	case until.Sub(from) > longestSession:
		p.add("/endsAt", "too_long", "一次调解会不能超过%d小时，请分次安排", int(longestSession.Hours()))
	}
}

func checkPlace(p *problems, at SessionPlace) {
	n := 0
	for _, given := range []bool{at.Room != 0, at.Point != 0, !blank(at.Address)} {
		if given {
			n++
		}
	}
	p.require(n == 1, "/address", "请选择调解室、受理点或者填写地址，三者选一")
}

// takePart says who mediates and who is asked to come; nobody named means all of the case.
func (c *Case) takePart(p *problems, s *MediationSession, mediators []PersonID, parties, representatives []int, on calendar.Date) {
	if len(mediators) == 0 {
		mediators = c.Mediators
	}
	for _, m := range mediators {
		if !slices.Contains(c.Mediators, m) {
			p.add("/mediators", "mediator", "主持调解会的须是本案调解员")
			break
		}
	}
	if len(parties) == 0 {
		for _, x := range c.Parties {
			parties = append(parties, x.No)
		}
	}
	for _, no := range parties {
		p.require(c.partyNo(no) != nil, "/parties", "本案没有编号为%d的当事人", no)
	}
	for _, no := range representatives {
		r := find(c.Representatives, no)
		p.require(r != nil && r.on(on), "/representatives", "编号为%d的代理人在该日没有代理本案当事人", no)
	}
	s.Mediators = sortedIDs(mediators)
	s.Parties, s.Came, s.Representatives = rowNumbers(parties), IDs[int32]{}, rowNumbers(representatives)
}

func (s *MediationSession) setPlace(a Act, at SessionPlace, err *error) {
	s.Room, s.Point = nil, nil
	if at.Room != 0 {
		s.Room = &at.Room
	}
	if at.Point != 0 {
		s.Point = &at.Point
	}
	replace(&s.Place, a, &at.Address, err)
}

// rowNumbers are numbers of rows as an array keeps them: sorted, once each.
func rowNumbers(list []int) IDs[int32] {
	out := make([]int32, len(list))
	for i, no := range list {
		out[i] = int32(no) //nolint:gosec // numbers of rows of one case
	}
	return sortedIDs(out)
}

func sortedIDs[T ~int32 | ~int64](list []T) IDs[T] {
	out := append(IDs[T]{}, list...)
	slices.Sort(out)
	return slices.Compact(out)
}

// sessionsInUTC writes moments in one zone, whatever zone they were read in.
func sessionsInUTC(list []MediationSession) []MediationSession {
	out := slices.Clone(list)
	for i := range out {
		out[i].StartsAt, out[i].EndsAt, out[i].RecordedAt = out[i].StartsAt.UTC(), out[i].EndsAt.UTC(), utc(out[i].RecordedAt)
	}
	return out
}
