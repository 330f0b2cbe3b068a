package storage_test

import (
	"context"
	"testing"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage/storagetest"
)

// winding is a case that left the straight way: papers were asked for, it stood still, its time was prolonged, and it is
// being handed over to another committee.
func winding(t testing.TB, w *storagetest.Town, p people, mediator domain.Actor, level domain.Confidentiality) *domain.Case {
	t.Helper()
	today := calendar.DateOf(storagetest.Now)
	in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	in.Confidentiality = level
	c := w.Register(t, w.Act(t, p.keeper), in)
	id := c.CaseID()
	step := func(a domain.Actor, reason string, fn func(c *domain.Case, a domain.Act) error) {
		act := w.Act(t, a)
		act.Reason = reason
		c = w.Change(t, act, id, func(_ context.Context, c *domain.Case) error { return fn(c, act) })
	}
	step(p.director, "", func(c *domain.Case, a domain.Act) error {
		return c.RequestSupplement(a, today, []string{"identity"}, today.AddDays(5))
	})
	step(p.director, "", func(c *domain.Case, a domain.Act) error { return c.ReceiveSupplement(a, today) })
	for no := range 2 {
		step(p.director, "", func(c *domain.Case, a domain.Act) error { return c.RecordConsent(a, no+1, domain.Consented, today) })
	}
	w.Accept(t, w.Act(t, p.director), id, mediator.Person)
	gather(step, p, mediator)
	step(mediator, string(calendar.Appraisal), func(c *domain.Case, a domain.Act) error { return c.AskSuspension(a) })
	step(p.director, "", func(c *domain.Case, a domain.Act) error { return c.Suspend(a, today) })
	step(mediator, "", func(c *domain.Case, a domain.Act) error { return c.Resume(a, today) })
	step(mediator, "", func(c *domain.Case, a domain.Act) error {
		return c.Extend(a, domain.Prolongation{AgreedOn: today, Until: today.AddDays(60), Parties: []int{1, 2}, How: "written"})
	})
	step(p.director, "difficult", func(c *domain.Case, a domain.Act) error {
		return c.Transfer(a, domain.Handover{On: today, ToOrg: w.CommitteeTownA})
	})
	return c
}

// A case that stands still has a clock without a last day; storage keeps that, and the checker counts it so.
func TestAClockHeldByAPauseIsKept(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	c := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	w.Accept(t, w.Act(t, p.director), c.CaseID(), p.mediator.Person)
	act := w.Act(t, p.director)
	act.Reason = string(calendar.Appraisal)
	today := act.Today()
	c = w.Change(t, act, c.CaseID(), func(_ context.Context, c *domain.Case) error { return c.Suspend(act, today) })
	read, err := w.Store.Case(t.Context(), p.director.Scope(), c.CaseID())
	if err != nil {
		t.Fatal(err)
	}
	d := read.Deadlines[1]
	if read.Status != domain.StatusSuspended || d.Rule != "D4" || d.DueAt != nil || !d.DueOn.IsZero() || len(read.Pauses) != 1 {
		t.Errorf("%s, clock %+v, pauses %+v", read.Status, d, read.Pauses)
	}
	if _, found := checkTown(t, w, storagetest.Now); len(found) > 0 {
		t.Errorf("%+v", found)
	}
}
