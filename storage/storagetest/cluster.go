package storagetest

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"sync"
	"sync/atomic"

	"baimi/storage/pgembed"
)

const (
	// URLEnv names a superuser's URL of the server to use.
	URLEnv = "TEST_DATABASE_URL"
	// ThrowawayEnv, when set, says that the server of URLEnv is soon thrown
	// away, so that databases need not be dropped. withpg sets it.
	ThrowawayEnv = "BAIMI_TEST_THROWAWAY"
)

// cluster is the server on which this test process makes its databases.
type cluster struct {
	admin    url.URL // superuser's, any database
	password string  // of AppRole; roles are the server's, not a database's
	keep     bool    // databases must be dropped
	made     atomic.Int64
	schema   schema
	template func() (string, error) // its name, made when first asked for
}

// server is one per process: that is what makes it worth its start.
var server = sync.OnceValues(func() (*cluster, error) {
	if env := os.Getenv(URLEnv); env != "" {
		return newCluster(env, os.Getenv(ThrowawayEnv) == "", migrated)
	}
	// Nobody tells us when the last test is over: the server ends with this
	// process, and its folder with it.
	own, err := pgembed.StartThrowaway(context.Background(), pgembed.Config{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, err
	}
	return newCluster(own.DSN("postgres"), false, migrated)
})

func newCluster(adminURL string, keep bool, s schema) (*cluster, error) {
	admin, err := url.Parse(adminURL)
	if err != nil {
		return nil, fmt.Errorf("%s is no URL", URLEnv) // not the cause: it quotes the password
	}
	super, _ := admin.User.Password()
	c := &cluster{admin: *admin, keep: keep, schema: s, password: pgembed.RolePassword(super, AppRole)}
	c.template = sync.OnceValues(func() (string, error) { return c.ensureTemplate(context.Background()) })
	return c, nil
}

func (c *cluster) ownerURL(db string) string {
	u := c.admin
	u.Path = "/" + db
	return u.String()
}

func (c *cluster) appURL(db string) string {
	u := c.admin
	u.Path = "/" + db
	u.User = url.UserPassword(AppRole, c.password)
	return u.String()
}
