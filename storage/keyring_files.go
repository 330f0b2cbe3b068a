package storage

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
)

// LoadKeyring reads the keys of a folder; ErrNoKeyring if there are none. Files that others may read are refused.
func LoadKeyring(dir string) (*Keyring, error) {
	set, err := loadKeySet(dir)
	if err != nil {
		return nil, err
	}
	k := &Keyring{dir: dir}
	k.set.Store(set)
	return k, nil
}

func loadKeySet(dir string) (*keySet, error) {
	var raw [2]*keyset.Handle
	var stamps [2]fs.FileInfo
	for i, name := range keyFiles {
		p := filepath.Join(dir, name)
		st, err := os.Stat(p)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%w in %s", ErrNoKeyring, dir)
		}
		if err != nil {
			return nil, fmt.Errorf("keys: %w", err)
		}
		if st.Mode().Perm()&0o077 != 0 {
			return nil, fmt.Errorf("key file %s may be read by others (mode %o): run chmod 600 on it", p, st.Mode().Perm())
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return nil, fmt.Errorf("keys: %w", err)
		}
		if raw[i], err = insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(b))); err != nil {
			return nil, fmt.Errorf("key file %s: %w", p, err)
		}
		stamps[i] = st
	}
	set, err := newKeySet(raw)
	if err != nil {
		return nil, err
	}
	set.stamp = stamps
	return set, nil
}

// Refresh reads the files again if another process has changed them. Two looks at file times are all it costs otherwise,
// so every transaction begins with it.
func (k *Keyring) Refresh() error {
	if k.dir == "" || k.set.Load().current(k.dir) {
		return nil
	}
	k.change.Lock()
	defer k.change.Unlock()
	return k.reload()
}

func (k *Keyring) reload() error {
	if k.set.Load().current(k.dir) {
		return nil
	}
	set, err := loadKeySet(k.dir)
	if err != nil {
		return err
	}
	k.set.Store(set)
	return nil
}

// current tells whether the files are those this set was read from. Files that are gone change nothing: the keys in
// memory are then the only ones left.
func (x *keySet) current(dir string) bool {
	for i, name := range keyFiles {
		st, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			continue
		}
		was := x.stamp[i]
		if was == nil || !os.SameFile(st, was) || !st.ModTime().Equal(was.ModTime()) || st.Size() != was.Size() {
			return false
		}
	}
	return true
}

// Save writes the keys into a folder, readable by its owner alone, and never over others. From then on the keyring is
// that folder's.
func (k *Keyring) Save(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	set := k.set.Load()
	for i, name := range keyFiles {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return fmt.Errorf("keys: %w", err)
		}
		if err := writeKeys(f, set.raw[i]); err != nil {
			return err
		}
	}
	k.dir = dir
	return k.Refresh()
}

// replaceFile puts one set of keys in the place of another: whoever reads the file sees the one or the other, whole.
func replaceFile(dir, name string, keys *keyset.Handle) error {
	f, err := os.CreateTemp(dir, name+".new-*")
	if err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	if err := writeKeys(f, keys); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), filepath.Join(dir, name)); err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	return errors.Join(d.Sync(), d.Close()) // or the new name may not outlast a power cut
}

func writeKeys(f *os.File, keys *keyset.Handle) error {
	err := insecurecleartextkeyset.Write(keys, keyset.NewJSONWriter(f))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	return nil
}
