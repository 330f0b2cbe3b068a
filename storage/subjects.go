package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"gorm.io/gorm/clause"

	"baimi/domain"
)

// subjectRow is a row of subject_request, the person sealed.
type subjectRow struct {
	domain.SubjectRequest
	Sealed []byte `gorm:"column:subject"`
	Blind  []byte
}

// TableName names the table.
func (subjectRow) TableName() string { return "subject_request" }

func (r subjectRow) place() string {
	return fmt.Sprintf("subject_request/%d/%s", r.County, r.ID)
}

// PutSubjectRequest enters a request in the register.
func (s *Store) PutSubjectRequest(ctx context.Context, scope domain.Scope, r domain.SubjectRequest) error {
	return s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		row := subjectRow{SubjectRequest: r}
		if err := s.sealSubject(&row, r.Subject); err != nil {
			return err
		}
		if err := t.db.WithContext(ctx).Create(&row).Error; err != nil {
			return fmt.Errorf("enter a request: %w", translate(err))
		}
		return nil
	})
}

// sealSubject seals who asks into a row, with the index of the number.
func (s *Store) sealSubject(row *subjectRow, who domain.Subject) error {
	plain, err := json.Marshal(who)
	if err != nil {
		return fmt.Errorf("write down who asks: %w", err)
	}
	if row.Sealed, err = s.keys.Seal(plain, row.place()); err != nil {
		return fmt.Errorf("encrypt who asks: %w", err)
	}
	if row.Blind, err = s.keys.Blind("id_number", who.IDNumber); err != nil {
		return fmt.Errorf("blind index: %w", err)
	}
	return nil
}

// ChangeSubjectRequest locks a request, lets change act on it, and stores what was decided.
func (s *Store) ChangeSubjectRequest(ctx context.Context, scope domain.Scope, id string, change func(r *domain.SubjectRequest) error) (domain.SubjectRequest, error) {
	var out domain.SubjectRequest
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		var rows []subjectRow
		err := db.Clauses(clause.Locking{Strength: "UPDATE"}).Where("county = ? and id::text = ?", scope.County, id).Find(&rows).Error
		if err != nil {
			return fmt.Errorf("read a request: %w", translate(err))
		}
		if len(rows) == 0 {
			return domain.NotFound("请求")
		}
		if out, err = s.openSubject(rows[0]); err != nil {
			return err
		}
		if err := change(&out); err != nil {
			return err
		}
		res := db.Model(&subjectRow{SubjectRequest: out}).Select("decision", "ground", "decided_on", "decided_by", "done_on").
			Where("county = ?", scope.County).Updates(&subjectRow{SubjectRequest: out})
		return affectedOne(res, "request")
	})
	return out, err
}

// SubjectRequests reads a page of the register that the scope shows, newest first.
func (s *Store) SubjectRequests(ctx context.Context, scope domain.Scope, openOnly bool, p domain.Page) ([]domain.SubjectRequest, *domain.Cursor, error) {
	var found []domain.SubjectRequest
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		q := t.db.WithContext(ctx).Where("county = ?", scope.County).Order("taken_at desc, id desc").Limit(p.Size + 1)
		if openOnly {
			q = q.Where("done_on is null and decision is distinct from 'refused'")
		}
		if p.After != nil {
			q = q.Where("(taken_at, id) < (?, ?)", p.After.At, p.After.ID)
		}
		if !s.secondWallOnly {
			part := t.db.Where("org in ?", append([]domain.OrgID{0}, scope.Orgs...))
			if scope.Area != "" {
				part = part.Or("area_path >= ? and area_path < ?", scope.Area, scope.Area+":")
			}
			q = q.Where(part)
		}
		var rows []subjectRow
		if err := q.Find(&rows).Error; err != nil {
			return fmt.Errorf("read the register of requests: %w", translate(err))
		}
		for _, r := range rows {
			open, err := s.openSubject(r)
			if err != nil {
				return err
			}
			found = append(found, open)
		}
		return nil
	})
	if err != nil || len(found) <= p.Size {
		return found, nil, err
	}
	last := found[p.Size-1]
	return found[:p.Size], &domain.Cursor{At: last.TakenAt, ID: last.ID}, nil
}

func (s *Store) openSubject(r subjectRow) (domain.SubjectRequest, error) {
	plain, err := s.keys.Unseal(r.Sealed, r.place())
	if err != nil {
		return domain.SubjectRequest{}, fmt.Errorf("decrypt who asks: %w", err)
	}
	out := r.SubjectRequest
	if err := json.Unmarshal(plain, &out.Subject); err != nil {
		return domain.SubjectRequest{}, fmt.Errorf("read who asks: %w", err)
	}
	return out, nil
}

// CasesOfSubject finds the cases a person is a party of, by the blind index of the number, in the county's own scope:
// what of them is shown is decided by who asks.
func (s *Store) CasesOfSubject(ctx context.Context, scope domain.Scope, idNumber string) ([]domain.SubjectCase, error) {
	var found []domain.SubjectCase
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		blinds, err := s.keys.Blinds("id_number", idNumber)
		if err != nil {
			return err
		}
		return t.db.WithContext(ctx).Table("cases").
			Select("cases.county, cases.id, cases.demand_no, cases.committee, cases.confidentiality, p.no as party_no").
			Joins("join party p on p.county = cases.county and p.case_id = cases.id").
			Joins("join personal_value v on v.county = p.county and v.case_id = p.case_id and v.id = p.id_number_ref").
			Scopes(s.visible(scope)).Where("v.county = ? and v.kind = 'id_number' and v.blind in ?", scope.County, blinds).
			Order("cases.registered_at, cases.id, p.no").Scan(&found).Error
	})
	if err != nil {
		return nil, fmt.Errorf("find somebody's cases: %w", err)
	}
	return found, nil
}
