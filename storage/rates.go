package storage

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/domain/rate"
)

// rateCase is what a case adds to the monthly figures as they stand.
type rateCase struct {
	County              domain.County `gorm:"primaryKey"`
	CaseID              uuid.UUID     `gorm:"primaryKey"`
	domain.Contribution `gorm:"embedded"`
}

// TableName names the table.
func (rateCase) TableName() string { return "rate_case" }

// FoldRates works waiting events into the monthly figures: for each case that changed, what it added before is taken
// away and what it adds now is put in, in the transaction that deletes the queue rows. It returns how many queue rows
// it worked in; call it again until that is 0.
func (s *Store) FoldRates(ctx context.Context, scope domain.Scope, limit int) (int, error) {
	var done int
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		// two folders at once could both take away what one case added before
		if err := db.Exec("select pg_advisory_xact_lock(7033, ?)", int32(scope.County)).Error; err != nil {
			return fmt.Errorf("lock the figures: %w", err)
		}
		var todo []eventTodo
		err := db.Raw(`delete from event_todo e using (
				select county, consumer, case_id, seq from event_todo
				where county = ? and consumer = ? limit ? for update skip locked) x
			where e.county = x.county and e.consumer = x.consumer and e.case_id = x.case_id and e.seq = x.seq
			returning e.*`, scope.County, consumerRate, limit).Scan(&todo).Error
		if err != nil || len(todo) == 0 {
			return err
		}
		done = len(todo)
		cases := map[uuid.UUID]bool{}
		for _, x := range todo {
			cases[x.CaseID] = true
		}
		return s.recount(db, scope.County, slices.Collect(maps.Keys(cases)))
	})
	if err != nil {
		return 0, fmt.Errorf("fold the figures: %w", translate(err))
	}
	return done, nil
}

// recount moves the figures by the difference that these cases make.
func (s *Store) recount(db *gorm.DB, county domain.County, ids []uuid.UUID) error {
	var cases []domain.Case
	if err := db.Where("county = ? and id in ?", county, ids).Find(&cases).Error; err != nil {
		return err
	}
	var old []rateCase
	if err := db.Where("county = ? and case_id in ?", county, ids).Find(&old).Error; err != nil {
		return err
	}
	diff := map[domain.Contribution]int{}
	for _, o := range old {
		diff[o.Contribution]--
	}
	var now []rateCase
	for i := range cases {
		if x, ok := cases[i].Contribution(); ok {
			diff[x]++
			now = append(now, rateCase{County: county, CaseID: cases[i].ID, Contribution: x})
		}
	}
	if err := db.Where("county = ? and case_id in ?", county, ids).Delete(&rateCase{}).Error; err != nil {
		return err
	}
	if err := createAll(db, now); err != nil {
		return err
	}
	return applyDiff(db, county, diff)
}

func applyDiff(db *gorm.DB, county domain.County, diff map[domain.Contribution]int) error {
	for x, n := range diff {
		if n == 0 {
			continue
		}
		if !slices.Contains(domain.Buckets, x.Bucket) {
			return fmt.Errorf("no column for %q", x.Bucket)
		}
		column := string(x.Bucket) // one of domain.Buckets, so safe in a statement
		res := db.Exec(fmt.Sprintf(`insert into rate_month as r (county, month, area_path, committee, type, source, %[1]s)
			values (@county, @month, @area, @committee, @type, @source, greatest(@n, 0))
			on conflict (county, month, area_path, committee, type, source) do update set %[1]s = r.%[1]s + @n`, column),
			map[string]any{
				"county": county, "month": x.Month, "area": x.AreaPath, "committee": x.Committee,
				"type": x.Type, "source": x.Source, "n": n,
			})
		if err := affectedOne(res, "monthly figure"); err != nil {
			return err
		}
	}
	return nil
}

