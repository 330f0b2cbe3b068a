package domain

import (
	"slices"

	"baimi/domain/calendar"
)

// Ending is the end of a mediation without an agreement, with the other ways the parties were told.
type Ending struct {
	On       calendar.Date
	Remedies []string // codes of the ways told: court, labour_arbitration, land_arbitration, administrative, police, legal_aid, petition
	ToldOn   calendar.Date
}

// Decline refuses a registered matter (不予受理): the reason and where to go are told (司法部令75号 22, 24).
func (c *Case) Decline(a Act, in Ending) error {
	return c.move(a, ActionDecline, in.On, func() error {
		return c.end(a, in, OutcomeNotAccepted, c.RequestedOn, "申请日期")
	})
}

// Fail ends a mediation that reached no agreement and records that the parties were told of arbitration,
// administrative and judicial ways (人民调解法 26).
func (c *Case) Fail(a Act, in Ending) error {
	return c.move(a, ActionFail, in.On, func() error {
		if a.Reason == unreachable {
			if err := c.outOfReach(); err != nil {
				return err
			}
		}
		return c.end(a, in, OutcomeFailed, c.lastStep(), "上一步日期")
	})
}

func (c *Case) end(a Act, in Ending, o Outcome, notBefore calendar.Date, earlier string) error {
	var p problems
	checkDay(&p, "/on", "日期", in.On, a.Today(), &notBefore, earlier)
	checkDay(&p, "/remediesToldOn", "告知日期", in.ToldOn, a.Today(), &notBefore, earlier)
	p.require(a.Reason != "", "/reason", "请选择原因")
	p.require(len(in.Remedies) > 0, "/remedies", "请勾选已告知当事人的其他解决途径")
	if err := p.err(); err != nil {
		return err
	}
	c.EndReason, c.Remedies, c.RemediesToldOn = &a.Reason, append(Codes{}, in.Remedies...), &in.ToldOn
	if err := c.endWork(a, o, in.On); err != nil {
		return err
	}
	if o == OutcomeFailed && c.Type == trafficType {
		return c.startClock(a, ruleTraffic, in.On, nil)
	}
	return nil
}

// endWork ends what was under way, and the case with it.
func (c *Case) endWork(a Act, o Outcome, on calendar.Date) error {
	if err := c.endPause(a, on); err != nil {
		return err
	}
	c.dropApprovals(a)
	c.conclude(o, on)
	return nil
}

// Withdraw ends the case at the applicant's wish. If the other side wants to go on, that is a new application.
func (c *Case) Withdraw(a Act, on calendar.Date) error {
	return c.move(a, ActionWithdraw, on, func() error {
		var p problems
		step := c.lastStep()
		checkDay(&p, "/on", "撤回日期", on, a.Today(), &step, "上一步日期")
		p.require(a.Reason != "", "/reason", "请选择撤回原因")
		if err := p.err(); err != nil {
			return err
		}
		c.EndReason = &a.Reason
		return c.endWork(a, OutcomeWithdrawn, on)
	})
}

// lastStep is the day of the latest step taken before an end.
func (c *Case) lastStep() calendar.Date {
	last := c.RequestedOn
	for _, on := range []*calendar.Date{c.AcceptedOn, c.StartedOn} {
		if on != nil {
			last = later(last, *on)
		}
	}
	for _, p := range c.Pauses {
		last = later(last, p.FromOn)
		if p.ToOn != nil {
			last = later(last, *p.ToOn)
		}
	}
	return last
}

// Close closes an ended case: every obligation has a result. Never by the case's own mediator (ruling P15).
func (c *Case) Close(a Act, on calendar.Date) error {
	return c.move(a, ActionClose, on, func() error {
		var p problems
		if c.openTransfer() != nil {
			return Errorf(CodeGuard, "移送尚无结果，接收或者退回后才能结案")
		}
		if i := slices.IndexFunc(c.Sessions, func(s MediationSession) bool { return s.Status == SessionPlanned }); i >= 0 {
			return Errorf(CodeGuard, "%s的调解会尚未登记，请登记调解记录或者取消后再结案", c.Sessions[i].On())
		}
		latest := *c.ConcludedOn
		if c.RemediesToldOn != nil {
			latest = later(latest, *c.RemediesToldOn)
		}
		c.abandonDrafts(latest)
		for _, g := range c.Agreements {
			latest = later(latest, dateOr(g.EffectiveOn))
		}
		for _, o := range c.Obligations {
			if !o.Settled() {
				return Errorf(CodeGuard, "履行事项%d尚无结果（履行期限%s），登记履行情况后才能结案", o.No, o.DueOn)
			}
			latest = later(latest, *o.SettledOn)
		}
		if g := c.inForce(); g != nil {
			visited, err := c.followedUp(g)
			if err != nil {
				return err
			}
			latest = later(latest, visited)
			c.cancelFollowUps(g.No, on)
		}
		checkDay(&p, "/on", "结案日期", on, a.Today(), &latest, "协议生效、告知、最后一项结果或者最后一次回访的日期")
		if err := p.err(); err != nil {
			return err
		}
		by := a.Actor.Person
		c.ClosedOn, c.ClosedBy = &on, &by
		c.dropApprovals(a)
		return c.startClock(a, ruleArchive, on, nil)
	})
}

// Archive locks the file with what it holds; documents are the forms that it prints. What it lacks (domain.md 3.3) is explained by
// the act's reason.
func (c *Case) Archive(a Act, on calendar.Date, documents ...FiledDocument) error {
	if len(c.incomplete()) == 0 {
		a.Reason = "" // nothing to explain
	}
	return c.move(a, ActionArchive, on, func() error {
		var p problems
		checkDay(&p, "/on", "归档日期", on, a.Today(), c.ClosedOn, "结案日期")
		if err := p.err(); err != nil {
			return err
		}
		if lacks := c.incomplete(); len(lacks) > 0 && a.Reason == "" {
			for _, l := range lacks {
				p.add("/incomplete", l.Code, "%s", l.Text)
			}
			return p.err()
		}
		c.lock(on, documents)
		c.ArchivedOn = &on
		c.stopClocks(on, anyClock)
		return nil
	})
}

// lacksRecord tells whether the file misses the record of a round (F08, domain.md 3.3): one for a written agreement, and one
// for a mediation that began and failed. An oral agreement has its register (F10); its brief record may be added.
func (c *Case) lacksRecord() bool {
	written := slices.ContainsFunc(c.Agreements, func(g Agreement) bool { return g.Form == Written && g.EffectiveOn != nil })
	failed := c.Outcome != nil && *c.Outcome == OutcomeFailed && c.StartedOn != nil
	held := slices.ContainsFunc(c.Sessions, func(s MediationSession) bool { return s.Status == SessionHeld })
	return (written || failed) && !held
}

// Void takes a case out of the figures; its number stays and it stays visible (ruling P1).
func (c *Case) Void(a Act) error {
	return c.move(a, ActionVoid, a.Today(), func() error {
		var p problems
		p.require(a.Reason != "", "/reason", "请选择作废原因")
		if err := p.err(); err != nil {
			return err
		}
		on := a.Today()
		c.VoidedOn, c.VoidReason = &on, &a.Reason
		c.lapseRecusals(on)
		if err := c.endPause(a, on); err != nil {
			return err
		}
		c.stopClocks(on, anyClock)
		return nil
	})
}
