package domain

import (
	"slices"
	"time"

	"baimi/domain/calendar"
)

// SessionRecord is what is written down of one round: that it was held, who came and what was said (F08), or that it did not
// take place.
type SessionRecord struct {
	No              int // 0 for a round that nobody planned
	Held            bool
	Joint           bool
	Place           SessionPlace // of a round that nobody planned; else given only when it was elsewhere
	StartsAt        time.Time
	EndsAt          time.Time
	Mediators       []PersonID // none: those of the plan, or of the case
	Parties         []int      // who came
	Representatives []int
	Invited         string
	RightsTold      bool
	Statements      string
	Verified        string
	Persuasion      string
	Result          SessionResult
	NextOn          *calendar.Date
}

// RecordSession records a round. A session can be recorded until the file is locked, because the day's agreement is often
// typed in first.
func (c *Case) RecordSession(a Act, in SessionRecord) error {
	in.StartsAt, in.EndsAt = moment(in.StartsAt), moment(in.EndsAt)
	on := a.Today()
	if in.Held {
		on = calendar.DateOf(in.StartsAt)
	}
	return c.move(a, ActionRecordSession, on, func() error {
		s := MediationSession{CaseRow: c.row(len(c.Sessions) + 1), Status: Sessions.First, Joint: in.Joint}
		if in.No != 0 {
			was, err := c.plannedSession(in.No)
			if err != nil {
				return err
			}
			s = *was
		}
		var err error
		if in.Held {
			err = c.held(a, &s, in)
		} else {
			err = c.notHeld(a, &s, in)
		}
		if err != nil {
			return err
		}
		by, at := a.Actor.Person, a.At
		s.RecordedBy, s.RecordedAt = &by, &at
		if in.No == 0 {
			c.Sessions = append(c.Sessions, s)
		} else {
			*find(c.Sessions, in.No) = s
		}
		return nil
	})
}

// notHeld records that nothing came of a planned session; its time is free for nobody any more.
func (c *Case) notHeld(a Act, s *MediationSession, in SessionRecord) error {
	var p problems
	p.require(in.No != 0, "/no", "没有安排过的调解会，不能登记为未能召开")
	p.require(a.Reason != "", "/reason", "请选择未能召开的原因")
	if err := p.err(); err != nil {
		return err
	}
	if s.StartsAt.After(a.At) {
		return Errorf(CodeGuard, "调解会尚未到时间；不开了的，请办理取消")
	}
	to, err := Sessions.take(s.Status, SessionFailed)
	if err != nil {
		return err
	}
	s.Status, s.EndReason = to, &a.Reason
	s.Came, s.Representatives = rowNumbers(in.Parties), rowNumbers(in.Representatives)
	for _, no := range in.Parties {
		p.require(c.partyNo(no) != nil, "/parties", "本案没有编号为%d的当事人", no)
	}
	for _, no := range in.Representatives {
		p.require(find(c.Representatives, no) != nil, "/representatives", "本案没有编号为%d的代理人", no)
	}
	return p.err()
}

func (c *Case) held(a Act, s *MediationSession, in SessionRecord) error {
	if c.StartedOn == nil {
		return Errorf(CodeGuard, "尚未开始调解：先告知各方当事人权利义务，办理“开始调解”")
	}
	var p problems
	c.checkRecord(&p, a, s, in)
	if err := p.err(); err != nil {
		return err
	}
	if err := c.safeTogether(in.Joint, false, s.Came); err != nil {
		return err
	}
	to, err := Sessions.take(s.Status, SessionHeld)
	if err != nil {
		return err
	}
	s.Status, s.Joint, s.RightsTold = to, in.Joint, in.RightsTold
	s.StartsAt, s.EndsAt = in.StartsAt, in.EndsAt
	s.Result, s.NextOn = &in.Result, in.NextOn
	if in.No == 0 || in.Place != (SessionPlace{}) {
		s.setPlace(a, in.Place, &err)
	}
	replace(&s.Invited, a, &in.Invited, &err)
	replace(&s.Statements, a, &in.Statements, &err)
	replace(&s.Verified, a, &in.Verified, &err)
	replace(&s.Persuasion, a, &in.Persuasion, &err)
	return err
}

func (c *Case) checkRecord(p *problems, a Act, s *MediationSession, in SessionRecord) {
	if in.StartsAt.IsZero() {
		p.add("/startsAt", "required", "请填写开始时间")
	} else {
		checkDay(p, "/startsAt", "调解日期", calendar.DateOf(in.StartsAt), a.Today(), c.StartedOn, "开始调解日期")
	}
	if in.EndsAt.After(a.At) {
		p.add("/endsAt", "future", "结束时间不能晚于现在")
	}
	checkSpan(p, in.StartsAt, in.EndsAt)
	if in.No == 0 || in.Place != (SessionPlace{}) {
		checkPlace(p, in.Place)
	}
	mediators := in.Mediators
	if len(mediators) == 0 && in.No != 0 {
		mediators = s.Mediators
	}
	p.require(len(in.Parties) > 0, "/parties", "请勾选到场的当事人")
	asked := s.Parties
	c.takePart(p, s, mediators, in.Parties, in.Representatives, calendar.DateOf(in.StartsAt))
	s.Came = s.Parties
	if in.No != 0 {
		s.Parties = asked
	}
	if in.Joint && len(s.Came) < 2 {
		p.add("/parties", "joint", "只有一方到场的，请选择背靠背")
	}
	p.require(in.RightsTold, "/rightsTold", "调解开始时须告知当事人权利义务")
	p.require(!blank(in.Statements), "/statements", "请填写当事人的陈述")
	p.require(slices.Contains(sessionResults, in.Result), "/result", "请选择本次调解的结果")
	if in.NextOn != nil {
		switch {
		case in.Result != RoundContinues:
			p.add("/nextOn", "unexpected", "待继续调解的，才填下次调解日期")
		case in.NextOn.Before(calendar.DateOf(in.StartsAt)):
			p.add("/nextOn", "too_early", "下次调解日期不能早于本次")
		}
	}
}
