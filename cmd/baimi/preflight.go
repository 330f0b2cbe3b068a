package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"

	"baimi/migrations"
	"baimi/storage"
)

// openPlain connects outside the store, for what must be known before the store can be opened.
func openPlain(ctx context.Context, url string) (*sql.DB, error) {
	db, err := sql.Open("pgx", url)
	if err != nil {
		return nil, fmt.Errorf("database URL: %w", err)
	}
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(connectError(err, url), db.Close())
	}
	return db, nil
}

// connectError says what to do about the usual causes.
func connectError(err error, url string) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && (pg.Code == "28P01" || pg.Code == "28000") {
		return fmt.Errorf("the database does not let role %q in (%s): compare the password; if the role is not there yet, run `baimi migrate`", userOf(url), pg.Code)
	}
	return fmt.Errorf("the database %s is not to be reached: %w", withoutPassword(url), err)
}

// checkSchema refuses a database that is behind or ahead of the program.
func checkSchema(ctx context.Context, url string) error {
	db, err := openPlain(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close() //nolint:errcheck // nothing is pending
	return migrations.Check(ctx, db)
}

// openStore opens the database as the service's role, with the keys. fresh tells that the keys were made now.
func openStore(ctx context.Context, cfg Config, db *database) (store *storage.Store, fresh bool, err error) {
	keys, fresh, err := openKeys(ctx, cfg, db.appURL)
	if err != nil {
		return nil, false, err
	}
	if store, err = storage.Open(ctx, db.appURL, keys, storage.Options{MaxConnections: cfg.MaxConnections}); err != nil {
		return nil, fresh, err
	}
	kept, err := openFiles(ctx, cfg)
	if err != nil {
		store.Close()
		return nil, fresh, err
	}
	store.UseFiles(kept)
	return store, fresh, nil
}

// refuseUnfit stops before anything is served from a database that could lose records or show too much.
func refuseUnfit(ctx context.Context, store *storage.Store) error {
	facts, err := store.Inspect(ctx)
	if err != nil {
		return err
	}
	if bad := facts.Unfit(); len(bad) > 0 {
		return fmt.Errorf("this database is not fit to serve from:\n  - %s", strings.Join(bad, "\n  - "))
	}
	return nil
}
