package migrations_test

import (
	"context"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"baimi/migrations"
	"baimi/storage/storagetest"
)

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	c, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close(context.WithoutCancel(t.Context())) })
	return c
}

func column(t *testing.T, c *pgx.Conn, q string, args ...any) []string {
	t.Helper()
	rows, err := c.Query(t.Context(), q, args...)
	if err != nil {
		t.Fatal(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func names(class migrations.Class) []string {
	var n []string
	for _, x := range migrations.Tables {
		if x.Class == class {
			n = append(n, x.Name)
		}
	}
	return n
}

func TestEveryTableHasItsClass(t *testing.T) {
	t.Parallel()
	c := connect(t, storagetest.New(t).OwnerURL)
	have := column(t, c, "select relname::text from pg_class join pg_namespace n on n.oid = relnamespace where n.nspname = 'public' and relkind in ('r', 'p')")
	var listed []string
	for _, x := range migrations.Tables {
		listed = append(listed, x.Name)
	}
	for _, n := range have {
		if !slices.Contains(listed, n) {
			t.Errorf("table %s has no class: add it to migrations.Tables", n)
		}
	}
	for _, n := range listed {
		if !slices.Contains(have, n) {
			t.Errorf("migrations.Tables names %s, which does not exist", n)
		}
	}
}

func TestCountyTablesKeepACountysRowsTogether(t *testing.T) {
	t.Parallel()
	c := connect(t, storagetest.New(t).OwnerURL)
	// primary, unique and foreign keys and exclusion constraints: county is the first column
	bad := column(t, c, `
		select x.conrelid::regclass || '.' || x.conname from pg_constraint x
		join pg_attribute a on a.attrelid = x.conrelid and a.attnum = x.conkey[1]
		where x.conrelid::regclass::text = any ($1) and x.contype in ('p', 'u', 'x') and a.attname <> 'county'
		union all
		select x.conrelid::regclass || '.' || x.conname from pg_constraint x
		join pg_attribute a on a.attrelid = x.conrelid and a.attnum = x.conkey[1]
		where x.conrelid::regclass::text = any ($1) and x.contype = 'f'
			and x.confrelid::regclass::text = any ($1) and a.attname <> 'county'
		union all
		select i.indrelid::regclass || '.' || i.indexrelid::regclass from pg_index i
		join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
		where i.indrelid::regclass::text = any ($1) and i.indisunique and a.attname <> 'county'`, names(migrations.County))
	if len(bad) > 0 {
		t.Errorf("keys without county first: %s", strings.Join(bad, ", "))
	}
	for _, n := range names(migrations.County) {
		keys := column(t, c, "select conname::text from pg_constraint where conrelid = $1::regclass and contype = 'p'", n)
		if len(keys) != 1 {
			t.Errorf("county table %s has no primary key", n)
		}
	}
	if triggers := column(t, c, "select tgrelid::regclass || '.' || tgname from pg_trigger where not tgisinternal and tgrelid::regclass::text = any ($1)",
		append(names(migrations.County), names(migrations.Reference)...)); len(triggers) > 0 {
		t.Errorf("triggers: %v", triggers)
	}
	if local := column(t, c, `select x.conrelid::regclass || '.' || x.conname from pg_constraint x where x.contype = 'f'
		and x.confrelid::regclass::text = any ($1) and not x.conrelid::regclass::text = any ($1)`, names(migrations.Local)); len(local) > 0 {
		t.Errorf("foreign keys to local tables: %v", local)
	}
}

func TestCountyTablesStandBehindTheSecondWall(t *testing.T) {
	t.Parallel()
	c := connect(t, storagetest.New(t).OwnerURL)
	for _, x := range migrations.Tables {
		if x.Class != migrations.County {
			continue
		}
		var on bool
		if err := c.QueryRow(t.Context(), "select relrowsecurity from pg_class where oid = $1::regclass", x.Name).Scan(&on); err != nil {
			t.Fatal(err)
		}
		if on != x.Protected || (!x.Protected && x.Open == "") {
			t.Errorf("%s: row-level security %v, listed as %v with reason %q", x.Name, on, x.Protected, x.Open)
		}
	}
}

func TestServiceRoleIsHeldBack(t *testing.T) {
	t.Parallel()
	c := connect(t, storagetest.New(t).AppURL)
	for _, q := range []string{
		"update event set kind = 'x'", "delete from event", "delete from cases", "delete from personal_value",
		"update calendar_day set working = true", "create table x (id int)", "alter table cases disable row level security",
		"truncate event", "update log_leaf set seq = 1", "delete from log_leaf", "update log_hash set idx = 1", "delete from log_hash",
		"update checkpoint set size = 1", "delete from checkpoint", "truncate log_leaf", "insert into goose_db_version (version_id, is_applied) values (99, true)",
	} {
		if _, err := c.Exec(t.Context(), q); err == nil || !strings.Contains(err.Error(), "42501") {
			t.Errorf("%q: want a refusal for lack of privilege, got %v", q, err)
		}
	}
}

func TestUpMayBeRunAgainAndByTwoAtOnce(t *testing.T) {
	t.Parallel()
	db := storagetest.New(t)
	done := make(chan error, 2)
	for range 2 {
		go func() { done <- migrations.Up(t.Context(), db.OwnerURL, db.AppURL) }()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func TestOwnerMayNotServe(t *testing.T) {
	t.Parallel()
	db := storagetest.New(t)
	if err := migrations.Up(t.Context(), db.OwnerURL, db.OwnerURL); err == nil {
		t.Error("one role for owner and service was accepted")
	}
}

// The page a distribution would be made from names every table beside its class.
func TestThePageOfClassesIsTrue(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/distribution.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[migrations.Class]string{}
	for line := range strings.Lines(string(page)) {
		for _, class := range []migrations.Class{migrations.Reference, migrations.County, migrations.Local} {
			if strings.HasPrefix(line, "| "+string(class)+" |") {
				rows[class] = line
			}
		}
	}
	for _, x := range migrations.Tables {
		if strings.HasPrefix(x.Name, "river_") {
			continue // "River's tables"
		}
		if !regexp.MustCompile(`\b` + x.Name + `\b`).MatchString(rows[x.Class]) {
			t.Errorf("docs/distribution.md does not name %s among the %s tables", x.Name, x.Class)
		}
	}
}
