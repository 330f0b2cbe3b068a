package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"baimi/domain"
	"baimi/storage"
)

// findOrg takes an organisation's number, its name, or a part of the name that fits only one.
func findOrg(ctx context.Context, store *storage.Store, text string) (domain.Org, error) {
	if n, err := strconv.ParseInt(text, 10, 32); err == nil {
		return store.Org(ctx, domain.OrgID(n))
	}
	const most = 10
	found, err := store.Orgs(ctx, domain.OrgFilter{Name: text, Size: most})
	if err != nil {
		return domain.Org{}, err
	}
	exact := slices.IndexFunc(found, func(o domain.Org) bool { return o.Name == text })
	switch {
	case exact >= 0:
		return found[exact], nil
	case len(found) == 1:
		return found[0], nil
	case len(found) == 0:
		return domain.Org{}, domain.NotFound("单位“" + text + "”")
	}
	var lines []string
	for _, o := range found {
		lines = append(lines, fmt.Sprintf("  %d  %s", o.ID, o.Name))
	}
	return domain.Org{}, fmt.Errorf("--org %q fits several; take a number:\n%s", text, strings.Join(lines, "\n"))
}

// rolePlaces says in which organisations a role is held; the administrators' may be any.
var rolePlaces = map[domain.Role][]domain.OrgKind{
	domain.RolePointKeeper: {domain.OrgPoint, domain.OrgGroup, domain.OrgStationedWorkroom, domain.OrgPersonalWorkroom},
	domain.RoleMediator: {
		domain.OrgCommittee, domain.OrgGroup, domain.OrgPoint, domain.OrgStationedWorkroom, domain.OrgPersonalWorkroom,
	},
	domain.RoleCommitteeDirector: {domain.OrgCommittee},
	domain.RoleJudicialOfficer:   {domain.OrgJudicialOffice},
	domain.RoleBureauOfficer:     {domain.OrgBureau},
	domain.RoleCenterViewer:      {domain.OrgCenter},
	domain.RoleConnector:         {domain.OrgCourt, domain.OrgPolice, domain.OrgPetitionOffice, domain.OrgOtherOrgan},
}

// suits refuses a role in an organisation where it means nothing: a judicial officer in a village committee would
// oversee a village.
func suits(role domain.Role, org domain.Org) error {
	kinds, some := rolePlaces[role]
	if !some || slices.Contains(kinds, org.Kind) {
		return nil
	}
	return fmt.Errorf("%s（%s）不能设在“%s”（%s） / role %s is not held in an organisation of kind %s", role.Name(), role, org.Name, org.Kind, role, org.Kind)
}
