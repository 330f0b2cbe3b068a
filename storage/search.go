package storage

import (
	"cmp"
	"context"
	"slices"

	"github.com/google/uuid"

	"baimi/domain"
)

// foundCase is a row of the list with the texts that the words are compared with.
type foundCase struct {
	domain.CaseSummary
	Place domain.SecretPlace `gorm:"column:place_ref"`
	Facts domain.SecretFacts `gorm:"column:facts_ref"`
	Wish  domain.SecretWish  `gorm:"column:wish_ref"`
}

func (x *foundCase) texts() []domain.Personal {
	return []domain.Personal{&x.Place, &x.Facts, &x.Wish}
}

const (
	wordBatch = 200  // rows opened at a time
	wordLimit = 2000 // rows opened for one page; a page that ends there is shorter and has a cursor
)

// wordPage is a page of the cases in whose texts the words stand. Tokens only propose: what is shown was compared.
func (s *Store) wordPage(ctx context.Context, t *transaction, q caseQuery, p domain.Page) ([]domain.CaseSummary, *domain.Cursor, error) {
	rows := []domain.CaseSummary{}
	last, err := s.eachFound(ctx, t, q, p.After, p.Size+1, wordLimit, func(x *foundCase) bool {
		if len(rows) < p.Size {
			rows = append(rows, x.CaseSummary)
			return true
		}
		return false
	})
	if last != nil && len(rows) == p.Size {
		last = cursorOf(rows[p.Size-1])
	}
	return rows, last, err
}

// countWords counts the cases in whose texts the words stand.
func (s *Store) countWords(ctx context.Context, t *transaction, q caseQuery) (n int, more bool, err error) {
	last, err := s.eachFound(ctx, t, q, nil, countLimit+1, wordLimit, func(*foundCase) bool {
		n++
		return n <= countLimit
	})
	return min(n, countLimit), last != nil, err
}

// eachFound calls fn with each case in whose texts the words stand, newest first, until fn returns false, limit rows were
// compared, or there are no more. It returns where it stopped, nil at the end of the list.
func (s *Store) eachFound(ctx context.Context, t *transaction, q caseQuery, after *domain.Cursor, first, limit int,
	fn func(x *foundCase) bool,
) (*domain.Cursor, error) {
	for looked, size := 0, first; looked < limit; size = wordBatch {
		rows, err := s.proposed(ctx, t, q, domain.Page{Size: size - 1, After: after})
		if err != nil {
			return nil, err
		}
		for i := range rows {
			x := &rows[i]
			if q.Words.In(standing(x.texts())...) && !fn(x) {
				return cursorOf(x.CaseSummary), nil
			}
			after = cursorOf(x.CaseSummary)
		}
		looked += len(rows)
		if len(rows) < size {
			return nil, nil //nolint:nilnil // no cursor is the end of the list
		}
	}
	return after, nil
}

// proposed reads the next cases that may hold the words, ordinary ones by their tokens and whatever confidential ones the
// scope shows, and opens their texts.
func (s *Store) proposed(ctx context.Context, t *transaction, q caseQuery, p domain.Page) ([]foundCase, error) {
	var all []foundCase
	for _, q.arm = range []wordArm{byTokens, closedOne} {
		var rows []foundCase
		if err := s.casePage(t.db.WithContext(ctx), t.scope, q, p).Scan(&rows).Error; err != nil {
			return nil, err
		}
		all = append(all, rows...)
	}
	slices.SortFunc(all, func(a, b foundCase) int {
		return cmp.Or(b.RegisteredAt.Compare(a.RegisteredAt), slices.Compare(b.ID[:], a.ID[:]))
	})
	all = all[:min(len(all), p.Size+1)]
	ids := make([]uuid.UUID, len(all))
	for i := range all {
		ids[i] = all[i].ID
	}
	err := t.showing(ctx, ids, func(from, to int) error {
		var secrets []domain.Personal
		for i := range all[from:to] {
			secrets = append(secrets, all[from+i].texts()...)
		}
		return s.openValues(ctx, t, t.scope.County, byRef(secrets))
	})
	return all, err
}
