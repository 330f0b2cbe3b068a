package backup

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"baimi/storage/pgembed"
)

// Target is where a backup is restored to.
type Target struct {
	// Dir is the data folder for pgembed: without a cluster, or not there yet.
	Dir string
	// Keys and Files are folders that are empty, or not there yet. For a Source
	// whose Keys was one file, Keys is the folder for that file.
	Keys, Files string
	// RunAs and BinDir are as in pgembed.Config: whose the cluster will be, and
	// where the binaries are that must be of the right version.
	RunAs, BinDir string
	// Progress hears first of the parts being checked, then of them as unpacked.
	Progress Progress
}

// absolute lets the folders be compared and renamed whatever the working directory.
func (t Target) absolute() (Target, error) {
	for _, p := range []*string{&t.Dir, &t.Keys, &t.Files} {
		if *p == "" {
			return t, errors.New("restore: Dir, Keys and Files are all needed")
		}
		abs, err := filepath.Abs(*p)
		if err != nil {
			return t, err
		}
		*p = abs
	}
	return t, nil
}

// mustBeEmpty: nothing that a restore would have to write over.
func (t Target) mustBeEmpty() error {
	major, err := pgembed.FindCluster(t.Dir)
	if err != nil {
		return err
	}
	if major != 0 {
		return fmt.Errorf("%w: there is a cluster in %s", ErrNotEmpty, t.Dir)
	}
	if _, err := os.Lstat(pgembed.PasswordFile(t.Dir)); err == nil {
		return fmt.Errorf("%w: %s exists", ErrNotEmpty, pgembed.PasswordFile(t.Dir))
	}
	for _, dir := range []string{t.Keys, t.Files} {
		entries, err := os.ReadDir(dir)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		for _, e := range entries {
			if strings.HasPrefix(e.Name(), stagePrefix) {
				continue // of a restore that was interrupted
			}
			return fmt.Errorf("%w: there is something in %s", ErrNotEmpty, dir)
		}
	}
	return nil
}
