package storage

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"baimi/domain"
)

// consumerSeal appends events to the county's sealed log.
const consumerSeal = "seal"

// sealLock is the advisory lock under which a county's log grows and is signed.
const sealLock = 7035

// ErrUnsealable says that some waiting events are not what they should be: changed after they were written, or not
// chained to the event before. They stay waiting, and so does what follows them in their cases.
var ErrUnsealable = errors.New("events that cannot be sealed")

var errNotSystem = errors.New("storage: the sealed log is for system jobs alone")

// SealEvents appends waiting events to the sealed log of the scope's county, at most limit of them (1 or more), and
// takes them from the queue in the same transaction. Within a case they are sealed in order; the order across cases is
// the order of sealing. It returns how many were sealed; call it again until that is 0.
//
// An event that is wrong stops its own case only: the others are sealed and counted, and the error, ErrUnsealable,
// names the case. So n above 0 together with ErrUnsealable means: sealed and committed, go on.
func (s *Store) SealEvents(ctx context.Context, scope domain.Scope, limit int) (n int, err error) {
	if limit < 1 {
		return 0, fmt.Errorf("storage: a batch of %d events", limit)
	}
	var broken brokenCases
	err = s.asSystem(ctx, scope, func(ctx context.Context, db sqlConn) error {
		broken = brokenCases{}
		if err := lockLog(ctx, db, scope.County); err != nil {
			return err
		}
		n, err = sealSome(ctx, db, scope.County, limit, &broken)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("seal events: %w", err)
	}
	return n, broken.err()
}

// sealSome seals the sound events of the first page of the queue that has any.
func sealSome(ctx context.Context, db sqlConn, county domain.County, limit int, broken *brokenCases) (int, error) {
	after := eventKey{}
	for {
		page, err := waitingEvents(ctx, db, county, after, limit)
		if err != nil || len(page) == 0 {
			return 0, err
		}
		after = eventKey{page[len(page)-1].CaseID, page[len(page)-1].Seq}
		heads, err := sealedHeads(ctx, db, county, page)
		if err != nil {
			return 0, err
		}
		if sound := chained(page, heads, broken); len(sound) > 0 {
			return len(sound), appendToLog(ctx, db, county, sound)
		}
	}
}

// eventKey names an event of a county; the zero key comes before all.
type eventKey struct {
	caseID uuid.UUID
	seq    int
}

// asSystem runs fn in the transaction of a system job and hands over its connection.
func (s *Store) asSystem(ctx context.Context, scope domain.Scope, fn func(ctx context.Context, db sqlConn) error) error {
	if !scope.System || scope.County == 0 {
		return errNotSystem
	}
	return s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		return fn(ctx, t.db.Statement.ConnPool)
	})
}
