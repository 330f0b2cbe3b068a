package domain

import (
	"slices"

	"baimi/domain/calendar"
)

// Move is one row of the life cycle.
type Move struct {
	Action Action
	From   []Status
	To     Status // "" leaves the state as it is
	By     []Capacity
	Label  string // what the button says
	Needs  string // what it asks for, in words of the field
	Basis  string // the article it rests on
	New    bool   // begins a case as well; with an empty From it does nothing else
	Back   bool   // leads to the state that the case left, which To does not name
	Last   Status // where it leads when it is the last of several acts; until then the state stays
}

// The groups of states that several moves share.
var (
	beforeAcceptance = []Status{StatusRegistered, StatusSupplement}
	working          = []Status{StatusAccepted, StatusMediating}
	inHand           = []Status{StatusAccepted, StatusMediating, StatusSuspended}
	beforeEnd        = slices.Concat(beforeAcceptance, inHand)
	agreeing         = []Status{StatusMediating, StatusAgreedOral}
	agreed           = []Status{StatusAgreedOral, StatusAgreedWritten}
	ended            = slices.Concat(agreed, []Status{StatusFailed, StatusWithdrawn, StatusNotAccepted, StatusTransferred})
	filed            = []Status{StatusClosed, StatusArchived}
	inWriting        = slices.Concat([]Status{StatusAgreedWritten}, filed)
	bringing         = slices.Concat(beforeEnd, ended, []Status{StatusClosed}) // until the file is locked
	toRecord         = slices.Concat([]Status{StatusMediating, StatusSuspended}, agreed, []Status{StatusFailed, StatusWithdrawn, StatusClosed})
	everyState       = slices.Concat(anyLive, []Status{StatusDismissed, StatusVoid})
	overAndDone      = slices.Concat([]Status{StatusFailed, StatusWithdrawn, StatusNotAccepted, StatusVoid}, filed)
	beyondWork       = slices.Concat([]Status{StatusDismissed}, overAndDone)
	anyCase          = slices.Concat(beforeEnd, ended, filed)
	anyLive          = slices.Concat([]Status{StatusClue}, anyCase)
)

// The hands that several moves share.
var (
	caseHands  = []Capacity{AsCaseMediator}
	leaders    = []Capacity{AsCaseMediator, AsDirector}
	committees = []Capacity{AsDirector, AsCommitteeMediator}
	everyHand  = []Capacity{AsIntake, AsCommitteeMediator, AsDirector}
	servants   = []Capacity{AsIntake, AsCaseMediator, AsCommitteeMediator, AsDirector}
	approvers  = []Capacity{AsDirector, AsJudicialOffice}
	visitors   = []Capacity{AsCaseMediator, AsCommitteeMediator, AsDirector}
	bringers   = slices.Concat(everyHand, []Capacity{AsJudicialOffice})
	watchers   = []Capacity{AsCaseMediator, AsDirector, AsJudicialOffice}
)

