package domain

import (
	"fmt"
	"slices"

	"baimi/domain/calendar"
)

// AgreementFaults names what contradicts itself in the agreements of a case and in what hangs on them. It reads the rows
// alone and trusts none of the methods that wrote them; baimi check prints it, and the random histories must leave none.
func AgreementFaults(c *Case) []string {
	if c.Origin == OriginImported {
		return nil // a past ledger stays as it was written (ruling P6)
	}
	f := faults{c: c}
	for _, g := range c.Agreements {
		f.agreement(g)
	}
	f.atMostOne()
	for _, o := range c.Obligations {
		f.obligation(o)
	}
	for _, u := range c.Urgings {
		o := find(c.Obligations, u.ObligationNo)
		f.say(o == nil || u.UrgedOn.Before(o.DueOn), "urging %d is of no obligation that was due", u.No)
	}
	for _, x := range c.Confirmations {
		f.confirmation(x)
	}
	f.followUps()
	return f.list
}

type faults struct {
	c    *Case
	list []string
}

func (f *faults) say(wrong bool, format string, args ...any) {
	if wrong {
		f.list = append(f.list, fmt.Sprintf(format, args...))
	}
}

// agreement re-derives the day of effect from the acts, by the rule of the agreement.
func (f *faults) agreement(g Agreement) {
	i := slices.IndexFunc(Effects, func(e Effect) bool { return e.Rule == g.Effect })
	if i < 0 {
		f.say(true, "agreement %d takes effect by no rule there is", g.No)
		return
	}
	effect := Effects[i]
	f.say((g.Form == Oral) != (g.Effect == EffectOral), "agreement %d is %s and takes effect as %s", g.No, g.Form, g.Effect)
	took := !g.Open() && g.Status != AgreementAbandoned
	f.say((g.Form == Written) != (g.Code != nil), "agreement %d is %s; that it has a verification code: %v", g.No, g.Form, g.Code != nil)
	if g.Code != nil {
		code, err := ParseVerificationCode(string(*g.Code))
		f.say(err != nil || code != *g.Code || code.County() != int16(f.c.County), "the verification code of agreement %d is none", g.No)
	}
	f.say((g.Form == Written && g.EffectiveOn != nil) != g.Text.Given(), "agreement %d is %s and %s; that its text is kept: %v", g.No, g.Form, g.Status, g.Text.Given())
	f.say(took != (g.EffectiveOn != nil), "agreement %d is %s; that it took effect: %v", g.No, g.Status, g.EffectiveOn != nil)
	for _, x := range g.Signatures {
		f.say(!slices.Contains(effect.Methods, x.Method), "agreement %d is signed %s, which its rule does not allow", g.No, x.Method)
	}
	if g.Status == AgreementDraft || g.Status == AgreementAbandoned {
		return
	}
	bound := f.c.boundBy(g.No)
	for _, p := range f.c.Parties {
		f.say(g.Form == Written && bound.has(p) && !g.signedBy(p.No), "agreement %d is %s without the signature of party %d", g.No, g.Status, p.No)
	}
	f.say(effect.Mediator && g.MediatorSignedOn == nil, "agreement %d is %s without the mediator's signature", g.No, g.Status)
	f.say(took && effect.Seal && g.SealedOn == nil, "agreement %d took effect without a seal", g.No)
	if took && g.EffectiveOn != nil {
		f.say(*g.EffectiveOn != g.lastAct() && !(g.Effect == EffectOnline), "agreement %d took effect on %s, its last act is of %s", g.No, g.EffectiveOn, g.lastAct())
		f.say(g.Effect == EffectOnline && *g.EffectiveOn != lastSignature(g), "agreement %d took effect on %s, the last signature is of %s", g.No, g.EffectiveOn, lastSignature(g))
	}
	obligations := f.c.obligationsOf(g.No)
	f.schedule(obligations)
	all := len(obligations) > 0 && !slices.ContainsFunc(obligations, func(o Obligation) bool { return o.Status != Performed })
	if g.InForce() {
		f.say(all != (g.Status == AgreementFulfilled), "agreement %d is %s; that all of it is performed: %v", g.No, g.Status, all)
	}
}

// schedule holds the duties to their order: numbered through, and the instalments of one numbered, of the same parties, each later
// than the one before.
func (f *faults) schedule(rows []Obligation) {
	duty, nth := 0, 0
	for i, o := range rows {
		if o.Duty == duty && o.Instalment != nil {
			was := rows[i-1]
			nth++
			f.say(*o.Instalment != nth, "obligation %d is instalment %d, the next was %d", o.No, *o.Instalment, nth)
			f.say(o.Debtor != was.Debtor || o.Creditor != was.Creditor || o.Manner != was.Manner, "obligation %d is an instalment of another duty than %d", o.No, was.No)
			f.say(!o.DueOn.After(was.DueOn), "instalment %d is due on %s, the one before on %s", o.No, o.DueOn, was.DueOn)
			continue
		}
		duty, nth = duty+1, 1
		f.say(o.Duty != duty, "obligation %d is of duty %d, the next was %d", o.No, o.Duty, duty)
		f.say(o.Instalment != nil && *o.Instalment != 1, "obligation %d does not begin with the first instalment", o.No)
		f.say(o.Instalment != nil && o.Amount == nil, "obligation %d is an instalment of no sum", o.No)
	}
}

func lastSignature(g Agreement) (last calendar.Date) {
	for _, x := range g.Signatures {
		last = later(last, x.SignedOn)
	}
	return last
}

