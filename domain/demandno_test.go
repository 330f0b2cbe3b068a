package domain

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func newDemandNo(t testing.TB, county int16) DemandNo {
	t.Helper()
	n, err := NewDemandNo(county, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// allTyped are all characters that can stand in a printed code.
const allTyped = "01" + codeLetters

func TestDemandNoFindsEveryWrongCharacterAndEverySwap(t *testing.T) {
	for _, county := range []int16{1, 9, 10, 185, 1010, 2345, 9999} {
		for range 100 {
			n := newDemandNo(t, county)
			findsEveryError(t, string(n), func(s string) (string, error) { p, err := ParseDemandNo(s); return string(p), err })
			s, err := NewTrackingSecret(county, rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			findsEveryError(t, s.Reveal(), func(s string) (string, error) { p, err := ParseTrackingSecret(s); return p.Reveal(), err })
		}
	}
}

// findsEveryError tries every single wrong character and every swap of two characters, near and far.
func findsEveryError(t *testing.T, code string, parse func(string) (string, error)) {
	t.Helper()
	if got, err := parse(code); err != nil || got != code {
		t.Fatalf("%s: %q, %v", code, got, err)
	}
	for i := range code {
		for _, c := range []byte(allTyped) {
			wrong := []byte(code)
			if wrong[i] = c; string(wrong) == code {
				continue
			}
			if got, err := parse(string(wrong)); err == nil {
				t.Fatalf("%s passes for %s (character %d)", wrong, got, i)
			}
		}
		for j := i + 1; j < len(code); j++ {
			swapped := []byte(code)
			if swapped[i], swapped[j] = swapped[j], swapped[i]; string(swapped) == code {
				continue
			}
			if got, err := parse(string(swapped)); err == nil {
				t.Fatalf("%s passes for %s (swap %d, %d)", swapped, got, i, j)
			}
		}
	}
}

// The property behind the test above, for all codes at once: it depends on the positions and the two characters alone.
func TestCheckWeightsProveTheDetection(t *testing.T) {
	weight := func(fromEnd int) int {
		w := 1
		for range fromEnd {
			w = w * 3 % 31
		}
		return w
	}
	for i := range secretLength {
		if weight(i) == 0 {
			t.Fatalf("weight %d is not invertible", i)
		}
		for j := range i {
			if weight(i) == weight(j) {
				t.Fatalf("weights %d and %d are equal: their swap would pass", i, j)
			}
		}
	}
	for _, set := range []string{"0123456789", codeLetters} { // the two kinds of positions
		seen := map[int]byte{}
		for _, c := range []byte(set) {
			v := codeValue(c)
			if v < 0 || v > 30 || seen[v] != 0 {
				t.Fatalf("%c has value %d, as %c", c, v, seen[v])
			}
			seen[v] = c
		}
	}
}

func TestDemandNoIsReadAsPeopleTypeIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		county := rapid.Int16Range(1, 9999).Draw(t, "county")
		seed := rapid.SliceOfN(rapid.ByteMax(247), demandRandom, demandRandom).Draw(t, "random")
		n, err := NewDemandNo(county, bytes.NewReader(seed))
		if err != nil {
			t.Fatal(err)
		}
		if n.County() != county {
			t.Fatalf("county %d read as %d", county, n.County())
		}
		var typed strings.Builder
		for i, r := range n.Print() {
			if i < codeCounty && r == '0' && rapid.Bool().Draw(t, "letter O") {
				r = 'O'
			}
			switch rapid.IntRange(0, 4).Draw(t, "how") {
			case 0:
				r = []rune(strings.ToLower(string(r)))[0]
			case 1:
				r += '！' - '!'
			case 2:
				typed.WriteString(rapid.SampledFrom([]string{" ", "　", "-", "—", "－", "\u200b", "\t"}).Draw(t, "between"))
			}
			typed.WriteRune(r)
		}
		if got, err := ParseDemandNo(typed.String()); err != nil || got != n {
			t.Fatalf("%q: %q, %v, want %q", typed.String(), got, err, n)
		}
	})
}

func TestDemandNoPrintsInGroups(t *testing.T) {
	n, err := NewDemandNo(1, bytes.NewReader([]byte{0, 1, 2, 3, 248, 255, 4, 5, 6, 30 + 31*7}))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := n.Print(), "0001-2345-678ZN"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	s, err := NewTrackingSecret(185, bytes.NewReader(make([]byte, secretRandom)))
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Print(); !strings.HasPrefix(got, "0185-22222-22222-2222") || len(got) != secretLength+3 {
		t.Error(got)
	}
}

func TestNewDemandNoRefuses(t *testing.T) {
	for _, county := range []int16{-1, 0, 10_000, 32_767} {
		if n, err := NewDemandNo(county, rand.Reader); err == nil {
			t.Errorf("county %d: %s", county, n)
		}
	}
	if _, err := NewDemandNo(1, strings.NewReader("abc")); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
	if _, err := NewDemandNo(1, bytes.NewReader(bytes.Repeat([]byte{255}, 4000))); err == nil {
		t.Error("a stuck random source passes")
	}
}

// Each letter is equally likely: with bytes modulo 31 unthinned, the first eight would come 9/8 as often.
func TestCodeLettersAreEquallyLikely(t *testing.T) {
	counts := map[byte]int{}
	for b := range 256 {
		if n, err := NewDemandNo(1, bytes.NewReader(bytes.Repeat([]byte{byte(b)}, demandRandom))); err == nil {
			counts[n[codeCounty]]++
		}
	}
	for _, c := range []byte(codeLetters) {
		if counts[c] != 8 {
			t.Errorf("%c comes from %d of 248 bytes, want 8", c, counts[c])
		}
	}
}

func TestTrackingSecretStaysSecret(t *testing.T) {
	s, err := NewTrackingSecret(185, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "secret", s)
	body, err := json.Marshal(struct{ S TrackingSecret }{s})
	if err != nil {
		t.Fatal(err)
	}
	shown := log.String() + string(body) + fmt.Sprintf("%v %+v %#v %s %q %x", s, s, s, s, s, s) + s.String()
	if strings.Contains(shown, s.Reveal()[codeCounty:codeCounty+4]) {
		t.Error("the secret shows:", shown)
	}
	again, err := ParseTrackingSecret(strings.ToLower(s.Print()))
	if err != nil || again.Hash() != s.Hash() || again.County() != 185 {
		t.Errorf("%v, %v", again.County(), err)
	}
}

func FuzzParseDemandNo(f *testing.F) {
	for _, s := range []string{"", "0001-2345-678ZN", "ＯＯＯ１ ２３４５ ６７８ｚｎ", "0000-2222-22222", "0001-2345-678Z0", "\xff\xfe", strings.Repeat("　", 999)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseDemandNo(s)
		if err == nil {
			if again, err := ParseDemandNo(n.Print()); err != nil || again != n || n.County() < 1 {
				t.Errorf("%q: %q, %q, %v", s, n, again, err)
			}
		} else if CodeOf(err) != CodeInvalid {
			t.Errorf("%q: %v", s, err)
		}
		if secret, err := ParseTrackingSecret(s); err == nil && len(secret) != secretLength {
			t.Errorf("%q: %d", s, len(secret))
		}
		_ = DemandNo(s).County()
		_ = DemandNo(s).Print()
		_ = TrackingSecret(s).String()
	})
}
