package domain

import (
	"database/sql/driver"
	"fmt"
	"strconv"
	"strings"
)

// IDs is a list of our own numbers, stored as an array of PostgreSQL.
type IDs[T ~int32 | ~int64] []T

// Value writes the array.
func (l IDs[T]) Value() (driver.Value, error) {
	parts := make([]string, len(l))
	for i, n := range l {
		parts[i] = strconv.FormatInt(int64(n), 10)
	}
	return "{" + strings.Join(parts, ",") + "}", nil
}

// Scan reads the array.
func (l *IDs[T]) Scan(v any) error {
	parts, err := arrayParts(v)
	if err != nil {
		return err
	}
	*l = make(IDs[T], len(parts))
	for i, p := range parts {
		n, err := strconv.ParseInt(p, 10, 64)
		if err != nil {
			return fmt.Errorf("array of numbers: %w", err)
		}
		(*l)[i] = T(n)
	}
	return nil
}

// Codes is a list of our own code words (letters, digits, underscore), stored as an array of PostgreSQL.
type Codes []string

// Value writes the array.
func (l Codes) Value() (driver.Value, error) {
	for _, w := range l {
		if w == "" || strings.ContainsFunc(w, func(r rune) bool {
			return r != '_' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
		}) {
			return nil, fmt.Errorf("%q is not a code word", w)
		}
	}
	return "{" + strings.Join(l, ",") + "}", nil
}

// Scan reads the array.
func (l *Codes) Scan(v any) error {
	parts, err := arrayParts(v)
	*l = parts
	return err
}

func arrayParts(v any) ([]string, error) {
	var s string
	switch x := v.(type) {
	case string:
		s = x
	case []byte:
		s = string(x)
	default:
		return nil, fmt.Errorf("array of PostgreSQL wanted, got %T", v)
	}
	s, okL := strings.CutPrefix(s, "{")
	s, okR := strings.CutSuffix(s, "}")
	if !okL || !okR {
		return nil, fmt.Errorf("%q is no array of PostgreSQL", s)
	}
	if s == "" {
		return []string{}, nil
	}
	return strings.Split(s, ","), nil
}
