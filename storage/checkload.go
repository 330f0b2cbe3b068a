package storage

import (
	"fmt"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"baimi/domain"
)

// checkBatch is some cases with every row that belongs to them, by case.
type checkBatch struct {
	cases      []domain.Case
	signatures map[uuid.UUID][]domain.Signature
	events     map[uuid.UUID][]domain.Event
	values     map[uuid.UUID][]personalValue
	grants     map[uuid.UUID][]caseGrant
	alerts     map[uuid.UUID][]domain.Alert
	counted    map[uuid.UUID][]rateCase
	waiting    map[uuid.UUID][]eventTodo // for the figures
	untold     map[uuid.UUID][]eventTodo // for the alerts
	search     checkedSearch
}

// idRange is the case ids of a batch: after the one, up to the other, or to the end where that is uuid.Nil.
type idRange struct {
	after, upTo uuid.UUID
	cases       map[uuid.UUID]*domain.Case
}

// strayLimit bounds what is read behind the last case, where nothing should be.
const strayLimit = 1000

// load reads the next cases and the rows below them. Rows go by the range of ids, not by the ids, so that those of no case
// at all turn up as well; behind the last case the range goes to the end of the part.
func (k *checker) load(db *gorm.DB, after uuid.UUID) (*checkBatch, error) {
	b := &checkBatch{}
	q := db.Scopes(k.store.visible(k.scope)).Where("cases.id > ?", after)
	if k.until != uuid.Nil {
		q = q.Where("cases.id <= ?", k.until)
	}
	err := q.Order("cases.id").Limit(checkBatchSize).Find(&b.cases).Error
	if err != nil {
		return nil, fmt.Errorf("read cases: %w", err)
	}
	r := idRange{after: after, upTo: k.until, cases: map[uuid.UUID]*domain.Case{}}
	for i := range b.cases {
		c := &b.cases[i]
		r.upTo, r.cases[c.ID] = c.ID, c
	}
	for _, x := range children {
		if err := x.check(k, db, r); err != nil {
			return nil, err
		}
	}
	for _, read := range []func() error{
		func() error { return b.search.load(k, db, r) },
		func() error {
			return below(k, db, r, &b.signatures, "agreement_no, party_no", func(x domain.Signature) uuid.UUID { return x.CaseID })
		},
		func() error {
			return below(k, db, r, &b.events, "seq", func(x domain.Event) uuid.UUID { return x.CaseID })
		},
		func() error {
			return below(k, db, r, &b.values, "id", func(x personalValue) uuid.UUID { return x.CaseID })
		},
		func() error {
			return below(k, db, r, &b.grants, "org", func(x caseGrant) uuid.UUID { return x.CaseID })
		},
		func() error {
			return below(k, db, r, &b.alerts, "stage_at, id", func(x domain.Alert) uuid.UUID { return x.CaseID })
		},
		func() error {
			return below(k, db, r, &b.counted, "month", func(x rateCase) uuid.UUID { return x.CaseID })
		},
		func() error {
			return below(k, db.Where("consumer = ?", consumerRate), r, &b.waiting, "seq", func(x eventTodo) uuid.UUID { return x.CaseID })
		},
		func() error {
			return below(k, db.Where("consumer = ?", consumerAlert), r, &b.untold, "seq", func(x eventTodo) uuid.UUID { return x.CaseID })
		},
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return b, nil
}

// below reads the rows of a range, by case, and reports those of no case.
func below[T interface{ TableName() string }](k *checker, db *gorm.DB, r idRange, into *map[uuid.UUID][]T, order string, id func(T) uuid.UUID) error {
	var rows []T
	var row T
	q := db.Where("county = ? and case_id > ?", k.scope.County, r.after).Order("case_id, " + order)
	if r.upTo != uuid.Nil {
		q = q.Where("case_id <= ?", r.upTo)
	}
	if len(r.cases) == 0 {
		q = q.Limit(strayLimit)
	}
	if err := q.Find(&rows).Error; err != nil {
		return fmt.Errorf("read %s: %w", row.TableName(), err)
	}
	strays := map[uuid.UUID]int{}
	*into = make(map[uuid.UUID][]T, len(r.cases))
	for from, to := 0, 0; from < len(rows); from = to { // those of a case stand together
		of := id(rows[from])
		for to = from + 1; to < len(rows) && id(rows[to]) == of; {
			to++
		}
		if r.cases[of] != nil {
			(*into)[of] = rows[from:to:to]
		} else {
			strays[of] += to - from
		}
	}
	for caseID, n := range strays {
		k.found(FoundStray, domain.CaseID{County: k.scope.County, UUID: caseID}.String(),
			"%d rows of %s belong to no case that the county's own jobs can see", n, row.TableName())
	}
	return nil
}
