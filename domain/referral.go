package domain

import "baimi/domain/calendar"

// CourtReferral is how a court sent the matter: before filing (委派) or after (委托), by papers or on the courts' platform.
// It chooses the clock of the mediation (特邀调解规定 27; 人民法院在线调解规则 24). Empty when no court sent it.
type CourtReferral struct {
	Kind     calendar.Referral `gorm:"column:court_referral" json:"kind"`
	Online   bool              `gorm:"column:court_online" json:"online"`
	PapersOn *calendar.Date    `gorm:"column:court_papers_on" json:"papersOn"` // signed for, or confirmed on the platform
	CaseNo   *string           `gorm:"column:court_case_no" json:"caseNo"`     // the court's own number
}

// check refuses what contradicts itself; a court may also just point a party to mediation (引导), which sets no period.
func (x CourtReferral) check(p *problems, in Registration, today calendar.Date) {
	court := in.Referrer != nil && *in.Referrer == ReferrerCourt
	sent := x.Kind != calendar.NoReferral
	p.require(court || !sent && !x.Online && x.PapersOn == nil && x.CaseNo == nil, "/courtReferral", "只有人民法院移送的案件才填写委派、委托情况")
	p.require(!sent || x.PapersOn != nil, "/courtReferral/papersOn", "请填写签收法院材料（在线的，为平台确认）的日期：调解期限自该日起算")
	if x.PapersOn != nil {
		checkDay(p, "/courtReferral/papersOn", "签收法院材料的日期", *x.PapersOn, today, nil, "")
	}
}
