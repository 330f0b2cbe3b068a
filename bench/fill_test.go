package bench_test

import (
	"context"
	"crypto/md5"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"baimi/domain"
	"baimi/storage/storagetest"
)

// patterns are how many disputes are made by the service itself; the others are copies of them in other places at other times.
const patterns = 200

// fill makes a county of n disputes over two years in 286 villages, with everything that hangs on each: every copy has values sealed
// for itself, so that it opens as any other. What is common in texts (邻居, in three of ten) and what is rare (婚姻, in 20 disputes)
// stays so at every size. It must be the first thing that is put into the world's database.
func (w *world) fill(b *testing.B, n int) {
	b.Helper()
	keeper := w.Hire(b, "filler", domain.RolePointKeeper, w.PointA1)
	rnd := rand.New(rand.NewPCG(7, uint64(n))) //nolint:gosec // the same texts each time
	pick := words(rnd)
	var models []uuid.UUID
	for i := range patterns {
		d := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
		d.Facts = sentence(pick, i%10 < 3, "邻居")
		d.Parties[0].Name, d.Parties[0].Phone = "王"+pick(), fmt.Sprintf("138%08d", i)
		models = append(models, w.Register(b, w.ActAt(b, keeper, storagetest.Now), d).ID)
	}
	conn, err := pgx.Connect(b.Context(), w.DB.OwnerURL)
	fatal(b, err)
	defer conn.Close(context.WithoutCancel(b.Context())) //nolint:errcheck // nothing is pending
	exec := func(q string) {
		b.Helper()
		if _, err := conn.Exec(b.Context(), q); err != nil {
			b.Fatalf("%.300s: %v", q, err)
		}
	}
	exec("set session_replication_role = replica") // no foreign keys: the places of most copies are none of the town's
	exec("create temp table new (id uuid, n int, model uuid, at timestamptz, area text, org int)")
	ids := w.places(b, conn, models, n, rnd)
	exec("analyze new")
	exec(copies(b, conn, "cases", "id", map[string]string{
		"id": "new.id", "demand_no": "'0001' || upper(lpad(to_hex(new.n), 9, '0'))", "registered_at": "new.at",
		"requested_on": "(new.at at time zone 'Asia/Shanghai')::date", "area_path": "new.area", "committee": "new.org",
		"orgs": "array[new.org]", "point": "null",
	}))
	for _, table := range []string{"party", "deadline", "event", "search_party"} {
		exec(copies(b, conn, table, "case_id", map[string]string{"case_id": "new.id", "next_stage_at": "null"}))
	}
	exec(copies(b, conn, "search_text", "case_id", map[string]string{"case_id": "new.id", "area_path": "new.area", "orgs": "array[new.org]"}))
	exec("insert into case_grant select 1, org, at, id from new")
	exec(`insert into rate_case (county, case_id, month, area_path, committee, type, source, bucket)
		select 1, id, date_trunc('month', at), area, org, '02', 'applied', case when n % 20 = 0 then 'failed' else 'succeeded' end from new`)
	exec(`insert into rate_month (county, month, area_path, committee, type, source, succeeded, failed)
		select 1, month, area_path, committee, type, source, count(*) filter (where bucket = 'succeeded'), count(*) filter (where bucket = 'failed')
		from rate_case group by 1, 2, 3, 4, 5, 6`)
	w.sealFor(b, conn, models, ids)
	exec("delete from event_todo")
	for i := range 20 {
		d := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
		d.Facts = sentence(pick, i%2 == 0, "婚姻")
		if i%2 == 1 {
			d.Facts += "，起因是婚姻。"
		}
		w.Register(b, w.ActAt(b, keeper, storagetest.Now), d)
	}
	exec("vacuum (analyze)")
}

