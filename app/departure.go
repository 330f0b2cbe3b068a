package app

import (
	"context"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
)

// DepartureInput is somebody's leave or departure from one post.
type DepartureInput struct {
	Assignment domain.AssignmentID
	Away       domain.Away
	Successor  domain.PersonID                   // takes over the open cases; 0 leaves them to their other mediators
	Successors map[domain.CaseID]domain.PersonID // for single cases
	DryRun     bool                              // only look what would happen
}

// HandOver is what becomes, or would become, of one open case.
type HandOver struct {
	Case      domain.CaseID
	DemandNo  domain.DemandNo
	Status    domain.Status
	Type      string
	Mediators []domain.PersonID // from now on; of a refused one those it has
	Alerts    int               // clocks of it that ran out, which go with it
	Meetings  int               // sessions of mediation still to come, which go with it
	Refusal   error             // why it was not handed over
}

// DepartureResult tells what was done, or would be.
type DepartureResult struct {
	Person           domain.PersonID
	Cases            []HandOver
	Hidden           int  // confidential cases that the actor may not open
	Closed           bool // the post is ended; never while a case is left
	Sessions, Tokens int
	Disabled         bool // the account has no other post
}

// Left counts the cases that are still in the hands of who goes.
func (r DepartureResult) Left() int {
	n := r.Hidden
	for _, c := range r.Cases {
		if c.Refusal != nil {
			n++
		}
	}
	return n
}

// Depart hands over the open cases of a post, one transaction each with its event, then ends the post, its sessions and
// tokens in one more. What was handed over stays so when a later case is refused; the same request goes on from there.
func (u *Staffing) Depart(ctx context.Context, a domain.Actor, in DepartureInput) (DepartureResult, error) {
	var out DepartureResult
	x, err := u.store.Assignment(ctx, in.Assignment)
	if err != nil {
		return out, err
	}
	if err := a.MayEndRole(x); err != nil {
		return out, err
	}
	if err := in.Away.Check(x, u.today()); err != nil {
		return out, err
	}
	out.Person = x.Person
	for p, pointer := range u.successors(in) {
		if p == x.Person {
			return out, invalid([]domain.FieldError{{Pointer: pointer, Code: "successor", Message: "接办人不能是离岗人员本人"}})
		}
	}
	if err := u.handOverAll(ctx, a, x, in, &out); err != nil || in.DryRun || out.Left() > 0 {
		return out, err
	}
	return out, u.end(ctx, a, x, in.Away, &out)
}

func (u *Staffing) successors(in DepartureInput) map[domain.PersonID]string {
	m := map[domain.PersonID]string{in.Successor: "/successorId"}
	for _, p := range in.Successors {
		m[p] = "/successors"
	}
	return m
}

// handOverAll works through the cases in somebody's hands. They are found in the county's own scope, or a confidential
// one would be left without anybody; each is then opened in the actor's own, and what he may not open is counted only.
func (u *Staffing) handOverAll(ctx context.Context, a domain.Actor, x domain.Assignment, in DepartureInput, out *DepartureResult) error {
	if x.Committee == nil {
		return nil // nobody mediates from such a post
	}
	ids, err := u.store.CasesInHand(ctx, domain.SystemScope(a.County, x.OrgArea[:countyPath]), x.Person, *x.Committee)
	if err != nil {
		return err
	}
	for _, id := range ids {
		successor := in.Successor
		if s, ok := in.Successors[id]; ok {
			successor = s
		}
		h, err := u.handOver(ctx, a, id, x.Person, successor, in)
		switch {
		case domain.CodeOf(err) == domain.CodeNotFound, domain.CodeOf(err) == domain.CodeForbidden && h.DemandNo == "":
			out.Hidden++
			continue
		case domain.CodeOf(err) != "":
			h.Refusal = err
		case err != nil:
			return err
		}
		out.Cases = append(out.Cases, h)
	}
	return nil
}

