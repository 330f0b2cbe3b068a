package jobs_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"baimi/app/jobs"
	"baimi/domain"
	"baimi/storage"
)

// outageAmount is the threshold of the installation under test, in yuan.
const outageAmount = 500_000

// outageJobs are what a replica has to do for the alerts at each tick.
var outageJobs = []string{"alerts", "escalation"}

// replica is one service on the town's database, with the jobs as they are.
func replica(s *storage.Store, clock func() time.Time) (*jobs.Runner, error) {
	r, err := jobs.New(s, s.Pool(), clock, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	policy := domain.DefaultAlertPolicy()
	amount := decimal.NewFromInt(outageAmount)
	policy.Amount = &amount
	r.TellBy(policy)
	return r, nil
}

// workTick works all the jobs of a planned time.
func workTick(ctx context.Context, r *jobs.Runner, at time.Time) error {
	var errs []error
	for _, name := range outageJobs {
		errs = append(errs, r.WorkTick(ctx, name, at))
	}
	return errors.Join(errs...)
}

const replicaEnv = "BAIMI_TEST_REPLICA"

// TestMain lets the tests' own binary be the second replica: a process that a test starts and kills.
func TestMain(m *testing.M) {
	url := os.Getenv(replicaEnv)
	if url == "" {
		os.Exit(m.Run())
	}
	if err := beReplica(context.Background(), url); err != nil {
		fmt.Fprintln(os.Stderr, "replica:", err)
		os.Exit(1)
	}
}

// beReplica works the ticks that come in, one a line, and says when each is done.
func beReplica(ctx context.Context, url string) error {
	keys, err := storage.NewKeyring() // the jobs read no personal value
	if err != nil {
		return err
	}
	s, err := storage.Open(ctx, url, keys, storage.Options{MaxConnections: 4})
	if err != nil {
		return err
	}
	defer s.Close()
	var at time.Time
	r, err := replica(s, func() time.Time { return at })
	if err != nil {
		return err
	}
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		n, err := strconv.ParseInt(in.Text(), 10, 64)
		if err != nil {
			return err
		}
		at = time.Unix(n, 0)
		err = workTick(ctx, r, at)
		fmt.Printf("\ndone %d %v\n", n, err != nil)
	}
	return in.Err()
}

// process is the second replica from outside.
type process struct {
	t   *testing.T
	url string
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

func (p *process) start() {
	p.t.Helper()
	p.cmd = exec.CommandContext(p.t.Context(), os.Args[0])
	p.cmd.Env = append(os.Environ(), replicaEnv+"="+p.url)
	var err error
	p.in, err = p.cmd.StdinPipe()
	fatal(p.t, err)
	out, err := p.cmd.StdoutPipe()
	fatal(p.t, err)
	p.out = bufio.NewScanner(out)
	fatal(p.t, p.cmd.Start())
}

// work gives it a tick and waits until it is done with it, or dead: kill says after how long it is killed, 0 for not.
func (p *process) work(at time.Time, kill time.Duration) (done bool) {
	p.t.Helper()
	if p.cmd == nil {
		p.start()
	}
	if _, err := fmt.Fprintln(p.in, at.Unix()); err != nil {
		p.t.Errorf("the second replica is gone: %v", err)
	}
	if kill > 0 {
		dying := p.cmd.Process
		time.AfterFunc(kill, func() { _ = dying.Kill() })
	}
	for p.out.Scan() {
		if line, ok := strings.CutPrefix(p.out.Text(), "done "); ok {
			done = strings.HasSuffix(line, "false")
			break
		}
	}
	if kill > 0 {
		_ = p.cmd.Wait() // killed: that is how it ends
		p.cmd = nil
	}
	return done
}

func (p *process) stop() {
	if p.cmd != nil {
		_ = p.in.Close()
		_ = p.cmd.Wait()
	}
}
