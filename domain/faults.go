package domain

import (
	"fmt"

	"github.com/google/uuid"
)

// Faults re-derives, for the checker, the rules about people, escalations and erasures from what is stored of the case. It
// names numbers only, never a value. values tells of each personal value whether it was erased.
func (c *Case) Faults(values map[uuid.UUID]bool) []string {
	var list []string
	say := func(format string, args ...any) { list = append(list, fmt.Sprintf(format, args...)) }
	c.representativeFaults(say)
	list = append(list, TeamFaults(c)...)
	c.escalationFaults(say)
	c.sessionFaults(say)
	c.erasureFaults(values, say)
	for _, x := range c.Parties {
		if x.IDType == nil || *x.IDType != residentCard || x.Kind != Natural || x.IDNumber.IsErased() || x.Birth.IsErased() {
			continue
		}
		birth, known := x.born()
		if in := birthIn(NewParty{Kind: Natural, IDType: residentCard, IDNumber: x.IDNumber.Plain()}, c.RegisteredOn()); in != nil && (!known || *in != birth) {
			say("party %d was not born on the day its number says", x.No)
		}
	}
	return list
}

func (c *Case) representativeFaults(say func(string, ...any)) {
	for _, r := range c.Representatives {
		n := 0
		for _, o := range c.Representatives {
			same := o.Kind == r.Kind && optional(o.PartyNo) == optional(r.PartyNo) && optional(o.Side) == optional(r.Side)
			if same && o.on(r.FromOn) {
				n++
			}
		}
		switch {
		case r.Kind == RepresentativeAgent && n > maxAgents, r.Kind == RepresentativeElected && n > maxElected, r.Kind == RepresentativeHead && n > 1:
			say("%d of the kind %s act with representative %d", n, r.Kind, r.No)
		}
	}
	for _, g := range c.Agreements {
		for _, s := range g.Signatures {
			var p problems
			if c.checkSigner(&p, "", s); len(p.fields) > 0 {
				say("the signature for party %d under agreement %d is not by who may give it", s.PartyNo, g.No)
			}
		}
	}
}

func (c *Case) escalationFaults(say func(string, ...any)) {
	for _, x := range c.Escalations {
		alarm := find(c.Deadlines, c.alarmNo(x.No))
		owed := x.Level.High() || x.Mandatory
		switch {
		case alarm == nil && owed && !c.Reported(x):
			say("escalation %d asks for a report and has no alarm", x.No)
		case alarm != nil && alarm.Running() != (!c.Reported(x) && x.EndedAt == nil):
			say("the alarm of escalation %d runs: %v; reported: %v, ended: %v", x.No, alarm.Running(), c.Reported(x), x.EndedAt != nil)
		}
		if x.Mandatory && x.EndedAt != nil && !c.Reported(x) {
			say("escalation %d ended without the report the law asks for", x.No)
		}
	}
}

// alarmNo is the number of an escalation's clock; 0 for none.
func (c *Case) alarmNo(escalation int) int {
	for _, d := range c.Deadlines {
		if of(ruleEscalation.Code, escalation)(d) {
			return d.No
		}
	}
	return 0
}

// erasureFaults holds the erasures to what was erased: each names values that are gone, and nothing is gone without one.
func (c *Case) erasureFaults(erased map[uuid.UUID]bool, say func(string, ...any)) {
	named := map[uuid.UUID]bool{}
	for _, x := range c.Erasures {
		for _, id := range x.Refs {
			if named[id] {
				say("personal value %s was erased twice", id)
			}
			if named[id] = true; !erased[id] {
				say("erasure %d names personal value %s, which is still there", x.No, id)
			}
		}
	}
	for id, gone := range erased {
		if gone && !named[id] {
			say("personal value %s was erased and no erasure says so", id)
		}
	}
}
