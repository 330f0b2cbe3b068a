package domain

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCreditCodeVectors(t *testing.T) { // domain.md 6.3
	for _, s := range []string{"91110108551385082Q", "91330100799655058B", "91110108551385082q", "9111 0108 5513 8508 2Q", "９１１１０１０８５５１３８５０８２Ｑ"} {
		if got, err := ParseCreditCode(s); err != nil || len(got) != 18 || strings.ToUpper(got) != got {
			t.Errorf("%q: %q, %v", s, got, err)
		}
	}
	for _, c := range []struct{ in, why string }{
		{"", "18位"}, {"9111010855138508", "18位"}, {"91110108551385082R", "校验"}, {"9111010855138508OQ", "不含I、O"}, {"中中中中中中", "第1位"},
	} {
		if got, err := ParseCreditCode(c.in); CodeOf(err) != CodeInvalid || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%q: %q, %v", c.in, got, err)
		}
	}
}

func TestCreditCodeFindsEveryWrongCharacter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := []byte(rapid.SampledFrom([]string{"91110108551385082Q", "91330100799655058B"}).Draw(t, "code"))
		i := rapid.IntRange(0, 17).Draw(t, "i")
		c := creditLetters[rapid.IntRange(0, 30).Draw(t, "c")]
		same := code[i] == c
		code[i] = c
		if _, err := ParseCreditCode(string(code)); (err == nil) != same {
			t.Fatalf("%s: %v", code, err)
		}
	})
}

func FuzzParseCreditCode(f *testing.F) {
	for _, s := range []string{"91110108551385082Q", "91330100799655058b", "\xff", "IOSVZ", "0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		code, err := ParseCreditCode(s)
		if err != nil {
			return
		}
		if again, err := ParseCreditCode(code); err != nil || again != code {
			t.Errorf("%q: %q, %q, %v", s, code, again, err)
		}
	})
}
