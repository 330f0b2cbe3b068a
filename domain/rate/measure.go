package rate

import "slices"

// Measure is the definition of a rate. A changed definition gets a new version, so that a figure once reported keeps its
// meaning.
type Measure struct {
	ID          string
	Version     int
	Name        string // Chinese, as shown
	EnglishName string
	Formula     string // in Chinese words
	Attribution string // which day a case counts on, in Chinese
	Excludes    []Ground
}

// Ground is why a case that came to an end is not in the denominator.
type Ground struct {
	Code string
	Name string // Chinese
	Why  string // Chinese
}

// The grounds of exclusion, in the order they are shown.
var (
	NotAccepted     = Ground{"not_accepted", "不予受理", "没有开始调解"}
	WithdrawnBefore = Ground{"withdrawn_before", "受理前撤回", "没有开始调解"}
	Void            = Ground{"void", "作废", "登记有误，卷号保留，不计入统计"}
	Imported        = Ground{"imported", "历史导入", "系统启用前的台账，口径不同"}
	Transferred     = Ground{"transferred", "转办", "由接收单位调解并统计"}
	Withdrawn       = Ground{"withdrawn", "受理后撤回", "当事人撤回，没有调解结果"}
)

const concludedOn = "按达成协议、终止调解或撤回的当日计入"

// MeasureR1 defines the headline: 成功 ÷ (成功 + 失败 + 撤回 after acceptance), concluded in the window.
func MeasureR1() Measure {
	return Measure{
		ID: "R1", Version: 1, Name: "调解成功率（办结口径）", EnglishName: "Success rate of concluded cases",
		Formula:     "调解成功件数 ÷（调解成功件数＋调解失败件数＋受理后撤回件数）",
		Attribution: concludedOn,
		Excludes:    []Ground{NotAccepted, WithdrawnBefore, Void, Imported, Transferred},
	}
}

// MeasureR1x defines R1 without withdrawals. It hides them and so is shown beside R1, never alone.
func MeasureR1x() Measure {
	m := MeasureR1()
	m.ID, m.Name, m.EnglishName = "R1x", "调解成功率（不含撤回）", "Success rate of concluded cases, withdrawals left out"
	m.Formula = "调解成功件数 ÷（调解成功件数＋调解失败件数）"
	m.Attribution = "按达成协议或终止调解的当日计入"
	m.Excludes = append(slices.Clone(m.Excludes), Withdrawn)
	return m
}
