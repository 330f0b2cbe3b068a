package bench_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// cpu is the time that processors have worked so far: for this program, which is client and service in one, for pgbench, and for PostgreSQL.
// Beside other work it says more than a clock on the wall.
type cpu struct{ program, children, postgres time.Duration }

// since is what was worked in all, in microseconds.
func (c cpu) since(began cpu) float64 {
	return float64((c.program + c.children + c.postgres - began.program - began.children - began.postgres).Microseconds())
}

func (w *world) cpu(b *testing.B) cpu {
	b.Helper()
	var own, ended syscall.Rusage
	fatal(b, syscall.Getrusage(syscall.RUSAGE_SELF, &own))
	fatal(b, syscall.Getrusage(syscall.RUSAGE_CHILDREN, &ended))
	return cpu{time.Duration(own.Utime.Nano() + own.Stime.Nano()), time.Duration(ended.Utime.Nano() + ended.Stime.Nano()), w.postgresCPU(b)}
}

// postgresCPU adds up the server process, its children that live and those that have ended. Without /proc it is 0.
func (w *world) postgresCPU(b *testing.B) time.Duration {
	b.Helper()
	if w.postmaster == "" {
		pid, err := os.ReadFile(filepath.Join(ask[string](b, w.DB.OwnerURL, "select current_setting('data_directory')"), "postmaster.pid"))
		fatal(b, err)
		first, _, _ := bytes.Cut(pid, []byte("\n"))
		w.postmaster = string(first)
	}
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	fatal(b, err)
	var ticks int64
	for _, name := range stats {
		text, err := os.ReadFile(name)
		if err != nil {
			continue // it has just ended
		}
		_, after, _ := strings.Cut(string(text), ") ") // past the name
		f := strings.Fields(after)
		own := filepath.Base(filepath.Dir(name)) == w.postmaster
		if len(f) < 15 || !own && f[1] != w.postmaster {
			continue
		}
		last := 13
		if own {
			last = 15
		}
		for _, v := range f[11:last] {
			var n int64
			if _, err := fmt.Sscan(v, &n); err == nil {
				ticks += n
			}
		}
	}
	return time.Duration(ticks) * 10 * time.Millisecond
}

// worked prints what one of n requests cost since an earlier count.
func (w *world) worked(b *testing.B, since cpu, n float64) {
	b.Helper()
	now := w.cpu(b)
	note("processor time of one request", "%8.0f µs here (client and service), %.0f µs PostgreSQL",
		float64((now.program-since.program).Microseconds())/n, float64((now.postgres-since.postgres).Microseconds())/n)
}
