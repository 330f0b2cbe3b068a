package domain

import (
	"regexp"
	"slices"

	"baimi/domain/calendar"
)

// ConfirmationResult is where an application for judicial confirmation stands (司法确认, domain.md 2.3).
type ConfirmationResult string

// The results.
const (
	ConfirmationApplied         ConfirmationResult = "applied"          // 已申请
	ConfirmationDocketed        ConfirmationResult = "docketed"         // 法院受理
	ConfirmationRefused         ConfirmationResult = "refused"          // 不予受理
	ConfirmationConfirmed       ConfirmationResult = "confirmed"        // 裁定有效
	ConfirmationDismissed       ConfirmationResult = "dismissed"        // 驳回
	ConfirmationWithdrawn       ConfirmationResult = "withdrawn"        // 撤回
	ConfirmationDeemedWithdrawn ConfirmationResult = "deemed_withdrawn" // 按撤回处理
)

// Confirmations is the life of an application. Who applied may withdraw before the ruling (民诉法解释 357), also before the
// court has docketed it.
var Confirmations = Machine[ConfirmationResult]{
	First: ConfirmationApplied,
	Name: nameIn(map[ConfirmationResult]string{
		ConfirmationApplied: "已申请", ConfirmationDocketed: "法院受理", ConfirmationRefused: "不予受理", ConfirmationConfirmed: "裁定有效",
		ConfirmationDismissed: "驳回", ConfirmationWithdrawn: "撤回", ConfirmationDeemedWithdrawn: "按撤回处理",
	}),
	Steps: []Step[ConfirmationResult]{
		{ConfirmationApplied, ConfirmationDocketed, courtSays},
		{ConfirmationApplied, ConfirmationRefused, courtSays},
		{ConfirmationApplied, ConfirmationWithdrawn, courtSays},
		{ConfirmationDocketed, ConfirmationConfirmed, courtSays},
		{ConfirmationDocketed, ConfirmationDismissed, courtSays},
		{ConfirmationDocketed, ConfirmationWithdrawn, courtSays},
		{ConfirmationDocketed, ConfirmationDeemedWithdrawn, courtSays},
	},
}

var courtSays = []Action{ActionRecordConfirmation}

// Name is the result in Chinese.
func (r ConfirmationResult) Name() string { return Confirmations.Name(r) }

// The reasons of a court that does not docket (民诉法解释 355) and of one that dismisses (358).
var (
	refusalReasons   = []string{"outside_scope", "wrong_court", "personal_status", "other_procedure", "ownership"}
	dismissalReasons = []string{"mandatory_law", "harms_others", "public_order", "not_voluntary", "unclear", "other"}
)

// Confirmation is one application to a court to confirm an agreement, and what came of it.
type Confirmation struct {
	CaseRow
	AgreementNo int                `json:"agreementNo"`
	Applicants  IDs[int32]         `json:"applicants"` // numbers of the parties who applied together
	Court       string             `json:"court"`
	CourtCaseNo *string            `json:"courtCaseNo"`
	Result      ConfirmationResult `json:"result"`
	Reason      *string            `json:"reason"`
	AppliedOn   calendar.Date      `json:"appliedOn"`
	DocketedOn  *calendar.Date     `json:"docketedOn"`
	RuledOn     *calendar.Date     `json:"ruledOn"`
	ReceivedOn  *calendar.Date     `json:"receivedOn"`
	ObjectedOn  *calendar.Date     `json:"objectedOn"`
	ObjectedBy  *Objector          `json:"objectedBy"`
}

// TableName names the table.
func (Confirmation) TableName() string { return "confirmation" }

// Objector is who objects to a confirmation.
type Objector string

// The objectors, each with a time of its own (民诉法解释 372).
const (
	ObjectorParty      Objector = "party"      // 当事人，收到裁定之日起十五日
	ObjectorInterested Objector = "interested" // 利害关系人，知道之日起六个月
)

// Open tells whether the court has not decided.
func (x Confirmation) Open() bool {
	return x.Result == ConfirmationApplied || x.Result == ConfirmationDocketed
}

func (c *Case) openConfirmation() *Confirmation {
	i := slices.IndexFunc(c.Confirmations, Confirmation.Open)
	if i < 0 {
		return nil
	}
	return &c.Confirmations[i]
}

