package pgembed

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

// child is one life of the postmaster.
type child struct {
	process *os.Process
	output  *tail         // its last lines
	exited  chan struct{} // closed when it has ended and was reaped
	err     error         // how it ended; set before exited closes
}

// spawn starts a postmaster and returns at once.
func (s *Server) spawn() (*child, error) {
	out, childEnd, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	// Not CommandContext: the supervisor stops it in steps, a context would kill it.
	cmd := exec.Command(filepath.Join(s.bin, "postgres"), s.args()...) //nolint:noctx // see above
	cmd.Env, cmd.Dir, cmd.Stderr = s.env(), s.data, childEnd
	cmd.SysProcAttr = procAttr(s.cred)
	c := &child{output: &tail{}, exited: make(chan struct{})}
	started := make(chan error)
	go func() {
		// Pdeathsig fires when the thread that forked ends: it must live as long as the child.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		c.process = cmd.Process
		started <- err
		if err != nil {
			return
		}
		c.err = cmd.Wait()
		// Backends hold the pipe too, and one that is busy may outlive its
		// postmaster: what they say after this moment is not waited for.
		_ = out.SetReadDeadline(deadlineIn(lastWords))
		close(c.exited)
	}()
	err = <-started
	err = errors.Join(err, childEnd.Close())
	if err != nil {
		return nil, errors.Join(err, out.Close())
	}
	go s.pump(out, c.output)
	s.pid.Store(int64(c.process.Pid))
	return c, nil
}

const lastWords = 500 * time.Millisecond

// ended tells whether the child is gone, without waiting.
func (c *child) ended() bool {
	select {
	case <-c.exited:
		return true
	default:
		return false
	}
}

// runPinned runs a short-lived command from a thread that lasts as long as it,
// for the same reason as in spawn.
func runPinned(cmd *exec.Cmd) ([]byte, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	return cmd.CombinedOutput()
}

func deadlineIn(d time.Duration) time.Time {
	return time.Now().Add(d) //nolint:forbidigo // a pipe's deadline is in the system's time
}

// signal is for a child that may just have ended, which is no error.
func (c *child) signal(sig syscall.Signal) {
	_ = c.process.Signal(sig)
}
