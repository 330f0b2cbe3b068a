package storage_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// county is the scope of the town's own jobs.
var county = domain.SystemScope(1, "510185")

// checkTown runs the checker and returns its findings, "kind where: what" each.
func checkTown(tb testing.TB, w *storagetest.Town, now time.Time) (storage.CheckSummary, []storage.Finding) {
	tb.Helper()
	var all []storage.Finding
	sum, err := w.Store.Check(tb.Context(), county, now, func(f storage.Finding) { all = append(all, f) })
	if err != nil {
		tb.Fatal(err)
	}
	if sum.Bad != len(all) {
		tb.Errorf("bad: %d, reported %d", sum.Bad, len(all))
	}
	return sum, all
}

// owed is a written agreement on a payment due in a week; its clock runs.
func owed(t testing.TB, w *storagetest.Town, p people) *domain.Case {
	t.Helper()
	today := calendar.DateOf(storagetest.Now)
	c := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	w.Accept(t, w.Act(t, p.director), c.CaseID(), p.mediator.Person)
	med := w.Act(t, p.mediator)
	amount := decimal.RequireFromString("3200.50")
	return w.Change(t, med, c.CaseID(), func(_ context.Context, c *domain.Case) error {
		err := c.Start(med, today, []domain.Notice{{PartyNo: 1, How: "written", On: today}, {PartyNo: 2, How: "oral", On: today}}, []int{1, 2})
		if err != nil {
			return err
		}
		return c.AgreeInWriting(med, domain.Terms{
			On: today, Text: "恢复排水沟，补偿三千二百元五角。",
			Obligations: []domain.NewObligation{{Debtor: 2, Creditor: 1, What: "补偿款", Amount: &amount, Manner: "transfer", DueOn: today.AddDays(7)}},
		}, domain.Signing{
			Parties:          []domain.Signature{{PartyNo: 1, Method: "handwritten", SignedOn: today}, {PartyNo: 2, Method: "fingerprint", SignedOn: today}},
			MediatorSignedOn: today, SealedOn: today,
		})
	})
}

// someLife fills a town with cases in many states, with an alert each way, and works the figures in.
func someLife(t *testing.T, w *storagetest.Town, p people) {
	t.Helper()
	today := calendar.DateOf(storagetest.Now)
	c := owed(t, w, p)
	med, dir := w.Act(t, p.mediator), w.Act(t, p.director)
	w.Change(t, med, c.CaseID(), func(_ context.Context, c *domain.Case) error {
		half := decimal.RequireFromString("1000")
		return c.RecordPerformance(med, 1, domain.Performance{On: today, Status: domain.PartlyPerformed, Amount: &half})
	})
	w.Change(t, med, c.CaseID(), func(_ context.Context, c *domain.Case) error {
		return c.RecordPerformance(med, 1, domain.Performance{On: today, Status: domain.Performed})
	})
	followUp(t, w, p.mediator, c.CaseID())
	w.Change(t, dir, c.CaseID(), func(_ context.Context, c *domain.Case) error { return c.Close(dir, today) })
	w.Change(t, med, c.CaseID(), func(_ context.Context, c *domain.Case) error {
		return c.RecordSession(med, storagetest.Round(med, 1, 2))
	})
	w.Change(t, dir, c.CaseID(), func(_ context.Context, c *domain.Case) error {
		why := dir
		why.Reason = "paper_kept"
		return c.Archive(why, today, domain.FiledDocument{Code: "register"})
	})

	private := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	private.Confidentiality, private.Type = domain.Private, "10"
	private.Parties = append(private.Parties, domain.NewParty{Role: domain.ThirdParty, Kind: domain.Legal, Name: "甲一村经济合作社", Phone: "028-27012345"})
	c = w.Register(t, w.Act(t, p.keeper), private)
	why := w.Act(t, p.keeper)
	why.Reason = "typing_error"
	facts, kind, none := "两家因滴水发生争执。", "15", ""
	w.Change(t, why, c.CaseID(), func(_ context.Context, c *domain.Case) error {
		return c.Correct(why, domain.Correction{Facts: &facts, Type: &kind, Wish: &none})
	})
	dir.Reason = "applicant_wish"
	w.Change(t, dir, c.CaseID(), func(_ context.Context, c *domain.Case) error { return c.Withdraw(dir, today) })

	late := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	open := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	raise(t, w, monthLater)
	x := w.ActAt(t, p.director, monthLater)
	w.Accept(t, x, late.CaseID(), p.mediator.Person)
	_ = open // stays late: its alert stays open
	fold(t, w)
}

