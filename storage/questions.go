package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/gorm"
)

// questions are several queries that are asked in one round trip.
type questions struct {
	db    *gorm.DB // writes queries and runs none
	asked []*gorm.DB
}

func ask(db *gorm.DB) *questions {
	return &questions{db: db.Session(&gorm.Session{NewDB: true, DryRun: true})}
}

// find adds a query, made on q.db, whose rows go into dest, a pointer to a slice.
func (q *questions) find(query *gorm.DB, dest any) {
	q.asked = append(q.asked, query.Find(dest))
}

// answer asks them all over the connection of the transaction.
func (t *transaction) answer(ctx context.Context, q *questions) error {
	return t.link.below(func(conn *pgx.Conn) error { return q.send(ctx, conn) })
}

// answer asks them all, over the open transaction or else the pool.
func (s *Store) answer(ctx context.Context, q *questions) error {
	if t, ok := ctx.Value(txKey{}).(*transaction); ok {
		return t.answer(ctx, q)
	}
	return s.pool.AcquireFunc(ctx, func(c *pgxpool.Conn) error { return q.send(ctx, c.Conn()) })
}

// send asks all and reads the answers.
func (q *questions) send(ctx context.Context, conn *pgx.Conn) (err error) {
	var batch pgx.Batch
	for _, x := range q.asked {
		if x.Error != nil {
			return x.Error
		}
		batch.Queue(x.Statement.SQL.String(), x.Statement.Vars...)
	}
	results := conn.SendBatch(ctx, &batch)
	defer func() { err = errors.Join(err, results.Close()) }()
	for _, x := range q.asked {
		rows, err := results.Query()
		if err != nil {
			return err
		}
		gorm.Scan(answer{rows}, x, 0)
		rows.Close()
		if err := errors.Join(x.Error, rows.Err()); err != nil {
			return fmt.Errorf("read %s: %w", x.Statement.Table, err)
		}
	}
	return nil
}

// answer is the rows of one query as gorm reads them.
type answer struct{ pgx.Rows }

// Columns names the columns.
func (a answer) Columns() ([]string, error) {
	fields := a.FieldDescriptions()
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
	}
	return names, nil
}

// ColumnTypes is asked for maps alone, of which nothing is read into.
func (a answer) ColumnTypes() ([]*sql.ColumnType, error) {
	return nil, errors.New("storage: column types of an answer")
}

// Close lets go of what was not read.
func (a answer) Close() error {
	a.Rows.Close()
	return nil
}
