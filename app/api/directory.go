package api

import (
	"context"

	"baimi/app"
	"baimi/domain"
)

// ListAreas lists areas.
func (s *server) ListAreas(ctx context.Context, r ListAreasRequestObject) (ListAreasResponseObject, error) {
	areas, err := s.Directory.Areas(ctx, intOf(r.Params.Parent), text(r.Params.Q))
	if err != nil {
		return nil, err
	}
	return ListAreas200JSONResponse{Items: each(areas, areaOf)}, nil
}

// ListOrganisations lists organisations.
func (s *server) ListOrganisations(ctx context.Context, r ListOrganisationsRequestObject) (ListOrganisationsResponseObject, error) {
	after, err := readOrgCursor(cursorOrgs, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	f := domain.OrgFilter{Area: text(r.Params.Area), Name: text(r.Params.Q), After: after, Size: pageSize(r.Params.PageSize)}
	if r.Params.Parent != nil {
		f.Parent = domain.OrgID(*r.Params.Parent)
	}
	if r.Params.Kind != nil {
		f.Kind = domain.OrgKind(*r.Params.Kind)
	}
	orgs, next, err := s.Directory.Orgs(ctx, f)
	if err != nil {
		return nil, err
	}
	return ListOrganisations200JSONResponse{Items: each(orgs, orgOf), NextCursor: writeOrgCursor(cursorOrgs, next)}, nil
}

// GetOrganisation reads one.
func (s *server) GetOrganisation(ctx context.Context, r GetOrganisationRequestObject) (GetOrganisationResponseObject, error) {
	org, err := s.Directory.Org(ctx, domain.OrgID(r.OrgId))
	if err != nil {
		return nil, err
	}
	return GetOrganisation200JSONResponse(orgOf(org)), nil
}

// ListMediators lists who may mediate for an organisation's committee.
func (s *server) ListMediators(ctx context.Context, r ListMediatorsRequestObject) (ListMediatorsResponseObject, error) {
	staff, err := s.Directory.Mediators(ctx, domain.OrgID(r.OrgId))
	if err != nil {
		return nil, err
	}
	return ListMediators200JSONResponse{Items: each(staff, staffOf)}, nil
}

// ListPoints lists intake points.
func (s *server) ListPoints(ctx context.Context, r ListPointsRequestObject) (ListPointsResponseObject, error) {
	after, err := readOrgCursor(cursorPoints, r.Params.Cursor)
	if err != nil {
		return nil, err
	}
	f := domain.OrgFilter{Area: text(r.Params.Area), Name: text(r.Params.Q), After: after, Size: pageSize(r.Params.PageSize)}
	points, next, err := s.Directory.Points(ctx, f)
	if err != nil {
		return nil, err
	}
	return ListPoints200JSONResponse{Items: each(points, pointOf), NextCursor: writeOrgCursor(cursorPoints, next)}, nil
}

// GetPoint reads one, with its history.
func (s *server) GetPoint(ctx context.Context, r GetPointRequestObject) (GetPointResponseObject, error) {
	point, history, err := s.Directory.Point(ctx, domain.OrgID(r.OrgId))
	if err != nil {
		return nil, err
	}
	return GetPoint200JSONResponse(pointDetailOf(point, history)), nil
}

// ChangePointStatus opens, pauses or closes one.
func (s *server) ChangePointStatus(ctx context.Context, r ChangePointStatusRequestObject) (ChangePointStatusResponseObject, error) {
	change := domain.PointStatus{ValidFrom: r.Body.From, Status: string(r.Body.Status), Reason: text(&r.Body.Reason)}
	point, history, err := s.Directory.ChangePointStatus(ctx, actor(ctx), domain.OrgID(r.OrgId), change)
	if err != nil {
		return nil, err
	}
	return ChangePointStatus200JSONResponse(pointDetailOf(point, history)), nil
}

// ListDictionaries lists the codes.
func (s *server) ListDictionaries(ctx context.Context, _ ListDictionariesRequestObject) (ListDictionariesResponseObject, error) {
	lists, err := s.Directory.Dictionaries(ctx)
	if err != nil {
		return nil, err
	}
	items := each(lists, func(d app.Dictionary) Dictionary {
		return Dictionary{Name: d.Name, Label: d.Label, Entries: each(d.Entries, func(e app.Entry) DictionaryEntry {
			return DictionaryEntry{Code: e.Code, Label: e.Label, Group: some(e.Group)}
		})}
	})
	return ListDictionaries200JSONResponse{Items: items}, nil
}
