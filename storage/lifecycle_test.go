package storage_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage/storagetest"
)

// people are the usual hands of the first village.
type people struct {
	keeper, mediator, director, office, bureau domain.Actor
}

func hire(t testing.TB, w *storagetest.Town) people {
	t.Helper()
	return people{
		keeper:   w.Hire(t, "keeper", domain.RolePointKeeper, w.PointA1),
		mediator: w.Hire(t, "mediator", domain.RoleMediator, w.CommitteeA1),
		director: w.Hire(t, "director", domain.RoleCommitteeDirector, w.CommitteeA1),
		office:   w.Hire(t, "office", domain.RoleJudicialOfficer, w.OfficeA),
		bureau:   w.Hire(t, "bureau", domain.RoleBureauOfficer, w.Bureau),
	}
}

func TestWrittenAgreementFromPointToArchive(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	today := calendar.DateOf(storagetest.Now)

	c := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	id := c.CaseID()
	c = w.Accept(t, w.Act(t, p.director), id, p.mediator.Person)
	if *c.FileNo != "（2026）甲一人调字第1号" {
		t.Errorf("file number %s", *c.FileNo)
	}
	amount := decimal.RequireFromString("3200.00")
	med := w.Act(t, p.mediator)
	for _, step := range []func(*domain.Case) error{
		func(c *domain.Case) error {
			return c.Start(med, today, []domain.Notice{{PartyNo: 1, How: "written", On: today}, {PartyNo: 2, How: "oral", On: today}}, []int{1, 2})
		},
		func(c *domain.Case) error {
			return c.AgreeInWriting(med, domain.Terms{
				On: today, Text: "恢复排水沟，补偿三千二百元。",
				Obligations: []domain.NewObligation{{Debtor: 2, Creditor: 1, What: "补偿款", Amount: &amount, Manner: "transfer", DueOn: today.AddDays(7)}},
			}, domain.Signing{
				Parties:          []domain.Signature{{PartyNo: 1, Method: "handwritten", SignedOn: today}, {PartyNo: 2, Method: "fingerprint", SignedOn: today}},
				MediatorSignedOn: today, SealedOn: today,
			})
		},
		func(c *domain.Case) error {
			return c.RecordPerformance(med, 1, domain.Performance{On: today, Status: domain.Performed})
		},
	} {
		w.Change(t, med, id, func(_ context.Context, c *domain.Case) error { return step(c) })
	}
	dir := w.Act(t, p.director)
	followUp(t, w, p.mediator, id)
	w.Change(t, dir, id, func(_ context.Context, c *domain.Case) error { return c.Close(dir, today) })
	w.Change(t, med, id, func(_ context.Context, c *domain.Case) error {
		return c.RecordSession(med, storagetest.Round(med, 1, 2))
	})
	w.Change(t, dir, id, func(_ context.Context, c *domain.Case) error {
		why := dir
		why.Reason = "paper_kept"
		return c.Archive(why, today, domain.FiledDocument{Code: "register"})
	})

	got, err := w.Store.Case(t.Context(), p.keeper.Scope(), id)
	if err != nil {
		t.Fatal(err)
	}
	if got.Status != domain.StatusArchived || got.Parties[0].Name.Reveal() != "王小明" || got.Agreements[0].Signatures[1].Method != "fingerprint" {
		t.Errorf("read back: %s %s %+v", got.Status, got.Parties[0].Name.Reveal(), got.Agreements)
	}
	for _, d := range got.Deadlines {
		if d.EndedOn == nil {
			t.Errorf("clock %s still runs after archiving", d.Rule)
		}
	}
	assertHistory(t, w, got, 9)
}

