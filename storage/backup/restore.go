package backup

import (
	"context"
	"errors"
	"fmt"
	"os"

	"baimi/storage/pgembed"
)

// Restore brings a backup to a target that is empty. Everything is checked
// before anything is written, unpacked under other names, and moved into place
// at the end; after an error the target is as it was. The cluster is opened,
// and brought up to the moment the backup ended, by the next pgembed.Start.
//
// Errors: those of Verify, ErrNotEmpty, and of pgembed ErrInUse, ErrOtherMajor,
// ErrNoBinaries, ErrFolderNotTraversable, ErrNoUser.
func Restore(ctx context.Context, backupDir string, target Target, passphrase string) (Manifest, error) {
	t, err := target.absolute()
	if err != nil {
		return Manifest{}, err
	}
	m, err := Read(backupDir)
	if err != nil {
		return m, err
	}
	if err := t.suits(ctx, m); err != nil {
		return m, err
	}
	if m, err = check(ctx, backupDir, passphrase, t.Progress); err != nil {
		return m, err
	}
	_, statErr := os.Lstat(t.Dir)
	hold, err := pgembed.Hold(t.Dir)
	if err != nil {
		return m, err
	}
	defer hold.Close() //nolint:errcheck // gives the folder free
	if err := t.mustBeEmpty(); err != nil {
		return m, err // somebody was faster
	}
	st := newStage(t, m)
	err = errors.Join(st.clearStale(), st.unpack(ctx, backupDir, passphrase))
	if err == nil {
		err = st.publish()
	}
	err = errors.Join(err, st.cleanup(err != nil))
	if err != nil && errors.Is(statErr, os.ErrNotExist) {
		err = errors.Join(err, os.RemoveAll(t.Dir))
	}
	return m, err
}

// suits asks whether the backup could run there at all.
func (t Target) suits(ctx context.Context, m Manifest) error {
	if err := t.mustBeEmpty(); err != nil {
		return err
	}
	if _, err := pgembed.FindMajor(ctx, t.BinDir, t.Dir, m.Major); err != nil {
		return fmt.Errorf("the backup is of PostgreSQL %d: %w", m.Major, err)
	}
	return pgembed.Usable(t.Dir, t.RunAs)
}
