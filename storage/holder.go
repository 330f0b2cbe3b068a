package storage

import (
	"context"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"baimi/domain"
	"baimi/domain/calendar"
)

// Holder is who a session or a token belongs to, with the roles the person holds on a day.
type Holder = domain.Holder

// SessionHolder reads a sign-in by the hash of its secret, with whose it is. Every request asks, so all is asked at once.
func (s *Store) SessionHolder(ctx context.Context, hash []byte, on calendar.Date) (domain.Session, Holder, error) {
	return holderOf[domain.Session](ctx, s, "session", hash, on, "登录会话")
}

// TokenHolder reads a token by the hash of its secret, with whose it is.
func (s *Store) TokenHolder(ctx context.Context, hash []byte, on calendar.Date) (domain.Token, Holder, error) {
	return holderOf[domain.Token](ctx, s, "api_token", hash, on, "令牌")
}

func holderOf[T any](ctx context.Context, s *Store, table string, hash []byte, on calendar.Date, what string) (found T, h Holder, err error) {
	var rows []T
	var accounts []domain.Account
	var held []heldRole
	q := ask(s.conn(ctx))
	account := gorm.Expr("(select t.account from ? t where t.hash = ?)", clause.Table{Name: table}, hash)
	q.find(q.db.Table(table).Where("hash = ?", hash), &rows)
	q.find(accountsOf(q.db).Where("c.id = ?", account), &accounts)
	q.find(rolesOf(q.db, gorm.Expr("(select x.person from account x where x.id = ?)", account), on), &held)
	if err := s.answer(ctx, q); err != nil {
		return found, h, fmt.Errorf("read %s: %w", what, translate(err))
	}
	if len(rows) == 0 || len(accounts) == 0 {
		return found, h, domain.NotFound(what)
	}
	return rows[0], Holder{Account: accounts[0], Assignments: assignmentsOf(held)}, nil
}
