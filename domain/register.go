package domain

import (
	"slices"
	"strconv"

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
	CourtReferral   CourtReferral
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
	LateReason      *string // why it is entered later than it was brought (补录)
	Parties         []NewParty
	Representatives []NewRepresentative
	Previous        *Case         // the ended case that this one takes up again
	instant         bool          // 即时化解
	from            *Case         // the case whose transfer brought it here
	decideFrom      calendar.Date // when the clock of the decision starts; zero for the day of the request
}

// Registered is a new case with what is told to its parties once: a tracking secret each, in their order.
type Registered struct {
	Case    *Case
	Secrets []TrackingSecret
}

// Register makes a case of what intake knows. The day of the request interrupts the limitation of actions
// (法释 诉讼时效规定 12), so it stands beside the server's own time and neither overwrites the other.
func Register(a Act, in Registration) (Registered, error) {
	c := &Case{County: a.Actor.County, Status: StatusRegistered, Leg: 1, Round: 1}
	c.takeIn(in)
	if a.Actor.ReadOnly || !c.has(a.Actor, MoveOf(ActionRegister).By...) {
		return Registered{}, Errorf(CodeForbidden, "您的身份（%s）不能在此登记纠纷", a.Actor.Role.Name())
	}
	if err := c.identify(a); err != nil {
		return Registered{}, err
	}
	if in.from != nil {
		id := in.from.ID
		c.SentFrom, c.DemandNo, c.Leg, c.FoundOn = &id, in.from.DemandNo, in.from.Leg+1, in.from.FoundOn
	}
	secrets, err := c.fillRegistration(a, in)
	if err != nil {
		return Registered{}, err
	}
	if err := c.record(a, string(ActionRegister), nil, c.RegisteredOn(), []byte("{}")); err != nil {
		return Registered{}, err
	}
	return Registered{Case: c, Secrets: secrets}, nil
}

// RegisterClue makes a registered case of a clue: somebody asks for it to be mediated, or agrees to be asked. It keeps its
// demand number and the committee that follows it.
func (c *Case) RegisterClue(a Act, in Registration) ([]TrackingSecret, error) {
	var secrets []TrackingSecret
	in.Committee, in.Point = c.Committee, c.Point
	err := c.move(a, ActionRegister, in.RequestedOn, func() (err error) {
		var p problems
		checkDay(&p, "/requestedOn", "申请日期", in.RequestedOn, a.Today(), c.FoundOn, "发现日期")
		p.require(in.Source == SourceInitiative, "/source", "由线索登记的案件，来源为“主动调解”")
		lowers := c.Confidentiality.Above(in.Confidentiality) && !c.has(a.Actor, AsDirector, AsJudicialOffice)
		p.require(!lowers, "/confidentiality", "降低保密级别须由调委会主任或司法所办理")
		if err := p.err(); err != nil {
			return err
		}
		c.takeIn(in)
		secrets, err = c.fillRegistration(a, in)
		return err
	})
	return secrets, err
}

// takeIn says whose the case is.
func (c *Case) takeIn(in Registration) {
	c.Orgs = IDs[OrgID]{in.Committee}
	if in.Point != nil {
		c.Orgs = append(c.Orgs, *in.Point)
	}
	c.Point, c.Committee, c.AreaPath, c.Mediators = in.Point, in.Committee, in.AreaPath, IDs[PersonID]{}
}

// RegisteredOn is the day of the event of the registration: that of the request, or of the receipt from another committee.
func (c *Case) RegisteredOn() calendar.Date {
	for _, d := range c.Deadlines {
		if d.Rule == ruleDecide.Code {
			return d.StartsOn
		}
	}
	return c.RequestedOn
}

// fillRegistration takes over what intake knows, and starts the clock of the decision.
func (c *Case) fillRegistration(a Act, in Registration) ([]TrackingSecret, error) {
	var p problems
	secrets, err := c.fillFields(a, &p, in)
	if err != nil {
		return nil, err
	}
	c.enter(&p, in.LateReason, in.RequestedOn, a.Today()) // not of a past file, which comes from its ledger
	if err := p.err(); err != nil {
		return nil, err
	}
	from := in.RequestedOn
	if !in.decideFrom.IsZero() {
		from = in.decideFrom
	}
	return secrets, c.startClock(a, ruleDecide, from, nil)
}

func (c *Case) fillFields(a Act, p *problems, in Registration) ([]TrackingSecret, error) {
	c.CourtReferral = in.CourtReferral
	in.CourtReferral.check(p, in, a.Today())
	if in.Previous != nil {
		p.require(in.Previous.ends(), "/previousId", "原案件尚未终结，不能作为新案件再次登记")
		c.Previous = &in.Previous.ID
	}
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
		if in.from != nil {
			was := in.from.Parties[i]
			party.TrackingHash, secret = was.TrackingHash, "" // the party keeps the secret it was given
			party.Consent, party.ConsentOn = was.Consent, was.ConsentOn
		}
		c.Parties, secrets = append(c.Parties, party), append(secrets, secret)
	}
	for i, x := range in.Representatives {
		if err := c.represent(a, p, "/representatives/"+strconv.Itoa(i), x); err != nil {
			return nil, err
		}
	}
	return secrets, nil
}

// ends tells whether the case has ended without an agreement, so that the matter can come back as a new one.
func (c *Case) ends() bool {
	return c.Outcome != nil && *c.Outcome != OutcomeAgreed && *c.Outcome != OutcomeTransferred
}

// setOf sorts code words and leaves each once.
func setOf(words []string) Codes {
	set := append(Codes{}, words...)
	slices.Sort(set)
	return slices.Compact(set)
}
