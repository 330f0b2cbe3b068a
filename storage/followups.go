package storage

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"baimi/domain"
)

// CasesToFollowUp finds the next cases, by id, under whose agreement in force a visit is missing (rule D15): never planned, or
// to be tried again after one that reached nobody. What exactly is missing is for domain.PlanFollowUps to say.
func (s *Store) CasesToFollowUp(ctx context.Context, scope domain.Scope, after uuid.UUID, limit int) ([]domain.CaseID, error) {
	var ids []uuid.UUID
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		err := t.db.WithContext(ctx).Raw(`
			select c.id from cases c join agreement g on g.county = c.county and g.case_id = c.id and g.status in ('effective', 'fulfilled')
			where c.county = @county and c.id > @after and c.status in ('agreed_oral', 'agreed_written') and (
				not exists (select from follow_up f where f.county = g.county and f.case_id = g.case_id and f.agreement_no = g.no and f.kind <> 'each')
				or exists (select from obligation o where o.county = g.county and o.case_id = g.case_id and o.agreement_no = g.no
					and not exists (select from follow_up f where f.county = g.county and f.case_id = g.case_id and f.agreement_no = g.no
						and (f.kind = 'immediate' or f.kind = 'each' and f.counted_from = o.due_on)))
				or exists (select from follow_up f where f.county = g.county and f.case_id = g.case_id and f.agreement_no = g.no
					and f.status = 'not_reached' and f.attempt < 3
					and not exists (select from follow_up n where n.county = f.county and n.case_id = f.case_id and n.agreement_no = f.agreement_no
						and n.kind = f.kind and n.counted_from = f.counted_from and n.attempt > f.attempt)))
			order by c.id limit @limit`,
			map[string]any{"county": scope.County, "after": after, "limit": limit}).Scan(&ids).Error
		if err != nil {
			return fmt.Errorf("find cases to follow up: %w", translate(err))
		}
		return nil
	})
	out := make([]domain.CaseID, len(ids))
	for i, id := range ids {
		out[i] = domain.CaseID{County: scope.County, UUID: id}
	}
	return out, err
}
