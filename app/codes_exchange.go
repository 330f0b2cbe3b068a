package app

import "baimi/domain"

// exchangeWords are the codes of exports and of the tables of codes.
var exchangeWords = []Dictionary{
	{Name: "exchangeFormat", Label: "交换格式", Entries: []Entry{
		{Code: string(domain.FormatGB31000), Label: "综治矛盾纠纷排查化解（25项）"},
		{Code: string(domain.FormatMinistry), Label: "司法部案件统计口径"},
	}},
	{Name: "exportPurpose", Label: "导出用途", Entries: []Entry{
		{Code: string(domain.PurposeStatistics), Label: "统计分析"},
		{Code: string(domain.PurposeReport), Label: "上报主管部门"},
		{Code: string(domain.PurposeInspection), Label: "监督检查"},
		{Code: string(domain.PurposeExchange), Label: "与综治等系统交换"},
		{Code: string(domain.PurposeHandover), Label: "卷宗移交"},
		{Code: string(domain.PurposeCourtDemand), Label: "法院调取"},
	}},
	{Name: "exportState", Label: "导出状态", Entries: []Entry{
		{Code: string(domain.ExportWaiting), Label: "等待"},
		{Code: string(domain.ExportRunning), Label: "生成中"},
		{Code: string(domain.ExportDone), Label: "可下载"},
		{Code: string(domain.ExportFailed), Label: "未完成"},
		{Code: string(domain.ExportExpired), Label: "已过期"},
	}},
	{Name: "exportFileType", Label: "导出文件类型", Entries: []Entry{
		{Code: string(domain.ExportXLSX), Label: "Excel工作簿"},
		{Code: string(domain.ExportJSON), Label: "JSON"},
	}},
	{Name: "mappingDirection", Label: "对照方向", Entries: []Entry{
		{Code: string(domain.MappingOut), Label: "导出：本系统代码→对方代码"},
		{Code: string(domain.MappingIn), Label: "导入：对方代码→本系统代码"},
	}},
}
