package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func read(vars map[string]string, file string) (Config, error) {
	return (&command{env: environment{vars: vars}, file: file}).config(nil)
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// A wrong value of each setting stops the start, and the message says which, and what is right.
func TestWrongValueNamesItself(t *testing.T) {
	file := write(t, "no-folder", "x")
	wrong := map[string]string{
		"DATABASE_URL": "mysql://secret-word@db/baimi", "DATABASE_OWNER_URL": "postgres://secret-word", "BAIMI_LISTEN": "8080",
		"BAIMI_DATA_DIR": file, "BAIMI_KEYS_DIR": file, "BAIMI_BACKUP_DIR": file, "BAIMI_BACKUP_PASSPHRASE": "secret-word",
		"BAIMI_CHECKPOINT_DIR": file, "BAIMI_CHECKPOINT_WEBHOOK": "ftp://secret-word@host/x",
		"BAIMI_S3_BUCKET": "a/b", "BAIMI_S3_ENDPOINT": "store.example", "BAIMI_S3_REGION": "cn north", "BAIMI_S3_PREFIX": "a b",
		"BAIMI_S3_ACCESS_KEY": "secret-word x", "BAIMI_S3_SECRET_KEY": "secret-word x",
		"BAIMI_TLS": "on", "BAIMI_TLS_CERT": "/nowhere/cert.pem", "BAIMI_TLS_KEY": "/nowhere/key.pem",
		"BAIMI_TRUSTED_PROXIES": "10.0.0.1,proxy", "BAIMI_MAX_CONNECTIONS": "1000000", "BAIMI_TRUSTED_ORIGINS": "platform.example",
		"BAIMI_RATE_ACCOUNT": "many", "BAIMI_RATE_TOKEN": "-1", "BAIMI_RATE_ADDRESS": "2000000", "BAIMI_ALERT_PEOPLE": "many", "BAIMI_ALERT_AMOUNT": "-1",
		"BAIMI_SESSION_IDLE": "1s", "BAIMI_PUBLIC_URL": "tiaojie.example", "BAIMI_EXPORT_KEEP": "forever",
		"BAIMI_SESSION_MAX": "forever", "BAIMI_LOG_LEVEL": "loud", "BAIMI_LOG_FORMAT": "xml", "PG_BINDIR": file,
	}
	for _, s := range settings {
		_, err := read(map[string]string{s.name: wrong[s.name]}, "")
		switch {
		case wrong[s.name] == "":
			t.Errorf("%s: no wrong value to try", s.name)
		case err == nil:
			t.Errorf("%s=%s was taken", s.name, wrong[s.name])
		case !strings.Contains(err.Error(), s.name) || !strings.Contains(err.Error(), "(from environment)") || !strings.Contains(err.Error(), s.right):
			t.Errorf("%s: %q does not say which, whence or what is right", s.name, err)
		case strings.Contains(err.Error(), "secret-word"):
			t.Errorf("%s: %q shows a secret", s.name, err)
		}
		if s.help == "" || s.right == "" {
			t.Errorf("%s is not explained", s.name)
		}
	}
}

func TestDefaultsAreRight(t *testing.T) {
	cfg, err := read(nil, "")
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Listen != "127.0.0.1:8080" || !cfg.Embedded() || cfg.TLS != tlsOff || cfg.KeysDir != filepath.Join(cfg.DataDir, "keys") {
		t.Errorf("%+v", cfg)
	}
}

func TestAllMistakesAreToldAtOnce(t *testing.T) {
	_, err := read(map[string]string{"BAIMI_LOG_LEVEL": "loud", "BAIMI_TLS": "on", "BAIMI_LISTN": "x"}, "")
	for _, name := range []string{"BAIMI_LOG_LEVEL", "BAIMI_TLS", "did you mean BAIMI_LISTEN?"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%v does not speak of %s", err, name)
		}
	}
}

