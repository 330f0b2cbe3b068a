package storage

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"

	"baimi/domain"
)

// idempotency is a stored answer.
type idempotency struct {
	County      domain.County `gorm:"primaryKey"`
	Subject     string        `gorm:"primaryKey"`
	Key         string        `gorm:"primaryKey"`
	Operation   string
	RequestHash []byte
	Answer      []byte
	CreatedAt   time.Time
}

// TableName names the table.
func (idempotency) TableName() string { return "idempotency" }

func (i idempotency) place() string {
	return fmt.Sprintf("idempotency/%d/%s/%s", i.County, i.Subject, i.Key)
}

// Replay takes the lock of a subject's key for this transaction and finds the answer stored for it. The same key while
// its first request is still at work is CodeInProgress, the same key for another request CodeKeyReused.
func (s *Store) Replay(ctx context.Context, scope domain.Scope, key, operation string, requestHash []byte) (answer []byte, found bool, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		row := idempotency{County: scope.County, Subject: scope.Subject, Key: key}
		var locked []bool
		var rows []idempotency
		q := ask(t.db.WithContext(ctx))
		q.find(q.db.Raw("select pg_try_advisory_xact_lock(hashtextextended(?, 7032))", row.place()), &locked)
		q.find(q.db.Where("county = ? and subject = ? and key = ?", row.County, row.Subject, row.Key), &rows)
		if err := t.answer(ctx, q); err != nil {
			return fmt.Errorf("read what was answered to an idempotency key: %w", err)
		}
		if !locked[0] {
			return domain.Errorf(domain.CodeInProgress, "相同的请求正在处理，请稍候")
		}
		if len(rows) == 0 {
			return nil
		}
		if rows[0].Operation != operation || !bytes.Equal(rows[0].RequestHash, requestHash) {
			return domain.Errorf(domain.CodeKeyReused, "该幂等键已用于另一个请求，请换一个新的")
		}
		found = true
		var err error
		answer, err = s.keys.Unseal(rows[0].Answer, row.place())
		return err
	})
	return answer, found, err
}

// Remember stores the answer to a key, encrypted, in the transaction of the work itself.
func (s *Store) Remember(ctx context.Context, scope domain.Scope, key, operation string, requestHash, answer []byte, at time.Time) error {
	return s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		row := idempotency{County: scope.County, Subject: scope.Subject, Key: key, Operation: operation, RequestHash: requestHash, CreatedAt: at}
		var err error
		if row.Answer, err = s.keys.Seal(answer, row.place()); err != nil {
			return fmt.Errorf("encrypt an answer: %w", err)
		}
		return t.atCommit(ctx, func(db *gorm.DB) error { return db.Create(&row).Error })
	})
}
