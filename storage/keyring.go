package storage

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Keyring encrypts personal values (AES-256-GCM) and computes their blind indexes (HMAC-SHA256). A lost keyring is
// lost data: nothing else opens the values.
type Keyring struct {
	box   tink.AEAD
	blind *prf.Set
	raw   [2]*keyset.Handle
}

const (
	boxFile   = "personal.keyset.json"
	blindFile = "blind.keyset.json"
)

// ErrNoKeyring says that the folder holds no keys.
var ErrNoKeyring = errors.New("no keys for personal values")

// NewKeyring makes fresh keys.
func NewKeyring() (*Keyring, error) {
	box, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("new keys: %w", err)
	}
	blind, err := keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("new keys: %w", err)
	}
	return fromHandles(box, blind)
}

func fromHandles(box, blind *keyset.Handle) (*Keyring, error) {
	k := &Keyring{raw: [2]*keyset.Handle{box, blind}}
	var err error
	if k.box, err = aead.New(box); err != nil {
		return nil, fmt.Errorf("key of personal values: %w", err)
	}
	if k.blind, err = prf.NewPRFSet(blind); err != nil {
		return nil, fmt.Errorf("key of the blind index: %w", err)
	}
	return k, nil
}

// LoadKeyring reads the keys of a folder; ErrNoKeyring if there are none. Files that others may read are refused.
func LoadKeyring(dir string) (*Keyring, error) {
	var handles [2]*keyset.Handle
	for i, name := range []string{boxFile, blindFile} {
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
		if handles[i], err = insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(b))); err != nil {
			return nil, fmt.Errorf("key file %s: %w", p, err)
		}
	}
	return fromHandles(handles[0], handles[1])
}

// Save writes the keys into a folder, readable by its owner alone, and never over others.
func (k *Keyring) Save(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	for i, name := range []string{boxFile, blindFile} {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return fmt.Errorf("keys: %w", err)
		}
		err = insecurecleartextkeyset.Write(k.raw[i], keyset.NewJSONWriter(f))
		if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
			return fmt.Errorf("keys: %w", err)
		}
	}
	return nil
}

// Seal encrypts; place binds the result to where it is stored, so that it opens nowhere else.
func (k *Keyring) Seal(plain []byte, place string) ([]byte, error) {
	return k.box.Encrypt(plain, []byte(place))
}

// Unseal opens what Seal made for the same place.
func (k *Keyring) Unseal(sealed []byte, place string) ([]byte, error) {
	return k.box.Decrypt(sealed, []byte(place))
}

// Blind is the index under which equal values of a kind are found without being opened: 16 bytes.
func (k *Keyring) Blind(kind, plain string) ([]byte, error) {
	return k.blind.ComputePrimaryPRF([]byte(kind+"\x00"+plain), 16)
}
