package calendar

import (
	"strings"
	"time"
)

// Rule is one row of the table of deadlines (domain.md 2.5), as it stood from Since up to the day before Until. The rule
// in force on the day of the event governs the clock; zero days mean "always so far" and "until further notice".
type Rule struct {
	Code    string // D1 to D20
	Variant string // which of several lengths under one number; empty where there is one
	Name    string
	Term    Term
	From    Event
	Kind    Kind
	Pauses  []PauseRule
	Extends ExtendRule
	Basis   string
	Duty    Sureness // how sure it is that there is such a duty
	Length  Sureness // how sure its length is; D where we chose it
	Note    string
	Since   Date
	Until   Date
}

// Key names a rule across its dated versions.
type Key struct {
	Code    string `json:"code"`
	Variant string `json:"variant"`
}

// String is D4 or D6/summary.
func (k Key) String() string { return strings.TrimSuffix(k.Code+"/"+k.Variant, "/") }

// Key names the rule.
func (r Rule) Key() Key { return Key{r.Code, r.Variant} }

func (r Rule) inForce(d Date) bool {
	return !d.Before(r.Since) && (r.Until.IsZero() || d.Before(r.Until))
}

// Policy is what the rule lets count.
func (r Rule) Policy() Policy { return Policy{Pauses: r.Pauses, Extends: r.Extends} }

// Title is the rule as the first line of a trace.
func (r Rule) Title() string {
	if r.Term.Length == 0 {
		return r.Name + "：以" + r.From.Name() + "为准" + basis(r.Basis)
	}
	return r.Name + "：自" + r.From.Name() + "起" + r.Term.String() + basis(r.Basis)
}

// Clock is a clock of the rule from the day of its event. For a rule of hours give the moment instead of the day.
func (r Rule) Clock(start Date, since time.Time, pauses []Span, extensions []Extension) Clock {
	return Clock{
		Title: r.Title(), Start: start, Since: since, Term: r.Term, Pauses: pauses, Extensions: extensions, Policy: r.Policy(),
	}
}

// Kind is what it means that a rule's time has run out.
type Kind string

// The kinds. Ruling P9: D16, D19 and D20 are alarms, no deadlines.
const (
	Legal       Kind = "legal"       // a text sets it
	Default     Kind = "default"     // a text says 及时 or nothing, and the product a number
	Agreed      Kind = "agreed"      // the parties named the day
	Alarm       Kind = "alarm"       // it calls someone; nothing is lost when it rings
	Information Kind = "information" // another body's time, shown only
)

// Sureness is the tag of domain.md 0.1.
type Sureness string

// The tags.
const (
	SureA Sureness = "A" // the text was read
	SureB Sureness = "B" // an excerpt, or several sources that agree
	SureC Sureness = "C" // one secondary source
	SureD Sureness = "D" // our own choice
	SureM Sureness = "M" // from memory
)

// Event is what a rule counts from.
type Event string

// The events.
const (
	Requested          Event = "requested"
	ReferralReceived   Event = "referral_received"
	Accepted           Event = "accepted"
	PapersSignedFor    Event = "papers_signed_for"
	PlatformConfirmed  Event = "platform_confirmed"
	ApplicationArrived Event = "application_arrived"
	TerminationDecided Event = "termination_decided"
	AgreementEffective Event = "agreement_effective"
	CourtFiling        Event = "court_filing"
	RulingReceived     Event = "ruling_received"
	PerformanceDue     Event = "performance_due"
	LastPerformanceDue Event = "last_performance_due"
	NotReached         Event = "not_reached"
	RiskFound          Event = "risk_found"
	Closed             Event = "closed"
	PetitionReceived   Event = "petition_received"
	PetitionAccepted   Event = "petition_accepted"
	Elected            Event = "elected"
	Recorded           Event = "recorded"
)

var eventNames = map[Event]string{
	Requested: "申请之日", ReferralReceived: "收到移送之日", Accepted: "受理之日", PapersSignedFor: "签收法院移交材料之日",
	PlatformConfirmed: "在平台确认接受调解之日", ApplicationArrived: "收到调解申请之日", TerminationDecided: "终止调解之日",
	AgreementEffective: "调解协议生效之日", CourtFiling: "向法院提出申请之日", RulingReceived: "收到裁定之日",
	PerformanceDue: "约定的履行之日", LastPerformanceDue: "最后一期履行期限届满之日", RiskFound: "发现高风险之时", NotReached: "上次未联系上之日", Closed: "结案之日",
	PetitionReceived: "收到信访事项之日", PetitionAccepted: "信访事项受理之日", Elected: "当选之日", Recorded: "日志产生之日",
}

// Name is the event in Chinese, as after 自: 受理之日.
func (e Event) Name() string { return eventNames[e] }
