package api_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"baimi/domain"
	"baimi/storage/pgembed"
	"baimi/storage/storagetest"
)

// cage holds the canaries: 200 ID numbers and 200 phones that may show nowhere but where somebody asked for them with a
// reason. It looks for runs of digits, so that one in the middle of a sentence is found as well.
type cage struct {
	ids, phones []string
	known       map[string]bool
}

const canaries = 200

func newCage() *cage {
	c := &cage{known: map[string]bool{}}
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	for i := range canaries {
		body := fmt.Sprintf("513902%d%02d%02d%03d", 1950+i%50, 1+i%12, 1+i%28, 100+i)
		sum := 0
		for j, w := range weights {
			sum += int(body[j]-'0') * w
		}
		c.ids = append(c.ids, body+string("10X98765432"[sum%11]))
		c.phones = append(c.phones, fmt.Sprintf("188%08d", 31415926+i*7919))
	}
	for _, x := range slices.Concat(c.ids, c.phones) {
		c.known[x] = true
	}
	return c
}

var digitRun = regexp.MustCompile(`[0-9]{11,17}X|[0-9]{11,}`)

// escaped finds every canary in a text: as it is, as base64 or hex would hide it one looks in another way (see rows).
func (c *cage) escaped(text string) (found []string) {
	for _, run := range digitRun.FindAllString(strings.ToUpper(text), -1) {
		for _, n := range []int{11, 18} {
			for i := 0; i+n <= len(run); i++ {
				if c.known[run[i:i+n]] {
					found = append(found, run[i:i+n])
				}
			}
		}
	}
	return found
}

// shouts is a log that a test reads afterwards.
type shouts struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *shouts) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *shouts) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// mayShow are the operations whose answer holds a value in the clear: each asks for a reason and is logged.
var mayShow = []string{"revealParty", "showPhone", "copySubjectData"}

// TestCanaries takes in 100 disputes with 200 people, lets everybody try every operation of the document, well and badly,
// and looks for their numbers in every answer, header, log line, metric and row, and in a dump of the database.
func TestCanaries(t *testing.T) {
	t.Parallel()
	c, log := newCage(), &shouts{}
	o := openLogged(t, storagetest.NewTown(t), nil, log)
	w := peopled(t, o)
	cases := w.seed(t, c)
	w.takeOut(t, c)
	answers := 0
	check := func(operation, who string, a answer) {
		t.Helper()
		answers++
		if found := c.escaped(headersOf(a)); len(found) > 0 {
			t.Errorf("%s as %s: %v in a header", operation, who, found)
		}
		if slices.Contains(mayShow, operation) && a.status == http.StatusOK {
			return
		}
		if found := c.escaped(string(a.raw)); len(found) > 0 {
			t.Errorf("%s as %s answers %d with %v", operation, who, a.status, found)
		}
	}
	shown := 0
	for id, op := range w.operations() {
		if id == "signOut" || id == "signOutEverywhere" || id == "changePassword" {
			continue // they would end the sessions that are needed
		}
		for i, r := range relations {
			u := w.users[r.name]
			at := cases[(i*7)%len(cases)]
			path := strings.NewReplacer("{caseId}", at.String(), "{no}", "1", "{noteId}", noteID, "{roomId}", "1", "{orgId}", fmt.Sprint(w.PointA1), "{kind}", "overdue",
				"{deadlineNo}", "1", "{accountId}", fmt.Sprint(w.actors["case-mediator"].Account), "{requestId}", "0198c0de-7a11-4c3e-9d2f-5b6a7c8d9e0f",
				"{tokenId}", "0198c0de-7a11-4c3e-9d2f-5b6a7c8d9e0f").Replace(op[1])
			if op[0] == http.MethodGet {
				if id == "getRates" {
					path += "?from=2026-11&to=2026-11"
				}
				check(id, r.name, u.do(op[0], path, nil))
				check(id, r.name, u.do(op[0], path+"?q="+c.phones[i]+"&cursor="+c.ids[i], nil))
				continue
			}
			if x, ok := caseOperations[id]; ok {
				a := u.do(op[0], path, x.body(w), "If-Match", `"1"`)
				check(id, r.name, a)
				if slices.Contains(mayShow, id) && a.status == http.StatusOK {
					shown += len(c.escaped(string(a.raw)))
				}
			}
			for _, bad := range badBodies(c, i) {
				check(id, r.name, u.do(op[0], path, bad, "If-Match", `"1"`))
			}
		}
	}
	if shown == 0 || len(c.escaped("电话"+c.phones[0]+"，"+strings.ToLower(c.ids[1]))) != 2 || len(c.escaped(unhex(`\\x`+hex.EncodeToString([]byte(c.ids[2]))))) != 1 {
		t.Error("canaries that were let out were not noticed")
	}
	if found := c.escaped(log.String()); len(found) > 0 || !strings.Contains(log.String(), "route=") {
		t.Errorf("%v in the log of %d bytes", found, len(log.String()))
	}
	metrics := o.metrics(t)
	if found := c.escaped(metrics); len(found) > 0 || !strings.Contains(metrics, "baimi_http_requests_total") {
		t.Errorf("%v in the metrics", found)
	}
	rows := c.rows(t, w.DB.OwnerURL)
	dumped := c.dump(t, w.DB.OwnerURL)
	t.Logf("%d ID numbers and %d phones in %d cases; %d answers, %d bytes of log, %d of metrics, %d of rows, %d of dump", len(c.ids), len(c.phones),
		len(cases), answers, len(log.String()), len(metrics), rows, dumped)
}

