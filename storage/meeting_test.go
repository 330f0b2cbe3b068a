package storage_test

import (
	"context"
	"testing"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// convened leaves a case in which both parties were asked alone, a round was held and the next one is booked.
func convened(t *testing.T, w *storagetest.Town, p people, mediator domain.Actor, level domain.Confidentiality, hours int) *domain.Case {
	t.Helper()
	in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	in.Risks, in.Confidentiality = []string{"violence"}, level
	c := w.Register(t, w.Act(t, p.keeper), in)
	w.Accept(t, w.Act(t, p.director), c.CaseID(), mediator.Person)
	med, on := w.Act(t, mediator), calendar.DateOf(storagetest.Now)
	told := []domain.Notice{{PartyNo: 1, How: "oral", On: on}, {PartyNo: 2, How: "oral", On: on}}
	for _, step := range []func(c *domain.Case) error{
		func(c *domain.Case) error { return c.Start(med, on, told, []int{1, 2}) },
		func(c *domain.Case) error {
			return c.ScreenParty(med, domain.NewScreening{PartyNo: 1, AskedAt: med.At.Add(-3 * time.Hour), Alone: true, Safe: true, Note: "没有动过手。"})
		},
		func(c *domain.Case) error {
			return c.ScreenParty(med, domain.NewScreening{PartyNo: 2, AskedAt: med.At.Add(-2 * time.Hour), Alone: true, Safe: true, Advice: []string{"police_near"}})
		},
		func(c *domain.Case) error { return c.RecordSession(med, storagetest.Round(med, 1, 2)) },
		func(c *domain.Case) error { return c.PlanSession(med, storagetest.Meeting(med, hours, 1, 2)) },
	} {
		c = w.Change(t, med, c.CaseID(), func(_ context.Context, c *domain.Case) error { return step(c) })
	}
	confided(t, w, med, c.CaseID())
	return c
}

// confided leaves a private note behind the wall, and another that both parties let out and that stands in the file.
func confided(t *testing.T, w *storagetest.Town, med domain.Act, id domain.CaseID) {
	t.Helper()
	scope := med.Actor.Scope()
	w.Do(t, scope, func(ctx context.Context) error {
		c, err := w.Store.Case(ctx, scope, id)
		if err != nil {
			return err
		}
		for _, text := range []string{"最低可以接受三千元。", "愿意先道歉。"} {
			n, err := c.NotePrivately(med, domain.NewPrivateNote{Kind: domain.PrivateNoteConcession, PartyNo: 1, Text: text})
			if err != nil {
				return err
			}
			if err := w.Store.AddPrivateNote(ctx, scope, c, n); err != nil {
				return err
			}
			for _, no := range []int{1, 2} {
				in := domain.PrivateWaiver{PartyNo: no, WaivedOn: med.Today(), How: "oral"}
				if in, err = c.Waive(med, n, in); err != nil {
					return err
				}
				if err := w.Store.AddPrivateWaiver(ctx, scope, c, n.ID, in); err != nil {
					return err
				}
			}
		}
		return nil
	})
	w.Change(t, med, id, func(ctx context.Context, c *domain.Case) error {
		notes, err := w.Store.PrivateNotes(ctx, scope, c)
		if err != nil {
			return err
		}
		return c.OpenNote(med, notes[1])
	})
}

// The wall inside a case holds against everybody but its mediators, the county's own jobs and the checker among them; who
// takes the case over comes behind it, and who left it does not.
func TestTheWallInsideACase(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	c := convened(t, w, p, p.mediator, domain.Ordinary, 24)
	next := w.Hire(t, "next-mediator", domain.RoleMediator, w.CommitteeA1)
	sees := func(a domain.Actor) int {
		t.Helper()
		n := 0
		w.Do(t, a.Scope(), func(ctx context.Context) error {
			got, err := w.Store.Case(ctx, a.Scope(), c.CaseID())
			if err != nil {
				return err
			}
			notes, err := w.Store.PrivateNotes(ctx, a.Scope(), got)
			if (err != nil) != (got.Behind(a) != nil) {
				t.Errorf("storage and domain differ about %s: %v", a.PersonName, err)
			}
			n = len(notes)
			return nil
		})
		return n
	}
	for _, x := range []struct {
		who  domain.Actor
		want int
	}{{p.mediator, 2}, {p.director, 0}, {p.keeper, 0}, {p.office, 0}, {p.bureau, 0}, {next, 0}} {
		if got := sees(x.who); got != x.want {
			t.Errorf("%s sees %d private notes, want %d", x.who.Role, got, x.want)
		}
	}
	for _, table := range []string{"private_note", "private_waiver"} {
		if n, err := storage.ExecAs(t, w.Store, county, "delete from "+table); err == nil || n != 0 {
			t.Errorf("a job of the county deletes %d rows of %s (%v)", n, table, err)
		}
		w.Do(t, county, func(ctx context.Context) error {
			var n int
			err := storage.ConnOf(ctx, w.Store).Raw("select count(*) from " + table).Scan(&n).Error
			if n != 0 {
				t.Errorf("a job of the county sees %d rows of %s", n, table)
			}
			return err
		})
	}
	dir := w.Act(t, p.director)
	w.Change(t, dir, c.CaseID(), func(_ context.Context, c *domain.Case) error { return c.Assign(dir, []domain.PersonID{next.Person}) })
	if sees(next) != 2 || sees(p.mediator) != 0 {
		t.Errorf("after the case changed hands: %d, %d", sees(next), sees(p.mediator))
	}
	if sum, found := checkTown(t, w, storagetest.Now); sum.Bad != 0 {
		t.Errorf("%s %v", sum, found)
	}
}

// Two sessions never meet at a mediator or in a room, whatever the program believed when it looked; when one is moved or
// taken back its time is free.
func TestNobodyIsBookedTwice(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	one := convened(t, w, p, p.mediator, domain.Ordinary, 24)
	in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	two := w.Register(t, w.Act(t, p.keeper), in)
	w.Accept(t, w.Act(t, p.director), two.CaseID(), p.mediator.Person)
	med := w.Act(t, p.mediator)
	plan := func(hours int) error {
		_, err := w.Store.UpdateCase(t.Context(), p.mediator.Scope(), two.CaseID(), func(_ context.Context, c *domain.Case) error {
			return c.PlanSession(med, storagetest.Meeting(med, hours, 1, 2))
		})
		return err
	}
	if err := plan(24); domain.CodeOf(err) != domain.CodeBooked {
		t.Errorf("the same mediator at the same time: %v", err)
	}
	if err := plan(25); err != nil {
		t.Errorf("an hour later: %v", err)
	}
	since := med.At.Add(23 * time.Hour)
	for name, x := range map[string]struct {
		scope domain.Scope
		knows bool
	}{"its mediator": {p.mediator.Scope(), true}, "a stranger": {domain.OrdinaryScope(1, "510185002"), false}} {
		list, err := w.Store.Engagements(t.Context(), x.scope, nil, []domain.PersonID{p.mediator.Person}, since, since.Add(90*time.Minute))
		if err != nil || len(list) != 1 || (list[0].DemandNo == one.DemandNo) != x.knows || !x.knows && list[0].DemandNo != "" {
			t.Errorf("%s is told %+v (%v)", name, list, err)
		}
	}
	why := med
	why.Reason = "party_asked"
	w.Change(t, why, one.CaseID(), func(_ context.Context, c *domain.Case) error { return c.CancelSession(why, 2) })
	if err := plan(24); err != nil {
		t.Errorf("after it was taken back: %v", err)
	}
	if _, findings := checkTown(t, w, storagetest.Now); len(findings) > 0 {
		t.Errorf("the checker found %v", findings)
	}
}

func TestTheCalendarShowsWhatTheReaderMayOpen(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	c := convened(t, w, p, p.mediator, domain.Ordinary, 24)
	hidden := convened(t, w, p, w.Hire(t, "other-mediator", domain.RoleMediator, w.CommitteeA1), domain.Private, 24)
	today := calendar.DateOf(storagetest.Now)
	f := domain.AgendaFilter{From: today, To: today.AddDays(2)}
	for name, x := range map[string]struct {
		scope domain.Scope
		sees  int
	}{
		"its mediator": {p.mediator.Scope(), 2}, "the director, who opens private cases": {p.director.Scope(), 4},
		"the keeper": {p.keeper.Scope(), 2}, "another town": {domain.OrdinaryScope(1, "510185002"), 0},
	} {
		items, more, err := w.Store.Agenda(t.Context(), x.scope, f)
		if err != nil || more || len(items) != x.sees {
			t.Errorf("%s sees %d sessions (%v), want %d", name, len(items), err, x.sees)
			continue
		}
		for _, i := range items {
			if i.CaseID == c.ID && (i.DemandNo != c.DemandNo || len(i.People) != 2) {
				t.Errorf("%s: %+v", name, i)
			}
			if i.CaseID == hidden.ID && name != "the director, who opens private cases" {
				t.Errorf("%s sees a private case", name)
			}
		}
	}
	if _, err := w.Store.Case(t.Context(), p.mediator.Scope(), c.CaseID()); err != nil {
		t.Fatal(err)
	}
}
