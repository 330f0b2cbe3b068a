package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"baimi/domain"
	"baimi/domain/calendar"
)

// RaiseAlerts makes the alerts of clocks that have come to a stage by now, each exactly once, and returns how many; call it
// again while more is true. Its cost follows what is due: a partial index holds the clocks that have something to tell.
// Cases that a user is changing at this moment are left for the next run: an alert copies from its case who may see it, so
// the case must hold still until the alert is there for followCase to find.
func (s *Store) RaiseAlerts(ctx context.Context, scope domain.Scope, now time.Time, limit int) (raised int, more bool, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		var due []domain.Deadline
		err := db.Raw(`select d.* from deadline d join cases c on c.county = d.county and c.id = d.case_id
			where d.county = ? and d.next_stage_at <= ?
			order by d.next_stage_at limit ? for share of c skip locked for update of d skip locked`,
			scope.County, now, limit).Scan(&due).Error
		if err != nil || len(due) == 0 {
			return err
		}
		more = true
		days, err := s.Calendar(ctx)
		if err != nil {
			return err
		}
		cases, err := casesOf(db, scope.County, due)
		if err != nil {
			return err
		}
		var alerts []domain.Alert
		for i := range due {
			c := cases[due[i].CaseID]
			stages, next := c.Stages(due[i], days, now)
			alerts = append(alerts, told(c, stages, now, days)...)
			due[i].NextStageAt = next
		}
		if raised, err = raise(db, alerts); err != nil {
			return err
		}
		if err := supersede(db, scope.County, alerts, now); err != nil {
			return err
		}
		return moveOn(db, due)
	})
	if err != nil {
		return 0, false, fmt.Errorf("raise alerts: %w", translate(err))
	}
	return raised, more, nil
}

// casesOf reads the cases of clocks with what their stages depend on.
func casesOf(db *gorm.DB, county domain.County, due []domain.Deadline) (map[uuid.UUID]*domain.Case, error) {
	ids := make([]string, len(due))
	for i, d := range due {
		ids[i] = d.CaseID.String()
	}
	ids = compact(ids)
	var cases []domain.Case
	var agreements []domain.Agreement
	var obligations []domain.Obligation
	for _, read := range []error{
		db.Where("county = ? and id in ?", county, ids).Find(&cases).Error,
		db.Where("county = ? and case_id in ?", county, ids).Order("case_id, no").Find(&agreements).Error,
		db.Where("county = ? and case_id in ?", county, ids).Order("case_id, no").Find(&obligations).Error,
	} {
		if read != nil {
			return nil, fmt.Errorf("read the cases of clocks: %w", read)
		}
	}
	by := make(map[uuid.UUID]*domain.Case, len(cases))
	for i := range cases {
		by[cases[i].ID] = &cases[i]
	}
	for _, g := range agreements {
		by[g.CaseID].Agreements = append(by[g.CaseID].Agreements, g)
	}
	for _, o := range obligations {
		by[o.CaseID].Obligations = append(by[o.CaseID].Obligations, o)
	}
	return by, nil
}

// moveOn notes when each clock has something to tell again.
func moveOn(db *gorm.DB, clocks []domain.Deadline) error {
	for _, d := range clocks {
		res := db.Exec("update deadline set next_stage_at = ? where county = ? and case_id = ? and no = ?", d.NextStageAt, d.County, d.CaseID, d.No)
		if err := affectedOne(res, "clock"); err != nil {
			return err
		}
	}
	return nil
}

// EscalateAlerts lets what nobody acknowledged in time go to the next audience up, which gets an alert of its own, once.
// Where the matrix had told that audience already, there is nothing more to tell it.
func (s *Store) EscalateAlerts(ctx context.Context, scope domain.Scope, now time.Time, limit int) (raised int, more bool, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		var lying []domain.Alert
		err := db.Raw(`select a.* from alert a join cases c on c.county = a.county and c.id = a.case_id
			where a.county = ? and a.escalate_at <= ?
			order by a.escalate_at limit ? for share of c skip locked for update of a skip locked`,
			scope.County, now, limit).Scan(&lying).Error
		if err != nil || len(lying) == 0 {
			return err
		}
		more = true
		days, err := s.Calendar(ctx)
		if err != nil {
			return err
		}
		raised, err = goUp(db, lying, now, days)
		return err
	})
	if err != nil {
		return 0, false, fmt.Errorf("escalate alerts: %w", translate(err))
	}
	return raised, more, nil
}

func goUp(db *gorm.DB, lying []domain.Alert, now time.Time, days *calendar.Calendar) (int, error) {
	var up []domain.Alert
	ids := make([]string, 0, len(lying))
	for _, x := range lying {
		ids = append(ids, x.ID.String())
		if above, ok := x.Escalated(now, days); ok {
			up = append(up, above)
		}
	}
	var raised int
	if len(up) > 0 {
		res := db.Clauses(clause.OnConflict{Columns: alertKey, DoNothing: true}).CreateInBatches(&up, alertBatch)
		if res.Error != nil {
			return 0, res.Error
		}
		raised = int(res.RowsAffected)
	}
	if err := db.Exec("update alert set escalate_at = null, escalated_at = ? where county = ? and id in ?", now, lying[0].County, ids).Error; err != nil {
		return 0, err
	}
	// whom it goes to may have been told of a later stage already
	return raised, supersede(db, lying[0].County, up, now)
}
