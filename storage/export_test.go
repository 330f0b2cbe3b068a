package storage

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"baimi/domain"
)

// RowsShown counts what a protected table shows in a transaction of a scope, with nothing but the second wall.
func RowsShown(t *testing.T, s *Store, scope domain.Scope, table string) int {
	t.Helper()
	var n int
	err := s.InTx(t.Context(), scope, func(ctx context.Context) error {
		return s.conn(ctx).Raw("select count(*) from " + table).Scan(&n).Error
	})
	if err != nil {
		t.Fatalf("%s: %v", table, err)
	}
	return n
}

// ConnOf is the transaction that ctx carries, with nothing but the second wall around it.
func ConnOf(ctx context.Context, s *Store) *gorm.DB { return s.conn(ctx) }

// AtCommit lets fn write what is sent with the commit.
func AtCommit(ctx context.Context, s *Store, fn func(db *gorm.DB) error) error {
	t, err := s.tx(ctx)
	if err != nil {
		return err
	}
	return t.atCommit(ctx, fn)
}

// ExecAs runs a statement in a transaction of a scope and returns how many rows it met.
func ExecAs(t *testing.T, s *Store, scope domain.Scope, q string, args ...any) (rows int64, err error) {
	t.Helper()
	err = s.InTx(t.Context(), scope, func(ctx context.Context) error {
		res := s.conn(ctx).Exec(q, args...)
		rows = res.RowsAffected
		return res.Error
	})
	return rows, err
}

// PlanOfCases explains a page of the list of cases as it was run, under both walls.
func PlanOfCases(t *testing.T, s *Store, scope domain.Scope, p domain.Page) string {
	t.Helper()
	return plan(t, s, scope, func(db *gorm.DB) *gorm.DB {
		return s.casePage(db, scope, caseQuery{}, p).Scan(&[]domain.CaseSummary{})
	})
}

// PlanOfSearch explains a page of a filtered list, and of one by words the arm that goes by their tokens.
func PlanOfSearch(t *testing.T, s *Store, scope domain.Scope, f domain.CaseFilter, p domain.Page) (text string) {
	t.Helper()
	err := s.scoped(t.Context(), scope, func(ctx context.Context, tx *transaction) error {
		q, err := s.lookFor(ctx, tx, f)
		if err != nil {
			return err
		}
		if len(f.Words) > 0 {
			q.arm = byTokens
		}
		text, err = explain(s.conn(ctx), func(db *gorm.DB) *gorm.DB { return s.casePage(db, scope, q, p).Scan(&[]foundCase{}) })
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TokensOf is what stands in the database for a text.
func TokensOf(t *testing.T, k *Keyring, county domain.County, text string) []int16 {
	t.Helper()
	set, err := k.tokens(county, domain.Bigrams(text))
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// PlanOfAlerts explains a page of somebody's open alerts as it was run, under both walls.
func PlanOfAlerts(t *testing.T, s *Store, a domain.Actor, now time.Time, p domain.Page) string {
	t.Helper()
	return plan(t, s, a.Scope(), func(db *gorm.DB) *gorm.DB {
		f := domain.AlertFilter{State: domain.AlertOpen, Reader: a.AlertReader()}
		return s.alertPage(db, a.Scope(), f, now, p).Scan(&[]domain.AlertSummary{})
	})
}

// AllAlerts reads every alert of a county.
func AllAlerts(t *testing.T, s *Store, county domain.Scope) (all []domain.Alert) {
	t.Helper()
	err := s.InTx(t.Context(), county, func(ctx context.Context) error {
		return s.conn(ctx).Where("county = ?", county.County).Order("stage_at, audience, id").Find(&all).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func plan(t *testing.T, s *Store, scope domain.Scope, query func(db *gorm.DB) *gorm.DB) string {
	t.Helper()
	var text string
	err := s.InTx(t.Context(), scope, func(ctx context.Context) (err error) {
		text, err = explain(s.conn(ctx), query)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func explain(db *gorm.DB, query func(db *gorm.DB) *gorm.DB) (string, error) {
	var lines []string
	stmt := query(db.Session(&gorm.Session{DryRun: true})).Statement
	err := db.Raw("explain (analyze, buffers) " + db.Dialector.Explain(stmt.SQL.String(), stmt.Vars...)).Scan(&lines).Error
	return strings.Join(lines, "\n"), err
}

// PlaceOf is what the cipher of a personal value is bound to.
func PlaceOf(county domain.County, caseID, id uuid.UUID, kind string) string {
	return personalValue{County: county, CaseID: caseID, ID: id, Kind: kind}.place()
}

// PlanOfLateTransfers explains the search for transfers that nobody answered for.
func PlanOfLateTransfers(t *testing.T, s *Store, scope domain.Scope, now time.Time) string {
	t.Helper()
	return plan(t, s, scope, func(db *gorm.DB) *gorm.DB {
		return lateTransfers(db, scope, now, domain.Cursor{At: time.Unix(0, 0)}, 500).Scan(&[]domain.Cursor{})
	})
}

// PlanOfStaleCases explains the search for clocks to recount.
func PlanOfStaleCases(t *testing.T, s *Store, scope domain.Scope, now domain.Counting) string {
	t.Helper()
	return plan(t, s, scope, func(db *gorm.DB) *gorm.DB {
		return staleCases(db, scope, now, domain.Counting{}, 500).Scan(&[]domain.Counting{})
	})
}

// SealedColumns lists what a change of keys seals anew.
func SealedColumns() string {
	var names []string
	for _, c := range sealedColumns {
		names = append(names, c.table+"."+c.column)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// Together lets fn write statements that are sent together in the transaction that ctx carries.
func Together(ctx context.Context, s *Store, fn func(db *gorm.DB) error) error {
	t, err := s.tx(ctx)
	if err != nil {
		return err
	}
	return t.together(ctx, fn)
}

// AffectedOne holds a statement to having met one row.
func AffectedOne(res *gorm.DB, what string) error { return affectedOne(res, what) }
