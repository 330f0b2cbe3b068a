package calendar

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// The real data stand once, in migrations/00002_calendar.sql; a copy here could differ from them unseen, and the domain's
// tests need no database. These are only the days around the golden cases, in the notices' own words.
func arrangement(t testing.TB, version string, lines ...string) *Calendar {
	t.Helper()
	var entries []Entry
	for _, line := range lines { // "2026-02-15 2026-02-23 rest 春节"
		f := strings.Fields(line)
		first, err1 := ParseDate(f[0])
		last, err2 := ParseDate(f[1])
		if err1 != nil || err2 != nil {
			t.Fatal(line)
		}
		for d := first; !d.After(last); d = d.AddDays(1) {
			entries = append(entries, Entry{Day: d, Working: f[2] == "work", Name: f[3], Source: "test", Provisional: len(f) > 4})
		}
	}
	c, err := New(version, entries)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func recent(t testing.TB) *Calendar {
	t.Helper()
	return arrangement(t, "2027.0",
		"2024-01-01 2024-01-01 rest 元旦", "2024-02-04 2024-02-04 work 春节", "2024-02-10 2024-02-17 rest 春节", "2024-02-18 2024-02-18 work 春节",
		"2024-09-14 2024-09-14 work 中秋节", "2024-09-15 2024-09-17 rest 中秋节", "2024-09-29 2024-09-29 work 国庆节", "2024-10-01 2024-10-07 rest 国庆节", "2024-10-12 2024-10-12 work 国庆节",
		"2025-01-01 2025-01-01 rest 元旦", "2025-01-26 2025-01-26 work 春节", "2025-01-28 2025-02-04 rest 春节", "2025-02-08 2025-02-08 work 春节",
		"2025-09-28 2025-09-28 work 国庆节、中秋节", "2025-10-01 2025-10-08 rest 国庆节、中秋节", "2025-10-11 2025-10-11 work 国庆节、中秋节",
		"2026-01-01 2026-01-03 rest 元旦", "2026-01-04 2026-01-04 work 元旦",
		"2026-02-14 2026-02-14 work 春节", "2026-02-15 2026-02-23 rest 春节", "2026-02-28 2026-02-28 work 春节",
		"2026-04-04 2026-04-06 rest 清明节", "2026-05-01 2026-05-05 rest 劳动节", "2026-05-09 2026-05-09 work 劳动节",
		"2026-06-19 2026-06-21 rest 端午节", "2026-09-20 2026-09-20 work 国庆节", "2026-09-25 2026-09-27 rest 中秋节",
		"2026-10-01 2026-10-07 rest 国庆节", "2026-10-10 2026-10-10 work 国庆节",
		"2027-01-01 2027-01-01 rest 元旦 provisional", "2027-02-05 2027-02-08 rest 春节 provisional",
	)
}

func TestARestDayIsAnyDayThatIsNotWorked(t *testing.T) { // ruling P9
	c := recent(t)
	for day, want := range map[string]bool{
		"2026-11-20": true, "2026-11-21": false, "2026-11-22": false, "2026-10-01": false, "2026-10-08": true, "2026-10-10": true,
		"2026-09-20": true, "2026-02-28": true, "2026-02-23": false, "2026-02-24": true, "2025-10-11": true, "2024-02-18": true, "2024-10-12": true,
	} {
		d, err := ParseDate(day)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.Working(d); err != nil || got != want {
			t.Errorf("%s: %v, %v, want %v", day, got, err, want)
		}
	}
}

// Working days of 2026 by the whole arrangement, a number published everywhere.
func TestWorkingDaysOf2026(t *testing.T) {
	c, n := recent(t), 0
	for d := MustDate(2026, 1, 1); d.Year() == 2026; d = d.AddDays(1) {
		if working, err := c.Working(d); err != nil {
			t.Fatal(err)
		} else if working {
			n++
		}
	}
	if n != 248 {
		t.Error(n)
	}
}

func TestCoverageIsByYear(t *testing.T) {
	c := arrangement(t, "v", "2022-12-31 2023-01-02 rest 元旦")
	if c.Covers(MustDate(2022, 12, 31)) || !c.Covers(MustDate(2023, 6, 1)) || c.Covers(MustDate(2024, 1, 1)) {
		t.Error("2022 has only an entry of the next year's notice and is not covered; 2023 is")
	}
	var uncovered *CoverageError
	if _, err := c.Working(MustDate(2024, 1, 2)); !errors.As(err, &uncovered) || uncovered.Version != "v" || uncovered.Day != MustDate(2024, 1, 2) {
		t.Error(err)
	}
	if !recent(t).Provisional(MustDate(2027, 8, 1)) || recent(t).Provisional(MustDate(2026, 8, 1)) {
		t.Error("2027 alone is provisional")
	}
}

func TestNewRefusesContradictions(t *testing.T) {
	day := Entry{Day: MustDate(2026, 1, 1), Name: "元旦"}
	for name, entries := range map[string][]Entry{"twice": {day, day}, "no day": {{Name: "元旦"}}} {
		if _, err := New("v", entries); err == nil {
			t.Error(name, "passes")
		}
	}
	if _, err := New("", []Entry{day}); err == nil {
		t.Error("a calendar without a version passes")
	}
}

func TestTheOrderOfEntriesDoesNotMatter(t *testing.T) {
	a, entries := recent(t), []Entry{}
	for _, e := range a.entries {
		entries = append(entries, e)
	}
	slices.SortFunc(entries, func(x, y Entry) int { return y.Day.Compare(x.Day) })
	b, err := New(a.Version(), entries)
	if err != nil {
		t.Fatal(err)
	}
	for d := MustDate(2024, 1, 1); d.Year() < 2028; d = d.AddDays(1) {
		x, _ := a.Working(d)
		if y, err := b.Working(d); err != nil || x != y {
			t.Fatal(d, err)
		}
	}
}
