package storage

import (
	"context"
	"fmt"
	"strings"
)

// Facts is what the service checks about its database before it serves.
type Facts struct {
	Version    int // PostgreSQL's, as 150018
	Role       string
	Superuser  bool
	BypassRLS  bool
	Owner      bool // owns tables of the schema
	Locale     string
	Durability map[string]string // settings that keep what was acknowledged
}

// Inspect reads the facts.
func (s *Store) Inspect(ctx context.Context) (Facts, error) {
	f := Facts{Durability: map[string]string{}}
	row := s.pool.QueryRow(ctx, `select current_setting('server_version_num')::int, current_user, r.rolsuper, r.rolbypassrls,
		exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
			where n.nspname = 'public' and pg_has_role(current_user, c.relowner, 'usage')),
		d.datcollate from pg_roles r, pg_database d where r.rolname = current_user and d.datname = current_database()`)
	if err := row.Scan(&f.Version, &f.Role, &f.Superuser, &f.BypassRLS, &f.Owner, &f.Locale); err != nil {
		return f, fmt.Errorf("inspect the database: %w", err)
	}
	rows, err := s.pool.Query(ctx, "select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')")
	if err != nil {
		return f, fmt.Errorf("inspect the database: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			return f, fmt.Errorf("inspect the database: %w", err)
		}
		f.Durability[name] = value
	}
	return f, rows.Err()
}

// Unfit lists what makes the database unfit to serve from, in words that say what to do; empty when it is fit.
func (f Facts) Unfit() []string {
	var bad []string
	if f.Version < 150000 {
		bad = append(bad, fmt.Sprintf("PostgreSQL %d is too old: 15 or newer is needed", f.Version/10000))
	}
	if f.Superuser || f.BypassRLS {
		bad = append(bad, fmt.Sprintf("role %q passes by row-level security: put the role made by `baimi migrate` into DATABASE_URL", f.Role))
	}
	if f.Owner && !f.Superuser {
		bad = append(bad, fmt.Sprintf("role %q owns tables, which row-level security does not hold back: put the role made by `baimi migrate` into DATABASE_URL", f.Role))
	}
	for name, value := range f.Durability {
		if value == "off" {
			bad = append(bad, fmt.Sprintf("%s is off: acknowledged records could be lost; set it to on in postgresql.conf", name))
		}
	}
	if strings.EqualFold(f.Locale, "C") || strings.EqualFold(f.Locale, "POSIX") {
		bad = append(bad, "the database's locale is C: Chinese text cannot be searched; create it with LC_COLLATE C.UTF-8")
	}
	return bad
}
