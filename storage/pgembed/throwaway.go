package pgembed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
)

// employed holds the running clusters: a handle that nobody holds would be collected, its end of the janitor's pipe be
// closed by its finalizer, and a cluster at work be cleared away.
var employed sync.Map

// Throwaway is an ephemeral cluster in a temporary folder that goes with it.
type Throwaway struct {
	*Server

	root    string
	janitor *exec.Cmd
	leash   io.Closer
}

// StartThrowaway starts a cluster for tests: cfg.Dir and cfg.Ephemeral are set
// by it. The folder is removed by Stop, and also when this process ends
// without a word.
func StartThrowaway(ctx context.Context, cfg Config) (*Throwaway, error) {
	root, err := enterableTemp(cfg.RunAs)
	if err != nil {
		return nil, err
	}
	t := &Throwaway{root: root}
	if err := t.employJanitor(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(root))
	}
	cfg.Dir, cfg.Ephemeral = filepath.Join(root, "c"), true
	if t.Server, err = Start(ctx, cfg); err != nil {
		return nil, errors.Join(err, t.clean())
	}
	return t, nil
}

// Stop ends the cluster and removes its folder.
func (t *Throwaway) Stop(ctx context.Context) error {
	return errors.Join(t.Server.Stop(ctx), t.clean())
}

// enterableTemp makes a temporary folder that the user who runs PostgreSQL can
// enter, which os.MkdirTemp's 0700 is not, nor a TMPDIR below /root.
func enterableTemp(runAs string) (string, error) {
	parent := os.TempDir()
	if Usable(parent, runAs) != nil {
		parent = "/tmp"
	}
	dir, err := os.MkdirTemp(parent, "baimi-pg-")
	if err != nil {
		return "", err
	}
	return dir, os.Chmod(dir, 0o711)
}

// employJanitor starts a shell that waits for our end of a pipe to close, which
// happens even by kill -9, lets PostgreSQL finish, and clears the folder away.
func (t *Throwaway) employJanitor() error {
	const chore = `cat >/dev/null
i=0
while ls "$1"/c/pg*/postmaster.pid >/dev/null 2>&1 && [ $i -lt 100 ]; do sleep 0.1; i=$((i+1)); done
rm -rf -- "$1"`
	t.janitor = exec.Command("/bin/sh", "-c", chore, "janitor", t.root) //nolint:noctx // it outlives us
	t.janitor.SysProcAttr = detached()
	t.janitor.Dir = "/"
	leash, err := t.janitor.StdinPipe()
	if err != nil {
		return err
	}
	t.leash = leash
	if err := t.janitor.Start(); err != nil {
		return fmt.Errorf("start the clean-up of %s: %w", t.root, err)
	}
	employed.Store(t, nil)
	return nil
}

// clean lets the janitor do its work now.
func (t *Throwaway) clean() error {
	employed.Delete(t)
	err := t.leash.Close()
	if errors.Is(err, os.ErrClosed) {
		return nil // stopped before
	}
	return cmp.Or(err, t.janitor.Wait())
}
