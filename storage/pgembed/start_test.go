package pgembed

import (
	"bytes"
	"context"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

func TestFirstStartAndNext(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(folder(t), "new", "d")
	t0 := time.Now()
	s := start(t, Config{Dir: dir})
	t.Logf("first start %d ms", time.Since(t0).Milliseconds())
	conn := connect(t, s.DSN("postgres"))
	want := map[string]string{
		"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "wal_level": "replica",
		"data_checksums": "on", "listen_addresses": "", "server_encoding": "UTF8",
	}
	for name, value := range want {
		if got := scalar[string](t, conn, "select current_setting($1)", name); got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
	if got := scalar[string](t, conn, "select datcollate from pg_database where datname = 'template1'"); got != "C.UTF-8" {
		t.Errorf("locale is %s: with another, Chinese has no trigrams", got)
	}
	info, err := os.Stat(PasswordFile(dir))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("password file: %v, %v", info.Mode(), err)
	}
	if err := s.EnsureDatabase(t.Context(), "baimi"); err != nil {
		t.Fatal(err)
	}
	stop(t, s)

	t0 = time.Now()
	again := start(t, Config{Dir: dir})
	t.Logf("next start %d ms", time.Since(t0).Milliseconds())
	if again.DSN("x") != s.DSN("x") {
		t.Error("the address changed")
	}
	if err := again.EnsureDatabase(t.Context(), "baimi"); err != nil {
		t.Fatal(err)
	}
	connect(t, again.DSN("baimi"))
	t0 = time.Now()
	stop(t, again)
	t.Logf("stop %d ms", time.Since(t0).Milliseconds())
	if left := processesOf(again.DataDir()); len(left) > 0 {
		t.Errorf("processes %v are left", left)
	}
}

// Only the password opens the door, also for replication, which backups use.
func TestNobodyEntersWithoutPassword(t *testing.T) {
	t.Parallel()
	s := start(t, Config{Dir: seeded(t)})
	conn := connect(t, s.DSN("postgres"))
	if n := scalar[int](t, conn, "select count(*) from pg_hba_file_rules where auth_method <> 'scram-sha-256' or error is not null"); n != 0 {
		t.Errorf("%d rules of pg_hba.conf let in by other means", n)
	}
	for _, query := range []string{"", "&replication=true"} {
		good := s.DSN("postgres") + query
		c, err := pgconn.Connect(t.Context(), good)
		if err != nil {
			t.Fatalf("with password %q: %v", query, err)
		}
		_ = c.Close(t.Context())
		u, err := url.Parse(good)
		if err != nil {
			t.Fatal(err)
		}
		u.User = url.UserPassword(Superuser, "wrong")
		if c, err := pgconn.Connect(t.Context(), u.String()); err == nil {
			_ = c.Close(t.Context())
			t.Errorf("let in with a wrong password %q", query)
		}
	}
}

// What a row held when it was refused is not for the log.
func TestLogHoldsNoPersonalData(t *testing.T) {
	t.Parallel()
	var out lockedBuffer
	s := start(t, Config{Dir: seeded(t), Log: slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	conn := connect(t, s.DSN("postgres"))
	if _, err := conn.Exec(t.Context(), "create table p (name text check (length(name) < 2), id text unique)"); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{
		"insert into p values ('张三丰', '510185')",
		"insert into p values ('', '510185'), ('', '510185')",
		"select '张三丰'::int",
	} {
		if _, err := conn.Exec(t.Context(), q); err == nil {
			t.Fatal("was not refused")
		}
	}
	stop(t, s)
	log := out.String()
	if !strings.Contains(log, "violates check constraint") {
		t.Fatalf("the refusal is not in the log:\n%s", log)
	}
	for _, secret := range []string{"510185", "insert into"} {
		if strings.Contains(log, secret) {
			t.Errorf("%q is in the log:\n%s", secret, log)
		}
	}
}

func TestStartThatIsCalledOffLeavesNothingRunning(t *testing.T) {
	t.Parallel()
	dir := seeded(t)
	ctx, cancel := context.WithTimeout(t.Context(), 80*time.Millisecond)
	defer cancel()
	if s, err := Start(ctx, Config{Dir: dir, Log: quiet}); err == nil {
		stop(t, s) // a quick machine; nothing to see
	}
	if left := processesOf(clusterOf(t, dir)); len(left) > 0 {
		t.Errorf("processes %v are left", left)
	}
	stop(t, start(t, Config{Dir: dir}))
}

func TestThrowawayIsClearedByStop(t *testing.T) {
	t.Parallel()
	s, err := StartThrowaway(t.Context(), Config{Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	connect(t, s.DSN("postgres"))
	for range 2 {
		if err := s.Stop(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(filepath.Dir(s.Dir())); !os.IsNotExist(err) {
		t.Errorf("%s is still there", s.Dir())
	}
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
