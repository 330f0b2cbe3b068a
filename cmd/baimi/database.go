package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"

	"baimi/storage/pgembed"
)

// database is the way to the data: the URLs of its roles, and the private cluster when we are the ones who run it.
type database struct {
	appURL   string
	ownerURL string          // "" when the service's URL alone is configured
	superURL string          // the private cluster's superuser; "" for a server that is not ours
	server   *pgembed.Server // nil unless this process runs it
}

// access says how a command treats the private cluster.
type access struct {
	create bool // make it when there is none yet
	share  bool // work beside the service that runs it; a second service may not
}

// openDatabase finds the configured server, or starts the private one or joins it.
func openDatabase(ctx context.Context, cfg Config, log *slog.Logger, how access) (*database, error) {
	if !cfg.Embedded() {
		return &database{appURL: cfg.DatabaseURL, ownerURL: cfg.OwnerURL}, nil
	}
	major, err := pgembed.FindCluster(cfg.clusterDir())
	if err != nil {
		return nil, err
	}
	if major == 0 && !how.create {
		return nil, fmt.Errorf("%s holds no database yet: run `baimi migrate` (or `baimi run` for a trial), or set DATABASE_URL or BAIMI_DATA_DIR", cfg.DataDir)
	}
	db, err := startEmbedded(ctx, cfg, log)
	switch {
	case !errors.Is(err, pgembed.ErrInUse):
		return db, err
	case how.share:
		return attach(cfg.clusterDir())
	}
	return nil, fmt.Errorf("数据目录正被另一个百米服务使用 / another Baimi serves from this data folder: %w", err)
}

// close stops the private cluster if it is ours.
func (d *database) close(ctx context.Context) error {
	if d.server == nil {
		return nil
	}
	if err := d.server.Stop(ctx); err != nil && !errors.Is(err, pgembed.ErrGaveUp) {
		return fmt.Errorf("stop PostgreSQL: %w", err)
	}
	return nil
}

// strongestURL is for reading what the service's role may not see yet, before the first migration.
func (d *database) strongestURL() string {
	if d.ownerURL != "" {
		return d.ownerURL
	}
	return d.appURL
}

// needOwner refuses what only the owner of the schema may do.
func (d *database) needOwner(command string) error {
	if d.ownerURL == "" {
		return fmt.Errorf("%s changes the schema: set DATABASE_OWNER_URL to the owner's address", command)
	}
	return nil
}

func userOf(databaseURL string) string {
	u, err := url.Parse(databaseURL)
	if err != nil || u.User == nil {
		return ""
	}
	return u.User.Username()
}

// withoutPassword is a URL that may be shown.
func withoutPassword(databaseURL string) string {
	u, err := url.Parse(databaseURL)
	if err != nil {
		return "(hidden)"
	}
	return u.Redacted()
}
