package pgembed

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// ErrNotRunning: no service has the cluster open.
var ErrNotRunning = errors.New("the private PostgreSQL is not running")

// Hold creates data folder dir when missing and keeps every Start away from it
// until the result is closed: for a restore. The error is ErrInUse when a
// service, or another Hold, has the folder.
func Hold(dir string) (io.Closer, error) {
	if err := makeEnterable(dir); err != nil {
		return nil, err
	}
	f, err := lockFile(filepath.Join(dir, "lock"))
	if err != nil {
		return nil, err
	}
	return held{f}, nil
}

// held is a folder that Hold took.
type held struct{ lock *os.File }

func (h held) Close() error { return unlockFile(h.lock) }

// RunningDSN is the DSN of the cluster in dir for another process than the one
// that started it, such as a backup beside a running service. It needs the
// right to read the password file. The error is ErrNotRunning when nobody has
// the cluster open; then Start it.
func RunningDSN(dir, db string) (string, error) {
	major, err := FindCluster(dir)
	if err != nil {
		return "", err
	}
	if major == 0 {
		return "", fmt.Errorf("%w: there is no cluster in %s", ErrNotRunning, dir)
	}
	pidFile := filepath.Join(ClusterDir(dir, major), "postmaster.pid")
	b, err := os.ReadFile(pidFile)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	// pid, data folder, start time, port, socket folder, address, shared memory, status
	lines := strings.Split(string(b), "\n")
	if len(lines) < 8 || strings.TrimSpace(lines[7]) != "ready" || !exists(pidIn(pidFile)) {
		return "", fmt.Errorf("%w in %s", ErrNotRunning, dir)
	}
	password, err := os.ReadFile(PasswordFile(dir))
	if err != nil {
		return "", err
	}
	u := url.URL{Scheme: "postgres", User: url.UserPassword(Superuser, strings.TrimSpace(string(password))), Path: "/" + db}
	u.RawQuery = url.Values{"host": {lines[4]}, "port": {lines[3]}, "sslmode": {"disable"}}.Encode()
	return u.String(), nil
}
