package domain

import (
	"slices"
	"time"

	"baimi/domain/calendar"
)

// NewEscalation is what is known when a danger is found.
type NewEscalation struct {
	FoundAt     time.Time
	Level       EscalationLevel
	Kind        EscalationKind
	Victim      Victim // "" for nobody the law asks more for
	PeopleCount int    // 0 counts one
	Signs       string // what was seen or said
}

// RaiseEscalation records that the dispute may get worse. The law asks for a report at once; the alarm of D16 runs until one
// was made.
func (c *Case) RaiseEscalation(a Act, in NewEscalation) error {
	in.FoundAt = moment(in.FoundAt)
	return c.move(a, ActionRaiseEscalation, calendar.DateOf(in.FoundAt), func() error {
		var p problems
		checkMoment(&p, "/foundAt", "发现时间", in.FoundAt, a.At, nil, "")
		p.require(in.Level != "", "/level", "请选择预警等级")
		p.require(in.Kind != "", "/kind", "请选择激化情形")
		p.require(!blank(in.Signs), "/signs", "请填写发现的情况")
		if err := p.err(); err != nil {
			return err
		}
		if in.Victim == "" {
			in.Victim = VictimOther
		}
		x := Escalation{
			CaseRow: c.row(len(c.Escalations) + 1), FoundAt: in.FoundAt, FoundBy: a.Actor.Person, Level: in.Level, Kind: in.Kind, Victim: in.Victim,
			PeopleCount: max(in.PeopleCount, 1), Measures: Codes{},
		}
		x.Mandatory, _ = obliged(in.Kind, in.Victim)
		var err error
		if x.Signs, err = NewSecret[statementKind](a.Random, in.Signs); err != nil {
			return err
		}
		c.Escalations = append(c.Escalations, x)
		return c.alarm(a, x, in.FoundAt)
	})
}

// alarm starts the clock of the report where one is due and none runs.
func (c *Case) alarm(a Act, x Escalation, since time.Time) error {
	if !x.Level.High() && !x.Mandatory || c.Reported(x) || slices.ContainsFunc(c.Deadlines, of(ruleEscalation.Code, x.No)) {
		return nil
	}
	return c.startHours(a, ruleEscalation, since, &x.No)
}

// Reported tells whether the report was made; where the law names organs, to one of them.
func (c *Case) Reported(x Escalation) bool {
	_, to := obliged(x.Kind, x.Victim)
	return slices.ContainsFunc(c.Reports, func(r EscalationReport) bool {
		return r.EscalationNo == x.No && (len(to) == 0 || slices.Contains(to, r.Organ))
	})
}

// openEscalation is an escalation that has not ended.
func (c *Case) openEscalation(no int) (*Escalation, error) {
	x := find(c.Escalations, no)
	if x == nil {
		return nil, NotFound("预警")
	}
	if x.EndedAt != nil {
		return nil, Errorf(CodeGuard, "该预警已经结束")
	}
	return x, nil
}

// NewMeasures is what was done about a danger, and how grave it is by now.
type NewMeasures struct {
	No    int
	At    time.Time
	Taken []string
	Note  string           // "" leaves what was noted
	Level *EscalationLevel // nil leaves it
}

// RecordMeasures adds what was done.
func (c *Case) RecordMeasures(a Act, in NewMeasures) error {
	in.At = moment(in.At)
	return c.move(a, ActionRecordMeasures, calendar.DateOf(in.At), func() error {
		x, err := c.openEscalation(in.No)
		if err != nil {
			return err
		}
		var p problems
		checkMoment(&p, "/at", "采取措施的时间", in.At, a.At, &x.FoundAt, "发现时间")
		p.require(len(in.Taken) > 0, "/measures", "请选择采取的措施")
		if err := p.err(); err != nil {
			return err
		}
		was := c.StateOf(*x)
		x.Measures = setOf(append(slices.Clone(x.Measures), in.Taken...))
		if x.MeasuredAt == nil || in.At.After(*x.MeasuredAt) {
			x.MeasuredAt = &in.At
		}
		replace(&x.MeasuresNote, a, given(in.Note), &err)
		if err != nil {
			return err
		}
		if in.Level != nil {
			x.Level = *in.Level
		}
		if err := c.stepped(was, *x); err != nil {
			return err
		}
		return c.alarm(a, *x, in.At)
	})
}

// NewReport is a report of a danger to an organ.
type NewReport struct {
	No      int
	Organ   string
	How     string
	At      time.Time
	Receipt string
}

