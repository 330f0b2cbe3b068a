package domain

import (
	"github.com/google/uuid"

	"baimi/domain/calendar"
)

// Finding is what is known of a dispute that was found and that nobody has brought yet (排查发现).
type Finding struct {
	Point           *OrgID
	Committee       OrgID
	AreaPath        string
	Type            string
	Confidentiality Confidentiality
	Place           string
	Facts           string
	PeopleCount     int // 0 when unknown counts two
	Risks           []string
	On              calendar.Date
	LateReason      *string // why it is entered later than it was found (补录)
}

// Tier is the rung of the ladder on which a matter ended (ruling P12).
type Tier string

// The tiers, from the staircase to the town.
const (
	TierBuilding  Tier = "building"  // 楼栋
	TierCourtyard Tier = "courtyard" // 小区、院落
	TierGrid      Tier = "grid"      // 网格
	TierVillage   Tier = "village"   // 村、社区
	TierTown      Tier = "town"      // 镇、街道
)

// CommitteeTypes are the types of the committees whose cases stand on a tier; none of those below the committees (ruling P12).
// Committees of enterprises and sectors stand beside the ladder.
func (t Tier) CommitteeTypes() []string {
	switch t {
	case TierVillage:
		return []string{"village", "neighbourhood"}
	case TierTown:
		return []string{"township", "subdistrict"}
	case TierBuilding, TierCourtyard, TierGrid:
	}
	return nil
}

// settledItself is the dismissal of a clue that was settled without a committee.
const settledItself = "settled_itself"

// ReportClue makes a case of something found (线索). Its demand number stays with the matter if it becomes a case. It is in
// no rate; what it counts as are the columns of finding and prevention (排查、预防).
func ReportClue(a Act, in Finding) (*Case, error) {
	c := &Case{
		County: a.Actor.County, Status: StatusClue, Leg: 1, Round: 1, Point: in.Point, Committee: in.Committee,
		AreaPath: in.AreaPath, Mediators: IDs[PersonID]{}, Orgs: IDs[OrgID]{in.Committee}, Remedies: Codes{},
		Source: SourceInitiative, Type: in.Type, Confidentiality: in.Confidentiality, Risks: setOf(in.Risks), PeopleCount: max(in.PeopleCount, 1),
		RequestedOn: in.On, RequestedHow: RequestedFinding, RegisteredAt: a.At, RegisteredBy: a.Actor.Person, FoundOn: &in.On,
	}
	if in.Point != nil {
		c.Orgs = append(c.Orgs, *in.Point)
	}
	if a.Actor.ReadOnly || !c.has(a.Actor, MoveOf(ActionReportClue).By...) {
		return nil, Errorf(CodeForbidden, "您的身份（%s）不能在此上报线索", a.Actor.Role.Name())
	}
	var p problems
	checkDay(&p, "/on", "发现日期", in.On, a.Today(), nil, "")
	c.enter(&p, in.LateReason, in.On, a.Today())
	p.require(!blank(in.Place), "/place", "请填写地点")
	p.require(!blank(in.Facts), "/facts", "请填写发现的情况")
	if err := p.err(); err != nil {
		return nil, err
	}
	if err := c.identify(a); err != nil {
		return nil, err
	}
	c.setReaders(a)
	var errs [2]error
	c.Place, errs[0] = NewSecret[placeKind](a.Random, in.Place)
	c.Facts, errs[1] = NewSecret[factsKind](a.Random, in.Facts)
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return c, c.record(a, string(ActionReportClue), nil, in.On, []byte("{}"))
}

// identify draws the numbers of a new case.
func (c *Case) identify(a Act) error {
	id, err := uuid.NewRandomFromReader(a.Random)
	if err != nil {
		return err
	}
	c.ID = id
	c.DemandNo, err = NewDemandNo(int16(c.County), a.Random)
	return err
}

// Dismiss ends a clue that leads to no case: nothing in it, settled already, entered by mistake. One that was settled says
// on which tier (ruling P12).
func (c *Case) Dismiss(a Act, on calendar.Date, tier *Tier) error {
	return c.move(a, ActionDismiss, on, func() error {
		var p problems
		checkDay(&p, "/on", "销号日期", on, a.Today(), c.FoundOn, "发现日期")
		p.require(a.Reason != "", "/reason", "请选择查实结论")
		p.require((a.Reason == settledItself) == (tier != nil), "/tier", "自行化解的须填写化解层级，其他结论不填")
		if err := p.err(); err != nil {
			return err
		}
		c.Dismissal, c.DismissedOn, c.Tier = &a.Reason, &on, tier
		return nil
	})
}
