package domain

import (
	"slices"

	"baimi/domain/calendar"
)

// FollowUpStatus is what became of a visit.
type FollowUpStatus string

// The statuses of a visit (回访).
const (
	FollowUpPlanned    FollowUpStatus = "planned"     // 待回访
	FollowUpDone       FollowUpStatus = "done"        // 已回访
	FollowUpNotReached FollowUpStatus = "not_reached" // 未联系上
	FollowUpCancelled  FollowUpStatus = "cancelled"   // 不再需要
)

// FollowUps is the life of one attempt to see the parties again. A further attempt is a row of its own.
var FollowUps = Machine[FollowUpStatus]{
	First: FollowUpPlanned,
	Name: nameIn(map[FollowUpStatus]string{
		FollowUpPlanned: "待回访", FollowUpDone: "已回访", FollowUpNotReached: "未联系上", FollowUpCancelled: "不再需要",
	}),
	Steps: []Step[FollowUpStatus]{
		{FollowUpPlanned, FollowUpDone, []Action{ActionRecordFollowUp}},
		{FollowUpPlanned, FollowUpNotReached, []Action{ActionRecordFollowUp}},
		{FollowUpPlanned, FollowUpCancelled, []Action{ActionClose, ActionReopen, ActionRecordRuling, ActionAgreeInWriting, ActionSealAgreement, ActionSignAgreement}},
	},
}

// Name is the status in Chinese.
func (s FollowUpStatus) Name() string { return FollowUps.Name(s) }

// FollowUpKind is which visit of an agreement it is: the variants of rule D15.
type FollowUpKind string

// The kinds of visits.
const (
	FollowUpEach      FollowUpKind = "each"      // 每次履行期限届满之后
	FollowUpLast      FollowUpKind = "last"      // 最后回访
	FollowUpImmediate FollowUpKind = "immediate" // 口头协议即时履行，回访一次
)

// mostAttempts is how often the parties are tried for one visit before it counts as finally not reached.
const mostAttempts = 3

// FollowUp is one attempt at one visit.
type FollowUp struct {
	CaseRow
	AgreementNo  int              `json:"agreementNo"`
	Kind         FollowUpKind     `json:"kind"`
	CountedFrom  calendar.Date    `json:"countedFrom"` // the day of performance it follows; the agreement's where nothing is owed
	Attempt      int              `json:"attempt"`
	TriedOn      *calendar.Date   `json:"triedOn"` // of a further attempt, the day of the one before
	Status       FollowUpStatus   `json:"status"`
	EndedOn      *calendar.Date   `json:"endedOn"` // the day of the visit, or on which it was not needed any more
	How          *ContactHow      `json:"how"`
	VisitedBy    *PersonID        `json:"visitedBy"`
	Satisfaction *Satisfaction    `json:"satisfaction"`
	Seen         *PerformanceSeen `json:"seen"`
	NewRisk      *bool            `json:"newRisk"`
}

// TableName names the table.
func (FollowUp) TableName() string { return "follow_up" }

// Satisfaction is what the parties say of the mediation.
type Satisfaction string

// The answers.
const (
	Satisfied          Satisfaction = "satisfied"
	BasicallySatisfied Satisfaction = "basically_satisfied"
	Unsatisfied        Satisfaction = "unsatisfied"
)

// PerformanceSeen is what a visit saw of the performance as a whole; each obligation's own result is recorded with it.
type PerformanceSeen string

// What can be seen.
const (
	SeenPerformed  PerformanceSeen = "performed"
	SeenPartly     PerformanceSeen = "partly"
	SeenNotAtAll   PerformanceSeen = "not_performed"
	SeenNotYetDue  PerformanceSeen = "not_due"
	SeenNothingDue PerformanceSeen = "nothing_owed"
)

var (
	satisfactions = []Satisfaction{Satisfied, BasicallySatisfied, Unsatisfied}
	seenWays      = []PerformanceSeen{SeenPerformed, SeenPartly, SeenNotAtAll, SeenNotYetDue, SeenNothingDue}
)

