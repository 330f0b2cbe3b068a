package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/domain/rate"
)

// RateStore is what the rates are computed from.
type RateStore interface {
	RateMonths(ctx context.Context, scope domain.Scope, area string, from, to calendar.Date, split bool) ([]domain.MonthCounts, error)
	RateMonthsBy(ctx context.Context, scope domain.Scope, by domain.RateSplit, area string, from, to calendar.Date) ([]domain.MonthCounts, error)
	DisputeTypes(ctx context.Context) ([]domain.DisputeType, error)
	DoneUpTo(ctx context.Context, job string) (at time.Time, ok bool, err error)
	AreaByPath(ctx context.Context, path string, on calendar.Date) (domain.Area, error)
	Areas(ctx context.Context, parent *int, q string, on calendar.Date) ([]domain.Area, error)
}

// Rates are the use cases about the success rate.
type Rates struct {
	store RateStore
	clock Clock
}

// NewRates makes the use cases.
func NewRates(store RateStore, clock Clock) *Rates { return &Rates{store: store, clock: clock} }

// RateInput asks for the months from..to (their first days) of an area; "" is the actor's own.
type RateInput struct {
	Area     string
	From, To calendar.Date
	By       domain.RateSplit // also in these parts; "" for none
}

// RateTable is the answer: the whole, and the parts if asked for.
type RateTable struct {
	Measure rate.Measure
	From    calendar.Date
	To      calendar.Date
	AsOf    time.Time
	Whole   RateRow
	Parts   []RateRow
}

// RateRow is an area, or a type or source of disputes, with its months; every month of the window is there, also one without cases.
type RateRow struct {
	Path, Name string
	Code       string // of the type or source
	Total      rate.Counts
	Months     []MonthCount
}

// MonthCount is one month.
type MonthCount struct {
	Month  calendar.Date
	Counts rate.Counts
}

// mostMonths is how long a window may be.
const mostMonths = 60

// Table reads the figures of an area.
func (u *Rates) Table(ctx context.Context, actor domain.Actor, in RateInput) (RateTable, error) {
	top, own, err := figures(actor)
	if err != nil {
		return RateTable{}, err
	}
	scope := actor.Scope()
	if in.Area == "" {
		in.Area = top
	}
	if !domain.Within(in.Area, top) && !scope.FigureDistricts().Hold(in.Area) {
		return RateTable{}, domain.Errorf(domain.CodeForbidden, "只能查看本辖区的统计数据")
	}
	if in.To.Before(in.From) || in.From.AddMonths(mostMonths-1).Before(in.To) {
		return RateTable{}, invalid([]domain.FieldError{
			{Pointer: "/query/to", Code: "window", Message: "结束月份不能早于开始月份，最多查询60个月"},
		})
	}
	now := u.clock.now()
	area, err := u.store.AreaByPath(ctx, in.Area, calendar.DateOf(now))
	if err != nil {
		return RateTable{}, err
	}
	if own {
		area.Name += "（本调委会）"
	}
	// what the job has not counted yet is not in the figures, however late it is by the clock
	asOf, counted, err := u.store.DoneUpTo(ctx, domain.JobRates)
	if err != nil {
		return RateTable{}, err
	}
	if !counted {
		asOf = now
	}
	t := RateTable{Measure: rate.MeasureR1(), From: in.From, To: in.To, AsOf: asOf}
	whole, err := u.store.RateMonths(ctx, scope, in.Area, in.From, in.To, false)
	if err != nil {
		return RateTable{}, err
	}
	t.Whole = row(in, in.Area, named(area), whole)
	switch in.By {
	case domain.SplitByArea:
		t.Parts, err = u.parts(ctx, scope, in, area, calendar.DateOf(now))
	case domain.SplitByType, domain.SplitBySource:
		t.Parts, err = u.codes(ctx, scope, in)
	}
	return t, err
}

// parts splits by the areas below; what happened in none of them stands under the area itself, so that the parts add
// up to the whole.
func (u *Rates) parts(ctx context.Context, scope domain.Scope, in RateInput, area domain.Area, today calendar.Date) ([]RateRow, error) {
	months, err := u.store.RateMonths(ctx, scope, in.Area, in.From, in.To, true)
	if err != nil {
		return nil, err
	}
	below, err := u.store.Areas(ctx, &area.ID, "", today)
	if err != nil {
		return nil, err
	}
	byPath := map[string][]domain.MonthCounts{}
	for _, m := range months {
		byPath[m.AreaPath] = append(byPath[m.AreaPath], m)
	}
	rows := make([]RateRow, 0, len(below)+1)
	for _, a := range below {
		rows = append(rows, row(in, a.Path, a.Name, byPath[a.Path]))
		delete(byPath, a.Path)
	}
	rest := make([]RateRow, 0, len(byPath))
	for path, counts := range byPath {
		name := area.Name + "（未细分）"
		if path != in.Area {
			past, err := u.store.AreaByPath(ctx, path, today)
			if err != nil {
				return nil, err
			}
			name = named(past)
		}
		rest = append(rest, row(in, path, name, counts))
	}
	slices.SortFunc(rest, func(a, b RateRow) int {
		if a.Path < b.Path {
			return -1
		}
		return 1
	})
	return append(rows, rest...), nil
}

// codes splits by the types or the sources, each in its official order; those without cases stand there with none.
func (u *Rates) codes(ctx context.Context, scope domain.Scope, in RateInput) ([]RateRow, error) {
	months, err := u.store.RateMonthsBy(ctx, scope, in.By, in.Area, in.From, in.To)
	if err != nil {
		return nil, err
	}
	byCode := map[string][]domain.MonthCounts{}
	for _, m := range months {
		byCode[m.Code] = append(byCode[m.Code], m)
	}
	entries, err := u.entries(ctx, in.By)
	if err != nil {
		return nil, err
	}
	rows := make([]RateRow, 0, len(entries))
	for _, e := range entries {
		r := row(in, in.Area, e.Label, byCode[e.Code])
		r.Code = e.Code
		rows = append(rows, r)
	}
	return rows, nil
}

func (u *Rates) entries(ctx context.Context, by domain.RateSplit) ([]Entry, error) {
	if by == domain.SplitBySource {
		i := slices.IndexFunc(fixed, func(d Dictionary) bool { return d.Name == "caseSource" })
		return fixed[i].Entries, nil
	}
	types, err := u.store.DisputeTypes(ctx)
	entries := make([]Entry, len(types))
	for i, t := range types {
		entries[i] = Entry{Code: t.Code, Label: t.Name}
	}
	return entries, err
}

// named is an area's name, which says when it is one of the past.
func named(a domain.Area) string {
	if a.ValidTo == nil {
		return a.Name
	}
	return fmt.Sprintf("%s（%s撤并）", a.Name, *a.ValidTo)
}

// row lays the counts out over every month of the window.
func row(in RateInput, path, name string, counts []domain.MonthCounts) RateRow {
	r := RateRow{Path: path, Name: name}
	for m := in.From; !m.After(in.To); m = m.AddMonths(1) {
		x := MonthCount{Month: m}
		for _, c := range counts {
			if c.Month == m {
				x.Counts = x.Counts.Add(c.Counts)
			}
		}
		r.Total = r.Total.Add(x.Counts)
		r.Months = append(r.Months, x)
	}
	return r
}
