package exchange

import "baimi/domain"

// gb31000 are the 25 items of GB/T 31000-2015 (矛盾纠纷排查化解), as five unrelated systems carry them in this order; the text of
// the standard was not seen. What follows them are extensions: those seen in other systems, and ours, without which a file
// could not come in again.
var gb31000 = Format{
	Code: domain.FormatGB31000, Name: "综治矛盾纠纷排查化解（GB/T 31000-2015，25项）",
	Source: "GB/T 31000-2015，标准原文未见；项目和顺序依据五个已建系统，长度依据其中一个",
	Items: []Item{
		{Code: "1", Name: "事件名称", Kind: Text, Length: 100, Required: true, Sure: Confirmed, Field: FieldTitle},
		{Code: "2", Name: "发生日期", Kind: Date, Sure: Confirmed, Field: FieldHappenedOn, Note: "有线索的为发现日期，其余为申请日期"},
		{Code: "3", Name: "发生地点详址", Kind: Text, Length: 100, Sure: Confirmed, Field: FieldPlace, Note: "有的系统为200字"},
		{Code: "4", Name: "事件规模", Kind: Code, Length: 2, Sure: Confirmed, Field: FieldScale, List: ListScale, Note: "按涉及人数划分的界限为本系统设定"},
		{Code: "5", Name: "事件类别", Kind: Code, Length: 4, Sure: Confirmed, Field: FieldType, List: ListEventType},
		{Code: "6", Name: "涉及人数", Kind: Number, Length: 6, Sure: Confirmed, Field: FieldPeople},
		{Code: "7", Name: "事件简述", Kind: Text, Sure: Confirmed, Field: FieldFacts},
		{Code: "8", Name: "涉及单位", Kind: Text, Length: 100, Sure: Confirmed, Field: FieldOrganisations},
		{Code: "9", Name: "主要当事人证件代码", Kind: Code, Length: 3, Standard: "GA/T 517", Sure: Confirmed, Field: FieldIDType},
		{Code: "10", Name: "主要当事人证件号码", Kind: Text, Length: 50, Sure: Confirmed, Field: FieldIDNumber, Personal: true},
		{Code: "11", Name: "主要当事人姓名", Kind: Text, Length: 80, Sure: Confirmed, Field: FieldMainParty, Personal: true},
		{Code: "12", Name: "主要当事人性别", Kind: Code, Length: 1, Standard: "GB/T 2261.1", Sure: Confirmed, Field: FieldSex},
		{Code: "13", Name: "主要当事人民族", Kind: Code, Length: 2, Standard: "GB/T 3304", Sure: Confirmed, Field: FieldEthnicity, Personal: true, Note: "登记了才有；遮盖的文件中不出现"},
		{Code: "14", Name: "主要当事人学历", Kind: Code, Length: 2, Standard: "GB/T 4658", Sure: Confirmed, Personal: true, Note: "本系统不收集"},
		{Code: "15", Name: "主要当事人人员类别", Kind: Code, Length: 4, Sure: SeenOnce, Personal: true, Note: "本系统不收集；数字代码未见"},
		{Code: "16", Name: "主要当事人居住详址", Kind: Text, Length: 200, Sure: Confirmed, Field: FieldAddress, Personal: true},
		{Code: "17", Name: "化解时限", Kind: Date, Sure: Confirmed, Field: FieldDueOn},
		{Code: "18", Name: "化解方式", Kind: Code, Length: 4, Sure: SeenOnce, Field: FieldWay, List: ListWay, Note: "代码为推定"},
		{Code: "19", Name: "化解组织", Kind: Text, Length: 100, Sure: Confirmed, Field: FieldCommittee},
		{Code: "20", Name: "化解责任人姓名", Kind: Text, Length: 50, Sure: Confirmed, Field: FieldMediator},
		{Code: "21", Name: "化解责任人联系方式", Kind: Text, Length: 50, Sure: Confirmed, Personal: true, Note: "本系统不收集工作人员电话"},
		{Code: "22", Name: "化解是否成功", Kind: Code, Length: 1, Sure: Confirmed, Field: FieldOutcome, List: ListSuccess},
		{Code: "23", Name: "化解情况", Kind: Text, Sure: Confirmed, Field: FieldResult},
		{Code: "24", Name: "考评日期", Kind: Date, Sure: Confirmed, Note: "本系统不收集"},
		{Code: "25", Name: "考评意见", Kind: Text, Sure: Confirmed, Note: "本系统不收集"},

		{Code: "X1", Name: "事件编号", Kind: Text, Length: 60, Sure: SeenOnce, Extension: true, Field: FieldNumber, Note: "有卷号的为卷号，其余为纠纷编号"},
		{Code: "X2", Name: "化解日期", Kind: Date, Sure: SeenOnce, Extension: true, Field: FieldConcludedOn},
		{Code: "X3", Name: "来源", Kind: Code, Sure: SeenOnce, Extension: true, Field: FieldSource, List: ListEventSource},
		{Code: "X4", Name: "受理日期", Kind: Date, Sure: Designed, Extension: true, Field: FieldAcceptedOn},
		{Code: "X5", Name: "调解结果", Kind: Code, Sure: Designed, Extension: true, Field: FieldOutcome, List: ListOutcome},
		{Code: "X6", Name: "申请人", Kind: Text, Length: 400, Sure: Designed, Extension: true, Field: FieldApplicants, Personal: true},
		{Code: "X7", Name: "被申请人", Kind: Text, Length: 400, Sure: Designed, Extension: true, Field: FieldRespondents, Personal: true},
		{Code: "X8", Name: "第三人", Kind: Text, Length: 400, Sure: Designed, Extension: true, Field: FieldThirdParties, Personal: true},
		{Code: "X9", Name: "涉及金额（元）", Kind: Number, Sure: Designed, Extension: true, Field: FieldAmount},
		{Code: "X10", Name: "保密级别", Kind: Code, Sure: Designed, Extension: true, Field: FieldLevel, List: ListLevel},
	},
}
