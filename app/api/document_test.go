package api

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"baimi/app"
	"baimi/domain"
)

func bare(t *testing.T, log io.Writer) *echo.Echo {
	t.Helper()
	e, err := New(Config{
		Log: slog.New(slog.NewTextHandler(log, nil)), Clock: func() time.Time { return time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC) },
		Random: rand.Reader, Ready: func(context.Context) error { return io.ErrUnexpectedEOF }, Registry: prometheus.NewRegistry(),
	}, UseCases{})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestEveryRouteIsInTheDocumentOrNamed(t *testing.T) {
	t.Parallel()
	doc, err := document()
	if err != nil {
		t.Fatal(err)
	}
	routes := map[string]bool{}
	for _, r := range bare(t, io.Discard).Routes() {
		routes[r.Method+" "+r.Path] = true
		if slices.Contains(SystemRoutes, r.Path) {
			continue
		}
		path := pathParam.ReplaceAllString(strings.TrimPrefix(r.Path, base), "{$1}")
		if item := doc.Paths.Value(path); item == nil || item.GetOperation(r.Method) == nil {
			t.Errorf("route %s %s is neither in openapi.yaml nor among SystemRoutes", r.Method, r.Path)
		}
	}
	for path, item := range doc.Paths.Map() {
		for method := range item.Operations() {
			if r := base + strings.NewReplacer("{", ":", "}", "").Replace(path); !routes[method+" "+r] {
				t.Errorf("%s %s of the document is not served", method, path)
			}
		}
	}
}

// TestTheDocumentIsStrict holds every schema to the house: closed objects, bounded texts and lists, no allOf.
func TestTheDocumentIsStrict(t *testing.T) {
	t.Parallel()
	doc, err := document()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[*openapi3.Schema]bool{}
	var check func(at string, ref *openapi3.SchemaRef)
	check = func(at string, ref *openapi3.SchemaRef) {
		s := ref.Value
		if seen[s] {
			return
		}
		seen[s] = true
		switch {
		case len(s.AllOf)+len(s.OneOf)+len(s.AnyOf) > 0:
			t.Errorf("%s: allOf, oneOf or anyOf", at)
		case s.Type.Is("object"):
			if s.AdditionalProperties.Has == nil || *s.AdditionalProperties.Has {
				t.Errorf("%s: additionalProperties is not false", at)
			}
			for name, p := range s.Properties {
				if p.Ref == "" && p.Value.Type.Is("object") {
					t.Errorf("%s.%s: a nested type without a name", at, name)
				}
				check(at+"."+name, p)
			}
		case s.Type.Is("array"):
			if s.MaxItems == nil {
				t.Errorf("%s: no maxItems", at)
			}
			check(at+"[]", s.Items)
		case s.Type.Is("string"):
			if s.MaxLength == nil && s.Enum == nil {
				t.Errorf("%s: a text without maxLength (date 10, date-time 35, uuid 36, case id 42)", at)
			}
		case s.Type.Is("integer"):
			if s.Min == nil || s.Max == nil || s.Format == "" {
				t.Errorf("%s: a number without format, minimum and maximum", at)
			}
		}
	}
	for name, ref := range doc.Components.Schemas {
		check(name, ref)
	}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			if op.Responses.Default() == nil || op.Responses.Default().Ref != "#/components/responses/Problem" {
				t.Errorf("%s %s: no default: Problem", method, path)
			}
			if b := op.RequestBody; b != nil && (b.Value.Content["application/json"] == nil && b.Value.Content[fileMedia] == nil || !b.Value.Required) {
				t.Errorf("%s %s: body is neither required JSON nor a file", method, path)
			}
			once := slices.ContainsFunc(op.Parameters, func(p *openapi3.ParameterRef) bool { return p.Value.Name == headerKey })
			// an answer that is kept nowhere else must not be kept here (x-secret): sessions, tokens; a grant and a refused transfer are made outside the asker's own scope; a
			// question changes nothing
			never := slices.Contains([]string{
				"grantReading", "refuseTransfer", "recordDeparture", "searchCases", "similarToTyped", "compareAgreement", "checkTerms",
			}, op.OperationID) || op.Extensions["x-secret"] == true
			if (method == http.MethodPost && !never) != once {
				t.Errorf("%s %s: Idempotency-Key belongs to every POST but signing in, tokens, reading grants, questions and what is shown in the clear, and to nothing else", method, path)
			}
		}
	}
}

