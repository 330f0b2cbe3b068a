package storage_test

import (
	"context"
	"crypto/md5"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/shopspring/decimal"
	"golang.org/x/sync/errgroup"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/domain/ledger"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// eventsToCheck is over how many events the run goes: few in every test run, a million when BAIMI_PROVE is set, and as many as it
// says when it is a number above 1.
func eventsToCheck() int {
	n, err := strconv.Atoi(os.Getenv("BAIMI_PROVE"))
	switch {
	case os.Getenv("BAIMI_PROVE") == "":
		return 2_000
	case err != nil || n <= 1:
		return 1_000_000
	}
	return n
}

// TestCheckAtScale checks a county of many events as `baimi check` does, records and sealed log at the same time, finds nothing, and
// tells how long it took: the aim is a minute for a million events on two cores.
func TestCheckAtScale(t *testing.T) {
	w := &sealTown{Town: storagetest.NewTown(t)}
	p := hire(t, w.Town)
	var err error
	if w.owner, err = pgx.Connect(t.Context(), w.DB.OwnerURL); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.owner.Close(context.WithoutCancel(t.Context())) })
	n := w.multiply(t, eventsToCheck(), w.lived(t, p), w.lived(t, p), w.lived(t, p))
	for w.sealAll(t, 5000) > 0 {
	}
	defer debug.SetGCPercent(debug.SetGCPercent(400)) // as the command does
	runtime.GC()
	began, before := time.Now(), w.processorTime(t)
	var sum storage.CheckSummary
	var log ledger.Verified
	var both errgroup.Group
	both.Go(func() (err error) {
		log, err = w.Store.VerifyLog(t.Context(), county, func(f ledger.Fault) { t.Error(f) })
		return err
	})
	both.Go(func() (err error) {
		sum, err = w.Store.Check(t.Context(), county, storagetest.Now, func(f storage.Finding) {
			if !t.Failed() { // one tells enough
				t.Errorf("%s: %s: %s", f.Kind, f.Where, f.What)
			}
		})
		return err
	})
	if err := both.Wait(); err != nil {
		t.Fatal(err)
	}
	took, after := time.Since(began), w.processorTime(t)
	if sum.Bad > 0 || sum.Events != n || log.Sealed != int64(n) {
		t.Fatalf("of %d events: %s; %d sealed", n, sum, log.Sealed)
	}
	t.Logf("%s", sum)
	t.Logf("%d events checked in %.1f s; processor time %.1f s here and %.1f s in PostgreSQL, %.0f µs an event",
		n, took.Seconds(), (after[0] - before[0]).Seconds(), (after[1] - before[1]).Seconds(),
		float64((after[0]+after[1]-before[0]-before[1]).Microseconds())/float64(n))
}

// lived is a dispute with a whole life: agreed on orally, for a written agreement has a code of its own that a copy would double, performed in two parts, visited, closed.
func (w *sealTown) lived(t *testing.T, p people) *domain.Case {
	t.Helper()
	today := calendar.DateOf(storagetest.Now)
	id := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)).CaseID()
	w.Accept(t, w.Act(t, p.director), id, p.mediator.Person)
	med, dir := w.Act(t, p.mediator), w.Act(t, p.director)
	amount := decimal.RequireFromString("3200.50")
	w.Change(t, med, id, func(_ context.Context, c *domain.Case) error {
		if err := c.Start(med, today, []domain.Notice{{PartyNo: 1, How: "written", On: today}, {PartyNo: 2, How: "oral", On: today}}, []int{1, 2}); err != nil {
			return err
		}
		return c.AgreeOrally(med, domain.Terms{
			On: today, Text: "恢复排水沟，补偿三千二百元五角。",
			Obligations: []domain.NewObligation{{Debtor: 2, Creditor: 1, What: "补偿款", Amount: &amount, Manner: "transfer", DueOn: today.AddDays(7)}},
		})
	})
	half := decimal.RequireFromString("1000")
	for _, part := range []domain.Performance{{On: today, Status: domain.PartlyPerformed, Amount: &half}, {On: today, Status: domain.Performed}} {
		w.Change(t, med, id, func(_ context.Context, c *domain.Case) error { return c.RecordPerformance(med, 1, part) })
	}
	followUp(t, w.Town, p.mediator, id)
	return w.Change(t, dir, id, func(_ context.Context, c *domain.Case) error { return c.Close(dir, today) })
}

