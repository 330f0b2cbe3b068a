package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"baimi/storage/backup"
	"baimi/storage/pgembed"
)

func (c *command) newBackup() *cobra.Command {
	return &cobra.Command{
		Use:   "backup [DIR]",
		Short: "备份数据库、附件和密钥 / back up database, attachments and keys, sealed with a passphrase",
		Long: `Writes a backup into a new folder below DIR (default BAIMI_BACKUP_DIR), while the service runs or not.
The passphrase comes from BAIMI_BACKUP_PASSPHRASE (or _FILE), else it is asked for. Without it nobody opens the backup.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := ""
			if len(args) == 1 {
				dir = args[0]
			}
			return c.backup(cmd.Context(), dir)
		},
	}
}

// errNotOurs is for servers whose files are not ours to copy.
var errNotOurs = errors.New("backup and restore are for the private PostgreSQL in the data folder; DATABASE_URL is set: " +
	"use your server's own base backups (pg_basebackup, pgBackRest) and keep the keys of BAIMI_KEYS_DIR with them")

func (c *command) backup(ctx context.Context, dir string) error {
	return c.withDatabase(ctx, func(ctx context.Context, w *workspace) error {
		if w.db.superURL == "" {
			return errNotOurs
		}
		if dir = cmp.Or(dir, w.cfg.BackupDir); dir == "" {
			return errors.New("say where to: baimi backup DIR, or set BAIMI_BACKUP_DIR")
		}
		passphrase, err := c.passphrase(w.cfg, true)
		if err != nil {
			return err
		}
		source := backup.Source{
			DSN: w.db.superURL, Password: pgembed.PasswordFile(w.cfg.clusterDir()),
			Keys: w.cfg.KeysDir, Files: w.cfg.filesDir(), Version: version,
		}
		at := now()
		m, err := backup.Create(ctx, source, dir, passphrase, at)
		if err != nil {
			return err
		}
		fmt.Fprintf(c.env.stdout, "备份完成 / backed up: %s (%.1f MB)\n", backup.Path(dir, at), float64(m.Bytes())/1e6)
		return nil
	})
}

// passphrase is the configured one, or asked for; twice where a typing mistake would lock the backup for ever.
func (c *command) passphrase(cfg Config, twice bool) (string, error) {
	if cfg.BackupPassphrase != "" {
		return cfg.BackupPassphrase, nil
	}
	again := ""
	if twice {
		again = "再次输入 / again: "
	}
	secret, err := c.askSecret("备份口令 / passphrase of the backup: ", again)
	if err != nil {
		return "", err
	}
	var check Config
	if err := backupPassphrase(&check, secret); twice && err != nil {
		return "", fmt.Errorf("备份口令至少%d个字符 / passphrase: %w: at least %d characters", minPassphrase, err, minPassphrase)
	}
	return secret, nil
}

func (c *command) newRestore() *cobra.Command {
	return &cobra.Command{
		Use:   "restore BACKUP",
		Short: "从备份恢复到空的数据目录 / restore a backup into an empty data folder",
		Args:  cobra.ExactArgs(1),
		RunE:  func(cmd *cobra.Command, args []string) error { return c.restore(cmd.Context(), args[0]) },
	}
}

func (c *command) restore(ctx context.Context, from string) error {
	cfg, err := c.config(nil)
	if err != nil {
		return err
	}
	if !cfg.Embedded() {
		return errNotOurs
	}
	passphrase, err := c.passphrase(cfg, false)
	if err != nil {
		return err
	}
	if err := pgembed.Usable(cfg.clusterDir(), ""); err != nil {
		return err
	}
	if err := makeDataDir(cfg); err != nil {
		return err
	}
	target := backup.Target{Dir: cfg.clusterDir(), Keys: cfg.KeysDir, Files: cfg.filesDir(), BinDir: cfg.PGBinDir}
	m, err := backup.Restore(ctx, from, target, passphrase)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.env.stdout, "已恢复 %s 的备份到 / restored the backup of that time into: %s\n下一步 / next: baimi migrate && baimi serve\n",
		m.Begun.Local().Format("2006-01-02 15:04:05"), cfg.DataDir)
	return nil
}
