package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"time"

	"github.com/shopspring/decimal"

	"baimi/app/api"
	"baimi/app/exports"
	"baimi/storage/files"
)

// Config is what an installation decided, checked.
type Config struct {
	DatabaseURL       string // "" starts a private PostgreSQL
	OwnerURL          string
	Listen            string
	DataDir           string
	KeysDir           string
	BackupDir         string
	BackupPassphrase  string
	CheckpointDir     string
	CheckpointWebhook string
	TLS               string
	TLSCert           string
	TLSKey            string
	TrustedProxies    []netip.Prefix
	TrustedOrigins    []string
	Limits            api.Limits
	PublicURL         string // as https://host, without a slash behind it
	MaxConnections    int32
	AlertPeople       int
	AlertAmount       *decimal.Decimal // nil for never
	SessionIdle       time.Duration
	ExportKeep        time.Duration
	SessionMax        time.Duration
	LogLevel          slog.Level
	LogFormat         string
	PGBinDir          string
	S3                files.S3 // without a bucket the attachments lie in the data folder

	// Moved tells why the data folder is not the default one, when it is not.
	Moved string
}

// Embedded tells whether the service brings its own PostgreSQL.
func (c Config) Embedded() bool { return c.DatabaseURL == "" }

// newConfig checks every value, then what must fit together, and tells all mistakes at once.
func newConfig(values map[string]value) (Config, error) {
	var c Config
	var errs []error
	for _, s := range settings {
		v, ok := values[s.name]
		if !ok {
			continue
		}
		if err := s.set(&c, v.text); err != nil {
			errs = append(errs, wrongValue(s, v, err))
		}
	}
	if len(errs) > 0 {
		return c, errors.Join(errs...)
	}
	if err := c.checkTogether(); err != nil {
		return c, err
	}
	c.placeFolders(values["BAIMI_DATA_DIR"].source == "default")
	return c, nil
}

// wrongValue says which, why, and what is right; a secret's value is not repeated.
func wrongValue(s setting, v value, err error) error {
	shown := s.name
	if !s.secret {
		shown = fmt.Sprintf("%s=%q", s.name, v.text)
	}
	return fmt.Errorf("%s (from %s): %w. Right is: %s", shown, v.source, err, s.right)
}

func (c *Config) checkTogether() error {
	var errs []error
	errs = append(errs, c.checkS3())
	ownFiles := c.TLSCert != "" || c.TLSKey != ""
	switch {
	case c.TLS == tlsFiles && (c.TLSCert == "" || c.TLSKey == ""):
		errs = append(errs, errors.New("BAIMI_TLS=files needs BAIMI_TLS_CERT and BAIMI_TLS_KEY"))
	case c.TLS != tlsFiles && ownFiles:
		errs = append(errs, fmt.Errorf("BAIMI_TLS_CERT and BAIMI_TLS_KEY do nothing with BAIMI_TLS=%s: set BAIMI_TLS=files", c.TLS))
	}
	if c.SessionMax < c.SessionIdle {
		errs = append(errs, fmt.Errorf("BAIMI_SESSION_MAX (%s) is shorter than BAIMI_SESSION_IDLE (%s)", c.SessionMax, c.SessionIdle))
	}
	if c.DatabaseURL == "" && c.OwnerURL != "" {
		errs = append(errs, errors.New("DATABASE_OWNER_URL is set and DATABASE_URL is not: set both, or none for a private PostgreSQL"))
	}
	if c.DatabaseURL != "" && userOf(c.DatabaseURL) == userOf(c.OwnerURL) {
		errs = append(errs, errors.New("DATABASE_URL and DATABASE_OWNER_URL name the same role: the service needs one of its own, or row-level security does nothing"))
	}
	return errors.Join(errs...)
}

// exports is what the exports are told.
func (c Config) exports() exports.Config { return exports.Config{Keep: c.ExportKeep} }