// assertHistory holds the events of a case to their chain, and the case to its events.
func assertHistory(t *testing.T, w *storagetest.Town, c *domain.Case, n int) {
	t.Helper()
	scope := domain.SystemScope(w.County, "510185")
	events, err := w.Store.CaseEvents(t.Context(), scope, c.CaseID())
	if err != nil {
		t.Fatal(err)
	}
	if len(events) != n {
		t.Errorf("%d events, want %d", len(events), n)
	}
	if err := domain.VerifyChain(events); err != nil {
		t.Error(err)
	}
	patches := domain.ReadPatches(events)
	defer patches.Release()
	replayed, err := patches.Replay()
	if err != nil {
		t.Fatal(err)
	}
	diff, err := c.DifferencesFrom(replayed)
	if err != nil {
		t.Fatal(err)
	}
	if len(diff) > 0 {
		t.Errorf("the case is not what its events say: %s", diff)
	}
}

func TestSettledOnTheSpotInOneTransaction(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	mediator := w.Hire(t, "mediator", domain.RoleMediator, w.PointA1)
	act := w.Act(t, mediator)
	var c *domain.Case
	w.Do(t, mediator.Scope(), func(ctx context.Context) error {
		n, err := w.Store.NextFileNumber(ctx, mediator.Scope(), w.CommitteeA1, 2026)
		if err != nil {
			return err
		}
		r, err := domain.SettleInstantly(act, domain.InstantSettlement{
			Registration: w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1), Number: n, Terms: "互相道歉，握手言和。", NoPerformance: true,
		})
		if err != nil {
			return err
		}
		c = r.Case
		return w.Store.CreateCase(ctx, mediator.Scope(), c)
	})
	got, err := w.Store.Case(t.Context(), mediator.Scope(), c.CaseID())
	if err != nil {
		t.Fatal(err)
	}
	if !got.Instant || got.Status != domain.StatusAgreedOral || got.FileSeq == nil || *got.FileSeq != 1 {
		t.Errorf("got %+v", got)
	}
	assertHistory(t, w, got, 4)
}

func TestFiguresAndAlertsFollowTheCases(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	system := domain.SystemScope(w.County, "510185")
	c := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))

	late := storagetest.Now.AddDate(0, 0, 10)
	raise := func(at time.Time, want int) {
		t.Helper()
		if n := runAlerts(t, w, at); n != want {
			t.Errorf("raised %d, want %d", n, want)
		}
	}
	raise(storagetest.Now, 0)
	raise(late, 4) // one working day left, overdue to two, overdue by two working days
	raise(late, 0)
	alerts := openAlerts(t, w.Store, p.director, late)
	if len(alerts) != 1 || alerts[0].Rule != "D1" || *alerts[0].DemandNo != c.DemandNo {
		t.Fatalf("alerts %+v", alerts)
	}

	act := w.ActAt(t, p.director, late)
	act.Reason = "refused"
	end := domain.Ending{On: act.Today(), ToldOn: act.Today(), Remedies: []string{"court"}}
	w.Accept(t, act, c.CaseID(), p.mediator.Person)
	med := w.ActAt(t, p.mediator, late)
	med.Reason = "refused"
	w.Change(t, med, c.CaseID(), func(_ context.Context, c *domain.Case) error { return c.Fail(med, end) })
	if alerts = openAlerts(t, w.Store, p.director, late); len(alerts) != 0 {
		t.Errorf("alert still open after the clock was stopped: %+v", alerts)
	}
	for {
		n, err := w.Store.FoldRates(t.Context(), system, 2)
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			break
		}
	}
	if got := monthFigures(t, w); got != "2026-11 0 succeeded 1 failed" {
		t.Errorf("figures: %s", got)
	}
}

// monthFigures reads the monthly figures as a system job sees them.
func monthFigures(t *testing.T, w *storagetest.Town) string {
	t.Helper()
	months, err := w.Store.RateMonths(t.Context(), domain.SystemScope(w.County, "510185"), "510185",
		calendar.MustDate(2026, 1, 1), calendar.MustDate(2026, 12, 1), false)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, m := range months {
		lines = append(lines, fmt.Sprintf("%s %d succeeded %d failed", m.Month.String()[:7], m.Counts.Succeeded, m.Counts.Failed))
	}
	return strings.Join(lines, "\n")
}
