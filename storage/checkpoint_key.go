package storage

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"baimi/domain/ledger"
)

// The files of the key of checkpoints, in the folder of the keyring. The public file holds a line for each key that
// ever signed, the newest last; copies of it belong where the checkpoints go.
const (
	checkpointKeyFile    = "checkpoint.key"
	checkpointPublicFile = "checkpoint.pub"
)

// ErrNoCheckpointKey says that the folder holds no key of checkpoints.
var ErrNoCheckpointKey = errors.New("no key of checkpoints")

// CheckpointKey signs checkpoints.
type CheckpointKey struct {
	Signer ledger.Signer
	Public string // its public text, one line
}

// MakeCheckpointKey makes a new key under a name (see ledger.NewKey), never over another: fs.ErrExist if there is one.
// To change keys, move checkpoint.key away and leave checkpoint.pub, which the new key is added to.
func MakeCheckpointKey(dir, name string) (*CheckpointKey, error) {
	private, public, err := ledger.NewKey(name, rand.Reader)
	if err != nil {
		return nil, err
	}
	by, _, err := ledger.ParsePrivate(private)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("key of checkpoints: %w", err)
	}
	path := filepath.Join(dir, checkpointKeyFile)
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("key of checkpoints: %s: %w", path, errors.Join(err, fs.ErrExist))
	}
	// public first: a key that signs and cannot be checked would be worse than a line of a key that never signed
	if err := addLine(filepath.Join(dir, checkpointPublicFile), public, 0o644); err != nil {
		return nil, fmt.Errorf("key of checkpoints: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("key of checkpoints: %w", err)
	}
	_, err = f.WriteString(private + "\n")
	if err := errors.Join(err, f.Sync(), f.Close(), syncNames(dir)); err != nil {
		return nil, fmt.Errorf("key of checkpoints: %w", err)
	}
	return &CheckpointKey{Signer: by, Public: public}, nil
}

// syncNames makes new names in a folder outlast a power cut.
func syncNames(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func addLine(path, line string, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, mode)
	if err != nil {
		return err
	}
	_, err = f.WriteString(line + "\n")
	return errors.Join(err, f.Sync(), f.Close())
}

// LoadCheckpointKey reads the key of a folder; ErrNoCheckpointKey if there is none. A file that others may read is
// refused, and so is a key whose public text is not in checkpoint.pub: what it signs could not be checked.
func LoadCheckpointKey(dir string) (*CheckpointKey, error) {
	path := filepath.Join(dir, checkpointKeyFile)
	st, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w in %s", ErrNoCheckpointKey, dir)
	}
	if err != nil {
		return nil, fmt.Errorf("key of checkpoints: %w", err)
	}
	if st.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("key file %s may be read by others (mode %o): run chmod 600 on it", path, st.Mode().Perm())
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("key of checkpoints: %w", err)
	}
	by, public, err := ledger.ParsePrivate(string(b))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	known, err := LoadCheckpointPublic(dir)
	if err != nil {
		return nil, err
	}
	keys, err := ledger.ParsePublic(known)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, checkpointPublicFile), err)
	}
	same := func(v ledger.Verifier) bool { return v.Name() == by.Name() && v.KeyHash() == by.KeyHash() }
	if !slices.ContainsFunc(keys, same) {
		return nil, fmt.Errorf("%s does not hold the public key of %s: add the line %s", checkpointPublicFile, path, public)
	}
	return &CheckpointKey{Signer: by, Public: public}, nil
}

// LoadCheckpointPublic reads the public keys of a folder, as VerifyAgainst and ledger.ParsePublic take them.
func LoadCheckpointPublic(dir string) (string, error) {
	b, err := os.ReadFile(filepath.Join(dir, checkpointPublicFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("%w: no %s in %s", ErrNoCheckpointKey, checkpointPublicFile, dir)
	}
	if err != nil {
		return "", fmt.Errorf("public key of checkpoints: %w", err)
	}
	return string(b), nil
}
