package storage_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"baimi/domain"
	"baimi/domain/ledger"
)

// logState is everything the sealed log stands on, in memory, where a superuser's edits are made.
type logState struct {
	events      []domain.Event // by case and number
	leaves      []ledger.Leaf  // in the order of sealing
	nodes       []ledger.Hash
	checkpoints []ledger.Signed
}

func (s logState) clone() *logState {
	return &logState{slices.Clone(s.events), slices.Clone(s.leaves), slices.Clone(s.nodes), slices.Clone(s.checkpoints)}
}

func readLogState(t *testing.T, w *sealTown) logState {
	t.Helper()
	var s logState
	for _, id := range column[uuid.UUID](t, w, "select distinct case_id from event order by case_id") {
		events, err := w.Store.CaseEvents(t.Context(), w.scope(), domain.CaseID{County: w.County, UUID: id})
		if err != nil {
			t.Fatal(err)
		}
		s.events = append(s.events, events...)
	}
	ids, seqs := column[uuid.UUID](t, w, "select case_id from log_leaf order by idx"), column[int](t, w, "select seq from log_leaf order by idx")
	for i, h := range column[[]byte](t, w, "select hash from log_leaf order by idx") {
		s.leaves = append(s.leaves, ledger.Leaf{County: 1, CaseID: ids[i], Seq: seqs[i], Hash: ledger.Hash(h)})
	}
	for _, h := range column[[]byte](t, w, "select hash from log_hash order by idx") {
		s.nodes = append(s.nodes, ledger.Hash(h))
	}
	var err error
	if s.checkpoints, err = w.Store.Checkpoints(t.Context(), w.scope(), 100); err != nil {
		t.Fatal(err)
	}
	return s
}

func column[T any](t *testing.T, w *sealTown, q string) []T {
	t.Helper()
	rows, err := w.owner.Query(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[T])
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// allowEverything takes away what would keep a superuser from writing nonsense, as a superuser can.
func (w *sealTown) allowEverything(t *testing.T) {
	t.Helper()
	w.exec(t, `do $$ declare x record; begin
		for x in select conrelid::regclass as t, conname from pg_constraint where contype = 'c'
			and conrelid::regclass::text in ('event', 'log_leaf', 'log_hash', 'checkpoint')
		loop execute format('alter table %s drop constraint %I', x.t, x.conname); end loop; end $$`)
}

// write puts the state into the database past all foreign keys.
func (s *logState) write(t *testing.T, w *sealTown) {
	t.Helper()
	err := pgx.BeginFunc(t.Context(), w.owner, func(tx pgx.Tx) error {
		for _, q := range []string{
			"set local session_replication_role = replica", "delete from checkpoint", "delete from log_hash", "delete from log_leaf",
			"delete from event_todo", "delete from event",
		} {
			if _, err := tx.Exec(t.Context(), q); err != nil {
				return err
			}
		}
		if err := copyEvents(t, tx, s.events); err != nil {
			return err
		}
		if err := copyRows(t, tx, "log_leaf", []string{"county", "idx", "case_id", "seq", "hash"}, len(s.leaves), func(i int) []any {
			l := s.leaves[i]
			return []any{l.County, i, [16]byte(l.CaseID), l.Seq, l.Hash[:]}
		}); err != nil {
			return err
		}
		if err := copyRows(t, tx, "log_hash", []string{"county", "idx", "hash"}, len(s.nodes), func(i int) []any {
			return []any{1, i, s.nodes[i][:]}
		}); err != nil {
			return err
		}
		return copyRows(t, tx, "checkpoint", []string{"county", "size", "root", "note", "at"}, len(s.checkpoints), func(i int) []any {
			c := s.checkpoints[i]
			return []any{c.County, c.Size, c.Root[:], c.Note, c.At}
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func copyRows(t *testing.T, tx pgx.Tx, table string, columns []string, n int, row func(i int) []any) error {
	t.Helper()
	_, err := tx.CopyFrom(t.Context(), pgx.Identifier{table}, columns, pgx.CopyFromSlice(n, func(i int) ([]any, error) { return row(i), nil }))
	return err
}

var eventCopyColumns = []string{
	"county", "case_id", "seq", "kind", "actor", "assignment", "role", "via", "occurred_on", "recorded_at",
	"from_status", "to_status", "reason", "data", "prev_hash", "hash",
}

func copyEvents(t *testing.T, tx pgx.Tx, events []domain.Event) error {
	t.Helper()
	return copyRows(t, tx, "event", eventCopyColumns, len(events), func(i int) []any {
		e := &events[i]
		on, err := time.Parse(time.DateOnly, e.OccurredOn.String())
		if err != nil {
			t.Error(err)
		}
		var from *string
		if e.FromStatus != nil {
			s := string(*e.FromStatus)
			from = &s
		}
		return []any{
			int(e.County), [16]byte(e.CaseID), e.Seq, e.Kind, (*int64)(e.Actor), (*int64)(e.Assignment), string(e.Role), string(e.Via), on, e.RecordedAt,
			from, string(e.ToStatus), e.Reason, e.Data, e.PrevHash, e.Hash,
		}
	})
}
