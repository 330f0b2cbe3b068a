package domain

import (
	"fmt"
	"io"
	"time"

	"baimi/domain/calendar"
)

// Actor is who acts: a person in one role, signed in or by a token; or the system itself. It is handed down as an
// argument, never carried in a context.
type Actor struct {
	Account    AccountID
	Person     PersonID
	PersonName string
	Assignment AssignmentID
	Role       Role
	Org        OrgID
	OrgName    string
	Committee  OrgID    // the committee the organisation is or belongs to; 0 for none
	OrgArea    string   // path of the organisation's area
	Former     []string // paths of the areas merged into it
	Gone       []string // paths of the areas that went from it to others
	County     County
	Via        Via
	ReadOnly   bool   // a token without the right to write
	Request    string // the number of the request that is at work, for the access log
}

// Via is how an actor came in.
type Via string

// The ways in.
const (
	ViaSession Via = "session"
	ViaToken   Via = "token"
	ViaSystem  Via = "system"
)

// SystemActor acts for a county's jobs.
func SystemActor(county County) Actor {
	return Actor{County: county, Role: RoleSystem, Via: ViaSystem, PersonName: "系统"}
}

// Scope is what the actor may see.
func (a Actor) Scope() Scope {
	s := Scope{County: a.County, Former: a.Former, Gone: a.Gone, Person: a.Person, Subject: fmt.Sprintf("account:%d.%d", a.Account, a.Assignment)}
	if a.Role.oversees() {
		s.Area = a.OrgArea
	}
	if a.Role.takesPart() {
		s.Orgs = []OrgID{a.Org}
	}
	if a.Role == RoleCommitteeDirector {
		s.Directs = a.Org
	}
	s.Audit = a.Role == RoleAuditAdmin
	if a.Role.oversees() {
		s.Audience = a.Audience()
	}
	if a.Role.seesFigures() {
		s.StatArea = a.OrgArea
	}
	s.Imports = a.Role.imports()
	return s
}

// oversees tells whether a place lies in the area of the actor's organisation, or in one that was merged into it.
func (a Actor) oversees(path string) bool {
	return districts(a.OrgArea, a.Former, a.Gone).Hold(path)
}

// Act is one act of an actor on a case: who, when it is recorded, and the outside facts its rules need, as values.
type Act struct {
	Actor      Actor
	At         time.Time // the server's clock, to the microsecond
	Calendar   *calendar.Calendar
	Confidants Readers      // who may open the case at its level of confidentiality
	Engaged    []Engagement // what the rooms and mediators of a planned session are booked for besides
	Reason     string       // a code word that the event keeps, where the move asks for one
	Random     io.Reader    // for the numbers and salts of personal values
}

// Today is the day of the act in Shanghai.
func (a Act) Today() calendar.Date { return calendar.DateOf(a.At) }
