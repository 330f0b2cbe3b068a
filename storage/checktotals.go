package storage

import (
	"fmt"
	"strings"

	"gorm.io/gorm"

	"baimi/domain"
	"baimi/domain/calendar"
)

// numbers holds the file numbers of each committee and year to 1..n and to their counter.
func (k *checker) numbers(db *gorm.DB) error {
	given := db.Model(&domain.Case{}).Scopes(k.store.visible(k.scope)).Where("cases.file_seq is not null").
		Select("committee, file_year as year, count(*) as n, count(distinct file_seq) as apart, min(file_seq) as low, max(file_seq) as high").
		Group("committee, file_year")
	rows, err := db.Raw(`select coalesce(g.committee, f.committee), coalesce(g.year, f.year),
			coalesce(n, 0), coalesce(apart, 0), coalesce(low, 0), coalesce(high, 0), coalesce(last, 0)
		from (?) g full join (select committee, year, last from file_number where county = ?) f
			on f.committee = g.committee and f.year = g.year`, given, k.scope.County).Rows()
	if err != nil {
		return fmt.Errorf("file numbers: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var committee, year, n, apart, low, high, last int
		if err := rows.Scan(&committee, &year, &n, &apart, &low, &high, &last); err != nil {
			return fmt.Errorf("file numbers: %w", err)
		}
		k.sum.Counters++
		where := fmt.Sprintf("committee %d, %d", committee, year)
		switch {
		case apart < n:
			k.found(FoundNumber, where, "%d files share %d numbers", n, apart)
		case low != 1 || high != n:
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
