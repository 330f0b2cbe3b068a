package domain

import (
	"regexp"
	"slices"

	"baimi/domain/calendar"
)

// CourtRuling is what a court decided on an agreement: that it is changed, revoked or invalid (人民调解法 32, 33).
type CourtRuling struct {
	On       calendar.Date
	Result   AgreementStatus
	RulingNo string // the court's number
}

// courtNo is the form of a court's case number, such as （2026）川0185民特12号; the courts use several words in it.
var courtNo = regexp.MustCompile(`^[（(](19|20)\d{2}[）)][\p{Han}0-9]{2,30}号(之[一二三四五六七八九十]{1,3})?$`)

// checkCourtNo refuses what is no court's number: it stands in the event log, where no name may come in.
func checkCourtNo(p *problems, pointer, no string) {
	p.require(courtNo.MatchString(no), pointer, "请按裁判文书填写法院案号，例如（2026）川0185民特12号")
}

// RecordAgreementRuling records what a court decided on the agreement in force. What was still owed is awaited no more: the
// court's decision takes its place, or a new mediation does.
func (c *Case) RecordAgreementRuling(a Act, no int, in CourtRuling) error {
	return c.move(a, ActionRecordRuling, in.On, func() error {
		g := find(c.Agreements, no)
		if g == nil {
			return NotFound("协议")
		}
		if !g.InForce() {
			return Errorf(CodeGuard, "该协议当前为“%s”，不能登记法院的裁判", g.Status.Name())
		}
		var p problems
		checkDay(&p, "/on", "裁判日期", in.On, a.Today(), g.EffectiveOn, "协议生效日期")
		p.require(slices.Contains([]AgreementStatus{AgreementChanged, AgreementRevoked, AgreementInvalid}, in.Result), "/result", "请选择裁判结果：变更、撤销或者确认无效")
		checkCourtNo(&p, "/rulingNo", in.RulingNo)
		if err := p.err(); err != nil {
			return err
		}
		g.RulingNo = &in.RulingNo
		return c.endAgreement(g, in.Result, later(in.On, dateOr(g.EndedOn)))
	})
}

func dateOr(d *calendar.Date) (zero calendar.Date) {
	if d == nil {
		return zero
	}
	return *d
}
