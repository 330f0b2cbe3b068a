package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"baimi/demo"
	"baimi/storage/pgembed"
)

// process is baimi as a process of its own.
type process struct {
	cmd *exec.Cmd
	url string
}

// start runs baimi and waits until it says where it answers.
func (w *world) start(t *testing.T, args ...string) *process {
	t.Helper()
	p := &process{cmd: exec.CommandContext(t.Context(), os.Args[0], args...)}
	p.cmd.Env = append(os.Environ(), execEnv+"=1")
	for k, v := range w.vars {
		p.cmd.Env = append(p.cmd.Env, k+"="+v)
	}
	p.cmd.Stderr = os.Stderr
	p.cmd.Env = append(p.cmd.Env, "BAIMI_LOG_LEVEL=error")
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
	})
	text := bufio.NewScanner(out)
	for text.Scan() {
		if _, after, ok := strings.Cut(text.Text(), "Baimi is running:"); ok {
			p.url = strings.TrimSpace(after)
		}
		if strings.Contains(text.Text(), "Ctrl-C") {
			return p
		}
	}
	t.Fatalf("baimi %v did not start", args)
	return nil
}

// end sends a signal and returns how the process ended.
func (p *process) end(t *testing.T, sig syscall.Signal) error {
	t.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- p.cmd.Wait() }()
	select {
	case err := <-ended:
		return err
	case <-time.After(30 * time.Second):
		t.Fatalf("does not end on %s", sig)
		return nil
	}
}

// What was acknowledged is there after a kill -9 of the service; a second kill does not change that, and a sign-in goes
// on. SIGTERM is an orderly end.
func TestAcknowledgedRowOutlivesKill(t *testing.T) {
	t.Parallel()
	w := seeded(t)
	p := w.start(t, "run")
	c := signIn(t, p.url, "mediator1")
	var acknowledged []string
	for range 3 {
		acknowledged = append(acknowledged, c.settle(t))
		if err := p.end(t, syscall.SIGKILL); err == nil {
			t.Fatal("not killed")
		}
		p = w.start(t, "run")
		c.base = p.url
		for _, id := range acknowledged {
			if status, answer := c.call(t, http.MethodGet, "/api/v1/cases/"+id, nil); status != http.StatusOK {
				t.Errorf("acknowledged case %s: %d %v", id, status, answer)
			}
		}
	}
	if err := p.end(t, syscall.SIGTERM); err != nil {
		t.Errorf("SIGTERM: %v", err)
	}
	if _, err := os.Stat(w.dir + "/data/pg/pg15/postmaster.pid"); err == nil {
		t.Error("PostgreSQL was left running")
	}
}

// halfSent is a request whose body is still on its way; the service has begun to read it.
type halfSent struct {
	net.Conn
	answer *bufio.Reader
	body   string
}

func sendHalf(t *testing.T, p *process) *halfSent {
	t.Helper()
	conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(p.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	h := &halfSent{conn, bufio.NewReader(conn), `{"login":"bureau","password":"` + demo.Password + `"}`}
	fmt.Fprintf(h, "POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"+
		"Expect: 100-continue\r\n\r\n", len(h.body))
	// the server says so when the handler asks for the body
	if line, err := h.answer.ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("%q %v", line, err)
	}
	if _, err := h.answer.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	return h
}

// ask sends SIGTERM and waits until the doors are closed.
func (p *process) ask(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for range 1000 {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(p.url, "http://"))
		if err != nil {
			return
		}
		_ = conn.Close()
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the doors stay open")
}

// A request that runs when the service is asked to stop is answered.
func TestRunningRequestIsFinished(t *testing.T) {
	t.Parallel()
	w := seeded(t)
	p := w.start(t, "serve")
	h := sendHalf(t, p)
	p.ask(t)
	fmt.Fprint(h, h.body)
	answer, err := http.ReadResponse(h.answer, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("status %s", answer.Status)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the end: %v", err)
	}
}

// Without its PostgreSQL the service would only fail request after request: it ends and says why.
func TestServiceEndsWhenPostgreSQLGivesUp(t *testing.T) {
	t.Parallel()
	w := seeded(t)
	app := w.serve(t, FirstStart{})
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	go func() {
		for last := 0; ctx.Err() == nil; time.Sleep(20 * time.Millisecond) {
			if pid := app.database.server.Pid(); pid != last {
				last = pid
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		}
	}()
	if err := app.Wait(ctx); !errors.Is(err, pgembed.ErrGaveUp) {
		t.Errorf("ended with %v", err)
	}
}

// The first signal asks, the second does not: a request that never ends holds nobody up. The next start recovers.
func TestSecondSignalForces(t *testing.T) {
	t.Parallel()
	w := seeded(t)
	p := w.start(t, "serve")
	sendHalf(t, p)
	p.ask(t)
	began := time.Now()
	var ended *exec.ExitError
	if err := p.end(t, syscall.SIGTERM); !errors.As(err, &ended) || ended.Exited() {
		t.Errorf("ended with %v", err)
	}
	if took := time.Since(began); took > finishTimeout/2 {
		t.Errorf("took %s", took)
	}
	again := w.start(t, "serve")
	signIn(t, again.url, "bureau")
}
