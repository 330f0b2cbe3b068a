package ledger

import (
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// ErrKey says that a text is no key.
var ErrKey = errors.New("not a key of checkpoints")

// NewKey makes an Ed25519 key under a name: the private text, which signs, and the public one, which verifies and may
// be given to anybody. The name stands in every checkpoint and tells whose it is; it holds no space and no plus.
func NewKey(name string, random io.Reader) (private, public string, err error) {
	if private, public, err = note.GenerateKey(random, name); err != nil {
		return "", "", fmt.Errorf("make a key of checkpoints: %w", err)
	}
	if _, err := note.NewSigner(private); err != nil {
		return "", "", fmt.Errorf("%w: name %q: %w", ErrKey, name, err)
	}
	return private, public, nil
}

// ParsePrivate reads a private key and derives its public text.
func ParsePrivate(private string) (by Signer, public string, err error) {
	private = strings.TrimSpace(private)
	if by, err = note.NewSigner(private); err != nil {
		return nil, "", fmt.Errorf("%w: %w", ErrKey, err)
	}
	parts := strings.SplitN(private, "+", 5) // PRIVATE+KEY+name+hash+base64(algorithm, seed), as NewSigner has checked
	raw, err := base64.StdEncoding.DecodeString(parts[4])
	if err != nil || len(raw) != 1+ed25519.SeedSize {
		return nil, "", ErrKey
	}
	pub, ok := ed25519.NewKeyFromSeed(raw[1:]).Public().(ed25519.PublicKey)
	if !ok {
		return nil, "", ErrKey
	}
	if public, err = note.NewEd25519VerifierKey(by.Name(), pub); err != nil {
		return nil, "", fmt.Errorf("%w: %w", ErrKey, err)
	}
	return by, public, nil
}

// ParsePublic reads public keys, one a line: after a change of keys the old one stays, for the checkpoints it signed.
func ParsePublic(text string) ([]Verifier, error) {
	var keys []Verifier
	have := map[string]bool{}
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line == "" || have[line] {
			continue
		}
		v, err := note.NewVerifier(line)
		if err != nil {
			return nil, fmt.Errorf("%w: line %d: %w", ErrKey, i+1, err) // not the line: it may be a private key
		}
		keys, have[line] = append(keys, v), true
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("%w: no line of one", ErrKey)
	}
	return keys, nil
}
