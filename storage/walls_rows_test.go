package storage_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/domain/ledger"
	"baimi/migrations"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// caseTables are the protected tables whose rows are of one case, with the column that names it.
func caseTables() map[string]string {
	tables := map[string]string{}
	for _, x := range migrations.Tables {
		switch {
		case !x.Protected || x.Name == "log_hash" || x.Name == "checkpoint" || x.Name == "rate_month" || x.Name == "idempotency" ||
			x.Name == "account_event" || x.Name == "subject_request" || x.Name == "import_run" || x.Name == "export_run" || x.Name == "draft":
		case x.Name == "cases":
			tables[x.Name] = "id"
		default:
			tables[x.Name] = "case_id"
		}
	}
	return tables
}

// fillEveryTable leaves rows in every protected table: an ordinary and a private case that were only taken in, and one of
// each with a written agreement and a payment; alerts of all, figures, a sealed log with its checkpoint, a stored answer
// of the keeper, and events that wait again.
func fillEveryTable(t *testing.T, w *storagetest.Town, p people) []*domain.Case {
	t.Helper()
	in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	in.Confidentiality = domain.Private
	ordinary := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	private := w.Register(t, w.Act(t, p.keeper), in)
	other := p
	other.mediator = w.Hire(t, "mediator-of-the-private", domain.RoleMediator, w.CommitteeA1)
	agreed := owed(t, w, p)
	discreet := owed(t, w, other)
	wound := winding(t, w, p, p.mediator, domain.Ordinary)
	hidden := winding(t, w, p, other.mediator, domain.Private)
	chased := pursued(t, w, p, p.mediator, domain.Ordinary)
	quiet := pursued(t, w, p, other.mediator, domain.Private)
	act := w.Act(t, p.director)
	act.Reason = "applicant_wish"
	discreet = w.Change(t, act, discreet.CaseID(), func(_ context.Context, c *domain.Case) error {
		return c.SetConfidentiality(act, domain.Private)
	})
	danger := dangerous(t, w, p, w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)).CaseID())
	secret := dangerous(t, w, p, w.Register(t, w.Act(t, p.keeper), in).CaseID())
	for _, c := range []*domain.Case{danger, secret} {
		dir, today := w.Act(t, p.director), calendar.DateOf(storagetest.Now)
		w.Attach(t, dir, c.CaseID(), 1)
		w.Change(t, dir, c.CaseID(), func(_ context.Context, c *domain.Case) error { return c.Close(dir, today) })
		*c = *w.Change(t, dir, c.CaseID(), func(_ context.Context, c *domain.Case) error {
			return c.Archive(dir, today, domain.FiledDocument{Code: "register"})
		})
	}
	met := convened(t, w, p, p.mediator, domain.Ordinary, 24)
	apart := convened(t, w, p, other.mediator, domain.Private, 24)
	draft(t, w, w.Store, p)
	raise(t, w, monthLater)
	fold(t, w)
	for n := 1; n > 0; {
		var err error
		if n, err = w.Store.SealEvents(t.Context(), county, 100); err != nil {
			t.Fatal(err)
		}
	}
	key, _, err := ledger.NewKey("test", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	by, _, err := ledger.ParsePrivate(key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Store.NewCheckpoint(t.Context(), county, by, storagetest.Now); err != nil {
		t.Fatal(err)
	}
	scope := p.keeper.Scope()
	err = w.Store.Remember(t.Context(), scope, "k1", "registerCase", bytes.Repeat([]byte{1}, 32), []byte("一份答复"), storagetest.Now)
	if err != nil {
		t.Fatal(err)
	}
	run := domain.ImportRun{
		County: 1, ID: uuid.New(), Kind: domain.ImportAreas, Dry: true, State: domain.ImportWaiting, FileHash: bytes.Repeat([]byte{1}, 32),
		Format: "csv", Role: domain.RoleSystem, Via: domain.ViaSystem, RequestedAt: storagetest.Now,
	}
	if err := w.Store.CreateImport(t.Context(), county, run, []byte("表")); err != nil {
		t.Fatal(err)
	}
	taken := domain.ExportRun{
		County: 1, ID: uuid.New(), No: "E20261118-0198C0DE", Owner: scope.Subject, Format: domain.FormatGB31000, FileType: domain.ExportXLSX,
		Purpose: domain.PurposeReport, State: domain.ExportWaiting, Account: p.keeper.Account, Person: p.keeper.Person, Assignment: p.keeper.Assignment,
		Role: p.keeper.Role, Org: p.keeper.Org, Via: p.keeper.Via, RequestedAt: storagetest.Now, ExpiresAt: storagetest.Now.AddDate(0, 0, 3),
	}
	if err := w.Store.CreateExport(t.Context(), scope, taken, domain.ExportWhat{Reason: "报送"}); err != nil {
		t.Fatal(err)
	}
	plant(t, w, "insert into event_todo (county, consumer, case_id, seq) select county, 'seal', case_id, seq from event where seq = 1")
	all := []*domain.Case{ordinary, private, agreed, discreet, wound, hidden, chased, quiet, danger, secret, met, apart}
	lookAt(t, w, p.director, all...)
	return all
}

// caseSet is the cases a table shows rows of.
type caseSet map[uuid.UUID]bool

func (s caseSet) String() string {
	ids := make([]string, 0, len(s))
	for id := range s {
		ids = append(ids, id.String()[:8])
	}
	slices.Sort(ids)
	return strings.Join(ids, " ")
}

// ownersRows reads of which cases each table has rows, past all policies. Every protected table must have some, and every
// table of cases some of a private one.
func ownersRows(t *testing.T, w *storagetest.Town) map[string]caseSet {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), w.DB.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing is pending
	var private []uuid.UUID
	if err := conn.QueryRow(t.Context(), "select array_agg(id) from cases where confidentiality = 'private'").Scan(&private); err != nil {
		t.Fatal(err)
	}
	all := map[string]caseSet{}
	for _, table := range protected() {
		var n int
		if err := conn.QueryRow(t.Context(), "select count(*) from "+table).Scan(&n); err != nil || n == 0 {
			t.Fatalf("%s has %d rows (%v): nothing can be said of its policy", table, n, err)
		}
		column, ok := caseTables()[table]
		if !ok {
			continue
		}
		rows, err := conn.Query(t.Context(), fmt.Sprintf("select distinct %s from %s", column, table))
		if err != nil {
			t.Fatal(err)
		}
		ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		if err != nil {
			t.Fatal(err)
		}
		all[table] = caseSet{}
		for _, id := range ids {
			all[table][id] = true
		}
		// words are looked for in ordinary cases' rows alone (ruling P14)
		if slices.ContainsFunc(private, func(id uuid.UUID) bool { return all[table][id] }) == (table == "search_text") {
			t.Fatalf("%s: rows of a private case, or none", table)
		}
	}
	return all
}

