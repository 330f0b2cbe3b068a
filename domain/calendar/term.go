package calendar

import "fmt"

// Unit is what a legal period is counted in. Its text is what is stored and sent.
type Unit string

// The units. In Chinese law 日 is the calendar day; only where a text says 工作日 is it the working day.
const (
	Hour       Unit = "hour"
	Day        Unit = "day"
	WorkingDay Unit = "workingDay"
	Month      Unit = "month"
	Year       Unit = "year"
)

// Valid reports whether u is one of the units.
func (u Unit) Valid() bool { return u.Name() != "" }

// Name is the unit after a number in Chinese: 3个工作日.
func (u Unit) Name() string {
	switch u {
	case Hour:
		return "小时"
	case Day:
		return "日"
	case WorkingDay:
		return "个工作日"
	case Month:
		return "个月"
	case Year:
		return "年"
	}
	return ""
}

// maxLength keeps every due date within the four-digit years; no rule of law is near it.
const maxLength = 10_000

// Term is the length of a period. Rolls says whether its last day moves when it is a rest day (民法典 art. 203): true for
// the periods of law, false for dates that the parties agreed and for internal alarms (ruling P9). Length 0 is the day of
// the start itself, as for a duty due on an agreed date. A term of hours never rolls.
type Term struct {
	Length int  `json:"length"`
	Unit   Unit `json:"unit"`
	Rolls  bool `json:"rolls"`
}

// String is the length in Chinese: 30日, 3个工作日.
func (t Term) String() string { return fmt.Sprintf("%d%s", t.Length, t.Unit.Name()) }

func (t Term) check() error {
	switch {
	case !t.Unit.Valid():
		return &TermError{t, "单位不明"}
	case t.Length < 0 || t.Length > maxLength:
		return &TermError{t, fmt.Sprintf("长度应为0至%d", maxLength)}
	case t.Unit == Hour && t.Rolls:
		return &TermError{t, "按小时计算的期间不因休息日顺延"}
	}
	return nil
}

// TermError refuses a term that cannot be counted: a mistake in the data of the rules, not of a user.
type TermError struct {
	Term   Term
	Reason string
}

func (e *TermError) Error() string {
	return fmt.Sprintf("期间“%d %s”不能计算：%s", e.Term.Length, string(e.Term.Unit), e.Reason)
}
