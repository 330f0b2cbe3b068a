package main

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// contents is what people entered, row by row. What the jobs derive goes on changing while both services run.
func contents(t *testing.T, url string) []string {
	t.Helper()
	var all []string
	for _, name := range []string{
		"county", "area", "area_code", "org", "point", "point_status", "person", "assignment", "account", "calendar_day", "cases",
		"case_grant", "personal_value", "party", "agreement", "signature", "obligation", "event", "file_number", "idempotency",
	} {
		all = append(all, name)
		all = append(all, lines(t, url, "select x::text from "+name+" x order by 1")...)
	}
	return all
}

// A backup made while the service runs, restored elsewhere, is the same to the last row; and the records open with the
// restored keys.
func TestBackupWhileRunningThenRestore(t *testing.T) {
	t.Parallel()
	w := seeded(t)
	app := w.serve(t, FirstStart{})
	id := signIn(t, app.URL(), "mediator1").settle(t)
	store := filepath.Join(w.dir, "backups")
	before := contents(t, app.database.ownerURL)
	if out := w.must(t, "backup", store); !strings.Contains(out, store) {
		t.Errorf("does not say where: %s", out)
	}
	stop(t, app)
	made, err := filepath.Glob(filepath.Join(store, "2*"))
	if err != nil || len(made) != 1 {
		t.Fatalf("backups: %v %v", made, err)
	}

	other := newWorld(t, "BAIMI_BACKUP_DIR", store)
	out := other.must(t, "restore", made[0])
	if !strings.Contains(out, "baimi serve") {
		t.Errorf("does not say what is next: %s", out)
	}
	restored := other.serve(t, FirstStart{})
	if after := contents(t, restored.database.ownerURL); !slices.Equal(after, before) {
		t.Errorf("%d lines before, %d after", len(before), len(after))
	}
	if status, answer := signIn(t, restored.URL(), "mediator1").call(t, http.MethodGet, "/api/v1/cases/"+id, nil); status != http.StatusOK {
		t.Errorf("the case: %d %v", status, answer)
	}
	if code, out, _ := other.baimi(t, "doctor"); code == exitFailed || !strings.Contains(out, "the newest, "+made[0]) {
		t.Errorf("doctor: %d\n%s", code, out)
	}

	t.Run("nothing is written over", func(t *testing.T) {
		if code, _, errs := other.baimi(t, "restore", made[0]); code != 1 || !strings.Contains(errs, "not empty") {
			t.Errorf("%d %s", code, errs)
		}
	})
	t.Run("another passphrase opens nothing", func(t *testing.T) {
		third := newWorld(t, "BAIMI_BACKUP_PASSPHRASE", "another passphrase")
		if code, _, errs := third.baimi(t, "restore", made[0]); code != 1 || !strings.Contains(errs, "passphrase") {
			t.Errorf("%d %s", code, errs)
		}
		if entries, err := os.ReadDir(filepath.Join(third.dir, "data", "pg")); err == nil && len(entries) > 0 {
			t.Errorf("left behind: %v", entries)
		}
	})
	t.Run("a passphrase is asked for", func(t *testing.T) {
		delete(w.vars, "BAIMI_BACKUP_PASSPHRASE")
		if code, _, errs := w.baimiWith(t, t.Context(), "short\n", "backup", store); code != 1 || !strings.Contains(errs, "12") {
			t.Errorf("%d %s", code, errs)
		}
		if code, _, errs := w.baimiWith(t, t.Context(), "one of the proper length\n", "backup", store); code != 0 {
			t.Errorf("while the service is stopped: %d %s", code, errs)
		}
	})
}
