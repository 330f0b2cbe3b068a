package api_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/prometheus/client_golang/prometheus"

	"baimi/app"
	"baimi/app/api"
	"baimi/app/evidence"
	"baimi/app/exports"
	"baimi/app/imports"
	"baimi/app/sheets"
	"baimi/domain"
	"baimi/openapi"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// Files in answers are held to nothing but their media.
func init() {
	for _, f := range []sheets.Format{sheets.XLSX, sheets.CSV} {
		openapi3filter.RegisterBodyDecoder(f.Media(), openapi3filter.FileBodyDecoder)
	}
}

// office is the real service over a real database, answering on a port of its own; only the clock is ours.
type office struct {
	*storagetest.Town
	url string
	now time.Time
	doc routers.Router
	api *openapi3.T

	handler http.Handler
}

func open(t *testing.T) *office {
	t.Helper()
	return openOn(t, storagetest.NewTown(t), nil)
}

// openOn serves from a town's database; other is a store to use in place of the town's.
func openOn(t *testing.T, w *storagetest.Town, other *storage.Store) *office {
	t.Helper()
	return openLogged(t, w, other, io.Discard)
}

// openLogged serves and writes its log to log.
func openLogged(t *testing.T, w *storagetest.Town, other *storage.Store, log io.Writer) *office {
	t.Helper()
	many := api.Limits{Account: 1_000_000, Token: 1_000_000, Address: 1_000_000} // counted, and nobody is stopped
	return openWith(t, w, other, api.Config{Limits: many}, log)
}

// openWith serves with what cfg says about limits and origins.
func openWith(t *testing.T, w *storagetest.Town, other *storage.Store, cfg api.Config, log io.Writer) *office {
	t.Helper()
	o := &office{Town: w, now: storagetest.Now}
	s := w.Store
	if other != nil {
		s = other
	}
	clock := o.clock
	handler, err := api.New(api.Config{
		Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})), Clock: clock, Random: rand.Reader, Ready: s.Ping, Registry: prometheus.NewRegistry(),
		Limits: cfg.Limits, TrustedOrigins: cfg.TrustedOrigins,
	}, api.UseCases{
		Cases: app.NewCases(s, clock, rand.Reader), Names: app.NewNameBook(s, clock),
		SignIn:    app.NewSignIn(s, clock, rand.Reader, app.DefaultSignInConfig()),
		Directory: app.NewDirectory(s, clock), Alerts: app.NewAlerts(s, clock), Rates: app.NewRates(s, clock), Mergers: app.NewMergers(s, clock), Imports: imports.New(s, clock, rand.Reader, nil), Exports: exports.New(s, clock, rand.Reader, nil, exports.DefaultConfig()), Once: app.NewOnce(s, clock),
		Audit: app.NewAudit(s), Staffing: app.NewStaffing(s, app.NewCases(s, clock, rand.Reader), clock, rand.Reader),
		Subjects: app.NewSubjects(s, clock, rand.Reader), Drafts: app.NewDrafts(s, clock),
		Attachments: app.NewAttachments(app.NewCases(s, clock, rand.Reader), evidence.Check),
		Verify:      app.NewVerify(s, clock, api.AgreementPages(app.NewNameBook(s, clock), "")),
	})
	fatal(t, err)
	o.handler = handler
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	o.url = server.URL
	o.api, err = openapi3.NewLoader().LoadFromData(openapi.Document)
	fatal(t, err)
	o.doc, err = gorillamux.NewRouter(o.api)
	fatal(t, err)
	return o
}

