package storage

import "context"

// ExecIn runs a statement in the transaction that is open in ctx.
func ExecIn(ctx context.Context, s *Store, q string) error { return s.conn(ctx).Exec(q).Error }
