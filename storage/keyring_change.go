package storage

import (
	"encoding/binary"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	tinkpb "github.com/tink-crypto/tink-go/v2/proto/tink_go_proto"
)

// A key is changed in four steps, each of which may be the last one before a crash: a new key is prepared (everybody can
// read what it will seal), it takes over (everything new is sealed by it), the stored values are sealed anew, and the old
// key, which seals nothing any more, is dropped.

// KeyState is what the keys of values are now.
type KeyState struct {
	Primary  uint32   // seals what is new
	Prepared uint32   // will take over; 0 for none
	Old      []uint32 // still open what they sealed
}

// State tells which keys there are. The keys of the blind index go along with them.
func (k *Keyring) State() KeyState {
	var s KeyState
	info := k.set.Load().raw[0].KeysetInfo()
	s.Primary = info.GetPrimaryKeyId()
	seen := false
	for _, x := range info.GetKeyInfo() { // in the order they were made
		switch id := x.GetKeyId(); {
		case id == s.Primary:
			seen = true
		case seen:
			s.Prepared = id
		default:
			s.Old = append(s.Old, id)
		}
	}
	return s
}

// Changing tells whether a change of keys is not over yet.
func (k *Keyring) Changing() bool {
	s := k.State()
	return s.Prepared != 0 || len(s.Old) > 0
}

// Prepare adds a new key to each set, which seals nothing yet. Where several machines serve, the folder is copied to all
// of them before the next step.
func (k *Keyring) Prepare() error {
	if k.State().Prepared != 0 {
		return nil
	}
	templates := [2]*tinkpb.KeyTemplate{aead.AES256GCMKeyTemplate(), prf.HMACSHA256PRFKeyTemplate()}
	return k.alter(func(i int, m *keyset.Manager, _ *tinkpb.KeysetInfo) error {
		_, err := m.Add(templates[i])
		return err
	})
}

// Promote lets the prepared keys take over.
func (k *Keyring) Promote() error {
	return k.alter(func(_ int, m *keyset.Manager, info *tinkpb.KeysetInfo) error {
		keys := info.GetKeyInfo()
		return m.SetPrimary(keys[len(keys)-1].GetKeyId())
	})
}

// dropOld forgets every key but the primary one. What they sealed is lost; Store.DropOldKeys asks first.
func (k *Keyring) dropOld() error {
	return k.alter(func(_ int, m *keyset.Manager, info *tinkpb.KeysetInfo) error {
		for _, x := range info.GetKeyInfo() {
			if x.GetKeyId() == info.GetPrimaryKeyId() {
				continue
			}
			if err := m.Delete(x.GetKeyId()); err != nil {
				return err
			}
		}
		return nil
	})
}

// alter changes both sets, in the files first.
func (k *Keyring) alter(change func(i int, m *keyset.Manager, info *tinkpb.KeysetInfo) error) error {
	k.change.Lock()
	defer k.change.Unlock()
	if k.dir != "" {
		if err := k.reload(); err != nil {
			return err
		}
	}
	was := k.set.Load()
	var raw [2]*keyset.Handle
	for i, h := range was.raw {
		m := keyset.NewManagerFromHandle(h)
		if err := change(i, m, h.KeysetInfo()); err != nil {
			return fmt.Errorf("change a key: %w", err)
		}
		var err error
		if raw[i], err = m.Handle(); err != nil {
			return fmt.Errorf("change a key: %w", err)
		}
	}
	if k.dir != "" {
		for i, name := range keyFiles {
			if err := replaceFile(k.dir, name, raw[i]); err != nil {
				return err
			}
		}
		return k.reload()
	}
	set, err := newKeySet(raw)
	if err != nil {
		return err
	}
	k.set.Store(set)
	return nil
}

// sealedBy is the key that sealed a value: after one byte of version its number.
func sealedBy(sealed []byte) (uint32, bool) {
	if len(sealed) < 5 || sealed[0] != 1 {
		return 0, false
	}
	return binary.BigEndian.Uint32(sealed[1:5]), true
}

func (x *keySet) holds(id uint32) bool {
	for _, info := range x.raw[0].KeysetInfo().GetKeyInfo() {
		if info.GetKeyId() == id {
			return true
		}
	}
	return false
}

// keyPrefix is how values sealed by a key begin, after the byte of version.
func keyPrefix(id uint32) []byte { return binary.BigEndian.AppendUint32(nil, id) }
