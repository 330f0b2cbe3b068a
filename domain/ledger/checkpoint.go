package ledger

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint states what the log of a county was at a time.
type Checkpoint struct {
	County int
	Size   int64     // number of leaves
	Root   Hash      // of the tree of these leaves
	At     time.Time // when it was signed, by the server's clock, to the second
}

// Signed is a checkpoint with the note that proves it.
type Signed struct {
	Checkpoint
	Note string
}

// ErrMalformed says that a text is no checkpoint at all.
var ErrMalformed = errors.New("not a checkpoint")

const (
	originPrefix = "baimi/"
	timePrefix   = "at "
)

// Origin names the log of a county, the first line of its checkpoints.
func Origin(county int) string { return originPrefix + strconv.Itoa(county) }

// Text is what is signed: the origin, the size, the root in base64 and the time in UTC, a line each.
func (c Checkpoint) Text() string {
	return fmt.Sprintf("%s\n%d\n%s\n%s%s\n", Origin(c.County), c.Size, c.Root, timePrefix, c.At.UTC().Format(time.RFC3339))
}

// String says which checkpoint it is, for people.
func (c Checkpoint) String() string {
	return fmt.Sprintf("checkpoint %s of %d events, signed %s", Origin(c.County), c.Size, c.At.UTC().Format(time.RFC3339))
}

// ParseText reads what Text writes, and nothing that only resembles it. Whether anybody signed it, Open tells.
func ParseText(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 5 || lines[4] != "" {
		return Checkpoint{}, fmt.Errorf("%w: %d lines, want origin, size, root and time", ErrMalformed, len(lines)-1)
	}
	var c Checkpoint
	var err error
	number, named := strings.CutPrefix(lines[0], originPrefix)
	if c.County, err = strconv.Atoi(number); err != nil || !named || c.County < 0 {
		return Checkpoint{}, fmt.Errorf("%w: origin %q, want %s and a county's number", ErrMalformed, lines[0], originPrefix)
	}
	if c.Size, err = strconv.ParseInt(lines[1], 10, 64); err != nil || c.Size < 0 {
		return Checkpoint{}, fmt.Errorf("%w: size %q", ErrMalformed, lines[1])
	}
	if c.Root, err = tlog.ParseHash(lines[2]); err != nil {
		return Checkpoint{}, fmt.Errorf("%w: root %q", ErrMalformed, lines[2])
	}
	at, timed := strings.CutPrefix(lines[3], timePrefix)
	if c.At, err = time.Parse(time.RFC3339, at); err != nil || !timed {
		return Checkpoint{}, fmt.Errorf("%w: time %q", ErrMalformed, lines[3])
	}
	c.At = c.At.UTC()
	if c.Text() != text { // "+7", a zone, base64 with loose ends
		return Checkpoint{}, fmt.Errorf("%w: not in its one form", ErrMalformed)
	}
	return c, nil
}
