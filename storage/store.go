// Package storage keeps Baimi's records in PostgreSQL. Every method on case data takes the reader's scope, and works
// in a transaction whose settings row-level security reads: two walls that say the same.
package storage

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Store is the one door to the database.
type Store struct {
	pool           *pgxpool.Pool
	sql            *sql.DB
	db             *gorm.DB
	keys           *Keyring
	secondWallOnly bool
	calendar       atomic.Pointer[keptCalendar]
	files          FileStore
}

// Options tune a Store.
type Options struct {
	MaxConnections int32 // 0 takes 16
	// SecondWallOnly leaves the scope out of every query, so that a test can see row-level security hold alone.
	// Nothing in the configuration sets it.
	SecondWallOnly bool
}

// Open connects as the service's role.
func Open(ctx context.Context, url string, keys *Keyring, o Options) (*Store, error) {
	cfg, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("database URL: %w", err)
	}
	if cfg.MaxConns = o.MaxConnections; cfg.MaxConns == 0 {
		cfg.MaxConns = 16
	}
	cfg.MaxConnIdleTime = 5 * time.Minute
	cfg.ConnConfig.RuntimeParams["timezone"] = "UTC"
	cfg.ConnConfig.RuntimeParams["lock_timeout"] = "15s" // a waiting move gives its connection back, and its client tries again
	cfg.ConnConfig.RuntimeParams["application_name"] = "baimi"
	cfg.AfterConnect = readArraysAsText
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("connect to the database: %w", err)
	}
	db := stdlib.OpenDBFromPool(pool)
	db.SetMaxIdleConns(0) // the pool below keeps the connections
	g, err := gorm.Open(postgres.New(postgres.Config{Conn: db}), &gorm.Config{
		SkipDefaultTransaction: true,
		Logger:                 logger.Discard,                          // errors are returned; a logged statement could hold values
		NowFunc:                func() time.Time { return time.Time{} }, // time comes in as a value
	})
	if err != nil {
		pool.Close()
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return &Store{pool: pool, sql: db, db: g, keys: keys, secondWallOnly: o.SecondWallOnly}, nil
}

// readArraysAsText lets arrays come in the form in which our lists (domain.IDs, domain.Codes) read them.
func readArraysAsText(_ context.Context, conn *pgx.Conn) error {
	types := conn.TypeMap()
	for _, oid := range []uint32{pgtype.Int2ArrayOID, pgtype.Int4ArrayOID, pgtype.Int8ArrayOID, pgtype.TextArrayOID, pgtype.UUIDArrayOID} {
		if t, ok := types.TypeForOID(oid); ok {
			types.RegisterType(&pgtype.Type{Name: t.Name, OID: oid, Codec: textFirst{t.Codec}})
		}
	}
	return nil
}

type textFirst struct{ pgtype.Codec }

// PreferredFormat asks for text.
func (textFirst) PreferredFormat() int16 { return pgtype.TextFormatCode }

// Close ends all connections.
func (s *Store) Close() {
	_ = s.sql.Close() // closes handles only; the pool owns the connections
	s.pool.Close()
	if f, ok := s.files.(io.Closer); ok {
		_ = f.Close() // every write was waited for
	}
}

// Pool is the pool of connections, for the job queue.
func (s *Store) Pool() *pgxpool.Pool { return s.pool }

// Keys are the keys of personal values.
func (s *Store) Keys() *Keyring { return s.keys }

// DB is the pool as database/sql sees it, for the check of the schema.
func (s *Store) DB() *sql.DB { return s.sql }

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.pool.Ping(ctx); err != nil {
		return fmt.Errorf("database: %w", err)
	}
	return nil
}
