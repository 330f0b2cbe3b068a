package main

import (
	"context"
	"fmt"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
)

// demoCity is who acts in the demo, and where.
type demoCity struct {
	actors map[string]domain.Actor // by sign-in
	venues []venue
}

// venue is a committee with its people.
type venue struct {
	place    string // as people write it
	area     int    // where its disputes are
	point    *domain.OrgID
	director domain.Actor
	mediator domain.Actor // the director himself where there is no other
	keeper   *domain.Actor
	officer  domain.Actor // of the judicial office above
}

// findCity reads the demo back from the database; errNotDemo if the database is something else.
func findCity(ctx context.Context, store *storage.Store, on calendar.Date) (*demoCity, error) {
	villages, err := store.Areas(ctx, nil, demoMark, on)
	if err != nil {
		return nil, err
	}
	if len(villages) == 0 {
		return nil, errNotDemo
	}
	city := &demoCity{actors: map[string]domain.Actor{}}
	accounts, err := store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	for _, a := range accounts {
		held, err := store.Assignments(ctx, a.Person, on)
		if err != nil {
			return nil, err
		}
		if len(held) > 0 {
			city.actors[a.Login] = held[0].Actor(a, domain.ViaSession)
		}
	}
	byName := map[string]int{}
	for _, v := range villages {
		byName[v.Name] = v.ID
	}
	for i, s := range demoSites {
		for _, v := range s.villages {
			if err := city.addVenue(ctx, store, i, s, v, byName[v.name]); err != nil {
				return nil, err
			}
		}
	}
	return city, nil
}

func (c *demoCity) addVenue(ctx context.Context, store *storage.Store, site int, s demoSite, v demoVillage, area int) error {
	director, ok := c.actors[v.director.login]
	if !ok || area == 0 {
		return errNotDemo
	}
	n := venue{place: s.town + v.name + v.courtyard, area: area, director: director, mediator: director}
	n.officer = c.actors[fmt.Sprintf("office%d", site+1)]
	if m, ok := c.actors[v.mediator.login]; ok {
		n.mediator = m
	}
	if k, ok := c.actors[v.keeper.login]; ok {
		n.keeper, n.point = &k, &k.Org
	} else {
		points, err := store.Orgs(ctx, domain.OrgFilter{Parent: director.Org, Kind: domain.OrgPoint, Size: 1})
		if err != nil {
			return err
		}
		if len(points) > 0 {
			n.point = &points[0].ID
		}
	}
	c.venues = append(c.venues, n)
	return nil
}

// medical is the sector committee; its disputes lie where the first village is.
func (c *demoCity) medical() venue {
	v := c.venues[0]
	v.point, v.keeper = nil, nil
	v.director, v.mediator = c.actors["medical-director"], c.actors["medical"]
	return v
}

// town is the committee of the first town, which takes what the villages pass up.
func (c *demoCity) town() venue {
	v := c.venues[0]
	v.point, v.keeper = nil, nil
	v.director, v.mediator = c.actors["town1"], c.actors["town-mediator"]
	return v
}

// logins lists one sign-in for each role, in the order of the roles, and a few more.
func (c *demoCity) logins() []demoLogin {
	shown := []string{
		"keeper1", "mediator1", "mediator7", "workroom", "medical", "director1", "director4", "town1", "office1", "office3",
		"bureau", "center", "court", "police", "sysadmin", "secadmin", "auditor",
	}
	var list []demoLogin
	for _, login := range shown {
		if a, ok := c.actors[login]; ok {
			list = append(list, demoLogin{login, a.Role.Name(), a.PersonName, a.OrgName})
		}
	}
	return list
}
