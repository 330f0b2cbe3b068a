package storage

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"baimi/domain"
)

// FoundSearch is a case that is not found by what it holds, or found by what it does not.
const FoundSearch = "search"

// checkedSearch is the search rows of a batch, by case.
type checkedSearch struct {
	texts   map[uuid.UUID][]searchText
	parties map[uuid.UUID][]searchParty
}

func (b *checkedSearch) load(k *checker, db *gorm.DB, r idRange) error {
	if err := db.Exec("set local app.words = '{}'").Error; err != nil { // all of them
		return fmt.Errorf("read search rows: %w", err)
	}
	if err := below(k, db, r, &b.texts, "county", func(x searchText) uuid.UUID { return x.CaseID }); err != nil {
		return err
	}
	return below(k, db, r, &b.parties, "blind", func(x searchParty) uuid.UUID { return x.CaseID })
}

// checkSearch makes a case's search rows again and compares. It comes after the values were opened; what could not be opened
// was told there, and nothing can be said of the rows made from it.
func (k *checker) checkSearch(c *domain.Case, b *checkBatch, where string) {
	if opened(searchedTexts(c), b.values[c.ID]) {
		k.checkSearchText(c, b.search.texts[c.ID], where)
	}
	if !opened(searchedValues(c), b.values[c.ID]) {
		return
	}
	want, err := k.store.keys.searchPartiesOf(c)
	if err != nil {
		k.found(FoundSearch, where, "the search rows of its parties cannot be computed: %s", err)
		return
	}
	same := slices.EqualFunc(b.search.parties[c.ID], want, func(a, b searchParty) bool { return bytes.Equal(a.Blind, b.Blind) })
	if !same && !k.underAnotherKey(b.search.parties[c.ID], c, len(want)) {
		k.found(FoundSearch, where, "%d search rows of its parties, which are not the %d of what they are", len(b.search.parties[c.ID]), len(want))
	}
}

func (k *checker) checkSearchText(c *domain.Case, rows []searchText, where string) {
	want, err := k.store.keys.searchTextOf(c)
	switch {
	case err != nil:
		k.found(FoundSearch, where, "the search row of its texts cannot be computed: %s", err)
	case want == nil && len(rows) > 0:
		k.found(FoundSearch, where, "a confidential case has a search row")
	case want == nil:
	case len(rows) == 0:
		k.found(FoundSearch, where, "no search row")
	case rows[0].AreaPath != want.AreaPath || !slices.Equal(rows[0].Orgs, want.Orgs):
		k.found(FoundSearch, where, "its search row shows to others than the case does")
	case !slices.Equal(rows[0].Tokens, want.Tokens) && !k.tokensUnderAnotherKey(rows[0], c):
		k.found(FoundSearch, where, "its search row is not that of its texts")
	}
}

// underAnotherKey tells, while a key is being changed, whether rows are those of the case's parties under either key.
func (k *checker) underAnotherKey(rows []searchParty, c *domain.Case, want int) bool {
	if !k.store.keys.Changing() || len(rows) != want {
		return false
	}
	known := map[string]bool{}
	for _, v := range searchedValues(c) {
		all, err := k.store.keys.Blinds(v.Kind(), v.Plain())
		if err != nil {
			return false
		}
		for _, b := range all {
			known[string(b)] = true
		}
	}
	return !slices.ContainsFunc(rows, func(r searchParty) bool { return !known[string(r.Blind)] })
}

// tokensUnderAnotherKey tells, while a key is being changed, whether the row is found by the key that is asked with.
func (k *checker) tokensUnderAnotherKey(row searchText, c *domain.Case) bool {
	asked, err := k.store.keys.tokens(c.County, domain.Bigrams(standing(searchedTexts(c))...))
	return k.store.keys.Changing() && err == nil && !slices.ContainsFunc(asked, func(x int16) bool { return !slices.Contains(row.Tokens, x) })
}

// opened tells whether each value that is given was opened, or was erased on a ground.
func opened(values []domain.Personal, rows []personalValue) bool {
	return !slices.ContainsFunc(values, func(v domain.Personal) bool {
		return v.Ref() != uuid.Nil && v.Plain() == "" && !slices.ContainsFunc(rows, func(r personalValue) bool {
			return r.ID == v.Ref() && r.ErasedGround != nil
		})
	})
}
