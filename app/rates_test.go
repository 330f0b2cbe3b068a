package app

import (
	"context"
	"testing"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/domain/rate"
)

type figuresStore struct {
	split, whole []domain.MonthCounts
	by           map[domain.RateSplit][]domain.MonthCounts
}

func (s figuresStore) RateMonths(_ context.Context, _ domain.Scope, _ string, _, _ calendar.Date, split bool) ([]domain.MonthCounts, error) {
	if split {
		return s.split, nil
	}
	return s.whole, nil
}

func (s figuresStore) RateMonthsBy(_ context.Context, _ domain.Scope, by domain.RateSplit, _ string, _, _ calendar.Date) ([]domain.MonthCounts, error) {
	return s.by[by], nil
}

func (figuresStore) DisputeTypes(context.Context) ([]domain.DisputeType, error) {
	return []domain.DisputeType{{Code: "01", Name: "婚姻家庭纠纷"}, {Code: "02", Name: "邻里纠纷"}}, nil
}

// lastCount is when the figures were counted last.
var lastCount = time.Date(2026, 3, 31, 23, 59, 0, 0, time.UTC)

func (figuresStore) DoneUpTo(_ context.Context, job string) (time.Time, bool, error) {
	return lastCount, job == domain.JobRates, nil
}

func (figuresStore) AreaByPath(_ context.Context, path string, _ calendar.Date) (domain.Area, error) {
	return domain.Area{ID: 1, Path: path, Name: "简阳市"}, nil
}

func (figuresStore) Areas(context.Context, *int, string, calendar.Date) ([]domain.Area, error) {
	return []domain.Area{{Path: "000001001", Name: "甲镇"}, {Path: "000001002", Name: "乙镇"}}, nil
}

func TestThePartsOfARateAddUpToTheWhole(t *testing.T) {
	t.Parallel()
	jan, mar := calendar.MustDate(2026, 1, 1), calendar.MustDate(2026, 3, 1)
	count := func(m calendar.Date, path string, n int64) domain.MonthCounts {
		return domain.MonthCounts{Month: m, AreaPath: path, Counts: rate.Counts{Succeeded: n, Failed: 1}}
	}
	u := NewRates(figuresStore{
		whole: []domain.MonthCounts{{Month: jan, AreaPath: "000001", Counts: rate.Counts{Succeeded: 7, Failed: 3}}},
		split: []domain.MonthCounts{count(jan, "000001001", 4), count(jan, "000001", 2), count(jan, "000001009", 1)},
	}, func() time.Time { return time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC) })
	actor := domain.Actor{Role: domain.RoleCenterViewer, OrgArea: "000001"}
	table, err := u.Table(t.Context(), actor, RateInput{From: jan, To: mar, By: domain.SplitByArea})
	if err != nil {
		t.Fatal(err)
	}
	if !table.AsOf.Equal(lastCount) {
		t.Errorf("as of %s, though counted up to %s", table.AsOf, lastCount)
	}
	if len(table.Whole.Months) != 3 || len(table.Parts) != 4 {
		t.Fatalf("%+v", table)
	}
	var sum rate.Counts
	for _, p := range table.Parts {
		sum = sum.Add(p.Total)
		if len(p.Months) != 3 || p.Name == "" {
			t.Errorf("%+v", p)
		}
	}
	if sum != table.Whole.Total {
		t.Errorf("parts %+v, whole %+v", sum, table.Whole.Total)
	}
}

func TestWhoReadsFigures(t *testing.T) {
	t.Parallel()
	u := NewRates(figuresStore{}, func() time.Time { return time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC) })
	month := calendar.MustDate(2026, 1, 1)
	for name, x := range map[string]struct {
		actor domain.Actor
		area  string
		code  domain.Code
	}{
		"bureau":              {domain.Actor{Role: domain.RoleBureauOfficer, OrgArea: "000001"}, "", ""},
		"town below":          {domain.Actor{Role: domain.RoleBureauOfficer, OrgArea: "000001"}, "000001002", ""},
		"other town":          {domain.Actor{Role: domain.RoleJudicialOfficer, OrgArea: "000001001"}, "000001002", domain.CodeForbidden},
		"own committee":       {domain.Actor{Role: domain.RoleCommitteeDirector, Org: 5, Committee: 5, OrgArea: "000001001"}, "", ""},
		"mediator at a point": {domain.Actor{Role: domain.RoleMediator, Org: 6, Committee: 5, OrgArea: "000001001"}, "", domain.CodeForbidden},
		"keeper":              {domain.Actor{Role: domain.RolePointKeeper, Org: 6, Committee: 5, OrgArea: "000001001"}, "", domain.CodeForbidden},
		"administrator":       {domain.Actor{Role: domain.RoleSystemAdmin, OrgArea: "000001"}, "", domain.CodeForbidden},
		"connector":           {domain.Actor{Role: domain.RoleConnector, Org: 9, OrgArea: "000001"}, "", domain.CodeForbidden},
	} {
		_, err := u.Table(t.Context(), x.actor, RateInput{Area: x.area, From: month, To: month})
		if domain.CodeOf(err) != x.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	bureau := domain.Actor{Role: domain.RoleBureauOfficer, OrgArea: "000001"}
	for _, to := range []calendar.Date{month.AddMonths(-1), month.AddMonths(60)} {
		_, err := u.Table(t.Context(), bureau, RateInput{From: month, To: to})
		if domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("to %s: %v", to, err)
		}
	}
}

func TestARateByTypeAndBySource(t *testing.T) {
	t.Parallel()
	jan := calendar.MustDate(2026, 1, 1)
	count := func(code string, n int64) domain.MonthCounts {
		return domain.MonthCounts{Month: jan, AreaPath: "000001", Code: code, Counts: rate.Counts{Succeeded: n, Failed: 1}}
	}
	u := NewRates(figuresStore{by: map[domain.RateSplit][]domain.MonthCounts{
		domain.SplitByType: {count("02", 5)}, domain.SplitBySource: {count("applied", 4), count("referred", 1)},
	}}, func() time.Time { return time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC) })
	actor := domain.Actor{Role: domain.RoleCenterViewer, OrgArea: "000001"}
	for by, want := range map[domain.RateSplit]map[string]int64{
		domain.SplitByType: {"01": 0, "02": 5}, domain.SplitBySource: {"applied": 4, "initiative": 0, "referred": 1},
	} {
		table, err := u.Table(t.Context(), actor, RateInput{From: jan, To: jan, By: by})
		if err != nil || len(table.Parts) != len(want) {
			t.Fatalf("%s: %+v, %v", by, table.Parts, err)
		}
		for _, p := range table.Parts {
			if n, ok := want[p.Code]; !ok || p.Total.Succeeded != n || p.Name == "" {
				t.Errorf("%s: %+v", by, p)
			}
		}
	}
}
