package api

import (
	"context"

	"baimi/app"
	"baimi/domain"
)

// ListAreaMergers lists the county's mergers.
func (s *server) ListAreaMergers(ctx context.Context, _ ListAreaMergersRequestObject) (ListAreaMergersResponseObject, error) {
	list, err := s.Mergers.List(ctx, actor(ctx))
	if err != nil {
		return nil, err
	}
	return ListAreaMergers200JSONResponse{Items: each(list, mergerOf)}, nil
}

// MergeAreas makes areas part of another.
func (s *server) MergeAreas(ctx context.Context, r MergeAreasRequestObject) (MergeAreasResponseObject, error) {
	m, err := s.Mergers.Merge(ctx, actor(ctx), app.MergerInput{
		On: r.Body.On, From: r.Body.From, Into: r.Body.Into, Name: text(r.Body.Name), Source: text(&r.Body.Source),
	})
	if err != nil {
		return nil, err
	}
	return MergeAreas201JSONResponse(mergerOf(m)), nil
}

func mergerOf(m domain.Merger) AreaMerger {
	return AreaMerger{
		Id: m.ID, On: m.OnDay, From: each(m.FromAreas, func(id int32) int32 { return id }), Into: int32(m.IntoArea),
		AreasMoved: int32(m.AreasMoved), OrganisationsMoved: int32(m.OrgsMoved), Source: m.Source,
		MergedBy: (*int64)(m.MergedBy), MergedAt: m.MergedAt,
	}
}
