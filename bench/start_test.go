package bench_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"baimi/domain"
	"baimi/storage/storagetest"
)

// BenchmarkStart runs the binary on a database that is there: how soon it is ready, and how much memory it takes while nobody asks.
func BenchmarkStart(b *testing.B) {
	b.ReportMetric(0, "ns/op") // the report says more
	say("\nThe binary, after PostgreSQL is there")
	w := storagetest.NewTown(b)
	dir, err := os.MkdirTemp("", "baimi-start-")
	fatal(b, err)
	b.Cleanup(func() { _ = os.RemoveAll(dir) })
	program := filepath.Join(dir, "baimi")
	build := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", program, "baimi/cmd/baimi")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	fatal(b, w.Keys.Save(filepath.Join(dir, "keys")))
	var ready, idle []float64
	for range rounds() {
		r, m := start(b, program, dir, w.DB)
		ready, idle = append(ready, r), append(idle, m)
	}
	aim("ready, seconds", median(ready), "≤", 0.5)
	aim("memory when idle for ten seconds, MiB", median(idle), "≤", 60)
}

// start runs the binary once.
func start(b *testing.B, program, dir string, db *storagetest.DB) (ready, idle float64) {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), program, "serve")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "DATABASE_URL="+db.AppURL, "DATABASE_OWNER_URL=", "BAIMI_LISTEN=127.0.0.1:0", "BAIMI_DATA_DIR="+dir,
		"BAIMI_KEYS_DIR="+filepath.Join(dir, "keys"), "BAIMI_LOG_LEVEL=error")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.StdoutPipe()
	fatal(b, err)
	began := time.Now()
	fatal(b, cmd.Start())
	defer func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	}()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if _, url, ok := strings.Cut(lines.Text(), "Baimi is running:"); ok {
			res, err := http.Get(strings.TrimSpace(url) + "/readyz")
			fatal(b, err)
			fatal(b, res.Body.Close())
			ready = time.Since(began).Seconds()
			break
		}
	}
	if ready == 0 {
		b.Fatalf("did not start: %s", &stderr)
	}
	time.Sleep(10 * time.Second)
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
	fatal(b, err)
	_, rss, _ := strings.Cut(string(status), "VmRSS:")
	var kb float64
	_, err = fmt.Sscan(rss, &kb)
	fatal(b, err)
	return ready, kb / 1024
}

// BenchmarkAlerts lets the job find what is due among ever more that is not.
func BenchmarkAlerts(b *testing.B) {
	b.ReportMetric(0, "ns/op") // the report says more
	const due = 500
	say("\nThe job of alerts with %d clocks due", due)
	var took [2][]float64
	var counties [2]*world
	for i, n := range []int{sizes(b)[0] / 10, sizes(b)[0]} {
		counties[i] = newWorld(b)
		counties[i].fill(b, n)
	}
	scope := domain.SystemScope(1, "510185")
	for range rounds() {
		for i, w := range counties {
			do(b, w.DB.OwnerURL, fmt.Sprintf(`update deadline d set next_stage_at = now() - interval '1 minute' from
				(select case_id, no from deadline where ended_on is null and next_stage_at is null and due_at is not null order by random() limit %d) x
				where d.county = 1 and d.case_id = x.case_id and d.no = x.no`, due))
			began := time.Now()
			for more := true; more; {
				var err error
				_, more, err = w.store.RaiseAlerts(context.Background(), scope, clock(), 100)
				fatal(b, err)
			}
			took[i] = append(took[i], ms(time.Since(began)))
		}
	}
	note("few others, ten times as many others", "%8.0f ms, %.0f ms", median(took[0]), median(took[1]))
	aim("  ten times as many ÷ few", median(took[1])/median(took[0]), "≤", 1.5)
}