// handOver replaces one mediator of one case by the move that changes mediators, or tells what it would do.
func (u *Staffing) handOver(ctx context.Context, a domain.Actor, id domain.CaseID, gone, successor domain.PersonID, in DepartureInput) (HandOver, error) {
	h := HandOver{Case: id}
	look := func(ctx context.Context, c *domain.Case, act domain.Act) error {
		h.DemandNo, h.Status, h.Type, h.Mediators = c.DemandNo, c.Status, c.Type, c.Mediators
		for _, d := range c.Deadlines {
			if d.OverdueAt(act.At) {
				h.Alerts++
			}
		}
		h.Meetings = c.PlannedWith(gone)
		if !open(c, a, domain.ActionAssign) {
			return c.Assign(act, c.Mediators) // says why it is not his to change
		}
		next := c.Without(gone, successor)
		if len(next) == 0 {
			return domain.Errorf(domain.CodeGuard, "该案只有离岗人员一名调解员，请指定接办人")
		}
		var orgs []domain.OrgID
		var err error
		if successor != 0 {
			day := act.Today()
			if in.Away.On.After(day) {
				day = in.Away.On
			}
			if orgs, err = u.cases.checkMediators(ctx, c.Committee, day, []domain.PersonID{successor}); err != nil {
				return domain.Errorf(domain.CodeGuard, "接办人在该日不是本案所属调委会的调解员")
			}
		}
		h.Mediators = next
		if err := u.cases.engage(ctx, a, &act, next); err != nil {
			return err
		}
		if in.DryRun {
			return c.Clone().Assign(act, next, orgs...) // also whether a session would meet another of the successor's
		}
		if act.Confidants, err = u.cases.store.Confidants(ctx, c.AreaPath, act.Today()); err != nil {
			return err
		}
		return c.Assign(act, next, orgs...)
	}
	if in.DryRun {
		if err := mayOpen(a, id); err != nil {
			return h, err
		}
		c, err := u.cases.store.Case(ctx, a.Scope(), id)
		if err != nil {
			return h, err
		}
		act, err := u.cases.act(ctx, a, string(in.Away.Kind))
		if err != nil {
			return h, err
		}
		return h, look(ctx, c, act)
	}
	_, err := u.cases.change(ctx, a, id, 0, string(in.Away.Kind), look)
	return h, err
}

// end ends the post on its day. Sign-ins that go on in it end now when the day has come; else the day ends them, because
// every request asks for the role anew.
func (u *Staffing) end(ctx context.Context, a domain.Actor, x domain.Assignment, away domain.Away, out *DepartureResult) error {
	return u.in(ctx, a, func(ctx context.Context, now time.Time) ([]domain.AccountEvent, error) {
		if err := u.store.EndAssignment(ctx, x.ID, away.On); err != nil {
			return nil, err
		}
		account, err := u.store.AccountOf(ctx, x.Person)
		if err != nil {
			return nil, err
		}
		out.Closed = true
		line := a.AccountEvent(account.ID, domain.AccountRoleEnded, now)
		line.About, line.OnDay, line.Reason = &x.ID, &away.On, string(away.Kind)
		lines := []domain.AccountEvent{line}
		if away.BackOn != nil {
			back, err := u.comesBack(ctx, x, *away.BackOn)
			if err != nil {
				return nil, err
			}
			line := a.AccountEvent(account.ID, domain.AccountRoleGiven, now)
			line.About, line.OnDay, line.Reason = &back, away.BackOn, string(away.Kind)
			lines = append(lines, line)
		}
		if away.On.After(calendar.DateOf(now)) {
			return lines, nil
		}
		if out.Sessions, out.Tokens, err = u.store.EndSignIns(ctx, x.ID, now); err != nil {
			return nil, err
		}
		if out.Sessions+out.Tokens > 0 {
			lines = append(lines, a.AccountEvent(account.ID, domain.AccountSignInsEnded, now))
		}
		left, err := u.store.AssignmentsFrom(ctx, []domain.PersonID{x.Person}, calendar.DateOf(now))
		if err != nil || len(left[x.Person]) > 0 || account.DisabledAt != nil {
			return lines, err
		}
		out.Disabled = true
		line = a.AccountEvent(account.ID, domain.AccountDisabled, now)
		line.Reason = string(domain.DisabledLeft)
		return append(lines, line), u.store.DisableAccount(ctx, account.ID, domain.DisabledLeft, now)
	})
}

func (u *Staffing) comesBack(ctx context.Context, x domain.Assignment, on calendar.Date) (domain.AssignmentID, error) {
	return u.store.AddAssignment(ctx, domain.NewRole{
		Person: x.Person, Org: x.Org, Role: x.Role, Engagement: x.Engagement, FullTime: x.FullTime, From: on, To: x.ValidTo,
	})
}
