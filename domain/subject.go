package domain

import (
	"strings"
	"time"

	"github.com/google/uuid"

	"baimi/domain/calendar"
)

// SubjectRequestKind is what somebody may ask for as the person the data are about (个人信息保护法 44 to 47).
type SubjectRequestKind string

// The kinds.
const (
	SubjectCopy    SubjectRequestKind = "copy"    // 查阅、复制
	SubjectCorrect SubjectRequestKind = "correct" // 更正、补充
	SubjectErase   SubjectRequestKind = "erase"   // 删除
	SubjectStop    SubjectRequestKind = "stop"    // 停止其他处理
)

// SubjectDecision is what was decided on it.
type SubjectDecision string

// The decisions.
const (
	SubjectGranted SubjectDecision = "granted"
	SubjectPartly  SubjectDecision = "partly"
	SubjectRefused SubjectDecision = "refused"
)

// subjectDays is how long an answer may take. No article names a number of days; this one is the product's.
const subjectDays = 30

// Subject is who asks, as the identity document says.
type Subject struct {
	Name     string `json:"name"`
	IDNumber string `json:"idNumber"`
}

// SubjectRequest is an entry of the register of requests.
type SubjectRequest struct {
	County       County    `gorm:"primaryKey"`
	ID           uuid.UUID `gorm:"primaryKey"`
	Kind         SubjectRequestKind
	RequestedOn  calendar.Date
	RequestedHow string
	AreaPath     string
	Org          OrgID
	TakenAt      time.Time
	TakenBy      PersonID
	DueOn        calendar.Date
	Decision     *SubjectDecision
	Ground       *string
	DecidedOn    *calendar.Date
	DecidedBy    *PersonID
	DoneOn       *calendar.Date

	Subject Subject `gorm:"-"` // storage seals it
}

// NewSubjectRequest is what is taken down of a request. Whoever takes it has seen the identity document.
type NewSubjectRequest struct {
	Kind            SubjectRequestKind
	On              calendar.Date
	How             string
	Subject         Subject
	IdentityChecked bool
}

// TakeSubjectRequest enters a request: at the committee, the judicial office or the bureau, where somebody is known.
func TakeSubjectRequest(a Act, id uuid.UUID, in NewSubjectRequest) (SubjectRequest, error) {
	if err := a.Actor.TakesSubjectRequests(); err != nil {
		return SubjectRequest{}, err
	}
	if err := a.Actor.mayWrite(); err != nil {
		return SubjectRequest{}, err
	}
	var p problems
	checkDay(&p, "/requestedOn", "申请日期", in.On, a.Today(), nil, "")
	p.require(in.IdentityChecked, "/identityChecked", "请先核对本人身份证件；代办的，核对委托书和双方证件")
	name, err := ParseCivilName(in.Subject.Name, Natural)
	if err != nil {
		p.add("/name", "name", "%s", reason(err))
	}
	number, err := ParseIDNumber(in.Subject.IDNumber, a.Today())
	if err != nil {
		p.add("/idNumber", "id_number", "%s", reason(err))
	}
	if err := p.err(); err != nil {
		return SubjectRequest{}, err
	}
	return SubjectRequest{
		County: a.Actor.County, ID: id, Kind: in.Kind, RequestedOn: in.On, RequestedHow: in.How, AreaPath: a.Actor.OrgArea, Org: a.Actor.Org,
		TakenAt: a.At, TakenBy: a.Actor.Person, DueOn: in.On.AddDays(subjectDays), Subject: Subject{Name: name, IDNumber: number.Number},
	}, nil
}

// TakesSubjectRequests tells who takes requests and makes copies.
func (a Actor) TakesSubjectRequests() error {
	switch a.Role {
	case RoleCommitteeDirector, RoleJudicialOfficer, RoleBureauOfficer:
		return nil
	}
	return Errorf(CodeForbidden, "个人信息权利请求由调委会主任、司法所或者司法局办理")
}

// Decide decides a request. A copy needs no other decision than that the identity is clear; the rest is the bureau's,
// because files that must be kept (档案) bound what may be erased.
func (r *SubjectRequest) Decide(a Act, decision SubjectDecision, ground *string) error {
	if r.Kind == SubjectCopy {
		if err := a.Actor.TakesSubjectRequests(); err != nil {
			return err
		}
	} else if a.Actor.Role != RoleBureauOfficer {
		return Errorf(CodeForbidden, "更正、删除、停止处理的请求由司法局决定")
	}
	if err := a.Actor.mayWrite(); err != nil {
		return err
	}
	if r.Decision != nil {
		return Errorf(CodeGuard, "该请求已经决定")
	}
	var p problems
	if (decision == SubjectGranted) != (ground == nil) {
		p.add("/ground", "required", "不同意或者部分同意的，须说明理由；同意的不填")
	}
	if err := p.err(); err != nil {
		return err
	}
	today, who := a.Today(), a.Actor.Person
	r.Decision, r.Ground, r.DecidedOn, r.DecidedBy = &decision, ground, &today, &who
	return nil
}

// Done closes a request that was granted: what was asked for was done.
func (r *SubjectRequest) Done(a Act) error {
	if r.Decision == nil || *r.Decision == SubjectRefused {
		return Errorf(CodeNotOpen, "该请求尚未决定，或者未予同意")
	}
	if r.DoneOn == nil {
		today := a.Today()
		r.DoneOn = &today
	}
	return nil
}

// SubjectCase is a case somebody is a party of, found by the number of his identity document.
type SubjectCase struct {
	County          County
	ID              uuid.UUID
	DemandNo        DemandNo
	Committee       OrgID
	Confidentiality Confidentiality
	PartyNo         int
}

// CaseID is the public name.
func (c SubjectCase) CaseID() CaseID { return CaseID{County: c.County, UUID: c.ID} }

// HideOthers masks, in a text of the case, what belongs to the other parties, for a copy that one of them gets.
func (c *Case) HideOthers(partyNo int) func(string) string {
	var pairs []string
	for _, p := range c.Parties {
		if p.No == partyNo {
			continue
		}
		for _, v := range []struct{ clear, masked string }{
			{p.IDNumber.Reveal(), p.IDNumber.Masked()}, {p.Phone.Reveal(), p.Phone.Masked()}, {p.Name.Reveal(), p.Name.Masked()},
		} {
			if v.clear != "" {
				pairs = append(pairs, v.clear, v.masked)
			}
		}
	}
	return strings.NewReplacer(pairs...).Replace
}
