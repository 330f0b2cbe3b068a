package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/spf13/cobra"

	"baimi/storage"
)

// verdict is how one check of the doctor ended.
type verdict int

const (
	fine verdict = iota
	warned
	failed
)

// finding is one line of the doctor's report.
type finding struct {
	what    string
	verdict verdict
	text    string
}

// doctor collects findings; it goes on after a bad one, so that one run tells all.
type doctor struct{ findings []finding }

func (d *doctor) say(what string, v verdict, format string, args ...any) {
	d.findings = append(d.findings, finding{what, v, fmt.Sprintf(format, args...)})
}

// judge says fine with a text, or failed with the error.
func (d *doctor) judge(what string, err error, format string, args ...any) bool {
	if err != nil {
		d.say(what, failed, "%v", err)
		return false
	}
	d.say(what, fine, format, args...)
	return true
}

func (d *doctor) worst() verdict {
	w := fine
	for _, f := range d.findings {
		w = max(w, f.verdict)
	}
	return w
}

// The exit codes of `baimi doctor`.
const (
	exitFailed = 1
	exitWarned = 2
)

func (c *command) newDoctor() *cobra.Command {
	var ready string
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "体检：配置、数据库、密钥、备份等 / check this installation",
		Long: `Checks settings, database, schema, keys, clock, calendar and backups, beside the running service or without it.
Exit code: 0 all is well, 2 there are warnings, 1 something is wrong.
With --ready it only asks a running service whether it is ready (0 or 1): the health check of a container.`,
		Args: cobra.NoArgs,
	}
	cmd.Flags().StringVar(&ready, "ready", "", "ask the service at this address, such as http://127.0.0.1:8080")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if ready != "" {
			return askReady(cmd.Context(), ready)
		}
		return c.runDoctor(cmd.Context())
	}
	return cmd
}

func (c *command) runDoctor(ctx context.Context) error {
	d := &doctor{}
	cfg, err := c.config(nil)
	if d.judge("配置 settings", err, "all right; data folder %s", cfg.DataDir) {
		if cfg.Moved != "" {
			d.say("数据目录 data folder", warned, "%s", cfg.Moved)
		}
		d.checkCertificate(cfg)
		d.checkBackups(cfg)
		d.checkFiles(ctx, cfg)
		d.checkCheckpoints(cfg)
		d.checkDatabase(ctx, cfg)
	}
	var t table
	for _, f := range d.findings {
		t.add([]string{"正常 ok", "注意 warning", "错误 FAILED"}[f.verdict], f.what, f.text)
	}
	t.print(c.env.stdout)
	switch d.worst() {
	case failed:
		return &exitError{code: exitFailed}
	case warned:
		return &exitError{code: exitWarned}
	}
	return nil
}

// checkDatabase goes in as the service would.
func (d *doctor) checkDatabase(ctx context.Context, cfg Config) {
	const what = "数据库 database"
	db, err := openDatabase(ctx, cfg, slog.New(slog.DiscardHandler), access{share: true})
	if err != nil {
		d.say(what, failed, "%v", err)
		return
	}
	defer func() {
		if err := db.close(context.WithoutCancel(ctx)); err != nil {
			d.say(what, failed, "%v", err)
		}
	}()
	if !d.judge("结构 schema", checkSchema(ctx, db.strongestURL()), "up to date") {
		return
	}
	if _, err := storage.LoadKeyring(cfg.KeysDir); errors.Is(err, storage.ErrNoKeyring) {
		if err := refuseLostKeys(ctx, cfg.KeysDir, db.appURL); err != nil {
			d.say("密钥 keys", failed, "%v", err)
			return
		}
		d.say("密钥 keys", warned, "there are none yet; the first start makes them in %s", cfg.KeysDir)
		return
	}
	store, _, err := openStore(ctx, cfg, db)
	if err != nil {
		d.say("密钥 keys", failed, "%v", err)
		return
	}
	defer store.Close()
	d.checkFacts(ctx, store)
	d.checkKeys(ctx, store, cfg)
	d.checkClock(ctx, store)
	d.checkCalendar(ctx, store)
}
