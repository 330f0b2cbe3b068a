package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"baimi/openapi"
)

// Files in answers are held to nothing but their media.
func init() {
	for _, media := range []string{
		"application/pdf", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	} {
		openapi3filter.RegisterBodyDecoder(media, openapi3filter.FileBodyDecoder)
	}
}

// listener stands between curl and the service: it holds each answer to the document and notes which operation was asked.
type listener struct {
	t     *testing.T
	doc   routers.Router
	mu    sync.Mutex
	asked map[string]int
}

func (l *listener) answered(res *http.Response) error {
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	res.Body = io.NopCloser(bytes.NewReader(raw))
	req := res.Request.Clone(context.Background())
	req.URL.Scheme, req.URL.Host, req.Host = "", "", ""
	route, params, err := l.doc.FindRoute(req)
	if err != nil {
		return fmt.Errorf("%s %s is no operation: %w", req.Method, req.URL.Path, err)
	}
	if res.StatusCode < http.StatusMultipleChoices {
		l.mu.Lock()
		l.asked[route.Operation.OperationID]++
		l.mu.Unlock()
	}
	in := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: &openapi3filter.RequestValidationInput{Request: req, Route: route, PathParams: params},
		Status:                 res.StatusCode, Header: res.Header, Body: io.NopCloser(bytes.NewReader(raw)),
		Options: &openapi3filter.Options{MultiError: true, IncludeResponseStatus: true},
	}
	if err := openapi3filter.ValidateResponse(context.Background(), in); err != nil {
		l.t.Errorf("%s %s answered %d against the document: %v", req.Method, route.Path, res.StatusCode, err)
	}
	return nil
}

// listen puts a listener before a service and gives the address to ask.
func listen(t *testing.T, service string) (*listener, string) {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(openapi.Document)
	if err != nil {
		t.Fatal(err)
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		t.Fatal(err)
	}
	target, err := url.Parse(service)
	if err != nil {
		t.Fatal(err)
	}
	l := &listener{t: t, doc: router, asked: map[string]int{}}
	server := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(target) },
		ModifyResponse: l.answered,
	})
	t.Cleanup(server.Close)
	return l, server.URL + "/api/v1"
}

// linesOf takes the parts of a page that are marked as a language, as they stand.
func linesOf(t *testing.T, page, language string) string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var script strings.Builder
	for _, m := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```").FindAllStringSubmatch(string(text), -1) {
		script.WriteString(m[1])
	}
	return script.String()
}

// play runs lines of a page with bash and the real curl.
func play(t *testing.T, script, api string) string {
	t.Helper()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Fatal("the examples are asked with curl, which is not here (apt install curl)")
	}
	cmd := exec.CommandContext(t.Context(), "bash", "-c", script)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), "api="+api, "TMPDIR="+cmd.Dir)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return string(out)
}

// noExample are the operations that docs/api.md does not ask, each with the reason. There is none.
var noExample = map[string]string{}

// TestTheExamplesRunAsTheyStand plays docs/api.md against the demo; an operation of the document without an example fails.
func TestTheExamplesRunAsTheyStand(t *testing.T) {
	t.Parallel()
	p := seeded(t).start(t, "run")
	l, api := listen(t, p.url)
	play(t, linesOf(t, "../../docs/api.md", "bash"), api)
	doc, err := openapi3.NewLoader().LoadFromData(openapi.Document)
	if err != nil {
		t.Fatal(err)
	}
	var missing []string
	for _, item := range doc.Paths.Map() {
		for _, op := range item.Operations() {
			if l.asked[op.OperationID] == 0 && noExample[op.OperationID] == "" {
				missing = append(missing, op.OperationID)
			}
		}
	}
	slices.Sort(missing)
	if len(missing) > 0 {
		t.Errorf("no example in docs/api.md asks %s", strings.Join(missing, ", "))
	}
	t.Logf("%d operations asked with curl", len(l.asked))
}

// TestTheReadmeSessionRunsAsItStands plays the session of the README; only its first line, the address, is another.
func TestTheReadmeSessionRunsAsItStands(t *testing.T) {
	t.Parallel()
	p := seeded(t).start(t, "run")
	l, api := listen(t, p.url)
	const address = "api=http://127.0.0.1:8080/api/v1\n"
	_, session, found := strings.Cut(linesOf(t, "../../README.md", "bash"), address)
	if !found {
		t.Fatal("the README has no session")
	}
	play(t, "set -euo pipefail\napi="+api+"\n"+session, api)
	for _, operation := range []string{"signIn", "settleInstantly", "listCases", "searchCases", "getRates"} {
		if l.asked[operation] == 0 {
			t.Errorf("%s was not asked, or refused", operation)
		}
	}
}
