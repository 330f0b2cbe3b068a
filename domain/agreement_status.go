package domain

import (
	"slices"

	"baimi/domain/calendar"
)

// AgreementStatus is where an agreement stands (domain.md 2.3).
type AgreementStatus string

// The statuses of an agreement.
const (
	AgreementDraft     AgreementStatus = "draft"     // 拟定
	AgreementSigned    AgreementStatus = "signed"    // 已签署，待盖章
	AgreementEffective AgreementStatus = "effective" // 生效
	AgreementFulfilled AgreementStatus = "fulfilled" // 履行完毕
	AgreementChanged   AgreementStatus = "changed"   // 已变更
	AgreementRevoked   AgreementStatus = "revoked"   // 已撤销
	AgreementInvalid   AgreementStatus = "invalid"   // 确认无效
	AgreementAbandoned AgreementStatus = "abandoned" // 未生效，已放弃
)

var (
	openStatuses  = []AgreementStatus{AgreementDraft, AgreementSigned}
	forceStatuses = []AgreementStatus{AgreementEffective, AgreementFulfilled}
)

// Agreements is the life of an agreement. What a court does can also meet one that was fulfilled.
var Agreements = Machine[AgreementStatus]{
	First: AgreementDraft,
	Name: nameIn(map[AgreementStatus]string{
		AgreementDraft: "拟定", AgreementSigned: "已签署，待盖章", AgreementEffective: "生效", AgreementFulfilled: "履行完毕",
		AgreementChanged: "已变更", AgreementRevoked: "已撤销", AgreementInvalid: "确认无效", AgreementAbandoned: "未生效，已放弃",
	}),
	Steps: slices.Concat(
		[]Step[AgreementStatus]{
			{AgreementDraft, AgreementSigned, []Action{ActionSignAgreement}},
			{AgreementSigned, AgreementEffective, []Action{ActionSealAgreement, ActionSignAgreement}},
			{AgreementDraft, AgreementEffective, []Action{ActionAgreeOrally, ActionAgreeInWriting}},
			{AgreementDraft, AgreementAbandoned, []Action{ActionDraftAgreement, ActionAgreeInWriting, ActionAgreeOrally, ActionFail, ActionWithdraw, ActionConfirmTransfer, ActionClose, ActionReopen}},
			{AgreementSigned, AgreementAbandoned, []Action{ActionDraftAgreement, ActionAgreeInWriting, ActionAgreeOrally, ActionFail, ActionWithdraw, ActionConfirmTransfer, ActionClose, ActionReopen}},
			{AgreementEffective, AgreementFulfilled, []Action{ActionRecordPerformance}},
		},
		afterEffect(AgreementEffective), afterEffect(AgreementFulfilled),
	),
}

func afterEffect(from AgreementStatus) []Step[AgreementStatus] {
	return []Step[AgreementStatus]{
		{from, AgreementChanged, []Action{ActionAgreeInWriting, ActionSealAgreement, ActionReopen, ActionRecordRuling}},
		{from, AgreementRevoked, []Action{ActionReopen, ActionRecordRuling}},
		{from, AgreementInvalid, []Action{ActionRecordRuling}},
	}
}

// Name is the status in Chinese.
func (s AgreementStatus) Name() string { return Agreements.Name(s) }

// InForce tells whether the parties are bound by it now.
func (g Agreement) InForce() bool { return slices.Contains(forceStatuses, g.Status) }

// Open tells whether it is still on its way to take effect.
func (g Agreement) Open() bool { return slices.Contains(openStatuses, g.Status) }

// become takes a step; from the days of the agreement that it moves only EndedOn is its own.
func (g *Agreement) become(s AgreementStatus, endedOn *calendar.Date) error {
	to, err := Agreements.take(g.Status, s)
	if err != nil {
		return err
	}
	g.Status, g.EndedOn = to, endedOn
	return nil
}

// inForce is the agreement that binds the parties now; nil when there is none.
func (c *Case) inForce() *Agreement {
	i := slices.IndexFunc(c.Agreements, Agreement.InForce)
	if i < 0 {
		return nil
	}
	return &c.Agreements[i]
}

// openDraft is the agreement on its way; nil when there is none.
func (c *Case) openDraft() *Agreement {
	i := slices.IndexFunc(c.Agreements, Agreement.Open)
	if i < 0 {
		return nil
	}
	return &c.Agreements[i]
}

// takeEffect puts an agreement in force: the one before is changed by it, its obligations get their clocks, the parties may
// ask a court to confirm it, the follow-ups are planned, and the mediation is concluded unless an oral agreement did that.
func (c *Case) takeEffect(a Act, g *Agreement) error {
	on := *g.EffectiveOn
	if was := c.inForce(); was != nil {
		if err := c.endAgreement(was, AgreementChanged, later(later(on, *was.EffectiveOn), dateOr(was.EndedOn))); err != nil {
			return err
		}
	}
	if err := g.become(AgreementEffective, nil); err != nil {
		return err
	}
	for _, o := range c.obligationsOf(g.No) {
		if err := c.startClock(a, rulePerform, o.DueOn, &o.No); err != nil {
			return err
		}
	}
	if g.Form == Written {
		var err error
		if g.Text, err = NewSecret[textKind](a.Random, c.AgreementText(*g)); err != nil {
			return err
		}
		if err := c.startClock(a, ruleConfirm, on, &g.No); err != nil {
			return err
		}
	}
	if err := c.planFollowUps(a, g); err != nil {
		return err
	}
	if c.Status.agreed() { // an oral agreement is put on paper: the case ended with the handshake
		c.dropApprovals(a) // whoever asked to mediate anew asked about the handshake
		return nil
	}
	return c.endWork(a, OutcomeAgreed, *g.AgreedOn)
}

// endAgreement takes an agreement out of force. Nothing more is awaited under it: what was still owed, the visits that were
// planned, the time to ask for confirmation and enforcement.
func (c *Case) endAgreement(g *Agreement, s AgreementStatus, on calendar.Date) error {
	if err := g.become(s, &on); err != nil {
		return err
	}
	for i := range c.Obligations {
		if o := &c.Obligations[i]; o.AgreementNo == g.No && !o.Settled() {
			settled := later(on, dateOr(o.SeenOn))
			o.Status, o.SettledOn = Superseded, &settled
			c.stopClocks(on, of(rulePerform.Code, o.No))
		}
	}
	c.cancelFollowUps(g.No, on)
	c.stopClocks(on, of(ruleConfirm.Code, g.No))
	c.stopClocks(on, of(ruleEnforce.Code, g.No))
	return nil
}

// abandonDrafts gives up what is still on its way: a new draft takes its place, or the mediation ended otherwise.
func (c *Case) abandonDrafts(on calendar.Date) {
	for g := c.openDraft(); g != nil; g = c.openDraft() {
		// the step is in the machine for both open statuses, so it cannot fail
		_ = c.endAgreement(g, AgreementAbandoned, later(on, g.DraftedOn))
	}
}
