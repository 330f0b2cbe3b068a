package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"

	"github.com/jackc/pgx/v5"

	"baimi/storage/pgembed"
)

// The roles and the database of the private cluster. Their passwords follow from the superuser's, which lies in the
// cluster's folder, readable by its owner alone.
const (
	ownerRole    = "baimi_owner"
	appRole      = "baimi_app"
	databaseName = "baimi"
)

// startEmbedded starts the private cluster and makes what the migration needs there.
func startEmbedded(ctx context.Context, cfg Config, log *slog.Logger) (*database, error) {
	if err := pgembed.Usable(cfg.clusterDir(), ""); err != nil {
		return nil, err
	}
	if err := makeDataDir(cfg); err != nil {
		return nil, err
	}
	server, err := pgembed.Start(ctx, pgembed.Config{
		Dir: cfg.clusterDir(), BinDir: cfg.PGBinDir, Log: log,
		Settings: map[string]string{"max_connections": strconv.Itoa(max(100, int(cfg.MaxConnections)+20))},
	})
	if err != nil {
		return nil, err
	}
	db := &database{
		server:   server,
		superURL: server.DSN("postgres"),
		ownerURL: server.RoleDSN(ownerRole, databaseName),
		appURL:   server.RoleDSN(appRole, databaseName),
	}
	if err := ensureOwner(ctx, db); err != nil {
		return nil, errors.Join(err, db.close(context.WithoutCancel(ctx)))
	}
	return db, nil
}

// ensureOwner makes the owner's role and the database. The owner may create roles, because the migration makes the
// service's role; it is no superuser.
func ensureOwner(ctx context.Context, db *database) error {
	conn, err := pgx.Connect(ctx, db.superURL)
	if err != nil {
		return fmt.Errorf("private PostgreSQL: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx)) //nolint:errcheck // nothing is pending
	owner, err := pgx.ParseConfig(db.ownerURL)
	if err != nil {
		return fmt.Errorf("private PostgreSQL: %w", err)
	}
	const setUp = `select not exists (select from pg_roles where rolname = $1), not exists (select from pg_database where datname = $2)`
	var noRole, noDatabase bool
	if err := conn.QueryRow(ctx, setUp, ownerRole, databaseName).Scan(&noRole, &noDatabase); err != nil {
		return fmt.Errorf("private PostgreSQL: %w", err)
	}
	var statements []string
	if noRole {
		// the password is hexadecimal digits of our own making, so it needs no quoting
		statements = append(statements, fmt.Sprintf("create role %s login createrole password '%s'", ownerRole, owner.Password))
	}
	if noDatabase {
		statements = append(statements, fmt.Sprintf(
			"create database %s owner %s template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'", databaseName, ownerRole))
	}
	for _, q := range statements {
		if _, err := conn.Exec(ctx, q); err != nil {
			return fmt.Errorf("private PostgreSQL, first start: %w", err)
		}
	}
	return nil
}
