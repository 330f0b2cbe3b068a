package domain

import (
	"slices"
	"time"

	"baimi/domain/calendar"
)

// NoticeText is one version of what parties are told. A new text is a new version with its day; old ones stay, because notices
// name the version that was given.
type NoticeText struct {
	Kind    NoticeKind
	Version string
	Since   calendar.Date
	Lines   []string
}

// NoticeTexts are all versions, the oldest of each kind first: rights and duties since the law on people's mediation came into
// force, the handling of personal data since the law on its protection did.
var NoticeTexts = []NoticeText{
	{Kind: NoticeRights, Version: "rights_2011", Since: calendar.MustDate(2011, time.January, 1), Lines: []string{
		"人民调解委员会是依法设立的调解民间纠纷的群众性组织。现将有关事项告知如下：",
		"一、调解遵循三项原则：在当事人自愿、平等的基础上进行；不违背法律、法规和国家政策；尊重当事人的权利，不因调解而阻止当事人依法通过仲裁、行政、司法等途径维护自己的权利。",
		"二、您享有下列权利：（一）选择或者接受人民调解员；（二）接受调解、拒绝调解或者要求终止调解；（三）要求调解公开进行或者不公开进行；（四）自主表达意愿、自愿达成调解协议。",
		"三、您应当履行下列义务：（一）如实陈述纠纷事实；（二）遵守调解现场秩序，尊重人民调解员；（三）尊重对方当事人行使权利。",
		"四、经调解达成的调解协议具有法律约束力，当事人应当按照约定履行。双方认为有必要的，可以自调解协议生效之日起三十日内共同向人民法院申请司法确认。就协议的履行或者内容发生争议的，一方可以向人民法院提起诉讼。",
		"五、调解不收取任何费用。",
	}},
	{Kind: NoticePrivacy, Version: "privacy_2021", Since: calendar.MustDate(2021, time.November, 1), Lines: []string{
		"处理您个人信息的是承办本案的人民调解委员会，目的是受理、调解本案，督促协议履行，以及立卷归档。",
		"处理的种类限于办理本案所必需：姓名、联系方式、住址、证件号码、纠纷情况和调解材料。信息加密保存，只有承办本案的人员和依法监督的部门能够查看，打开案件和查看号码都有记录。",
		"调解不公开，不对外发布您的信息。需要移送其他单位办理的，先征得您的同意，法律另有规定的除外。",
		"医疗健康、金融账户、生物识别（指印、人脸）、特定身份、行踪信息，以及不满十四周岁未成年人的信息，属于敏感个人信息，处理前另行取得您（未满十四周岁的，其监护人）的单独同意。您可以不同意，也可以随时撤回同意。",
		"案卷按照归档规定保存。您可以要求查阅、复制、更正本人的信息；依法必须归档保存的，不能删除，可以要求停止其他处理。",
	}},
}

// NoticeTextOn is the version of a kind that is in force on a day.
func NoticeTextOn(kind NoticeKind, on calendar.Date) (NoticeText, bool) {
	var found NoticeText
	for _, t := range NoticeTexts {
		if t.Kind == kind && !on.Before(t.Since) {
			found = t
		}
	}
	return found, found.Version != ""
}

// NewestNotice is the newest version of a kind.
func NewestNotice(kind NoticeKind) NoticeText {
	var found NoticeText
	for _, t := range NoticeTexts {
		if t.Kind == kind {
			found = t
		}
	}
	return found
}

// NoticeTextOf is the text of a version.
func NoticeTextOf(version string) (NoticeText, bool) {
	i := slices.IndexFunc(NoticeTexts, func(t NoticeText) bool { return t.Version == version })
	if i < 0 {
		return NoticeText{}, false
	}
	return NoticeTexts[i], true
}
