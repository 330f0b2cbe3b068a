package domain

import (
	"fmt"
	"slices"

	"baimi/domain/calendar"
)

// NoticeKind is what a party is told.
type NoticeKind string

// The kinds of notices.
const (
	NoticeRights  NoticeKind = "rights"  // 权利义务告知 (F05; 司法部令75号 30)
	NoticePrivacy NoticeKind = "privacy" // 个人信息处理告知 (个人信息保护法 14, 17)
)

// NoticeKinds lists them with their Chinese names.
var NoticeKinds = []struct{ Code, Name string }{
	{string(NoticeRights), "权利义务告知"},
	{string(NoticePrivacy), "个人信息处理告知"},
}

// noticeWays are the ways in which a notice is given.
var noticeWays = []string{"oral", "written", "online"}

// GivenNotice is that one party was told, by which text, when, how and by whom.
type GivenNotice struct {
	CaseRow
	PartyNo int           `json:"partyNo"`
	Kind    NoticeKind    `json:"kind"`
	Text    string        `gorm:"column:text_version" json:"text"` // the version of what was told
	How     string        `json:"how"`
	GivenOn calendar.Date `json:"givenOn"`
	GivenBy PersonID      `json:"givenBy"`
}

// TableName names the table.
func (GivenNotice) TableName() string { return "notice" }

// Notice is the telling of rights and duties to one party (F05).
type Notice struct {
	PartyNo int
	How     string // oral, written, online
	On      calendar.Date
}

// Telling is one notice to several parties.
type Telling struct {
	Kind    NoticeKind
	Parties []int
	How     string
	On      calendar.Date
}

// GiveNotice records that parties were told.
func (c *Case) GiveNotice(a Act, in Telling) error {
	return c.move(a, ActionGiveNotice, in.On, func() error {
		var p problems
		text, known := NoticeTextOn(in.Kind, in.On)
		p.require(slices.ContainsFunc(NoticeTexts, func(t NoticeText) bool { return t.Kind == in.Kind }), "/kind", "请选择告知事项")
		p.require(slices.Contains(noticeWays, in.How), "/how", "请选择告知方式")
		p.require(len(in.Parties) > 0, "/parties", "请选择告知了哪些当事人")
		c.knownParties(&p, "/parties", in.Parties)
		checkDay(&p, "/on", "告知日期", in.On, a.Today(), &c.RequestedOn, "申请日期")
		if err := p.err(); err != nil {
			return err
		}
		if !known {
			return Errorf(CodeGuard, "%s还没有%s的告知文本", in.On, in.Kind.Name())
		}
		for _, no := range partyNos(in.Parties) {
			c.tell(a, int(no), text, in.How, in.On)
		}
		return nil
	})
}

// Name is the kind in Chinese.
func (k NoticeKind) Name() string {
	for _, x := range NoticeKinds {
		if x.Code == string(k) {
			return x.Name
		}
	}
	return string(k)
}

// tell adds a notice, unless the very same is there.
func (c *Case) tell(a Act, party int, text NoticeText, how string, on calendar.Date) {
	x := GivenNotice{CaseRow: c.row(len(c.Notices) + 1), PartyNo: party, Kind: text.Kind, Text: text.Version, How: how, GivenOn: on, GivenBy: a.Actor.Person}
	same := func(y GivenNotice) bool {
		return y.PartyNo == party && y.Kind == x.Kind && y.Text == x.Text && y.How == how && y.GivenOn == on
	}
	if !slices.ContainsFunc(c.Notices, same) {
		c.Notices = append(c.Notices, x)
	}
}

// Told is the last notice of a kind given to a party by a day, by any day for the zero day; nil when there is none.
func (c *Case) Told(partyNo int, kind NoticeKind, by calendar.Date) *GivenNotice {
	var last *GivenNotice
	for i := range c.Notices {
		x := &c.Notices[i]
		if x.PartyNo == partyNo && x.Kind == kind && (by.IsZero() || !x.GivenOn.After(by)) && (last == nil || !x.GivenOn.Before(last.GivenOn)) {
			last = x
		}
	}
	return last
}

// giveNotices records the notices of rights and duties that are given with the start; each party was told before the mediation
// began (司法部令75号 30).
func (c *Case) giveNotices(p *problems, a Act, notices []Notice, start calendar.Date) {
	for i, n := range notices {
		party := c.partyNo(n.PartyNo)
		at := fmt.Sprintf("/notices/%d", i)
		p.require(party != nil, at+"/partyNo", "本案没有编号为%d的当事人", n.PartyNo)
		p.require(slices.Contains(noticeWays, n.How), at+"/how", "请选择告知方式")
		checkDay(p, at+"/on", "告知日期", n.On, a.Today(), c.AcceptedOn, "受理日期")
		if !start.IsZero() && n.On.After(start) && !n.On.After(a.Today()) {
			p.add(at+"/on", "too_late", "告知日期不能晚于开始调解日期（%s）", start)
		}
		if text, ok := NoticeTextOn(NoticeRights, n.On); ok && party != nil {
			c.tell(a, n.PartyNo, text, n.How, n.On)
		}
	}
	for _, x := range c.Parties {
		told := slices.ContainsFunc(c.Notices, func(y GivenNotice) bool { return y.PartyNo == x.No && y.Kind == NoticeRights })
		p.require(told, "/notices", "尚未向%d号当事人告知权利义务（司法部令第75号第三十条）", x.No)
	}
}
