package bench_test

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
	"runtime/debug"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/prometheus/client_golang/prometheus"

	"baimi/app"
	"baimi/app/api"
	"baimi/app/imports"
	"baimi/domain"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// world is a town with the service in front of it, listening on a port of its own.
type world struct {
	*storagetest.Town
	store  *storage.Store
	url    string // http://127.0.0.1:port
	keeper string // the cookie of a point's keeper

	postmaster string // process number of PostgreSQL
}

// connections is the size of every pool that is compared, the service's own default.
const connections = 16

func newWorld(b *testing.B) *world {
	b.Helper()
	w := &world{Town: storagetest.NewTown(b)}
	durable(b, w.DB.OwnerURL)
	w.store = w.Reopen(b, storage.Options{MaxConnections: connections})
	w.url = serve(b, w.store)
	w.Hire(b, "keeper", domain.RolePointKeeper, w.PointA1)
	w.keeper = signIn(b, w.url, "keeper")
	return w
}

// durable refuses figures of a server that may lose what it acknowledged: they would be those of another product.
func durable(b *testing.B, url string) {
	b.Helper()
	for _, name := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
		if v := ask[string](b, url, "select current_setting($1)", name); v != "on" {
			b.Fatalf("%s is %s: run `make bench`, which starts a durable server", name, v)
		}
	}
}

// ask reads one value as the database's owner.
func ask[T any](b *testing.B, url, q string, args ...any) (v T) {
	b.Helper()
	conn, err := pgx.Connect(b.Context(), url)
	fatal(b, err)
	defer conn.Close(context.Background()) //nolint:errcheck // nothing is pending
	fatal(b, conn.QueryRow(b.Context(), q, args...).Scan(&v))
	return v
}

// do runs statements as the database's owner.
func do(b *testing.B, url string, statements ...string) {
	b.Helper()
	conn, err := pgx.Connect(b.Context(), url)
	fatal(b, err)
	defer conn.Close(context.Background()) //nolint:errcheck // nothing is pending
	for _, q := range statements {
		if _, err := conn.Exec(b.Context(), q); err != nil {
			b.Fatalf("%.200s: %v", q, err)
		}
	}
}

func clock() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

// serve answers from a store as the binary does, with its log going nowhere.
func serve(b *testing.B, s *storage.Store) string {
	b.Helper()
	debug.SetGCPercent(400) // as the binary does
	cases := app.NewCases(s, clock, rand.Reader)
	handler, err := api.New(api.Config{
		Log: slog.New(slog.NewJSONHandler(io.Discard, nil)), Clock: clock, Random: rand.Reader, Ready: s.Ping, Registry: prometheus.NewRegistry(),
	}, api.UseCases{
		Cases: cases, Names: app.NewNameBook(s, clock), SignIn: app.NewSignIn(s, clock, rand.Reader, app.DefaultSignInConfig()),
		Directory: app.NewDirectory(s, clock), Alerts: app.NewAlerts(s, clock), Rates: app.NewRates(s, clock),
		Mergers: app.NewMergers(s, clock), Imports: imports.New(s, clock, rand.Reader, nil), Once: app.NewOnce(s, clock),
		Audit: app.NewAudit(s), Staffing: app.NewStaffing(s, cases, clock, rand.Reader), Subjects: app.NewSubjects(s, clock, rand.Reader),
	})
	fatal(b, err)
	return listen(b, handler)
}

func listen(b *testing.B, h http.Handler) string {
	b.Helper()
	server := httptest.NewServer(h)
	b.Cleanup(server.Close)
	return server.URL
}

// signIn gives the cookie of an account that Hire made.
func signIn(b *testing.B, url, login string) string {
	b.Helper()
	body, err := json.Marshal(map[string]string{"login": login, "password": storagetest.Password})
	fatal(b, err)
	res, err := http.Post(url+"/api/v1/session", "application/json", bytes.NewReader(body))
	fatal(b, err)
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK || len(res.Cookies()) == 0 {
		b.Fatalf("sign in: %s", res.Status)
	}
	c := res.Cookies()[0]
	return c.Name + "=" + c.Value
}

// facts are some 120 characters, as an intake has them.
const facts = "双方系同院邻居，因院墙外排水沟被占用堆放杂物，雨天积水倒灌进屋，多次口头协商未果，近日又因倾倒垃圾发生争吵，" +
	"互相指责并有推搡，未造成人员受伤。申请人要求对方清理杂物、恢复排水，并赔偿被泡坏的粮食和家具，被申请人认为排水沟本就堵塞，" +
	"不愿承担全部费用，双方情绪对立，申请调解。"

// intakeBody is an ordinary intake: two parties with numbers and telephones.
func intakeBody(b *testing.B, w *world) []byte {
	b.Helper()
	body, err := json.Marshal(map[string]any{
		"source": "applied", "type": "02", "place": "甲一村三组", "facts": facts, "wish": "清理杂物，恢复排水沟，赔偿损失。",
		"requestedOn": domainToday(), "requestedHow": "visit",
		"parties": []map[string]any{
			{"role": "applicant", "kind": "natural", "name": "王小明", "phone": "13800138000", "idType": "111", "idNumber": "510185199003070013"},
			{"role": "respondent", "kind": "natural", "name": "李大山", "phone": "13900139000", "idType": "111", "idNumber": "510185197501010014"},
		},
	})
	fatal(b, err)
	return body
}

func domainToday() string { return clock().Add(8 * time.Hour).Format(time.DateOnly) }

func fatal(b *testing.B, err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// key is a fresh Idempotency-Key.
func key() string { return fmt.Sprintf("bench-%s", rand.Text()) }
