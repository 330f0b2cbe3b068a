package main

import (
	"context"
	"log/slog"
	"testing"

	"github.com/jackc/pgx/v5"
)

var quiet = slog.New(slog.DiscardHandler)

// connect opens a connection as whoever the URL names.
func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func run(t *testing.T, url, statement string) {
	t.Helper()
	if _, err := connect(t, url).Exec(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// behind makes the schema look as if the newest step had not been taken.
func behind(t *testing.T, ownerURL string) {
	t.Helper()
	run(t, ownerURL, "delete from goose_db_version where version_id = (select max(version_id) from goose_db_version)")
}

// lines reads one text column.
func lines(t *testing.T, url, q string) []string {
	t.Helper()
	rows, err := connect(t, url).Query(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	return got
}
