package app

import "baimi/domain"

// sessionWords are the code words of sessions and of asking parties alone (domain.md 2.2, 3.2 F06 and F08).
var sessionWords = []Dictionary{
	{Name: "sessionStatus", Label: "调解会状态", Entries: []Entry{
		{Code: string(domain.SessionPlanned), Label: domain.SessionPlanned.Name()},
		{Code: string(domain.SessionHeld), Label: domain.SessionHeld.Name()},
		{Code: string(domain.SessionFailed), Label: domain.SessionFailed.Name()},
		{Code: string(domain.SessionCancelled), Label: domain.SessionCancelled.Name()},
	}},
	{Name: "sessionResult", Label: "本次调解结果", Entries: []Entry{
		{Code: string(domain.RoundAgreed), Label: "达成协议"},
		{Code: string(domain.RoundNotAgreed), Label: "未达成协议"},
		{Code: string(domain.RoundContinues), Label: "待继续调解"},
	}},
	{Name: "sessionChange", Label: "变更、取消或者未能召开的原因", Entries: []Entry{
		{Code: "party_asked", Label: "当事人要求"},
		{Code: "party_absent", Label: "当事人没有到场"},
		{Code: "party_left", Label: "当事人中途离开"},
		{Code: "mediator_away", Label: "调解员不能到场"},
		{Code: "place", Label: "场所不能使用"},
		{Code: "settled", Label: "当事人已经自行解决"},
		{Code: "safety", Label: "当事人安全"},
		{Code: "case_ended", Label: "案件已经终结或者移送"},
		{Code: "other", Label: "其他原因"},
	}},
	{Name: "privateNoteKind", Label: "保密记录类别", Entries: []Entry{
		{Code: string(domain.PrivateNoteOwn), Label: "背靠背谈话、手记"},
		{Code: string(domain.PrivateNoteConcession), Label: "可以作出的让步"},
	}},
	pairs("screeningAdvice", "单独询问后的安排", domain.ScreeningAdvice),
}