// multiply copies cases, in turn, until there are as many events as are wanted, each copy with numbers, sealed values and a chain of
// its own. It returns how many events there are, all of them queued to be sealed.
func (w *sealTown) multiply(t *testing.T, events int, models ...*domain.Case) int {
	t.Helper()
	fold(t, w.Town)
	kinds := make([]*modelCase, len(models))
	total := 0
	for i, c := range models {
		kinds[i] = w.modelOf(t, c)
		total += len(kinds[i].events)
	}
	w.exec(t, "set session_replication_role = replica")
	w.exec(t, "create temp table new (id uuid, model uuid, demand_no text, file_seq int, file_no text, event_hash bytea)")
	for n := len(models); total < events; {
		var some []copied
		for len(some) < 2000 && total < events {
			k := kinds[n%len(kinds)]
			n++
			some = append(some, k.copy(n))
			total += len(k.events)
		}
		w.store(t, some)
	}
	for _, q := range []string{
		"set session_replication_role = origin", "update file_number set last = (select max(file_seq) from cases)", "delete from rate_month",
		`insert into rate_month (county, month, area_path, committee, type, source, succeeded, failed)
			select county, month, area_path, committee, type, source, count(*) filter (where bucket = 'succeeded'), count(*) filter (where bucket = 'failed')
			from rate_case group by 1, 2, 3, 4, 5, 6`,
		"delete from event_todo", queueAll, "vacuum (analyze)",
	} {
		w.exec(t, q)
	}
	return total
}

// modelCase is a case to copy, with its values in the clear.
type modelCase struct {
	*domain.Case
	keys   *storage.Keyring
	events []domain.Event
	values []modelValue
}

type modelValue struct {
	ID    uuid.UUID
	Kind  string
	Plain []byte
	Blind []byte
}

// copied is a copy of a case.
type copied struct {
	model  *modelCase
	id     uuid.UUID
	demand string
	seq    int
	fileNo string
	events []domain.Event
}

func valuePlace(caseID, id uuid.UUID, kind string) string {
	return fmt.Sprintf("personal_value/1/%s/%s/%s", caseID, id, kind)
}

// refOf is the value of a copy that stands for a value of the model; PostgreSQL computes the same.
func refOf(caseID, model uuid.UUID) uuid.UUID {
	return md5.Sum([]byte(caseID.String() + model.String()))
}

