package domain

import (
	"slices"
	"strings"

	"baimi/domain/calendar"
)

// Matter is what of two disputes is compared to tell whether they are the same one, registered twice.
type Matter struct {
	AreaPath    string
	RequestedOn calendar.Date
	Place       string
	Facts       string
	Names       []string // in stored form, as are the numbers
	IDNumbers   []string
	Phones      []string
}

// SimilarReason says why two disputes may be the same.
type SimilarReason string

// The reasons.
const (
	SameIDNumber SimilarReason = "same_id_number"
	SamePhone    SimilarReason = "same_phone"
	SameName     SimilarReason = "same_name"
	SameArea     SimilarReason = "same_area"
	SimilarPlace SimilarReason = "similar_place"
	SimilarFacts SimilarReason = "similar_facts"
	NearInTime   SimilarReason = "near_in_time"
)

// SimilarReasons lists them with their labels, the weightiest first.
var SimilarReasons = []struct {
	Reason SimilarReason
	Label  string
	weight int
}{
	{SameIDNumber, "当事人证件号码相同", 8},
	{SamePhone, "当事人联系电话相同", 6},
	{SameName, "当事人姓名或者名称相同", 4},
	{SimilarFacts, "纠纷情况相似", 4},
	{SimilarPlace, "发生地点相似", 2},
	{SameArea, "发生在同一村（社区）", 1},
	{NearInTime, "申请日期相近（90天内）", 0},
}

// SimilarWithin is how many days apart two requests about one matter may lie; a product default. What comes later is a
// dispute that came back, not one registered twice.
const SimilarWithin = 90

// How alike texts must be to be named, and to speak for themselves.
const (
	alikePlace = 0.5
	alikeFacts = 0.3
	alikeAlone = 0.6
)

// villagePath is the length of a village's area path; people tell where a quarrel was no finer than that.
const villagePath = 12

// SameMatter says why another dispute may be the same matter, the weightiest reason first; nil when it hardly is. One number
// of a person is enough; a name, which many share, needs a second sign; a text alone must be nearly the same, and of the
// same village. None counts when the requests are more than SimilarWithin days apart.
func (m Matter) SameMatter(o Matter) []SimilarReason {
	if m.RequestedOn.AddDays(SimilarWithin).Before(o.RequestedOn) || o.RequestedOn.AddDays(SimilarWithin).Before(m.RequestedOn) {
		return nil
	}
	names, facts := shared(m.Names, o.Names), Likeness(m.Facts, o.Facts)
	area := m.AreaPath != "" && m.Village() == o.Village()
	place := samePlace(m.Place, o.Place)
	holds := map[SimilarReason]bool{
		SameIDNumber: shared(m.IDNumbers, o.IDNumbers) > 0,
		SamePhone:    shared(m.Phones, o.Phones) > 0,
		SameName:     names > 0,
		SameArea:     area,
		SimilarPlace: place,
		SimilarFacts: facts >= alikeFacts,
		NearInTime:   true,
	}
	if !holds[SameIDNumber] && !holds[SamePhone] &&
		(!holds[SameName] || names < 2 && !area && !place && !holds[SimilarFacts]) &&
		(!area || facts < alikeAlone) {
		return nil
	}
	var reasons []SimilarReason
	for _, r := range SimilarReasons {
		if holds[r.Reason] {
			reasons = append(reasons, r.Reason)
		}
	}
	return reasons
}

// Village is the area whose cases are compared.
func (m Matter) Village() string { return m.AreaPath[:min(len(m.AreaPath), villagePath)] }

// samePlace also takes short places, of which one names the other: 东门 and 东门三组.
func samePlace(a, b string) bool {
	a, b = plainText(a), plainText(b)
	if len([]rune(a)) < 2 || len([]rune(b)) < 2 {
		return false
	}
	return strings.Contains(a, b) || strings.Contains(b, a) || Likeness(a, b) >= alikePlace
}

func shared(a, b []string) (n int) {
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	return n
}

// Weight is how much the reasons say together; proposals are sorted by it.
func Weight(reasons []SimilarReason) (sum int) {
	for _, r := range SimilarReasons {
		if slices.Contains(reasons, r.Reason) {
			sum += r.weight
		}
	}
	return sum
}

// Label is the reason in Chinese.
func (r SimilarReason) Label() string {
	for _, x := range SimilarReasons {
		if x.Reason == r {
			return x.Label
		}
	}
	return string(r)
}

// Similar is a dispute that may be the same matter as another.
type Similar struct {
	CaseSummary
	Reasons []SimilarReason
	Outside bool // of the asker's rights: no more than committee, demand number and reasons may go out
}

// AsOutside leaves of a proposal what may be told to somebody without a right to the case.
func (s Similar) AsOutside() Similar {
	return Similar{
		CaseSummary: CaseSummary{County: s.County, DemandNo: s.DemandNo, Committee: s.Committee},
		Reasons:     s.Reasons, Outside: true,
	}
}

// MatterOf is what of a case is compared. What was erased is left out.
func MatterOf(c *Case) Matter {
	m := Matter{AreaPath: c.AreaPath, RequestedOn: c.RequestedOn, Place: standing(&c.Place), Facts: standing(&c.Facts)}
	for i := range c.Parties {
		p := &c.Parties[i]
		m.add(standing(&p.Name), standing(&p.IDNumber), standing(&p.Phone))
	}
	return m
}

func (m *Matter) add(name, idNumber, phone string) {
	for _, x := range []struct {
		to *[]string
		v  string
	}{{&m.Names, name}, {&m.IDNumbers, idNumber}, {&m.Phones, phone}} {
		if x.v != "" && !slices.Contains(*x.to, x.v) {
			*x.to = append(*x.to, x.v)
		}
	}
}

// standing is a personal value's text, "" when it was erased.
func standing(p Personal) string {
	if p.IsErased() {
		return ""
	}
	return p.Plain()
}

// MatterTyped is what of a form still being typed is compared: what cannot be a name or number is left out, the form itself
// says so when it is sent.
func MatterTyped(r Registration) Matter {
	m := Matter{AreaPath: r.AreaPath, RequestedOn: r.RequestedOn, Place: r.Place, Facts: r.Facts}
	for _, x := range r.Parties {
		name, err := ParseCivilName(x.Name, x.Kind)
		if err != nil {
			name = ""
		}
		phone, err := ParsePhone(x.Phone)
		if err != nil {
			phone = ""
		}
		m.add(name, foldTyped(x.IDNumber), phone)
	}
	return m
}

// PartyQuery is what was typed to find a person or organisation by: exactly, in every form it may be stored in.
type PartyQuery struct{ Names, IDNumbers, Phones []string }

// ParsePartyQuery reads a name, an identity or credit number or a telephone number.
func ParsePartyQuery(s string) PartyQuery {
	var m Matter
	if phone, err := ParsePhone(s); err == nil {
		m.add("", "", phone)
	}
	for _, kind := range []PartyKind{Natural, Legal} {
		if name, err := ParseCivilName(s, kind); err == nil {
			m.add(name, "", "")
		}
	}
	m.add("", foldTyped(s), "")
	m.add("", strings.TrimSpace(s), "") // other papers are stored as they were typed
	return PartyQuery{Names: m.Names, IDNumbers: m.IDNumbers, Phones: m.Phones}
}
