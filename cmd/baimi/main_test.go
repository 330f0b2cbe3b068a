package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"baimi/demo"
)

// execEnv turns this binary into baimi itself, because a kill -9 needs a process to hit.
const execEnv = "BAIMI_TEST_EXEC"

func TestMain(m *testing.M) {
	if os.Getenv(execEnv) != "" {
		main()
	}
	code := m.Run()
	if seedDir != "" {
		_ = os.RemoveAll(seedDir)
	}
	os.Exit(code)
}

var seedDir string

// seed is a data folder with the demo in it, of a service that was stopped in order. Copying it is several times faster
// than making another.
var seed = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("/tmp", "baimi-cmd-seed-")
	if err != nil {
		return "", err
	}
	seedDir = dir
	if err := os.Chmod(dir, 0o711); err != nil {
		return "", err
	}
	vars := map[string]string{"BAIMI_DATA_DIR": filepath.Join(dir, "data"), "BAIMI_LISTEN": "127.0.0.1:0", "PG_BINDIR": os.Getenv("PG_BINDIR")}
	cfg, err := (&command{env: environment{vars: vars}}).config(nil)
	if err != nil {
		return "", err
	}
	app := New(cfg, quiet, time.Now, FirstStart{Migrate: true, Demo: true})
	if err := app.Start(context.Background()); err != nil {
		return "", err
	}
	return cfg.DataDir, app.Stop(context.Background())
})

// seeded is a world whose data folder already holds the demo.
func seeded(t *testing.T, vars ...string) *world {
	t.Helper()
	from, err := seed()
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, vars...)
	if out, err := exec.CommandContext(t.Context(), "cp", "-a", from, w.dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return w
}

// world is a folder of its own that user postgres can pass through, and the environment that points there.
type world struct {
	dir  string
	vars map[string]string
}

func newWorld(t *testing.T, vars ...string) *world {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "baimi-cmd-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		err := os.RemoveAll(dir)
		for i := 0; err != nil && i < 50; i++ { // a PostgreSQL whose service was killed may still write its last
			time.Sleep(100 * time.Millisecond)
			err = os.RemoveAll(dir)
		}
		if err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o711); err != nil {
		t.Fatal(err)
	}
	w := &world{dir: dir, vars: map[string]string{
		"BAIMI_DATA_DIR": filepath.Join(dir, "data"), "BAIMI_LISTEN": "127.0.0.1:0", "PG_BINDIR": os.Getenv("PG_BINDIR"),
		"BAIMI_BACKUP_PASSPHRASE": "a passphrase of the tests",
	}}
	for i := 0; i < len(vars); i += 2 {
		w.vars[vars[i]] = vars[i+1]
	}
	return w
}

// baimi runs one command in this process.
func (w *world) baimi(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	return w.baimiWith(t, t.Context(), "", args...)
}

func (w *world) baimiWith(t *testing.T, ctx context.Context, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = execute(ctx, environment{vars: w.vars, stdin: strings.NewReader(stdin), stdout: &out, stderr: &errs}, args)
	return code, out.String(), errs.String()
}

// must is for commands that are expected to work.
func (w *world) must(t *testing.T, args ...string) string {
	t.Helper()
	code, out, errs := w.baimi(t, args...)
	if code != 0 {
		t.Fatalf("baimi %v: exit code %d\n%s%s", args, code, out, errs)
	}
	return out
}

func (w *world) config(t *testing.T) Config {
	t.Helper()
	cfg, err := (&command{env: environment{vars: w.vars}}).config(nil)
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// serve starts an App in this process and stops it with the test.
func (w *world) serve(t *testing.T, first FirstStart) *App {
	t.Helper()
	app := New(w.config(t), slog.New(slog.DiscardHandler), time.Now, first)
	if err := app.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, app) })
	return app
}

func stop(t *testing.T, app *App) {
	t.Helper()
	if err := app.Stop(context.Background()); err != nil {
		t.Error(err)
	}
}

// client speaks to a service as a browser does.
type client struct {
	base   string
	cookie string
}

// call sends JSON and returns the status and the decoded answer.
func (c *client) call(t *testing.T, method, path string, body any) (int, map[string]any) {
	t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	var content io.Reader
	if body != nil {
		content = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, c.base+path, content)
	if err != nil {
		t.Fatal(err)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
		req.Header.Set("Idempotency-Key", t.Name()+time.Now().Format(time.RFC3339Nano))
	}
	req.Header.Set("Cookie", c.cookie)
	answer, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if set := answer.Header.Get("Set-Cookie"); set != "" {
		c.cookie, _, _ = strings.Cut(set, ";")
	}
	var decoded map[string]any
	if text, err := io.ReadAll(answer.Body); err != nil {
		t.Fatal(err)
	} else if json.Unmarshal(text, &decoded) != nil {
		decoded = map[string]any{"text": string(text)}
	}
	return answer.StatusCode, decoded
}

// signIn opens a session as one of the demo's people.
func signIn(t *testing.T, base, login string) *client {
	t.Helper()
	c := &client{base: base}
	status, answer := c.call(t, http.MethodPost, "/api/v1/session", map[string]string{"login": login, "password": demo.Password})
	if status != http.StatusOK {
		t.Fatalf("sign in as %s: %d %v", login, status, answer)
	}
	return c
}

// settle sends one quarrel settled on the spot and returns its id once it is acknowledged.
func (c *client) settle(t *testing.T) string {
	t.Helper()
	status, answer := c.call(t, http.MethodPost, "/api/v1/cases/instant-settlements", map[string]any{
		"on": time.Now().In(time.FixedZone("", 8*60*60)).Format(time.DateOnly), "type": "02", "place": "演示一社区", "facts": "晾晒滴水争吵。",
		"terms": "今后拧干衣物再晾晒。", "parties": []map[string]string{
			{"role": "applicant", "kind": "natural", "name": "甲某"}, {"role": "respondent", "kind": "natural", "name": "乙某"},
		},
	})
	if status != http.StatusCreated {
		t.Fatalf("settle: %d %v", status, answer)
	}
	made, _ := answer["case"].(map[string]any)
	id, _ := made["id"].(string)
	if id == "" {
		t.Fatalf("settle: no id in %v", answer)
	}
	return id
}
