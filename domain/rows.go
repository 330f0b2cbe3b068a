package domain

import (
	"strconv"

	"github.com/google/uuid"
)

// CaseRow is the key of what belongs to a case: rows that are numbered from 1, only added to or changed, never taken away.
// A new kind of row is one line in snapshot, one in Clone and one in storage's list of children.
type CaseRow struct {
	County County    `gorm:"primaryKey" json:"-"`
	CaseID uuid.UUID `gorm:"primaryKey" json:"-"`
	No     int       `gorm:"primaryKey;autoIncrement:false" json:"-"`
}

// Number is the row's number within the case.
func (r CaseRow) Number() int { return r.No }

// Owner is the case it belongs to.
func (r CaseRow) Owner() uuid.UUID { return r.CaseID }

// row is the key of the case's row of that number.
func (c *Case) row(no int) CaseRow { return CaseRow{County: c.County, CaseID: c.ID, No: no} }

// numbered is a list of rows as the event log holds it: by number, so that a patch names the row it changes. It is nil when
// there are none: a case without any says nothing about them.
func numbered[T interface{ Number() int }](rows []T) map[string]T {
	if len(rows) == 0 {
		return nil
	}
	m := make(map[string]T, len(rows))
	for _, x := range rows {
		m[strconv.Itoa(x.Number())] = x
	}
	return m
}

// find is the row of a number, to be changed in place; nil when there is none.
func find[T interface{ Number() int }](rows []T, no int) *T {
	for i := range rows {
		if rows[i].Number() == no {
			return &rows[i]
		}
	}
	return nil
}
