package domain

import (
	"slices"
	"strconv"

	"github.com/google/uuid"
	"github.com/shopspring/decimal"

	"baimi/domain/calendar"
)

// Registration is what intake types once (domain.md 6.4), with the organisations already resolved.
type Registration struct {
	Point           *OrgID // the point it came in at; nil when the committee took it itself
	Committee       OrgID
	AreaPath        string // where the dispute is; at or below the committee's area by default
	Source          Source
	Referrer        *Referrer
	Type            string
	Confidentiality Confidentiality
	Place           string
	Facts           string
	Wish            string
	Amount          *decimal.Decimal
	PeopleCount     int // 0 counts the parties
	Risks           []string
	RequestedOn     calendar.Date
	RequestedHow    RequestedHow
	Parties         []NewParty
	instant         bool // 即时化解
}

// Registered is a new case with what is told to its parties once: a tracking secret each, in their order.
type Registered struct {
	Case    *Case
	Secrets []TrackingSecret
}

// Register makes a case of what intake knows. The day of the request interrupts the limitation of actions
// (法释 诉讼时效规定 12), so it stands beside the server's own time and neither overwrites the other.
func Register(a Act, in Registration) (Registered, error) {
	c := &Case{County: a.Actor.County, Status: StatusRegistered, Origin: originOf(a, in.RequestedOn)}
	c.Orgs = IDs[OrgID]{in.Committee}
	if in.Point != nil {
		c.Orgs = append(c.Orgs, *in.Point)
	}
	c.Point, c.Committee, c.AreaPath, c.Mediators = in.Point, in.Committee, in.AreaPath, IDs[PersonID]{}
	m := MoveOf(ActionRegister)
	if a.Actor.ReadOnly || !c.has(a.Actor, m.By...) {
		return Registered{}, Errorf(CodeForbidden, "您的身份（%s）不能在此登记纠纷", a.Actor.Role.Name())
	}
	id, err := uuid.NewRandomFromReader(a.Random)
	if err != nil {
		return Registered{}, err
	}
	c.ID = id
	if c.DemandNo, err = NewDemandNo(int16(c.County), a.Random); err != nil {
		return Registered{}, err
	}
	var p problems
	secrets, err := c.fillRegistration(a, &p, in)
	if err != nil {
		return Registered{}, err
	}
	if err := p.err(); err != nil {
		return Registered{}, err
	}
	if err := c.startClock(a, ruleDecide, c.RequestedOn, nil); err != nil {
		return Registered{}, err
	}
	if err := c.record(a, string(ActionRegister), nil, c.RequestedOn, []byte("{}")); err != nil {
		return Registered{}, err
	}
	return Registered{Case: c, Secrets: secrets}, nil
}

// lateAfter is how many days after the request an entry counts as made up for later (ruling P6); a product default.
const lateAfter = 15

// originOf marks a case that is entered long after its request, so that it can be counted apart: what is typed late can be
// made to look timely.
func originOf(a Act, requestedOn calendar.Date) Origin {
	if !requestedOn.IsZero() && requestedOn.AddDays(lateAfter).Before(a.Today()) {
		return OriginLateEntry
	}
	return OriginLive
}

func (c *Case) fillRegistration(a Act, p *problems, in Registration) ([]TrackingSecret, error) {
	c.Source, c.Referrer, c.Type = in.Source, in.Referrer, in.Type
	c.Confidentiality, c.Amount, c.PeopleCount = in.Confidentiality, in.Amount, in.PeopleCount
	c.Risks, c.Remedies = setOf(in.Risks), Codes{}
	c.RequestedOn, c.RequestedHow = in.RequestedOn, in.RequestedHow
	c.RegisteredAt, c.RegisteredBy, c.Instant = a.At, a.Actor.Person, in.instant
	c.setReaders(a)

	checkDay(p, "/requestedOn", "申请日期", in.RequestedOn, a.Today(), nil, "")
	p.require((in.Source == SourceReferred) == (in.Referrer != nil), "/referrer", "来源为“委托移送”时须说明移送单位，其他来源不填")
	p.require(!blank(in.Facts), "/facts", "请填写纠纷简要情况")
	p.require(!blank(in.Place), "/place", "请填写纠纷发生地点")
	p.sum("/amount", in.Amount)
	roles := map[PartyRole]int{}
	for _, x := range in.Parties {
		roles[x.Role]++
	}
	p.require(roles[Applicant] > 0, "/parties", "至少要有一名申请人（主动调解时填一方当事人）")
	p.require(roles[Respondent] > 0, "/parties", "至少要有一名被申请人")
	if c.PeopleCount == 0 {
		c.PeopleCount = len(in.Parties)
	}
	p.require(c.PeopleCount >= len(in.Parties), "/peopleCount", "涉及人数不能少于当事人人数")

	var errs [3]error
	c.Place, errs[0] = NewSecret[placeKind](a.Random, in.Place)
	c.Facts, errs[1] = NewSecret[factsKind](a.Random, in.Facts)
	c.Wish, errs[2] = NewSecret[wishKind](a.Random, in.Wish)
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	secrets := make([]TrackingSecret, 0, len(in.Parties))
	for i, x := range in.Parties {
		party, secret, err := c.party(a, p, "/parties/"+strconv.Itoa(i), i+1, x)
		if err != nil {
			return nil, err
		}
		c.Parties, secrets = append(c.Parties, party), append(secrets, secret)
	}
	return secrets, nil
}

// setOf sorts code words and leaves each once.
func setOf(words []string) Codes {
	set := append(Codes{}, words...)
	slices.Sort(set)
	return slices.Compact(set)
}
