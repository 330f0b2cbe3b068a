package pgembed

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// Usable tells in advance whether Start could keep a cluster in dir, which may
// not exist yet: nil, a *FolderError (ErrFolderNotTraversable) when we are root
// and user runAs ("postgres" when empty) cannot enter a folder on the way, or
// when we are not root and cannot write there; ErrNoUser when there is no runAs.
// It reads permission bits, not access control lists, and changes nothing.
func Usable(dir, runAs string) error {
	cfg, err := Config{Dir: dir, RunAs: runAs}.withDefaults()
	if err != nil {
		return err
	}
	cred, err := credentialOf(cfg.RunAs)
	if err != nil {
		return err
	}
	return usable(cfg.Dir, cfg.RunAs, cred)
}

func usable(dir, runAs string, cred *syscall.Credential) error {
	if cred == nil {
		return writable(dir)
	}
	blocked, err := firstBlocked(dir, cred)
	if err != nil {
		return err
	}
	if blocked != "" {
		return &FolderError{Dir: dir, Blocked: blocked, Want: "enter", User: runAs}
	}
	return nil
}

// writable is for the ordinary user, who owns everything himself.
func writable(dir string) error {
	at, err := deepestExisting(dir)
	if err != nil {
		return err
	}
	const enterAndWrite = 0x1 | 0x2
	if err := syscall.Access(at, enterAndWrite); err != nil {
		return &FolderError{Dir: dir, Blocked: at, Want: "write in", User: fmt.Sprintf("with id %d", os.Geteuid())}
	}
	return nil
}

// firstBlocked walks from the root to dir, both as it is written and as it is
// once symbolic links are followed, and returns the first folder closed to cred.
func firstBlocked(dir string, cred *syscall.Credential) (string, error) {
	at, err := deepestExisting(dir)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(at)
	if err != nil {
		return "", err
	}
	for _, path := range []string{at, real} {
		for _, folder := range fromRoot(path) {
			info, err := os.Stat(folder)
			if err != nil {
				return "", err
			}
			if !info.IsDir() {
				return "", fmt.Errorf("%s is not a folder", folder)
			}
			if !mayEnter(info, cred) {
				return folder, nil
			}
		}
	}
	return "", nil
}

// deepestExisting is dir or the nearest folder above it that exists.
func deepestExisting(dir string) (string, error) {
	for {
		_, err := os.Stat(dir)
		if err == nil {
			return dir, nil
		}
		if !errors.Is(err, os.ErrNotExist) || dir == filepath.Dir(dir) {
			return "", err
		}
		dir = filepath.Dir(dir)
	}
}

// fromRoot lists path and the folders above it, the root first.
func fromRoot(path string) []string {
	if path == filepath.Dir(path) {
		return []string{path}
	}
	return append(fromRoot(filepath.Dir(path)), path)
}

// mayEnter reads the one class of bits that applies, as the kernel does.
func mayEnter(info os.FileInfo, cred *syscall.Credential) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return true // cannot tell: PostgreSQL will
	}
	bits := info.Mode().Perm()
	switch {
	case cred.Uid == 0:
		return true
	case st.Uid == cred.Uid:
		return bits&0o100 != 0
	case st.Gid == cred.Gid:
		return bits&0o010 != 0
	default:
		return bits&0o001 != 0
	}
}