// RateMonths reads the figures of an area by month of conclusion, from one month to another, both included, with those of
// the areas merged into it. split gives them for each area directly below as it is today (and for the area itself, for
// cases that name no lower one); what was merged adds up under its successor.
func (s *Store) RateMonths(ctx context.Context, scope domain.Scope, area string, from, to calendar.Date, split bool) ([]domain.MonthCounts, error) {
	var rows []rateRow
	length := len(area)
	if split {
		length += levelDigits
	}
	var merged heirs
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		var err error
		if merged, err = s.heirs(ctx, scope.County); err != nil {
			return err
		}
		db := t.db.WithContext(ctx)
		// what lies in a merged area keeps its whole path here, by which its successor is found
		part := db.Table("rate_month").
			Select("*, case when area_path ~ ? then area_path else left(area_path, ?) end as part", merged.pattern(), length).
			Where("county = ? and month between ? and ?", scope.County, from, to).
			Where(placed("area_path", merged.districts(area))).Where(s.figures(db, scope))
		return db.Table("(?) as m", part).Select("month, part as area_path, " + rateSums).
			Group("month, part").Order("month, part").Scan(&rows).Error
	})
	if err != nil {
		return nil, fmt.Errorf("read the figures: %w", translate(err))
	}
	return foldMonths(rows, func(path string) string {
		if heir := merged.of(path); domain.Within(heir, area) {
			path = heir
		}
		if domain.Within(path, area) {
			path = path[:min(len(path), length)]
		}
		return path
	}), nil
}

// RateMonthsBy reads the same figures split by the type or the source of the disputes.
func (s *Store) RateMonthsBy(ctx context.Context, scope domain.Scope, by domain.RateSplit, area string, from, to calendar.Date) ([]domain.MonthCounts, error) {
	column := map[domain.RateSplit]string{domain.SplitByType: "type", domain.SplitBySource: "source"}[by]
	if column == "" {
		return nil, fmt.Errorf("figures are not split by %q", by)
	}
	var rows []rateRow
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		merged, err := s.heirs(ctx, scope.County)
		if err != nil {
			return err
		}
		db := t.db.WithContext(ctx)
		return db.Table("rate_month").Select("month, "+column+" as area_path, "+rateSums).
			Where("county = ? and month between ? and ?", scope.County, from, to).
			Where(placed("area_path", merged.districts(area))).Where(s.figures(db, scope)).
			Group("month, " + column).Order("month, " + column).Scan(&rows).Error
	})
	if err != nil {
		return nil, fmt.Errorf("read the figures: %w", translate(err))
	}
	months := foldMonths(rows, func(code string) string { return code })
	for i := range months {
		months[i].AreaPath, months[i].Code = area, months[i].AreaPath
	}
	return months, nil
}

// rateSums adds up every count of the rows of a group.
const rateSums = `sum(succeeded) as succeeded, sum(failed) as failed,
	sum(withdrawn) as withdrawn, sum(not_accepted) as not_accepted,
	sum(withdrawn_before_acceptance) as withdrawn_before_acceptance, sum(transferred) as transferred, sum(void) as void, sum(imported) as imported`

type rateRow struct {
	Month                                                               calendar.Date
	AreaPath                                                            string
	Succeeded, Failed, Withdrawn                                        int64
	NotAccepted, WithdrawnBeforeAcceptance, Transferred, Void, Imported int64
}

// foldMonths adds up the rows of a month that belong to one part.
func foldMonths(rows []rateRow, partOf func(path string) string) []domain.MonthCounts {
	months := []domain.MonthCounts{}
	type key struct {
		month calendar.Date
		part  string
	}
	at := map[key]int{}
	for _, r := range rows {
		k := key{r.Month, partOf(r.AreaPath)}
		i, ok := at[k]
		if !ok {
			i = len(months)
			at[k] = i
			months = append(months, domain.MonthCounts{Month: k.month, AreaPath: k.part})
		}
		months[i].Counts = months[i].Counts.Add(rate.Counts{
			Succeeded: r.Succeeded, Failed: r.Failed, Withdrawn: r.Withdrawn,
			Excluded: rate.Excluded{NotAccepted: r.NotAccepted, WithdrawnBefore: r.WithdrawnBeforeAcceptance, Transferred: r.Transferred, Void: r.Void, Imported: r.Imported},
		})
	}
	return months
}

// figures is the first wall around the monthly figures: an area's, or those of the reader's own committees.
func (s *Store) figures(db *gorm.DB, scope domain.Scope) *gorm.DB {
	cond := db.Session(&gorm.Session{NewDB: true})
	if s.secondWallOnly {
		return cond.Where("true")
	}
	cond = cond.Where("committee in ?", append([]domain.OrgID{0}, scope.Orgs...))
	return cond.Or(placed("area_path", scope.FigureDistricts()))
}
