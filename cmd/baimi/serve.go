package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"
)

// stopTimeout bounds an orderly end as a whole; PostgreSQL's own shutdown is part of it.
const stopTimeout = 60 * time.Second

func (c *command) newServe() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "提供服务（不改动数据库结构） / serve; never touches the schema",
		Args:  cobra.NoArgs,
	}
	flags := serverFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.runService(cmd.Context(), flags(), FirstStart{})
	}
	return cmd
}

func (c *command) newRun() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "run",
		Short: "试用：建库、空库时装入演示数据、提供服务 / migrate, demo data if empty, serve",
		Args:  cobra.NoArgs,
	}
	flags := serverFlags(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		return c.runService(cmd.Context(), flags(), FirstStart{Migrate: true, Demo: true})
	}
	return cmd
}

// serverFlags adds the flags that stand for a setting, and returns those that were given.
func serverFlags(cmd *cobra.Command) func() map[string]string {
	names := map[string]string{"listen": "BAIMI_LISTEN", "tls": "BAIMI_TLS"}
	for flag, name := range names {
		s, _ := findSetting(name)
		cmd.Flags().String(flag, "", s.help+" ("+name+", default "+s.fallback+")")
	}
	return func() map[string]string {
		given := map[string]string{}
		for flag, name := range names {
			if f := cmd.Flags().Lookup(flag); f.Changed {
				given[name] = f.Value.String()
			}
		}
		return given
	}
}

// runService runs the service until it is asked to stop or a part of it ends.
func (c *command) runService(ctx context.Context, flags map[string]string, first FirstStart) error {
	cfg, err := c.config(flags)
	if err != nil {
		return err
	}
	log := newLogger(c.env.stderr, cfg)
	app := New(cfg, log, now, first)
	began := now()
	if err := app.Start(ctx); err != nil {
		return err
	}
	collectSeldom(c.env.vars)
	c.greet(app)
	log.InfoContext(ctx, "serving", "url", app.URL(), "version", version, "embedded", cfg.Embedded(), "took", now().Sub(began))
	ended := app.Wait(ctx)
	if ended != nil {
		log.ErrorContext(ctx, "a part of the service ended", "error", ended)
	}
	log.InfoContext(ctx, "stopping")
	stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTimeout)
	defer cancel()
	err = errors.Join(ended, app.Stop(stop))
	log.InfoContext(stop, "stopped")
	return err
}