func seenBy(scope domain.Scope, cases []*domain.Case) caseSet {
	seen := caseSet{}
	for _, c := range cases {
		if scope.Sees(c) {
			seen[c.ID] = true
		}
	}
	return seen
}

// leaks compares what every protected table shows to a scope with what it may, before any case is read and after all
// that the scope sees were. Too few rows are told of too.
func leaks(t *testing.T, w *storagetest.Town, scope domain.Scope, cases []*domain.Case, owner map[string]caseSet) []string {
	t.Helper()
	var found []string
	seen := seenBy(scope, cases)
	w.Do(t, scope, func(ctx context.Context) error {
		db := storage.ConnOf(ctx, w.Store)
		if err := db.Exec("set local app.words = '{}'").Error; err != nil { // as somebody who looks for nothing in particular
			return err
		}
		compare := func(when string, read caseSet) error {
			for table, column := range caseTables() {
				var ids []uuid.UUID
				if err := db.Raw(fmt.Sprintf("select distinct %s from %s", column, table)).Scan(&ids).Error; err != nil {
					return err
				}
				got := caseSet{}
				for _, id := range ids {
					got[id] = true
				}
				if want := mayShow(table, scope, cases, seen, read, owner[table]); !maps.Equal(got, want) {
					found = append(found, fmt.Sprintf("%s, %s: rows of %v, want %v", table, when, got, want))
				}
			}
			return nil
		}
		if err := compare("nothing read", caseSet{}); err != nil {
			return err
		}
		for table, want := range map[string]bool{
			"log_hash": false, "checkpoint": false, "account_event": scope.Audit, "import_run": scope.Imports, "idempotency": scope.Subject == keeperSubject(t, w), "draft": fmt.Sprint(scope.Person) == one(t, w, "select owner::text from draft"),
			"export_run":      scope.Subject == keeperSubject(t, w) || scope.Audit,
			"subject_request": slices.Contains(scope.Orgs, w.CommitteeA1) || domain.Within(w.VillageA1.Path, scope.Area),
			"rate_month":      slices.Contains(scope.Orgs, w.CommitteeA1) || domain.Within(w.VillageA1.Path, scope.StatArea),
		} {
			var n int
			if err := db.Raw("select count(*) from " + table).Scan(&n).Error; err != nil {
				return err
			}
			if want != (n > 0) {
				found = append(found, fmt.Sprintf("%s: %d rows", table, n))
			}
		}
		for _, c := range cases {
			if !seen[c.ID] {
				continue
			}
			if _, err := w.Store.Case(ctx, scope, c.CaseID()); err != nil {
				return err
			}
		}
		return compare("all read that it sees", seen)
	})
	return found
}