// confirmed is the application with which a court confirmed an agreement; nil when none did.
func (c *Case) confirmed(agreement int) *Confirmation {
	return c.ruled(agreement, ConfirmationConfirmed)
}

func (c *Case) ruled(agreement int, r ConfirmationResult) *Confirmation {
	for i := range c.Confirmations {
		if x := &c.Confirmations[i]; x.AgreementNo == agreement && x.Result == r {
			return x
		}
	}
	return nil
}

// courtName is what a court is called; it stands in the event log, where no other text may come in.
var courtName = regexp.MustCompile(`^\p{Han}{2,36}法院$`)

// Application asks a court to confirm the agreement in force.
type Application struct {
	On      calendar.Date
	Court   string
	Parties []int // who applied: both sides, together
}

// ApplyForConfirmation records that both sides applied together, within thirty days from the effect of a written agreement
// (人民调解法 33, 民事诉讼法 205). An oral one is put on paper first.
func (c *Case) ApplyForConfirmation(a Act, in Application) error {
	return c.move(a, ActionApplyConfirmation, in.On, func() error {
		g := c.inForce()
		if err := c.confirmable(g); err != nil {
			return err
		}
		var p problems
		checkDay(&p, "/on", "申请日期", in.On, a.Today(), g.EffectiveOn, "协议生效日期")
		p.require(courtName.MatchString(in.Court), "/court", "请填写法院全称，例如：简阳市人民法院")
		for _, side := range []PartyRole{Applicant, Respondent} {
			for _, x := range c.Parties {
				p.require(x.Role != side || slices.Contains(in.Parties, x.No), "/parties", "司法确认须由双方当事人共同申请，缺少%d号当事人", x.No)
			}
		}
		for _, no := range in.Parties {
			p.require(c.partyNo(no) != nil, "/parties", "本案没有编号为%d的当事人", no)
		}
		if err := p.err(); err != nil {
			return err
		}
		if due := c.confirmationDue(g.No); in.On.After(due) {
			return Errorf(CodeGuard, "已超过申请司法确认的期限：双方应当自协议生效之日（%s）起三十日内，即%s前共同申请；逾期可以按约定履行或者起诉", g.EffectiveOn, due)
		}
		x := Confirmation{CaseRow: c.row(len(c.Confirmations) + 1), AgreementNo: g.No, Court: in.Court, Result: ConfirmationApplied, AppliedOn: in.On}
		for _, no := range in.Parties {
			x.Applicants = append(x.Applicants, int32(no)) //nolint:gosec // a party's number, at most 50
		}
		slices.Sort(x.Applicants)
		x.Applicants = slices.Compact(x.Applicants)
		c.Confirmations = append(c.Confirmations, x)
		c.stopClocks(in.On, of(ruleConfirm.Code, g.No))
		for _, key := range courtRules {
			if err := c.startClock(a, key, in.On, &x.No); err != nil {
				return err
			}
		}
		return nil
	})
}

// confirmable tells whether the agreement in force can be brought before a court at all.
func (c *Case) confirmable(g *Agreement) error {
	switch {
	case g == nil:
		return Errorf(CodeGuard, "没有生效的调解协议，不能申请司法确认")
	case g.Form != Written:
		return Errorf(CodeGuard, "口头协议不能申请司法确认，请先签订书面调解协议书")
	case c.openConfirmation() != nil:
		return Errorf(CodeGuard, "已经申请司法确认，法院尚未作出决定")
	case c.confirmed(g.No) != nil:
		return Errorf(CodeGuard, "法院已确认该协议有效")
	case c.ruled(g.No, ConfirmationDismissed) != nil:
		return Errorf(CodeGuard, "法院已驳回对该协议的申请；可以变更协议、达成新的协议，或者起诉（民事诉讼法第二百零六条）")
	}
	return nil
}

// confirmationDue is the last day on which the parties can ask for confirmation of an agreement.
func (c *Case) confirmationDue(agreement int) calendar.Date {
	for _, d := range c.Deadlines {
		if of(ruleConfirm.Code, agreement)(d) {
			return d.DueOn
		}
	}
	return calendar.Date{}
}