func fatal(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (o *office) clock() time.Time { return o.now }

// user is somebody at a keyboard: an HTTP client with a cookie or a token.
type user struct {
	t      *testing.T
	o      *office
	who    string
	cookie *http.Cookie
	token  string
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	raw    []byte
}

// signIn signs in an account made by Hire.
func (o *office) signIn(t *testing.T, login string) *user {
	t.Helper()
	u := &user{t: t, o: o, who: login}
	a := u.post("/session", map[string]any{"login": login, "password": storagetest.Password})
	a.want(t, http.StatusOK)
	r := http.Response{Header: a.header}
	u.cookie = r.Cookies()[0]
	return u
}

// hired makes somebody and signs them in.
func (o *office) hired(t *testing.T, login string, role domain.Role, org domain.OrgID) (*user, domain.Actor) {
	t.Helper()
	actor := o.Hire(t, login, role, org)
	return o.signIn(t, login), actor
}

func (u *user) get(path string) answer { u.t.Helper(); return u.do(http.MethodGet, path, nil) }

func (u *user) post(path string, body any, headers ...string) answer {
	u.t.Helper()
	return u.do(http.MethodPost, path, body, headers...)
}

// do sends a request and holds the answer to the document.
func (u *user) do(method, path string, body any, headers ...string) answer {
	u.t.Helper()
	var b []byte
	switch x := body.(type) {
	case nil:
	case string:
		b = []byte(x)
	case []byte:
		b = x
	default:
		var err error
		b, err = json.Marshal(body)
		fatal(u.t, err)
	}
	req, err := http.NewRequestWithContext(u.t.Context(), method, u.o.url+"/api/v1"+path, bytes.NewReader(b))
	fatal(u.t, err)
	if b != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if _, file := body.([]byte); file {
		req.Header.Set("Content-Type", "application/octet-stream")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	if u.cookie != nil {
		req.AddCookie(u.cookie)
	}
	if u.token != "" {
		req.Header.Set("Authorization", "Bearer "+u.token)
	}
	res, err := http.DefaultClient.Do(req)
	fatal(u.t, err)
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	fatal(u.t, err)
	a := answer{status: res.StatusCode, header: res.Header, raw: raw}
	if a.status >= 500 {
		u.t.Errorf("%s %s as %s: %d %s", method, path, u.who, a.status, raw)
	}
	u.o.conforms(u.t, req, a)
	return a
}

// conforms holds an answer to the document: status, headers, content type and schema.
func (o *office) conforms(t *testing.T, req *http.Request, a answer) {
	t.Helper()
	req = req.Clone(context.Background())
	req.URL.Scheme, req.URL.Host, req.Host = "", "", ""
	route, params, err := o.doc.FindRoute(req)
	if err != nil {
		return // a route that does not exist has no document
	}
	in := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: req, Route: route, PathParams: params},
		Status:                 a.status, Header: a.header, Body: io.NopCloser(bytes.NewReader(a.raw)),
		Options: &openapi3filter.Options{MultiError: true, IncludeResponseStatus: true},
	}
	if err := openapi3filter.ValidateResponse(context.Background(), in); err != nil {
		t.Errorf("%s %s answered %d against the document: %v", req.Method, route.Path, a.status, err)
	}
}

// want asks for a status.
func (a answer) want(t *testing.T, status int) answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d: %s", a.status, status, a.raw)
	}
	return a
}

// refused asks for a problem of a code.
func (a answer) refused(t *testing.T, status int, code domain.Code) answer {
	t.Helper()
	a.want(t, status)
	if got := a.at(t, "type"); got != "/problems/"+string(code) {
		t.Errorf("problem %v, want %s: %s", got, code, a.raw)
	}
	if ct := a.header.Get("Content-Type"); !strings.HasPrefix(ct, "application/problem+json") {
		t.Errorf("content type %q", ct)
	}
	return a
}

// at reads a value of the body: at("case", "parties", 0, "name").
func (a answer) at(t *testing.T, path ...any) any {
	t.Helper()
	var v any
	fatal(t, json.Unmarshal(a.raw, &v))
	for _, p := range path {
		switch x := p.(type) {
		case string:
			m, ok := v.(map[string]any)
			if !ok {
				t.Fatalf("no %q in %s", x, a.raw)
			}
			v = m[x]
		case int:
			l, ok := v.([]any)
			if !ok || len(l) <= x {
				t.Fatalf("no element %d in %s", x, a.raw)
			}
			v = l[x]
		}
	}
	return v
}

func (a answer) text(t *testing.T, path ...any) string {
	t.Helper()
	return fmt.Sprint(a.at(t, path...))
}

// size counts a list of the body.
func (a answer) size(t *testing.T, path ...any) int {
	t.Helper()
	l, ok := a.at(t, path...).([]any)
	if !ok {
		t.Fatalf("no list in %s", a.raw)
	}
	return len(l)
}

// actions lists the open actions of a case.
func (a answer) actions(t *testing.T) []string {
	t.Helper()
	names := make([]string, a.size(t, "availableActions"))
	for i := range names {
		names[i] = a.text(t, "availableActions", i, "action")
	}
	return names
}
