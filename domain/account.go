package domain

import (
	"crypto/sha256"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"baimi/domain/calendar"
)

// IdleDays is after how many days without use an account is disabled (等保 身份鉴别: remove what is not used any more).
const IdleDays = 90

// Disabling is why an account lets nobody in.
type Disabling string

// The reasons.
const (
	DisabledIdle    Disabling = "idle"  // 90天未使用
	DisabledLeft    Disabling = "left"  // 离任，没有其他岗位
	DisabledByOrder Disabling = "order" // 由管理员停用
)

// AccountState is where an account stands.
type AccountState string

// The states.
const (
	AccountWaiting AccountState = "waiting" // 待开通: its slip's code was not used yet
	AccountActive  AccountState = "active"
	AccountIdle    AccountState = "idle"
	AccountLeft    AccountState = "left"
	AccountStopped AccountState = "stopped"
)

// State tells where the account stands.
func (c Account) State() AccountState {
	switch {
	case c.DisabledWhy != nil && *c.DisabledWhy == DisabledIdle:
		return AccountIdle
	case c.DisabledWhy != nil && *c.DisabledWhy == DisabledLeft:
		return AccountLeft
	case c.DisabledWhy != nil:
		return AccountStopped
	case c.PasswordHash == "":
		return AccountWaiting
	}
	return AccountActive
}

// Shut is the refusal of a sign-in whose password was right, with the way back; nil for an open account.
func (c Account) Shut() error {
	switch c.State() {
	case AccountIdle:
		return Errorf(CodeForbidden, "账号超过%d天未使用，已停用。请携带身份证件到本调委会主任、司法所或者系统管理员处当面领取一次性验证码，重新设置密码后即可使用", IdleDays)
	case AccountLeft:
		return Errorf(CodeForbidden, "您已办理离任，账号已停用。如有新的岗位，请联系司法局")
	case AccountStopped:
		return Errorf(CodeForbidden, "账号已由管理员停用，请联系司法局或者系统管理员")
	}
	return nil
}

// AccountCode is a one-time code as it is printed on a slip or told face to face: twelve letters, 59 random bits. Only its
// hash is stored, bound to the account; it opens nothing but the setting of a password.
type AccountCode string

const accountCodeLength = 12

// NewAccountCode draws one.
func NewAccountCode(rnd io.Reader) (AccountCode, error) {
	full, err := newCode(1, accountCodeLength, rnd)
	if err != nil {
		return "", err
	}
	return AccountCode(full[codeCounty : codeCounty+accountCodeLength]), nil
}

// ParseAccountCode reads a code as somebody types it from paper.
func ParseAccountCode(s string) (AccountCode, bool) {
	code := foldTyped(s)
	return AccountCode(code), len(code) == accountCodeLength
}

// Print shows the code in groups of four.
func (c AccountCode) Print() string { return group(string(c), 4, 4, 4) }

// Hash is what is stored for an account. A plain hash does for 59 random bits that live for days.
func (c AccountCode) Hash(account AccountID) []byte {
	h := sha256.Sum256([]byte("account code\x00" + strconv.FormatInt(int64(account), 10) + "\x00" + string(c)))
	return h[:]
}

// StoredCode is a row of account_code.
type StoredCode struct {
	ID        uuid.UUID
	Account   AccountID
	Hash      []byte
	IssuedBy  PersonID
	IssuedAt  time.Time
	ExpiresAt time.Time
}

// AccountEventKind is a thing that can be done to an account.
type AccountEventKind string

// The kinds.
const (
	AccountCreated      AccountEventKind = "created"
	AccountSlipIssued   AccountEventKind = "slip_issued"
	AccountCodeIssued   AccountEventKind = "code_issued"
	AccountActivated    AccountEventKind = "activated"
	AccountPasswordSet  AccountEventKind = "password_set"
	AccountDisabled     AccountEventKind = "disabled"
	AccountEnabled      AccountEventKind = "enabled"
	AccountRoleGiven    AccountEventKind = "role_given"
	AccountRoleEnded    AccountEventKind = "role_ended"
	AccountSignInsEnded AccountEventKind = "sign_ins_ended"
)

