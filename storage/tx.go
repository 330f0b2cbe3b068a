package storage

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"baimi/domain"
)

// transaction is what travels in the context of InTx.
type transaction struct {
	db    *gorm.DB
	link  *link
	scope domain.Scope
	shown []uuid.UUID // the cases whose rows below the second wall lets through
}

type txKey struct{}

var (
	errNoTx       = errors.New("storage: case data outside InTx")
	errOtherScope = errors.New("storage: a transaction of another scope is open")
	areaPattern   = regexp.MustCompile(`^([0-9]{3})*$`)
	audienceForm  = regexp.MustCompile(`^[a-z_]*$`)
	subjectForm   = regexp.MustCompile(`^([a-z]+:[0-9]+\.[0-9]+)?$`)
)

// InTx runs fn in a transaction that shows what scope may see, for reads too. A nested call joins; one with another
// scope is refused. An error or a panic of fn rolls back.
func (s *Store) InTx(ctx context.Context, scope domain.Scope, fn func(ctx context.Context) error) error {
	if t, ok := ctx.Value(txKey{}).(*transaction); ok {
		if !t.scope.Equal(scope) {
			return errOtherScope
		}
		return fn(ctx)
	}
	settings, err := settingsOf(scope)
	if err != nil {
		return err
	}
	l, err := s.begin(ctx, settings)
	if err != nil {
		return translate(err)
	}
	defer l.rollback(ctx) //nolint:errcheck // after a commit it does nothing, and what did not commit is undone in any case
	// keys last: a transaction that began after a key took over knows it
	if err := s.keys.Refresh(); err != nil {
		return err
	}
	t := &transaction{db: s.db.WithContext(ctx), link: l, scope: scope}
	t.db.Statement.ConnPool = l
	if err := fn(context.WithValue(ctx, txKey{}, t)); err != nil {
		return translate(err)
	}
	return translate(l.commit(ctx))
}

// settingsOf writes the settings of the second wall. SET takes no parameters, so every value is checked to be of
// digits and the few signs its form needs. They are statements of their own because set_config() does not reach the
// other machines of a distributed database. What the scope does not have is not set: outside a transaction every setting is
// empty, which opens nothing.
func settingsOf(scope domain.Scope) (string, error) {
	if !areaPattern.MatchString(scope.Area) || !areaPattern.MatchString(scope.StatArea) ||
		slices.ContainsFunc(slices.Concat(scope.Former, scope.Gone), notAPath) || !subjectForm.MatchString(scope.Subject) ||
		!audienceForm.MatchString(string(scope.Audience)) {
		return "", fmt.Errorf("storage: scope with a malformed area, subject or audience")
	}
	orgs, err := domain.IDs[domain.OrgID](scope.Orgs).Value()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for _, kv := range [][2]string{
		{"county", strconv.Itoa(int(scope.County))},
		{"area", scope.Area},
		{"stat_area", scope.StatArea},
		{"former", pathPattern(scope.CaseDistricts().Former())},
		{"stat_former", pathPattern(scope.FigureDistricts().Former())},
		{"gone", pathPattern(scope.Gone)},
		{"imports", onOff(scope.Imports)},
		{"orgs", some(fmt.Sprint(orgs), len(scope.Orgs) > 0)},
		{"directs", some(strconv.Itoa(int(scope.Directs)), scope.Directs != 0)},
		{"person", some(strconv.FormatInt(int64(scope.Person), 10), scope.Person != 0)},
		{"subject", scope.Subject},
		{"audience", string(scope.Audience)},
		{"system", onOff(scope.System)},
		{"audit", onOff(scope.Audit)},
	} {
		if kv[1] != "" {
			fmt.Fprintf(&b, "set local app.%s = '%s';", kv[0], kv[1])
		}
	}
	return b.String(), nil
}

func notAPath(p string) bool { return p == "" || !areaPattern.MatchString(p) }

func onOff(b bool) string { return some("on", b) }

func some(v string, given bool) string {
	if !given {
		return ""
	}
	return v
}

// tx is the open transaction; case data is reached through it alone.
func (s *Store) tx(ctx context.Context) (*transaction, error) {
	t, ok := ctx.Value(txKey{}).(*transaction)
	if !ok {
		return nil, errNoTx
	}
	return t, nil
}

// conn is the open transaction, or else the pool: for reference and local tables.
func (s *Store) conn(ctx context.Context) *gorm.DB {
	if t, ok := ctx.Value(txKey{}).(*transaction); ok {
		return t.db.WithContext(ctx)
	}
	return s.db.WithContext(ctx)
}

// show lets the rows below these cases through the second wall. Call it only for cases that were just read, or are
// just being made, under the scope.
func (t *transaction) show(ctx context.Context, ids ...uuid.UUID) error {
	if len(ids) == 0 {
		return nil
	}
	t.shown = append(t.shown, ids...)
	return t.link.text(ctx, "set local app.cases = '"+uuidArray(t.shown)+"'")
}

// uuidArray writes ids as an array of PostgreSQL.
func uuidArray(ids []uuid.UUID) string {
	parts := make([]string, len(ids))
	for i, id := range ids {
		parts[i] = id.String()
	}
	return "{" + strings.Join(parts, ",") + "}"
}

// showingFew is how many cases are shown at a time while many are looked through: a policy reads the list for each row.
const showingFew = 25

// showing lets the rows below some cases through, a few cases at a time and none beside them, while fn works on those from
// one place in the list to before another.
func (t *transaction) showing(ctx context.Context, ids []uuid.UUID, fn func(from, to int) error) error {
	before := t.shown
	for from := 0; from < len(ids); from += showingFew {
		to := min(from+showingFew, len(ids))
		t.shown = nil
		if err := t.show(ctx, ids[from:to]...); err != nil {
			return err
		}
		if err := fn(from, to); err != nil {
			return err
		}
	}
	t.shown = before
	return t.link.text(ctx, "set local app.cases = '"+uuidArray(before)+"'")
}

// scoped runs fn in the scope's transaction and hands it over.
func (s *Store) scoped(ctx context.Context, scope domain.Scope, fn func(ctx context.Context, t *transaction) error) error {
	return s.InTx(ctx, scope, func(ctx context.Context) error {
		t, err := s.tx(ctx)
		if err != nil {
			return err
		}
		return fn(ctx, t)
	})
}

// visible is the first wall: the scope as a condition on cases.
func (s *Store) visible(scope domain.Scope) func(*gorm.DB) *gorm.DB {
	return func(db *gorm.DB) *gorm.DB {
		db = db.Where("cases.county = ?", scope.County)
		if s.secondWallOnly {
			return db
		}
		part := db.Session(&gorm.Session{NewDB: true}).Where("cases.orgs && ?", domain.IDs[domain.OrgID](scope.Orgs))
		part = part.Or(placed("cases.area_path", scope.CaseDistricts()))
		db = db.Where(part)
		if !scope.System {
			db = db.Where("(cases.confidentiality = 'ordinary' or ? = any (cases.readers) or cases.confidentiality = 'private' and ? = any (cases.orgs))",
				scope.Person, scope.Directs)
		}
		return db
	}
}
