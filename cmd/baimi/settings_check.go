package main

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"

	"baimi/domain"
)

const (
	minute = time.Minute
	hour   = time.Hour
	day    = 24 * time.Hour

	tlsOff   = "off"
	tlsSelf  = "self"
	tlsFiles = "files"

	logJSON = "json"
	logText = "text"

	minPassphrase = 12
)

type durationValue = time.Duration

type setter = func(c *Config, value string) error

func databaseURL(at func(*Config) *string) setter {
	return func(c *Config, value string) error {
		if !strings.HasPrefix(value, "postgres://") && !strings.HasPrefix(value, "postgresql://") {
			return errors.New("it does not begin with postgres://")
		}
		parsed, err := pgx.ParseConfig(value)
		switch {
		case err != nil:
			return errors.New("it is no URL of a database") // not the cause: it may quote the password
		case parsed.User == "" || parsed.Database == "":
			return errors.New("it names no user or no database")
		}
		*at(c) = value
		return nil
	}
}

func listenAddress(c *Config, value string) error {
	host, port, err := net.SplitHostPort(value)
	if err != nil {
		return errors.New("it is not host:port")
	}
	if n, err := strconv.Atoi(port); err != nil || n < 0 || n > 65535 {
		return fmt.Errorf("%q is no port", port)
	}
	if strings.ContainsAny(host, "/ ") {
		return fmt.Errorf("%q is no host", host)
	}
	c.Listen = value
	return nil
}

// folder takes a path; it need not exist yet, but nothing else may be in its place.
func folder(at func(*Config) *string) setter {
	return func(c *Config, value string) error {
		abs, err := filepath.Abs(value)
		if err != nil {
			return err
		}
		if info, err := os.Stat(abs); err == nil && !info.IsDir() {
			return errors.New("it is no folder")
		}
		*at(c) = abs
		return nil
	}
}

func readableFile(at func(*Config) *string) setter {
	return func(c *Config, value string) error {
		abs, err := filepath.Abs(value)
		if err != nil {
			return err
		}
		f, err := os.Open(abs)
		if err != nil {
			return fmt.Errorf("it cannot be read: %w", errors.Unwrap(err))
		}
		*at(c) = abs
		return f.Close()
	}
}

func backupPassphrase(c *Config, value string) error {
	if utf8.RuneCountInString(value) < minPassphrase {
		return errors.New("it is too short")
	}
	c.BackupPassphrase = value
	return nil
}

func oneOf(at func(*Config) *string, allowed ...string) setter {
	return func(c *Config, value string) error {
		if !slices.Contains(allowed, value) {
			return errors.New("there is no such choice")
		}
		*at(c) = value
		return nil
	}
}

func trustedProxies(c *Config, value string) error {
	for part := range strings.SplitSeq(value, ",") {
		part = strings.TrimSpace(part)
		prefix, err := netip.ParsePrefix(part)
		if addr, plain := netip.ParseAddr(part); plain == nil {
			prefix, err = netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		if err != nil {
			return fmt.Errorf("%q is no address and no network", part)
		}
		c.TrustedProxies = append(c.TrustedProxies, prefix.Masked())
	}
	return nil
}

// trustedOrigins asks the one who will check requests whether it is an origin.
func trustedOrigins(c *Config, value string) error {
	for part := range strings.SplitSeq(value, ",") {
		origin := strings.TrimSpace(part)
		if err := http.NewCrossOriginProtection().AddTrustedOrigin(origin); err != nil || strings.Contains(origin, "*") {
			return fmt.Errorf("%q is no origin", origin)
		}
		c.TrustedOrigins = append(c.TrustedOrigins, origin)
	}
	return nil
}

const rightRate = "a number from 0 to 1000000"

// rateLimit is a setter of a number of requests a minute; 0 turns it off.
func rateLimit(field func(*Config) *int) func(*Config, string) error {
	return func(c *Config, value string) error {
		n, err := strconv.Atoi(value)
		if err != nil || n < 0 || n > 1_000_000 {
			return errors.New("it is no number in that range")
		}
		*field(c) = n
		return nil
	}
}

func maxConnections(c *Config, value string) error {
	n, err := strconv.ParseInt(value, 10, 32)
	if err != nil || n < 4 || n > 500 {
		return errors.New("it is no number in that range")
	}
	c.MaxConnections = int32(n)
	return nil
}

// alertPeople is a setter of its own: 0 turns it off.
func alertPeople(c *Config, value string) error {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > 10_000 {
		return errors.New("it is no number in that range")
	}
	c.AlertPeople = n
	return nil
}

func alertAmount(c *Config, value string) error {
	if value == "" {
		c.AlertAmount = nil
		return nil
	}
	sum, err := decimal.NewFromString(value)
	if err != nil {
		return errors.New("it is no sum")
	}
	if _, err := domain.NewAmount(sum); err != nil || !sum.IsPositive() {
		return errors.New("it is no sum that a dispute can have")
	}
	c.AlertAmount = &sum
	return nil
}

func duration(at func(*Config) *durationValue, least, most time.Duration) setter {
	return func(c *Config, value string) error {
		d, err := time.ParseDuration(value)
		if err != nil {
			return errors.New("it is no duration")
		}
		if d < least || d > most {
			return errors.New("it is out of range")
		}
		*at(c) = d
		return nil
	}
}

func logLevel(c *Config, value string) error {
	if !slices.Contains([]string{"debug", "info", "warn", "error"}, strings.ToLower(value)) {
		return errors.New("there is no such level")
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(value)); err != nil {
		return err
	}
	c.LogLevel = level
	return nil
}

// webAddress takes an address that can be posted to. Its own text is never quoted: it may hold a token.
func webAddress(at func(*Config) *string) setter {
	return func(c *Config, value string) error {
		u, err := url.Parse(value)
		if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
			return errors.New("it is no web address")
		}
		*at(c) = value
		return nil
	}
}

// publicURL takes scheme and host; a path would not lead to the pages.
func publicURL(c *Config, value string) error {
	u, err := url.Parse(strings.TrimSuffix(value, "/"))
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") || u.Path != "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return errors.New("it is no address of a host")
	}
	c.PublicURL = u.String()
	return nil
}
