package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"baimi/storage/pgembed"
)

// rootDataDir is where root keeps the data when user postgres cannot enter the default folder.
const rootDataDir = "/var/lib/baimi"

// placeFolders settles where the data lies. Only the default moves: a folder that was asked for is taken or refused.
func (c *Config) placeFolders(isDefault bool) {
	if isDefault && c.Embedded() && os.Geteuid() == 0 {
		if err := pgembed.Usable(c.clusterDir(), ""); errors.Is(err, pgembed.ErrFolderNotTraversable) {
			c.Moved = fmt.Sprintf("%v; the data is kept in %s", err, rootDataDir)
			c.DataDir = rootDataDir
		}
	}
	if c.KeysDir == "" {
		c.KeysDir = filepath.Join(c.DataDir, "keys")
	}
}

// clusterDir is the private PostgreSQL's folder.
func (c Config) clusterDir() string { return filepath.Join(c.DataDir, "pg") }

// filesDir holds the attachments.
func (c Config) filesDir() string { return filepath.Join(c.DataDir, "files") }

// makeDataDir makes the data folder, whatever the umask: with a private PostgreSQL its user must be able to pass through.
// Git is told to keep out, because the folder may lie in a checkout and holds keys.
func makeDataDir(cfg Config) error {
	if _, err := os.Stat(cfg.DataDir); err == nil {
		return nil
	}
	mode := os.FileMode(0o700)
	if cfg.Embedded() {
		mode = 0o711
	}
	if err := os.MkdirAll(cfg.DataDir, mode); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	if err := os.Chmod(cfg.DataDir, mode); err != nil {
		return fmt.Errorf("data folder: %w", err)
	}
	return os.WriteFile(filepath.Join(cfg.DataDir, ".gitignore"), []byte("*\n"), 0o600)
}
