package domain

import (
	"slices"

	"baimi/domain/calendar"
)

// SensitiveKinds are the kinds of sensitive personal data that are handled with a separate consent only (个人信息保护法 28–30),
// with their Chinese names.
var SensitiveKinds = []struct{ Code, Name string }{
	{"medical", "医疗健康"},
	{"account", "金融账户"},
	{"biometric", "生物识别（指印、人脸）"},
	{"identity", "特定身份"},
	{"whereabouts", "行踪轨迹"},
	{"child", "不满十四周岁未成年人的信息"},
}

// DataConsent is what a party has said to the handling of its sensitive data: apart from all other consents, withdrawable at any
// time. What was done until then stays as it is.
type DataConsent struct {
	CaseRow
	PartyNo     int            `json:"partyNo"`
	By          *int           `gorm:"column:given_by" json:"by"` // the representative who spoke for it; nil for itself
	Kinds       Codes          `json:"kinds"`
	Granted     bool           `json:"granted"`
	How         string         `json:"how"`
	Text        string         `gorm:"column:text_version" json:"text"` // the version of the notice it rests on
	GivenOn     calendar.Date  `json:"givenOn"`
	RecordedBy  PersonID       `json:"recordedBy"`
	WithdrawnOn *calendar.Date `json:"withdrawnOn"`
}

// TableName names the table.
func (DataConsent) TableName() string { return "data_consent" }

// standing tells whether it can be withdrawn.
func (x DataConsent) standing() bool { return x.Granted && x.WithdrawnOn == nil }

// NewDataConsent is what a party says.
type NewDataConsent struct {
	PartyNo int
	By      int // the representative who speaks for it, 0 for itself
	Kinds   []string
	Granted bool
	How     string
	On      calendar.Date
}

// RecordDataConsent records a separate consent, or that it was not given. It rests on the notice the party was given before;
// for a child under 14 its guardian speaks (个人信息保护法 31).
func (c *Case) RecordDataConsent(a Act, in NewDataConsent) error {
	return c.move(a, ActionRecordDataConsent, in.On, func() error {
		var p problems
		party := c.partyNo(in.PartyNo)
		p.require(party != nil, "/partyNo", "本案没有编号为%d的当事人", in.PartyNo)
		p.require(len(in.Kinds) > 0, "/kinds", "请选择信息种类")
		p.require(slices.Contains(noticeWays, in.How), "/how", "请选择表示的方式")
		checkDay(&p, "/on", "日期", in.On, a.Today(), &c.RequestedOn, "申请日期")
		if party != nil {
			c.checkSpeaker(&p, *party, in)
		}
		if err := p.err(); err != nil {
			return err
		}
		told := c.Told(in.PartyNo, NoticePrivacy, in.On)
		if told == nil {
			return Errorf(CodeGuard, "请先向%s告知个人信息处理事项，再登记单独同意", partyLabel(*party))
		}
		x := DataConsent{
			CaseRow: c.row(len(c.DataConsents) + 1), PartyNo: in.PartyNo, Kinds: setOf(in.Kinds), Granted: in.Granted, How: in.How, Text: told.Text,
			GivenOn: in.On, RecordedBy: a.Actor.Person,
		}
		if in.By != 0 {
			x.By = &in.By
		}
		c.DataConsents = append(c.DataConsents, x)
		return nil
	})
}

// checkSpeaker holds a consent to who may give it.
func (c *Case) checkSpeaker(p *problems, party Party, in NewDataConsent) {
	guardian := false
	if in.By != 0 {
		r := find(c.Representatives, in.By)
		ok := r != nil && r.actsFor(party) && r.on(in.On)
		p.require(ok, "/by", "该当事人当日没有编号为%d的代理人", in.By)
		guardian = ok && r.Kind == RepresentativeGuardian
	}
	if party.child(in.On) && !guardian {
		p.add("/by", "guardian", "未满14周岁的，须由其监护人同意（个人信息保护法第三十一条）")
	}
	if slices.Contains(in.Kinds, "child") && !party.child(in.On) {
		p.add("/kinds", "kinds", "该当事人已满14周岁，不选“不满十四周岁未成年人的信息”")
	}
}

// WithdrawDataConsent records that a consent was withdrawn.
func (c *Case) WithdrawDataConsent(a Act, no int, on calendar.Date) error {
	return c.move(a, ActionWithdrawDataConsent, on, func() error {
		var p problems
		x := find(c.DataConsents, no)
		switch {
		case x == nil:
			return NotFound("单独同意")
		case !x.Granted:
			return Errorf(CodeGuard, "当事人没有同意，不需要撤回")
		case x.WithdrawnOn != nil:
			return Errorf(CodeGuard, "该同意已于%s撤回", x.WithdrawnOn)
		}
		checkDay(&p, "/on", "撤回日期", on, a.Today(), &x.GivenOn, "同意的日期")
		if err := p.err(); err != nil {
			return err
		}
		x.WithdrawnOn = &on
		return nil
	})
}

// MayUse tells whether a party's sensitive data of a kind may be handled on a day: what it said last about that kind.
func (c *Case) MayUse(partyNo int, kind string, on calendar.Date) bool {
	may, said := false, calendar.Date{}
	for _, x := range c.DataConsents {
		if x.PartyNo != partyNo || !slices.Contains(x.Kinds, kind) || x.GivenOn.After(on) || x.GivenOn.Before(said) {
			continue
		}
		may, said = x.Granted && (x.WithdrawnOn == nil || x.WithdrawnOn.After(on)), x.GivenOn
	}
	return may
}
