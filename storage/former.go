package storage

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"baimi/domain"
)

// An area that was merged away keeps its path, and so do the cases registered under it. Its successor says where it went;
// following the successors tells who oversees those cases now and where their figures add up.

// heirs maps the path of each area of a county that was merged away to the path of the living area it is part of now.
type heirs map[string]string

// heirsQuery reads them, "former_heir" each.
func heirsQuery(county string) string {
	return `with recursive h as (
			select path as former, successor from area where county = ` + county + ` and successor is not null
			union all select h.former, a.successor from h join area a on a.id = h.successor where a.successor is not null)
		select h.former || '_' || a.path from h join area a on a.id = h.successor where a.successor is null`
}

func readHeirs(pairs []string) heirs {
	m := make(heirs, len(pairs))
	for _, pair := range pairs {
		former, heir, _ := strings.Cut(pair, "_")
		m[former] = heir
	}
	return m
}

func (s *Store) heirs(ctx context.Context, county domain.County) (heirs, error) {
	pairs, err := scanAll[string](s.conn(ctx).Raw(heirsQuery("?"), county), "撤并的区域")
	return readHeirs(pairs), err
}

// of is the path that holds now for a place: its own, or that of the area which the smallest merged one around it became
// part of.
func (m heirs) of(path string) string {
	for p := path; p != ""; p = p[:max(len(p)-levelDigits, 0)] {
		if heir, ok := m[p]; ok {
			return heir
		}
	}
	return path
}

// levelDigits is how many digits of a path each level takes.
const levelDigits = 3

// districts are what an area has become; one that was merged away itself is what it was.
func (m heirs) districts(area string) domain.Districts {
	d := domain.Districts{In: []string{area}}
	if m.of(area) != area {
		return d
	}
	var came, went []string
	for former, heir := range m {
		if domain.Within(heir, area) && !domain.Within(former, area) {
			came = append(came, former)
		}
	}
	d.In = append(d.In, outermost(came)...)
	for former, heir := range m {
		if !domain.Within(heir, area) && domain.WithinAny(former, d.In) {
			went = append(went, former)
		}
	}
	d.Out = outermost(went)
	return d
}

// outermost leaves out the paths that lie below another of the list.
func outermost(paths []string) []string {
	slices.Sort(paths)
	var tops []string
	for _, p := range paths {
		if n := len(tops); n == 0 || !domain.Within(p, tops[n-1]) {
			tops = append(tops, p)
		}
	}
	return tops
}

// pattern matches the paths that lie in a merged area; nothing where there is none.
func (m heirs) pattern() string {
	if len(m) == 0 {
		return "^$"
	}
	return pathPattern(outermost(slices.Collect(maps.Keys(m))))
}

// pathPattern matches the paths at or below these; "" for none, of which the policies make nothing.
func pathPattern(paths []string) string {
	if len(paths) == 0 {
		return ""
	}
	return "^(" + strings.Join(paths, "|") + ")"
}

// placed is the condition that the path in a column lies in the districts.
func placed(column string, d domain.Districts) clause.Expr {
	var in, out []string
	var args []any
	for _, path := range d.In {
		in = append(in, column+" >= ? and "+column+" < ?")
		args = append(args, path, path+":")
	}
	for _, path := range d.Out {
		out = append(out, " and not ("+column+" >= ? and "+column+" < ?)")
		args = append(args, path, path+":")
	}
	if len(in) == 0 {
		return gorm.Expr("false")
	}
	return gorm.Expr("(("+strings.Join(in, " or ")+")"+strings.Join(out, "")+")", args...)
}

// presentPath is the path that holds now for the place of a case.
func (s *Store) presentPath(ctx context.Context, path string) (string, error) {
	var here []string
	if err := movedTo(s.conn(ctx), path).Scan(&here).Error; err != nil {
		return "", fmt.Errorf("read where a place lies now: %w", err)
	}
	if len(here) == 0 || strings.HasPrefix(path, here[0]) {
		return path, nil
	}
	return s.presentPath(ctx, here[0])
}

// movedTo asks where the smallest merged area around a place went; for no other place is there a row.
func movedTo(db *gorm.DB, path string) *gorm.DB {
	return db.Raw(`select s.path from area f join area s on s.id = f.successor
		where ? like f.path || '%' order by length(f.path) desc limit 1`, path)
}