// mayShow is of which cases a table may show rows: cases and alerts by themselves, the part lists by the organisation,
// the log to nobody, and all else of the cases that were read.
func mayShow(table string, scope domain.Scope, cases []*domain.Case, seen, read, owner caseSet) caseSet {
	may := caseSet{}
	for _, c := range cases {
		part := slices.ContainsFunc(c.Orgs, func(o domain.OrgID) bool { return slices.Contains(scope.Orgs, o) })
		show := read[c.ID]
		switch table {
		case "cases", "search_text":
			show = seen[c.ID]
		case "alert": // that of a danger also to the office and the bureau of a case that is hidden from them (ruling P13)
			warned := scope.Audience == domain.ForJudicialOffice || scope.Audience == domain.ForBureau
			show = seen[c.ID] || warned && len(c.Escalations) > 0 && domain.Within(c.AreaPath, scope.Area)
		case "case_grant":
			show = read[c.ID] || part
		case "log_leaf", "private_note", "private_waiver":
			show = false
		case "access_log":
			show = read[c.ID] || scope.Audit
		}
		if show && owner[c.ID] {
			may[c.ID] = true
		}
	}
	return may
}

// keeperSubject is whose answer fillEveryTable stored.
func keeperSubject(t *testing.T, w *storagetest.Town) (subject string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), w.DB.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing is pending
	if err := conn.QueryRow(t.Context(), "select subject from idempotency").Scan(&subject); err != nil {
		t.Fatal(err)
	}
	return subject
}

