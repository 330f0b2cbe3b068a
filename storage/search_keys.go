package storage

import (
	"database/sql/driver"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tink-crypto/tink-go/v2/prf"

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
// stands in the database says less than they do. The same pair has another value in each county. They are asked for by the
// primary key.
func (k *Keyring) tokens(county domain.County, pairs []string) (tokens, error) {
	keys := k.set.Load().blind
	return tokensBy(county, pairs, keys.PRFs[keys.PrimaryID])
}

// storedTokens are the tokens under every key in force: while a key is being changed a row is found by the old one and,
// once it has taken over, by the new one.
func (k *Keyring) storedTokens(county domain.County, pairs []string) (tokens, error) {
	return tokensBy(county, pairs, slices.Collect(maps.Values(k.set.Load().blind.PRFs))...)
}

func tokensBy(county domain.County, pairs []string, keys ...prf.PRF) (tokens, error) {
	set := make(tokens, 0, len(pairs)*len(keys))
	prefix := fmt.Sprintf("pair\x00%d\x00", county)
	for _, key := range keys {
		for _, pair := range pairs {
			h, err := key.ComputePRF([]byte(prefix+pair), 2)
			if err != nil {
				return nil, fmt.Errorf("token of a pair of characters: %w", err)
			}
			set = append(set, int16(binary.BigEndian.Uint16(h)))
		}
	}
	slices.Sort(set)
	return slices.Compact(set), nil
}
