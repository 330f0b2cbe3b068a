package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm"
)

// link is the connection of an open transaction, which it begins and ends itself: the settings go out with the BEGIN, and what
// can wait goes with the COMMIT.
type link struct {
	*sql.Conn
	last  *queue // sent with the commit
	ended bool
}

var _ gorm.TxCommitter = (*link)(nil) // by this gorm knows that a transaction is open

// undoing may take this long after its context has ended; the pool throws a connection away that is not done by then.
const undoing = 5 * time.Second

// begin opens a transaction with its settings, in one round trip.
func (s *Store) begin(ctx context.Context, settings string) (*link, error) {
	conn, err := s.sql.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("connect to the database: %w", err)
	}
	l := &link{Conn: conn}
	if err := l.text(ctx, "begin;"+settings); err != nil {
		return nil, errors.Join(err, l.rollback(ctx))
	}
	return l, nil
}

// below reaches the connection below database/sql, which can send several statements at once.
func (l *link) below(fn func(conn *pgx.Conn) error) error {
	return l.Raw(func(c any) error {
		driver, ok := c.(*stdlib.Conn)
		if !ok {
			return fmt.Errorf("storage: a connection of %T", c)
		}
		return fn(driver.Conn())
	})
}

// text runs statements that have no parameters, in one round trip.
func (l *link) text(ctx context.Context, statements string) error {
	return l.below(func(conn *pgx.Conn) error {
		_, err := conn.PgConn().Exec(ctx, statements).ReadAll()
		return err
	})
}

// atCommit lets fn write statements that are sent together with the commit. None of them can be held to a number of rows.
func (t *transaction) atCommit(ctx context.Context, fn func(db *gorm.DB) error) error {
	if t.link.last == nil {
		t.link.last = &queue{link: t.link, commit: true}
	}
	return fn(t.link.last.on(t.db.WithContext(ctx)))
}

// commit ends the transaction with what has waited for it, in one round trip.
func (l *link) commit(ctx context.Context) error {
	q := l.last
	if q == nil {
		q = &queue{link: l}
	}
	q.add("commit")
	if err := q.send(ctx); err != nil {
		return err
	}
	l.ended = true
	return l.Close()
}

// rollback undoes what was not committed and gives the connection back. The context of the work may have ended, and it works all the
// same; a connection that fell with it is thrown away by the pool.
func (l *link) rollback(ctx context.Context) error {
	if l.ended {
		return nil
	}
	l.ended = true
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), undoing)
	defer cancel()
	_ = l.text(ctx, "rollback")
	return l.Close()
}

// Commit and Rollback are what gorm knows an open transaction by; it makes savepoints in it and calls neither.
func (l *link) Commit() error { return l.commit(context.Background()) } //nolint:forbidigo // gorm hands over no context

// Rollback is rollback.
func (l *link) Rollback() error { return l.rollback(context.Background()) } //nolint:forbidigo // gorm hands over no context

// ExecContext and QueryContext say that the context has ended where database/sql would say that the connection is bad.
func (l *link) ExecContext(ctx context.Context, q string, args ...any) (sql.Result, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return l.Conn.ExecContext(ctx, q, args...)
}

// QueryContext is the same for questions.
func (l *link) QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return l.Conn.QueryContext(ctx, q, args...)
}
