package app

import (
	"context"
	"time"

	"baimi/domain"
)

// AnswerStore keeps the answers to idempotency keys.
type AnswerStore interface {
	Tx
	Replay(ctx context.Context, scope domain.Scope, key, operation string, requestHash []byte) (answer []byte, found bool, err error)
	Remember(ctx context.Context, scope domain.Scope, key, operation string, requestHash, answer []byte, at time.Time) error
}

// Once lets a request be repeated without being done twice.
type Once struct {
	store AnswerStore
	clock Clock
}

// NewOnce makes the use case.
func NewOnce(store AnswerStore, clock Clock) *Once { return &Once{store: store, clock: clock} }

// Request names a request that its client may repeat.
type Request struct {
	Key, Operation string
	Hash           []byte // of everything that makes it this request
}

// Do runs the work and stores its answer in the same transaction, or finds the answer of the first time. An error of
// the work undoes everything and stores nothing, so the client may try again with the same key.
func (u *Once) Do(ctx context.Context, actor domain.Actor, r Request, work func(ctx context.Context) ([]byte, error)) (answer []byte, replayed bool, err error) {
	scope := actor.Scope()
	err = u.store.InTx(ctx, scope, func(ctx context.Context) error {
		var err error
		if answer, replayed, err = u.store.Replay(ctx, scope, r.Key, r.Operation, r.Hash); err != nil || replayed {
			return err
		}
		if answer, err = work(ctx); err != nil {
			return err
		}
		return u.store.Remember(ctx, scope, r.Key, r.Operation, r.Hash, answer, u.clock.now())
	})
	if err != nil {
		return nil, false, err
	}
	return answer, replayed, nil
}
