package main

import (
	"context"
	"errors"
	"log/slog"

	"baimi/storage"
)

// workspace is what a command works with that needs the data and no server.
type workspace struct {
	cfg   Config
	log   *slog.Logger
	db    *database
	store *storage.Store
}

// withDatabase runs fn beside the service or without it, and leaves everything as it was.
func (c *command) withDatabase(ctx context.Context, fn func(ctx context.Context, w *workspace) error) (err error) {
	cfg, err := c.config(nil)
	if err != nil {
		return err
	}
	w := &workspace{cfg: cfg, log: newLogger(c.env.stderr, cfg)}
	if w.db, err = openDatabase(ctx, cfg, w.log, access{share: true}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.db.close(context.WithoutCancel(ctx))) }()
	return fn(ctx, w)
}

// withStore is withDatabase with the store opened on a schema that fits, with the keys.
func (c *command) withStore(ctx context.Context, fn func(ctx context.Context, w *workspace) error) error {
	return c.withDatabase(ctx, func(ctx context.Context, w *workspace) error {
		if err := checkSchema(ctx, w.db.strongestURL()); err != nil {
			return err
		}
		var err error
		if w.store, _, err = openStore(ctx, w.cfg, w.db); err != nil {
			return err
		}
		defer w.store.Close()
		return fn(ctx, w)
	})
}