// atMostOne holds that one agreement binds at a time, and one is on its way; and which states have one.
func (f *faults) atMostOne() {
	n, open := 0, 0
	for _, g := range f.c.Agreements {
		if g.InForce() {
			n++
		}
		if g.Open() {
			open++
		}
	}
	f.say(n > 1, "%d agreements are in force", n)
	f.say(open > 1, "%d agreements are on their way", open)
	s := f.c.Status
	f.say(n > 0 && f.c.Outcome == nil && s != StatusVoid, "an agreement is in force, the case has not ended")
	f.say(open > 0 && slices.Contains(slices.Concat(filed, []Status{StatusFailed, StatusWithdrawn, StatusNotAccepted}), s), "an agreement is on its way in a case that is %s", s)
}

// obligation holds a duty to its agreement: what is owed under none in force is awaited no more, and the clock runs while,
// and only while, something is.
func (f *faults) obligation(o Obligation) {
	g := find(f.c.Agreements, o.AgreementNo)
	if g == nil {
		f.say(true, "obligation %d is of agreement %d, which is not there", o.No, o.AgreementNo)
		return
	}
	ended := !g.Open() && !g.InForce()
	f.say(ended && !o.Settled(), "obligation %d is %s under an agreement that is %s", o.No, o.Status, g.Status)
	f.say(!ended && o.Status == Superseded, "obligation %d is superseded under an agreement that is %s", o.No, g.Status)
	f.say(g.Open() && o.Status != Pending, "obligation %d is %s before its agreement took effect", o.No, o.Status)
	f.say(o.Status == Enforcement && f.c.confirmed(g.No) == nil, "obligation %d is enforced, no court confirmed agreement %d", o.No, g.No)
	f.say(o.Status == PaymentOrder && !labourTypes[f.c.Type], "obligation %d has a payment order in a dispute of type %s", o.No, f.c.Type)
	clocks := slices.Collect(f.clocks(rulePerform.Code, o.No))
	f.say((g.EffectiveOn != nil) != (len(clocks) == 1), "obligation %d has %d clocks under an agreement that is %s", o.No, len(clocks), g.Status)
	for _, d := range clocks {
		f.say(d.StartsOn != o.DueOn, "the clock of obligation %d is for %s, it is due on %s", o.No, d.StartsOn, o.DueOn)
		f.say(d.Running() && o.Settled(), "the clock of obligation %d runs although it is %s", o.No, o.Status)
	}
}

func (f *faults) clocks(rule string, about int) func(func(Deadline) bool) {
	return func(yield func(Deadline) bool) {
		for _, d := range f.c.Deadlines {
			if of(rule, about)(d) && !yield(d) {
				return
			}
		}
	}
}

// confirmation holds an application to its agreement and to the order of its days.
func (f *faults) confirmation(x Confirmation) {
	g := find(f.c.Agreements, x.AgreementNo)
	if g == nil || g.Form != Written || g.EffectiveOn == nil {
		f.say(true, "confirmation %d is of no written agreement that took effect", x.No)
		return
	}
	f.say(x.AppliedOn.Before(*g.EffectiveOn), "confirmation %d was asked for before the agreement took effect", x.No)
	f.say(x.AppliedOn.After(f.c.confirmationDue(g.No)), "confirmation %d was asked for after the thirty days", x.No)
	before := x.AppliedOn
	for _, on := range []*calendar.Date{x.DocketedOn, x.RuledOn, x.ReceivedOn, x.ObjectedOn} {
		if on != nil {
			f.say(on.Before(before), "the days of confirmation %d are out of order", x.No)
			before = *on
		}
	}
	for _, side := range f.c.Parties {
		missing := side.Role != ThirdParty && !slices.Contains(x.Applicants, int32(side.No)) //nolint:gosec // a party's number, at most 50
		f.say(missing, "confirmation %d was not asked for by party %d", x.No, side.No)
	}
}

// followUps holds the plan of visits: all that rule D15 wants is there, each with its clock, further attempts in order.
func (f *faults) followUps() {
	for _, x := range f.c.FollowUps {
		clocks := slices.Collect(f.clocks(ruleVisit.Code, x.No))
		if len(clocks) != 1 {
			f.say(true, "follow-up %d has %d clocks", x.No, len(clocks))
			continue
		}
		f.say(clocks[0].Running() != (x.Status == FollowUpPlanned) && !slices.Contains(stopped, f.c.Status), "the clock of follow-up %d runs: %v; it is %s", x.No, clocks[0].Running(), x.Status)
		g := find(f.c.Agreements, x.AgreementNo)
		f.say(g == nil || x.Status == FollowUpPlanned && !g.InForce(), "follow-up %d is planned for an agreement that is not in force", x.No)
	}
	g := f.c.inForce()
	if g == nil {
		return
	}
	if f.c.Status.agreed() {
		for _, x := range PlanFollowUps(*g, f.c.Obligations, f.c.FollowUps) {
			f.say(x.Attempt == 1, "no follow-up of agreement %d after %s is planned (%s)", g.No, x.CountedFrom, x.Kind)
		}
	}
	f.say(f.c.ClosedOn != nil && f.c.VoidedOn == nil && !f.c.visited(g), "closed without a last follow-up")
}

// stopped are the states in which every clock has been stopped, whatever it was of.
var stopped = []Status{StatusArchived, StatusVoid}
