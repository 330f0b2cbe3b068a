package domain

import (
	"regexp"
	"strings"

	"baimi/domain/calendar"
)

// Period is days from one to another, both of it; a day that is nil leaves that end open.
type Period struct{ From, To *calendar.Date }

// NumberQuery is the beginning of a demand number or of a file number, in the forms either may be stored in.
type NumberQuery struct {
	Demand string   // "" when no demand number begins so
	Files  []string // imported ledgers write the brackets in several ways
}

// Given tells whether there is a number to look for.
func (q NumberQuery) Given() bool { return q.Demand != "" || len(q.Files) > 0 }

var (
	demandStart = regexp.MustCompile(`^[0-9A-Z]+$`)
	bareYear    = regexp.MustCompile(`^\d{4}\p{Han}`)
	brackets    = strings.NewReplacer("(", "（", "〔", "（", "[", "（", "［", "（", ")", "）", "〕", "）", "]", "）", "］", "）")
	bracketed   = []*strings.Replacer{strings.NewReplacer(), strings.NewReplacer("（", "(", "）", ")"), strings.NewReplacer("（", "〔", "）", "〕"), strings.NewReplacer("（", "[", "）", "]")}
)

// ParseNumberQuery reads the beginning of a number as people type it: 0001-7kmp, （2026）甲一, 2026甲一人调字第12号.
func ParseNumberQuery(s string) NumberQuery {
	var q NumberQuery
	if d := foldTyped(s); demandStart.MatchString(d) {
		q.Demand = d
	}
	file := brackets.Replace(strings.Join(strings.Fields(s), ""))
	if bareYear.MatchString(file) {
		file = "（" + file[:4] + "）" + file[4:]
	}
	if file == "" {
		return q
	}
	for _, b := range bracketed {
		q.Files = append(q.Files, b.Replace(file))
	}
	if !strings.ContainsAny(file, "（）") {
		q.Files = q.Files[:1]
	}
	return q
}
