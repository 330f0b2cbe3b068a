package domain

import (
	"fmt"
	"slices"

	"baimi/domain/calendar"
)

// Extension is an agreement to prolong the clock of the mediation until a day (延期).
type Extension struct {
	CaseRow
	DeadlineNo int           `json:"deadlineNo"`
	AgreedOn   calendar.Date `json:"agreedOn"`
	UntilOn    calendar.Date `json:"untilOn"`
	SignedBy   Codes         `json:"signedBy"` // sides: applicants, respondents, committee
	How        string        `json:"how"`      // oral or written, as notices are
}

// TableName names the table.
func (Extension) TableName() string { return "extension" }

func (x Extension) agreement() calendar.Extension {
	sides := make([]calendar.Side, len(x.SignedBy))
	for i, s := range x.SignedBy {
		sides[i] = calendar.Side(s)
	}
	return calendar.Extension{AgreedOn: x.AgreedOn, Until: x.UntilOn, SignedBy: sides}
}

// Prolongation is what the parties agreed about the time.
type Prolongation struct {
	AgreedOn calendar.Date
	Until    calendar.Date
	Parties  []int // numbers of those who agreed
	How      string
}

// Extend prolongs the clock of the mediation by agreement of the sides that its rule names (特邀调解规定 27; for medical
// disputes the committee as well, 医疗纠纷预防和处理条例 38, for which its director acts).
func (c *Case) Extend(a Act, in Prolongation) error {
	return c.move(a, ActionExtend, in.AgreedOn, func() error {
		var p problems
		checkDay(&p, "/agreedOn", "同意延长的日期", in.AgreedOn, a.Today(), c.AcceptedOn, "受理日期")
		p.require(in.How != "", "/how", "请选择同意的方式")
		for i, no := range in.Parties {
			p.require(c.partyNo(no) != nil, fmt.Sprintf("/parties/%d", i), "本案没有编号为%d的当事人", no)
		}
		d := c.mediationDeadline()
		if d == nil || !d.extends() {
			return Errorf(CodeGuard, "本案的调解期限不能协议延长")
		}
		p.require(d.DueOn.IsZero() || in.Until.After(d.DueOn), "/until", "新的期限须晚于现在的届满日（%s）", d.DueOn)
		sides := c.sides(in.Parties)
		if c.has(a.Actor, AsDirector) {
			sides = append(sides, string(calendar.Committee))
		}
		rule, err := book.Rule(d.Key(), d.StartsOn)
		if err != nil {
			return err
		}
		for _, side := range rule.Extends.SignedBy {
			p.require(slices.Contains(sides, string(side)), "/parties", "延长须经%s同意", side.Name())
		}
		if err := p.err(); err != nil {
			return err
		}
		was := d.DueOn
		c.Extensions = append(c.Extensions, Extension{
			CaseRow: c.row(len(c.Extensions) + 1), DeadlineNo: d.No, AgreedOn: in.AgreedOn, UntilOn: in.Until, SignedBy: sides, How: in.How,
		})
		if err := c.recount(a); err != nil {
			return err
		}
		if d.DueOn == was {
			return Errorf(CodeGuard, "期限已于%s届满，同意延长的日期（%s）在届满之后，不能再延长", was, in.AgreedOn)
		}
		return nil
	})
}

// sides are those of which every party is among the numbers.
func (c *Case) sides(numbers []int) Codes {
	var out Codes
	for _, x := range []struct {
		role PartyRole
		side calendar.Side
	}{{Applicant, calendar.Applicants}, {Respondent, calendar.Respondents}} {
		missing := slices.ContainsFunc(c.Parties, func(p Party) bool { return p.Role == x.role && !slices.Contains(numbers, p.No) })
		if !missing {
			out = append(out, string(x.side))
		}
	}
	return out
}
