package storage

import (
	"context"
	"database/sql"
	"fmt"
)

// fetchSize is how many rows a cursor holds in memory.
const fetchSize = 1000

// cursor walks over a long result. Several may be open on one connection, which plain result sets cannot: that is how
// tables are merged in one snapshot without holding any of them.
type cursor[T any] struct {
	ctx  context.Context // of the one loop it lives for
	db   sqlConn
	name string
	scan func(*sql.Rows, *T) error
	rows []T
	at   int
	end  bool
}

// openCursor declares a cursor that lives until the transaction ends. Its name belongs to its query alone: statements
// that fetch from it are prepared once for a connection. The query's order is its index's (see walkKeys), so the first rows come
// without a sort of all.
func openCursor[T any](ctx context.Context, db sqlConn, name string, scan func(*sql.Rows, *T) error, query string) (*cursor[T], error) {
	if _, err := db.ExecContext(ctx, "declare "+name+" no scroll cursor for "+query); err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	return &cursor[T]{ctx: ctx, db: db, name: name, scan: scan, rows: make([]T, 0, fetchSize)}, nil
}

// peek is the row the cursor stands at, nil at the end. It is good until next.
func (c *cursor[T]) peek() (*T, error) {
	if c.at < len(c.rows) {
		return &c.rows[c.at], nil
	}
	if c.end {
		return nil, nil
	}
	if err := c.fetch(); err != nil {
		return nil, fmt.Errorf("read %s: %w", c.name, err)
	}
	return c.peek()
}

// next moves on by a row.
func (c *cursor[T]) next() { c.at++ }

func (c *cursor[T]) fetch() error {
	rows, err := c.db.QueryContext(c.ctx, fmt.Sprintf("fetch %d from %s", fetchSize, c.name))
	if err != nil {
		return err
	}
	defer rows.Close()
	c.rows, c.at = c.rows[:0], 0
	for rows.Next() {
		var x T
		if err := c.scan(rows, &x); err != nil {
			return err
		}
		c.rows = append(c.rows, x)
	}
	c.end = len(c.rows) < fetchSize
	return rows.Err()
}
