package domain

import (
	"slices"
	"time"

	"baimi/domain/calendar"
)

// EscalationLevel is how near a dispute is to violence (四色预警). The colours are a product default after what other places
// use; no county has settled its own yet.
type EscalationLevel string

// The levels, from the gravest.
const (
	LevelRed    EscalationLevel = "red"
	LevelOrange EscalationLevel = "orange"
	LevelYellow EscalationLevel = "yellow"
	LevelBlue   EscalationLevel = "blue"
)

// EscalationLevels lists the levels with their Chinese names.
var EscalationLevels = []struct {
	Level EscalationLevel
	Name  string
}{
	{LevelRed, "红色（特别重大）"},
	{LevelOrange, "橙色（重大）"},
	{LevelYellow, "黄色（较大）"},
	{LevelBlue, "蓝色（一般）"},
}

// High tells whether the alarm of D16 runs until it was reported.
func (l EscalationLevel) High() bool { return l == LevelRed || l == LevelOrange }

// EscalationKind is what a dispute may turn into.
type EscalationKind string

// The kinds; suicide, crime, crowd petition and crowd fight are the columns of the ministry's table.
const (
	EscalationSuicide  EscalationKind = "suicide"
	EscalationCrime    EscalationKind = "crime"
	EscalationViolence EscalationKind = "violence" // domestic violence, maltreatment
	EscalationPetition EscalationKind = "crowd_petition"
	EscalationFight    EscalationKind = "crowd_fight"
	EscalationOther    EscalationKind = "other"
)

// EscalationKinds lists the kinds with their Chinese names.
var EscalationKinds = []struct {
	Kind EscalationKind
	Name string
}{
	{EscalationSuicide, "可能自杀、自伤"},
	{EscalationCrime, "可能转化为治安、刑事案件"},
	{EscalationViolence, "家庭暴力、虐待"},
	{EscalationPetition, "可能群体性上访"},
	{EscalationFight, "可能群体性械斗"},
	{EscalationOther, "其他激化情形"},
}

// Victim is whom a danger is to, where the law asks more for him.
type Victim string

// The victims.
const (
	VictimOther     Victim = "other"
	VictimMinor     Victim = "minor"     // 未成年人
	VictimIncapable Victim = "incapable" // 无、限制民事行为能力人
)

// EscalationResult is how an escalation ended.
type EscalationResult string

// The results.
const (
	ResultStable      EscalationResult = "stable"       // 稳控
	ResultCriminal    EscalationResult = "criminal"     // 转刑事案件
	ResultPublicOrder EscalationResult = "public_order" // 转治安案件
	ResultLifted      EscalationResult = "lifted"       // 解除
)

// EscalationState is how far an escalation has come. It follows from what is recorded of it; a result is a state too.
type EscalationState string

// The states.
const (
	EscalationFound    EscalationState = "found"    // 发现
	EscalationMeasured EscalationState = "measured" // 已采取措施
	EscalationReported EscalationState = "reported" // 已报告

	EscalationStable      = EscalationState(ResultStable)
	EscalationCriminal    = EscalationState(ResultCriminal)
	EscalationPublicOrder = EscalationState(ResultPublicOrder)
	EscalationLifted      = EscalationState(ResultLifted)
)

// Escalations is the life of an escalation. The law asks for the report at once, so it waits for no measures, and measures
// taken after it change nothing; what the law does not ask to report may end without.
var Escalations = Machine[EscalationState]{
	First: EscalationFound,
	Name: nameIn(map[EscalationState]string{
		EscalationFound: "发现", EscalationMeasured: "已采取措施", EscalationReported: "已报告", EscalationStable: "稳控",
		EscalationCriminal: "转刑事案件", EscalationPublicOrder: "转治安案件", EscalationLifted: "解除",
	}),
	Steps: slices.Concat([]Step[EscalationState]{
		{EscalationFound, EscalationMeasured, []Action{ActionRecordMeasures}},
		{EscalationFound, EscalationReported, []Action{ActionReportEscalation}},
		{EscalationMeasured, EscalationReported, []Action{ActionReportEscalation}},
	}, endsOfEscalation(EscalationFound), endsOfEscalation(EscalationMeasured), endsOfEscalation(EscalationReported)),
}

func endsOfEscalation(from EscalationState) []Step[EscalationState] {
	by := []Action{ActionEndEscalation}
	return []Step[EscalationState]{
		{from, EscalationStable, by}, {from, EscalationCriminal, by}, {from, EscalationPublicOrder, by}, {from, EscalationLifted, by},
	}
}

