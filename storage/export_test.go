package storage

import (
	"context"
	"testing"

	"baimi/domain"
)

// RowsShown counts what a protected table shows in a transaction of a scope, with nothing but the second wall.
func RowsShown(t *testing.T, s *Store, scope domain.Scope, table string) int {
	t.Helper()
	var n int
	err := s.InTx(t.Context(), scope, func(ctx context.Context) error {
		return s.conn(ctx).Raw("select count(*) from " + table).Scan(&n).Error
	})
	if err != nil {
		t.Fatalf("%s: %v", table, err)
	}
	return n
}

// ExecAs runs a statement in a transaction of a scope.
func ExecAs(t *testing.T, s *Store, scope domain.Scope, q string) error {
	t.Helper()
	return s.InTx(t.Context(), scope, func(ctx context.Context) error { return s.conn(ctx).Exec(q).Error })
}
