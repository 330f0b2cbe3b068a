package pgembed

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// ensureCluster creates the cluster unless it is there. initdb works under
// another name that is changed at the end: one that is cut short leaves
// nothing that looks like a cluster. The name is new each time, because an
// initdb whose service was killed may still be busy clearing its folder away.
func (s *Server) ensureCluster(ctx context.Context, exists bool) error {
	if err := s.loadPassword(exists); err != nil {
		return err
	}
	if exists {
		return s.checkClusterOwner()
	}
	if leftovers, err := filepath.Glob(s.data + ".init-*"); err == nil {
		for _, dir := range leftovers {
			_ = os.RemoveAll(dir) // in the way of nobody
		}
	}
	tmp := s.data + ".init-" + strings.ToLower(rand.Text())[:8]
	if err := s.mkdirOwned(tmp); err != nil {
		return err
	}
	if err := s.initdb(ctx, tmp); err != nil {
		_ = os.RemoveAll(tmp) // the next start would do it too
		return err
	}
	if err := os.Rename(tmp, s.data); err != nil {
		return err
	}
	return syncDir(s.cfg.Dir)
}

func (s *Server) initdb(ctx context.Context, dir string) error {
	password, err := s.passwordPipe()
	if err != nil {
		return err
	}
	defer password.Close() //nolint:errcheck // our end of a pipe that was read
	args := []string{
		"-D", dir, "-U", Superuser, "-A", "scram-sha-256", "--pwfile=/dev/fd/3",
		"-E", "UTF8", "--locale=C.UTF-8", // with locale C pg_trgm finds no trigrams in Chinese
		"--data-checksums", "--no-instructions",
	}
	if s.cfg.Ephemeral {
		args = append(args, "--no-sync")
	}
	cmd := exec.CommandContext(ctx, filepath.Join(s.bin, "initdb"), args...)
	cmd.ExtraFiles = []*os.File{password}
	cmd.Env, cmd.Dir = s.env(), dir
	cmd.SysProcAttr = procAttr(s.cred)
	if out, err := runPinned(cmd); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

// passwordPipe hands the password over without a command line or another
// user's file. initdb opens it by name, so the pipe must be its user's.
func (s *Server) passwordPipe() (*os.File, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	uid, gid := s.owner()
	_, err = w.WriteString(s.password + "\n")
	if closeErr := w.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = r.Chown(uid, gid)
	}
	if err != nil {
		_ = r.Close() // the first error is the one to tell
		return nil, err
	}
	return r, nil
}

// checkClusterOwner names a folder that was made by another user, before
// PostgreSQL refuses it in its own words.
func (s *Server) checkClusterOwner() error {
	uid, _ := s.owner()
	if got := ownerOf(s.data); got != uid {
		return fmt.Errorf("cluster %s belongs to user id %d, but PostgreSQL would run as user id %d: start the service as the user that made it, or chown -R the folder",
			s.data, got, uid)
	}
	return nil
}

// env is all that a child sees: none of our PG* variables, messages in English
// because a few of them are read.
func (s *Server) env() []string {
	return []string{"PATH=" + s.bin + ":/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC", "HOME=" + s.cfg.Dir}
}
