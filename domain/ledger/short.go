package ledger

import (
	"fmt"
	"strings"
)

// shortMark begins the short form.
const shortMark = "BAIMI1"

// Short writes a note as one line of plain ASCII, for a QR code or a text message: a scanner may take the dash of a
// signed note for another character set, and a messenger may wrap its lines. Open reads it as it reads the note.
func Short(msg string) (string, error) {
	c, err := Peek(msg)
	if err != nil {
		return "", err
	}
	_, sigs, _ := strings.Cut(msg, "\n\n")
	fields := append([]string{shortMark}, strings.Split(strings.TrimSuffix(c.Text(), "\n"), "\n")...)
	for line := range strings.Lines(sigs) {
		name, sig, found := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(line, signatureMark), "\n"), " ")
		if !found || !strings.HasPrefix(line, signatureMark) {
			return "", fmt.Errorf("%w: signature line %q", ErrMalformed, line)
		}
		fields = append(fields, name, sig)
	}
	short := strings.Join(fields, " ")
	if len(short) > MaxNote {
		return "", ErrTooLong
	}
	return short, nil
}

// toNote gives the note of a short form, and a note as it is. Line ends of other systems and a lost last one are
// forgiven, so that a checkpoint survives mail and an editor.
func toNote(text string) (string, error) {
	if len(text) > 8*MaxNote { // room for the cosignatures of witnesses
		return "", fmt.Errorf("%w: %d bytes", ErrMalformed, len(text))
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	if !strings.HasPrefix(text, shortMark+" ") {
		return strings.TrimRight(text, "\n") + "\n", nil
	}
	f := strings.Fields(text)
	const body = 6 // mark, origin, size, root, "at", time
	if len(f) < body+2 || len(f)%2 != 0 {
		return "", fmt.Errorf("%w: short form of %d words", ErrMalformed, len(f))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n%s\n%s %s\n\n", f[1], f[2], f[3], f[4], f[5])
	for i := body; i < len(f); i += 2 {
		fmt.Fprintf(&b, "%s%s %s\n", signatureMark, f[i], f[i+1])
	}
	return b.String(), nil
}