// seed takes the canaries in over HTTP, with keys, so that answers are stored too.
func (w *world) seed(t *testing.T, c *cage) []domain.CaseID {
	t.Helper()
	var cases []domain.CaseID
	for i := 0; i < canaries; i += 2 {
		body := map[string]any{
			"requestedOn": today, "requestedHow": "visit", "source": "applied", "type": "02", "place": "甲一村三组", "facts": "两家因排水沟发生争执。",
			"parties": []any{
				map[string]any{"role": "applicant", "kind": "natural", "name": "王小明", "idNumber": c.ids[i], "phone": c.phones[i]},
				map[string]any{"role": "respondent", "kind": "natural", "name": "李大山", "idNumber": c.ids[i+1], "phone": c.phones[i+1]},
			},
		}
		a := w.users["own-keeper"].post("/cases", body, "Idempotency-Key", fmt.Sprintf("canary-%d", i)).want(t, http.StatusCreated)
		if found := c.escaped(string(a.raw)); len(found) > 0 {
			t.Errorf("the intake answers %v", found)
		}
		id, err := domain.ParseCaseID(a.text(t, "case", "id"))
		fatal(t, err)
		cases = append(cases, id)
	}
	return cases
}

// takeOut takes all cases out in every format and kind of file: masked, no canary is in it; clear, the search finds them, so it can.
func (w *world) takeOut(t *testing.T, c *cage) {
	t.Helper()
	for _, format := range []string{"gb31000", "ministry"} {
		for _, kind := range []string{"xlsx", "json"} {
			body := map[string]any{"format": format, "fileType": kind, "purpose": "exchange", "reason": "交换"}
			run, file := w.users["bureau"].exported(t, body)
			if found := c.escaped(unpacked(t, file)); len(found) > 0 || run.text(t, "rows") != strconv.Itoa(canaries/2) {
				t.Errorf("%v in a masked export of %s as %s: %s", found, format, kind, run.raw)
			}
			body["clear"] = true
			_, file = w.users["bureau"].exported(t, body)
			if found := c.escaped(unpacked(t, file)); format == "gb31000" && len(found) < canaries/2 {
				t.Errorf("%d numbers of the main parties found in a clear export as %s", len(found), kind)
			}
		}
	}
}

