package demo

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"baimi/domain"
	"baimi/domain/calendar"
)

// texts is a dispute in words, with its parties.
type texts struct {
	place, facts, wish, terms string
	one, other                domain.NewParty
	acting                    []domain.NewRepresentative
	yuan                      int
	twice                     bool // paid in two parts
	people                    int
	risks                     []string
	level                     domain.Confidentiality
}

// onTheSpot is about what is paid on the spot at most, in yuan.
const onTheSpot = 3000

// tell draws the words of the plan's story.
func (p *plan) tell() texts {
	s := p.story
	t := texts{place: p.at.place, level: domain.Ordinary}
	var kin relation
	t.one, t.other, kin = p.parties()
	if s.child {
		t.acting = append(t.acting, p.child(&t.one))
	} else if chance(p.rnd, 30) && p.fate.course != courseInstant {
		t.acting = append(t.acting, p.agent())
	}
	if s.company != "" {
		var head domain.NewRepresentative
		t.other, head = p.company(expand(p.rnd, s.company))
		t.acting = append(t.acting, head)
	}
	if s.high > 0 {
		high := s.high
		if p.fate.course == courseInstant {
			high = min(high, max(onTheSpot, s.low*2))
		}
		t.yuan = p.sum(s.low, high)
	}
	t.twice = t.yuan >= 8000 && p.fate.course != courseInstant && !strings.Contains(s.terms, "分期") && !strings.Contains(s.terms, "分次") && chance(p.rnd, 500) // of a loan the first part is agreed
	thing := pick(p.rnd, strings.Split(s.things, "|"))
	fill := strings.NewReplacer("{甲}", t.one.Name, "{乙}", t.other.Name, "{物}", thing, "{元}", strconv.Itoa(t.yuan), "{亲}", kin.word, "{岁}", kin.age)
	say := func(text string) string { return fill.Replace(expand(p.rnd, text)) }
	facts := s.facts
	if first, rest, found := strings.Cut(facts, "{乙}"); found && s.company != "" { // a long name is said once
		facts = first + "{乙}" + strings.ReplaceAll(rest, "{乙}", "对方")
	}
	t.facts, t.wish = say(s.opening()+facts+closing), say(s.wish)
	if t.twice {
		t.terms = say(meeting + s.terms + "分两期付清。")
	} else {
		t.terms = say(meeting + s.terms + parting)
	}
	if s.many && chance(p.rnd, 120) {
		t.people = 5 + p.rnd.IntN(40)
		t.facts += fmt.Sprintf("涉及%d人。", t.people)
	}
	if chance(p.rnd, 18) {
		t.risks = []string{pick(p.rnd, []string{"threat", "violence", "minor", "crowd", "suicide"})}
		if s.many && t.people > 0 {
			t.risks = []string{"crowd"}
		}
	}
	if p.fate.danger {
		t.risks = []string{"threat"}
	}
	if s.child || s.private && chance(p.rnd, 160) {
		t.level = domain.Private
	}
	return t
}

func (p *plan) party(role domain.PartyRole, x person) domain.NewParty {
	sex := x.sex
	n := domain.NewParty{Role: role, Kind: domain.Natural, Name: x.name, IDNumber: x.number, Phone: x.phone, Sex: &sex, Address: p.at.place}
	if p.village.urban {
		n.Address += fmt.Sprintf("%d单元%d号", 1+p.rnd.IntN(3), 101+100*p.rnd.IntN(6)+p.rnd.IntN(3))
	} else {
		n.Address += fmt.Sprintf("%d号", 1+p.rnd.IntN(120))
	}
	if chance(p.rnd, 350) {
		p.more(&n)
	}
	if role == domain.Respondent && chance(p.rnd, 60) {
		n.Phone = "" // not everybody's is known
	}
	return n
}

// sum draws a sum, small ones far more often than large ones, as round as people make them.
func (p *plan) sum(low, high int) int {
	x := float64(low) * math.Exp(p.rnd.Float64()*math.Log(float64(high)/float64(low)))
	switch {
	case x < 300:
		return int(x/10)*10 + 10
	case x < 5000:
		return int(x/50)*50 + 50
	case x < 20000:
		return int(x/200)*200 + 200
	}
	return int(x/1000)*1000 + 1000
}

// amount is a sum in yuan, nil for none.
func amount(yuan int) *decimal.Decimal {
	if yuan == 0 {
		return nil
	}
	sum := decimal.NewFromInt(int64(yuan))
	return &sum
}

// registration is what intake types.
func (p *plan) registration() domain.Registration {
	t := p.texts
	r := domain.Registration{
		Committee: p.w.orgs[p.at.committee], AreaPath: p.at.area, Source: p.fate.source, Type: p.story.kind, Confidentiality: t.level,
		Place: t.place, Facts: t.facts, Wish: t.wish, Amount: amount(t.yuan), PeopleCount: t.people, Risks: t.risks,
		RequestedOn: p.today(), RequestedHow: p.how(), Parties: []domain.NewParty{t.one, t.other}, Representatives: p.represented(p.today()),
	}
	if p.at.keeper != nil {
		r.Point = &p.at.keeper.Org
	}
	if p.fate.late {
		why := pick(p.rnd, []string{"paper_case", "paper_case", "line_down", "away"})
		r.LateReason = &why
	}
	if p.fate.referrer != "" {
		from := p.fate.referrer
		r.Referrer = &from
	}
	if p.fate.referrer == domain.ReferrerCourt && chance(p.rnd, 850) {
		on, no := p.today(), fmt.Sprintf("（%d）川0180诉前调%d号", p.today().Year(), 1000+p.rnd.IntN(8000))
		r.CourtReferral = domain.CourtReferral{Kind: calendar.Delegated, PapersOn: &on, CaseNo: &no, Online: chance(p.rnd, 300)}
	}
	return r
}

// how is the way a request comes in.
func (p *plan) how() domain.RequestedHow {
	switch p.fate.source {
	case domain.SourceInitiative:
		return domain.RequestedFinding
	case domain.SourceReferred:
		return domain.RequestedReferral
	}
	return pick(p.rnd, []domain.RequestedHow{
		domain.RequestedVisit, domain.RequestedVisit, domain.RequestedVisit, domain.RequestedPhone, domain.RequestedPhone, domain.RequestedPaper, domain.RequestedOnline,
	})
}

// obligations is the duty of the story, in two parts where the terms say so.
func (p *plan) obligations(due calendar.Date) []domain.NewObligation {
	s := p.story
	if s.duty == "" {
		return nil
	}
	o := domain.NewObligation{Debtor: 2, Creditor: 1, What: s.duty, Manner: "act", DueOn: due}
	if s.debtor == 1 {
		o.Debtor, o.Creditor = 1, 2
	}
	if p.texts.yuan == 0 {
		return []domain.NewObligation{o}
	}
	o.Manner = "transfer"
	if p.texts.yuan < 2000 {
		o.Manner = "cash"
	}
	if !p.texts.twice {
		o.Amount = amount(p.texts.yuan)
		return []domain.NewObligation{o}
	}
	rest := o
	o.Amount, rest.Amount = amount(p.texts.yuan/2), amount(p.texts.yuan-p.texts.yuan/2)
	o.What, rest.What = "第一期："+s.duty, "第二期："+s.duty
	rest.DueOn = due.AddDays(30)
	return []domain.NewObligation{o, rest}
}
