package web

import (
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// built is a folder as Vite leaves it.
func built() fstest.MapFS {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	return fstest.MapFS{
		".gitkeep":               file(""),
		"index.html":             file(`<!doctype html><script type="module" src="/work/assets/main-1a2b.js" nonce="` + noncePlace + `"></script>`),
		"icon.svg":               file("<svg/>"),
		"assets/main-1a2b.js":    file("plain"),
		"assets/main-1a2b.js.br": file("small"),
		"assets/main-1a2b.js.gz": file("middling"),
	}
}

func handler(t *testing.T, files fstest.MapFS) http.Handler {
	t.Helper()
	p, err := newPages(files, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func ask(t *testing.T, h http.Handler, method, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestFilesWithAHashAreKeptForEver(t *testing.T) {
	t.Parallel()
	h := handler(t, built())
	for _, c := range []struct{ accept, encoding, body string }{
		{"gzip, deflate, br", "br", "small"},
		{"gzip;q=0.8, br;q=0", "gzip", "middling"},
		{"", "", "plain"},
		{"identity", "", "plain"},
	} {
		r := ask(t, h, http.MethodGet, "/work/assets/main-1a2b.js", "Accept-Encoding", c.accept)
		if got := r.Body.String(); r.Code != http.StatusOK || got != c.body || r.Header().Get("Content-Encoding") != c.encoding {
			t.Errorf("Accept-Encoding %q: %d %q in %q", c.accept, r.Code, got, r.Header().Get("Content-Encoding"))
		}
		if got := r.Header().Get("Cache-Control"); got != "public, max-age=31536000, immutable" {
			t.Errorf("cache: %q", got)
		}
		if got := r.Header().Get("Content-Type"); got != "text/javascript; charset=utf-8" || r.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("type %q, vary %q", got, r.Header().Get("Vary"))
		}
	}
	if got := ask(t, h, http.MethodGet, "/work/icon.svg").Header().Get("Cache-Control"); got != "no-cache" {
		t.Errorf("a file without a hash may change, yet it is cached: %q", got)
	}
}

func TestEveryAnswerOfThePageHasItsOwnNonce(t *testing.T) {
	t.Parallel()
	h := handler(t, built())
	seen := map[string]bool{}
	nonceOf := regexp.MustCompile(`nonce="([A-Za-z0-9_-]{24})"`)
	for _, path := range []string{"/work/", "/work/cases/1-0198c0de-7a11-4c3e-9d2f-5b6a7c8d9e0f", "/work/no/such/page", "/work/index.html", "/work/.gitkeep", "/work/../work/"} {
		r := ask(t, h, http.MethodGet, path)
		body := r.Body.String()
		found := nonceOf.FindStringSubmatch(body)
		if r.Code != http.StatusOK || len(found) != 2 {
			t.Fatalf("%s: %d %s", path, r.Code, body)
		}
		policy := r.Header().Get("Content-Security-Policy")
		if !strings.Contains(policy, "style-src 'self' 'nonce-"+found[1]+"'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q does not fit nonce %q", path, policy, found[1])
		}
		if got := r.Header().Get("Cache-Control"); got != "no-cache, private" {
			t.Errorf("%s: cache %q", path, got)
		}
		if seen[found[1]] {
			t.Errorf("%s: nonce given twice", path)
		}
		seen[found[1]] = true
	}
}

// An old tab asks for a part that a new version no longer has; a page in its place would be run as a script.
func TestAPartThatIsGoneIsNotFound(t *testing.T) {
	t.Parallel()
	h := handler(t, built())
	for _, path := range []string{"/work/assets/main-0000.js", "/work/assets/main-1a2b.js.br", "/work/assets/../assets/x"} {
		if r := ask(t, h, http.MethodGet, path); r.Code != http.StatusNotFound || r.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %q", path, r.Code, r.Header().Get("Cache-Control"))
		}
	}
	if r := ask(t, h, http.MethodPost, "/work/"); r.Code != http.StatusMethodNotAllowed || r.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d", r.Code)
	}
}

func TestWithoutBuiltPagesItSaysSo(t *testing.T) {
	t.Parallel()
	h := handler(t, fstest.MapFS{".gitkeep": {}})
	for _, path := range []string{"/work/", "/work/cases", "/work/assets/main-1a2b.js"} {
		r := ask(t, h, http.MethodGet, path)
		body := r.Body.String()
		if r.Code != http.StatusServiceUnavailable || !strings.Contains(body, "页面尚未构建") || !strings.Contains(body, "make run") {
			t.Errorf("%s: %d %s", path, r.Code, body)
		}
		if policy := r.Header().Get("Content-Security-Policy"); !strings.Contains(policy, "'sha256-") {
			t.Errorf("its style is not allowed: %q", policy)
		}
	}
}

func TestAPageWithoutPlaceForTheNonceIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := newPages(fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}}, rand.Reader); err == nil {
		t.Error("accepted")
	}
}

// What is embedded is either a clean checkout or a whole build.
func TestEmbeddedPagesAreServed(t *testing.T) {
	t.Parallel()
	h, err := Pages(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if r := ask(t, h, http.MethodGet, Base); r.Code != http.StatusOK && r.Code != http.StatusServiceUnavailable {
		t.Errorf("%d", r.Code)
	}
}
