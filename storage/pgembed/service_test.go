package pgembed

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

const (
	serviceEnv   = "PGEMBED_TEST_SERVICE"   // data folder
	throwawayEnv = "PGEMBED_TEST_THROWAWAY" // start a throw-away cluster instead
)

// serviceMain is the service side of the kill tests: it starts the cluster,
// writes one row after the other and tells of each that was acknowledged. It
// stops in order at SIGTERM.
func serviceMain(dir string, throwaway bool) int {
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer cancel()
	fmt.Println("starting")
	s, stop, err := serviceCluster(ctx, dir, throwaway)
	if err != nil {
		fmt.Println("failed", err)
		return 1
	}
	fmt.Println("ready", s.Pid(), s.Dir())
	for n := 1; ctx.Err() == nil; {
		// a connection that broke, and then a server that is just starting, are
		// what a service has to live with
		if conn, err := pgx.Connect(ctx, s.DSN("postgres")); err == nil {
			n = writeRows(ctx, conn, n)
			_ = conn.Close(ctx)
		}
	}
	if err := stop(context.Background()); err != nil {
		fmt.Println("failed", err)
		return 1
	}
	return 0
}

func serviceCluster(ctx context.Context, dir string, throwaway bool) (*Server, func(context.Context) error, error) {
	if throwaway {
		t, err := StartThrowaway(ctx, Config{Log: quiet})
		if err != nil {
			return nil, nil, err
		}
		return t.Server, t.Stop, nil
	}
	s, err := Start(ctx, Config{Dir: dir, Log: quiet})
	if err != nil {
		return nil, nil, err
	}
	return s, s.Stop, nil
}

// writeRows returns the first number that was not acknowledged.
func writeRows(ctx context.Context, conn *pgx.Conn, n int) int {
	if _, err := conn.Exec(ctx, "create table if not exists row (n int primary key)"); err != nil {
		return n
	}
	for {
		if _, err := conn.Exec(ctx, "insert into row values ($1) on conflict do nothing", n); err != nil {
			return n
		}
		fmt.Println("ack", n)
		n++
	}
}

// service is a running serviceMain.
type service struct {
	cmd   *exec.Cmd
	dir   string
	lines chan string
	mu    sync.Mutex
	acked int
}

func startService(t *testing.T, dir string, env ...string) *service {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	sv := &service{cmd: exec.Command(exe), dir: dir, lines: make(chan string, 2)}
	sv.cmd.Env = append(append(os.Environ(), serviceEnv+"="+dir), env...)
	out, err := sv.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := sv.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	read := make(chan struct{})
	go func() { defer close(read); sv.read(out) }()
	t.Cleanup(func() {
		_ = sv.cmd.Process.Kill()
		<-read
		_ = sv.cmd.Wait()
	})
	return sv
}

// read remembers the newest acknowledged row and hands on everything else.
func (sv *service) read(out io.Reader) {
	defer close(sv.lines)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		n, isAck := strings.CutPrefix(lines.Text(), "ack ")
		if !isAck {
			sv.lines <- lines.Text()
			continue
		}
		sv.mu.Lock()
		sv.acked, _ = strconv.Atoi(n)
		sv.mu.Unlock()
	}
}

func (sv *service) acknowledged() int {
	sv.mu.Lock()
	defer sv.mu.Unlock()
	return sv.acked
}

// ready returns the postmaster's id and the data folder.
func (sv *service) ready(t *testing.T) (pid int, dir string) {
	t.Helper()
	for line := range sv.lines {
		switch f := strings.Fields(line); f[0] {
		case "failed":
			t.Fatal(line)
		case "ready":
			pid, _ = strconv.Atoi(f[1])
			return pid, f[2]
		}
	}
	t.Fatal("the service ended before it was ready")
	return 0, ""
}

func (sv *service) kill() { _ = sv.cmd.Process.Kill() }

// gone waits for the end of the service and of all it had to say.
func (sv *service) gone() {
	for range sv.lines {
	}
	_ = sv.cmd.Wait()
}