// Moves is the life cycle: the drawing, the open actions, the authorisation and the pages' buttons are read from it.
var Moves = []Move{
	{Action: ActionReportClue, New: true, To: StatusClue, By: []Capacity{AsIntake}, Label: "上报线索", Needs: "地点、情况、发现日期", Basis: "人民调解法17、21；产品规定P1"},
	{Action: ActionDismiss, From: []Status{StatusClue}, To: StatusDismissed, By: everyHand, Label: "销号", Needs: "查实结论；自行化解的填化解层级", Basis: "产品规定P1、P12"},
	{Action: ActionRegister, New: true, From: []Status{StatusClue}, To: StatusRegistered, By: []Capacity{AsIntake}, Label: "登记", Needs: "申请人、被申请人、纠纷情况", Basis: "人民调解法17；司法部令75号23"},
	{Action: ActionRequestSupplement, From: []Status{StatusRegistered}, To: StatusSupplement, By: committees, Label: "要求补正", Needs: "缺少的材料或者事项、补正期限", Basis: "产品规定"},
	{Action: ActionReceiveSupplement, From: []Status{StatusSupplement}, To: StatusRegistered, By: everyHand, Label: "收到补正", Needs: "日期", Basis: "产品规定"},
	{Action: ActionAccept, From: []Status{StatusRegistered}, To: StatusAccepted, By: committees, Label: "受理", Needs: "调解员；没有当事人明确拒绝", Basis: "人民调解法17、19；司法部令75号23、24"},
	{Action: ActionDecline, From: beforeAcceptance, To: StatusNotAccepted, By: committees, Label: "不予受理", Needs: "理由；告知其他解决途径", Basis: "司法部令75号22、24"},
	{Action: ActionTransfer, From: beforeEnd, To: StatusTransferred, By: approvers, Label: "移送", Needs: "接收单位、理由；受理后还须当事人同意", Basis: "司法部令75号21；人民法院在线调解规则12"},
	{Action: ActionConfirmTransfer, From: []Status{StatusTransferred}, By: []Capacity{AsReceiver}, Label: "接收移送", Needs: "接收日期；系统外单位的回执", Basis: "人民法院在线调解规则12"},
	{Action: ActionRefuseTransfer, From: []Status{StatusTransferred}, Back: true, By: []Capacity{AsReceiver}, Label: "退回移送", Needs: "理由", Basis: "人民法院在线调解规则12；产品规定P1"},
	{Action: ActionReturnTransfer, From: []Status{StatusTransferred}, Back: true, By: []Capacity{AsSystem}, Label: "逾期未答复自动退回", Needs: "答复期限届满", Basis: "人民法院在线调解规则12；产品规定P1"},
	{Action: ActionAssign, From: slices.Concat(inHand, agreed), By: approvers, Label: "变更调解员", Needs: "调解员；达成协议后直至结案也可以变更", Basis: "人民调解法19；司法部令75号25"},
	{Action: ActionCorrect, From: slices.Concat([]Status{StatusClue}, beforeEnd), By: everyHand, Label: "更正登记", Needs: "更正理由", Basis: "人民调解法27"},
	{Action: ActionCorrectDates, From: slices.Concat(beforeEnd, ended), By: approvers, Label: "更正申请日期", Needs: "正确的申请日期、更正理由；不是本人调解的案件", Basis: "诉讼时效规定12；产品规定P3"},
	{Action: ActionRecordConsent, From: beforeEnd, By: everyHand, Label: "记录当事人意愿", Needs: "当事人、意愿、日期", Basis: "人民调解法17"},
	{Action: ActionStart, From: []Status{StatusAccepted}, To: StatusMediating, By: caseHands, Label: "开始调解", Needs: "已向每一方告知权利义务", Basis: "司法部令75号30；人民调解法23、24"},
	{Action: ActionAskSuspension, From: working, By: caseHands, Label: "申请中止", Needs: "中止原因", Basis: "特邀调解规定18；产品规定"},
	{Action: ActionSuspend, From: working, To: StatusSuspended, By: approvers, Label: "批准中止", Needs: "调解员的申请或者中止原因；不是本人调解的案件", Basis: "特邀调解规定18；产品规定"},
	{Action: ActionResume, From: []Status{StatusSuspended}, Back: true, By: leaders, Label: "恢复调解", Needs: "中止原因消除的日期", Basis: "产品规定"},
	{Action: ActionExtend, From: working, By: leaders, Label: "延长调解期限", Needs: "双方同意的新期限；医疗纠纷由主任代表调委会同意", Basis: "特邀调解规定27；医疗纠纷预防和处理条例38"},
	{Action: ActionDraftAgreement, From: agreeing, By: caseHands, Label: "拟定协议", Needs: "协议内容、履行事项", Basis: "人民调解法28、29；司法部令75号35"},
	{Action: ActionSignAgreement, From: agreeing, Last: StatusAgreedWritten, By: caseHands, Label: "签署协议", Needs: "当事人、调解员签名的方式和日期；在线移送的案件自最后一方电子签名生效", Basis: "人民调解法29；人民法院在线调解规则19；电子签名法3、13"},
	{Action: ActionSealAgreement, From: agreeing, To: StatusAgreedWritten, By: leaders, Label: "加盖调委会印章", Needs: "各方当事人和调解员已签署；盖章日期", Basis: "人民调解法29；特邀调解规定24"},
	{Action: ActionAgreeOrally, From: []Status{StatusMediating}, To: StatusAgreedOral, By: caseHands, Label: "达成口头协议", Needs: "协议内容、调解员签名", Basis: "人民调解法28、30"},
	{Action: ActionAgreeInWriting, From: agreeing, To: StatusAgreedWritten, By: caseHands, Label: "达成书面协议", Needs: "各方签名、调解员签名、调委会印章；履行事项", Basis: "人民调解法28、29；司法部令75号35"},
	{Action: ActionFail, From: inHand, To: StatusFailed, By: caseHands, Label: "调解不成", Needs: "终止原因；告知其他解决途径", Basis: "人民调解法26"},
	{Action: ActionWithdraw, From: beforeEnd, To: StatusWithdrawn, By: committees, Label: "撤回申请", Needs: "申请人的说明", Basis: "人民调解法23"},
	{Action: ActionRecordPerformance, From: agreed, By: leaders, Label: "登记履行情况", Needs: "履行事项、日期、金额", Basis: "人民调解法31"},
	{Action: ActionUrge, From: agreed, By: leaders, Label: "督促履行", Needs: "到期未履行的事项、日期、方式", Basis: "人民调解法31；司法部令75号37"},
	{Action: ActionApplyConfirmation, From: []Status{StatusAgreedWritten, StatusClosed}, By: leaders, Label: "登记司法确认申请", Needs: "双方共同申请；法院；协议生效之日起三十日内", Basis: "人民调解法33；民事诉讼法205"},
	{Action: ActionRecordConfirmation, From: inWriting, By: leaders, Label: "登记司法确认结果", Needs: "法院决定及其日期、案号；不予受理、驳回的理由", Basis: "民事诉讼法206；民事诉讼法解释355、357、358"},
	{Action: ActionRecordObjection, From: inWriting, By: leaders, Label: "登记对裁定的异议", Needs: "提出异议的人、日期", Basis: "民事诉讼法解释372"},
	{Action: ActionRecordRuling, From: slices.Concat(agreed, filed), By: watchers, Label: "登记法院对协议的裁判", Needs: "变更、撤销或者确认无效；日期、案号", Basis: "人民调解法32、33"},
	{Action: ActionRecordFollowUp, From: agreed, By: visitors, Label: "登记回访", Needs: "日期、方式、满意程度、履行情况、有无新的风险；或者未联系上", Basis: "司法部令75号36"},
	{Action: ActionPlanFollowUps, From: agreed, By: []Capacity{AsSystem}, Label: "安排回访", Needs: "尚未安排的回访；未联系上的再次安排", Basis: "司法部令75号36；产品规定"},
	{Action: ActionClose, From: ended, To: StatusClosed, By: approvers, Label: "结案", Needs: "履行事项已有结果；最后一次回访已完成；不是本人调解的案件", Basis: "人民调解法31"},
	{Action: ActionArchive, From: []Status{StatusClosed}, To: StatusArchived, By: approvers, Label: "归档", Needs: "卷宗材料齐全", Basis: "人民调解法27"},
	{Action: ActionAskReopening, From: slices.Concat(agreed, filed), By: []Capacity{AsDirector}, Label: "申请重新调解", Needs: "理由；需要双方同意的，双方同意", Basis: "人民调解法33；司法部令75号37；民事诉讼法206"},
	{Action: ActionReopen, From: slices.Concat(agreed, filed), To: StatusMediating, By: []Capacity{AsJudicialOffice}, Label: "批准重新调解", Needs: "主任的申请", Basis: "人民调解法33；司法部令75号37；民事诉讼法206"},
	{Action: ActionRefuseApproval, From: slices.Concat(working, agreed, filed), By: approvers, Label: "不予批准", Needs: "待批准的申请", Basis: "产品规定"},
	{Action: ActionImport, New: true, To: StatusArchived, By: []Capacity{AsBureau}, Label: "导入历史卷宗", Needs: "卷号、当事人、调解结果、日期", Basis: "产品规定P5、P6"},
	{Action: ActionVoid, From: anyCase, To: StatusVoid, By: []Capacity{AsBureau}, Label: "作废", Needs: "作废原因", Basis: "产品规定P1"},
	{Action: ActionGrantReading, From: anyCase, By: []Capacity{AsSecurityAdmin}, Label: "登记查阅申请", Needs: "查阅人、理由", Basis: "产品规定P14"},
	{Action: ActionSetConfidentiality, From: anyLive, By: []Capacity{AsCaseMediator, AsCommitteeMediator, AsDirector, AsJudicialOffice}, Label: "设置保密级别", Needs: "级别；降低须由主任或司法所办理", Basis: "人民调解法15；产品规定P14"},
	{Action: ActionAddRepresentative, From: slices.Concat(beforeEnd, agreed), By: everyHand, Label: "登记代理人", Needs: "被代理的当事人、代理人、授权委托书的权限和日期", Basis: "民事诉讼法61（参照）；产品规定"},
	{Action: ActionEndRepresentative, From: slices.Concat(beforeEnd, agreed), By: everyHand, Label: "结束代理", Needs: "代理结束的日期", Basis: "产品规定"},
	{Action: ActionAttach, From: bringing, By: bringers, Label: "登记材料", Needs: "文件、材料类别、名称；身份证明和授权委托书注明是哪一方的", Basis: "人民调解法27；产品规定"},
	{Action: ActionWithdrawAttachment, From: bringing, By: bringers, Label: "撤下材料", Needs: "材料、撤下的原因；归档后不能撤下", Basis: "人民调解法27；产品规定"},
	{Action: ActionAskRecusal, From: inHand, By: servants, Label: "登记回避、更换申请", Needs: "提出的当事人、调解员、理由；要求更换的不需要理由", Basis: "人民调解法23；司法部令75号25"},
	{Action: ActionDiscloseInterest, From: inHand, By: caseHands, Label: "披露利害关系", Needs: "本人与当事人、代理人或者纠纷的关系；自行回避，或者经各方同意后继续", Basis: "特邀调解规定15；在线调解规则13"},
	{Action: ActionDecideRecusal, From: inHand, By: approvers, Label: "决定回避", Needs: "待决定的回避事项；不由所涉及的调解员决定；回避的同时指定接替的调解员", Basis: "司法部令75号25；特邀调解规定15；产品规定P15"},
	{Action: ActionInvite, From: inHand, By: servants, Label: "邀请人员参加", Needs: "被邀请人、理由、各方当事人同意的日期", Basis: "人民调解法20"},
	{Action: ActionEndInvitation, From: inHand, By: servants, Label: "结束邀请", Needs: "最后一天", Basis: "产品规定"},
	{Action: ActionRecordContact, From: slices.Concat(beforeEnd, agreed), By: servants, Label: "登记联系", Needs: "联系了谁、方式、时间、结果", Basis: "产品规定P2"},
	{Action: ActionGiveNotice, From: slices.Concat(beforeEnd, agreed), By: servants, Label: "登记告知", Needs: "告知事项、当事人、方式、日期", Basis: "司法部令75号30；个人信息保护法17"},
	{Action: ActionRecordDataConsent, From: slices.Concat(beforeEnd, agreed), By: servants, Label: "登记敏感信息单独同意", Needs: "当事人（未满14周岁的，监护人）、信息种类、是否同意", Basis: "个人信息保护法28至31"},
	{Action: ActionWithdrawDataConsent, From: anyCase, By: servants, Label: "登记撤回同意", Needs: "撤回的日期", Basis: "个人信息保护法44、47"},
	{Action: ActionErase, From: beyondWork, By: []Capacity{AsBureau, AsSystem}, Label: "删除个人信息", Needs: "删除理由；案件已经终结", Basis: "个人信息保护法47"},
	{Action: ActionStopProcessing, From: overAndDone, By: []Capacity{AsBureau, AsSystem}, Label: "停止其他处理", Needs: "当事人；案件已经终结；由权利请求登记簿办理", Basis: "个人信息保护法44至47"},
	{Action: ActionRaiseEscalation, From: everyState, By: []Capacity{AsReader}, Label: "上报预警", Needs: "发现时间、等级、情形、发现的情况", Basis: "人民调解法21、25；反家庭暴力法14；未成年人保护法11"},
	{Action: ActionRecordMeasures, From: everyState, By: []Capacity{AsReader}, Label: "登记预警措施", Needs: "采取的措施、时间", Basis: "人民调解法25"},
	{Action: ActionReportEscalation, From: everyState, By: []Capacity{AsReader}, Label: "登记预警报告", Needs: "报告单位、方式、时间", Basis: "人民调解法25"},
	{Action: ActionEndEscalation, From: everyState, By: []Capacity{AsReader}, Label: "结束预警", Needs: "处置结果；依法应当报告的，已经报告", Basis: "人民调解法25"},
	{Action: ActionPlanSession, From: working, By: leaders, Label: "安排调解会", Needs: "时间、场所、调解员、参加人；场所和调解员该时间空闲", Basis: "人民调解法20、21；司法部令75号28、29"},
	{Action: ActionChangeSession, From: inHand, By: leaders, Label: "变更调解会", Needs: "新的时间、场所或者参加人；变更的原因", Basis: "产品规定"},
	{Action: ActionCancelSession, From: toRecord, By: leaders, Label: "取消调解会", Needs: "取消的原因", Basis: "产品规定"},
	{Action: ActionRecordSession, From: toRecord, By: caseHands, Label: "登记调解记录", Needs: "时间、场所、到场的人、陈述和核实的情况、结果；或者未能召开的原因", Basis: "人民调解法27；司法部令75号30、32"},
	{Action: ActionScreenParty, From: inHand, By: caseHands, Label: "登记单独询问", Needs: "当事人、是否单独询问、能否安全参加调解", Basis: "反家庭暴力法10；产品规定"},
	{Action: ActionOpenNote, From: toRecord, By: caseHands, Label: "公开保密记录", Needs: "保密记录；各方当事人都同意公开", Basis: "人民法院在线调解规则18；特邀调解规定22"},
	{Action: ActionRecount, From: anyLive, By: []Capacity{AsSystem}, Label: "重新计算期限", Needs: "工作日历或者期限规则已变更", Basis: "民法典203；产品规定P9"},
}

