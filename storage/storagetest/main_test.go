package storagetest

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
)

// standIn is a schema of one table, so that these tests say something about
// templates and not about our migrations. runs counts the migrations.
func standIn(fingerprint string, runs *atomic.Int32) schema {
	return schema{
		fingerprint: func() string { return fingerprint },
		up: func(ctx context.Context, ownerURL, _ string) error {
			runs.Add(1)
			conn, err := pgx.Connect(ctx, ownerURL)
			if err != nil {
				return err
			}
			defer conn.Close(ctx) //nolint:errcheck // nothing is pending
			_, err = conn.Exec(ctx, "create table thing (id int primary key)")
			return err
		},
	}
}

// shared is the process's server under another schema.
func shared(t *testing.T, s schema) *cluster {
	t.Helper()
	srv, err := server()
	if err != nil {
		t.Fatal(err)
	}
	c, err := newCluster(srv.admin.String(), srv.keep, s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
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