var monthLater = storagetest.Now.AddDate(0, 0, 20)

func raise(t testing.TB, w *storagetest.Town, at time.Time) {
	t.Helper()
	runAlerts(t, w, at)
}

func fold(t testing.TB, w *storagetest.Town) {
	t.Helper()
	for n := 1; n > 0; {
		var err error
		if n, err = w.Store.FoldRates(t.Context(), county, 100); err != nil {
			t.Fatal(err)
		}
	}
}

// plant changes the database behind everybody's back: as a superuser for whom neither policies nor foreign keys hold.
func plant(t testing.TB, w *storagetest.Town, statements ...string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), w.DB.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing is pending
	for _, q := range append([]string{"set session_replication_role = replica"}, statements...) {
		tag, err := conn.Exec(t.Context(), q)
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		if tag.RowsAffected() == 0 && !strings.HasPrefix(q, "set ") && !strings.HasPrefix(q, "alter ") {
			t.Fatalf("%s: met no row", q)
		}
	}
}

func TestCheckFindsNothingInACleanTown(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	sum, found := checkTown(t, w, storagetest.Now)
	if sum.Bad != 0 || sum.Cases != 0 {
		t.Errorf("empty: %s\n%v", sum, found)
	}
	someLife(t, w, p)
	waiting := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	sum, found = checkTown(t, w, storagetest.Now)
	if sum.Bad != 0 {
		t.Errorf("%s\n%v", sum, found)
	}
	if sum.Cases != 5 || sum.Events != 17 || sum.Waiting != 1 || sum.Alerts != 8 || sum.Counters != 1 || sum.Figures != 2 {
		t.Errorf("%+v", sum)
	}
	text := sum.String()
	if !strings.HasSuffix(text, "bad: 0") || !strings.Contains(text, "1 events wait") {
		t.Error(text)
	}
	// an erased value is no fault: the history keeps its commitment, and an erasure tells of it; behind its back it is one
	plant(t, w, fmt.Sprintf(`update personal_value set cipher = null, blind = null, erased_at = now(), erased_ground = 'unlawful'
		where case_id = '%s' and kind = 'phone'`, waiting.ID))
	if sum, found = checkTown(t, w, storagetest.Now); sum.Bad != 3 || sum.Erased != 2 {
		t.Errorf("still found by what was erased, and nobody says it was: %+v %v", sum, found)
	}
	reindex(t, w)
	if sum, found = checkTown(t, w, storagetest.Now); sum.Bad != 2 || found[0].Kind != storage.FoundPeople {
		t.Errorf("with two values erased: %+v %v", sum, found)
	}
}

func TestCheckNeedsTheCountysOwnScope(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	if _, err := w.Store.Check(t.Context(), p.bureau.Scope(), storagetest.Now, func(storage.Finding) {}); err == nil {
		t.Error("a person's scope was taken")
	}
}

// TestCheckComparesClocksAcrossCalendars: a new notice makes running clocks of the old one wrong until they are counted
// anew; stopped ones are history.
func TestCheckComparesClocksAcrossCalendars(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	running := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)) // D1 ends on Monday, 23 November
	stopped := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	w.Accept(t, w.Act(t, p.director), stopped.CaseID(), p.mediator.Person)
	plant(t, w, `insert into calendar_version values ('2099.1', '2099-01-01', 'a day of mourning')`,
		`insert into calendar_day (day, working, name, source, version) values ('2026-11-19', false, '哀悼日', 'test', '2099.1')`)
	sum, found := checkTown(t, w, storagetest.Now)
	if sum.Bad != 1 || found[0].Kind != storage.FoundClock || found[0].Where != running.CaseID().String() || sum.OldClocks != 1 {
		t.Errorf("%+v %+v", sum, found)
	}
}