// key is what makes a visit one: all its attempts share it.
type followUpKey struct {
	kind FollowUpKind
	from calendar.Date
}

func (f FollowUp) key() followUpKey { return followUpKey{f.Kind, f.CountedFrom} }

// ends tells whether it is the visit with which the follow-up of an agreement ends.
func (f FollowUp) ends() bool { return f.Kind != FollowUpEach }

// finally tells whether nothing more is to be tried for this visit.
func (f FollowUp) finally() bool {
	return f.Status == FollowUpDone || f.Status == FollowUpNotReached && f.Attempt >= mostAttempts
}

// PlanFollowUps tells which visits of an agreement in force are missing (rule D15): one after each day on which something
// is due and a last one after all of them; a single one for an oral agreement performed on the spot; and a further attempt
// after one that reached nobody. Called again with what it gave, it gives nothing.
func PlanFollowUps(g Agreement, obligations []Obligation, have []FollowUp) []FollowUp {
	if !g.InForce() {
		return nil
	}
	latest := map[followUpKey]FollowUp{}
	for _, f := range have {
		if f.AgreementNo == g.No && f.Attempt > latest[f.key()].Attempt {
			latest[f.key()] = f
		}
	}
	var missing []FollowUp
	for _, key := range wantedFollowUps(g, obligations) {
		was, planned := latest[key]
		switch {
		case !planned:
			missing = append(missing, FollowUp{AgreementNo: g.No, Kind: key.kind, CountedFrom: key.from, Attempt: 1, Status: FollowUpPlanned})
		case was.Status == FollowUpNotReached && was.Attempt < mostAttempts:
			missing = append(missing, FollowUp{
				AgreementNo: g.No, Kind: key.kind, CountedFrom: key.from, Attempt: was.Attempt + 1, TriedOn: was.EndedOn, Status: FollowUpPlanned,
			})
		}
	}
	return missing
}

// wantedFollowUps are the visits an agreement asks for, in the order of their days.
func wantedFollowUps(g Agreement, obligations []Obligation) []followUpKey {
	var due []calendar.Date
	last, immediate := *g.AgreedOn, true
	for _, o := range obligations {
		if o.AgreementNo != g.No {
			continue
		}
		due = append(due, o.DueOn)
		last, immediate = later(last, o.DueOn), immediate && o.DueOn == *g.AgreedOn
	}
	if g.Form == Oral && immediate {
		return []followUpKey{{FollowUpImmediate, last}}
	}
	slices.SortFunc(due, calendar.Date.Compare)
	var keys []followUpKey
	for _, on := range slices.Compact(due) {
		keys = append(keys, followUpKey{FollowUpEach, on})
	}
	if len(due) == 0 {
		last = *g.EffectiveOn
	}
	return append(keys, followUpKey{FollowUpLast, last})
}

// planFollowUps adds the missing visits with their clocks.
func (c *Case) planFollowUps(a Act, g *Agreement) error {
	for _, f := range PlanFollowUps(*g, c.Obligations, c.FollowUps) {
		f.CaseRow = c.row(len(c.FollowUps) + 1)
		key, from := calendar.Key{Code: ruleVisit.Code, Variant: string(f.Kind)}, f.CountedFrom
		if f.TriedOn != nil {
			key, from = ruleVisit, *f.TriedOn
		}
		c.FollowUps = append(c.FollowUps, f)
		if err := c.startClock(a, key, from, &f.No); err != nil {
			return err
		}
	}
	return nil
}

// PlanFollowUps adds what is missing of the agreement in force; a job does it daily. Without anything missing it is refused,
// so that no empty event is left.
func (c *Case) PlanFollowUps(a Act) error {
	return c.move(a, ActionPlanFollowUps, a.Today(), func() error {
		had := len(c.FollowUps)
		if g := c.inForce(); g != nil {
			if err := c.planFollowUps(a, g); err != nil {
				return err
			}
		}
		if len(c.FollowUps) == had {
			return Errorf(CodeGuard, "没有需要补充的回访")
		}
		return nil
	})
}