// AccountEvents lists the kinds with their Chinese names.
var AccountEvents = []struct {
	Kind AccountEventKind
	Name string
}{
	{AccountCreated, "新建账号"},
	{AccountSlipIssued, "打印开通单"},
	{AccountCodeIssued, "当面发放验证码"},
	{AccountActivated, "开通账号"},
	{AccountPasswordSet, "设置密码"},
	{AccountDisabled, "停用账号"},
	{AccountEnabled, "启用账号"},
	{AccountRoleGiven, "授予岗位"},
	{AccountRoleEnded, "结束岗位"},
	{AccountSignInsEnded, "结束登录和令牌"},
}

// Name is the kind's Chinese name.
func (k AccountEventKind) Name() string {
	for _, x := range AccountEvents {
		if x.Kind == k {
			return x.Name
		}
	}
	return string(k)
}

// AccountEvent is a line of the log of accounts.
type AccountEvent struct {
	County     County
	At         time.Time
	ID         uuid.UUID
	Account    AccountID
	Kind       AccountEventKind
	Person     *PersonID // who did it; nil for the machine, and for the holder who has no session yet
	Assignment *AssignmentID
	Role       Role
	Via        Via
	Request    string
	About      *AssignmentID // the role given or ended
	OnDay      *calendar.Date
	Reason     string
}

// TableName names the table.
func (AccountEvent) TableName() string { return "account_event" }

// AccountEvent is a line about what the actor does to an account.
func (a Actor) AccountEvent(account AccountID, kind AccountEventKind, at time.Time) AccountEvent {
	e := AccountEvent{County: a.County, At: at, Account: account, Kind: kind, Role: a.Role, Via: a.Via, Request: a.Request}
	if a.Via != ViaSystem {
		e.Person, e.Assignment = &a.Person, &a.Assignment
	}
	return e
}

// rolePlaces says in which organisations a role is held; the administrators' are the bureau's.
var rolePlaces = map[Role][]OrgKind{
	RolePointKeeper:       {OrgPoint, OrgGroup, OrgStationedWorkroom, OrgPersonalWorkroom},
	RoleMediator:          {OrgCommittee, OrgGroup, OrgPoint, OrgStationedWorkroom, OrgPersonalWorkroom},
	RoleCommitteeDirector: {OrgCommittee},
	RoleJudicialOfficer:   {OrgJudicialOffice},
	RoleBureauOfficer:     {OrgBureau},
	RoleCenterViewer:      {OrgCenter},
	RoleConnector:         {OrgCourt, OrgPolice, OrgPetitionOffice, OrgOtherOrgan},
}

// Suits tells whether the role means something in an organisation of this kind: a judicial officer in a village
// committee would oversee a village.
func (r Role) Suits(kind OrgKind) bool {
	kinds, some := rolePlaces[r]
	return !some || slices.Contains(kinds, kind)
}

// Administers tells the three administrators' roles, which are apart from one another and from all others.
func (r Role) Administers() bool {
	return r == RoleSystemAdmin || r == RoleSecurityAdmin || r == RoleAuditAdmin
}

// Apart refuses a role beside those held, by 三员分立: whoever administers holds no second of the three roles and none
// that works with cases. PostgreSQL says the same.
func (r Role) Apart(held []Assignment) error {
	for _, x := range held {
		if (r.Administers() || x.Role.Administers()) && x.Role != r {
			return Errorf(CodeGuard, "三员分立：%s不能同时担任%s", x.Role.Name(), r.Name())
		}
	}
	return nil
}

// MayCreateAccounts is for making people and their sign-ins, for their slips, for stopping and opening them: the system
// administrator and the bureau (domain.md 5.2).
func (a Actor) MayCreateAccounts() error {
	if a.Role != RoleSystemAdmin && a.Role != RoleBureauOfficer {
		return Errorf(CodeForbidden, "账号由系统管理员或者司法局管理")
	}
	return a.mayWrite()
}

// MayGiveRole is for rights: the bureau gives the roles that work with cases or referrals, the security administrator any,
// nobody one to himself.
func (a Actor) MayGiveRole(r Role, to PersonID) error {
	switch {
	case to == a.Person:
		return Errorf(CodeForbidden, "不能给自己授予岗位")
	case a.Role == RoleSecurityAdmin:
	case a.Role == RoleBureauOfficer && !r.Administers() && r != RoleBureauOfficer:
	case a.Role == RoleBureauOfficer:
		return Errorf(CodeForbidden, "%s须由安全管理员授权", r.Name())
	default:
		return Errorf(CodeForbidden, "岗位由安全管理员或者司法局授予")
	}
	return a.mayWrite()
}

