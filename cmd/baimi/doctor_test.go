package main

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"baimi/storage"
	"baimi/storage/backup"
	"baimi/storage/storagetest"
)

// The doctor's exit code: 1 when something is wrong, 2 for warnings; and each finding says what to do.
func TestDoctorFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	old := storagetest.New(t)
	behind(t, old.OwnerURL)
	for name, c := range map[string]struct {
		vars []string
		want string
	}{
		"a wrong setting":         {[]string{"BAIMI_LOG_LEVEL", "loud"}, "BAIMI_LOG_LEVEL"},
		"no database":             {nil, "baimi migrate"},
		"an old schema":           {[]string{"DATABASE_URL", old.AppURL}, "baimi migrate"},
		"a superuser":             {[]string{"DATABASE_URL", storagetest.New(t).OwnerURL, "BAIMI_KEYS_DIR", keysDir(t)}, "row-level security"},
		"settings that lose rows": {[]string{"DATABASE_URL", storagetest.New(t).AppURL, "BAIMI_KEYS_DIR", keysDir(t)}, "fsync is off"},
	} {
		w := newWorld(t, c.vars...)
		if code, out, _ := w.baimi(t, "doctor"); code != exitFailed || !strings.Contains(out, c.want) {
			t.Errorf("%s: exit code %d\n%s", name, code, out)
		}
	}
}

func keysDir(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "keys")
	keys, err := storage.NewKeyring()
	if err != nil {
		t.Fatal(err)
	}
	if err := keys.Save(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Fresh keys beside records that only the lost ones open would look like a working service.
func TestLostKeysAreNotReplaced(t *testing.T) {
	t.Parallel()
	db := storagetest.New(t)
	w := newWorld(t, "DATABASE_URL", db.AppURL)
	w.must(t, "demo", "--size", "small")
	keys := filepath.Join(w.dir, "data", "keys")
	if err := os.RemoveAll(keys); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"user", "list"}, {"serve"}} {
		if code, _, errs := w.baimi(t, args...); code != 1 || !strings.Contains(errs, "restore them from the backup") {
			t.Errorf("%v: %d %s", args, code, errs)
		}
	}
	if code, out, _ := w.baimi(t, "doctor"); code != exitFailed || !strings.Contains(out, "restore them from the backup") {
		t.Errorf("doctor: %d %s", code, out)
	}
	if _, err := os.Stat(keys); err == nil {
		t.Error("keys were made")
	}
	w.vars["BAIMI_KEYS_DIR"] = keysDir(t) // other keys
	if code, out, _ := w.baimi(t, "doctor"); code != exitFailed || !strings.Contains(out, "do not open") {
		t.Errorf("doctor with other keys: %d %s", code, out)
	}
}

func TestDoctorJudgesTheAgeOfTheNewestBackup(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	check := func(vars Config) finding {
		d := &doctor{}
		d.checkBackups(vars)
		return d.findings[0]
	}
	if f := check(Config{}); f.verdict != warned {
		t.Errorf("no folder: %+v", f)
	}
	if f := check(Config{BackupDir: dir}); f.verdict != warned {
		t.Errorf("no backup: %+v", f)
	}
	for age, want := range map[time.Duration]verdict{25 * time.Hour: warned, 23 * time.Hour: fine} {
		fakeBackup(t, dir, time.Now().Add(-age))
		if f := check(Config{BackupDir: dir}); f.verdict != want {
			t.Errorf("%s old: %+v", age, f)
		}
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
}

// fakeBackup is a manifest with empty parts: its age is all that is looked at.
func fakeBackup(t *testing.T, dir string, begun time.Time) {
	t.Helper()
	folder := backup.Path(dir, begun)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	var parts []string
	for _, name := range []string{"cluster", "files", "keys"} {
		parts = append(parts, `{"name":"`+name+`","bytes":0}`)
		if err := os.WriteFile(filepath.Join(folder, name+".tar.gz.age"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	manifest := `{"format":1,"begun":"` + begun.UTC().Format(time.RFC3339) + `","major":15,"parts":[` + strings.Join(parts, ",") + `]}`
	if err := os.WriteFile(filepath.Join(folder, "manifest.json"), []byte(manifest), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestReadyAsksTheService(t *testing.T) {
	t.Parallel()
	status := http.StatusOK
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/readyz" {
			t.Errorf("asked for %s", r.URL.Path)
		}
		w.WriteHeader(status)
	}))
	defer server.Close()
	w := newWorld(t)
	w.must(t, "doctor", "--ready", server.URL)
	status = http.StatusServiceUnavailable
	for _, address := range []string{server.URL, "http://127.0.0.1:1", "127.0.0.1:8080", ""} {
		if address == "" {
			continue
		}
		if code, _, _ := w.baimi(t, "doctor", "--ready", address); code != exitFailed {
			t.Errorf("%s: exit code %d", address, code)
		}
	}
}