// defaults < file < environment < _FILE
func TestWhichSourceWins(t *testing.T) {
	file := write(t, "baimi.conf", "# a comment\n\nBAIMI_LOG_LEVEL=debug\nBAIMI_LISTEN = 127.0.0.1:1\nBAIMI_BACKUP_PASSPHRASE=from the file, long\n")
	secret := write(t, "secret", "from the secret file\n")
	vars := map[string]string{"BAIMI_CONFIG": file, "BAIMI_LISTEN": "127.0.0.1:2", "BAIMI_BACKUP_PASSPHRASE_FILE": secret}
	values, err := readSettings(vars, "", map[string]string{"BAIMI_TLS": "self"})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]value{
		"BAIMI_LOG_FORMAT": {"json", "default"}, "BAIMI_LOG_LEVEL": {"debug", file}, "BAIMI_LISTEN": {"127.0.0.1:2", "environment"},
		"BAIMI_BACKUP_PASSPHRASE": {"from the secret file", secret + " (BAIMI_BACKUP_PASSPHRASE_FILE)"}, "BAIMI_TLS": {"self", "command line"},
	} {
		if values[name] != want {
			t.Errorf("%s = %v, want %v", name, values[name], want)
		}
	}
}

func TestTypingMistakesAreErrors(t *testing.T) {
	for name, c := range map[string]struct {
		vars map[string]string
		file string
		want string
	}{
		"unknown in the environment": {map[string]string{"BAIMI_DATADIR": "x"}, "", "did you mean BAIMI_DATA_DIR?"},
		"unknown in the file":        {nil, "BAIMI_LOGLEVEL=info", "did you mean BAIMI_LOG_LEVEL?"},
		"no pair":                    {nil, "\nBAIMI_LISTEN", "line 2"},
		"twice":                      {nil, "BAIMI_TLS=off\nBAIMI_TLS=self", "second time"},
		"file for what is no secret": {map[string]string{"BAIMI_LISTEN_FILE": "x"}, "", "no secret"},
		"both forms": {
			map[string]string{"BAIMI_BACKUP_PASSPHRASE": "long enough for it", "BAIMI_BACKUP_PASSPHRASE_FILE": "x"}, "", "both set",
		},
		"empty secret file":   {map[string]string{"DATABASE_URL_FILE": os.DevNull}, "", "is empty"},
		"no such file":        {map[string]string{"BAIMI_CONFIG": "/nowhere/baimi.conf"}, "", "/nowhere/baimi.conf"},
		"one role for both":   {map[string]string{"DATABASE_URL": "postgres://a:b@h/d", "DATABASE_OWNER_URL": "postgres://a:c@h/d"}, "", "same role"},
		"files without files": {map[string]string{"BAIMI_TLS": "files"}, "", "BAIMI_TLS_CERT"},
		"idle beyond the end": {map[string]string{"BAIMI_SESSION_IDLE": "10h", "BAIMI_SESSION_MAX": "9h"}, "", "shorter"},
	} {
		file := ""
		if c.file != "" {
			file = write(t, "baimi.conf", c.file)
		}
		if _, err := read(c.vars, file); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v does not say %q", name, err, c.want)
		}
	}
}

func TestShownSettingsHideSecrets(t *testing.T) {
	w := newWorld(t, "DATABASE_URL", "postgres://baimi_app:hidden-word@db:5432/baimi", "BAIMI_BACKUP_PASSPHRASE", "hidden-word hidden-word")
	out := w.must(t, "config", "show")
	if strings.Contains(out, "hidden-word") {
		t.Errorf("a secret is shown:\n%s", out)
	}
	for _, s := range settings {
		if !strings.Contains(out, s.name) {
			t.Errorf("%s is not shown", s.name)
		}
	}
	if !strings.Contains(out, "baimi_app:xxxxx@db:5432") || !strings.Contains(out, "(environment)") {
		t.Errorf("shown:\n%s", out)
	}
}
