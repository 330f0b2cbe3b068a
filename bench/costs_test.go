package bench_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"baimi/app"
	"baimi/domain"
	"baimi/storage"
)

// BenchmarkCosts prints, line by line, what an intake does beyond its bare SQL. Each part is run by itself, one after the other on one
// connection at a time, as the service runs it.
func BenchmarkCosts(b *testing.B) {
	b.ReportMetric(0, "ns/op") // the report says more
	w := newWorld(b)
	ctx := b.Context()
	keeper := w.Hire(b, "coster", domain.RolePointKeeper, w.PointA1)
	act := w.ActAt(b, keeper, clock())
	dispute := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	dispute.Facts = facts
	signIn := app.NewSignIn(w.store, clock, rand.Reader, app.DefaultSignInConfig())
	_, secret, _ := strings.Cut(w.keeper, "=")
	pool, err := pgxpool.New(ctx, w.DB.AppURL)
	fatal(b, err)
	defer pool.Close()
	once := app.NewOnce(w.store, clock)

	say("\nWhat an intake costs beyond its SQL, µs, one at a time")
	bare := each(b, func() error {
		return pool.AcquireFunc(ctx, func(c *pgxpool.Conn) error {
			_, err := c.Conn().PgConn().Exec(ctx, "begin").ReadAll()
			if err == nil {
				_, err = c.Conn().PgConn().Exec(ctx, "commit").ReadAll()
			}
			return err
		})
	})
	note("an empty transaction", "%8.0f", bare)
	empty := each(b, func() error {
		return w.store.InTx(ctx, keeper.Scope(), func(context.Context) error { return nil })
	})
	note("scope: the settings of the second wall", "%8.0f more", empty-bare)
	note("sign-in: session, account and roles, read anew", "%8.0f", each(b, func() error {
		_, err := signIn.BySession(ctx, secret)
		return err
	}))
	note("idempotency: lock, look-up and sealed answer, with a commit", "%8.0f more than an empty one", each(b, func() error {
		_, _, err := once.Do(ctx, keeper, app.Request{Key: key(), Operation: "registerCase", Hash: bytes.Repeat([]byte{1}, 32)},
			func(context.Context) ([]byte, error) { return bytes.Repeat([]byte{2}, 4096), nil })
		return err
	})-empty)
	note("case and event made, chained, hashed (no database)", "%8.0f", each(b, func() error {
		_, err := domain.Register(act, dispute)
		return err
	}))
	note("nine values encrypted, seven with a blind index", "%8.0f", each(b, func() error { return seal(w.Keys) }))
	note("the case written: every row in one round trip, committed", "%8.0f more than an empty one", each(b, func() error {
		r, err := domain.Register(act, dispute)
		if err != nil {
			return err
		}
		return w.store.CreateCase(ctx, keeper.Scope(), r.Case)
	})-empty)
	body := intakeBody(b, w)
	note("the body read by the standard decoder alone", "%8.0f", each(b, func() error {
		var v map[string]any
		return json.Unmarshal(body, &v)
	}))
	line, err := dial(w.url)
	fatal(b, err)
	defer line.conn.Close() //nolint:errcheck // what was sent was answered
	next := post("/api/v1/cases", w.keeper, body)
	note("the whole of it over HTTP", "%8.0f", each(b, func() error {
		status, err := line.ask(next())
		if err == nil && status != http.StatusCreated {
			b.Fatalf("answered %d", status)
		}
		return err
	}))
}

// seal encrypts what an ordinary intake has.
func seal(k *storage.Keyring) error {
	for i := range 9 {
		place := "personal_value/1/" + uuid.NewString()
		if _, err := k.Seal([]byte("0123456789abcdef王小明"), place); err != nil {
			return err
		}
		if i < 7 {
			if _, err := k.Blind("name", "王小明"); err != nil {
				return err
			}
		}
	}
	return nil
}

// each gives how many microseconds one run takes, the median of many.
func each(b *testing.B, fn func() error) float64 {
	b.Helper()
	var took []float64
	for until := time.Now().Add(length() / 2); time.Now().Before(until) || len(took) < 20; {
		began := time.Now()
		fatal(b, fn())
		took = append(took, float64(time.Since(began).Nanoseconds())/1000)
	}
	return median(took)
}
