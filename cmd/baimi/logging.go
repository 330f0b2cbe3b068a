package main

import (
	"io"
	"log/slog"
	"strings"
)

// newLogger writes structured lines. What must not be in a log is blanked by its key, whoever logs it: the last line of
// defence, not the first.
func newLogger(w io.Writer, cfg Config) *slog.Logger {
	options := &slog.HandlerOptions{Level: cfg.LogLevel, ReplaceAttr: blank}
	if cfg.LogFormat == logText {
		return slog.New(slog.NewTextHandler(w, options))
	}
	return slog.New(slog.NewJSONHandler(w, options))
}

// hiddenKeys are compared without case and signs: id_number, idNumber and ID-Number are one.
var hiddenKeys = map[string]bool{
	"password": true, "passphrase": true, "passwordhash": true, "secret": true, "token": true, "apitoken": true,
	"cookie": true, "setcookie": true, "authorization": true, "session": true, "sessionid": true, "csrftoken": true,
	"phone": true, "mobile": true, "idnumber": true, "idcard": true, "address": true,
	"facts": true, "wish": true, "terms": true, "statement": true, "partyname": true, "trackingsecret": true,
	"databaseurl": true, "dsn": true, "body": true,
}

func blank(_ []string, a slog.Attr) slog.Attr {
	key := strings.ToLower(strings.NewReplacer("_", "", "-", "", ".", "", " ", "").Replace(a.Key))
	if hiddenKeys[key] {
		return slog.String(a.Key, "[hidden]")
	}
	return a
}
