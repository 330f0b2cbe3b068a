//go:build unix

package pgembed

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"strconv"
	"strings"
	"syscall"
)

// lockFile takes the folder for this process. The lock goes with the process,
// also by kill -9; children do not inherit it (O_CLOEXEC). The error is
// ErrInUse when another process has it.
func lockFile(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		if err = f.Truncate(0); err == nil {
			_, err = f.WriteAt([]byte(strconv.Itoa(os.Getpid())), 0)
		}
	}
	if err == nil {
		return f, nil
	}
	holder := make([]byte, 16)
	n, _ := f.ReadAt(holder, 0) // only for the message
	_ = f.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, fmt.Errorf("%w: %s is held by process %s; stop it, or choose another data folder",
			ErrInUse, path, strings.TrimSpace(string(holder[:n])))
	}
	return nil, err
}

// unlockFile gives the folder free at once. Closing alone would leave it to a
// child that is just being forked and has not closed its copy yet.
func unlockFile(f *os.File) error {
	return errors.Join(syscall.Flock(int(f.Fd()), syscall.LOCK_UN), f.Close())
}

// credentialOf returns whom PostgreSQL shall run as: nil, as ourselves, unless
// we are root.
func credentialOf(name string) (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup(name)
	if err != nil {
		return nil, fmt.Errorf("%w: PostgreSQL refuses to run as root and there is no user %q; add one (adduser --system --group %s) or start the service as an ordinary user",
			ErrNoUser, name, name)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid), Groups: []uint32{uint32(gid)}}, nil
}

func ownerOf(path string) int {
	info, err := os.Stat(path)
	if err != nil {
		return -1
	}
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(st.Uid)
	}
	return -1
}

// detached keeps a child out of reach of the terminal's Ctrl-C.
func detached() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }
