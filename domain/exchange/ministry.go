package exchange

import "baimi/domain"

// ministry are the columns of the ministry's case table (司法部案件统计表), one case a row. The table itself counts; what it
// counts by case is here in its order. The columns of 排查预防 are not: they count rounds and things prevented, not cases.
var ministry = Format{
	Code: domain.FormatMinistry, Name: "人民调解案件情况（司法部案件统计口径，一案一行）",
	Source: "栏目和顺序依据一份在用的区级报表，18类纠纷经三个系统印证；协议履行、司法确认各栏见于其他表",
	Items: []Item{
		{Code: "1", Name: "单位", Kind: Text, Length: 100, Required: true, Sure: Confirmed, Field: FieldCommittee},
		{Code: "2", Name: "调解主体", Kind: Code, Required: true, Sure: Confirmed, Field: FieldCommitteeType, List: ListCommitteeType},
		{Code: "3", Name: "案件来源", Kind: Code, Required: true, Sure: Confirmed, Field: FieldSourceOnly, List: ListSource},
		{Code: "4", Name: "委托移送单位", Kind: Code, Sure: Confirmed, Field: FieldReferrer, List: ListReferrer, Note: "只在接受委托移送时有"},
		{Code: "5", Name: "案件分类", Kind: Code, Required: true, Sure: Confirmed, Field: FieldType, List: ListCaseType},
		{Code: "6", Name: "涉及当事人数", Kind: Number, Sure: Confirmed, Field: FieldPeople},
		{Code: "7", Name: "调解成功", Kind: Code, Sure: Confirmed, Field: FieldOutcome, List: ListYesNo},
		{Code: "8", Name: "疑难复杂案件", Kind: Code, Sure: Confirmed, Note: "本系统没有这一标记"},
		{Code: "9", Name: "协议涉及金额（万元）", Kind: Number, Sure: Confirmed, Field: FieldAmountTenThousand},
		{Code: "10", Name: "协议形式", Kind: Code, Sure: Confirmed, Field: FieldForm, List: ListForm},
		{Code: "11", Name: "协议履行", Kind: Code, Sure: SeenOnce, Field: FieldPerformed, List: ListPerformed},
		{Code: "12", Name: "申请司法确认", Kind: Code, Sure: SeenOnce, Field: FieldConfirmation, List: ListConfirmation},
		{Code: "13", Name: "当事人类型", Kind: Code, Sure: Memory, Field: FieldPartyKinds, List: ListPartyKinds},

		{Code: "X1", Name: "卷号", Kind: Text, Length: 60, Sure: Designed, Extension: true, Field: FieldNumber, Note: "没有卷号的为纠纷编号"},
		{Code: "X2", Name: "申请日期", Kind: Date, Sure: Designed, Extension: true, Field: FieldRequestedOn},
		{Code: "X3", Name: "受理日期", Kind: Date, Sure: Designed, Extension: true, Field: FieldAcceptedOn},
		{Code: "X4", Name: "结案日期", Kind: Date, Sure: Designed, Extension: true, Field: FieldConcludedOn},
		{Code: "X5", Name: "调解结果", Kind: Code, Sure: Designed, Extension: true, Field: FieldOutcome, List: ListOutcome},
		{Code: "X6", Name: "申请人", Kind: Text, Length: 400, Sure: Designed, Extension: true, Field: FieldApplicants, Personal: true},
		{Code: "X7", Name: "被申请人", Kind: Text, Length: 400, Sure: Designed, Extension: true, Field: FieldRespondents, Personal: true},
		{Code: "X8", Name: "第三人", Kind: Text, Length: 400, Sure: Designed, Extension: true, Field: FieldThirdParties, Personal: true},
		{Code: "X9", Name: "纠纷发生地", Kind: Text, Length: 100, Sure: Designed, Extension: true, Field: FieldPlace},
		{Code: "X10", Name: "纠纷简要情况", Kind: Text, Sure: Designed, Extension: true, Field: FieldFacts},
		{Code: "X11", Name: "协议内容", Kind: Text, Sure: Designed, Extension: true, Field: FieldResult},
		{Code: "X12", Name: "调解员", Kind: Text, Length: 50, Sure: Designed, Extension: true, Field: FieldMediator},
		{Code: "X13", Name: "保密级别", Kind: Code, Sure: Designed, Extension: true, Field: FieldLevel, List: ListLevel},
	},
}
