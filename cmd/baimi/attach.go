package main

import (
	"fmt"
	"net/url"

	"baimi/storage/pgembed"
)

// attach reaches a private cluster that another process of ours runs, so that a backup or a new account does not need
// the service to stop.
func attach(dir string) (*database, error) {
	super, err := pgembed.RunningDSN(dir, "postgres")
	if err != nil {
		return nil, fmt.Errorf("%s is in use, but its PostgreSQL is not to be reached (it may just be starting or stopping; try again): %w", dir, err)
	}
	at, err := url.Parse(super)
	if err != nil {
		return nil, fmt.Errorf("address of the private PostgreSQL: %w", err)
	}
	secret, _ := at.User.Password()
	as := func(role string) string {
		u := *at
		u.User, u.Path = url.UserPassword(role, pgembed.RolePassword(secret, role)), "/"+databaseName
		return u.String()
	}
	return &database{superURL: super, ownerURL: as(ownerRole), appURL: as(appRole)}, nil
}
