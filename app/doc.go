// Package app holds the use cases: one method for each thing somebody does, which names it, brings the clock and the
// outside facts its rules need, and leaves the rules to domain and the rows to storage. Each use case declares the
// small store interface it needs; *storage.Store has all of them.
package app

import (
	"context"
	"time"

	"baimi/domain"
)

// Clock tells the time. It is injected, so that a test decides what day it is.
type Clock func() time.Time

// now is the one "now" of an act, cut to what a column keeps.
func (c Clock) now() time.Time { return c().UTC().Truncate(time.Microsecond) }

// Tx runs a function in one transaction that shows what the scope may see; a nested call joins.
type Tx interface {
	InTx(ctx context.Context, scope domain.Scope, fn func(ctx context.Context) error) error
}
