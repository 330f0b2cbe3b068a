package main

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

func TestLogBlanksWhatMustNotBeThere(t *testing.T) {
	for _, format := range []string{logJSON, logText} {
		var b bytes.Buffer
		log := newLogger(&b, Config{LogFormat: format})
		log.Info("x", "password", "p-secret", "idNumber", "p-secret", slog.Group("party", "ID-Number", "p-secret", "phone", "p-secret"),
			"Set-Cookie", "p-secret", "token", "p-secret", "route", "/cases/:id")
		if out := b.String(); strings.Contains(out, "p-secret") || !strings.Contains(out, "/cases/:id") {
			t.Errorf("%s: %s", format, out)
		}
	}
}

func TestColumnsLineUpInATerminal(t *testing.T) {
	var b bytes.Buffer
	var tab table
	tab.add("登录", "x")
	tab.add("login", "y")
	tab.print(&b)
	if want := "登录   x\nlogin  y\n"; b.String() != want {
		t.Errorf("%q, want %q", b.String(), want)
	}
}
