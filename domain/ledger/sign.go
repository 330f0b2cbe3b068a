package ledger

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// Signer signs checkpoints; Verifier checks signatures of one key.
type (
	Signer   = note.Signer
	Verifier = note.Verifier
)

// Why a note proves nothing.
var (
	ErrUnsigned     = errors.New("the checkpoint bears no signature of a known key")
	ErrBadSignature = errors.New("the checkpoint was changed after it was signed")
	ErrTooLong      = fmt.Errorf("the checkpoint is longer than %d bytes: give the key a shorter name", MaxNote)
)

// MaxNote is how long a checkpoint may be in bytes, in either form: what a printed QR code of modest size holds.
const MaxNote = 400

// signatureMark begins a line of signature in a note.
const signatureMark = "— "

// Sign makes the note of a checkpoint.
func Sign(c Checkpoint, by Signer) (string, error) {
	text := c.Text()
	if _, err := ParseText(text); err != nil {
		return "", fmt.Errorf("sign a checkpoint: %w", err)
	}
	b, err := note.Sign(&note.Note{Text: text}, by)
	if err != nil {
		return "", fmt.Errorf("sign a checkpoint: %w", err)
	}
	if len(b) > MaxNote {
		return "", ErrTooLong
	}
	return string(b), nil
}

// Open reads a checkpoint, a note or its short form, and returns it only if one of the keys signed it. The errors tell
// a text that is no checkpoint (ErrMalformed) from one nobody known signed (ErrUnsigned) and one that was changed
// (ErrBadSignature).
func Open(text string, keys ...Verifier) (Checkpoint, error) {
	msg, err := toNote(text)
	if err != nil {
		return Checkpoint{}, err
	}
	n, err := note.Open([]byte(msg), note.VerifierList(keys...))
	var unknown *note.UnverifiedNoteError
	var invalid *note.InvalidSignatureError
	switch {
	case errors.As(err, &unknown):
		return Checkpoint{}, fmt.Errorf("%w; signed by %s", ErrUnsigned, signers(unknown.Note.UnverifiedSigs))
	case errors.As(err, &invalid):
		return Checkpoint{}, fmt.Errorf("%w (key %s+%08x)", ErrBadSignature, invalid.Name, invalid.Hash)
	case err != nil:
		return Checkpoint{}, fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	for _, s := range n.Sigs {
		// base64 leaves bits over at the end; one text has one form
		if _, err := base64.StdEncoding.Strict().DecodeString(s.Base64); err != nil {
			return Checkpoint{}, fmt.Errorf("%w: signature of %s", ErrMalformed, s.Name)
		}
	}
	return ParseText(n.Text)
}

// Peek reads a checkpoint without asking who signed it, for comparing and for display.
func Peek(text string) (Checkpoint, error) {
	msg, err := toNote(text)
	if err != nil {
		return Checkpoint{}, err
	}
	body, _, found := strings.Cut(msg, "\n\n")
	if !found {
		return Checkpoint{}, fmt.Errorf("%w: no signature", ErrMalformed)
	}
	return ParseText(body + "\n")
}

// signers lists who signed, as name+hash of the key.
func signers(sigs []note.Signature) string {
	names := make([]string, 0, len(sigs))
	for _, s := range sigs {
		names = append(names, fmt.Sprintf("%s+%08x", s.Name, s.Hash))
	}
	return strings.Join(names, ", ")
}