// TestExamplesHoldToTheirSchemas lets the document's examples be sent as they are.
func TestExamplesHoldToTheirSchemas(t *testing.T) {
	t.Parallel()
	doc, err := document()
	if err != nil {
		t.Fatal(err)
	}
	for name, ref := range doc.Components.Schemas {
		if ref.Value.Example == nil {
			continue
		}
		if err := ref.Value.VisitJSON(ref.Value.Example); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestCodesOfTheDocumentAreThoseOfTheDictionaries: a code lives once, in app or domain, and the document follows.
func TestCodesOfTheDocumentAreThoseOfTheDictionaries(t *testing.T) {
	t.Parallel()
	doc, err := document()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range app.Codes() {
		name := strings.ToUpper(d.Name[:1]) + d.Name[1:]
		ref := doc.Components.Schemas[name]
		if ref == nil {
			t.Errorf("dictionary %s has no schema %s", d.Name, name)
			continue
		}
		var have, want []string
		for _, e := range d.Entries {
			have = append(have, e.Code)
			if e.Label == "" {
				t.Errorf("%s %s has no label", d.Name, e.Code)
			}
		}
		for _, v := range ref.Value.Enum {
			want = append(want, fmt.Sprint(v))
		}
		if !slices.Equal(have, want) {
			t.Errorf("%s: dictionary %v, document %v", d.Name, have, want)
		}
	}
	for action, list := range app.ReasonLists {
		if !slices.ContainsFunc(app.Codes(), func(d app.Dictionary) bool { return d.Name == list }) {
			t.Errorf("%s: no dictionary %s", action, list)
		}
	}
}

func TestEveryRefusalHasAStatusAndAChineseTitle(t *testing.T) {
	t.Parallel()
	name := regexp.MustCompile(`^[a-z-]+$`)
	for code, k := range kinds {
		if !name.MatchString(string(code)) || k.status < 400 || k.title == "" || strings.ContainsAny(k.title, "abcdefghijklm") {
			t.Errorf("%s: %+v", code, k)
		}
	}
	if kinds[domain.CodeNeedsMatch].status != http.StatusPreconditionRequired || kinds[domain.CodeStale].status != http.StatusPreconditionFailed {
		t.Error("If-Match: 428 without, 412 when stale")
	}
}

// get asks the bare service, as somebody on this machine or elsewhere.
func get(t *testing.T, path, from string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	r.RemoteAddr = from
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	bare(t, io.Discard).ServeHTTP(w, r)
	return w
}

func TestRoutesBesideTheDocument(t *testing.T) {
	t.Parallel()
	const here, elsewhere = "127.0.0.1:5000", "192.0.2.7:5000"
	for _, x := range []struct {
		path, from string
		headers    []string
		status     int
		holds      string
	}{
		{"/livez", elsewhere, nil, 200, "ok"},
		{"/readyz", elsewhere, nil, 503, "/problems/unavailable"},
		{"/metrics", here, nil, 200, ""},
		{"/metrics", "[::1]:5000", nil, 200, ""},
		{"/metrics", elsewhere, nil, 403, "/problems/forbidden"},
		{"/metrics", elsewhere, []string{"X-Forwarded-For", "127.0.0.1"}, 403, ""},
		{"/metrics", here, []string{"X-Forwarded-For", "192.0.2.7"}, 403, ""},
		{"/openapi.yaml", elsewhere, nil, 200, "openapi: 3.0.3"},
		{"/openapi.json", elsewhere, nil, 200, `"openapi":"3.0.3"`},
		{"/docs", elsewhere, nil, 200, "swagger-ui"},
		{"/docs/swagger-ui.css", elsewhere, nil, 200, ""},
		{"/nothing", elsewhere, nil, 404, "/problems/no-such-operation"},
		{"/api/v1/nothing", elsewhere, nil, 404, "/problems/no-such-operation"},
		{"/api/v1/cases", elsewhere, nil, 401, "/problems/unauthenticated"},
	} {
		w := get(t, x.path, x.from, x.headers...)
		if w.Code != x.status || !strings.Contains(w.Body.String(), x.holds) {
			t.Errorf("%s from %s: %d %.200s", x.path, x.from, w.Code, w.Body)
		}
		if w.Code >= 400 {
			var p Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Status != w.Code || p.RequestId == "" || p.Title == "" {
				t.Errorf("%s: %s %v", x.path, w.Body, err)
			}
		}
		if w.Header().Get("X-Content-Type-Options") != "nosniff" || w.Header().Get("X-Request-Id") == "" {
			t.Errorf("%s: headers %v", x.path, w.Header())
		}
	}
}

// TestTheReaderPageAsksNobodyElse looks for other hosts in the page; its policy forbids them as well.
func TestTheReaderPageAsksNobodyElse(t *testing.T) {
	t.Parallel()
	w := get(t, "/docs", "192.0.2.7:1")
	if m := regexp.MustCompile(`(src|href)="(https?:)?//[^"]*"`).FindString(w.Body.String()); m != "" {
		t.Errorf("the page asks %s", m)
	}
	if csp := w.Header().Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'self'") {
		t.Errorf("policy %q", csp)
	}
}

func TestTheAccessLogHoldsNoQuery(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/organisations?q=张三丰", nil)
	bare(t, &log).ServeHTTP(httptest.NewRecorder(), r)
	if !strings.Contains(log.String(), "route=/api/v1/organisations") || strings.Contains(log.String(), "张三丰") ||
		strings.Contains(log.String(), "%E5") || strings.Contains(log.String(), "192.0.2.1") {
		t.Error(log.String())
	}
}

func TestAMethodThatIsNotThere(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodDelete, "/api/v1/cases", nil)
	w := httptest.NewRecorder()
	bare(t, io.Discard).ServeHTTP(w, r)
	if w.Code != http.StatusMethodNotAllowed || !strings.Contains(w.Body.String(), "/problems/method-not-allowed") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestPagesOfOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/api/v1/session", strings.NewReader("{}"))
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	bare(t, io.Discard).ServeHTTP(w, r)
	if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "/problems/cross-origin") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}
