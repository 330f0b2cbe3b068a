package storage

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"baimi/domain"
	"baimi/domain/calendar"
)

// openAlerts is what the partial indexes hold; of the snoozed ones the list leaves out those whose time is not over.
const openAlerts = "alert.state not in ('acknowledged', 'resolved')"

// alerts is those of the cases the scope shows, and the red ones that reach its audience past their confidentiality.
func (s *Store) alerts(db *gorm.DB, scope domain.Scope) *gorm.DB {
	q := db.Table("alert").Where("alert.county = ?", scope.County)
	if s.secondWallOnly {
		return q
	}
	part := db.Session(&gorm.Session{NewDB: true}).Where("alert.orgs && ?", domain.IDs[domain.OrgID](scope.Orgs))
	q = q.Where(part.Or(placed("alert.area_path", scope.CaseDistricts())))
	if !scope.System {
		q = q.Where(`(alert.confidentiality = 'ordinary' or ? = any (alert.readers) or alert.confidentiality = 'private' and ? = any (alert.orgs)
			or alert.kind = 'high_risk' and alert.audience in ('judicial_office', 'bureau') and alert.audience = ?)`,
			scope.Person, scope.Directs, scope.Audience)
	}
	return q
}

// tells narrows alerts to those that tell a reader; domain.AlertReader.Tells says the same.
func tells(db, q *gorm.DB, r domain.AlertReader) *gorm.DB {
	q = q.Where("(alert.handed_to is null or alert.handed_to = ?)", r.Person)
	cond := db.Session(&gorm.Session{NewDB: true})
	own := "(? = any (alert.mediators) or alert.handed_to is not null)"
	switch r.Audience {
	case domain.ForMediator:
		return q.Where("alert.committee = ? and alert.audience = ?", r.Committee, domain.ForMediator).
			Where("(? = any (alert.mediators) or alert.handed_to is not null or cardinality(alert.mediators) = 0)", r.Person)
	case domain.ForDirector:
		return q.Where("alert.committee = ?", r.Committee).
			Where(cond.Where("alert.audience = ?", domain.ForDirector).Or("alert.audience = ? and "+own, domain.ForMediator, r.Person))
	}
	return q.Where("alert.audience = ?", r.Audience)
}

// shown reads an alert with what its reader may see of the case: the wall around cases says what.
func (s *Store) shown(db, q *gorm.DB, scope domain.Scope) *gorm.DB {
	visible := db.Session(&gorm.Session{NewDB: true}).Table("cases").Scopes(s.visible(scope)).
		Select("cases.county, cases.id, cases.demand_no, cases.file_no, cases.status, cases.type")
	return q.Select("alert.*, c.demand_no, c.file_no, c.status, c.type").
		Joins("left join lateral (? and cases.id = alert.case_id) c on true", visible)
}

func inState(q *gorm.DB, state domain.AlertState, now time.Time) *gorm.DB {
	switch state {
	case "":
		return q
	case domain.AlertOpen:
		return q.Where(openAlerts).Where("(alert.state <> 'snoozed' or alert.snoozed_until <= ?)", now)
	case domain.AlertSnoozed:
		return q.Where(openAlerts).Where("alert.state = 'snoozed' and alert.snoozed_until > ?", now)
	case domain.AlertHandedOver:
		return q.Where(openAlerts).Where("alert.state = ?", state)
	}
	return q.Where("alert.state = ?", state)
}

func (s *Store) filterAlerts(db *gorm.DB, scope domain.Scope, f domain.AlertFilter, now time.Time) *gorm.DB {
	q := inState(tells(db, s.alerts(db, scope), f.Reader), f.State, now)
	if f.Kind != "" {
		q = q.Where("alert.kind = ?", f.Kind)
	}
	if f.Level != 0 {
		q = q.Where("alert.level = ?", f.Level)
	}
	if f.Case != nil {
		q = q.Where("alert.case_id = ?", f.Case.UUID)
	}
	return q
}

// alertPage is a page of alerts and one row more, the most urgent first, of these the newest.
func (s *Store) alertPage(db *gorm.DB, scope domain.Scope, f domain.AlertFilter, now time.Time, p domain.Page) *gorm.DB {
	q := s.shown(db, s.filterAlerts(db, scope, f, now), scope).Order("alert.level desc, alert.raised_at desc, alert.id desc").Limit(p.Size + 1)
	if p.After != nil {
		q = q.Where("(alert.level, alert.raised_at, alert.id) < (?, ?, ?)", p.After.No, p.After.At, p.After.ID)
	}
	return q
}

