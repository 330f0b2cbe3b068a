package forms

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"baimi/domain"
	"baimi/domain/calendar"
)

// Matter is what a form is filled in from: a case, opened for this reader, and the names that its rows only number.
type Matter struct {
	Case      *domain.Case
	Committee string // 调委会 in full
	TypeName  string // of the dispute
	Names     map[domain.PersonID]string
	Orgs      map[domain.OrgID]string
	Shown     map[int][]byte // what is shown of the files of the case, by their numbers, for the volume
	Rooms     map[domain.RoomID]domain.Room
	Label     func(dictionary, code string) string // the Chinese of a code word
	VerifyAt  string                               // where residents verify a code, https://host/v; "" when no address was set
}

const blank = "＿＿＿＿＿＿＿＿"

// or is the text, or a line for the pen.
func or(text string) string {
	if strings.TrimSpace(text) == "" {
		return blank
	}
	return text
}

// day is a date as documents write it, with room for the pen where there is none.
func day(d *calendar.Date) string {
	if d == nil || d.IsZero() {
		return "　　　　年　　月　　日"
	}
	return d.Chinese()
}

func dayOf(d calendar.Date) string { return day(&d) }

func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func (m Matter) committee() string { return or(m.Committee) }

func (m Matter) fileNo() string {
	if no := deref(m.Case.FileNo); no != "" {
		return no
	}
	return "（　　　　）　　人调字第　　号"
}

func (m Matter) label(dictionary, code string) string {
	if code == "" {
		return ""
	}
	return m.Label(dictionary, code)
}

// names are people's, in the order of the numbers.
func (m Matter) names(ids ...domain.PersonID) string {
	var out []string
	for _, id := range ids {
		if n := m.Names[id]; n != "" {
			out = append(out, n)
		}
	}
	return strings.Join(out, "、")
}

// side are the names of the parties of one role.
func (m Matter) side(role domain.PartyRole) []string {
	var out []string
	for _, p := range m.Case.Parties {
		if p.Role == role {
			out = append(out, or(p.Name.Reveal()))
		}
	}
	return out
}

// caption is how a file is called: 赵小川与钱大江邻里纠纷.
func (m Matter) caption() string {
	few := func(names []string) string {
		if len(names) > 2 {
			return names[0] + "等" + fmt.Sprint(len(names)) + "人"
		}
		return strings.Join(names, "、")
	}
	a, b := few(m.side(domain.Applicant)), few(m.side(domain.Respondent))
	switch {
	case a == "" && b == "":
		return blank + "与" + blank + or(m.TypeName)
	case a == "" || b == "":
		return a + b + m.TypeName
	}
	return a + "与" + b + m.TypeName
}

// nth is the row with a number. Rows are numbered from 1 and never removed; a blank form has none.
func nth[T any](rows []T, no int) *T {
	if no < 1 || no > len(rows) {
		return nil
	}
	return &rows[no-1]
}

// numbers are those of the rows that a form is for.
func numbers[T any](rows []T, is func(T) bool) []int {
	var out []int
	for i, r := range rows {
		if is(r) {
			out = append(out, i+1)
		}
	}
	return out
}

// every row has its form.
func every[T any](T) bool { return true }

func (m Matter) partyName(no int) string {
	if p := nth(m.Case.Parties, no); p != nil {
		return or(p.Name.Reveal())
	}
	return blank
}

// money is an amount in figures and, as agreements want it, in capital characters.
func money(d *decimal.Decimal) string {
	if d == nil {
		return ""
	}
	return domain.InWords(*d)
}
