package calendar

import "slices"

// Policy is what a rule says about pauses and extensions. The zero Policy lets neither count, as the 30 days of 司法确认.
type Policy struct {
	Pauses  []PauseRule `json:"pauses"`
	Extends ExtendRule  `json:"extends"`
}

// PauseRule says that a reason stops the clock, and why. Sure is the sureness that it does.
type PauseRule struct {
	Reason Reason   `json:"reason"`
	Basis  string   `json:"basis"`
	Sure   Sureness `json:"sure"`
}

// ExtendRule says who must sign an extension; nobody means that there is none. AtMost caps it: then one extension counts,
// by a term of that unit and not longer.
type ExtendRule struct {
	SignedBy []Side   `json:"signedBy"`
	AtMost   Term     `json:"atMost"`
	Basis    string   `json:"basis"`
	Sure     Sureness `json:"sure"`
}

func (p Policy) pause(r Reason) (PauseRule, bool) {
	i := slices.IndexFunc(p.Pauses, func(rule PauseRule) bool { return rule.Reason == r })
	if i < 0 {
		return PauseRule{}, false
	}
	return p.Pauses[i], true
}

// Reason is why a mediation was suspended.
type Reason string

// The reasons of domain.md 2.2.
const (
	Appraisal      Reason = "appraisal"
	FalseMediation Reason = "false_mediation"
	Succession     Reason = "succession"
	ForceMajeure   Reason = "force_majeure"
	RelatedCase    Reason = "related_case"
)

// Reasons are all of them.
var Reasons = []Reason{Appraisal, FalseMediation, Succession, ForceMajeure, RelatedCase}

// Name is the reason in Chinese.
func (r Reason) Name() string {
	switch r {
	case Appraisal:
		return "鉴定、评估"
	case FalseMediation:
		return "核查疑似虚假调解"
	case Succession:
		return "当事人死亡或失能，等待继承人"
	case ForceMajeure:
		return "不可抗力"
	case RelatedCase:
		return "等待关联案件"
	}
	return string(r)
}

// Side is who agrees to an extension. A side of several persons has signed when all of them have: that is for the caller
// to know, who has the signatures.
type Side string

// The sides.
const (
	Applicants  Side = "applicants"
	Respondents Side = "respondents"
	Committee   Side = "committee"
	Authority   Side = "authority" // whose leave the law asks for: the president of the court, the head of the organ
)

// Name is the side in Chinese.
func (s Side) Name() string {
	switch s {
	case Applicants:
		return "申请人"
	case Respondents:
		return "被申请人"
	case Committee:
		return "人民调解委员会"
	case Authority:
		return "有权批准的负责人"
	}
	return string(s)
}
