package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"baimi/domain"
)

// consumerAlert looks at what a case is: how many people, how much, how often these parties and this place.
const consumerAlert = "alert"

// FoldAlerts works waiting events into the alerts of what cases are (domain.md 2.6), each exactly once: in the transaction
// that deletes the queue rows. It returns how many alerts it raised; call it again while more is true. Events of cases that
// a user is changing at this moment wait for the next run.
func (s *Store) FoldAlerts(ctx context.Context, scope domain.Scope, policy domain.AlertPolicy, now time.Time, limit int) (raised int, more bool, err error) {
	err = s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		var waiting []string
		err := db.Raw(`select distinct case_id::text from (
				select e.case_id from event_todo e join cases c on c.county = e.county and c.id = e.case_id
				where e.county = ? and e.consumer = ? limit ? for share of c skip locked for update of e skip locked) x`,
			scope.County, consumerAlert, limit).Scan(&waiting).Error
		if err != nil || len(waiting) == 0 {
			return err
		}
		touched, held, err := s.neighbours(db, scope.County, waiting)
		if err != nil || len(held) == 0 {
			return err
		}
		// all events of a held case: later ones cannot come while the case is held
		err = db.Exec("delete from event_todo where county = ? and consumer = ? and case_id in ?", scope.County, consumerAlert, held).Error
		if err != nil {
			return err
		}
		more = true
		raised, err = s.tellFacts(ctx, db, scope.County, policy, touched, now)
		return err
	})
	if err != nil {
		return 0, false, fmt.Errorf("fold alerts: %w", translate(err))
	}
	return raised, more, nil
}

// neighbours adds to changed cases the later ones of the same parties or the same place, for which they count, and holds
// these too. A changed case with a neighbour that cannot be held is left out of held: its events wait.
func (s *Store) neighbours(db *gorm.DB, county domain.County, changed []string) (touched, held []string, err error) {
	pairs, err := kinOf(db, county, "later", changed)
	if err != nil {
		return nil, nil, err
	}
	var others []string
	for _, p := range pairs {
		others = append(others, p.Of.String())
	}
	free := map[string]bool{}
	if len(others) > 0 {
		var got []string
		err := db.Raw("select id::text from cases where county = ? and id in ? for share skip locked", county, compact(others)).Scan(&got).Error
		if err != nil {
			return nil, nil, err
		}
		for _, id := range got {
			free[id] = true
		}
	}
	blocked := map[string]bool{}
	for _, p := range pairs {
		blocked[p.With.String()] = blocked[p.With.String()] || !free[p.Of.String()]
	}
	for _, id := range changed {
		if !blocked[id] {
			held = append(held, id)
		}
	}
	touched = append(touched, held...)
	for _, p := range pairs {
		if !blocked[p.With.String()] {
			touched = append(touched, p.Of.String())
		}
	}
	return compact(touched), held, nil
}

// tellFacts raises what is to be told of cases and ends what no longer is. That these parties or this place came up before
// stays true of a case whatever becomes of the others; it ends with the case itself.
func (s *Store) tellFacts(ctx context.Context, db *gorm.DB, county domain.County, policy domain.AlertPolicy, ids []string, now time.Time) (int, error) {
	days, err := s.Calendar(ctx)
	if err != nil {
		return 0, err
	}
	var cases []domain.Case
	if err := db.Where("county = ? and id in ?", county, ids).Find(&cases).Error; err != nil {
		return 0, err
	}
	pairs, err := kinOf(db, county, "earlier", ids)
	if err != nil {
		return 0, err
	}
	kin := map[uuid.UUID]domain.Kin{}
	for _, p := range pairs {
		k := kin[p.Of]
		if p.Place {
			k.Clues++
		} else {
			k.Cases++
		}
		kin[p.Of] = k
	}
	var alerts []domain.Alert
	for i := range cases {
		c := &cases[i]
		facts := policy.Facts(c, kin[c.ID])
		stands := []string{""}
		for _, t := range facts {
			stands = append(stands, string(t.Kind)+"/"+string(t.Audience)+"/"+t.DueOn.String())
		}
		lasting := "('many_people', 'large_amount')"
		if c.Over() {
			lasting = "('many_people', 'large_amount', 'same_parties', 'clue_cluster')"
		}
		err := resolve(db, c, now, domain.ResolvedOver,
			"kind in "+lasting+" and escalated_from is null and kind || '/' || audience || '/' || due_on not in ?", stands)
		if err != nil {
			return 0, err
		}
		if err := resolveOrphans(db, c, now); err != nil {
			return 0, err
		}
		alerts = append(alerts, told(c, facts, now, days)...)
	}
	return raise(db, alerts)
}

