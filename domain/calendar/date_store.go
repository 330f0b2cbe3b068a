package calendar

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"
)

// MarshalText writes ISO 8601, nothing for the zero Date.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads ISO 8601; empty text is the zero Date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// MarshalJSON writes "2026-11-22", and null for the zero Date.
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte("null"), nil
	}
	return []byte(`"` + d.String() + `"`), nil
}

// Bind reads a parameter of a query. Without it the code that reads queries takes a struct for an object and leaves the
// date zero, silently.
func (d *Date) Bind(src string) error { return d.UnmarshalText([]byte(src)) }

// UnmarshalJSON reads a string of ISO 8601, or null for the zero Date.
func (d *Date) UnmarshalJSON(data []byte) error {
	var s *string
	if err := json.Unmarshal(data, &s); err != nil {
		return fmt.Errorf("calendar: a date is a JSON string: %w", err)
	}
	if s == nil {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(*s)
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Value stores the date in a PostgreSQL date column; the zero Date is NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return d.String(), nil
}

// Scan reads a PostgreSQL date column. Drivers hand a date over as midnight in a
// zone of their choice, so the day is taken as the value shows it and not
// converted to China's time; scanning a timestamptz column here is a mistake,
// for that there is DateOf.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case time.Time:
		*d = fromUTC(v)
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	}
	return fmt.Errorf("calendar: cannot read %T as a date", src)
}