// MoveOf finds the row of an action.
func MoveOf(a Action) Move {
	i := slices.IndexFunc(Moves, func(m Move) bool { return m.Action == a })
	return Moves[i]
}

// move makes one move: state and capacity by the table, then what the move itself asks for and does, then the event.
// It is the only place that assigns Status.
func (c *Case) move(a Act, action Action, on calendar.Date, change func() error) error {
	m := MoveOf(action)
	switch {
	case a.Actor.ReadOnly:
		return Errorf(CodeForbidden, "该令牌只能查看，不能办理")
	case !c.has(a.Actor, m.By...):
		return c.notYours(a.Actor, m)
	case !slices.Contains(m.From, c.Status):
		return Errorf(CodeNotOpen, "案件当前为“%s”，不能办理“%s”", c.Status.Name(), m.Label)
	case c.barsOwn(a.Actor, m):
		return Errorf(CodeForbidden, "您是该案件的调解员，“%s”须由其他负责人或者司法所办理", m.Label)
	}
	before, err := c.snapshot()
	if err != nil {
		return err
	}
	from, left := c.Status, c.left()
	if err := change(); err != nil {
		return err
	}
	switch {
	case m.Back:
		c.Status = left
	case m.To != "":
		c.Status = m.To
	case m.Last != "" && c.openDraft() == nil: // nothing is left to sign
		c.Status = m.Last
	}
	if slices.Contains(inHand, from) && !slices.Contains(inHand, c.Status) {
		if err := c.dropSessions(a); err != nil {
			return err
		}
	}
	return c.record(a, string(action), &from, on, before)
}

// left is the state to which a move back leads: that from which the case was handed over, or suspended.
func (c *Case) left() Status {
	if t := c.openTransfer(); t != nil {
		return t.LeftStatus
	}
	if p := c.openPause(); p != nil {
		return p.LeftStatus
	}
	return c.Status
}
