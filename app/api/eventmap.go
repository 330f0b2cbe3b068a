package api

import (
	"encoding/hex"
	"encoding/json"
	"slices"

	"baimi/app"
	"baimi/domain"
)

// eventOf is a row of what happened. Events hold references and commitments, never a personal value; of what changed
// only the names of the fields are shown.
func eventOf(e domain.Event, n app.Names) CaseEvent {
	out := CaseEvent{
		Seq: int32(e.Seq), Kind: e.Kind, Label: eventLabel(e.Kind), Actor: personName(n, e.Actor), RoleName: some(e.Role.Name()),
		Via: CaseEventVia(e.Via), OccurredOn: e.OccurredOn, RecordedAt: e.RecordedAt, LagDays: int32(e.LagDays()), Late: e.Late(), FromStatus: word[CaseStatus](e.FromStatus),
		ToStatus: CaseStatus(e.ToStatus), ToStatusName: e.ToStatus.Name(), Changed: changed(e.Data), Hash: hex.EncodeToString(e.Hash),
	}
	if e.Actor == nil {
		out.RoleName = ptr("系统")
	}
	if e.Reason != "" {
		out.Reason = reasonOf(&e.Reason, domain.Action(e.Kind))
	}
	return out
}

func eventLabel(kind string) string {
	i := slices.IndexFunc(domain.Moves, func(m domain.Move) bool { return string(m.Action) == kind })
	if i < 0 {
		return kind
	}
	return domain.Moves[i].Label
}

// changed names the fields of an event's patch that people know by a name.
func changed(patch string) []string {
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(patch), &members); err != nil {
		return []string{}
	}
	names := []string{}
	for _, f := range fieldNames {
		if _, ok := members[f.field]; ok {
			names = append(names, f.name)
		}
	}
	return names
}

var fieldNames = []struct{ field, name string }{
	{"type", "纠纷类型"},
	{"place", "纠纷发生地点"},
	{"facts", "纠纷简要情况"},
	{"wish", "申请事项"},
	{"amount", "涉及金额"},
	{"peopleCount", "涉及人数"},
	{"risks", "风险情形"},
	{"fileNo", "卷号"},
	{"mediators", "调解员"},
	{"presiding", "调解主持人"},
	{"confidentiality", "保密级别"},
	{"parties", "当事人"},
	{"agreements", "调解协议"},
	{"obligations", "履行事项"},
	{"urgings", "督促"},
	{"confirmations", "司法确认"},
	{"followUps", "回访"},
	{"outcome", "调解结果"},
	{"endReason", "原因"},
	{"remedies", "已告知的其他途径"},
	{"deadlines", "期限"},
	{"requestedOn", "申请日期"},
	{"representatives", "代理人"},
	{"escalations", "预警"},
	{"reports", "预警报告"},
	{"erasures", "已删除的个人信息"},
	{"sessions", "调解会"},
	{"waivedNotes", "公开的保密记录"},
	{"screenings", "单独询问"},
	{"dismissal", "线索查实结论"},
	{"supplements", "补正"},
	{"transfers", "移送"},
	{"approvals", "待批准的申请"},
	{"pauses", "中止"},
	{"extensions", "延长期限"},
	{"round", "调解轮次"},
	{"appointments", "调解员任期"},
	{"recusals", "回避事项"},
	{"invitees", "邀请人员"},
	{"contacts", "联系记录"},
	{"notices", "告知"},
	{"dataConsents", "单独同意"},
}
