package ledger_test

import (
	"crypto/rand"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"baimi/domain/ledger"
)

func isErr(err, want error) bool { return errors.Is(err, want) && (want != nil || err == nil) }

var when = time.Date(2026, 11, 18, 2, 0, 0, 0, time.UTC)

func newKey(tb testing.TB, name string) (ledger.Signer, []ledger.Verifier) {
	tb.Helper()
	private, public, err := ledger.NewKey(name, rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	by, derived, err := ledger.ParsePrivate(private + "\n")
	if err != nil || derived != public {
		tb.Fatalf("public key %q from the private one, want %q; %v", derived, public, err)
	}
	keys, err := ledger.ParsePublic(public + "\n")
	if err != nil {
		tb.Fatal(err)
	}
	return by, keys
}

func TestACheckpointIsReadBackInBothForms(t *testing.T) {
	t.Parallel()
	by, keys := newKey(t, "baimi")
	_, others := newKey(t, "baimi")
	rapid.Check(t, func(t *rapid.T) {
		c := ledger.Checkpoint{
			County: rapid.IntRange(1, math.MaxInt16).Draw(t, "county"),
			Size:   rapid.Int64Range(0, math.MaxInt64).Draw(t, "size"),
			At:     time.Unix(rapid.Int64Range(0, 4_000_000_000).Draw(t, "at"), 0).UTC(),
		}
		copy(c.Root[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "root"))
		msg, err := ledger.Sign(c, by)
		if err != nil {
			t.Fatal(err)
		}
		short, err := ledger.Short(msg)
		if err != nil {
			t.Fatal(err)
		}
		if len(msg) > ledger.MaxNote || len(short) > ledger.MaxNote || strings.ContainsFunc(short, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Fatalf("%d and %d bytes: %q", len(msg), len(short), short)
		}
		for _, text := range []string{msg, short, strings.ReplaceAll(msg, "\n", "\r\n"), strings.TrimSpace(msg), short + "\n"} {
			got, err := ledger.Open(text, append(others, keys...)...)
			if err != nil || got != c {
				t.Fatalf("%q read as %+v, %v", text, got, err)
			}
			if got, err := ledger.Peek(text); err != nil || got != c {
				t.Fatalf("%q seen as %+v, %v", text, got, err)
			}
		}
	})
}

// Every single bit of both forms is covered: by the signature, or by there being one form only.
func TestEveryChangedBitOfACheckpointIsSeen(t *testing.T) {
	t.Parallel()
	by, keys := newKey(t, "baimi")
	msg, err := ledger.Sign(big.at(t, 200), by)
	if err != nil {
		t.Fatal(err)
	}
	short, err := ledger.Short(msg)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{msg, short} {
		for i := range len(text) {
			for bit := range 8 {
				b := []byte(text)
				b[i] ^= 1 << bit
				if c, err := ledger.Open(string(b), keys...); err == nil {
					t.Errorf("bit %d of byte %d: read as %s", bit, i, c)
				}
			}
		}
	}
}

func TestOpenNamesWhatIsWrong(t *testing.T) {
	t.Parallel()
	by, keys := newKey(t, "baimi")
	_, others := newKey(t, "baimi")
	c := ledger.Checkpoint{County: 1, Size: 12, Root: big.at(t, 12).Root, At: when}
	msg, err := ledger.Sign(c, by)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		name, text string
		keys       []ledger.Verifier
		want       error
	}{
		{"another key", msg, others, ledger.ErrUnsigned},
		{"no key", msg, nil, ledger.ErrUnsigned},
		{"another size", strings.Replace(msg, "\n12\n", "\n13\n", 1), keys, ledger.ErrBadSignature},
		{"another time", strings.Replace(msg, "at 2026", "at 2025", 1), keys, ledger.ErrBadSignature},
		{"empty", "", keys, ledger.ErrMalformed},
		{"text", "hello\n", keys, ledger.ErrMalformed},
		{"unsigned text", c.Text(), keys, ledger.ErrMalformed},
		{"half a short form", "BAIMI1 baimi/1 12", keys, ledger.ErrMalformed},
		{"endless", strings.Repeat("x", 1<<20), keys, ledger.ErrMalformed},
	} {
		if _, err := ledger.Open(x.text, x.keys...); !isErr(err, x.want) {
			t.Errorf("%s: %v, want %v", x.name, err, x.want)
		}
	}
	for _, text := range []string{
		"baimi/1\n+12\n" + c.Root.String() + "\nat 2026-11-18T02:00:00Z\n", "baimi/1\n12\n" + c.Root.String() + "\nat 2026-11-18T10:00:00+08:00\n",
		"baimi/1\n12\nAAAA\nat 2026-11-18T02:00:00Z\n", "go.sum database tree\n12\n" + c.Root.String() + "\nat 2026-11-18T02:00:00Z\n",
		"baimi/1\n12\n" + c.Root.String() + "\n", c.Text() + "more\n", "baimi/1\n12\n" + c.Root.String() + "\nat 2026-11-18T02:00:00.5Z\n",
	} {
		if _, err := ledger.ParseText(text); !isErr(err, ledger.ErrMalformed) {
			t.Errorf("%q: %v", text, err)
		}
	}
	c.At = when.Add(time.Millisecond)
	if msg, err := ledger.Sign(c, by); err != nil || !strings.Contains(msg, "\nat 2026-11-18T02:00:00Z\n") {
		t.Errorf("parts of a second: %q, %v", msg, err)
	}
}

func TestKeysAreChecked(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"", "with space", "with+plus"} {
		if _, _, err := ledger.NewKey(name, rand.Reader); !isErr(err, ledger.ErrKey) {
			t.Errorf("name %q: %v", name, err)
		}
	}
	private, public, err := ledger.NewKey(strings.Repeat("n", 300), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	by, _, err := ledger.ParsePrivate(private)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.Sign(ledger.Checkpoint{County: 1, At: when}, by); !isErr(err, ledger.ErrTooLong) {
		t.Errorf("a note too long for the code: %v", err)
	}
	for _, bad := range []string{"", "hello", public, strings.Replace(private, "PRIVATE", "PUBLIC", 1), private[:len(private)-4]} {
		if _, _, err := ledger.ParsePrivate(bad); !isErr(err, ledger.ErrKey) {
			t.Errorf("private key %q: %v", bad, err)
		}
	}
	for _, bad := range []string{"", "\n\n", "hello", private, public + "\nhello"} {
		if _, err := ledger.ParsePublic(bad); !isErr(err, ledger.ErrKey) {
			t.Errorf("public key %q: %v", bad, err)
		}
	}
	_, other, err := ledger.NewKey("baimi", rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if keys, err := ledger.ParsePublic(public + "\n\n" + other + "\r\n" + public); err != nil || len(keys) != 2 {
		t.Errorf("two keys, one of them twice: %d, %v", len(keys), err)
	}
	if _, err := ledger.ParsePublic(private); err == nil || strings.Contains(err.Error(), private[len(private)-20:]) {
		t.Errorf("a private key in an error: %v", err)
	}
}
