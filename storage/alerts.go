package storage

import (
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"baimi/domain"
	"baimi/domain/calendar"
)

// alertKey is the natural key, on which an alert raised again meets the one that is there.
var alertKey = []clause.Column{
	{Name: "county"}, {Name: "case_id"}, {Name: "kind"}, {Name: "stage"}, {Name: "about"}, {Name: "audience"}, {Name: "due_on"},
}

// alertBatch bounds the parameters of one statement.
const alertBatch = 500

// raise stores alerts that are not there yet and returns how many. One whose clock had moved away and back, or whose cause
// went and came again, is opened again: it is the same alert.
func raise(db *gorm.DB, alerts []domain.Alert) (int, error) {
	if len(alerts) == 0 {
		return 0, nil
	}
	res := db.Clauses(clause.OnConflict{
		Columns: alertKey,
		Where:   clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "alert.resolution in ('moved', 'over')"}}},
		DoUpdates: clause.Set{
			{Column: clause.Column{Name: "state"}, Value: clause.Expr{SQL: "case when alert.acknowledged_at is null then 'open' else 'acknowledged' end"}},
			{Column: clause.Column{Name: "escalate_at"}, Value: clause.Expr{SQL: "case when alert.acknowledged_at is null and alert.escalated_at is null then excluded.escalate_at end"}},
			{Column: clause.Column{Name: "resolved_at"}, Value: clause.Expr{SQL: "null"}},
			{Column: clause.Column{Name: "resolution"}, Value: clause.Expr{SQL: "null"}},
		},
	}).CreateInBatches(&alerts, alertBatch)
	if res.Error != nil {
		return 0, fmt.Errorf("raise alerts: %w", res.Error)
	}
	return int(res.RowsAffected), nil
}

// resolve ends the alerts that a condition picks among the unresolved ones of a case.
func resolve(db *gorm.DB, c *domain.Case, at time.Time, why domain.Resolution, where string, args ...any) error {
	args = append([]any{at, why, c.County, c.ID}, args...)
	err := db.Exec(`update alert set state = 'resolved', resolved_at = ?, resolution = ?, escalate_at = null
		where county = ? and case_id = ? and state <> 'resolved' and `+where, args...).Error
	if err != nil {
		return fmt.Errorf("resolve alerts: %w", err)
	}
	return nil
}

// followCase keeps the alerts of a case with what has become of it, in the transaction of the change: those of clocks that
// stopped or moved end, what happened is told at once, what is over ends, and all show to those to whom the case shows. The
// alert job leaves a case alone while it is being changed, so it has either told of a clock, and the alert is met here, or
// finds the clock as it is now.
func followCase(db *gorm.DB, before, c *domain.Case, at time.Time) error {
	if before.ID == c.ID {
		if err := syncAlerts(db, before, c); err != nil {
			return err
		}
		if err := resolveClocks(db, before, c, at); err != nil {
			return err
		}
	}
	arose, over := domain.Happened(before, c)
	for _, h := range over {
		if err := resolve(db, c, at, domain.ResolvedOver, "kind = ? and about = ? and due_on = ?", h.Kind, h.About, h.On); err != nil {
			return err
		}
	}
	var alerts []domain.Alert
	for _, h := range arose {
		for _, t := range h.Told(at) {
			alerts = append(alerts, c.Alert(t, at, nil)) // what happens is red, and red needs no calendar
		}
	}
	_, err := raise(db, alerts)
	return err
}

func resolveClocks(db *gorm.DB, before, c *domain.Case, at time.Time) error {
	for i, was := range before.Deadlines {
		d := c.Deadlines[i]
		var err error
		switch {
		case !was.Running():
		case !d.Running():
			err = resolve(db, c, at, domain.ResolvedStopped, "deadline_no = ?", d.No)
		case was.DueOn != d.DueOn && was.DueAt != nil:
			err = resolve(db, c, at, domain.ResolvedMoved, "deadline_no = ? and due_on = ?", d.No, was.DueOn)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// supersede ends the alerts of clocks of whose later stage the same audience was told too.
func supersede(db *gorm.DB, county domain.County, of []domain.Alert, at time.Time) error {
	ids := make([]string, 0, len(of))
	for _, x := range of {
		ids = append(ids, x.CaseID.String())
	}
	if ids = compact(ids); len(ids) == 0 {
		return nil
	}
	err := db.Exec(`update alert a set state = 'resolved', resolved_at = @at, resolution = 'superseded', escalate_at = null
		where a.county = @county and a.case_id in @cases and a.kind = 'clock' and a.state <> 'resolved'
			and exists (select from alert b where b.county = a.county and b.case_id = a.case_id and b.kind = 'clock' and b.about = a.about
				and b.audience = a.audience and b.due_on = a.due_on and b.stage_at > a.stage_at)`,
		map[string]any{"county": county, "cases": ids, "at": at}).Error
	if err != nil {
		return fmt.Errorf("supersede alerts: %w", err)
	}
	return nil
}

func compact(ids []string) []string {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// syncAlerts lets the alerts of a case show to those to whom the case shows from now on, and tell those who have it now.
func syncAlerts(db *gorm.DB, before, c *domain.Case) error {
	if before.AreaPath == c.AreaPath && before.Committee == c.Committee && before.Confidentiality == c.Confidentiality &&
		slices.Equal(before.Orgs, c.Orgs) && slices.Equal(before.Readers, c.Readers) && slices.Equal(before.Mediators, c.Mediators) {
		return nil
	}
	err := db.Exec(`update alert set area_path = ?, committee = ?, orgs = ?, confidentiality = ?, readers = ?, mediators = ?
		where county = ? and case_id = ?`, c.AreaPath, c.Committee, c.Orgs, c.Confidentiality, c.Readers, c.Mediators, c.County, c.ID).Error
	if err != nil {
		return fmt.Errorf("show the alerts to whom the case shows: %w", err)
	}
	return nil
}

// told makes the alerts of what has to be told of a case.
func told(c *domain.Case, what []domain.Told, now time.Time, days *calendar.Calendar) []domain.Alert {
	alerts := make([]domain.Alert, len(what))
	for i, t := range what {
		alerts[i] = c.Alert(t, now, days)
	}
	return alerts
}
