package storage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"

	"baimi/domain"
)

// RaiseOverdueAlerts makes the alerts of clocks that have run out by now, each exactly once, and returns how many. Its
// cost follows what is due: a partial index holds only running clocks that nobody was told of. Cases that a user is
// changing at this moment are left for the next run: an alert copies from its case who may see it, so the case must
// hold still until the alert is there for syncAlerts to find.
func (s *Store) RaiseOverdueAlerts(ctx context.Context, scope domain.Scope, now time.Time, limit int) (int, error) {
	var raised int
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		err := t.db.WithContext(ctx).Raw(`
			with due as (
				select d.county, d.case_id, d.no, d.rule, d.due_at, c.area_path, c.committee, c.orgs, c.confidentiality, c.readers
				from deadline d join cases c on c.county = d.county and c.id = d.case_id
				where d.county = @county and d.ended_on is null and not d.overdue_alerted and d.due_at <= @now
				order by d.due_at limit @limit for share of c skip locked for update of d skip locked),
			told as (
				insert into alert (county, case_id, kind, deadline_no, rule, area_path, committee, orgs, confidentiality, readers, due_at, raised_at)
				select county, case_id, 'overdue', no, rule, area_path, committee, orgs, confidentiality, readers, due_at, @now
				from due on conflict do nothing),
			marked as (
				update deadline x set overdue_alerted = true from due d
				where x.county = d.county and x.case_id = d.case_id and x.no = d.no returning 1)
			select count(*) from marked`,
			map[string]any{"county": scope.County, "now": now, "limit": limit}).Scan(&raised).Error
		if err != nil {
			return fmt.Errorf("raise alerts: %w", translate(err))
		}
		return nil
	})
	return raised, err
}

// resolveAlerts ends the alerts of clocks that were stopped. It runs after the clocks were written: by then the job
// has either told of a clock, and the alert is seen here, or will find it stopped.
func resolveAlerts(db *gorm.DB, before, c *domain.Case) error {
	for i, d := range before.Deadlines {
		if d.EndedOn != nil || c.Deadlines[i].EndedOn == nil {
			continue
		}
		err := db.Exec("update alert set resolved_on = ? where county = ? and case_id = ? and deadline_no = ?",
			c.Deadlines[i].EndedOn, c.County, c.ID, d.No).Error
		if err != nil {
			return fmt.Errorf("resolve alerts: %w", err)
		}
	}
	return nil
}

// syncAlerts lets the alerts of a case show to those to whom the case shows from now on.
func syncAlerts(db *gorm.DB, before, c *domain.Case) error {
	if before.ID != c.ID || (before.AreaPath == c.AreaPath && before.Committee == c.Committee && before.Confidentiality == c.Confidentiality &&
		slices.Equal(before.Orgs, c.Orgs) && slices.Equal(before.Readers, c.Readers)) {
		return nil
	}
	err := db.Exec(`update alert set area_path = ?, committee = ?, orgs = ?, confidentiality = ?, readers = ?
		where county = ? and case_id = ?`, c.AreaPath, c.Committee, c.Orgs, c.Confidentiality, c.Readers, c.County, c.ID).Error
	if err != nil {
		return fmt.Errorf("show the alerts to whom the case shows: %w", err)
	}
	return nil
}

// alertColumns reads an alert with what a list shows of its case.
const alertColumns = `alert.*, cases.demand_no, cases.file_no, cases.status, cases.type, cases.committee`

// alerts is those of the cases the scope shows. Area and parts are asked of the alerts too, whose own indexes then
// serve.
func (s *Store) alerts(db *gorm.DB, scope domain.Scope) *gorm.DB {
	q := db.Table("alert").Select(alertColumns).
		Joins("join cases on cases.county = alert.county and cases.id = alert.case_id").
		Scopes(s.visible(scope)).Where("alert.county = ?", scope.County)
	if s.secondWallOnly {
		return q
	}
	part := db.Session(&gorm.Session{NewDB: true}).Where("alert.orgs && ?", domain.IDs[domain.OrgID](scope.Orgs))
	return q.Where(part.Or(placed("alert.area_path", scope.CaseDistricts())))
}

// Alerts reads a page of alerts about cases the scope shows, newest first. openOnly leaves out those acknowledged and
// those whose clock was stopped.
func (s *Store) Alerts(ctx context.Context, scope domain.Scope, openOnly bool, p domain.Page) ([]domain.Alert, *domain.Cursor, error) {
	var rows []domain.Alert
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		return s.alertPage(t.db.WithContext(ctx), scope, openOnly, p).Scan(&rows).Error
	})
	if err != nil {
		return nil, nil, fmt.Errorf("list alerts: %w", err)
	}
	if len(rows) <= p.Size {
		return rows, nil, nil
	}
	last := rows[p.Size-1]
	return rows[:p.Size], &domain.Cursor{At: last.RaisedAt, ID: last.CaseID, No: last.DeadlineNo}, nil
}

// alertPage is a page of alerts and one row more.
func (s *Store) alertPage(db *gorm.DB, scope domain.Scope, openOnly bool, p domain.Page) *gorm.DB {
	q := s.alerts(db, scope).Order("alert.raised_at desc, alert.case_id desc, alert.deadline_no desc").Limit(p.Size + 1)
	if openOnly {
		q = q.Where("alert.acknowledged_at is null and alert.resolved_on is null")
	}
	if p.After != nil {
		q = q.Where("(alert.raised_at, alert.case_id, alert.deadline_no) < (?, ?, ?)", p.After.At, p.After.ID, p.After.No)
	}
	return q
}

// AcknowledgeAlert notes who has taken note of an alert; a second time changes nothing.
func (s *Store) AcknowledgeAlert(ctx context.Context, scope domain.Scope, key domain.AlertKey, by domain.PersonID, at time.Time) (domain.Alert, error) {
	var rows []domain.Alert
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		one := func() error {
			return s.alerts(db, scope).Where("alert.county = ? and alert.case_id = ? and alert.kind = ? and alert.deadline_no = ?",
				key.Case.County, key.Case.UUID, key.Kind, key.DeadlineNo).Scan(&rows).Error
		}
		if err := one(); err != nil || len(rows) == 0 {
			return err
		}
		err := db.Exec(`update alert set acknowledged_at = ?, acknowledged_by = ?
			where county = ? and case_id = ? and kind = ? and deadline_no = ? and acknowledged_at is null`,
			at, by, key.Case.County, key.Case.UUID, key.Kind, key.DeadlineNo).Error
		if err != nil {
			return err
		}
		rows = nil
		return one()
	})
	if err != nil {
		return domain.Alert{}, fmt.Errorf("acknowledge an alert: %w", translate(err))
	}
	if len(rows) == 0 {
		return domain.Alert{}, domain.NotFound("提醒")
	}
	return rows[0], nil
}
