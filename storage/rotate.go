package storage

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"baimi/domain"
)

// ErrRotating says that somebody else is changing the keys.
var ErrRotating = errors.New("another run is changing the keys")

// rotateBatch is how many values one transaction seals anew.
const rotateBatch = 500

// RotateKeys changes the keys of personal values while the service works, and takes up a change that a crash has left. scopes
// are the system scopes of all counties. say tells how far it is. The old keys stay until DropOldKeys.
//
//  1. a new key is made beside the old one, and everybody can read what it will seal;
//  2. the search rows are made under both, so that nothing is missed once it is asked for by the new one;
//  3. the new key takes over, and all that was sealed before is sealed anew.
func (s *Store) RotateKeys(ctx context.Context, scopes []domain.Scope, say func(string)) error {
	return s.alone(ctx, func() error {
		if !s.keys.Changing() {
			if err := s.keys.Prepare(); err != nil {
				return err
			}
			say("a new key is made")
		}
		if s.keys.State().Prepared != 0 {
			if err := s.takeOver(ctx, scopes, say); err != nil {
				return err
			}
		}
		if err := s.WaitForOlder(ctx); err != nil {
			return err
		}
		for _, scope := range scopes {
			n, err := s.RotateValues(ctx, scope, rotateBatch)
			if err != nil {
				return err
			}
			say(fmt.Sprintf("county %d: %d values sealed anew", scope.County, n))
		}
		return nil
	})
}

// takeOver lets the prepared key take over, once every search row is also under it.
func (s *Store) takeOver(ctx context.Context, scopes []domain.Scope, say func(string)) error {
	if err := s.WaitForOlder(ctx); err != nil {
		return err
	}
	if err := s.reindexAll(ctx, scopes); err != nil {
		return err
	}
	if err := s.keys.Promote(); err != nil {
		return err
	}
	say("the new key has taken over")
	return nil
}

// DropOldKeys forgets the old keys, when nothing of any of the counties is sealed by them any more.
func (s *Store) DropOldKeys(ctx context.Context, scopes []domain.Scope) error {
	return s.alone(ctx, func() error {
		if err := s.WaitForOlder(ctx); err != nil {
			return err
		}
		for _, scope := range scopes {
			left, err := s.SealedByOldKeys(ctx, scope)
			if err != nil {
				return err
			}
			if len(left) > 0 {
				return fmt.Errorf("%w (county %d: %v)", ErrStillSealed, scope.County, left)
			}
		}
		if err := s.keys.dropOld(); err != nil {
			return err
		}
		return s.reindexAll(ctx, scopes)
	})
}

func (s *Store) reindexAll(ctx context.Context, scopes []domain.Scope) error {
	for _, scope := range scopes {
		for after, n := uuid.Nil, 1; n > 0; {
			var err error
			if after, n, err = s.ReindexCases(ctx, scope, after, rotateBatch); err != nil {
				return err
			}
		}
	}
	return nil
}

// alone keeps a second change of keys out. The lock is of a connection and not of a transaction, which would have to be
// waited for itself.
func (s *Store) alone(ctx context.Context, fn func() error) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("change the keys: %w", err)
	}
	defer func() {
		ctx := context.WithoutCancel(ctx)
		if _, err := conn.Exec(ctx, "select pg_advisory_unlock(7038)"); err != nil {
			_ = conn.Conn().Close(ctx) // the lock goes with it
		}
		conn.Release()
	}()
	var free bool
	if err := conn.QueryRow(ctx, "select pg_try_advisory_lock(7038)").Scan(&free); err != nil {
		return fmt.Errorf("change the keys: %w", err)
	}
	if !free {
		return ErrRotating
	}
	return fn()
}
