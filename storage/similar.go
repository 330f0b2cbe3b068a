package storage

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"baimi/domain"
)

// similarLimit bounds how many cases are compared: the newest with one of the parties, and the newest of the village.
const similarLimit = 200

// SimilarCases proposes cases the scope shows that may be the same matter, the likeliest first. except is the case it is
// asked about, if it is stored.
func (s *Store) SimilarCases(ctx context.Context, scope domain.Scope, m domain.Matter, except uuid.UUID) ([]domain.Similar, error) {
	var out []domain.Similar
	err := s.scoped(ctx, scope, func(ctx context.Context, t *transaction) error {
		cases, err := s.comparable(ctx, t, m, except)
		if err != nil || len(cases) == 0 {
			return err
		}
		if err := s.openSearched(ctx, t, cases); err != nil {
			return err
		}
		reasons := map[uuid.UUID][]domain.SimilarReason{}
		var ids []uuid.UUID
		for i := range cases {
			if r := m.SameMatter(domain.MatterOf(&cases[i])); len(r) > 0 {
				reasons[cases[i].ID], ids = r, append(ids, cases[i].ID)
			}
		}
		out, err = s.similar(ctx, t, ids, reasons)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("find similar cases: %w", translate(err))
	}
	return out, nil
}

// comparable reads the cases of the time that share a name or number, or the village.
func (s *Store) comparable(ctx context.Context, t *transaction, matter domain.Matter, except uuid.UUID) ([]domain.Case, error) {
	blinds, settings, err := s.partyBlinds(domain.PartyQuery{Names: matter.Names, IDNumbers: matter.IDNumbers, Phones: matter.Phones})
	if err != nil {
		return nil, err
	}
	if err := t.db.WithContext(ctx).Exec(ownPlan + settings).Error; err != nil {
		return nil, err
	}
	from, to := matter.RequestedOn.AddDays(-domain.SimilarWithin), matter.RequestedOn.AddDays(domain.SimilarWithin)
	read := func(among func(*gorm.DB) *gorm.DB) (rows []domain.Case, err error) {
		err = t.db.WithContext(ctx).Scopes(s.visible(t.scope), among).
			Where("cases.requested_on between ? and ? and cases.registered_at >= ? and cases.id <> ?", from, to, from.StartOfDay(), except).
			Order("cases.registered_at desc, cases.id desc").Limit(similarLimit).Find(&rows).Error
		return rows, err
	}
	var all []domain.Case
	if len(blinds) > 0 {
		all, err = read(func(q *gorm.DB) *gorm.DB {
			return q.Where("exists (select from search_party p where p.county = cases.county and p.case_id = cases.id and p.blind in ?)", blinds)
		})
		if err != nil {
			return nil, err
		}
	}
	merged, err := s.heirs(ctx, t.scope.County)
	if err != nil {
		return nil, err
	}
	village := merged.districts(matter.Village())
	near, err := read(func(q *gorm.DB) *gorm.DB {
		return q.Where(placed("cases.area_path", village))
	})
	for _, c := range near {
		if !slices.ContainsFunc(all, func(x domain.Case) bool { return x.ID == c.ID }) {
			all = append(all, c)
		}
	}
	return all, err
}

// similar reads the proposals as rows of a list.
func (s *Store) similar(ctx context.Context, t *transaction, ids []uuid.UUID, reasons map[uuid.UUID][]domain.SimilarReason) ([]domain.Similar, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []domain.CaseSummary
	err := t.db.WithContext(ctx).Table("cases").Scopes(s.visible(t.scope)).Where("cases.id in ?", ids).Scan(&rows).Error
	if err != nil {
		return nil, err
	}
	if err := s.fillSummaries(ctx, t, t.scope.County, rows); err != nil {
		return nil, err
	}
	out := make([]domain.Similar, len(rows))
	for i, r := range rows {
		out[i] = domain.Similar{CaseSummary: r, Reasons: reasons[r.ID]}
	}
	slices.SortFunc(out, func(a, b domain.Similar) int {
		return cmp.Or(domain.Weight(b.Reasons)-domain.Weight(a.Reasons), b.RegisteredAt.Compare(a.RegisteredAt))
	})
	return out, nil
}
