package backup

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// Verify reads a backup to its last byte: sizes, hashes, decryption, archives,
// and that all parts are of the same backup. It writes nothing. Errors:
// ErrNone, ErrFormat, ErrCorrupt, ErrWrongPassphrase.
func Verify(ctx context.Context, backupDir, passphrase string, report Progress) (Manifest, error) {
	m, err := check(ctx, backupDir, passphrase, report)
	if err != nil {
		return m, err
	}
	for _, part := range m.Parts {
		r, err := openPart(backupDir, part, passphrase)
		if err != nil {
			return m, err
		}
		err = unpack(ctx, r, nil, nil)
		_ = r.Close() // read only
		if err != nil {
			return m, fmt.Errorf("part %s: %w", part.Name, err)
		}
	}
	return m, nil
}

// check is what can be known before anything is unpacked. The keys come first:
// they are small, and show a wrong passphrase before the long parts are read.
func check(ctx context.Context, backupDir, passphrase string, report Progress) (Manifest, error) {
	m, err := Read(backupDir)
	if err != nil {
		return m, err
	}
	keys, err := m.part(partKeys)
	if err != nil {
		return m, err
	}
	if err := checkHash(backupDir, keys, report); err != nil {
		return m, err
	}
	if err := checkSeal(ctx, backupDir, m, keys, passphrase); err != nil {
		return m, err
	}
	for _, part := range m.Parts {
		if part.Name == partKeys {
			continue
		}
		if err := ctx.Err(); err != nil {
			return m, err
		}
		if err := checkHash(backupDir, part, report); err != nil {
			return m, err
		}
	}
	return m, nil
}

// checkSeal compares the manifest, which anybody can write, with what only the
// holder of the passphrase can have written.
func checkSeal(ctx context.Context, backupDir string, m Manifest, keys Part, passphrase string) error {
	r, err := openPart(backupDir, keys, passphrase)
	if err != nil {
		return err
	}
	defer r.Close() //nolint:errcheck // read only
	var seal bytes.Buffer
	if err := unpack(ctx, r, nil, map[string]*bytes.Buffer{sealName: &seal}); err != nil {
		return fmt.Errorf("part %s: %w", keys.Name, err)
	}
	var sealed []Part
	if err := json.Unmarshal(seal.Bytes(), &sealed); err != nil {
		return fmt.Errorf("%w: its seal: %w", ErrCorrupt, err)
	}
	others := slices.DeleteFunc(slices.Clone(m.Parts), func(p Part) bool { return p.Name == partKeys })
	if !slices.Equal(sealed, others) {
		return fmt.Errorf("%w: its parts are not of one backup", ErrCorrupt)
	}
	return nil
}
