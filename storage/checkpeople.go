package storage

import (
	"github.com/google/uuid"
	"gorm.io/gorm"

	"baimi/domain"
)

// The kinds of findings about people and drafts.
const (
	FoundPeople = "people" // representatives, escalations, birth dates or erasures that break their rules
	FoundDraft  = "draft"  // a draft that cannot be opened, or became a case that is not there
)

// checkPeople holds a case to the rules of its people, and counts the lags nobody has explained. It comes after the values
// were opened.
func (k *checker) checkPeople(c *domain.Case, rows []personalValue, where string) {
	erased := make(map[uuid.UUID]bool, len(rows))
	for _, v := range rows {
		erased[v.ID] = v.ErasedGround != nil
	}
	for _, fault := range c.Faults(erased) {
		k.found(FoundPeople, where, "%s", fault)
	}
	if c.UnexplainedLag() {
		k.sum.Lags++
	}
	if c.Origin == domain.OriginLateEntry {
		k.sum.Late++
	}
}

// checkedDraft is a draft, and whether the case it became is there.
type checkedDraft struct {
	Row   draftRow `gorm:"embedded"`
	There bool
}

// drafts opens every draft.
func (k *checker) drafts(db *gorm.DB) error {
	for after := uuid.Nil; ; {
		var rows []checkedDraft
		err := db.Raw(`select d.*, c.id is not null as there from draft d left join cases c on c.county = d.county and c.id = d.case_id
			where d.county = ? and d.id > ? order by d.id limit ?`, k.scope.County, after, checkBatchSize).Scan(&rows).Error
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			k.sum.Drafts++
			after = r.Row.ID
			if _, err := k.store.openDraft(r.Row); err != nil {
				k.found(FoundDraft, "draft "+r.Row.ID.String(), "its content cannot be opened")
			}
			if r.Row.CaseID != nil && !r.There {
				k.found(FoundDraft, "draft "+r.Row.ID.String(), "it became case %s, which is not there", r.Row.CaseID)
			}
		}
	}
}
