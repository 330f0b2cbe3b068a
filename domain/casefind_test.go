package domain_test

import (
	"slices"
	"testing"

	"baimi/domain"
)

func TestTheBeginningOfANumber(t *testing.T) {
	t.Parallel()
	for typed, x := range map[string]struct{ demand, file string }{
		"0001-7kmp":     {"00017KMP", "0001-7kmp"},
		"（2026）甲一":      {"", "（2026）甲一"},
		"(2026) 甲一人调字":  {"", "（2026）甲一人调字"},
		"2026甲一人调字第12号": {"", "（2026）甲一人调字第12号"},
		"〔2025〕东溪":      {"", "〔2025〕东溪"},
		"2026":          {"2026", "2026"},
		"调字12":          {"", "调字12"},
	} {
		q := domain.ParseNumberQuery(typed)
		if q.Demand != x.demand || !slices.Contains(q.Files, x.file) {
			t.Errorf("%s: %+v, want %+v", typed, q, x)
		}
	}
	if domain.ParseNumberQuery(" ").Given() {
		t.Error("nothing typed is nothing looked for")
	}
}
