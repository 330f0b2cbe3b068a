package storagetest

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Many processes ask at once on a new server: one migrates, all wait, and each
// clone has the schema and nobody else's rows.
func TestTemplateIsMadeOnceForManyProcesses(t *testing.T) {
	t.Parallel()
	var runs atomic.Int32
	s := standIn("once"+strings.ToLower(t.Name()[4:10]), &runs)
	var wg sync.WaitGroup
	for range 12 {
		c := shared(t, s) // a cluster value is what a process has
		wg.Go(func() {
			name, err := c.clone(t.Context())
			if err != nil {
				t.Error(err)
				return
			}
			conn, err := pgx.Connect(t.Context(), c.ownerURL(name))
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close(t.Context()) //nolint:errcheck // nothing is pending
			if _, err := conn.Exec(t.Context(), "insert into thing values (1)"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := runs.Load(); n != 1 {
		t.Errorf("migrated %d times", n)
	}
}

// A migration that is cut short must not leave a template behind.
func TestHalfMadeTemplateIsMadeAnew(t *testing.T) {
	t.Parallel()
	var runs atomic.Int32
	good := standIn("half", &runs)
	bad := good
	bad.up = func(ctx context.Context, owner, app string) error {
		if err := good.up(ctx, owner, app); err != nil {
			return err
		}
		return context.DeadlineExceeded
	}
	if _, err := shared(t, bad).clone(t.Context()); err == nil {
		t.Fatal("a failed migration gave a database")
	}
	if _, err := shared(t, good).clone(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// A busy template is waited for: another session may be just copying it.
func TestBusyTemplateIsRetried(t *testing.T) {
	t.Parallel()
	var runs atomic.Int32
	c := shared(t, standIn("busy", &runs))
	template, err := c.template()
	if err != nil {
		t.Fatal(err)
	}
	admin := connect(t, c.ownerURL("postgres"))
	if _, err := admin.Exec(t.Context(), "alter database "+template+" with allow_connections true"); err != nil {
		t.Fatal(err)
	}
	guest := connect(t, c.ownerURL(template))
	cloned := make(chan error, 1)
	go func() {
		_, err := c.clone(t.Context())
		cloned <- err
	}()
	for scalar[int](t, admin, "select count(*) from pg_stat_activity where query like 'create database%'||$1||'%'", template) == 0 {
		select {
		case err := <-cloned:
			t.Fatalf("did not wait: %v", err)
		default:
		}
	}
	if err := guest.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-cloned; err != nil {
		t.Error(err)
	}
}

// On a server that is kept, nothing of a test stays behind, even when the test
// forgot to close its connections.
func TestKeptServerIsLeftClean(t *testing.T) {
	t.Parallel()
	var runs atomic.Int32
	c := shared(t, standIn("kept", &runs))
	name, err := c.clone(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_ = connect(t, c.ownerURL(name))
	if err := c.drop(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	admin := connect(t, c.ownerURL("postgres"))
	if scalar[bool](t, admin, "select exists (select from pg_database where datname = $1)", name) {
		t.Error("the database is still there")
	}
}