// TestEveryPolicyIsTested opens one policy after another and asks whether leaks tells of its table.
func TestEveryPolicyIsTested(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	cases := fillEveryTable(t, w, p)
	owner := ownersRows(t, w)
	conn, err := pgx.Connect(t.Context(), w.DB.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing is pending
	rows, err := conn.Query(t.Context(), "select tablename::text, policyname::text, qual from pg_policies where schemaname = 'public' order by 1, 2")
	if err != nil {
		t.Fatal(err)
	}
	type policy struct{ Table, Name, Using string }
	policies, err := pgx.CollectRows(rows, pgx.RowToStructByPos[policy])
	if err != nil {
		t.Fatal(err)
	}
	if len(policies) != len(protected())+1 { // case_grant has two
		t.Errorf("%d policies on %d tables", len(policies), len(protected()))
	}
	alter := func(x policy, using string) {
		t.Helper()
		if _, err := conn.Exec(t.Context(), fmt.Sprintf("alter policy %s on %s using (%s)", x.Name, x.Table, using)); err != nil {
			t.Fatal(err)
		}
	}
	stranger := w.Hire(t, "stranger", domain.RoleCommitteeDirector, w.CommitteeB1)
	for _, x := range policies {
		for who, a := range map[string]domain.Actor{"a stranger": stranger, "the bureau": p.bureau} {
			alter(x, "true")
			got := leaks(t, w, a.Scope(), cases, owner)
			alter(x, x.Using)
			// the bureau's own figures, register and files; and of texts it sees those of every ordinary case, and others are not there
			own := (x.Table == "rate_month" || x.Table == "import_run" || x.Table == "subject_request" || x.Table == "search_text") && a.Person == p.bureau.Person
			if !own && !slices.ContainsFunc(got, func(s string) bool { return strings.HasPrefix(s, x.Table) }) {
				t.Errorf("%s on %s open to all: nothing was noticed of %s (%v)", x.Name, x.Table, who, got)
			}
			if again := leaks(t, w, a.Scope(), cases, owner); len(again) > 0 {
				t.Fatalf("%s, closed again: %v", who, again)
			}
		}
	}
}

// TestNobodyPlantsRowsPastTheSecondWall lets people store again what they do not see: a policy refuses it (42501) before
// the key of the row that is there would (23505).
func TestNobodyPlantsRowsPastTheSecondWall(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	cases := fillEveryTable(t, w, p)
	stranger := w.Hire(t, "stranger", domain.RoleCommitteeDirector, w.CommitteeB1)
	conn, err := pgx.Connect(t.Context(), w.DB.OwnerURL)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing is pending
	private := cases[3]
	for _, table := range protected() {
		where := ""
		if column, ok := caseTables()[table]; ok && table != "search_text" { // of which a private case has none
			where = fmt.Sprintf("where %s in ('%s', '%s', '%s', '%s', '%s')", column, private.ID, cases[5].ID, cases[7].ID, cases[9].ID, cases[11].ID)
		}
		var row string
		if err := conn.QueryRow(t.Context(), fmt.Sprintf("select to_jsonb(x)::text from %s x %s limit 1", table, where)).Scan(&row); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		insert := fmt.Sprintf("insert into %[1]s select * from jsonb_populate_record(null::%[1]s, ?)", table)
		for who, a := range map[string]domain.Actor{"a stranger": stranger, "a mediator of the committee": p.mediator} {
			if (table == "rate_month" || table == "subject_request") && a.Person == p.mediator.Person {
				continue // a committee's own figures and register
			}
			_, err := storage.ExecAs(t, w.Store, a.Scope(), insert, row)
			if state(err) != "42501" || !strings.Contains(err.Error(), "row-level security") {
				t.Errorf("%s planted a row of %s: %v", who, table, err)
			}
		}
	}
	for _, q := range []string{
		"update alert set state = 'acknowledged', acknowledged_at = now(), acknowledged_by = 1, escalate_at = null where case_id = '%s'",
		"update alert set readers = '{}' where case_id = '%s'",
		"update cases set readers = '{}' where id = '%s'",
		"delete from case_grant where case_id = '%s'",
		"delete from search_party where case_id = '%s'",
		"update personal_value set erased_at = null where case_id = '%s'",
	} {
		if n, err := storage.ExecAs(t, w.Store, p.mediator.Scope(), fmt.Sprintf(q, private.ID)); err != nil || n != 0 {
			t.Errorf("a mediator who may not read the case: %s met %d rows (%v)", q, n, err)
		}
	}
	for _, q := range []string{ // rows that are not there yet, so that no key refuses them
		"insert into event_todo (county, consumer, case_id, seq) values (1, 'rate', '" + private.ID.String() + "', 1)",
		"insert into case_grant (county, org, sort, case_id) values (1, 4, now(), '" + private.ID.String() + "')",
		fmt.Sprintf("insert into case_grant (county, org, sort, case_id) values (1, %d, now(), '%s')", w.CommitteeB1, private.ID),
	} {
		if _, err := storage.ExecAs(t, w.Store, stranger.Scope(), q); state(err) != "42501" {
			t.Errorf("%s: %v", q, err)
		}
	}
}

// state is the SQLSTATE of what the database refused.
func state(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code
	}
	return ""
}
