package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"
)

// queue takes statements in place of the connection and sends them together: one round trip instead of one each. They are done
// in the order in which they came.
type queue struct {
	*link   // for questions, before which what waits is sent
	waiting []queued
	commit  bool // what waits is sent with the commit
}

type queued struct {
	sql  string
	args []any
	what string // what it changes; "" when any number of rows is right
	rows int64
}

// together lets fn write, and sends all of it at its end.
func (t *transaction) together(ctx context.Context, fn func(db *gorm.DB) error) error {
	q := &queue{link: t.link}
	if err := fn(q.on(t.db.WithContext(ctx))); err != nil {
		return err
	}
	return q.send(ctx)
}

// on puts the queue below db, which is a session of its own.
func (q *queue) on(db *gorm.DB) *gorm.DB {
	db.Statement.ConnPool = q
	return db
}

func (q *queue) add(sql string, args ...any) {
	q.waiting = append(q.waiting, queued{sql: sql, args: args})
}

// ExecContext takes a statement. How many rows it meets is known when it is sent; affected asks then.
func (q *queue) ExecContext(_ context.Context, sql string, args ...any) (sql.Result, error) {
	q.add(sql, args...)
	return driver.RowsAffected(1), nil
}

// QueryContext asks now: what waits comes before it.
func (q *queue) QueryContext(ctx context.Context, sql string, args ...any) (*sql.Rows, error) {
	if err := q.send(ctx); err != nil {
		return nil, err
	}
	return q.link.QueryContext(ctx, sql, args...)
}

// QueryRowContext is not what gorm asks with; a row could not tell that sending failed.
func (q *queue) QueryRowContext(context.Context, string, ...any) *sql.Row {
	panic("storage: a single row asked of a queue")
}

// errCounted is a mistake in the code, which undoes the transaction: that a statement met too few rows would be seen when the
// commit that was sent with it is done.
var errCounted = errors.New("storage: what is sent with the commit cannot be held to a number of rows")

// expect holds the statement that came last to a number of rows.
func (q *queue) expect(rows int64, what string) error {
	if q.commit {
		return errCounted
	}
	last := &q.waiting[len(q.waiting)-1]
	last.rows, last.what = rows, what
	return nil
}

// send sends what waits.
func (q *queue) send(ctx context.Context) error {
	if len(q.waiting) == 0 {
		return nil
	}
	var batch pgx.Batch
	for _, x := range q.waiting {
		batch.Queue(x.sql, x.args...)
	}
	waiting := q.waiting
	q.waiting = nil
	return q.below(func(conn *pgx.Conn) (err error) {
		results := conn.SendBatch(ctx, &batch)
		defer func() { err = errors.Join(err, results.Close()) }()
		for _, x := range waiting {
			tag, err := results.Exec()
			if err == nil && x.what != "" {
				err = counted(tag.RowsAffected(), x.rows, x.what)
			}
			if err == nil && x.sql == "commit" && tag.String() != "COMMIT" {
				err = pgx.ErrTxCommitRollback // an error on the way was passed over
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}
