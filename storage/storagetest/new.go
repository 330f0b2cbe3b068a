package storagetest

import (
	"context"
	"testing"
)

// AppRole is the login role as which the service works: no superuser, owner of
// nothing, subject to row-level security.
const AppRole = "baimi_app"

// DB is a fresh, migrated, empty database for one test.
type DB struct {
	Name     string
	OwnerURL string // superuser and owner: for factories and checks only
	AppURL   string // AppRole: what the code under test gets
}

// keptAtMost is how many databases a process leaves to a throw-away server: a
// drop costs as much time as a clone, a database that stays 10 MB of disk.
const keptAtMost = 100

// New makes a database for tb. Safe to call from parallel tests. On a server
// that is kept (see ThrowawayEnv) the database is dropped when tb ends; on a
// throw-away server the first hundred go with the server, which is cheaper.
func New(tb testing.TB) *DB {
	tb.Helper()
	ctx := context.Background()
	srv, err := server()
	if err != nil {
		tb.Fatalf("storagetest: %v", err)
	}
	name, err := srv.clone(ctx)
	if err != nil {
		tb.Fatalf("storagetest: %v", err)
	}
	if srv.made.Add(1) > keptAtMost || srv.keep {
		tb.Cleanup(func() {
			if err := srv.drop(ctx, name); err != nil {
				tb.Errorf("storagetest: %v", err)
			}
		})
	}
	return &DB{Name: name, OwnerURL: srv.ownerURL(name), AppURL: srv.appURL(name)}
}
