package exports

import (
	"context"

	"baimi/domain"
	"baimi/domain/exchange"
)

// mapping is what somebody exports by: his organisation's entries, then his county's, then the defaults.
func (u *Exports) mapping(ctx context.Context, by domain.Actor, f exchange.Format) (exchange.Mapping, error) {
	own, err := u.store.Mapping(ctx, by.Scope(), f.Code, by.Org, 0)
	if err != nil {
		return exchange.Mapping{}, err
	}
	county, err := u.store.Mapping(ctx, by.Scope(), f.Code, 0, 0)
	return f.NewMapping(own.Entries, county.Entries), err
}

// seesMappings is for whoever exports by them or edits them.
func seesMappings(a domain.Actor) error {
	if a.Role == domain.RoleSystemAdmin {
		return nil
	}
	return a.MaySeeExports()
}

// Mapping reads what was set for the county, or with org for an organisation of it; version 0 is the newest.
func (u *Exports) Mapping(ctx context.Context, actor domain.Actor, format domain.ExchangeFormat, org domain.OrgID, version int) (exchange.Format, domain.MappingVersion, error) {
	f, err := exchange.Of(format)
	if err != nil {
		return f, domain.MappingVersion{}, err
	}
	if err := seesMappings(actor); err != nil {
		return f, domain.MappingVersion{}, err
	}
	if err := u.ours(ctx, actor, org); err != nil {
		return f, domain.MappingVersion{}, err
	}
	m, err := u.store.Mapping(ctx, actor.Scope(), format, org, version)
	return f, m, err
}

// ours asks whether an organisation is of the actor's county.
func (u *Exports) ours(ctx context.Context, actor domain.Actor, org domain.OrgID) error {
	if org == 0 {
		return nil
	}
	o, err := u.store.Org(ctx, org)
	if err != nil {
		return err
	}
	if o.County != actor.County {
		return domain.NotFound("单位")
	}
	return nil
}

// SetMapping keeps a new state of a table; the old ones stay, each with who made it. was is the version that the editor saw, -1
// when he does not say.
func (u *Exports) SetMapping(ctx context.Context, actor domain.Actor, format domain.ExchangeFormat, org domain.OrgID, was int, entries []domain.MappingEntry) (exchange.Format, domain.MappingVersion, error) {
	f, err := exchange.Of(format)
	if err != nil {
		return f, domain.MappingVersion{}, err
	}
	if err := actor.MaySetMappings(); err != nil {
		return f, domain.MappingVersion{}, err
	}
	if was < 0 {
		return f, domain.MappingVersion{}, domain.Errorf(domain.CodeNeedsMatch, "请先读取对照表，保存时注明所依据的版本（If-Match）")
	}
	if err := u.ours(ctx, actor, org); err != nil {
		return f, domain.MappingVersion{}, err
	}
	if err := f.Check(entries); err != nil {
		return f, domain.MappingVersion{}, err
	}
	now := u.now()
	m := domain.MappingVersion{
		County: actor.County, Format: format, Org: org, Version: was + 1, ChangedBy: &actor.Person, ChangedAs: &actor.Assignment, ChangedAt: &now, Entries: entries,
	}
	return f, m, u.store.SetMapping(ctx, actor.Scope(), m, was)
}
