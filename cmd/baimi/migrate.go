package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"baimi/migrations"
)

func (c *command) newMigrate() *cobra.Command {
	return &cobra.Command{
		Use:   "migrate",
		Short: "建立或升级数据库结构 / make or update the schema, and the service's role",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return c.migrate(cmd.Context()) },
	}
}

func (c *command) migrate(ctx context.Context) (err error) {
	cfg, err := c.config(nil)
	if err != nil {
		return err
	}
	db, err := openDatabase(ctx, cfg, newLogger(c.env.stderr, cfg), access{create: true, share: true})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.close(context.WithoutCancel(ctx))) }()
	if err := db.needOwner("baimi migrate"); err != nil {
		return err
	}
	if err := migrations.Up(ctx, db.ownerURL, db.appURL); err != nil {
		return err
	}
	fmt.Fprintln(c.env.stdout, "数据库结构已是最新 / the schema is up to date. Next: baimi serve")
	return nil
}
