package storage

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"baimi/domain"
)

// NextFileNumber takes the next file number of a committee's year. It holds the committee's counter until the
// transaction of the acceptance ends, so a rolled-back acceptance leaves no gap.
func (s *Store) NextFileNumber(ctx context.Context, scope domain.Scope, committee domain.OrgID, year int) (domain.FileNumber, error) {
	var n domain.FileNumber
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		db := t.db.WithContext(ctx)
		org, err := s.Org(ctx, committee)
		if err != nil {
			return err
		}
		if org.ShortName == nil || org.FileWord == nil || org.County != scope.County {
			return domain.Errorf(domain.CodeGuard, "“%s”不是本县的人民调解委员会，没有卷号", org.Name)
		}
		n.Year = year
		err = db.Raw(`insert into file_number (county, committee, year, last) values (?, ?, ?, 1)
			on conflict (county, committee, year) do update set last = file_number.last + 1 returning last`,
			scope.County, committee, year).Scan(&n.Seq).Error
		if err != nil {
			return fmt.Errorf("take a file number: %w", translate(err))
		}
		n.Text = domain.FileNo(year, *org.ShortName, *org.FileWord, n.Seq)
		return nil
	})
	return n, err
}

// CasesByDemandNo finds the cases that the scope shows by the number their parties have, the newest first: through its
// transfers a matter keeps that number.
func (s *Store) CasesByDemandNo(ctx context.Context, scope domain.Scope, no domain.DemandNo) ([]domain.CaseID, error) {
	var ids []uuid.UUID
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		return t.db.WithContext(ctx).Model(&domain.Case{}).Scopes(s.visible(scope)).
			Where("cases.county = ? and cases.demand_no = ?", scope.County, string(no)).Order("leg desc").Pluck("id", &ids).Error
	})
	if err != nil {
		return nil, fmt.Errorf("find cases: %w", err)
	}
	cases := make([]domain.CaseID, len(ids))
	for i, id := range ids {
		cases[i] = domain.CaseID{County: scope.County, UUID: id}
	}
	return cases, nil
}
