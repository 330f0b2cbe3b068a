package storage_test

import (
	"context"
	"testing"

	"baimi/domain"
	"baimi/migrations"
	"baimi/storage"
	"baimi/storage/storagetest"
)

func protected() []string {
	var tables []string
	for _, x := range migrations.Tables {
		if x.Protected {
			tables = append(tables, x.Name)
		}
	}
	return tables
}

// TestAUsedConnectionShowsNothing takes a pooled connection that has just served somebody and reads with nothing set:
// a custom setting comes back as ” there, not as NULL.
func TestAUsedConnectionShowsNothing(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	cases := fillEveryTable(t, w, p)
	conn, err := w.Store.Pool().Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Release()
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{
		"set local app.county = '1'", "set local app.area = '510185001001'", "set local app.stat_area = '510185001'",
		"set local app.orgs = '{8}'", "set local app.person = '1'", "set local app.subject = 'account:1'",
		"set local app.system = 'on'", "set local app.cases = '{" + cases[0].ID.String() + "}'",
		"set local app.directs = '5'", "set local app.reseal = 'on'", "set local app.audit = 'on'", "set local app.words = '{}'", "set local app.blinds = '{}'",
	} {
		if _, err := tx.Exec(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	var n int
	for _, table := range protected() {
		if err := tx.QueryRow(t.Context(), "select count(*) from "+table).Scan(&n); err != nil || n == 0 {
			t.Fatalf("%s with settings: %d rows, %v", table, n, err)
		}
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, table := range protected() {
		if err := conn.QueryRow(t.Context(), "select count(*) from "+table).Scan(&n); err != nil || n != 0 {
			t.Errorf("%s: %d rows with nothing set (%v)", table, n, err)
		}
	}
}

// TestEachWallAloneHoldsForeignCasesBack reads every protected table, and the store's own reads, as everybody who has
// no part in a case, with the store's condition switched off.
func TestEachWallAloneHoldsForeignCasesBack(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	cases := fillEveryTable(t, w, p)
	ordinary, private := cases[0], cases[1]
	owner := ownersRows(t, w)
	bare := w.Reopen(t, storage.Options{SecondWallOnly: true})
	all := storage.AllAlerts(t, w.Store, county)

	for _, x := range []struct {
		who               string
		actor             domain.Actor
		ordinary, private bool
	}{
		{"own point, who took it in", p.keeper, true, true},
		{"own point, a colleague", w.Hire(t, "keeper2", domain.RolePointKeeper, w.PointA1), true, false},
		{"own committee's director", p.director, true, true},
		{"own committee's mediator", p.mediator, true, false},
		{"other point, same committee", w.Hire(t, "keeper1b", domain.RolePointKeeper, w.PointA1b), false, false},
		{"other committee, same town", w.Hire(t, "directora2", domain.RoleCommitteeDirector, w.CommitteeA2), false, false},
		{"judicial office of the town, named", p.office, true, true},
		{"judicial office of the town, not named", w.Hire(t, "office2", domain.RoleJudicialOfficer, w.OfficeA), true, false},
		{"judicial office of another town", w.Hire(t, "officeb", domain.RoleJudicialOfficer, w.OfficeB), false, false},
		{"other town's committee", w.Hire(t, "directorb", domain.RoleCommitteeDirector, w.CommitteeB1), false, false},
		{"bureau", p.bureau, true, false},
		{"center", w.Hire(t, "center", domain.RoleCenterViewer, w.Center), false, false},
		{"court", w.Hire(t, "court", domain.RoleConnector, w.Court), false, false},
		{"system administrator", w.Hire(t, "sysadmin", domain.RoleSystemAdmin, w.Bureau), false, false},
		{"security administrator", w.Hire(t, "secadmin", domain.RoleSecurityAdmin, w.Bureau), false, false},
		{"audit administrator", w.Hire(t, "auditadmin", domain.RoleAuditAdmin, w.Bureau), false, false},
	} {
		scope := x.actor.Scope()
		for _, s := range []struct {
			wall  string
			store *storage.Store
		}{{"both walls", w.Store}, {"second wall only", bare}} {
			for _, y := range []struct {
				c    *domain.Case
				want bool
			}{{ordinary, x.ordinary}, {private, x.private}} {
				if scope.Sees(y.c) != y.want {
					t.Errorf("%s: Scope.Sees(%s) = %v", x.who, y.c.Confidentiality, !y.want)
				}
				_, err := s.store.Case(t.Context(), scope, y.c.CaseID())
				if y.want != (err == nil) || (!y.want && domain.CodeOf(err) != domain.CodeNotFound) {
					t.Errorf("%s, %s: read of the %s case: %v", s.wall, x.who, y.c.Confidentiality, err)
				}
				_, err = s.store.CaseEvents(t.Context(), scope, y.c.CaseID())
				if y.want != (err == nil) {
					t.Errorf("%s, %s: events of the %s case: %v", s.wall, x.who, y.c.Confidentiality, err)
				}
				_, err = s.store.UpdateCase(t.Context(), scope, y.c.CaseID(), func(context.Context, *domain.Case) error { return nil })
				if y.want != (err == nil) {
					t.Errorf("%s, %s: lock of the %s case: %v", s.wall, x.who, y.c.Confidentiality, err)
				}
			}
			want := len(seenBy(scope, cases))
			rows, _, err := s.store.Cases(t.Context(), scope, domain.CaseFilter{}, domain.Page{Size: 20})
			if err != nil || len(rows) != want {
				t.Errorf("%s, %s: list of %d, want %d (%v)", s.wall, x.who, len(rows), want, err)
			}
			n, _, err := s.store.CountCases(t.Context(), scope, domain.CaseFilter{})
			if err != nil || n != want {
				t.Errorf("%s, %s: count %d, want %d (%v)", s.wall, x.who, n, want, err)
			}
			told := 0
			for _, a := range all {
				if x.actor.AlertReader().Tells(a) && a.OpenAt(monthLater) && seenBy(scope, cases)[a.CaseID] {
					told++
				}
			}
			if n := len(openAlerts(t, s.store, x.actor, monthLater)); n != told {
				t.Errorf("%s, %s: list of %d alerts, want %d", s.wall, x.who, n, told)
			}
		}
		for _, leak := range leaks(t, w, scope, cases, owner) {
			t.Errorf("%s: %s", x.who, leak)
		}
	}
}

// TestNobodyWritesPastTheSecondWall tries to plant rows of a foreign case.
func TestNobodyWritesPastTheSecondWall(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	stranger := w.Hire(t, "stranger", domain.RoleCommitteeDirector, w.CommitteeB1)
	c := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	if err := w.Store.CreateCase(t.Context(), stranger.Scope(), c); err == nil {
		t.Error("a stranger stored somebody else's case")
	}
	n, err := storage.ExecAs(t, w.Store, stranger.Scope(), "update cases set status = 'void', voided_on = current_date, void_reason = 'x' where county = 1")
	if err != nil || n != 0 {
		t.Errorf("a stranger's update met %d rows: %v", n, err)
	}
	got, err := w.Store.Case(t.Context(), p.keeper.Scope(), c.CaseID())
	if err != nil || got.Status != domain.StatusRegistered {
		t.Errorf("case is %v, %v", got, err)
	}
}

func TestATransactionKeepsItsScope(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	err := w.Store.InTx(t.Context(), p.keeper.Scope(), func(ctx context.Context) error {
		return w.Store.InTx(ctx, p.bureau.Scope(), func(context.Context) error { return nil })
	})
	if err == nil {
		t.Error("a transaction was joined under another scope")
	}
	for _, bad := range []domain.Scope{{County: 1, Area: "510185'; drop table x"}, {County: 1, Subject: "account:1'"}, {County: 1, StatArea: "51018"}} {
		if err := w.Store.InTx(t.Context(), bad, func(context.Context) error { return nil }); err == nil {
			t.Errorf("scope %+v was taken", bad)
		}
	}
}
