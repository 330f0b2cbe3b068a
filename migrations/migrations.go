// Package migrations holds the schema as numbered SQL, brings a database up to it, and lists every table with its
// class. It migrates as the owner; the service itself works in a role of its own that owns nothing.
package migrations

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // database/sql driver for goose
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed *.sql
var files embed.FS

const (
	riverStep    = 5 // goose version of the step that makes River's tables
	riverVersion = 6 // River's own newest schema of the release in go.mod
)

// ErrOldSchema says that the database is behind (or ahead of) the program.
var ErrOldSchema = errors.New("the database's schema is not the one this program needs: run `baimi migrate`")

// Fingerprint names the schema: a hash over all steps.
func Fingerprint() string {
	h := sha256.New()
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, n := range names {
		b, err := files.ReadFile(n)
		if err != nil {
			panic(err) // embedded a line above
		}
		fmt.Fprintf(h, "%s %d\n%s", n, len(b), b)
	}
	fmt.Fprintf(h, "river %d grants %s", riverVersion, grants)
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// Up brings the database of ownerURL up to date, creates the login role of appURL with its password if it is missing,
// and grants it what the service needs. It may be run again, and by several at once.
func Up(ctx context.Context, ownerURL, appURL string) error {
	app, err := pgx.ParseConfig(appURL)
	if err != nil {
		return fmt.Errorf("URL of the service's role: %w", err)
	}
	owner, err := pgx.ParseConfig(ownerURL)
	if err != nil {
		return fmt.Errorf("URL of the owner: %w", err)
	}
	if app.User == owner.User {
		return fmt.Errorf("owner and service share the role %q: the service needs one of its own, or row-level security does nothing", app.User)
	}
	db, err := sql.Open("pgx", ownerURL)
	if err != nil {
		return fmt.Errorf("open the owner's database: %w", err)
	}
	defer db.Close() //nolint:errcheck // nothing is pending
	p, err := provider(db)
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return grantTo(ctx, db, app.User, app.Password)
}

// Check tells whether the database stands at the newest step; it reads only, as any role.
func Check(ctx context.Context, db *sql.DB) error {
	want := int64(0)
	p, err := provider(db)
	if err != nil {
		return err
	}
	for _, s := range p.ListSources() {
		want = max(want, s.Version)
	}
	var have int64
	err = db.QueryRowContext(ctx, "select coalesce(max(version_id), 0) from goose_db_version where is_applied").Scan(&have)
	if err != nil || have != want {
		return fmt.Errorf("%w (have step %d, need %d)", ErrOldSchema, have, want)
	}
	return nil
}

func provider(db *sql.DB) (*goose.Provider, error) {
	river := goose.NewGoMigration(riverStep, &goose.GoFunc{RunDB: riverUp}, nil)
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, fmt.Errorf("lock of the migration: %w", err)
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithGoMigrations(river),
		goose.WithSessionLocker(locker), goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return p, nil
}

// riverUp makes River's tables by River's own steps, outside a transaction: step 6 adds an enum value and uses it.
func riverUp(ctx context.Context, db *sql.DB) error {
	m, err := rivermigrate.New(riverdatabasesql.New(db), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return fmt.Errorf("river: %w", err)
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, &rivermigrate.MigrateOpts{TargetVersion: riverVersion}); err != nil {
		return fmt.Errorf("river: %w", err)
	}
	return nil
}
