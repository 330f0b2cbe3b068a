package forms

import (
	"fmt"
	"slices"
	"strings"

	"baimi/domain"
	"baimi/domain/calendar"
)

// partyGrid is what the forms of 2010 say of each party, and of who acts for it: on the day of the document.
func (m Matter) partyGrid(on calendar.Date) Grid {
	var g Grid
	for _, p := range m.Case.Parties {
		g.Rows = append(g.Rows, m.partyRows(p, on)...)
	}
	if len(m.Case.Parties) == 0 {
		for _, role := range []domain.PartyRole{domain.Applicant, domain.Respondent} {
			g.Rows = append(g.Rows, m.partyRows(domain.Party{Role: role, Kind: domain.Natural}, on)...)
		}
	}
	return g
}

func (m Matter) partyRows(p domain.Party, on calendar.Date) []GridRow {
	var rows []GridRow
	role := m.label("partyRole", string(p.Role))
	if p.Kind == domain.Natural {
		age := ""
		if n, ok := p.AgeOn(on); ok {
			age = fmt.Sprint(n)
		}
		rows = append(rows,
			GridRow{Cells: []Cell{
				label(role, 2), label("姓名", 1), value(p.Name.Reveal(), 3), label("性别", 1), value(sex(p.Sex), 1),
				label("民族", 1), value(domain.EthnicityName(p.Ethnicity.Reveal()), 1), label("年龄", 1), value(age, 1),
			}},
			GridRow{Cells: []Cell{label("职业或职务", 2), value(p.Occupation.Reveal(), 4), label("联系方式", 2), value(p.Phone.Reveal(), 4)}},
			GridRow{Cells: []Cell{label("单位或住址", 2), value(strings.Join(given(p.Workplace.Reveal(), p.Address.Reveal()), "；"), 10)}})
	} else {
		head := m.acting(p, on, domain.RepresentativeHead)
		rows = append(rows,
			GridRow{Cells: []Cell{label(role, 2), label("名称", 1), value(p.Name.Reveal(), 9)}},
			GridRow{Cells: []Cell{label("统一社会信用代码", 3), value(p.IDNumber.Reveal(), 5), label("联系方式", 2), value(p.Phone.Reveal(), 2)}},
			GridRow{Cells: []Cell{
				label("法定代表人或负责人", 3), value(head.Name.Reveal(), 5), label("职务", 2), value(m.label("relation", deref(head.Relation)), 2),
			}},
			GridRow{Cells: []Cell{label("地址", 2), value(p.Address.Reveal(), 10)}})
	}
	for _, r := range m.Case.Representatives {
		if r.Kind != domain.RepresentativeHead && r.PartyNo != nil && *r.PartyNo == p.No && standing(r, on) {
			rows = append(rows, GridRow{Cells: []Cell{
				label(m.label("representativeKind", string(r.Kind)), 3), value(r.Name.Reveal(), 4),
				label("与当事人关系", 2), value(m.label("relation", deref(r.Relation)), 3),
			}})
		}
	}
	return rows
}

// jointly is the matter with all parties as applicants, as they are before the court.
func (m Matter) jointly() Matter {
	c := *m.Case
	c.Parties = slices.Clone(c.Parties)
	for i := range c.Parties {
		c.Parties[i].Role = domain.Applicant
	}
	m.Case = &c
	return m
}

// acting is who of a kind stands for a party on a day; the zero value when nobody does.
func (m Matter) acting(p domain.Party, on calendar.Date, kind domain.RepresentativeKind) domain.Representative {
	for _, r := range m.Case.Representatives {
		if r.Kind == kind && r.PartyNo != nil && *r.PartyNo == p.No && standing(r, on) {
			return r
		}
	}
	return domain.Representative{}
}

func standing(r domain.Representative, on calendar.Date) bool {
	return on.IsZero() || !on.Before(r.FromOn) && (r.UntilOn == nil || !on.After(*r.UntilOn))
}

// given are the texts that say something.
func given(texts ...string) (out []string) {
	for _, s := range texts {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// sex as GB/T 2261.1 codes it.
func sex(code *int) string {
	switch deref(code) {
	case 1:
		return "男"
	case 2:
		return "女"
	}
	return ""
}
