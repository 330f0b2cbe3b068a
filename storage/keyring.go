package storage

import (
	"errors"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Keyring encrypts personal values (AES-256-GCM) and computes their blind indexes (HMAC-SHA256). A lost keyring is
// lost data: nothing else opens the values. Its keys change while the service works (see keyring_change.go), so each use
// takes the set that is in force now.
type Keyring struct {
	dir    string // where its files are; "" for one that is kept nowhere
	change sync.Mutex
	set    atomic.Pointer[keySet]
}

// keySet is the keys of a moment. The first of each pair of handles encrypts, the second makes blind indexes.
type keySet struct {
	box   tink.AEAD
	blind *prf.Set
	raw   [2]*keyset.Handle
	stamp [2]fs.FileInfo // of the files it was read from
}

const (
	boxFile   = "personal.keyset.json"
	blindFile = "blind.keyset.json"
)

var keyFiles = [2]string{boxFile, blindFile}

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
	set, err := newKeySet([2]*keyset.Handle{box, blind})
	if err != nil {
		return nil, err
	}
	k := &Keyring{}
	k.set.Store(set)
	return k, nil
}

func newKeySet(raw [2]*keyset.Handle) (*keySet, error) {
	set := &keySet{raw: raw}
	var err error
	if set.box, err = aead.New(raw[0]); err != nil {
		return nil, fmt.Errorf("key of personal values: %w", err)
	}
	if set.blind, err = prf.NewPRFSet(raw[1]); err != nil {
		return nil, fmt.Errorf("key of the blind index: %w", err)
	}
	return set, nil
}

// Seal encrypts; place binds the result to where it is stored, so that it opens nowhere else.
func (k *Keyring) Seal(plain []byte, place string) ([]byte, error) {
	return k.set.Load().box.Encrypt(plain, []byte(place))
}

// Unseal opens what Seal made for the same place. A value under a key that this process has not read yet was written by
// another one, so the files are read again before it is given up.
func (k *Keyring) Unseal(sealed []byte, place string) ([]byte, error) {
	set := k.set.Load()
	if id, ok := sealedBy(sealed); ok && !set.holds(id) {
		if err := k.Refresh(); err != nil {
			return nil, err
		}
		set = k.set.Load()
	}
	return set.box.Decrypt(sealed, []byte(place))
}

// Blind is the index under which equal values of a kind are found without being opened: 16 bytes.
func (k *Keyring) Blind(kind, plain string) ([]byte, error) {
	return k.set.Load().blind.ComputePrimaryPRF(blindInput(kind, plain), blindLength)
}

// Blinds are the indexes of a value under every key in force: while a key is being changed a stored value has one of them.
func (k *Keyring) Blinds(kind, plain string) ([][]byte, error) {
	var all [][]byte
	for _, f := range k.set.Load().blind.PRFs {
		b, err := f.ComputePRF(blindInput(kind, plain), blindLength)
		if err != nil {
			return nil, fmt.Errorf("blind index: %w", err)
		}
		all = append(all, b)
	}
	return all, nil
}

const blindLength = 16

func blindInput(kind, plain string) []byte { return []byte(kind + "\x00" + plain) }
