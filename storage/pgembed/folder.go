package pgembed

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// openFolder makes the data folder ready and ours alone: it can be entered by
// the user that runs PostgreSQL, and no other service holds it.
func (s *Server) openFolder() error {
	if err := usable(s.cfg.Dir, s.cfg.RunAs, s.cred); err != nil {
		return err
	}
	if err := makeEnterable(s.cfg.Dir); err != nil {
		return err
	}
	// again: a parent that was just made may have got a narrow mode by umask
	if err := usable(s.cfg.Dir, s.cfg.RunAs, s.cred); err != nil {
		return err
	}
	lock, err := lockFile(filepath.Join(s.cfg.Dir, "lock"))
	if err != nil {
		return err
	}
	s.lock = lock
	return nil
}

// makeEnterable creates dir 0711 whatever the umask; an existing folder's mode
// is its owner's business.
func makeEnterable(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, 0o711); err != nil {
		return err
	}
	return os.Chmod(dir, 0o711)
}

// maxSocketDir keeps <dir>/.s.PGSQL.5432 within sun_path, 104 bytes on macOS.
const maxSocketDir = 85

// openSocketDir chooses the folder of the unix socket: in the data folder, or
// under a short name of its own when that path is too long for a socket. The
// short name follows from the data folder, so that a restart finds it again.
func (s *Server) openSocketDir() error {
	s.run = filepath.Join(s.cfg.Dir, "run")
	if len(s.run) <= maxSocketDir {
		return s.mkdirOwned(s.run)
	}
	sum := sha256.Sum256([]byte(s.cfg.Dir))
	tmp := os.TempDir()
	if len(tmp) > maxSocketDir-30 || usable(tmp, s.cfg.RunAs, s.cred) != nil {
		tmp = "/tmp"
	}
	s.run = filepath.Join(tmp, "baimi-"+hex.EncodeToString(sum[:6]))
	return s.mkdirOwned(s.run)
}

// mkdirOwned makes dir 0700 for the user that runs PostgreSQL. A folder of
// somebody else's under that name, or a link, is refused: /tmp is shared.
func (s *Server) mkdirOwned(dir string) error {
	uid, gid := s.owner()
	switch err := os.Mkdir(dir, 0o700); {
	case err == nil:
		if err := os.Chown(dir, uid, gid); err != nil {
			return err
		}
	case !os.IsExist(err):
		return err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return err
	}
	st, ok := info.Sys().(*syscall.Stat_t)
	if !info.IsDir() || !ok || int(st.Uid) != uid {
		return fmt.Errorf("%s is not a folder of user id %d, as which PostgreSQL runs", dir, uid)
	}
	return os.Chmod(dir, 0o700)
}

// owner is who owns the cluster's files.
func (s *Server) owner() (uid, gid int) {
	if s.cred != nil {
		return int(s.cred.Uid), int(s.cred.Gid)
	}
	return os.Geteuid(), os.Getegid()
}

// Owner returns who must own the files of a cluster that Start with this runAs
// would open: user runAs ("postgres" when empty) when we are root, else we.
func Owner(runAs string) (uid, gid int, err error) {
	cfg, err := Config{Dir: ".", RunAs: runAs}.withDefaults()
	if err != nil {
		return 0, 0, err
	}
	cred, err := credentialOf(cfg.RunAs)
	if err != nil {
		return 0, 0, err
	}
	uid, gid = (&Server{cred: cred}).owner()
	return uid, gid, nil
}

func syncDir(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // read only
	return f.Sync()
}
