package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"golang.org/x/mod/sumdb/tlog"

	"baimi/domain"
	"baimi/domain/ledger"
)

// sqlConn is the open transaction below gorm: batches go in as arrays, and long results come out row by row.
type sqlConn interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// eventColumns are what scanEvent reads, of a table or alias e.
const eventColumns = `e.county, e.case_id, e.seq, e.kind, e.actor, e.assignment, e.role, e.via, e.occurred_on, e.recorded_at,
	e.from_status, e.to_status, e.reason, e.data, e.prev_hash, e.hash`

func scanEvent(rows *sql.Rows, e *domain.Event) error {
	return rows.Scan(&e.County, &e.CaseID, &e.Seq, &e.Kind, &e.Actor, &e.Assignment, &e.Role, &e.Via, &e.OccurredOn, &e.RecordedAt,
		&e.FromStatus, &e.ToStatus, &e.Reason, &e.Data, &e.PrevHash, &e.Hash)
}

// collect reads all rows of a bounded query.
func collect[T any](ctx context.Context, db sqlConn, scan func(*sql.Rows, *T) error, query string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []T
	for rows.Next() {
		var x T
		if err := scan(rows, &x); err != nil {
			return nil, err
		}
		list = append(list, x)
	}
	return list, rows.Err()
}

// waitingEvents reads a page of the queue, by case and number.
func waitingEvents(ctx context.Context, db sqlConn, county domain.County, after eventKey, limit int) ([]domain.Event, error) {
	// the page first: joined before it is cut, it would be merged with all events that were sealed before it
	events, err := collect(ctx, db, scanEvent, `select `+eventColumns+` from (
			select county, case_id, seq from event_todo where county = $1 and consumer = $2 and (case_id, seq) > ($3, $4)
			order by case_id, seq limit $5) t
		join event e on e.county = t.county and e.case_id = t.case_id and e.seq = t.seq
		order by t.case_id, t.seq`, county, consumerSeal, after.caseID, after.seq, limit)
	if err != nil {
		return nil, fmt.Errorf("read the queue: %w", err)
	}
	return events, nil
}

// sealedHeads reads the last sealed event of each case that has one.
func sealedHeads(ctx context.Context, db sqlConn, county domain.County, events []domain.Event) (map[uuid.UUID]sealedHead, error) {
	type row struct {
		id uuid.UUID
		sealedHead
	}
	var cases [][16]byte
	for i := range events {
		if i == 0 || events[i].CaseID != events[i-1].CaseID {
			cases = append(cases, events[i].CaseID)
		}
	}
	scan := func(rows *sql.Rows, r *row) error { return rows.Scan(&r.id, &r.seq, &r.hash) }
	list, err := collect(ctx, db, scan, `select c.id, h.seq, h.hash from unnest($2::uuid[]) as c (id)
		cross join lateral (select l.seq, l.hash from log_leaf l
			where l.county = $1 and l.case_id = c.id order by l.seq desc limit 1) h`, county, cases)
	if err != nil {
		return nil, fmt.Errorf("read the log: %w", err)
	}
	heads := make(map[uuid.UUID]sealedHead, len(list))
	for _, r := range list {
		heads[r.id] = r.sealedHead
	}
	return heads, nil
}

