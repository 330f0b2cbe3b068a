package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"baimi/domain"
)

// searchText is a row of search_text.
type searchText struct {
	County   domain.County `gorm:"primaryKey"`
	CaseID   uuid.UUID     `gorm:"primaryKey"`
	AreaPath string
	Orgs     domain.IDs[domain.OrgID]
	Tokens   tokens
}

// TableName names the table.
func (searchText) TableName() string { return "search_text" }

// searchParty is a row of search_party.
type searchParty struct {
	County domain.County `gorm:"primaryKey"`
	Blind  []byte        `gorm:"primaryKey"`
	CaseID uuid.UUID     `gorm:"primaryKey"`
}

// TableName names the table.
func (searchParty) TableName() string { return "search_party" }

// searchedTexts are the texts of a case in which words are looked for.
func searchedTexts(c *domain.Case) []domain.Personal {
	return []domain.Personal{&c.Place, &c.Facts, &c.Wish}
}

// searchedValues are the names and numbers by which a case is found: those of its parties, but for who had that stopped.
func searchedValues(c *domain.Case) []domain.Personal {
	var all []domain.Personal
	for i := range c.Parties {
		p := &c.Parties[i]
		if p.StoppedOn != nil {
			continue // kept, and not used
		}
		all = append(all, &p.Name, &p.IDNumber, &p.Phone)
	}
	return all
}

// standing are the texts of those values that are given and not erased.
func standing(values []domain.Personal) []string {
	var texts []string
	for _, v := range values {
		if v.Ref() != uuid.Nil && !v.IsErased() {
			texts = append(texts, v.Plain())
		}
	}
	return texts
}

// searchTextOf makes the row of a case; nil for a confidential one, which has none (ruling P14).
func (k *Keyring) searchTextOf(c *domain.Case) (*searchText, error) {
	if c.Confidentiality != domain.Ordinary {
		return nil, nil //nolint:nilnil // no row is what such a case has
	}
	set, err := k.storedTokens(c.County, domain.Bigrams(standing(searchedTexts(c))...))
	return &searchText{County: c.County, CaseID: c.ID, AreaPath: c.AreaPath, Orgs: c.Orgs, Tokens: set}, err
}

// searchPartiesOf makes the rows of a case's parties, sorted, each once.
func (k *Keyring) searchPartiesOf(c *domain.Case) ([]searchParty, error) {
	var rows []searchParty
	for _, v := range searchedValues(c) {
		if v.Ref() == uuid.Nil || v.IsErased() {
			continue
		}
		b, err := k.Blind(v.Kind(), v.Plain())
		if err != nil {
			return nil, fmt.Errorf("blind index: %w", err)
		}
		rows = append(rows, searchParty{County: c.County, Blind: b, CaseID: c.ID})
	}
	slices.SortFunc(rows, func(a, b searchParty) int { return bytes.Compare(a.Blind, b.Blind) })
	return slices.CompactFunc(rows, func(a, b searchParty) bool { return bytes.Equal(a.Blind, b.Blind) }), nil
}

// saveSearch makes the search rows of a new case, and those of a changed one again where they no longer say what it is.
func (s *Store) saveSearch(db *gorm.DB, before, c *domain.Case) error {
	isNew := before.ID != c.ID
	if isNew || !slices.EqualFunc(searchedValues(before), searchedValues(c), sameValue) {
		if !isNew {
			if err := db.Where("county = ? and case_id = ?", c.County, c.ID).Delete(&searchParty{}).Error; err != nil {
				return err
			}
		}
		rows, err := s.keys.searchPartiesOf(c)
		if err != nil {
			return err
		}
		if err := createAll(db, rows); err != nil {
			return err
		}
	}
	if !isNew && before.Confidentiality == c.Confidentiality && before.AreaPath == c.AreaPath && slices.Equal(before.Orgs, c.Orgs) &&
		slices.EqualFunc(searchedTexts(before), searchedTexts(c), sameValue) {
		return nil
	}
	if !isNew {
		if err := removeSearchText(db, c.County, c.ID); err != nil {
			return err
		}
	}
	row, err := s.keys.searchTextOf(c)
	if err != nil || row == nil {
		return err
	}
	return createAll(db, []searchText{*row})
}