// Alerts reads a page of the alerts that tell a reader.
func (s *Store) Alerts(ctx context.Context, scope domain.Scope, f domain.AlertFilter, now time.Time, p domain.Page) ([]domain.AlertSummary, *domain.Cursor, error) {
	var rows []domain.AlertSummary
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		return s.alertPage(t.db.WithContext(ctx), scope, f, now, p).Scan(&rows).Error
	})
	if err != nil {
		return nil, nil, fmt.Errorf("list alerts: %w", translate(err))
	}
	if len(rows) <= p.Size {
		return rows, nil, nil
	}
	last := rows[p.Size-1]
	return rows[:p.Size], &domain.Cursor{At: last.RaisedAt, ID: last.ID, No: int(last.Level)}, nil
}

// CountAlerts counts the alerts that tell a reader, by kind and level.
func (s *Store) CountAlerts(ctx context.Context, scope domain.Scope, f domain.AlertFilter, now time.Time) ([]domain.AlertCount, error) {
	rows := []domain.AlertCount{}
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		return s.filterAlerts(t.db.WithContext(ctx), scope, f, now).Select("alert.kind, alert.level, count(*) as count").
			Group("alert.kind, alert.level").Order("alert.level desc, alert.kind").Scan(&rows).Error
	})
	if err != nil {
		return nil, fmt.Errorf("count alerts: %w", translate(err))
	}
	return rows, nil
}

// ChangeAlert locks an alert that tells a reader, lets change act on it, and stores what it has become.
func (s *Store) ChangeAlert(ctx context.Context, scope domain.Scope, r domain.AlertReader, id domain.AlertID,
	change func(ctx context.Context, x *domain.Alert) error,
) (domain.AlertSummary, error) {
	var rows []domain.AlertSummary
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		var x domain.Alert
		found := tells(db, s.alerts(db, scope), r).Where("alert.id = ?", id.UUID).Select("alert.*").
			Clauses(clause.Locking{Strength: "UPDATE"}).Limit(1).Scan(&x)
		if found.Error != nil {
			return found.Error
		}
		if found.RowsAffected == 0 || id.County != scope.County {
			return domain.NotFound("提醒")
		}
		if err := change(ctx, &x); err != nil {
			return err
		}
		res := db.Model(&x).Select("state", "escalate_at", "acknowledged_at", "acknowledged_by", "snoozed_until", "snoozed_by",
			"snooze_reason", "handed_to", "handed_by", "handed_at").Updates(&x)
		if err := affectedOne(res, "alert"); err != nil {
			return err
		}
		return s.shown(db, s.alerts(db, scope), scope).Where("alert.id = ?", id.UUID).Scan(&rows).Error
	})
	if err != nil {
		return domain.AlertSummary{}, translate(err)
	}
	return rows[0], nil
}

// SharesAlert tells whether somebody has on a day the capacity that an alert tells: in its committee, or in an office over its
// area.
func (s *Store) SharesAlert(ctx context.Context, x domain.Alert, person domain.PersonID, on calendar.Date) (bool, error) {
	roles := map[domain.Audience]domain.Role{
		domain.ForMediator: domain.RoleMediator, domain.ForDirector: domain.RoleCommitteeDirector,
		domain.ForJudicialOffice: domain.RoleJudicialOfficer, domain.ForBureau: domain.RoleBureauOfficer,
	}
	area, err := s.presentPath(ctx, x.AreaPath)
	if err != nil {
		return false, err
	}
	var shares bool
	err = s.conn(ctx).Raw(`
		with recursive up as (
			select h.id as assignment, o.id, o.parent, o.kind from assignment h join org o on o.id = h.org where h.person = @person
			union all select up.assignment, o.id, o.parent, o.kind from org o join up on o.id = up.parent and up.kind <> 'committee')
		select exists (select from assignment h join org o on o.id = h.org join area a on a.id = o.area
			where h.person = @person and h.role = @role and h.valid_from <= @on and (h.valid_to is null or h.valid_to > @on)
			and case when @role in ('mediator', 'committee_director')
				then exists (select from up where up.assignment = h.id and up.id = @committee)
				else o.county = @county and starts_with(@area, a.path) end)`,
		map[string]any{
			"person": person, "role": roles[x.Audience], "on": on, "committee": x.Committee, "county": x.County, "area": area,
		}).Scan(&shares).Error
	if err != nil {
		return false, fmt.Errorf("look for a colleague: %w", translate(err))
	}
	return shares, nil
}
