package calendar

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func drawDate(t *rapid.T, name string) Date {
	return MustDate(2020, 1, 1).AddDays(rapid.IntRange(0, 366*7).Draw(t, name))
}

func TestDateOfIsTheDayInChina(t *testing.T) {
	for in, want := range map[string]string{
		"2026-11-22T15:59:59Z": "2026-11-22", "2026-11-22T16:00:00Z": "2026-11-23", "2026-11-22T23:59:59+08:00": "2026-11-22",
		"2026-11-22T00:00:00-10:00": "2026-11-22", "2025-12-31T16:00:00Z": "2026-01-01",
	} {
		at, err := time.Parse(time.RFC3339, in)
		if err != nil {
			t.Fatal(err)
		}
		if got := DateOf(at).String(); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

func TestADayEndsAt24OClockInChina(t *testing.T) {
	d := MustDate(2026, 11, 22)
	if want := time.Date(2026, 11, 22, 16, 0, 0, 0, time.UTC); !d.EndOfDay().Equal(want) {
		t.Error(d.EndOfDay())
	}
	rapid.Check(t, func(t *rapid.T) {
		d := drawDate(t, "d")
		if DateOf(d.EndOfDay()) != d.AddDays(1) || DateOf(d.EndOfDay().Add(-time.Nanosecond)) != d || DateOf(d.StartOfDay()) != d {
			t.Fatalf("%s", d)
		}
		if !d.EndOfDay().Equal(d.AddDays(1).StartOfDay()) {
			t.Fatalf("%s ends when the next day does not begin", d)
		}
	})
}

func TestMonthsEndOnTheSameDayOrTheLast(t *testing.T) { // 民法典 art. 202
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-15", 1, "2026-02-15"},
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2026-01-30", 1, "2026-02-28"},
		{"2026-02-28", 1, "2026-03-28"},
		{"2026-08-31", 1, "2026-09-30"},
		{"2026-12-31", 2, "2027-02-28"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", 48, "2028-02-29"},
		{"2026-03-31", -1, "2026-02-28"},
		{"2026-01-15", -1, "2025-12-15"},
		{"2026-05-31", 0, "2026-05-31"},
	} {
		from, err := ParseDate(c.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := from.AddMonths(c.months).String(); got != c.want {
			t.Errorf("%s %+d months: %s, want %s", c.from, c.months, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d, n := drawDate(t, "d"), rapid.IntRange(-60, 60).Draw(t, "n")
		got := d.AddMonths(n)
		if months := (got.Year()-d.Year())*12 + int(got.Month()-d.Month()); months != n {
			t.Fatalf("%s %+d months is %s", d, n, got)
		}
		if got.Day() != d.Day() && got.AddDays(1).Day() != 1 {
			t.Fatalf("%s %+d months is %s: neither the same day nor the last", d, n, got)
		}
	})
}

func TestDateArithmeticAgreesWithItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawDate(t, "a"), drawDate(t, "b")
		n := a.DaysUntil(b)
		if a.AddDays(n) != b || b.DaysUntil(a) != -n {
			t.Fatalf("%s to %s is %d", a, b, n)
		}
		if a.Before(b) != (n > 0) || a.After(b) != (n < 0) || (a.Compare(b) == 0) != (a == b) || (a.String() < b.String()) != a.Before(b) {
			t.Fatalf("%s and %s compare wrongly", a, b)
		}
	})
}

func TestTheZeroDateIsNoDate(t *testing.T) {
	var zero Date
	if !zero.IsZero() || zero.AddDays(5) != zero || zero.AddMonths(5) != zero || zero.String() != "" || zero.Chinese() != "" {
		t.Error("the zero date moved or shows")
	}
	if v, err := zero.Value(); v != nil || err != nil {
		t.Error(v, err)
	}
	if !zero.Before(MustDate(1, 1, 1)) {
		t.Error("the zero date is not first")
	}
}

func TestArithmeticNeverLeavesFourDigitYears(t *testing.T) {
	d := MustDate(2026, 11, 22)
	for _, got := range []Date{d.AddDays(1 << 40), d.AddMonths(1 << 40), d.AddYears(9000)} {
		if got != MustDate(9999, 12, 31) {
			t.Error(got)
		}
	}
	if got := d.AddYears(-3000); got != MustDate(1, 1, 1) {
		t.Error(got)
	}
}

func TestDatesThatDoNotExist(t *testing.T) {
	for _, s := range []string{"", "2026-2-3", "2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "2026-11-22 ", "2026-11-22T00:00:00Z", "20261122"} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("%q is read as %s", s, d)
		}
	}
	for _, c := range [][3]int{{2026, 2, 29}, {0, 1, 1}, {10_000, 1, 1}, {2026, 13, 1}, {2026, 1, 0}} {
		if d, err := NewDate(c[0], time.Month(c[1]), c[2]); err == nil {
			t.Errorf("%v is %s", c, d)
		}
	}
}

func TestDateComesBackFromJSONAndTheDatabase(t *testing.T) {
	type row struct {
		On    Date
		Maybe *Date
	}
	d := MustDate(2026, 11, 22)
	for _, want := range []row{{}, {On: d}, {On: d, Maybe: &d}} {
		body, err := json.Marshal(want)
		var got row
		if err != nil || json.Unmarshal(body, &got) != nil || got.On != want.On || (got.Maybe == nil) != (want.Maybe == nil) {
			t.Errorf("%s: %+v, %v", body, got, err)
		}
	}
	for _, s := range []string{`""`, `"x"`, `20261122`, `true`, `{}`} {
		var got Date
		if err := json.Unmarshal([]byte(s), &got); err == nil {
			t.Errorf("%s is read as %s", s, got)
		}
	}
	east := time.FixedZone("", 14*3600)
	for _, src := range []any{"2026-11-22", []byte("2026-11-22"), time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 22, 0, 0, 0, 0, east)} {
		var got Date
		if err := got.Scan(src); err != nil || got != d {
			t.Errorf("%v: %s, %v", src, got, err)
		}
	}
	got := d
	if err := got.Scan(nil); err != nil || !got.IsZero() {
		t.Error(got, err)
	}
	if err := got.Scan(5); err == nil {
		t.Error("a number is read as a date")
	}
	if v, err := d.Value(); v != "2026-11-22" || err != nil {
		t.Error(v, err)
	}
	keys, err := json.Marshal(map[Date]int{d: 1})
	if err != nil || string(keys) != `{"2026-11-22":1}` {
		t.Error(string(keys), err)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"2026-11-22", "2024-02-29", "0001-01-01", "9999-12-31", "2026-11-31", "２０２６-11-22"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, err := ParseDate(s); err == nil && d.String() != s {
			t.Errorf("%q is read as %s", s, d)
		}
	})
}
