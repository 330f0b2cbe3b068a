package backup

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"baimi/storage/pgembed"
)

// The whole way, while the cluster works: what was committed before the backup
// began is there to the byte, what came later is there in whole transactions
// or not at all, although PostgreSQL recycles its WAL all the while.
func TestRestoreHoldsWhatWasCommittedBefore(t *testing.T) {
	src := sourceOf(t)
	conn := connect(t, src.DSN)
	setUp(t, conn)
	stopWriting := keepWriting(t, src.DSN)
	for scalar[int](t, conn, "select count(*) from entry") < 200 {
		time.Sleep(time.Millisecond)
	}
	last := scalar[int](t, conn, "select max(n) from entry")
	const digest = "select count(*) || ' ' || md5(string_agg(n || what, ',' order by n)) from entry where n <= $1"
	want := scalar[string](t, conn, digest, last)

	turns := 0
	src.Progress = func(part string, _, _ int64) {
		if turns++; part == partCluster && turns <= 6 {
			churn(t, conn)
		}
	}
	dir := filepath.Join(folder(t), "backups")
	t0 := time.Now()
	m, err := Create(t.Context(), src, dir, passphrase, begun)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("backup %d ms, %d KiB", time.Since(t0).Milliseconds(), m.Bytes()>>10)
	stopWriting()
	written := scalar[int](t, conn, "select max(n) from entry")

	target := targetIn(folder(t))
	t0 = time.Now()
	if _, err := Restore(t.Context(), Path(dir, begun), target, passphrase); err != nil {
		t.Fatal(err)
	}
	t.Logf("restore %d ms", time.Since(t0).Milliseconds())
	t0 = time.Now()
	s, err := pgembed.Start(t.Context(), pgembed.Config{Dir: target.Dir, Log: quiet})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop(context.Background()) //nolint:errcheck // a cluster nobody needs
	t.Logf("start %d ms", time.Since(t0).Milliseconds())

	restored := connect(t, s.DSN("postgres"))
	if got := scalar[string](t, restored, digest, last); got != want {
		t.Errorf("%d entries committed before the backup: %s, want %s", last, got, want)
	}
	t.Logf("%d entries before, %d restored, %d written", last, scalar[int](t, restored, "select max(n) from entry"), written)
	if sum := scalar[int](t, restored, "select sum(amount) from account"); sum != 1000 {
		t.Errorf("half a transaction was restored: the sum is %d", sum)
	}
	if scalar[bool](t, restored, "select (select count(*) from entry) <> (select sum(moves) from account)/2") {
		t.Error("half a transaction was restored")
	}
	if _, err := restored.Exec(t.Context(), "insert into entry select max(n) + 1, 'new' from entry"); err != nil {
		t.Errorf("the restored cluster is not for use: %v", err)
	}
	compareFolders(t, src, target)
}

// setUp makes two accounts whose sum no transaction changes.
func setUp(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	_, err := conn.Exec(t.Context(), `drop table if exists account, entry, filler;
		create table account (id int primary key, amount int, moves int);
		insert into account values (1, 500, 0), (2, 500, 0);
		create table entry (n serial primary key, what text);
		create table filler as select n, repeat('x', 500) s from generate_series(1, 20000) n`)
	if err != nil {
		t.Fatal(err)
	}
}

// keepWriting moves money to and fro until the returned function is called.
func keepWriting(t *testing.T, dsn string) (stop func()) {
	t.Helper()
	conn := connect(t, dsn)
	var wg sync.WaitGroup
	done := make(chan struct{})
	wg.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
			}
			_, err := conn.Exec(context.Background(), `begin;
				update account set amount = amount - 1, moves = moves + 1 where id = 1;
				insert into entry (what) values (gen_random_uuid()::text);
				update account set amount = amount + 1, moves = moves + 1 where id = 2;
				commit`)
			if err != nil {
				t.Error(err)
				return
			}
		}
	})
	return func() { close(done); wg.Wait() }
}

// churn makes PostgreSQL fill and, if it may, throw away WAL.
func churn(t *testing.T, conn *pgx.Conn) {
	t.Helper()
	for _, q := range []string{"update filler set s = s || 'y' where n % 20 = 0", "select pg_switch_wal()", "checkpoint"} {
		if _, err := conn.Exec(t.Context(), q); err != nil {
			t.Error(err)
		}
	}
}

func compareFolders(t *testing.T, src Source, target Target) {
	t.Helper()
	for from, to := range map[string]string{src.Files: target.Files, src.Keys: target.Keys} {
		want, got := contents(t, from), contents(t, to)
		if !maps.Equal(want, got) {
			t.Errorf("%s differs from %s: %d and %d entries", to, from, len(got), len(want))
		}
		for name := range got {
			info, err := os.Stat(filepath.Join(to, name))
			if err != nil {
				t.Fatal(err)
			}
			if info.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s is open to others: %v", name, info.Mode())
			}
		}
	}
}

// There may be no attachments yet, and one key file instead of a folder.
func TestBackupOfANewInstallation(t *testing.T) {
	t.Parallel()
	src := sourceOf(t)
	src.Keys, src.Files = filepath.Join(src.Keys, "data.keyset"), filepath.Join(src.Files, "none")
	_, path := made(t, src)
	target := targetIn(folder(t))
	for _, dir := range []string{target.Keys, target.Files} { // as mount points are
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(target.Dir, 0o711); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), path, target, passphrase); err != nil {
		t.Fatal(err)
	}
	if got := contents(t, target.Keys); len(got) != 2 || got["data.keyset"] != "a key" {
		t.Errorf("keys: %v", got)
	}
	if got := contents(t, target.Files); len(got) != 1 {
		t.Errorf("files: %v", got)
	}
}
