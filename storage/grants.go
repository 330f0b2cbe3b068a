package storage

import (
	"slices"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"baimi/domain"
)

// caseGrant is a row of case_grant: cases.orgs unfolded, newest first for each organisation.
type caseGrant struct {
	County domain.County `gorm:"primaryKey"`
	Org    domain.OrgID  `gorm:"primaryKey;autoIncrement:false"`
	Sort   time.Time     `gorm:"primaryKey"`
	CaseID uuid.UUID     `gorm:"primaryKey"`
}

// TableName names the table.
func (caseGrant) TableName() string { return "case_grant" }

// saveGrants stores who has a part in the case. A clue that became a case is new from now on: its entries are made anew,
// because the time they are sorted by is part of their key.
func saveGrants(db *gorm.DB, before, c *domain.Case) error {
	anew := before.ID == c.ID && !before.RegisteredAt.Equal(c.RegisteredAt)
	var added []caseGrant
	for _, o := range c.Orgs {
		if anew || !slices.Contains(before.Orgs, o) {
			added = append(added, caseGrant{County: c.County, Org: o, Sort: c.RegisteredAt, CaseID: c.ID})
		}
	}
	for _, o := range before.Orgs {
		if anew || !slices.Contains(c.Orgs, o) {
			err := db.Where("county = ? and org = ? and case_id = ?", c.County, o, c.ID).Delete(&caseGrant{}).Error
			if err != nil {
				return err
			}
		}
	}
	return createAll(db, added)
}
