package calendar

import (
	"strings"
	"testing"
)

// A notice that names 1 January says all of its year; the days it takes from the year before are put in one by one.
func TestANoticeReplacesItsYearAndAddsToTheOneBefore(t *testing.T) {
	was, err := New("a", []Entry{
		{Day: day(t, "2026-01-01"), Name: "元旦"},
		{Day: day(t, "2026-12-30"), Name: "旧"},
		{Day: day(t, "2027-01-01"), Name: "元旦", Provisional: true},
		{Day: day(t, "2027-02-05"), Name: "春节", Provisional: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	entries, err := ReadNotice(strings.NewReader("\ufeff日期,安排,名称\n2026-12-31, 放假 ,元旦\n2027-01-01,放假,元旦\n2027-01-02,上班,元旦\n"))
	if err != nil {
		t.Fatal(err)
	}
	is, err := was.With("b", entries)
	if err != nil {
		t.Fatal(err)
	}
	for d, want := range map[string]bool{
		"2026-01-01": false, "2026-12-30": false, "2026-12-31": false, "2027-01-01": false, "2027-01-02": true, "2027-02-05": true, "2026-12-29": true,
	} {
		if got, err := is.Working(day(t, d)); err != nil || got != want {
			t.Errorf("%s is worked: %v, want %v (%v)", d, got, want, err)
		}
	}
	if is.Provisional(day(t, "2027-06-01")) || !was.Provisional(day(t, "2027-06-01")) || is.Version() != "b" {
		t.Error("the published year is still provisional")
	}
}
