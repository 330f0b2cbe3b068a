package bench_test

import (
	"testing"
	"time"
)

// BenchmarkIntake holds POST /cases against pgbench running the very same statements, and against the least program that could run
// them: echo and pgx.
func BenchmarkIntake(b *testing.B) {
	b.ReportMetric(0, "ns/op") // the report says more
	w := newWorld(b)
	next := post("/api/v1/cases", w.keeper, intakeBody(b, w))
	s := capture(b, w, next)
	s.newCase(b)
	trips, statements := s.size()
	say("\nIntake: POST /cases, %d statements in %d round trips", statements, trips)
	bare := s.serveBare(b, w.DB.AppURL)
	pg := newPgbench(b, s, w.DB.AppURL)
	var rate16 float64
	for _, n := range []int{16, 64} {
		list := []contestant{flooded(b, "service", w.url, n, next), flooded(b, "echo + pgx", bare, n, next)}
		if pg != nil {
			list = append(list, contestant{"pgbench", func() (float64, float64) { return pg.run(b, n, length()) }})
		}
		got := w.interleave(b, list)
		if n == 16 {
			rate16 = got.rates[0]
		}
		say(" %d connections:", n)
		for i, c := range list {
			note(c.name+", requests/s", "%8.0f, %.0f µs of processor time each", got.rates[i], got.cpu[i])
		}
		aim("service ÷ echo + pgx of the same SQL", got.shares[1], "≥", 0.8)
		note("  the same by processor time", "%8.2f", got.cheapness[1])
		if pg != nil {
			aim("service ÷ pgbench of the same SQL", got.shares[2], "≥", 0.55)
			note("  the same by processor time", "%8.2f", got.cheapness[2])
		}
	}
	steady := rate16 / 2
	took := pace(b, w.url, steady, 2*length(), next)
	say(" at a fixed %.0f requests/s, half of what 16 connections get:", steady)
	note("p50, p99", "%v, %v", percentile(took, 0.5).Round(100*time.Microsecond), percentile(took, 0.99).Round(100*time.Microsecond))
	say(" where it goes, at 16 connections:")
	spent(b, w, 12, func() float64 { return flood(b, w.url, 16, length(), next) * length().Seconds() })
}
