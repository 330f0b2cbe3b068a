package api

import (
	"context"
	"slices"

	"baimi/domain"
	"baimi/domain/exchange"
)

// GetExchangeMapping reads a table of codes.
func (s *server) GetExchangeMapping(ctx context.Context, r GetExchangeMappingRequestObject) (GetExchangeMappingResponseObject, error) {
	org, version := domain.OrgID(orZero(r.Params.Organisation)), int(orZero(r.Params.Version))
	f, m, err := s.Exports.Mapping(ctx, actor(ctx), domain.ExchangeFormat(r.Format), org, version)
	if err != nil {
		return nil, err
	}
	out, err := s.mappingOf(ctx, f, m)
	return GetExchangeMapping200JSONResponse{Body: out, Headers: GetExchangeMapping200ResponseHeaders{ETag: etag(m.Version)}}, err
}

// SetExchangeMapping replaces it.
func (s *server) SetExchangeMapping(ctx context.Context, r SetExchangeMappingRequestObject) (SetExchangeMappingResponseObject, error) {
	was := -1
	if r.Params.IfMatch != nil {
		was = version(r.Params.IfMatch)
	}
	entries := each(r.Body.Entries, func(e NewMappingEntry) domain.MappingEntry {
		return domain.MappingEntry{List: e.List, Direction: domain.MappingDirection(e.Direction), From: text(&e.From), To: text(e.To)}
	})
	f, m, err := s.Exports.SetMapping(ctx, actor(ctx), domain.ExchangeFormat(r.Format), domain.OrgID(orZero(r.Params.Organisation)), was, entries)
	if err != nil {
		return nil, err
	}
	out, err := s.mappingOf(ctx, f, m)
	return SetExchangeMapping200JSONResponse{Body: out, Headers: SetExchangeMapping200ResponseHeaders{ETag: etag(m.Version)}}, err
}

// mappingOf shows what was set and what holds with what lies below it.
func (s *server) mappingOf(ctx context.Context, f exchange.Format, m domain.MappingVersion) (ExchangeMapping, error) {
	own := MappingEntryStandingCounty
	layers := []layer{{MappingEntryStandingDefault, f.Defaults()}}
	if m.Org != 0 {
		own = MappingEntryStandingOrganisation
		_, county, err := s.Exports.Mapping(ctx, actor(ctx), m.Format, 0, 0)
		if err != nil {
			return ExchangeMapping{}, err
		}
		layers = append(layers, layer{MappingEntryStandingCounty, county.Entries})
	}
	out := ExchangeMapping{
		Format: ExchangeFormat(m.Format), Organisation: some(int32(m.Org)), Version: int32(m.Version), ChangedAt: m.ChangedAt,
		Entries:   each(m.Entries, func(e domain.MappingEntry) MappingEntry { return entryOf(e, own) }),
		Effective: effective(append(layers, layer{own, m.Entries})),
	}
	if m.ChangedBy == nil {
		return out, nil
	}
	names, err := s.Names.OfStaff(ctx, []domain.PersonID{*m.ChangedBy})
	out.ChangedBy = personName(names, m.ChangedBy)
	return out, err
}

// layer is entries with where they come from.
type layer struct {
	standing MappingEntryStanding
	entries  []domain.MappingEntry
}

// effective puts later layers over earlier ones; an entry that leads to nothing takes what is below it away.
func effective(layers []layer) []MappingEntry {
	out := []MappingEntry{}
	for _, l := range layers {
		for _, e := range l.entries {
			out = slices.DeleteFunc(out, func(x MappingEntry) bool {
				return x.List == e.List && x.Direction == MappingDirection(e.Direction) && x.From == e.From
			})
			if e.To != "" {
				out = append(out, entryOf(e, l.standing))
			}
		}
	}
	return out
}

func entryOf(e domain.MappingEntry, standing MappingEntryStanding) MappingEntry {
	return MappingEntry{
		List: e.List, ListName: exchange.List(e.List).Name(), Direction: MappingDirection(e.Direction), From: e.From, To: e.To, Standing: standing,
	}
}