// resolveOrphans ends what had gone up from an alert that is over.
func resolveOrphans(db *gorm.DB, c *domain.Case, now time.Time) error {
	return resolve(db, c, now, domain.ResolvedOver, `kind not in ('clock', 'high_risk') and escalated_from is not null and not exists (
		select from alert b where b.county = alert.county and b.case_id = alert.case_id and b.kind = alert.kind and b.due_on = alert.due_on
			and b.escalated_from is null and b.state <> 'resolved')`)
}

// kinPair is a case and an earlier one of the same parties, or at the same place.
type kinPair struct {
	Of, With uuid.UUID
	Place    bool
}

// kinOf finds the pairs of which the given cases are the earlier or the later ones. Two parties of one case must be two of
// the other, by their identity numbers, or by name and phone; what is confidential counts for nobody (ruling P14), nor does the
// same matter on its way through transfers. Clues are of one place when its words and its area are the same.
func kinOf(db *gorm.DB, county domain.County, side string, ids []string) ([]kinPair, error) {
	given, sought := "of_case", "with_case"
	if side == "later" {
		given, sought = sought, given
	}
	// a pair: the later case and the earlier; the given side is narrowed first, so that the blind index is walked for it alone
	pair := fmt.Sprintf(`join cases %[1]s on %[1]s.county = @county and %[1]s.id = %%s
		and of_case.confidentiality = 'ordinary' and with_case.confidentiality = 'ordinary' and of_case.status <> 'void' and with_case.status <> 'void'
		and of_case.demand_no <> with_case.demand_no
		and (of_case.registered_at, of_case.id) > (with_case.registered_at, with_case.id)
		and of_case.registered_at < with_case.registered_at + interval '%[2]d days'`, sought, domain.KinDays)
	var pairs []kinPair
	err := db.Raw(fmt.Sprintf(`
		with mine as (
			select p.case_id, p.no, v.kind, v.blind, n.blind as name from party p
			join personal_value v on v.county = p.county and v.case_id = p.case_id and v.id in (p.id_number_ref, p.phone_ref)
			join personal_value n on n.county = p.county and n.case_id = p.case_id and n.id = p.name_ref
			where p.county = @county and p.case_id in @ids and p.stopped_on is null and v.blind is not null),
		same as (
			select m.case_id as given, m.no, q.case_id as sought, q.no as other from mine m
			join personal_value w on w.county = @county and w.kind = m.kind and w.blind = m.blind and w.case_id <> m.case_id
			join party q on q.county = w.county and q.case_id = w.case_id and w.id in (q.id_number_ref, q.phone_ref) and q.stopped_on is null
			join personal_value x on x.county = q.county and x.case_id = q.case_id and x.id = q.name_ref
			where m.kind = 'id_number' or m.name = x.blind),
		twice as (select given, sought from same group by 1, 2 having count(distinct no) > 1 and count(distinct other) > 1)
		select of_case.id as of, with_case.id as with, false as place from twice
		join cases %[1]s on %[1]s.county = @county and %[1]s.id = twice.given %[2]s
		union all
		select of_case.id, with_case.id, true from cases %[1]s
		join personal_value v on v.county = %[1]s.county and v.case_id = %[1]s.id and v.id = %[1]s.place_ref and v.blind is not null
		join personal_value w on w.county = v.county and w.kind = 'place' and w.blind = v.blind and w.case_id <> v.case_id
		%[3]s and %[4]s.place_ref = w.id and of_case.area_path = with_case.area_path and of_case.found_on is not null and with_case.found_on is not null
		where %[1]s.county = @county and %[1]s.id in @ids`,
		given, fmt.Sprintf(pair, "twice.sought"), fmt.Sprintf(pair, "w.case_id"), sought),
		map[string]any{"county": county, "ids": ids}).Scan(&pairs).Error
	if err != nil {
		return nil, fmt.Errorf("cases of the same parties or place: %w", err)
	}
	return pairs, nil
}
