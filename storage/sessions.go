package storage

import (
	"context"
	"fmt"
	"time"

	"baimi/domain"
)

// CreateSession stores a new sign-in.
func (s *Store) CreateSession(ctx context.Context, n domain.Session) error {
	if err := s.conn(ctx).Table("session").Create(&n).Error; err != nil {
		return fmt.Errorf("open a session: %w", err)
	}
	return nil
}

// TouchSession notes that a session was used.
func (s *Store) TouchSession(ctx context.Context, hash []byte, seen time.Time) error {
	return s.conn(ctx).Exec("update session set seen_at = ? where hash = ?", seen, hash).Error
}

// SetSessionAssignment lets a session go on in another role of the same person.
func (s *Store) SetSessionAssignment(ctx context.Context, hash []byte, a domain.AssignmentID) error {
	return affectedOne(s.conn(ctx).Exec("update session set assignment = ? where hash = ?", a, hash), "session")
}

// DeleteSession ends a sign-in.
func (s *Store) DeleteSession(ctx context.Context, hash []byte) error {
	return s.conn(ctx).Exec("delete from session where hash = ?", hash).Error
}

// DeleteSessions ends all sign-ins of an account but one.
func (s *Store) DeleteSessions(ctx context.Context, account domain.AccountID, except []byte) error {
	return s.conn(ctx).Exec("delete from session where account = ? and hash <> ?", account, append([]byte{}, except...)).Error
}

// CreateToken stores an API token.
func (s *Store) CreateToken(ctx context.Context, n domain.Token) error {
	if err := s.conn(ctx).Table("api_token").Create(&n).Error; err != nil {
		return fmt.Errorf("make a token: %w", translate(err))
	}
	return nil
}

// Tokens lists the tokens of an account, newest first.
func (s *Store) Tokens(ctx context.Context, account domain.AccountID) ([]domain.Token, error) {
	return scanAll[domain.Token](s.conn(ctx).Table("api_token").Where("account = ?", account).Order("created_at desc"), "令牌")
}

// RevokeToken ends a token of an account.
func (s *Store) RevokeToken(ctx context.Context, account domain.AccountID, id string, at time.Time) error {
	res := s.conn(ctx).Exec("update api_token set revoked_at = coalesce(revoked_at, ?) where account = ? and id::text = ?", at, account, id)
	if res.Error == nil && res.RowsAffected == 0 {
		return domain.NotFound("令牌")
	}
	return res.Error
}

// RevokeTokens ends all tokens of an account.
func (s *Store) RevokeTokens(ctx context.Context, account domain.AccountID, at time.Time) error {
	return s.conn(ctx).Exec("update api_token set revoked_at = ? where account = ? and revoked_at is null", at, account).Error
}

// LoginFailures counts the failed sign-ins of a subject (an account or an address, hashed) since a time.
func (s *Store) LoginFailures(ctx context.Context, subject string, since time.Time) (int, error) {
	var n int
	err := s.conn(ctx).Raw("select count(*) from login_failure where subject = ? and failed_at > ?", subject, since).Scan(&n).Error
	return n, err
}

// RecordLoginFailure notes a failed sign-in.
func (s *Store) RecordLoginFailure(ctx context.Context, subject string, at time.Time) error {
	return s.conn(ctx).Exec("insert into login_failure (subject, failed_at) values (?, ?)", subject, at).Error
}

// ClearLoginFailures forgets the failed sign-ins of a subject after one that succeeded.
func (s *Store) ClearLoginFailures(ctx context.Context, subject string) error {
	return s.conn(ctx).Exec("delete from login_failure where subject = ?", subject).Error
}

// Sweep removes what has served its time: ended sessions, old failures, stored answers past their day, files that were brought in a week ago, exports past their time, and the ledger of
// jobs after a month, but for the last tick of each, which says when it ran.
func (s *Store) Sweep(ctx context.Context, scope domain.Scope, now time.Time) error {
	return s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		for _, q := range []string{
			"delete from session where expires_at < @now",
			"delete from login_failure where failed_at < @yesterday",
			"update import_run set file = null, errors = null where county = @county and requested_at < @week and (file is not null or errors is not null)",
			expireExports,
			"delete from idempotency where county = @county and created_at < @yesterday",
			"delete from job_run r where tick < @month and exists (select from job_run n where n.job = r.job and n.tick > r.tick)",
		} {
			err := db.Exec(q, map[string]any{
				"now": now, "yesterday": now.AddDate(0, 0, -1), "week": now.AddDate(0, 0, -7), "month": now.AddDate(0, 0, -30), "county": scope.County,
			}).Error
			if err != nil {
				return fmt.Errorf("sweep: %w", err)
			}
		}
		return nil
	})
}
