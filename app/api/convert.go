package api

import (
	"strings"

	"github.com/shopspring/decimal"

	"baimi/domain"
)

// Small conversions between the document's types and domain's, shared by the mappers.

func ptr[T any](v T) *T { return &v }

// some is a pointer to v, nil for the zero value.
func some[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// orZero is what an optional value says.
func orZero[T any](p *T) T {
	var zero T
	if p == nil {
		return zero
	}
	return *p
}

// text is what somebody typed, without the blanks around it; "" for what was left out.
func text(s *string) string {
	if s == nil {
		return ""
	}
	return strings.TrimSpace(domain.CleanText(*s))
}

func trimmed(s *string) *string {
	if s == nil {
		return nil
	}
	return ptr(strings.TrimSpace(domain.CleanText(*s)))
}

// word turns an optional code of one type into another.
func word[To, From ~string](w *From) *To {
	if w == nil {
		return nil
	}
	return ptr(To(*w))
}

// words turns a list of codes of one type into another; never nil, since a nil slice is null in JSON.
func words[To, From ~string](list []From) []To {
	out := make([]To, len(list))
	for i, w := range list {
		out[i] = To(w)
	}
	return out
}

// optional turns an optional list of codes into strings.
func optional[From ~string](list *[]From) []string {
	if list == nil {
		return nil
	}
	return words[string](*list)
}

// int32Of narrows an optional number.
func int32Of[N ~int | ~int32](n *N) *int32 {
	if n == nil {
		return nil
	}
	return ptr(int32(*n))
}

func int64Of[N ~int64](n *N) *int64 {
	if n == nil {
		return nil
	}
	return ptr(int64(*n))
}

func intOf(n *int32) *int {
	if n == nil {
		return nil
	}
	return ptr(int(*n))
}

// each maps a list; never nil.
func each[From, To any](list []From, f func(From) To) []To {
	out := make([]To, len(list))
	for i, x := range list {
		out[i] = f(x)
	}
	return out
}

func money(d *decimal.Decimal) *Money {
	if d == nil {
		return nil
	}
	return ptr(d.StringFixed(2))
}

// yuan reads amounts whose form the document has checked, and collects what is still wrong with them.
type yuan struct{ wrong []domain.FieldError }

func (y *yuan) read(pointer string, m *Money) *decimal.Decimal {
	if m == nil {
		return nil
	}
	a, err := domain.ParseAmount(*m)
	if err != nil {
		y.wrong = append(y.wrong, domain.FieldError{Pointer: pointer, Code: "money", Message: "金额不对：请以元填写，最多两位小数"})
		return nil
	}
	return ptr(a.Decimal())
}

func (y *yuan) err() error {
	if len(y.wrong) == 0 {
		return nil
	}
	return &domain.Error{Code: domain.CodeInvalid, Message: "有内容需要改正", Fields: y.wrong}
}
