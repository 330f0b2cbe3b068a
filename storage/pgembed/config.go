package pgembed

import (
	"log/slog"
	"path/filepath"
	"time"
)

// Superuser is the role that owns a private cluster.
const Superuser = "baimi_super"

// MinMajor is the oldest PostgreSQL we run on: base backups use the message
// format that came with it.
const MinMajor = 15

// Config says where a private cluster lives and how it is run. Only Dir is
// required.
type Config struct {
	// Dir is the data folder; it is created when missing. See the package
	// comment for what it holds.
	Dir string
	// BinDir holds postgres and initdb; searched for when empty (see FindBin).
	BinDir string
	// RunAs is the operating system's user that runs PostgreSQL when we are
	// root, which PostgreSQL refuses to be. "postgres" when empty.
	RunAs string
	// Settings are added to, and win over, our own server settings.
	Settings map[string]string
	// Ephemeral gives up durability and replication for speed: for tests.
	Ephemeral bool
	// StartTimeout bounds one start, crash recovery included; 10 minutes when
	// zero, because a recovery that is cut short only starts again.
	StartTimeout time.Duration
	// Log receives the server's own lines (debug, FATAL as warnings) and what
	// the supervisor does; slog.Default() when nil.
	Log *slog.Logger
	// Now is the clock by which deaths are counted; the system's when nil.
	Now func() time.Time
}

func (c Config) withDefaults() (Config, error) {
	dir, err := filepath.Abs(c.Dir)
	if err != nil {
		return c, err
	}
	c.Dir = dir
	if c.RunAs == "" {
		c.RunAs = "postgres"
	}
	if c.StartTimeout == 0 {
		c.StartTimeout = 10 * time.Minute
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	if c.Now == nil {
		c.Now = time.Now //nolint:forbidigo // the default clock of a process supervisor
	}
	return c, nil
}
