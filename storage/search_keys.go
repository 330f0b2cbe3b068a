package storage

import (
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"baimi/domain"
)

// tokens is a set of keyed hashes, stored as smallint[].
type tokens []int16

// Value writes the array.
func (t tokens) Value() (driver.Value, error) {
	parts := make([]string, len(t))
	for i, n := range t {
		parts[i] = strconv.Itoa(int(n))
	}
	return "{" + strings.Join(parts, ",") + "}", nil
}

// Scan reads the array.
func (t *tokens) Scan(v any) error {
	var list domain.IDs[int32]
	if err := list.Scan(v); err != nil {
		return err
	}
	*t = make(tokens, len(list))
	for i, n := range list {
		(*t)[i] = int16(n)
	}
	return nil
}

// tokens are the keyed hashes of pairs of characters in a county: 16 bits, so that several pairs share a value and what
// stands in the database says less than they do. The same pair has another value in each county.
func (k *Keyring) tokens(county domain.County, pairs []string) (tokens, error) {
	set := make(tokens, 0, len(pairs))
	prefix := fmt.Sprintf("pair\x00%d\x00", county)
	for _, pair := range pairs {
		h, err := k.blind.ComputePrimaryPRF([]byte(prefix+pair), 2)
		if err != nil {
			return nil, fmt.Errorf("token of a pair of characters: %w", err)
		}
		set = append(set, int16(binary.BigEndian.Uint16(h)))
	}
	slices.Sort(set)
	return slices.Compact(set), nil
}

// everyBlind is a value's blind index under each key that is still in use, so that it is found while keys are rotated.
func (k *Keyring) everyBlind(kind, plain string) ([][]byte, error) {
	all := make([][]byte, 0, len(k.blind.PRFs))
	for _, f := range k.blind.PRFs {
		b, err := f.ComputePRF([]byte(kind+"\x00"+plain), 16)
		if err != nil {
			return nil, fmt.Errorf("blind index: %w", err)
		}
		all = append(all, b)
	}
	return all, nil
}