// Escalation is a danger found in a dispute, what was done about it and how it ended (预警, 人民调解法 25). It goes beside the
// life cycle and is never held up by it.
type Escalation struct {
	CaseRow
	FoundAt         time.Time         `json:"foundAt"`
	FoundBy         PersonID          `json:"foundBy"`
	Level           EscalationLevel   `json:"level"`
	Kind            EscalationKind    `json:"kind"`
	Victim          Victim            `json:"victim"`
	Mandatory       bool              `json:"mandatory"` // the law itself asks for a report
	PeopleCount     int               `json:"peopleCount"`
	Signs           SecretStatement   `gorm:"column:signs_ref" json:"signs"`
	Measures        Codes             `json:"measures"`
	MeasuresNote    SecretStatement   `gorm:"column:measures_note_ref" json:"measuresNote"`
	MeasuredAt      *time.Time        `json:"measuredAt"` // when measures were last taken
	Result          *EscalationResult `json:"result"`
	EndedAt         *time.Time        `json:"endedAt"`
	Prevented       *EscalationKind   `json:"prevented"`       // a column of the ministry's table: 防止…(件)
	PreventedPeople *int              `json:"preventedPeople"` // (人)
}

// TableName names the table.
func (Escalation) TableName() string { return "escalation" }

// EscalationReport is the report of an escalation to one organ (F30).
type EscalationReport struct {
	CaseRow
	EscalationNo int       `json:"escalationNo"`
	Organ        string    `json:"organ"`
	How          string    `json:"how"`
	ReportedAt   time.Time `json:"reportedAt"`
	ReportedBy   PersonID  `json:"reportedBy"`
	Receipt      *string   `json:"receipt"` // the number the organ gave, 警情编号
}

// TableName names the table.
func (EscalationReport) TableName() string { return "escalation_report" }

// EscalationMeasures, ReportOrgans and ReportWays are the code words of what is done.
var (
	EscalationMeasures = []struct{ Code, Name string }{
		{"calm", "当场劝解、稳定情绪"},
		{"separate", "隔离双方"},
		{"remove_weapons", "收缴、移走危险物品"},
		{"watch", "安排专人看护、跟踪"},
		{"notify_family", "通知家属、监护人"},
		{"shelter", "临时安置、庇护"},
		{"protection_order", "告知申请人身安全保护令"},
		{"on_site", "到场处置"},
		{"other", "其他措施"},
	}
	ReportOrgans = []struct{ Code, Name string }{
		{organPolice, "公安机关"},
		{"center", "综治中心"},
		{"judicial_office", "司法所"},
		{"government", "乡镇政府、街道办事处"},
		{organCivilAffairs, "民政部门"},
		{organEducation, "教育部门"},
		{"other", "其他单位"},
	}
	ReportWays = []struct{ Code, Name string }{
		{"phone", "电话"},
		{"on_the_spot", "当面"},
		{"letter", "书面报告单"},
		{"system", "业务系统"},
	}
)

// StateOf is how far an escalation of the case has come.
func (c *Case) StateOf(x Escalation) EscalationState {
	switch {
	case x.Result != nil:
		return EscalationState(*x.Result)
	case c.Reported(x):
		return EscalationReported
	case x.MeasuredAt != nil:
		return EscalationMeasured
	}
	return EscalationFound
}

// stepped holds a change of an escalation to its machine.
func (c *Case) stepped(was EscalationState, x Escalation) error {
	is := c.StateOf(x)
	if is == was {
		return nil
	}
	_, err := Escalations.take(was, is)
	return err
}

const (
	organPolice       = "police"
	organCivilAffairs = "civil_affairs"
	organEducation    = "education"
)

var ruleEscalation = calendar.Key{Code: "D16"}

// obliged tells whether the law itself asks for a report, and to which organs; nil is to any. A possible criminal or
// public-order case goes to the police or another organ (人民调解法 25), violence against persons of no or limited capacity
// to the police (反家庭暴力法 14), harm to a minor or the suspicion of it to the police, civil affairs, education
// (未成年人保护法 11).
func obliged(kind EscalationKind, victim Victim) (must bool, to []string) {
	crime := kind == EscalationCrime || kind == EscalationFight
	switch {
	case victim == VictimMinor:
		return true, []string{organPolice, organCivilAffairs, organEducation}
	case victim == VictimIncapable && (crime || kind == EscalationViolence):
		return true, []string{organPolice}
	}
	return crime, nil
}
