package bench_test

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// spent runs fn, which answers n requests, and prints where PostgreSQL's time went: the statements that cost most.
func spent(b *testing.B, w *world, top int, fn func() (n float64)) {
	b.Helper()
	do(b, w.DB.OwnerURL, "create extension if not exists pg_stat_statements", "select pg_stat_statements_reset()")
	began := w.cpu(b)
	n := fn()
	w.worked(b, began, n)
	conn, err := pgx.Connect(b.Context(), w.DB.OwnerURL)
	fatal(b, err)
	defer conn.Close(context.Background()) //nolint:errcheck // nothing is pending
	rows, err := conn.Query(b.Context(), `select query, calls::float8, total_exec_time * 1000, wal_bytes::float8 from pg_stat_statements
		where dbid = (select oid from pg_database where datname = current_database()) order by total_exec_time desc`)
	fatal(b, err)
	defer rows.Close()
	var all, wal float64
	var lines []func()
	for rows.Next() {
		var q string
		var calls, us, bytes float64
		fatal(b, rows.Scan(&q, &calls, &us, &bytes))
		all, wal = all+us, wal+bytes
		if len(lines) < top {
			lines = append(lines, func() { note("  "+short(q), "%8.0f µs %5.1f calls", us/n, calls/n) })
		}
	}
	fatal(b, rows.Err())
	note("PostgreSQL, executing, for one request", "%8.0f µs, %.1f KB of log written", all/n, wal/n/1024)
	for _, l := range lines {
		l()
	}
}

func short(q string) string {
	q = strings.ReplaceAll(strings.Join(strings.Fields(q), " "), `"`, "")
	if r := []rune(q); len(r) > 52 {
		return string(r[:52])
	}
	return q
}
