package domain

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"baimi/domain/calendar"
)

// ExchangeFormat names the columns in which cases leave and come.
type ExchangeFormat string

// The formats.
const (
	FormatGB31000  ExchangeFormat = "gb31000"  // 综治矛盾纠纷排查化解 25 项
	FormatMinistry ExchangeFormat = "ministry" // 司法部案件统计口径
)

// ExportPurpose is what an export is for.
type ExportPurpose string

// The purposes. The last three may need clear values, the others never do.
const (
	PurposeStatistics  ExportPurpose = "statistics"   // 统计分析
	PurposeReport      ExportPurpose = "report"       // 上报主管部门
	PurposeInspection  ExportPurpose = "inspection"   // 监督检查
	PurposeExchange    ExportPurpose = "exchange"     // 与综治等系统交换
	PurposeHandover    ExportPurpose = "handover"     // 卷宗移交
	PurposeCourtDemand ExportPurpose = "court_demand" // 法院调取
)

// ClearPurposes are those for which personal values may go out unmasked.
var ClearPurposes = []ExportPurpose{PurposeExchange, PurposeHandover, PurposeCourtDemand}

// ExportState is where an export stands.
type ExportState string

// The states.
const (
	ExportWaiting ExportState = "waiting"
	ExportRunning ExportState = "running"
	ExportDone    ExportState = "done"
	ExportFailed  ExportState = "failed"
	ExportExpired ExportState = "expired" // the file is gone, the record stays
)

// ExportFile is the kind of file.
type ExportFile string

// The kinds of files.
const (
	ExportXLSX ExportFile = "xlsx"
	ExportJSON ExportFile = "json"
)

// ExportRun is one export: who took what out, what for, and what became of the file. Owner is the sign-in in its role.
type ExportRun struct {
	County      County    `gorm:"primaryKey"`
	ID          uuid.UUID `gorm:"primaryKey"`
	No          string    // stands on the file
	Owner       string
	Format      ExchangeFormat
	FileType    ExportFile
	Extended    bool
	Clear       bool
	Purpose     ExportPurpose
	CaseID      *uuid.UUID // of one case
	State       ExportState
	Account     AccountID
	Person      PersonID
	Assignment  AssignmentID
	Role        Role
	Org         OrgID
	Via         Via
	Request     string
	RequestedAt time.Time
	StartedAt   *time.Time
	BeatAt      *time.Time
	FinishedAt  *time.Time
	ExpiresAt   time.Time
	Rows        int
	Unmapped    int // items that could not be told in the receiver's codes, or are missing
	Withheld    int // confidential cases that this format cannot carry
	FileHash    []byte
	FileSize    int
	Downloads   int
	Detail      string
	HasFile     bool `gorm:"->"`
}

// TableName names the table.
func (ExportRun) TableName() string { return "export_run" }

// ExportWhat is what an export is of, and why in words; it may hold a party's name, so storage seals it.
type ExportWhat struct {
	Filter CaseFilter
	Reason string
}

// StateAt is the state as of a time: an export whose time is over has no file, whether the sweep has been there or not.
func (r ExportRun) StateAt(now time.Time) ExportState {
	if !now.Before(r.ExpiresAt) && (r.State == ExportDone || r.State == ExportExpired) {
		return ExportExpired
	}
	return r.State
}

// MayExport tells who takes cases out: a list, who answers for it; one case, whoever works on cases. Clear values are for those
// who answer for the list, and for purposes that need them.
func (a Actor) MayExport(one, clearValues bool, purpose ExportPurpose) error {
	answers := a.Role == RoleCommitteeDirector || a.Role == RoleJudicialOfficer || a.Role == RoleBureauOfficer
	works := answers || a.Role == RoleMediator || a.Role == RolePointKeeper
	switch {
	case !works:
		return Errorf(CodeForbidden, "您的身份（%s）不能导出案件", a.Role.Name())
	case !one && !answers:
		return Errorf(CodeForbidden, "案件列表由调委会主任、司法所或者司法局导出；您可以导出单个案件")
	case clearValues && !answers:
		return Errorf(CodeForbidden, "完整的个人信息由调委会主任、司法所或者司法局导出")
	case clearValues && !slices.Contains(ClearPurposes, purpose):
		return &Error{Code: CodeInvalid, Message: "有内容需要改正", Fields: []FieldError{
			{Pointer: "/clear", Code: "purpose", Message: "这一用途不需要完整的个人信息，请导出遮盖后的文件"},
		}}
	}
	return a.mayWrite()
}

// MaySeeExports tells who has exports of his own to look after.
func (a Actor) MaySeeExports() error {
	switch a.Role {
	case RolePointKeeper, RoleMediator, RoleCommitteeDirector, RoleJudicialOfficer, RoleBureauOfficer:
		return nil
	}
	return Errorf(CodeForbidden, "您的身份（%s）没有导出的文件", a.Role.Name())
}

// MaySetMappings tells who edits the tables of codes: the bureau, and the county's system administrator.
func (a Actor) MaySetMappings() error {
	if a.Role != RoleBureauOfficer && a.Role != RoleSystemAdmin {
		return Errorf(CodeForbidden, "对照表由司法局或者系统管理员维护")
	}
	return a.mayWrite()
}

// MayReveal tells whether somebody may see the case's personal values unmasked.
func (c *Case) MayReveal(a Actor) bool { return c.has(a, handlers...) }

// MappingDirection is the way a code goes.
type MappingDirection string

// The ways.
const (
	MappingOut MappingDirection = "out" // ours → theirs
	MappingIn  MappingDirection = "in"  // theirs → ours
)

// MappingEntry says which code becomes which; an empty To takes a default away.
type MappingEntry struct {
	List      string
	Direction MappingDirection
	From      string
	To        string
}

// MappingVersion is one state of the table of codes of a county, or of one organisation in it. Each change makes a new one, and
// the old ones stay.
type MappingVersion struct {
	County    County
	Format    ExchangeFormat
	Org       OrgID // 0 for the whole county
	Version   int   // 0 when nothing was ever set: the defaults
	ChangedBy *PersonID
	ChangedAs *AssignmentID
	ChangedAt *time.Time
	Entries   []MappingEntry `gorm:"-"`
}

// Binding is the agreement in force; nil when there is none.
func (c *Case) Binding() *Agreement { return c.inForce() }

// MediationDueOn is the day by which the mediation was to end, by the latest clock that ran for it; nil when none did.
func (c *Case) MediationDueOn() *calendar.Date {
	var due *calendar.Date
	for i := range c.Deadlines {
		if d := &c.Deadlines[i]; mediatingRules[d.Rule] && !d.DueOn.IsZero() {
			due = &d.DueOn
		}
	}
	return due
}
