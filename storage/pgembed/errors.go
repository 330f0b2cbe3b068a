package pgembed

import (
	"errors"
	"fmt"
	"strings"
)

// What can be wrong with a private cluster, for errors.Is. The messages around
// them say what to do.
var (
	// ErrNoBinaries: there is no PostgreSQL to run.
	ErrNoBinaries = errors.New("no PostgreSQL server binaries found")
	// ErrInUse: another service holds the data folder.
	ErrInUse = errors.New("data folder is in use by another instance")
	// ErrOtherMajor: the folder holds a cluster of a major version for which
	// there are no binaries. It was not touched.
	ErrOtherMajor = errors.New("data folder holds a cluster of another PostgreSQL version")
	// ErrFolderNotTraversable: the user that runs PostgreSQL cannot enter the
	// folder; errors.As with *FolderError names the place.
	ErrFolderNotTraversable = errors.New("folder cannot be entered")
	// ErrNoUser: we are root and the user that should run PostgreSQL does not exist.
	ErrNoUser = errors.New("no such user to run PostgreSQL")
	// ErrPasswordLost: the cluster is there, its password file is not, or is another's.
	ErrPasswordLost = errors.New("password of the cluster is lost")
	// ErrGaveUp: PostgreSQL died too often within a minute.
	ErrGaveUp = errors.New("PostgreSQL keeps dying")
)

// FolderError says which folder on the way to a data folder is closed to whom.
type FolderError struct {
	Dir     string // the folder asked for
	Blocked string // the folder on its path that is closed
	Want    string // for what: "enter" or "write in"
	User    string // to whom
}

func (e *FolderError) Error() string {
	return fmt.Sprintf("%s: user %s cannot %s %s; choose a data folder elsewhere, such as /var/lib/baimi, or change that folder's permissions",
		e.Dir, e.User, e.Want, e.Blocked)
}

// Unwrap makes errors.Is(err, ErrFolderNotTraversable) true.
func (e *FolderError) Unwrap() error { return ErrFolderNotTraversable }

func noBinaries(tried []string) error {
	where := "nowhere to look"
	if len(tried) > 0 {
		where = "tried " + strings.Join(tried, ", ")
	}
	return fmt.Errorf("%w (PostgreSQL %d or newer; %s): install the package postgresql, set PG_BINDIR to a folder with postgres and initdb, set DATABASE_URL to a server of your own, or run `make run`, which fetches one",
		ErrNoBinaries, MinMajor, where)
}

func otherMajor(dir string, found int, needed string) error {
	return fmt.Errorf("%w: %s holds PostgreSQL %d, the binaries found are %s; point PG_BINDIR at PostgreSQL %d, or carry the data over with pg_upgrade; nothing was changed",
		ErrOtherMajor, dir, found, needed, found)
}