// answersFor tells whether somebody in the actor's role knows the holder of an assignment face to face, or is set over
// his sign-in.
func (a Actor) answersFor(x Assignment) bool {
	if x.County != a.County || x.Role.Administers() {
		return false
	}
	switch a.Role {
	case RoleSystemAdmin:
		return true
	case RoleBureauOfficer:
		return x.Role != RoleBureauOfficer
	case RoleJudicialOfficer:
		below := x.Role == RolePointKeeper || x.Role == RoleMediator || x.Role == RoleCommitteeDirector
		return below && Within(x.OrgArea, a.OrgArea)
	case RoleCommitteeDirector:
		below := x.Role == RolePointKeeper || x.Role == RoleMediator
		return below && x.Committee != nil && *x.Committee == a.Org
	}
	return false
}

// MayHelp is for a forgotten password, face to face: whoever helps answers for every role that the sign-in opens, or a
// director could take over a mediator's other role at the bureau. The administrators' own are reset at the machine.
func (a Actor) MayHelp(holder PersonID, held []Assignment) error {
	if holder == a.Person {
		return Errorf(CodeForbidden, "不能给自己的账号发放验证码")
	}
	if len(held) == 0 && a.MayCreateAccounts() != nil {
		return Errorf(CodeForbidden, "该人员目前没有岗位，请联系系统管理员或者司法局")
	}
	for _, x := range held {
		if !a.answersFor(x) {
			return Errorf(CodeForbidden, "该人员还担任%s（%s），您无权重设其密码", x.Role.Name(), x.OrgName)
		}
	}
	return a.mayWrite()
}

// MayEndRole is for departure and leave: whoever answers for the role, and the security administrator for those of the
// bureau and the administrators. The system administrator looks after sign-ins, not after posts.
func (a Actor) MayEndRole(x Assignment) error {
	above := x.Role == RoleBureauOfficer || x.Role.Administers()
	switch {
	case x.County != a.County:
		return NotFound("岗位")
	case x.Person == a.Person && above:
		return Errorf(CodeForbidden, "不能自行结束该岗位，请由另一名安全管理员办理")
	case a.Role == RoleSecurityAdmin && above:
	case a.Role != RoleSystemAdmin && a.answersFor(x):
	default:
		return Errorf(CodeForbidden, "您的身份（%s）不能办理%s（%s）的离岗", a.Role.Name(), x.Role.Name(), x.OrgName)
	}
	return a.mayWrite()
}

// Oversees is whose accounts the actor may list: a county's, an area's, a committee's.
func (a Actor) ListsAccounts() (area string, committee OrgID, err error) {
	switch a.Role {
	case RoleSystemAdmin, RoleSecurityAdmin, RoleBureauOfficer:
		return "", 0, nil
	case RoleJudicialOfficer:
		return a.OrgArea, 0, nil
	case RoleCommitteeDirector:
		return "", a.Org, nil
	}
	return "", 0, Errorf(CodeForbidden, "您的身份（%s）不能查看账号", a.Role.Name())
}

func (a Actor) mayWrite() error {
	if a.ReadOnly {
		return Errorf(CodeForbidden, "该令牌只能查看，不能办理")
	}
	return nil
}

// AccountFilter narrows a list of accounts; zero fields do not.
type AccountFilter struct {
	County    County
	Area      string // holds a role there or below
	Committee OrgID  // holds a role at it or at its points and groups
	Org       OrgID  // holds a role in it or below it
	Name      string // part of the name or of the sign-in name
	After     AccountID
	Size      int
}

// StaffAccount is an account with the roles its holder has on a day or later.
type StaffAccount struct {
	Account
	Assignments []Assignment
}

// NewRole is a role to be given.
type NewRole struct {
	Person     PersonID
	Org        OrgID
	Role       Role
	Engagement *string
	FullTime   *bool
	From       calendar.Date
	To         *calendar.Date
}

// Check refuses what the role's table would.
func (n NewRole) Check(org Org) error {
	var p problems
	p.require(n.Role.Suits(org.Kind), "/role", "%s不能设在该单位", n.Role.Name())
	p.require(!n.From.IsZero(), "/from", "请填写起始日期")
	if n.To != nil && !n.To.After(n.From) {
		p.add("/to", "too_early", "截止日期须晚于起始日期")
	}
	if n.Engagement != nil && n.Role != RoleMediator && n.Role != RoleCommitteeDirector && n.Role != RolePointKeeper {
		p.add("/engagement", "engagement", "只有调解员有委员、聘任之分")
	}
	return p.err()
}
