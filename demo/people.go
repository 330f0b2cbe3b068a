package demo

import (
	"fmt"

	"baimi/domain"
	"baimi/domain/calendar"
)

// company is the other side of a story that is an organisation, with its head.
func (p *plan) company(name string) (domain.NewParty, domain.NewRepresentative) {
	party := domain.NewParty{
		Role: domain.Respondent, Kind: domain.Legal, Name: name, IDNumber: creditCode(p.rnd.IntN(10_000_000)), Phone: phone(p.rnd),
		Address: "简阳市" + towns[p.village.town].name,
	}
	return party, domain.NewRepresentative{PartyNo: 2, Kind: domain.RepresentativeHead, Name: newPerson(p.rnd, 1965, 1995).name, Relation: "legal_representative"}
}

// creditCode makes up a company's code with a right check character, of a region that does not exist.
func creditCode(serial int) string {
	body := fmt.Sprintf("91990000MA%07d", serial)
	for _, check := range "0123456789ABCDEFGHJKLMNPQRTUWXY" {
		if code, err := domain.ParseCreditCode(body + string(check)); err == nil {
			return code
		}
	}
	panic("one of 31 check characters is right")
}

// child makes the party a child of school age, with a guardian at its side, who signs for it.
func (p *plan) child(n *domain.NewParty) domain.NewRepresentative {
	year := p.today().Year()
	x := newPerson(p.rnd, year-14, year-7)
	n.Name, n.IDNumber, n.Sex, n.Phone, n.Occupation = x.name, x.number, &x.sex, "", "学生"
	parent := newPerson(p.rnd, year-48, year-32)
	relation := "mother"
	if parent.sex == 1 {
		relation = "father"
		parent.name = surname(x.name) + given(parent.name)
	}
	return domain.NewRepresentative{PartyNo: 1, Kind: domain.RepresentativeGuardian, Name: parent.name, IDNumber: parent.number, Phone: parent.phone, Relation: relation}
}

// agent is somebody of the applicant's own, sent with a power of attorney.
func (p *plan) agent() domain.NewRepresentative {
	x := newPerson(p.rnd, 1970, 2000)
	return domain.NewRepresentative{
		PartyNo: 1, Kind: domain.RepresentativeAgent, Name: x.name, IDNumber: x.number, Phone: x.phone, Relation: "relative",
		Powers: []string{"apply_or_end", "collect_evidence", "receive_papers"},
	}
}

// represented are those who act for the parties, from the day of the request on.
func (p *plan) represented(from calendar.Date) []domain.NewRepresentative {
	var list []domain.NewRepresentative
	for _, r := range p.texts.acting {
		r.From = from
		list = append(list, r)
	}
	return list
}
