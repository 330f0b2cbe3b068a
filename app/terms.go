package app

import (
	"context"

	"baimi/domain"
	"baimi/domain/calendar"
)

// CheckTerms looks at terms as they would be recorded, and stores nothing.
func (u *Cases) CheckTerms(ctx context.Context, actor domain.Actor, id domain.CaseID, in domain.Terms) (domain.CheckedTerms, error) {
	if err := mayOpen(actor, id); err != nil {
		return domain.CheckedTerms{}, err
	}
	c, err := u.store.Case(ctx, actor.Scope(), id) // what is answered are the asker's own words, so the look is not logged
	if err != nil {
		return domain.CheckedTerms{}, err
	}
	a, err := u.act(ctx, actor, "")
	if err != nil {
		return domain.CheckedTerms{}, err
	}
	return c.CheckTerms(a, in)
}

// AdviseConfirmation says whether a court can be asked to confirm the case's agreement, which court, and with what papers. answers
// are the mediator's to what the program cannot know.
func (u *Cases) AdviseConfirmation(ctx context.Context, actor domain.Actor, id domain.CaseID, answers map[string]bool) (domain.Navigation, error) {
	if err := mayOpen(actor, id); err != nil {
		return domain.Navigation{}, err
	}
	c, err := u.store.Case(ctx, actor.Scope(), id) // days and articles, nothing personal, so the look is not logged
	if err != nil {
		return domain.Navigation{}, err
	}
	n := c.Navigate(calendar.DateOf(u.clock.now()), answers)
	courts, err := u.store.Orgs(ctx, domain.OrgFilter{Kind: domain.OrgCourt, Area: c.AreaPath[:countyPath], Size: mostCourts})
	if err != nil {
		return domain.Navigation{}, err
	}
	if name := nearestCourt(courts, c.AreaPath); name != "" {
		for i := range n.Venues {
			if n.Venues[i].Code == "committee" || n.Venues[i].Code == "object" {
				n.Venues[i].Court = name
			}
		}
	}
	return n, nil
}

const mostCourts = 50

// nearestCourt is the court of the smallest area that a place lies in; "" when the directory has none.
func nearestCourt(courts []domain.Org, path string) string {
	best := domain.Org{}
	for _, x := range courts {
		if domain.Within(path, x.AreaPath) && len(x.AreaPath) > len(best.AreaPath) {
			best = x
		}
	}
	return best.Name
}
