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
	wordBatch  = 200  // rows opened at a time
	wordLimit  = 2000 // rows opened for one page; a page that ends there is shorter and has a cursor
	walkLength = 100  // cases walked through at first; twice as many each time
	walkWorth  = 50   // one of so many must hold the words for the walk to go on
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
//
// Common words are found by walking through the newest cases, whatever their number; the index would give all that hold them.
// Where a stretch of the walk finds little, the index goes on.
func (s *Store) eachFound(ctx context.Context, t *transaction, q caseQuery, after *domain.Cursor, first, limit int,
	fn func(x *foundCase) bool,
) (*domain.Cursor, error) {
	walk := walkLength // cases to walk through next; 0 when the index goes on
	for looked, size := 0, first; looked < limit; {
		var rows []foundCase
		var end *domain.Cursor // where the rows end, nil when there are no more cases
		var err error
		if walk > 0 {
			rows, end, err = s.walked(ctx, t, q, domain.Page{Size: walk, After: after})
			if walk *= 2; len(rows)*2*walkWorth < walk {
				walk = 0
			}
		} else {
			rows, end, err = s.proposed(ctx, t, q, domain.Page{Size: size, After: after})
			size = wordBatch
		}
		if err != nil {
			return nil, err
		}
		for from := 0; from < len(rows); from += wordBatch {
			part := rows[from:min(from+wordBatch, len(rows))]
			if err := s.openTexts(ctx, t, part); err != nil {
				return nil, err
			}
			for i := range part {
				if q.Words.In(standing(part[i].texts())...) && !fn(&part[i]) {
					return cursorOf(part[i].CaseSummary), nil
				}
			}
		}
		if looked += len(rows); end == nil {
			return nil, nil //nolint:nilnil // no cursor is the end of the list
		}
		after = end
	}
	return after, nil
}

// walked gives those of the next cases that may hold the words, and where that stretch ends.
func (s *Store) walked(ctx context.Context, t *transaction, q caseQuery, p domain.Page) (rows []foundCase, end *domain.Cursor, err error) {
	db := t.db.WithContext(ctx)
	q.arm = anyCase
	next := s.casePage(db, t.scope, q, domain.Page{Size: p.Size - 1, After: p.After}).Select(summaryColumns + ", cases.confidentiality")
	// "offset 0" keeps it a look-up for each case, so that the index of words is not asked for all cases that hold them.
	stretch := db.Table("(?) as cases", next).Select(`cases.*, coalesce(w.held, cases.confidentiality <> 'ordinary') as proposed,
			row_number() over (order by cases.registered_at desc, cases.id desc) as step`).
		Joins(`left join lateral (select true as held from search_text w
			where w.county = cases.county and w.case_id = cases.id offset 0) w on true`)
	var found []struct {
		Case     foundCase `gorm:"embedded"`
		Proposed bool
		Step     int
	}
	err = db.Table("(?) as x", stretch).Where("proposed or step = ?", p.Size).Order("step").Scan(&found).Error
	for _, x := range found {
		if x.Step == p.Size {
			end = cursorOf(x.Case.CaseSummary)
		}
		if x.Proposed {
			rows = append(rows, x.Case)
		}
	}
	return rows, end, err
}

// proposed reads the next cases that may hold the words, ordinary ones by their tokens and whatever confidential ones the
// scope shows, and where they end.
func (s *Store) proposed(ctx context.Context, t *transaction, q caseQuery, p domain.Page) (all []foundCase, end *domain.Cursor, err error) {
	for _, q.arm = range []wordArm{byTokens, closedOne} {
		var rows []foundCase
		if err := s.casePage(t.db.WithContext(ctx), t.scope, q, p).Scan(&rows).Error; err != nil {
			return nil, nil, err
		}
		all = append(all, rows...)
	}
	slices.SortFunc(all, func(a, b foundCase) int {
		return cmp.Or(b.RegisteredAt.Compare(a.RegisteredAt), slices.Compare(b.ID[:], a.ID[:]))
	})
	if len(all) > p.Size {
		all = all[:p.Size]
		end = cursorOf(all[p.Size-1].CaseSummary)
	}
	return all, end, nil
}

// openTexts opens what the words are compared with.
func (s *Store) openTexts(ctx context.Context, t *transaction, rows []foundCase) error {
	ids := make([]uuid.UUID, len(rows))
	for i := range rows {
		ids[i] = rows[i].ID
	}
	return t.showing(ctx, ids, func(from, to int) error {
		var secrets []domain.Personal
		for i := range rows[from:to] {
			secrets = append(secrets, rows[from+i].texts()...)
		}
		return s.openValues(ctx, t, t.scope.County, byRef(secrets))
	})
}
