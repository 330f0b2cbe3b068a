package app

import "baimi/domain"

// attachmentWords are the code words of files (domain.md 3.1).
var attachmentWords = []Dictionary{
	attachmentKinds(),
	{Name: "attachmentWithdrawalReason", Label: "撤下材料的原因", Entries: []Entry{
		{Code: "wrong_file", Label: "传错了文件"},
		{Code: "unclear", Label: "看不清，已重新上传"},
		{Code: "not_related", Label: "与本案无关"},
		{Code: "party_request", Label: "提供人要求撤回"},
		{Code: "replaced", Label: "已有更完整的材料"},
	}},
	{Name: "incompleteReason", Label: "卷宗材料不全的原因", Entries: []Entry{
		{Code: "paper_kept", Label: "纸质件已装订在纸质卷内"},
		{Code: "party_refused", Label: "当事人不愿提供"},
		{Code: "party_away", Label: "当事人已离开，无法补交"},
		{Code: "lost", Label: "材料遗失，无法补齐"},
	}},
	{Name: "originalReason", Label: "下载原件的理由", Entries: []Entry{
		{Code: "compare_original", Label: "与原件核对"},
		{Code: "court_request", Label: "法院调阅"},
		{Code: "write_document", Label: "制作文书"},
		{Code: "party_request", Label: "提供人要求取回"},
		{Code: "supervision", Label: "监督检查"},
	}},
	{Name: "filePart", Label: "所看的文件", Entries: []Entry{
		{Code: string(domain.RenditionPart), Label: "查看用的副本"},
		{Code: string(domain.OriginalPart), Label: "原件"},
	}},
}

func attachmentKinds() Dictionary {
	d := Dictionary{Name: "attachmentKind", Label: "材料类别"}
	for _, k := range domain.AttachmentKinds {
		d.Entries = append(d.Entries, Entry{Code: string(k.Kind), Label: k.Name})
	}
	return d
}
