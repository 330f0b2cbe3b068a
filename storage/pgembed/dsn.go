package pgembed

import (
	"context"
	"fmt"
	"net/url"

	"github.com/jackc/pgx/v5"
)

// DSN is a URL for database db as superuser, over the unix socket. It stays
// the same over restarts. It holds the password: not for logs.
func (s *Server) DSN(db string) string { return s.url(Superuser, s.password, db) }

// RoleDSN is a URL for database db as a login role whose password was derived
// by RolePassword. The role must have been created with it.
func (s *Server) RoleDSN(role, db string) string {
	return s.url(role, RolePassword(s.password, role), db)
}

func (s *Server) url(user, password, db string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(user, password), Path: "/" + db}
	u.RawQuery = url.Values{"host": {s.run}, "port": {s.port()}, "sslmode": {"disable"}}.Encode()
	return u.String()
}

func (s *Server) port() string {
	if p := s.cfg.Settings["port"]; p != "" {
		return p
	}
	return port
}

// EnsureDatabase creates database name unless it exists.
func (s *Server) EnsureDatabase(ctx context.Context, name string) error {
	conn, err := pgx.Connect(ctx, s.DSN("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx)) //nolint:errcheck // nothing is pending
	var exists bool
	err = conn.QueryRow(ctx, "select exists (select from pg_database where datname = $1)", name).Scan(&exists)
	if err != nil || exists {
		return err
	}
	if _, err := conn.Exec(ctx, "create database "+pgx.Identifier{name}.Sanitize()); err != nil {
		return fmt.Errorf("create database %s: %w", name, err)
	}
	return nil
}