// ReportEscalation records a report. It ends the alarm; where the law names organs, only a report to one of them does. An
// escalation that has ended can still be reported.
func (c *Case) ReportEscalation(a Act, in NewReport) error {
	in.At = moment(in.At)
	return c.move(a, ActionReportEscalation, calendar.DateOf(in.At), func() error {
		x := find(c.Escalations, in.No)
		if x == nil {
			return NotFound("预警")
		}
		var p problems
		checkMoment(&p, "/at", "报告时间", in.At, a.At, &x.FoundAt, "发现时间")
		p.require(in.Organ != "", "/organ", "请选择报告单位")
		p.require(in.How != "", "/how", "请选择报告方式")
		if err := p.err(); err != nil {
			return err
		}
		r := EscalationReport{
			CaseRow: c.row(len(c.Reports) + 1), EscalationNo: x.No, Organ: in.Organ, How: in.How, ReportedAt: in.At, ReportedBy: a.Actor.Person,
			Receipt: given(in.Receipt),
		}
		was := c.StateOf(*x)
		c.Reports = append(c.Reports, r)
		if c.Reported(*x) {
			c.stopClocks(calendar.DateOf(in.At), of(ruleEscalation.Code, x.No))
		}
		return c.stepped(was, *x)
	})
}

// EscalationEnd is how a danger ended, and what that counts as in the ministry's table.
type EscalationEnd struct {
	No              int
	At              time.Time
	Result          EscalationResult
	Prevented       EscalationKind // "" for nothing the table counts
	PreventedPeople int
}

// EndEscalation closes an escalation. One that the law asks to report cannot end unreported.
func (c *Case) EndEscalation(a Act, in EscalationEnd) error {
	in.At = moment(in.At)
	return c.move(a, ActionEndEscalation, calendar.DateOf(in.At), func() error {
		x, err := c.openEscalation(in.No)
		if err != nil {
			return err
		}
		var p problems
		checkMoment(&p, "/at", "结束时间", in.At, a.At, &x.FoundAt, "发现时间")
		p.require(in.Result != "", "/result", "请选择处置结果")
		counted := in.Prevented != ""
		p.require(counted == (in.PreventedPeople > 0), "/preventedPeople", "填写防止的情形时，须同时填写人数")
		if counted && (in.Result == ResultCriminal || in.Result == ResultPublicOrder) {
			p.add("/prevented", "happened", "已经转为治安、刑事案件的，不能计入防止")
		}
		if in.Prevented == EscalationOther || in.Prevented == EscalationViolence {
			p.add("/prevented", "no_column", "统计表只有防止自杀、民转刑、群体性上访、群体性械斗四项")
		}
		if err := p.err(); err != nil {
			return err
		}
		if x.Mandatory && !c.Reported(*x) {
			return Errorf(CodeGuard, "该情形依法应当报告，报告后才能结束")
		}
		was := c.StateOf(*x)
		x.Result, x.EndedAt = &in.Result, &in.At
		if counted {
			x.Prevented, x.PreventedPeople = &in.Prevented, &in.PreventedPeople
		}
		c.stopClocks(calendar.DateOf(in.At), of(ruleEscalation.Code, x.No))
		return c.stepped(was, *x)
	})
}

// escalationsInUTC and reportsInUTC write moments in one zone, whatever zone they were read in.
func escalationsInUTC(list []Escalation) []Escalation {
	out := slices.Clone(list)
	for i := range out {
		out[i].FoundAt, out[i].MeasuredAt, out[i].EndedAt = out[i].FoundAt.UTC(), utc(out[i].MeasuredAt), utc(out[i].EndedAt)
	}
	return out
}

func reportsInUTC(list []EscalationReport) []EscalationReport {
	out := slices.Clone(list)
	for i := range out {
		out[i].ReportedAt = out[i].ReportedAt.UTC()
	}
	return out
}

// moment is a time as a column keeps it.
func moment(t time.Time) time.Time { return t.Truncate(time.Microsecond).UTC() }

// checkMoment refuses a time that is missing, lies ahead or before an earlier one.
func checkMoment(p *problems, pointer, name string, at, now time.Time, notBefore *time.Time, earlier string) {
	switch {
	case at.IsZero():
		p.add(pointer, "required", "请填写%s", name)
	case at.After(now):
		p.add(pointer, "future", "%s不能晚于现在", name)
	case notBefore != nil && at.Before(*notBefore):
		p.add(pointer, "too_early", "%s不能早于%s", name, earlier)
	case calendar.DateOf(at).Before(floor):
		p.add(pointer, "too_early", "%s不能早于%s", name, floor)
	}
}