// places says where and when each copy is: one of 300 in each of the town's own villages, the others elsewhere in the county.
func (w *world) places(b *testing.B, conn *pgx.Conn, models []uuid.UUID, n int, rnd *rand.Rand) map[uuid.UUID][]uuid.UUID {
	b.Helper()
	type place struct {
		area string
		org  domain.OrgID
	}
	own := []place{{w.VillageA1.Path, w.CommitteeA1}, {w.VillageA2.Path, w.CommitteeA2}, {w.VillageB1.Path, w.CommitteeB1}}
	ids := map[uuid.UUID][]uuid.UUID{}
	i := 0
	_, err := conn.CopyFrom(b.Context(), pgx.Identifier{"new"}, []string{"id", "n", "model", "at", "area", "org"}, pgx.CopyFromFunc(func() ([]any, error) {
		if i == n {
			return nil, nil
		}
		p := place{}
		if v := rnd.IntN(300); v < len(own) {
			p = own[v]
		} else {
			p = place{fmt.Sprintf("510185%03d%03d", 100+v/13, 1+v%13), domain.OrgID(1000 + v)}
		}
		id, model := uuid.New(), models[i%len(models)]
		ids[model] = append(ids[model], id)
		at := storagetest.Now.Add(-time.Duration(float64(i+1) / float64(n) * float64(2*365*24*time.Hour)))
		i++
		return []any{id, i, model, at, p.area, p.org}, nil
	}))
	fatal(b, err)
	return ids
}

// copies writes the statement that copies the rows of the models, with some columns of their own.
func copies(b *testing.B, conn *pgx.Conn, table, key string, own map[string]string) string {
	b.Helper()
	rows, err := conn.Query(b.Context(), `select attname::text from pg_attribute
		where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`, table)
	fatal(b, err)
	columns, err := pgx.CollectRows(rows, pgx.RowTo[string])
	fatal(b, err)
	values := make([]string, len(columns))
	for i, c := range columns {
		switch values[i] = own[c]; {
		case values[i] != "":
		case strings.HasSuffix(c, "_ref"): // a value is of one case alone; sealFor computes the same
			values[i] = "md5(new.id::text || t." + c + "::text)::uuid"
		default:
			values[i] = "t." + c
		}
	}
	return fmt.Sprintf("insert into %s (%s) select %s from new join %s t on t.county = 1 and t.%s = new.model",
		table, strings.Join(columns, ", "), strings.Join(values, ", "), table, key)
}

// sealFor seals the values of the models anew for each copy: a cipher is bound to its case.
func (w *world) sealFor(b *testing.B, conn *pgx.Conn, models []uuid.UUID, ids map[uuid.UUID][]uuid.UUID) {
	b.Helper()
	place := func(of, id uuid.UUID, kind string) string {
		return fmt.Sprintf("personal_value/1/%s/%s/%s", of, id, kind)
	}
	for _, model := range models {
		rows, err := conn.Query(b.Context(), "select id, kind, cipher, blind from personal_value where county = 1 and case_id = $1", model)
		fatal(b, err)
		type value struct {
			ID            uuid.UUID
			Kind          string
			Cipher, Blind []byte
		}
		values, err := pgx.CollectRows(rows, pgx.RowToStructByPos[value])
		fatal(b, err)
		var out [][]any
		for _, v := range values {
			plain, err := w.Keys.Unseal(v.Cipher, place(model, v.ID, v.Kind))
			fatal(b, err)
			for _, id := range ids[model] {
				ref := uuid.UUID(md5.Sum([]byte(id.String() + v.ID.String()))) //nolint:gosec // only a number of its own
				sealed, err := w.Keys.Seal(plain, place(id, ref, v.Kind))
				fatal(b, err)
				out = append(out, []any{int16(1), id, ref, v.Kind, sealed, v.Blind})
			}
		}
		_, err = conn.CopyFrom(b.Context(), pgx.Identifier{"personal_value"},
			[]string{"county", "case_id", "id", "kind", "cipher", "blind"}, pgx.CopyFromRows(out))
		fatal(b, err)
	}
}

// words are of two characters, some used much more than others, as words are.
func words(rnd *rand.Rand) func() string {
	list := make([]string, 5000)
	for i := range list {
		list[i] = string([]rune{rune(0x4E00 + rnd.IntN(2500)), rune(0x4E00 + rnd.IntN(2500))})
	}
	zipf := rand.NewZipf(rnd, 1.1, 8, uint64(len(list)-1))
	return func() string { return list[zipf.Uint64()] }
}

func sentence(pick func() string, with bool, word string) string {
	var text strings.Builder
	for range 55 {
		text.WriteString(pick())
	}
	if with {
		text.WriteString("，说到" + word + "。")
	}
	return text.String()
}
