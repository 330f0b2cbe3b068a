package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"baimi/domain"
	"baimi/domain/ledger"
)

// NewCheckpoint states what the sealed log of the scope's county is now, signs it as of at, stores it and returns the
// note. If nothing was sealed since the last one it returns that one, and "" if nothing was sealed ever. Before it
// signs it proves that the log extends the last checkpoint, and refuses if not: the signer's word is worth what it
// never signed (ledger.ErrShorter, ErrRewritten). Sealing waits meanwhile. The note is stored once this call has
// returned, unless the caller's own transaction is still open; let it leave the machine only then.
func (s *Store) NewCheckpoint(ctx context.Context, scope domain.Scope, by ledger.Signer, at time.Time) (note string, err error) {
	err = s.asSystem(ctx, scope, func(ctx context.Context, db sqlConn) error {
		if err := lockLog(ctx, db, scope.County); err != nil {
			return err
		}
		last, err := newestCheckpoints(ctx, db, scope.County, 1)
		if err != nil {
			return err
		}
		c, err := statement(ctx, db, scope.County, at)
		if err != nil {
			return err
		}
		if len(last) > 0 {
			if err := ledger.ProveExtends(last[0].Checkpoint, c, storedNodes(ctx, db, scope.County)); err != nil {
				return fmt.Errorf("refused to sign past the %s: %w", last[0], err)
			}
			if c.Size == last[0].Size {
				note = last[0].Note
				return nil
			}
		}
		if c.Size == 0 {
			return nil
		}
		if note, err = ledger.Sign(c, by); err != nil {
			return err
		}
		_, err = db.ExecContext(ctx, "insert into checkpoint (county, size, root, note, at) values ($1, $2, $3, $4, $5)",
			scope.County, c.Size, c.Root[:], note, c.At)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("checkpoint: %w", err)
	}
	return note, nil
}

// statement is what the log is now, unsigned.
func statement(ctx context.Context, db sqlConn, county domain.County, at time.Time) (ledger.Checkpoint, error) {
	c := ledger.Checkpoint{County: int(county), At: at.UTC().Truncate(time.Second)}
	var err error
	if c.Size, err = logSize(ctx, db, county); err != nil {
		return c, err
	}
	if c.Root, err = tlog.TreeHash(c.Size, storedNodes(ctx, db, county)); err != nil {
		return c, fmt.Errorf("read the log: %w", err)
	}
	return c, nil
}

// Checkpoints reads the stored checkpoints of the scope's county, newest first, at most limit.
func (s *Store) Checkpoints(ctx context.Context, scope domain.Scope, limit int) ([]ledger.Signed, error) {
	var list []ledger.Signed
	err := s.asSystem(ctx, scope, func(ctx context.Context, db sqlConn) (err error) {
		list, err = newestCheckpoints(ctx, db, scope.County, limit)
		return err
	})
	return list, err
}

func newestCheckpoints(ctx context.Context, db sqlConn, county domain.County, limit int) ([]ledger.Signed, error) {
	list, err := collect(ctx, db, scanCheckpoint, "select "+checkpointColumns+" from checkpoint where county = $1 order by size desc limit $2", county, limit)
	if err != nil {
		return nil, fmt.Errorf("read the checkpoints: %w", err)
	}
	return list, nil
}

// checkpointColumns are what scanCheckpoint reads.
const checkpointColumns = "county, size, root, note, at"

func scanCheckpoint(rows *sql.Rows, c *ledger.Signed) error {
	var root []byte
	if err := rows.Scan(&c.County, &c.Size, &root, &c.Note, &c.At); err != nil {
		return err
	}
	if len(root) != len(c.Root) {
		return errors.New("a root that is no hash")
	}
	c.Root, c.At = ledger.Hash(root), c.At.UTC()
	return nil
}
