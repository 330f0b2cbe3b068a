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

// TestReplicaProcess is no test of its own: it is the second replica, a process that another test starts and kills. It works
// the ticks that come in, one a line, and says when each is done.
func TestReplicaProcess(t *testing.T) {
	url := os.Getenv(replicaEnv)
	if url == "" {
		t.SkipNow() // it is started by TestAlertsThroughAnOutage
	}
	keys, err := storage.NewKeyring() // the jobs read no personal value
	fatal(t, err)
	s, err := storage.Open(t.Context(), url, keys, storage.Options{MaxConnections: 4})
	fatal(t, err)
	defer s.Close()
	var at time.Time
	r, err := replica(s, func() time.Time { return at })
	fatal(t, err)
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		n, err := strconv.ParseInt(in.Text(), 10, 64)
		fatal(t, err)
		at = time.Unix(n, 0)
		err = workTick(t.Context(), r, at)
		fmt.Printf("\ndone %d %v\n", n, err != nil)
	}
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
	p.cmd = exec.CommandContext(p.t.Context(), os.Args[0], "-test.run", "^TestReplicaProcess$", "-test.count=1")
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
