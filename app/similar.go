package app

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"baimi/domain"
	"baimi/domain/calendar"
)

// similarShown is how many proposals are answered.
const similarShown = 10

// SimilarToTyped proposes cases that may be the same matter as a form still being typed.
func (u *Cases) SimilarToTyped(ctx context.Context, actor domain.Actor, in RegisterInput) ([]domain.Similar, error) {
	if err := handlesCases(actor); err != nil {
		return nil, err
	}
	r := in.Registration
	today := calendar.DateOf(u.clock.now())
	if r.AreaPath = actor.OrgArea; in.AreaID != nil {
		area, err := u.store.Area(ctx, *in.AreaID, today)
		if domain.CodeOf(err) == domain.CodeNotFound || err == nil && area.County != actor.County {
			return nil, invalid([]domain.FieldError{{Pointer: "/areaId", Code: "area", Message: "纠纷发生地应在本县（市、区）范围内"}})
		}
		if err != nil {
			return nil, err
		}
		r.AreaPath = area.Path
	}
	if r.RequestedOn.IsZero() {
		r.RequestedOn = today
	}
	m := domain.MatterTyped(r)
	found, err := u.similar(ctx, actor, m, uuid.Nil)
	if err != nil || len(m.Names)+len(m.IDNumbers)+len(m.Phones) == 0 {
		return found, err
	}
	// whoever asks with a name gets to know where it is known, so it is logged as a search
	return found, u.store.InTx(ctx, actor.Scope(), func(ctx context.Context) error {
		return u.logPersonSearch(ctx, actor, len(found))
	})
}

// SimilarToCase proposes cases that may be the same matter as one that is registered.
func (u *Cases) SimilarToCase(ctx context.Context, actor domain.Actor, id domain.CaseID) ([]domain.Similar, error) {
	if err := mayOpen(actor, id); err != nil {
		return nil, err
	}
	c, err := u.store.Case(ctx, actor.Scope(), id) // none of it is answered, so the look is not logged
	if err != nil {
		return nil, err
	}
	actor.ReadOnly = false // asking changes nothing
	if err := handlesCases(actor); err != nil {
		return nil, err
	}
	return u.similar(ctx, actor, domain.MatterOf(c), c.ID)
}

// similar looks through what the actor sees and then through the county's ordinary cases. Of those he does not see it keeps
// what the two committees need to speak to each other.
func (u *Cases) similar(ctx context.Context, actor domain.Actor, m domain.Matter, except uuid.UUID) ([]domain.Similar, error) {
	all, err := u.store.SimilarCases(ctx, actor.Scope(), m, except)
	if err != nil {
		return nil, err
	}
	county, err := u.store.SimilarCases(ctx, domain.OrdinaryScope(actor.County, actor.OrgArea[:countyPath]), m, except)
	if err != nil {
		return nil, err
	}
	for _, x := range county {
		if !slices.ContainsFunc(all, func(y domain.Similar) bool { return y.ID == x.ID }) {
			all = append(all, x.AsOutside())
		}
	}
	slices.SortStableFunc(all, func(a, b domain.Similar) int { return domain.Weight(b.Reasons) - domain.Weight(a.Reasons) })
	return all[:min(len(all), similarShown)], nil
}