func (w *sealTown) modelOf(t *testing.T, c *domain.Case) *modelCase {
	t.Helper()
	m := &modelCase{Case: c, keys: w.Keys}
	var err error
	if m.events, err = w.Store.CaseEvents(t.Context(), county, c.CaseID()); err != nil {
		t.Fatal(err)
	}
	rows, err := w.owner.Query(t.Context(), "select id, kind, cipher, blind from personal_value where case_id = $1", c.ID)
	if err == nil {
		m.values, err = pgx.CollectRows(rows, pgx.RowToStructByPos[modelValue])
	}
	for i, v := range m.values {
		if m.values[i].Plain, err = w.Keys.Unseal(v.Plain, valuePlace(c.ID, v.ID, v.Kind)); err != nil {
			break
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// copy makes the n-th case of the county: what happened to the model, as events of its own.
func (m *modelCase) copy(n int) copied {
	x := copied{model: m, id: uuid.New(), demand: fmt.Sprintf("0001%09X", n), seq: n}
	x.fileNo = strings.Replace(*m.FileNo, fmt.Sprintf("第%d号", *m.FileSeq), fmt.Sprintf("第%d号", n), 1)
	other := []string{string(m.DemandNo), x.demand, *m.FileNo, x.fileNo, fmt.Sprintf(`"fileSeq":%d,`, *m.FileSeq), fmt.Sprintf(`"fileSeq":%d,`, n)}
	for _, v := range m.values {
		other = append(other, v.ID.String(), refOf(x.id, v.ID).String())
	}
	text := strings.NewReplacer(other...)
	before := make([]byte, 32)
	for _, e := range m.events {
		e.CaseID, e.Data, e.PrevHash = x.id, text.Replace(e.Data), before
		e.Hash = e.Sum()
		before = e.Hash
		x.events = append(x.events, e)
	}
	return x
}

// store writes copies: rows that say nothing of their own by PostgreSQL alone.
func (w *sealTown) store(t *testing.T, some []copied) {
	t.Helper()
	tables := column[string](t, w, `select table_name::text from information_schema.columns where table_schema = 'public' and column_name = 'case_id'
		and table_name not in ('event', 'event_todo', 'personal_value', 'log_leaf', 'access_log', 'draft') order by 1`)
	var events []domain.Event
	var values [][]any
	for _, x := range some {
		events = append(events, x.events...)
		for _, v := range x.model.values {
			ref := refOf(x.id, v.ID)
			sealed, err := w.Keys.Seal(v.Plain, valuePlace(x.id, ref, v.Kind))
			if err != nil {
				t.Fatal(err)
			}
			values = append(values, []any{int16(1), x.id, ref, v.Kind, sealed, v.Blind})
		}
	}
	err := pgx.BeginFunc(t.Context(), w.owner, func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), "truncate new"); err != nil {
			return err
		}
		err := copyRows(t, tx, "new", []string{"id", "model", "demand_no", "file_seq", "file_no", "event_hash"}, len(some), func(i int) []any {
			x := some[i]
			return []any{x.id, x.model.ID, x.demand, x.seq, x.fileNo, x.events[len(x.events)-1].Hash}
		})
		if err != nil {
			return err
		}
		own := map[string]string{"id": "new.id"}
		for _, c := range []string{"demand_no", "file_seq", "file_no", "event_hash"} {
			own[c] = "new." + c
		}
		if _, err := tx.Exec(t.Context(), w.copies(t, "cases", "id", own)); err != nil {
			return err
		}
		for _, table := range tables {
			if _, err := tx.Exec(t.Context(), w.copies(t, table, "case_id", map[string]string{"case_id": "new.id"})); err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
		}
		err = copyRows(t, tx, "personal_value", []string{"county", "case_id", "id", "kind", "cipher", "blind"}, len(values), func(i int) []any { return values[i] })
		if err != nil {
			return err
		}
		return copyEvents(t, tx, events)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// copies writes the statement that copies the rows of the models, with some columns of their own.
func (w *sealTown) copies(t *testing.T, table, key string, own map[string]string) string {
	t.Helper()
	columns := column[string](t, w, fmt.Sprintf(`select attname::text from pg_attribute
		where attrelid = '%s'::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`, table))
	values := make([]string, len(columns))
	for i, c := range columns {
		switch values[i] = own[c]; {
		case values[i] != "":
		case strings.HasSuffix(c, "_ref"):
			values[i] = "md5(new.id::text || t." + c + "::text)::uuid"
		default:
			values[i] = "t." + c
		}
	}
	return fmt.Sprintf("insert into %s (%s) select %s from new join %s t on t.county = 1 and t.%s = new.model",
		table, strings.Join(columns, ", "), strings.Join(values, ", "), table, key)
}

// processorTime is what this process has used, and what the database's connections have: 0 where the system does not tell.
func (w *sealTown) processorTime(t *testing.T) [2]time.Duration {
	t.Helper()
	var here syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &here); err != nil {
		t.Fatal(err)
	}
	sum := [2]time.Duration{time.Duration(here.Utime.Nano() + here.Stime.Nano())}
	for _, pid := range column[int](t, w, "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()") {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			continue
		}
		_, rest, _ := strings.Cut(string(stat), ") ")
		if f := strings.Fields(rest); len(f) > 12 { // utime and stime, in hundredths of a second
			for _, ticks := range f[11:13] {
				n, _ := strconv.Atoi(ticks)
				sum[1] += time.Duration(n) * 10 * time.Millisecond
			}
		}
	}
	return sum
}
