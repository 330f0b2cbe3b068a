package domain

import (
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// County is the small number of our own under which a county-level city's rows live together. It never changes,
// unlike the official codes.
type County int16

// OrgID names a mediation organisation, PersonID somebody who works with Baimi, AccountID a sign-in.
type (
	OrgID        int32
	PersonID     int64
	AccountID    int64
	AssignmentID int64
)

// CaseID is the public name of a case: its county and a random UUID, written "1-0198c0de-…". The county in it lets
// every look-up go to one place.
type CaseID struct {
	County County
	UUID   uuid.UUID
}

// String writes the public form.
func (id CaseID) String() string { return strconv.Itoa(int(id.County)) + "-" + id.UUID.String() }

// ParseCaseID splits a public id. Anything that is not one is NotFound: a wrong id and a foreign one look alike.
func ParseCaseID(s string) (CaseID, error) {
	county, rest, ok := strings.Cut(s, "-")
	n, err := strconv.ParseInt(county, 10, 16)
	if !ok || err != nil || n < 1 || len(rest) != 36 {
		return CaseID{}, NotFound("案件")
	}
	u, err := uuid.Parse(rest)
	if err != nil {
		return CaseID{}, NotFound("案件")
	}
	return CaseID{County: County(n), UUID: u}, nil
}
