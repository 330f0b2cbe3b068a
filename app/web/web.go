package web

import (
	"bytes"
	"embed"
	"encoding/base64"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

// Base is the path below which the pages live. Residents' pages and the interface have others, so that whoever stands
// between may let the one through to the internet and not the other.
const Base = "/work/"

// dist/.gitkeep is committed, so that a clean checkout compiles without Node. Vite empties the folder and copies the
// same file back from public/.
//
//go:embed all:dist
var dist embed.FS

// Pages answers requests for the workbench. random makes the nonce of each answer.
func Pages(random io.Reader) (http.Handler, error) {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		return nil, fmt.Errorf("embedded pages: %w", err)
	}
	return newPages(files, random)
}

// pages are the built files with the page that loads them.
type pages struct {
	files  fs.FS
	index  []byte // nil when nobody has built them
	random io.Reader
}

func newPages(files fs.FS, random io.Reader) (*pages, error) {
	index, err := fs.ReadFile(files, "index.html")
	switch {
	case err == nil && !bytes.Contains(index, []byte(noncePlace)):
		return nil, fmt.Errorf("index.html has no place for the nonce (%s)", noncePlace)
	case err != nil:
		index = nil
	}
	return &pages{files: files, index: index, random: random}, nil
}

func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean("/"+strings.TrimPrefix(r.URL.Path, Base)), "/")
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "Method Not Allowed", http.StatusMethodNotAllowed)
	case p.index == nil:
		notBuilt(w)
	case p.isFile(name):
		p.serveFile(w, r, name)
	case strings.HasPrefix(name, hashed):
		// an old tab that asks for a part which is gone must not be given a page
		w.Header().Set("Cache-Control", "no-store")
		http.NotFound(w, r)
	default:
		p.serveIndex(w, r) // an address of the pages' own; they say so when it is none
	}
}

// hashed is the folder of files whose names carry the hash of their content: they never change.
const hashed = "assets/"

func (p *pages) isFile(name string) bool {
	if name == "" || name == "index.html" || strings.HasPrefix(path.Base(name), ".") || encodingOf(name) != "" {
		return false
	}
	info, err := fs.Stat(p.files, name)
	return err == nil && !info.IsDir()
}

func (p *pages) serveFile(w http.ResponseWriter, r *http.Request, name string) {
	h := w.Header()
	h.Set("Content-Type", contentType(name))
	h.Set("Vary", "Accept-Encoding")
	h.Set("Content-Security-Policy", "default-src 'none'")
	h.Set("Cache-Control", "no-cache")
	if strings.HasPrefix(name, hashed) {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	chosen := name
	for _, c := range compressions {
		if _, err := fs.Stat(p.files, name+c.suffix); err == nil && accepts(r, c.name) {
			h.Set("Content-Encoding", c.name)
			chosen = name + c.suffix
			break
		}
	}
	body, err := fs.ReadFile(p.files, chosen)
	if err != nil {
		h.Del("Content-Encoding")
		http.Error(w, "Internal Server Error", http.StatusInternalServerError)
		return
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body))
}

// compressions are made when the pages are built, the smaller first.
var compressions = []struct{ name, suffix string }{{"br", ".br"}, {"gzip", ".gz"}}

// encodingOf is the compression that a file's name tells, "" for a plain file.
func encodingOf(name string) string {
	for _, c := range compressions {
		if strings.HasSuffix(name, c.suffix) {
			return c.name
		}
	}
	return ""
}

// accepts tells whether the client takes an encoding; one with q=0 is refused by it.
func accepts(r *http.Request, encoding string) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if !strings.EqualFold(strings.TrimSpace(name), encoding) {
			continue
		}
		q := strings.ReplaceAll(params, " ", "")
		return !slices.Contains([]string{"q=0", "q=0.0", "q=0.00", "q=0.000"}, q)
	}
	return false
}

// contentType does not ask the machine's tables, which differ.
func contentType(name string) string {
	switch ext := path.Ext(name); ext {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".webmanifest":
		return "application/manifest+json"
	default:
		if t := mime.TypeByExtension(ext); t != "" {
			return t
		}
		return "application/octet-stream"
	}
}

// noncePlace stands in index.html where each answer's nonce goes; vite.config.ts has the same word.
const noncePlace = "NONCE-OF-THIS-ANSWER"

// serveIndex sends the page that loads the others. Its nonce lets the components add their style elements, and nobody
// else's; the page is therefore never stored.
func (p *pages) serveIndex(w http.ResponseWriter, r *http.Request) {
	b := make([]byte, 18)
	if _, err := io.ReadFull(p.random, b); err != nil {
		http.Error(w, "Internal Server Error", http.StatusInternalServerError)
		return
	}
	nonce := base64.RawURLEncoding.EncodeToString(b)
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache, private")
	h.Set("Content-Security-Policy", policy+"; style-src 'self' 'nonce-"+nonce+"'")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(bytes.ReplaceAll(p.index, []byte(noncePlace), []byte(nonce))))
}

// policy lets a page load from this host only and be framed by nobody. data: is for the small pictures within styles, blob: for those of a case, which are fetched.
const policy = "default-src 'none'; script-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; " +
	"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
