package storage

import (
	"fmt"
	"strings"

	"gorm.io/gorm"

	"baimi/domain"
	"baimi/domain/calendar"
)

// numbers holds the file numbers of each committee and year to 1..n and to their counter. A past ledger brings the numbers it
// has, with whatever gaps; from its highest on there are none again (ruling P5).
func (k *checker) numbers(db *gorm.DB) error {
	numbered := db.Model(&domain.Case{}).Scopes(k.store.visible(k.scope)).Where("cases.file_seq is not null").
		Select(`committee, file_year as year, file_seq,
			coalesce(max(file_seq) filter (where origin = 'imported') over (partition by committee, file_year), 0) as past`)
	given := db.Table("(?) as x", numbered).
		Select(`committee, year, count(*) filter (where file_seq > past) as n, count(*) as files, count(distinct file_seq) as apart,
			coalesce(min(file_seq) filter (where file_seq > past), max(past) + 1) as low, max(file_seq) as high, max(past) as past`).
		Group("committee, year")
	rows, err := db.Raw(`select coalesce(g.committee, f.committee), coalesce(g.year, f.year),
			coalesce(n, 0), coalesce(files, 0), coalesce(apart, 0), coalesce(low, 0), coalesce(high, 0), coalesce(past, 0), coalesce(last, 0)
		from (?) g full join (select committee, year, last from file_number where county = ?) f
			on f.committee = g.committee and f.year = g.year`, given, k.scope.County).Rows()
	if err != nil {
		return fmt.Errorf("file numbers: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var committee, year, n, files, apart, low, high, past, last int
		if err := rows.Scan(&committee, &year, &n, &files, &apart, &low, &high, &past, &last); err != nil {
			return fmt.Errorf("file numbers: %w", err)
		}
		k.sum.Counters++
		where := fmt.Sprintf("committee %d, %d", committee, year)
		switch {
		case apart < files:
			k.found(FoundNumber, where, "%d files share %d numbers", files, apart)
		case low != past+1 || high != past+n:
			k.found(FoundNumber, where, "%d files are numbered %d to %d", n, low, high)
		case last != high:
			k.found(FoundNumber, where, "the counter stands at %d, the last file is number %d", last, high)
		}
	}
	return rows.Err()
}

// figures adds up what the cases were counted as, and compares with the figures of every month. Together with
// checkCounted, case by case, it is the brute-force recount.
func (k *checker) figures(db *gorm.DB) error {
	var counted, kept, names []string
	for _, b := range domain.Buckets {
		counted = append(counted, fmt.Sprintf("count(*) filter (where bucket = '%s') as %s", b, b))
		kept = append(kept, fmt.Sprintf("coalesce(c.%s, 0), coalesce(m.%s, 0)", b, b))
		names = append(names, string(b))
	}
	rows, err := db.Raw(`select month, area_path, committee, type, source, `+strings.Join(kept, ", ")+`
		from (select month, area_path, committee, type, source, `+strings.Join(counted, ", ")+`
			from rate_case where county = @county group by 1, 2, 3, 4, 5) c
		full join (select * from rate_month where county = @county) m using (month, area_path, committee, type, source)`,
		map[string]any{"county": k.scope.County}).Rows()
	if err != nil {
		return fmt.Errorf("figures: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var month calendar.Date
		var area, kind, source string
		var committee int
		sums := make([]int64, 2*len(names))
		into := []any{&month, &area, &committee, &kind, &source}
		for i := range sums {
			into = append(into, &sums[i])
		}
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("figures: %w", err)
		}
		k.sum.Figures++
		for i, name := range names {
			if have, want := sums[2*i+1], sums[2*i]; have != want {
				k.found(FoundFigure, fmt.Sprintf("%s, area %s, committee %d, type %s, %s", month.String()[:7], area, committee, kind, source),
					"%s is %d, the cases make %d", name, have, want)
			}
		}
	}
	return rows.Err()
}