// appendToLog writes the leaves and nodes of these events and takes them from the queue.
func appendToLog(ctx context.Context, db sqlConn, county domain.County, events []domain.Event) error {
	size, err := logSize(ctx, db, county)
	if err != nil {
		return err
	}
	edge, err := ledger.ReadFrontier(size, storedNodes(ctx, db, county))
	if err != nil {
		return fmt.Errorf("read the log: %w", err)
	}
	cases, seqs := make([][16]byte, len(events)), make([]int32, len(events))
	hashes, nodes := make([][]byte, len(events)), make([][]byte, 0, 2*len(events))
	for i := range events {
		cases[i], seqs[i], hashes[i] = events[i].CaseID, int32(events[i].Seq), events[i].Hash
		for _, h := range edge.Append(leafOf(&events[i]).RecordHash()) {
			nodes = append(nodes, h[:])
		}
	}
	err = execAll(ctx, db, len(events), `insert into log_leaf (county, idx, case_id, seq, hash)
		select $1, $2 + x.n - 1, x.case_id, x.seq, x.hash
		from unnest($3::uuid[], $4::int[], $5::bytea[]) with ordinality as x (case_id, seq, hash, n)`,
		county, size, cases, seqs, hashes)
	if err != nil {
		return fmt.Errorf("write leaves: %w", err)
	}
	err = execAll(ctx, db, len(nodes), `insert into log_hash (county, idx, hash)
		select $1, $2 + x.n - 1, x.hash from unnest($3::bytea[]) with ordinality as x (hash, n)`,
		county, tlog.StoredHashCount(size), nodes)
	if err != nil {
		return fmt.Errorf("write nodes: %w", err)
	}
	// the batch is a piece of the queue in its order, and by this range the index can be searched
	last := len(events) - 1
	err = execAll(ctx, db, len(events), `delete from event_todo where county = $1 and consumer = $2
		and (case_id, seq) between ($5, $6) and ($7, $8)
		and (case_id, seq) in (select * from unnest($3::uuid[], $4::int[]))`,
		county, consumerSeal, cases, seqs, cases[0], seqs[0], cases[last], seqs[last])
	if err != nil {
		return fmt.Errorf("take from the queue: %w", err)
	}
	return nil
}

// execAll runs a statement that must touch n rows.
func execAll(ctx context.Context, db sqlConn, n int, query string, args ...any) error {
	res, err := db.ExecContext(ctx, query, args...)
	if err != nil {
		return err
	}
	if rows, err := res.RowsAffected(); err != nil || rows != int64(n) {
		return errors.Join(err, fmt.Errorf("%d rows of %d", rows, n))
	}
	return nil
}

func leafOf(e *domain.Event) ledger.Leaf {
	return ledger.Leaf{County: int(e.County), CaseID: e.CaseID, Seq: e.Seq, Hash: ledger.Hash(e.Hash)}
}

// lockLog lets nobody else append to or sign the log of a county until the transaction ends.
func lockLog(ctx context.Context, db sqlConn, county domain.County) error {
	err := walkKeys(ctx, db)
	if err == nil {
		_, err = db.ExecContext(ctx, "select pg_advisory_xact_lock($1, $2)", sealLock, int32(county))
	}
	if err != nil {
		return fmt.Errorf("lock the log: %w", err)
	}
	return nil
}

// logSize is the number of leaves; they have no gaps.
func logSize(ctx context.Context, db sqlConn, county domain.County) (size int64, err error) {
	err = db.QueryRowContext(ctx, "select idx + 1 from log_leaf where county = $1 order by idx desc limit 1", county).Scan(&size)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, fmt.Errorf("read the log: %w", err)
	}
	return size, nil
}

// storedNodes reads the stored tree.
func storedNodes(ctx context.Context, db sqlConn, county domain.County) ledger.HashReader {
	type row struct {
		idx  int64
		hash []byte
	}
	scan := func(rows *sql.Rows, r *row) error { return rows.Scan(&r.idx, &r.hash) }
	return tlog.HashReaderFunc(func(indexes []int64) ([]ledger.Hash, error) {
		list, err := collect(ctx, db, scan, "select idx, hash from log_hash where county = $1 and idx = any ($2)", county, indexes)
		if err != nil {
			return nil, err
		}
		have := make(map[int64]ledger.Hash, len(list))
		for _, r := range list {
			var h ledger.Hash
			copy(h[:], r.hash) // one of another length matches nothing
			have[r.idx] = h
		}
		hashes := make([]ledger.Hash, len(indexes))
		for i, x := range indexes {
			h, ok := have[x]
			if !ok {
				return nil, fmt.Errorf("node %d of the log is missing", x)
			}
			hashes[i] = h
		}
		return hashes, nil
	})
}
