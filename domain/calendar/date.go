package calendar

import (
	"cmp"
	"fmt"
	"time"
)

// Shanghai is UTC+8. It is fixed and not taken from the machine's zone
// database: China has kept UTC+8 without summer time since 1991-09-15, all our
// instants are later, and a server without tzdata must count the same days.
var Shanghai = time.FixedZone("Asia/Shanghai", 8*60*60)

// Date is a day of the civil calendar, without time of day and without zone: the
// unit of legal dates (day of application, day of agreement, last day of a
// period). The zero Date means "no date". Dates compare with == and Compare.
type Date struct {
	year  int16
	month uint8
	day   uint8
}

// NewDate returns the date, or an error when that day does not exist (30
// February) or its year is outside 1 to 9999.
func NewDate(year int, month time.Month, day int) (Date, error) {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if year < 1 || year > 9999 || t.Year() != year || t.Month() != month || t.Day() != day {
		return Date{}, fmt.Errorf("calendar: no such day: %d-%d-%d", year, int(month), day)
	}
	return fromUTC(t), nil
}

// MustDate is NewDate for constants and tests; it panics where NewDate fails.
func MustDate(year int, month time.Month, day int) Date {
	d, err := NewDate(year, month, day)
	if err != nil {
		panic(err)
	}
	return d
}

// ParseDate reads ISO 8601 "2026-11-22", exactly ten characters.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return Date{}, fmt.Errorf("calendar: not a date of the form 2006-01-02: %q", s)
	}
	return fromUTC(t), nil
}

// DateOf returns the day on which the instant t falls in China.
func DateOf(t time.Time) Date {
	return fromUTC(t.In(Shanghai))
}

// fromUTC keeps year, month and day as t shows them. Years outside 1 to 9999,
// which no legal date has, saturate, so that arithmetic is total.
func fromUTC(t time.Time) Date {
	switch y := t.Year(); {
	case y < 1:
		return Date{1, 1, 1}
	case y > 9999:
		return Date{9999, 12, 31}
	}
	return Date{int16(t.Year()), uint8(t.Month()), uint8(t.Day())}
}

// IsZero reports whether d is "no date".
func (d Date) IsZero() bool { return d == Date{} }

// Year is the year, 0 for the zero Date.
func (d Date) Year() int { return int(d.year) }

// Month is the month, 0 for the zero Date.
func (d Date) Month() time.Month { return time.Month(d.month) }

// Day is the day of the month, 0 for the zero Date.
func (d Date) Day() int { return int(d.day) }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// String is ISO 8601 ("2026-11-22"), empty for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// Chinese is the date as printed in documents: 2026年11月22日.
func (d Date) Chinese() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%d年%d月%d日", d.year, d.month, d.day)
}

// Compare is -1, 0 or 1 as d is before, equal to or after o.
func (d Date) Compare(o Date) int {
	return cmp.Or(cmp.Compare(d.year, o.year), cmp.Compare(d.month, o.month), cmp.Compare(d.day, o.day))
}

// Before reports whether d is earlier than o.
func (d Date) Before(o Date) bool { return d.Compare(o) < 0 }

// After reports whether d is later than o.
func (d Date) After(o Date) bool { return d.Compare(o) > 0 }

// AddDays moves by n days; the zero Date stays zero.
func (d Date) AddDays(n int) Date {
	if d.IsZero() {
		return d
	}
	return fromUTC(d.utc().AddDate(0, 0, n))
}

// AddMonths moves by n months to the same day of the month, or to the last day
// of the month where that day does not exist (民法典 art. 202: 没有对应日的，月末日
// 为期间的最后一日). The zero Date stays zero.
func (d Date) AddMonths(n int) Date {
	if d.IsZero() {
		return d
	}
	first := time.Date(d.Year(), d.Month()+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	lastDay := first.AddDate(0, 1, -1).Day()
	return fromUTC(first.AddDate(0, 0, min(d.Day(), lastDay)-1))
}

// AddYears is AddMonths by twelve months a year.
func (d Date) AddYears(n int) Date { return d.AddMonths(12 * n) }

// DaysUntil counts the days from d to o; negative when o is earlier.
func (d Date) DaysUntil(o Date) int {
	return int(o.utc().Sub(d.utc()) / (24 * time.Hour))
}

// StartOfDay is the instant 00:00 of the day in China.
func (d Date) StartOfDay() time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, Shanghai)
}

// EndOfDay is the instant 24:00 of the day in China: the first instant that no
// longer belongs to it (民法典 art. 203: 截止时间为二十四时).
func (d Date) EndOfDay() time.Time {
	return time.Date(d.Year(), d.Month(), d.Day()+1, 0, 0, 0, 0, Shanghai)
}

func (d Date) utc() time.Time {
	return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, time.UTC)
}