// Visit is what came of an attempt to see the parties again.
type Visit struct {
	On           calendar.Date
	How          ContactHow
	Reached      bool
	Satisfaction Satisfaction
	Seen         PerformanceSeen
	NewRisk      *bool // of an escalation, which is reported apart (人民调解法 25)
}

// RecordFollowUp records a visit. The last one has a meaning only once everything is due or has a result.
func (c *Case) RecordFollowUp(a Act, no int, in Visit) error {
	return c.move(a, ActionRecordFollowUp, in.On, func() error {
		f := find(c.FollowUps, no)
		if f == nil {
			return NotFound("回访")
		}
		if f.Status != FollowUpPlanned {
			return Errorf(CodeGuard, "该次回访已登记：%s", f.Status.Name())
		}
		var p problems
		since, what := find(c.Agreements, f.AgreementNo).EffectiveOn, "协议生效日期"
		if f.TriedOn != nil {
			since, what = f.TriedOn, "上次回访日期"
		}
		checkDay(&p, "/on", "回访日期", in.On, a.Today(), since, what)
		p.require(slices.Contains(contactWays, in.How), "/how", "请选择回访方式")
		if in.Reached { // of nobody reached there is nothing to say
			p.require(slices.Contains(satisfactions, in.Satisfaction), "/satisfaction", "请选择当事人的满意程度")
			p.require(slices.Contains(seenWays, in.Seen), "/seen", "请选择所见的履行情况")
			p.require(in.NewRisk != nil, "/newRisk", "请说明有无新的激化风险")
		}
		if err := p.err(); err != nil {
			return err
		}
		if o := c.awaited(f); f.ends() && o != nil && in.On.Before(o.DueOn) {
			return Errorf(CodeGuard, "履行事项%d（履行期限%s）尚无结果，最后一次回访须在履行期限届满或者全部履行事项有结果之后", o.No, o.DueOn)
		}
		status := FollowUpNotReached
		if in.Reached {
			status = FollowUpDone
			f.Satisfaction, f.Seen, f.NewRisk = &in.Satisfaction, &in.Seen, in.NewRisk
		}
		by := a.Actor.Person
		f.How, f.VisitedBy = &in.How, &by
		return c.endFollowUp(f, status, in.On)
	})
}

// awaited is the obligation of the visit's agreement that is due last and has no result; nil when all have one.
func (c *Case) awaited(f *FollowUp) *Obligation {
	var last *Obligation
	for _, o := range c.obligationsOf(f.AgreementNo) {
		if !o.Settled() && (last == nil || o.DueOn.After(last.DueOn)) {
			last = &o
		}
	}
	return last
}

func (c *Case) endFollowUp(f *FollowUp, s FollowUpStatus, on calendar.Date) error {
	to, err := FollowUps.take(f.Status, s)
	if err != nil {
		return err
	}
	f.Status, f.EndedOn = to, &on
	c.stopClocks(on, of(ruleVisit.Code, f.No))
	return nil
}

// cancelFollowUps takes back what was planned for an agreement.
func (c *Case) cancelFollowUps(agreement int, on calendar.Date) {
	for i := range c.FollowUps {
		if f := &c.FollowUps[i]; f.AgreementNo == agreement && f.Status == FollowUpPlanned {
			_ = c.endFollowUp(f, FollowUpCancelled, on) // the step is in the machine
		}
	}
}

func (c *Case) visited(g *Agreement) bool {
	_, err := c.followedUp(g)
	return err == nil
}

// followedUp asks, before closing, that the last visit was made or finally reached nobody (domain.md 2.2). It returns the day.
func (c *Case) followedUp(g *Agreement) (calendar.Date, error) {
	for _, f := range c.FollowUps {
		if f.AgreementNo == g.No && f.ends() && f.finally() {
			return *f.EndedOn, nil
		}
	}
	return calendar.Date{}, Errorf(CodeGuard, "最后一次回访尚未完成，登记回访情况后才能结案（连续%d次未联系上的，可以结案）", mostAttempts)
}
