package app

// formWords are the official forms (domain.md 3.2), as the access log and the pages name them.
var formWords = []Dictionary{
	{Name: "form", Label: "文书", Entries: []Entry{
		{Code: "cover", Label: "卷宗封面"},
		{Code: "application", Label: "人民调解申请书"},
		{Code: "register", Label: "人民调解受理登记表"},
		{Code: "notice", Label: "人民调解当事人权利义务告知书"},
		{Code: "mandate", Label: "授权委托书"},
		{Code: "recusal", Label: "回避申请（决定）书"},
		{Code: "declined", Label: "不予受理告知书"},
		{Code: "transfer_letter", Label: "移送（转办）函及回执"},
		{Code: "session_notice", Label: "调解通知书"},
		{Code: "extension", Label: "延期调解同意书"},
		{Code: "session_record", Label: "人民调解记录"},
		{Code: "agreement", Label: "人民调解协议书"},
		{Code: "oral_agreement", Label: "人民调解口头协议登记表"},
		{Code: "terminated", Label: "终止调解告知书"},
		{Code: "urging", Label: "履行督促书"},
		{Code: "follow_up", Label: "人民调解回访记录"},
		{Code: "confirmation", Label: "司法确认申请书"},
		{Code: "warning_report", Label: "激化预警报告单"},
		{Code: "closing_report", Label: "人民调解结案报告表"},
		{Code: "remarks", Label: "卷宗情况说明"},
		{Code: "back_cover", Label: "封底"},
		{Code: "volume", Label: "整卷"},
	}},
}
