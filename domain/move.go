package domain

import "slices"

// Action names a thing that can be done to a case; the API has one operation for each.
type Action string

// The actions.
const (
	ActionRegister           Action = "register"
	ActionAccept             Action = "accept"
	ActionDecline            Action = "decline"
	ActionAssign             Action = "assign"
	ActionCorrect            Action = "correct"
	ActionRecordConsent      Action = "record_consent"
	ActionStart              Action = "start"
	ActionAgreeOrally        Action = "agree_orally"
	ActionAgreeInWriting     Action = "agree_in_writing"
	ActionFail               Action = "fail"
	ActionWithdraw           Action = "withdraw"
	ActionRecordPerformance  Action = "record_performance"
	ActionClose              Action = "close"
	ActionArchive            Action = "archive"
	ActionVoid               Action = "void"
	ActionSetConfidentiality Action = "set_confidentiality"
	ActionGrantReading       Action = "grant_reading"
)

// Capacity is what an actor is to a case; the table of moves speaks in capacities, not in roles, because the same
// mediator is somebody else to the case beside his own.
type Capacity string

// The capacities.
const (
	AsIntake            Capacity = "intake"             // a keeper, mediator or director whose organisation has a part in it
	AsCommitteeMediator Capacity = "committee_mediator" // a mediator of the committee the case belongs to
	AsCaseMediator      Capacity = "case_mediator"      // one of the case's own mediators
	AsDirector          Capacity = "director"           // director of the committee the case belongs to
	AsJudicialOffice    Capacity = "judicial_office"    // the judicial office of the case's area
	AsBureau            Capacity = "bureau"             // the county's justice bureau
	AsSecurityAdmin     Capacity = "security_admin"     // the county's security administrator, who sees no case
)

// Move is one row of the life cycle.
type Move struct {
	Action Action
	From   []Status // empty only for registration
	To     Status   // "" leaves the state as it is
	By     []Capacity
	Label  string // what the button says
	Needs  string // what it asks for, in words of the field
	Basis  string // the article it rests on
}

var (
	beforeEnd = []Status{StatusRegistered, StatusAccepted, StatusMediating}
	agreed    = []Status{StatusAgreedOral, StatusAgreedWritten}
	ended     = []Status{StatusAgreedOral, StatusAgreedWritten, StatusFailed, StatusWithdrawn, StatusNotAccepted}
	working   = []Status{StatusAccepted, StatusMediating}
	anyLive   = []Status{
		StatusRegistered, StatusNotAccepted, StatusAccepted, StatusMediating, StatusAgreedOral,
		StatusAgreedWritten, StatusFailed, StatusWithdrawn, StatusClosed, StatusArchived,
	}

	caseHands = []Capacity{AsCaseMediator}
	approvers = []Capacity{AsDirector, AsJudicialOffice}
)

// Moves is the life cycle: the drawing, the open actions, the authorisation and the pages' buttons are read from it.
var Moves = []Move{
	{ActionRegister, nil, StatusRegistered, []Capacity{AsIntake}, "登记", "申请人、被申请人、纠纷情况", "人民调解法17；司法部令75号23"},
	{ActionAccept, []Status{StatusRegistered}, StatusAccepted, []Capacity{AsDirector, AsCommitteeMediator}, "受理", "调解员；没有当事人明确拒绝", "人民调解法17、19；司法部令75号23、24"},
	{ActionDecline, []Status{StatusRegistered}, StatusNotAccepted, []Capacity{AsDirector, AsCommitteeMediator}, "不予受理", "理由；告知其他解决途径", "司法部令75号22、24"},
	{ActionAssign, working, "", []Capacity{AsDirector}, "变更调解员", "调解员", "人民调解法19；司法部令75号25"},
	{ActionCorrect, []Status{StatusRegistered, StatusAccepted, StatusMediating}, "", []Capacity{AsIntake, AsCommitteeMediator, AsDirector}, "更正登记", "更正理由", "人民调解法27"},
	{ActionRecordConsent, beforeEnd, "", []Capacity{AsIntake, AsCommitteeMediator, AsDirector}, "记录当事人意愿", "当事人、意愿、日期", "人民调解法17"},
	{ActionStart, []Status{StatusAccepted}, StatusMediating, caseHands, "开始调解", "已向每一方告知权利义务", "司法部令75号30；人民调解法23、24"},
	{ActionAgreeOrally, []Status{StatusMediating}, StatusAgreedOral, caseHands, "达成口头协议", "协议内容、调解员签名", "人民调解法28、30"},
	{ActionAgreeInWriting, []Status{StatusMediating}, StatusAgreedWritten, caseHands, "达成书面协议", "各方签名、调解员签名、调委会印章；履行事项", "人民调解法28、29；司法部令75号35"},
	{ActionFail, working, StatusFailed, caseHands, "调解不成", "终止原因；告知其他解决途径", "人民调解法26"},
	{ActionWithdraw, beforeEnd, StatusWithdrawn, []Capacity{AsCommitteeMediator, AsDirector}, "撤回申请", "申请人的说明", "人民调解法23"},
	{ActionRecordPerformance, agreed, "", append([]Capacity{AsDirector}, caseHands...), "登记履行情况", "履行事项、日期、金额", "人民调解法31"},
	{ActionClose, ended, StatusClosed, approvers, "结案", "履行事项已有结果；不是本人调解的案件", "人民调解法31"},
	{ActionArchive, []Status{StatusClosed}, StatusArchived, approvers, "归档", "卷宗材料齐全", "人民调解法27"},
	{ActionVoid, anyLive, StatusVoid, []Capacity{AsBureau}, "作废", "作废原因", "产品规定P1"},
	{ActionGrantReading, anyLive, "", []Capacity{AsSecurityAdmin}, "登记查阅申请", "查阅人、理由", "产品规定P14"},
	{ActionSetConfidentiality, anyLive, "", []Capacity{AsCaseMediator, AsCommitteeMediator, AsDirector, AsJudicialOffice}, "设置保密级别", "级别；降低须由主任或司法所办理", "人民调解法15；产品规定P14"},
}

// MoveOf finds the row of an action.
func MoveOf(a Action) Move {
	i := slices.IndexFunc(Moves, func(m Move) bool { return m.Action == a })
	return Moves[i]
}
