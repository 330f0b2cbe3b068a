package pgembed

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"go.uber.org/goleak"
)

// TestMain turns this binary into a service of its own when a test starts it
// again as one (see service_test.go), because a kill -9 needs somebody to hit.
func TestMain(m *testing.M) {
	if dir := os.Getenv(serviceEnv); dir != "" {
		os.Exit(serviceMain(dir, os.Getenv(throwawayEnv) != ""))
	}
	code := m.Run()
	if dir := seedDir; dir != "" {
		_ = os.RemoveAll(dir)
	}
	if err := goleak.Find(); err != nil && code == 0 {
		println(err.Error())
		code = 1
	}
	os.Exit(code)
}

var quiet = slog.New(slog.DiscardHandler)

// folder is a temporary folder that user postgres can enter.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := enterableTemp("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

var seedDir string

// seed is a data folder with a fresh cluster that was stopped cleanly. Copying
// it is several times faster than initdb.
var seed = sync.OnceValues(func() (string, error) {
	dir, err := enterableTemp("")
	if err != nil {
		return "", err
	}
	seedDir = dir
	s, err := Start(context.Background(), Config{Dir: filepath.Join(dir, "d"), Log: quiet})
	if err != nil {
		return "", err
	}
	return s.Dir(), s.Stop(context.Background())
})

// seeded is a data folder of the test's own with a fresh cluster in it.
func seeded(t *testing.T) string {
	t.Helper()
	from, err := seed()
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(folder(t), "d")
	if out, err := exec.CommandContext(t.Context(), "cp", "-a", from, to).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return to
}

// start is for a cluster that the test wants to have, not to test.
func start(t *testing.T, cfg Config) *Server {
	t.Helper()
	if cfg.Log == nil {
		cfg.Log = quiet
	}
	s, err := Start(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop(context.Background()) })
	return s
}

func stop(t *testing.T, s *Server) {
	t.Helper()
	if err := s.Stop(context.Background()); err != nil {
		t.Fatal(err)
	}
}

// clusterOf is the cluster's folder in a data folder.
func clusterOf(t *testing.T, dir string) string {
	t.Helper()
	major, err := FindCluster(dir)
	if err != nil || major == 0 {
		t.Fatalf("no cluster in %s: %v", dir, err)
	}
	return ClusterDir(dir, major)
}

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func scalar[T any](t *testing.T, conn *pgx.Conn, q string, args ...any) (v T) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), q, args...).Scan(&v); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return v
}

// eventually waits for what must come to be within a minute at the busiest.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 6000 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("not within a minute: %s", what)
}

func wantError(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got %v, want %v", err, want)
	}
	t.Log(err)
}
