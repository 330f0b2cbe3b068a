package storagetest

import (
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// What every other package's tests rest on.
func TestNewGivesTheSchemaToTheAppRole(t *testing.T) {
	t.Parallel()
	a, b := New(t), New(t)
	if a.Name == b.Name {
		t.Fatal("one database for two")
	}
	app := connect(t, a.AppURL)
	if got := scalar[string](t, app, "select current_user::text"); got != AppRole {
		t.Errorf("app connects as %s", got)
	}
	if scalar[bool](t, app, "select rolsuper or rolbypassrls from pg_roles where rolname = current_user") {
		t.Error("the app role stands above row-level security")
	}
	owner := connect(t, a.OwnerURL)
	if n := scalar[int](t, owner, "select count(*) from pg_tables where schemaname = 'public'"); n == 0 {
		t.Error("no schema")
	}
	if scalar[bool](t, owner, "select exists (select from pg_tables where schemaname = 'public' and tableowner = $1)", AppRole) {
		t.Error("the app role owns a table")
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New(b)
	}
}

func BenchmarkNewParallel(b *testing.B) {
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			New(b)
		}
	})
}

const helperEnv = "STORAGETEST_HELPER"

// Bare `go test` has no last moment in which to stop the server: it must go
// with the process, and its folder with it.
func TestOwnServerGoesWithTheProcess(t *testing.T) {
	if os.Getenv(helperEnv) != "" {
		fmt.Println(New(t).OwnerURL)
		return
	}
	t.Parallel()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), helperEnv+"=1", URLEnv+"=")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	line, _, _ := strings.Cut(string(out), "\n")
	u, err := url.Parse(line)
	if err != nil {
		t.Fatal(err)
	}
	socket := u.Query().Get("host")
	for range 500 {
		if _, err := os.Stat(socket); os.IsNotExist(err) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("%s is still there", socket)
}
