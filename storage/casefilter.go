package storage

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"baimi/domain"
)

// caseQuery is a filter with its area as mergers have made it, and with what the keys make of it.
type caseQuery struct {
	domain.CaseFilter
	districts domain.Districts
	blinds    [][]byte // of the party, under every key and in every form
	arm       wordArm
}

// wordArm says where words are looked for: confidential cases have no search row, and are read themselves.
type wordArm int

const (
	anyCase   wordArm = iota // no words, or not yet looked for
	byTokens                 // ordinary cases with the words' tokens
	closedOne                // confidential cases
)

// lookFor computes what a filter looks for and shows it to the policies of the search rows.
func (s *Store) lookFor(ctx context.Context, t *transaction, f domain.CaseFilter) (caseQuery, error) {
	q := caseQuery{CaseFilter: f}
	settings := ownPlan
	if f.Area != "" {
		m, err := s.heirs(ctx, t.scope.County)
		if err != nil {
			return q, err
		}
		q.districts = m.districts(f.Area)
	}
	if len(f.Words) > 0 {
		set, err := s.keys.tokens(t.scope.County, domain.Bigrams(f.Words...))
		if err != nil {
			return q, err
		}
		text, err := set.Value()
		if err != nil {
			return q, err
		}
		settings += fmt.Sprintf("set local app.words = '%s';", text)
	}
	if f.Party != nil {
		var err error
		var show string
		if q.blinds, show, err = s.partyBlinds(*f.Party); err != nil {
			return q, err
		}
		settings += show
	}
	return q, t.db.WithContext(ctx).Exec(settings).Error
}

// ownPlan lets each list be planned for what it looks for and for whom. Prepared statements are kept with their connection,
// and after some uses with one plan for all: that of a rare word in the whole county took a second for a common one.
const ownPlan = "set local plan_cache_mode = force_custom_plan;"

// partyBlinds are the blind indexes of a person's or organisation's names and numbers, and the setting that shows their rows.
func (s *Store) partyBlinds(p domain.PartyQuery) (blinds [][]byte, setting string, err error) {
	for _, x := range []struct {
		kind   string
		values []string
	}{{"name", p.Names}, {"id_number", p.IDNumbers}, {"phone", p.Phones}} {
		for _, v := range x.values {
			b, err := s.keys.Blinds(x.kind, v)
			if err != nil {
				return nil, "", err
			}
			blinds = append(blinds, b...)
		}
	}
	parts := make([]string, len(blinds))
	for i, b := range blinds {
		parts[i] = `"\\x` + hex.EncodeToString(b) + `"`
	}
	return blinds, "set local app.blinds = '{" + strings.Join(parts, ",") + "}';", nil
}

// summaryColumns are what a list shows and what words are compared with; a case has three times as many.
const summaryColumns = `cases.county, cases.id, cases.demand_no, cases.file_no, cases.status, cases.type, cases.source, cases.instant,
	cases.area_path, cases.committee, cases.presiding, cases.requested_on, cases.registered_at, cases.concluded_on,
	cases.place_ref, cases.facts_ref, cases.wish_ref`

func (s *Store) listed(db *gorm.DB, scope domain.Scope, f caseQuery) *gorm.DB {
	q := db.Table("cases").Select(summaryColumns).Scopes(s.visible(scope), f.where)
	if s.byGrant(scope) {
		q = q.Joins("join case_grant g on g.county = cases.county and g.case_id = cases.id and g.org = ?", scope.Orgs[0])
	}
	return q
}

// where is the filter as conditions on cases.
func (f caseQuery) where(q *gorm.DB) *gorm.DB {
	if len(f.Statuses) > 0 {
		q = q.Where("cases.status in ?", f.Statuses)
	}
	if f.Type != "" {
		q = q.Where("cases.type = ?", f.Type)
	}
	if f.Source != "" {
		q = q.Where("cases.source = ?", f.Source)
	}
	if f.Confidentiality != "" {
		q = q.Where("cases.confidentiality = ?", f.Confidentiality)
	}
	if f.Tier != "" {
		q = q.Where(`cases.tier = ? or cases.tier is null and cases.committee in (select id from org
			where org.county = cases.county and org.committee_type in ?)`, f.Tier, append(f.Tier.CommitteeTypes(), ""))
	}
	if f.Area != "" {
		q = q.Where(placed("cases.area_path", f.districts))
	}
	if f.Org != 0 {
		q = q.Where("? = any (cases.orgs)", f.Org)
	}
	if f.Mediator != 0 {
		q = q.Where("? = any (cases.mediators)", f.Mediator)
	}
	if f.Overdue {
		// Alerts are read here, not clocks: the clocks of a case show only once the case is known to be visible.
		q = q.Where(`exists (select from alert a where a.county = cases.county and a.case_id = cases.id
			and a.kind = 'clock' and a.stage like 'overdue%' and a.state <> 'resolved')`)
	}
	q = within(q, "cases.requested_on", f.Requested)
	q = within(q, "cases.concluded_on", f.Concluded)
	if f.Registered.From != nil {
		q = q.Where("cases.registered_at >= ?", f.Registered.From.StartOfDay())
	}
	if f.Registered.To != nil {
		q = q.Where("cases.registered_at < ?", f.Registered.To.EndOfDay())
	}
	return f.whereFound(q)
}

// whereFound is what was typed to find a case by. The words themselves stand in the policy of search_text, where their index is
// used; the rows that are left are compared with the texts.
func (f caseQuery) whereFound(q *gorm.DB) *gorm.DB {
	if f.Number.Given() {
		begins := q.Session(&gorm.Session{NewDB: true})
		if f.Number.Demand != "" {
			begins = begins.Or("cases.demand_no >= ? and cases.demand_no < ?", f.Number.Demand, f.Number.Demand+"~")
		}
		for _, n := range f.Number.Files {
			begins = begins.Or(`cases.file_no collate "C" >= ? and cases.file_no collate "C" < ?`, n, n+"\U0010FFFF")
		}
		q = q.Where(begins)
	}
	if f.Party != nil {
		q = q.Where(`exists (select from search_party p
			where p.county = cases.county and p.case_id = cases.id and p.blind in ?)`, f.blinds)
	}
	switch f.arm {
	case byTokens:
		q = q.Joins("join search_text w on w.county = cases.county and w.case_id = cases.id")
	case closedOne:
		q = q.Where("cases.confidentiality <> 'ordinary'")
	}
	return q
}

func within(q *gorm.DB, column string, p domain.Period) *gorm.DB {
	if p.From != nil {
		q = q.Where(column+" >= ?", *p.From)
	}
	if p.To != nil {
		q = q.Where(column+" <= ?", *p.To)
	}
	return q
}
