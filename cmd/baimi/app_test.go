package main

import (
	"context"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"baimi/storage/storagetest"
)

// One service from its first start to its end: it is healthy, it keeps a second one away, commands work beside it, and
// it leaves nothing running.
func TestServiceStartsServesAndStops(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	app := New(w.config(t), quiet, time.Now, FirstStart{Migrate: true, Demo: true})
	if err := app.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer stop(t, app)
	for _, path := range []string{"/livez", "/readyz"} {
		if status, answer := (&client{base: app.URL()}).call(t, http.MethodGet, path, nil); status != http.StatusOK {
			t.Errorf("%s: %d %v", path, status, answer)
		}
	}
	id := signIn(t, app.URL(), "mediator1").settle(t)
	if status, _ := signIn(t, app.URL(), "director7").call(t, http.MethodGet, "/api/v1/cases/"+id, nil); status != http.StatusNotFound {
		t.Errorf("another village's director opens it: %d", status)
	}

	t.Run("a second instance is refused", func(t *testing.T) {
		if code, _, errs := w.baimi(t, "serve"); code != 1 || !strings.Contains(errs, "in use by another instance") {
			t.Errorf("%d %s", code, errs)
		}
	})
	t.Run("commands work beside it", func(t *testing.T) {
		w.must(t, "user", "add", "helper", "--name", "帮手", "--role", "mediator", "--org", "禾丰镇人民调解委员会（演示）", "--random")
		if out := w.must(t, "user", "list"); !strings.Contains(out, "helper") {
			t.Errorf("users:\n%s", out)
		}
		w.must(t, "job", "rates", "--as-of", "2026-11-22")
		w.must(t, "migrate")
		if code, out, _ := w.baimi(t, "doctor"); code == exitFailed {
			t.Errorf("doctor:\n%s", out)
		}
		w.must(t, "doctor", "--ready", app.URL())
	})

	if err := app.Stop(context.Background()); err != nil {
		t.Fatal(err)
	}
	if code, _, _ := w.baimi(t, "doctor", "--ready", app.URL()); code != exitFailed {
		t.Error("a stopped service is said to be ready")
	}
	if _, err := os.Stat(w.dir + "/data/pg/pg15/postmaster.pid"); err == nil {
		t.Error("PostgreSQL was left running")
	}
}

func TestNotReadyOnceAskedToStop(t *testing.T) {
	app := &App{}
	app.leaving.Store(true)
	if app.ready(t.Context()) == nil {
		t.Error("ready while leaving")
	}
}

// With TLS of its own the service shows the fingerprint it serves with.
func TestServiceWithOwnCertificate(t *testing.T) {
	t.Parallel()
	w := seeded(t, "BAIMI_TLS", "self")
	app := w.serve(t, FirstStart{})
	if !strings.HasPrefix(app.URL(), "https://127.0.0.1:") || len(app.fingerprint) != 95 {
		t.Errorf("%s %q", app.URL(), app.fingerprint)
	}
	w.must(t, "doctor", "--ready", app.URL())
}

// serve does not make, change or mistrust silently: each refusal says what to do.
func TestServeRefuses(t *testing.T) {
	db := storagetest.New(t) // of a throw-away server, which keeps nothing safe
	old := storagetest.New(t)
	behind(t, old.OwnerURL)
	for name, c := range map[string]struct{ vars, want string }{
		"an empty data folder":    {"", "baimi migrate"},
		"an old schema":           {old.AppURL, "run `baimi migrate`"},
		"a superuser":             {db.OwnerURL, "passes by row-level security"},
		"settings that lose rows": {db.AppURL, "fsync is off"},
		"a server that is away":   {"postgres://a:hidden-word@127.0.0.1:1/baimi", "not to be reached"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "DATABASE_URL", c.vars)
			code, _, errs := w.baimi(t, "serve")
			if code != 1 || !strings.Contains(errs, c.want) || strings.Contains(errs, "hidden-word") {
				t.Errorf("%d %s", code, errs)
			}
		})
	}
}

// Another machine's database is migrated as its owner, never as the service.
func TestRunNeedsTheOwner(t *testing.T) {
	w := newWorld(t, "DATABASE_URL", storagetest.New(t).AppURL)
	for _, command := range []string{"run", "migrate"} {
		if code, _, errs := w.baimi(t, command); code != 1 || !strings.Contains(errs, "DATABASE_OWNER_URL") {
			t.Errorf("%s: %d %s", command, code, errs)
		}
	}
}

func TestMigrateMakesTheServiceRoleOfAServerThatIsNotOurs(t *testing.T) {
	db := storagetest.New(t)
	w := newWorld(t, "DATABASE_URL", db.AppURL, "DATABASE_OWNER_URL", db.OwnerURL)
	w.must(t, "migrate")
	w.must(t, "demo", "--size", "small")
	if out := w.must(t, "user", "list"); !strings.Contains(out, "mediator1") {
		t.Errorf("users:\n%s", out)
	}
	if code, _, errs := w.baimi(t, "backup", w.dir); code != 1 || !strings.Contains(errs, "your server's own") {
		t.Errorf("backup of a server that is not ours: %d %s", code, errs)
	}
}