// sameValue tells that neither a value nor that it stands has changed; a change makes a new number.
func sameValue(a, b domain.Personal) bool { return a.Ref() == b.Ref() && a.IsErased() == b.IsErased() }

// removeSearchText deletes rows of search_text, which show only to who names what he looks for; here all of them.
func removeSearchText(db *gorm.DB, county domain.County, ids ...uuid.UUID) error {
	return errors.Join(
		db.Exec("set local app.words = '{}'").Error,
		db.Exec("delete from search_text where county = ? and case_id in ?", county, ids).Error,
		db.Exec("set local app.words = ''").Error,
	)
}

// ReindexCases makes the search rows of the next cases after an id again, at most limit of them, from what the cases hold
// now: after a rotation of the blind-index key, after values were erased, for cases that were copied in. It returns the
// last case's id, to go on from, and how many there were; 0 is the end. scope is the county's system scope.
func (s *Store) ReindexCases(ctx context.Context, scope domain.Scope, after uuid.UUID, limit int) (last uuid.UUID, n int, err error) {
	if !scope.System || scope.Area == "" || limit < 1 {
		return after, 0, fmt.Errorf("storage: search rows are made again by a county's own job, in batches")
	}
	last = after
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		var cases []domain.Case
		err := t.db.WithContext(ctx).Scopes(s.visible(scope)).Where("cases.id > ?", after).Order("cases.id").Limit(limit).
			Clauses(clause.Locking{Strength: "UPDATE"}).Find(&cases).Error
		if err != nil || len(cases) == 0 {
			return err
		}
		n, last = len(cases), cases[len(cases)-1].ID
		if err := s.openSearched(ctx, t, cases); err != nil {
			return err
		}
		return s.reindex(t.db.WithContext(ctx), cases)
	})
	if err != nil {
		return after, 0, fmt.Errorf("make search rows again: %w", translate(err))
	}
	return last, n, nil
}

func idsOf(cases []domain.Case) []uuid.UUID {
	ids := make([]uuid.UUID, len(cases))
	for i := range cases {
		ids[i] = cases[i].ID
	}
	return ids
}

// reindex makes the rows of cases that are locked and open.
func (s *Store) reindex(db *gorm.DB, cases []domain.Case) error {
	county, ids := cases[0].County, idsOf(cases)
	if err := removeSearchText(db, county, ids...); err != nil {
		return err
	}
	if err := db.Where("county = ? and case_id in ?", county, ids).Delete(&searchParty{}).Error; err != nil {
		return err
	}
	var texts []searchText
	var parties []searchParty
	for i := range cases {
		text, err := s.keys.searchTextOf(&cases[i])
		if err != nil {
			return err
		}
		if text != nil {
			texts = append(texts, *text)
		}
		rows, err := s.keys.searchPartiesOf(&cases[i])
		if err != nil {
			return err
		}
		parties = append(parties, rows...)
	}
	if err := createAll(db, texts); err != nil {
		return err
	}
	return createAll(db, parties)
}

// openSearched reads the parties of cases and opens what the cases are found by.
func (s *Store) openSearched(ctx context.Context, t *transaction, cases []domain.Case) error {
	return t.showing(ctx, idsOf(cases), func(from, to int) error {
		few := cases[from:to]
		var parties []domain.Party
		err := t.db.WithContext(ctx).Where("county = ? and case_id in ?", t.scope.County, t.shown).Order("case_id, no").Find(&parties).Error
		if err != nil {
			return fmt.Errorf("read parties: %w", err)
		}
		at := make(map[uuid.UUID]*domain.Case, len(few))
		for i := range few {
			at[few[i].ID] = &few[i]
		}
		for _, p := range parties {
			c := at[p.CaseID]
			c.Parties = append(c.Parties, p)
		}
		var secrets []domain.Personal
		for i := range few {
			secrets = append(append(secrets, searchedTexts(&few[i])...), searchedValues(&few[i])...)
		}
		return s.openValues(ctx, t, t.scope.County, byRef(secrets))
	})
}
