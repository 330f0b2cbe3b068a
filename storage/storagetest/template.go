package storagetest

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// schema is what a template holds.
type schema struct {
	fingerprint func() string
	up          func(ctx context.Context, ownerURL, appURL string) error
}

// templateLock keeps test processes from making the same template at once.
const templateLock = 0x6261696d69 // "baimi"

// ensureTemplate returns the name of a database with the schema of this
// fingerprint, shared by all test processes on the server. The first migrates,
// the others wait. The lock is the session's, because CREATE DATABASE cannot
// run in a transaction; the session ends here.
func (c *cluster) ensureTemplate(ctx context.Context) (string, error) {
	name := fmt.Sprintf("tmpl_%.24s", c.schema.fingerprint())
	conn, err := pgx.Connect(ctx, c.admin.String())
	if err != nil {
		return "", err
	}
	defer conn.Close(ctx) //nolint:errcheck // frees the lock in any case
	if _, err := conn.Exec(ctx, "select pg_advisory_lock($1)", int64(templateLock)); err != nil {
		return "", err
	}
	var ready bool
	err = conn.QueryRow(ctx, "select exists (select from pg_database where datname = $1 and datistemplate)", name).Scan(&ready)
	if err != nil || ready {
		return name, err
	}
	return name, c.makeTemplate(ctx, conn, name)
}

// makeTemplate marks the database as a template last: one that was cut short
// is no template, and is made anew.
func (c *cluster) makeTemplate(ctx context.Context, conn *pgx.Conn, name string) error {
	id := pgx.Identifier{name}.Sanitize()
	for _, q := range []string{"drop database if exists " + id + " with (force)", "create database " + id} {
		if _, err := conn.Exec(ctx, q); err != nil {
			return fmt.Errorf("%s: %w", q, err)
		}
	}
	if err := c.schema.up(ctx, c.ownerURL(name), c.appURL(name)); err != nil {
		return fmt.Errorf("migrate %s: %w", name, err)
	}
	// closed to all, because an open connection makes cloning fail
	_, err := conn.Exec(ctx, "alter database "+id+" with is_template true allow_connections false")
	return err
}
