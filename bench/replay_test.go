package bench_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"

	"baimi/domain"
	"baimi/storage"
)

// script is the SQL of one request, and what in it must be another each time.
type script struct {
	trips  []trip
	unique []unique
	answer []byte // what the service answered
}

// unique is a value of which two rows may not have the same.
type unique struct {
	text string
	draw func() string // another one
	uuid bool          // it may also stand as 16 bytes
	sql  string        // the same for pgbench, of the number n that it draws
}

// capture asks the service twice over the wire and notes the second time, when everything is prepared.
func capture(b *testing.B, w *world, next request) script {
	b.Helper()
	tap := newWire(b, w.DB.AppURL)
	s, err := storage.Open(b.Context(), tap.appURL, w.Keys, storage.Options{MaxConnections: 1})
	fatal(b, err)
	b.Cleanup(s.Close)
	url := serve(b, s)
	fetch(b, url, next())
	var out script
	var sent []byte
	out.trips = tap.during(func() {
		sent = next()
		out.answer = fetch(b, url, sent)
	})
	if _, k, ok := strings.Cut(string(sent), "Idempotency-Key: "); ok {
		k, _, _ = strings.Cut(k, "\r\n")
		out.unique = append(out.unique, unique{text: k, draw: key, sql: "lpad(:n,12,'0')"})
	}
	out.newAccess()
	return out
}

// newAccess makes the line that a look at a case leaves in the access log another one each time.
func (s *script) newAccess() {
	const column = 2 // county, at, id
	for _, t := range s.trips {
		for _, m := range t {
			if !strings.HasPrefix(m.sql, `INSERT INTO "access_log" ("county","at","id",`) {
				continue
			}
			id, err := uuid.FromBytes(m.params[column])
			if err != nil {
				id = uuid.MustParse(string(m.params[column]))
			}
			s.unique = append(s.unique, unique{text: id.String(), uuid: true, draw: uuid.NewString})
		}
	}
}

// newCase makes a captured intake one of another case each time.
func (s *script) newCase(b *testing.B) {
	b.Helper()
	var answer struct {
		Case struct{ ID, DemandNo string }
	}
	fatal(b, json.Unmarshal(s.answer, &answer))
	id, err := domain.ParseCaseID(answer.Case.ID)
	fatal(b, err)
	no, err := domain.ParseDemandNo(answer.Case.DemandNo)
	fatal(b, err)
	s.unique = append(s.unique,
		unique{text: id.UUID.String(), uuid: true, draw: uuid.NewString, sql: "'00000000-0000-4000-8000-'||lpad(:n,12,'0')"},
		unique{text: string(no), draw: func() string { return string(no)[:4] + "B" + rand.Text()[:8] }, sql: "'" + string(no)[:4] + "'||upper(lpad(to_hex(:n::bigint % 68719476736),9,'0'))"})
}

// size tells how often the service waited for PostgreSQL, and for how many statements.
func (s script) size() (trips, statements int) {
	for _, t := range s.trips {
		statements += len(t)
	}
	return len(s.trips), statements
}

// fill puts other values in place of those that were captured.
func (s script) fill() func(in []byte) []byte {
	var from, to [][]byte
	for _, u := range s.unique {
		text := u.draw()
		from, to = append(from, []byte(u.text)), append(to, []byte(text))
		if u.uuid {
			was, is := uuid.MustParse(u.text), uuid.MustParse(text)
			from, to = append(from, was[:]), append(to, is[:])
		}
	}
	return func(in []byte) []byte {
		for i := range from {
			in = bytes.ReplaceAll(in, from[i], to[i])
		}
		return in
	}
}

// names gives each prepared statement of the script one.
func (s script) names() map[string]string {
	names := map[string]string{}
	for _, t := range s.trips {
		for _, m := range t {
			if !m.simple && names[m.sql] == "" {
				names[m.sql] = fmt.Sprintf("bench%d", len(names))
			}
		}
	}
	return names
}

// pool is one whose connections have the script's statements prepared.
func (s script) pool(b *testing.B, url string) (*pgxpool.Pool, map[string]string) {
	b.Helper()
	names := s.names()
	cfg, err := pgxpool.ParseConfig(url)
	fatal(b, err)
	cfg.MaxConns = connections
	cfg.AfterConnect = func(ctx context.Context, c *pgx.Conn) error {
		for sql, name := range names {
			if _, err := c.PgConn().Prepare(ctx, name, sql, nil); err != nil {
				return fmt.Errorf("%s: %w", sql, err)
			}
		}
		return nil
	}
	pool, err := pgxpool.NewWithConfig(b.Context(), cfg)
	fatal(b, err)
	b.Cleanup(pool.Close)
	return pool, names
}

// run sends the script over a connection, trip by trip, as the service did.
func (s script) run(ctx context.Context, pg *pgconn.PgConn, names map[string]string) error {
	fill := s.fill()
	for _, t := range s.trips {
		if err := t.run(ctx, pg, names, fill); err != nil {
			_, undo := pg.Exec(ctx, "rollback").ReadAll()
			return errors.Join(fmt.Errorf("%.80s: %w", t[0].sql, err), undo)
		}
	}
	return nil
}

func (t trip) run(ctx context.Context, pg *pgconn.PgConn, names map[string]string, fill func([]byte) []byte) error {
	if t[0].simple {
		_, err := pg.Exec(ctx, string(fill([]byte(t[0].sql)))).ReadAll()
		return err
	}
	var batch pgconn.Batch
	for _, m := range t {
		params := make([][]byte, len(m.params))
		for i, v := range m.params {
			if v != nil {
				params[i] = append([]byte{}, fill(v)...) // an empty text is not null
			}
		}
		if len(t) == 1 {
			return pg.ExecPrepared(ctx, names[m.sql], params, m.formats, m.resultFormats).Read().Err
		}
		batch.ExecPrepared(names[m.sql], params, m.formats, m.resultFormats)
	}
	_, err := pg.ExecBatch(ctx, &batch).ReadAll()
	return err
}

// serveBare is the least that could answer so: echo decodes the body, pgx runs the very same statements, echo answers as much.
func (s script) serveBare(b *testing.B, url string) string {
	b.Helper()
	pool, names := s.pool(b, url)
	var failed sync.Once
	e := echo.New()
	e.Any("/*", func(c echo.Context) error {
		if c.Request().ContentLength > 0 {
			var body struct {
				Place, Facts, Wish string
				Parties            []struct{ Name, Phone, IDNumber string }
			}
			if err := json.NewDecoder(c.Request().Body).Decode(&body); err != nil {
				return err
			}
		}
		ctx := c.Request().Context()
		err := pool.AcquireFunc(ctx, func(conn *pgxpool.Conn) error { return s.run(ctx, conn.Conn().PgConn(), names) })
		if err != nil {
			failed.Do(func() { b.Error(err) })
			return err
		}
		return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, s.answer)
	})
	return listen(b, e)
}
