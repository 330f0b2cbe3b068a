package web

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the page that stands in
	"encoding/base64"
	"net/http"
)

// unbuiltPage says what is missing and how to get it.
//
//go:embed unbuilt.html
var unbuiltPage []byte

func notBuilt(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src '"+styleHash(unbuiltPage)+"'; base-uri 'none'; frame-ancestors 'none'")
	w.WriteHeader(http.StatusServiceUnavailable)
	_, _ = w.Write(unbuiltPage) // a reader that has gone
}

// styleHash names a page's one style element in its policy.
func styleHash(page []byte) string {
	_, rest, _ := bytes.Cut(page, []byte("<style>"))
	style, _, _ := bytes.Cut(rest, []byte("</style>"))
	sum := sha256.Sum256(style)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
