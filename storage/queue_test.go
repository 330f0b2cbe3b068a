package storage_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"gorm.io/gorm"

	"baimi/storage"
	"baimi/storage/storagetest"
)

// Statements that are sent together are one with their transaction: a change that meets no row and a row that is refused undo all of
// it, and the error says which.
func TestWhatIsSentTogetherHoldsTogether(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	scope := county
	number := func() (n int) {
		w.Do(t, scope, func(ctx context.Context) error {
			return storage.ConnOf(ctx, w.Store).Raw("select count(*) from file_number").Scan(&n).Error
		})
		return n
	}
	const take = "insert into file_number (county, committee, year, last) values (?, ?, ?, ?)"
	for _, x := range []struct {
		name string
		then func(db *gorm.DB) error
		want string
	}{
		{"a change that meets no row", func(db *gorm.DB) error {
			return storage.AffectedOne(db.Exec("update file_number set last = 2 where committee = ?", 999), "counter")
		}, "0 rows instead of 1"},
		{"a row that is refused", func(db *gorm.DB) error {
			return db.Exec(take, county.County, w.CommitteeA1, 2027, 0).Error
		}, "file_number_last_check"},
		{"an error of ours", func(*gorm.DB) error { return errors.New("no") }, "no"},
	} {
		err := w.Store.InTx(t.Context(), scope, func(ctx context.Context) error {
			return storage.Together(ctx, w.Store, func(db *gorm.DB) error {
				if err := db.Exec(take, county.County, w.CommitteeA1, 2026, 1).Error; err != nil {
					return err
				}
				return x.then(db)
			})
		})
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v", x.name, err)
		}
		if n := number(); n != 0 {
			t.Errorf("%s: %d rows stayed", x.name, n)
		}
	}
	w.Do(t, scope, func(ctx context.Context) error {
		return storage.Together(ctx, w.Store, func(db *gorm.DB) error {
			if err := db.Exec(take, county.County, w.CommitteeA1, 2026, 1).Error; err != nil {
				return err
			}
			var n int // a question sees what came before it
			if err := db.Raw("select count(*) from file_number").Scan(&n).Error; err != nil || n != 1 {
				t.Errorf("asked in between: %d, %v", n, err)
			}
			return storage.AffectedOne(db.Exec("update file_number set last = 2 where committee = ?", w.CommitteeA1), "counter")
		})
	})
	if n := number(); n != 1 {
		t.Errorf("%d rows", n)
	}
}

// An error that was passed over leaves a transaction that PostgreSQL will not commit; that must not look like success. Nor may a
// panic or an ended context keep the connection.
func TestATransactionThatFailedDoesNotLookCommitted(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	s := w.Reopen(t, storage.Options{MaxConnections: 1})
	scope := county
	err := s.InTx(t.Context(), scope, func(ctx context.Context) error {
		_ = storage.ConnOf(ctx, s).Exec("select 1/0")
		return nil
	})
	if err == nil {
		t.Error("a failed transaction was taken for a committed one")
	}
	func() {
		defer func() { _ = recover() }()
		_ = s.InTx(t.Context(), scope, func(context.Context) error { panic("at work") })
	}()
	ctx, cancel := context.WithCancel(t.Context())
	err = s.InTx(ctx, scope, func(ctx context.Context) error {
		cancel()
		return storage.ConnOf(ctx, s).Exec("select pg_sleep(10)").Error
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
	if err := s.Ping(t.Context()); err != nil { // the only connection is there again
		t.Error(err)
	}
	if err := s.InTx(t.Context(), scope, func(context.Context) error { return nil }); err != nil {
		t.Error(err)
	}
}

// What goes out with the commit comes too late to be held to a number of rows: who tries undoes the transaction.
func TestNothingSentWithTheCommitIsCounted(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	err := w.Store.InTx(t.Context(), county, func(ctx context.Context) error {
		return storage.AtCommit(ctx, w.Store, func(db *gorm.DB) error {
			return storage.AffectedOne(db.Exec("insert into file_number (county, committee, year, last) values (?, ?, 2026, 1)",
				county.County, w.CommitteeA1), "counter")
		})
	})
	if err == nil || !strings.Contains(err.Error(), "cannot be held to a number of rows") {
		t.Errorf("it was taken: %v", err)
	}
	w.Do(t, county, func(ctx context.Context) error {
		var n int
		err := storage.ConnOf(ctx, w.Store).Raw("select count(*) from file_number").Scan(&n).Error
		if n != 0 {
			t.Errorf("%d rows stayed", n)
		}
		return err
	})
}
