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

// suits refuses a role in an organisation where it means nothing: a judicial officer in a village committee would
// oversee a village.
func suits(role domain.Role, org domain.Org) error {
	if role.Suits(org.Kind) {
		return nil
	}
	return fmt.Errorf("%s（%s）不能设在“%s”（%s） / role %s is not held in an organisation of kind %s", role.Name(), role, org.Name, org.Kind, role, org.Kind)
}