// unpacked is a file as text; a workbook with all that is packed in it.
func unpacked(t *testing.T, file []byte) string {
	t.Helper()
	if !bytes.HasPrefix(file, []byte("PK")) {
		return string(file)
	}
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	fatal(t, err)
	var b strings.Builder
	for _, f := range archive.File {
		r, err := f.Open()
		fatal(t, err)
		raw, err := io.ReadAll(r)
		fatal(t, err)
		b.Write(raw)
	}
	return b.String()
}

// badBodies are what should be refused without being repeated: canaries where they do not belong, and wrong by a digit.
func badBodies(c *cage, i int) []any {
	id, phone := c.ids[i], c.phones[i]
	wrong := id[:17] + string("0123456789"[(strings.IndexByte("0123456789X", id[17])+1)%10])
	c.known[wrong] = true
	party := map[string]any{"role": "applicant", "kind": "natural", "name": "王小明", "idNumber": wrong, "phone": phone + "0"}
	return []any{
		map[string]any{"reason": id, "on": phone, "level": id, "login": phone, "code": id, "newPassword": phone, "name": id, "idNumber": id},
		map[string]any{
			"requestedOn": today, "requestedHow": "visit", "source": "applied", "type": "02", "place": "甲一村三组", "facts": "争执。",
			"parties": []any{party, party},
		},
		`{"facts": "` + id + `", "facts": "` + phone + `"`,
		`"` + id + `"`,
	}
}

func headersOf(a answer) string {
	var b strings.Builder
	for name, values := range a.header {
		fmt.Fprintf(&b, "%s: %v\n", name, values)
	}
	return b.String()
}

func (o *office) metrics(t *testing.T) string {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", nil)
	r.RemoteAddr = "127.0.0.1:5000"
	rec := httptest.NewRecorder()
	o.handler.ServeHTTP(rec, r)
	return rec.Body.String()
}

// rows reads every row of every table past all walls, as text and with its bytes as text.
func (c *cage) rows(t *testing.T, ownerURL string) (size int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), ownerURL)
	fatal(t, err)
	defer conn.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing is pending
	list, err := conn.Query(t.Context(), "select oid::regclass::text from pg_class where relkind = 'r' and relnamespace::regnamespace::text in ('public', 'access_months')")
	fatal(t, err)
	tables, err := pgx.CollectRows(list, pgx.RowTo[string])
	fatal(t, err)
	for _, table := range tables {
		list, err := conn.Query(t.Context(), "select to_jsonb(x)::text from "+table+" x")
		fatal(t, err)
		texts, err := pgx.CollectRows(list, pgx.RowTo[string])
		fatal(t, err)
		for _, text := range texts {
			size += len(text)
			if found := c.escaped(text + " " + unhex(text)); len(found) > 0 {
				t.Errorf("%v in a row of %s", found, table)
			}
		}
	}
	return size
}

var byteaText = regexp.MustCompile(`\\\\x([0-9a-f]+)`)

// unhex gives the bytes that a row shows as hexadecimal digits.
func unhex(row string) string {
	var b strings.Builder
	for _, m := range byteaText.FindAllStringSubmatch(row, -1) {
		if raw, err := hex.DecodeString(m[1]); err == nil {
			b.Write(raw)
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// dump looks at the database as a backup by pg_dump would hold it, where the program is beside the server. The portable
// binaries have none; then the rows above stand alone, which are all that a dump holds.
func (c *cage) dump(t *testing.T, ownerURL string) int {
	t.Helper()
	bin, _, err := pgembed.FindBin(t.Context(), "")
	fatal(t, err)
	program := filepath.Join(bin, "pg_dump")
	if _, err := exec.LookPath(program); err != nil {
		t.Logf("no pg_dump beside the server")
		return 0
	}
	out, err := exec.CommandContext(t.Context(), program, "--dbname", ownerURL).Output()
	fatal(t, err)
	if found := c.escaped(string(out) + unhex(string(out))); len(found) > 0 {
		t.Errorf("%v in a dump of %d bytes", found, len(out))
	}
	if !bytes.Contains(out, []byte("COPY public.personal_value")) {
		t.Error("the dump holds no personal values: is it one?")
	}
	return len(out)
}
