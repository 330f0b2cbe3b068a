package domain

import (
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"unicode"
)

// codeLetters are the 31 characters of the random part of a demand number and of a tracking secret, and of their
// check character. 0, 1, I, L and O are left out, which people confuse on paper and on the telephone; 31 is prime,
// which the check needs.
const codeLetters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

const (
	codeCounty   = 4  // digits of the county's number
	demandRandom = 8  // 31⁸ ≈ 8.5·10¹¹ per county; storage retries on the rare duplicate
	secretRandom = 14 // 31¹⁴ ≈ 2⁶⁹

	demandLength = codeCounty + demandRandom + 1
	secretLength = codeCounty + secretRandom + 1
)

// DemandNo is the number a demand gets at first contact (诉求编号, ruling P5): four digits of the county, eight random
// characters, one check character. It promises no order and tells nothing about the case. Values come from NewDemandNo
// and ParseDemandNo, in the one form that is stored.
type DemandNo string

// NewDemandNo draws a number for a county (1 to 9999); rnd must be unpredictable (crypto/rand). Errors are internal.
func NewDemandNo(county int16, rnd io.Reader) (DemandNo, error) {
	code, err := newCode(county, demandRandom, rnd)
	return DemandNo(code), err
}

// ParseDemandNo reads a number as people type it: with spaces and hyphens, in lower case, in full-width characters, with
// the letters O, I, L for the digits of the county. The check character finds every single wrong character and every
// swap of two. The error is an *Error for the person who typed.
func ParseDemandNo(s string) (DemandNo, error) {
	code, err := parseCode(s, demandLength, "编号")
	return DemandNo(code), err
}

// County is the county's number, which says where to look the demand up; 0 for what is no demand number.
func (n DemandNo) County() int16 { return countyOf(string(n)) }

// Print groups the number for paper: 0001-7KMP-2WXYC.
func (n DemandNo) Print() string { return group(string(n), 4, 4) }

// TrackingSecret is what a party uses to follow its own case (查询码, ruling P5): the county, 14 random characters, one
// check character. It is handed out once and stored only as its Hash; formatting, logging and JSON show stars.
type TrackingSecret string

// NewTrackingSecret draws a secret for a county (1 to 9999); rnd must be unpredictable (crypto/rand). Errors are internal.
func NewTrackingSecret(county int16, rnd io.Reader) (TrackingSecret, error) {
	code, err := newCode(county, secretRandom, rnd)
	return TrackingSecret(code), err
}

// ParseTrackingSecret reads a secret as tolerantly as ParseDemandNo reads a number.
func ParseTrackingSecret(s string) (TrackingSecret, error) {
	code, err := parseCode(s, secretLength, "查询码")
	return TrackingSecret(code), err
}

// County is the county's number, which says where to look the hash up; 0 for what is no tracking secret.
func (s TrackingSecret) County() int16 { return countyOf(string(s)) }

// Hash is what is stored. Plain SHA-256, without salt and without a slow function, is right here and would be wrong for a
// password: the secret has more than 60 random bits, so it cannot be guessed from the hash, and the look-up needs one
// value that an index finds.
func (s TrackingSecret) Hash() [sha256.Size]byte { return sha256.Sum256([]byte(s)) }

// Reveal is the secret in its stored form, for the one answer that hands it out.
func (s TrackingSecret) Reveal() string { return string(s) }

// Print reveals the secret grouped for the slip: 0001-7KMP2-WXYCA-BCDEF.
func (s TrackingSecret) Print() string { return group(string(s), 4, 5, 5) }

// String shows the county and stars.
func (s TrackingSecret) String() string {
	if len(s) != secretLength {
		return strings.Repeat("*", min(len(s), secretLength))
	}
	return string(s[:codeCounty]) + strings.Repeat("*", secretLength-codeCounty)
}

// Format keeps every verb, also %#v, to the stars.
func (s TrackingSecret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, s.String()) }

// LogValue keeps logs to the stars.
func (s TrackingSecret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText keeps JSON to the stars; an answer that hands the secret out names Reveal or Print.
func (s TrackingSecret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

func newCode(county int16, random int, rnd io.Reader) (string, error) {
	if county < 1 || county > 9999 {
		return "", fmt.Errorf("county %d has no four-digit number", county)
	}
	code := fmt.Appendf(make([]byte, 0, secretLength), "%04d", county)
	// Bytes from 248 = 8·31 up are thrown away: taking them modulo 31 would make the first letters likelier.
	var b [1]byte
	for tries := 0; len(code) < codeCounty+random; tries++ {
		if tries == 1000 {
			return "", fmt.Errorf("the random source yields no usable byte")
		}
		if _, err := io.ReadFull(rnd, b[:]); err != nil {
			return "", fmt.Errorf("random part of a code: %w", err)
		}
		if b[0] < 248 {
			code = append(code, codeLetters[b[0]%31])
		}
	}
	return string(append(code, checkLetter(code))), nil
}

// codeValue numbers the characters modulo 31: digits count themselves, letters go on from 10, so that Y and Z share the
// values of 0 and 1. That pair never meets: 0 and 1 stand only in the county, letters never do.
func codeValue(c byte) int {
	if c <= '9' {
		return int(c - '0')
	}
	return (strings.IndexByte(codeLetters, c) - 8 + 10) % 31
}

// checkLetter completes code so that Σ value·3^(distance from the end) ≡ 0 (mod 31). 3 is a primitive root of the prime
// 31: every weight is invertible, so one wrong character always changes the sum, and all weights of a code up to 30
// long differ, so swapping any two different characters does too.
func checkLetter(code []byte) byte {
	sum := 0
	for _, c := range code {
		sum = (sum + codeValue(c)) * 3 % 31
	}
	want := (31 - sum) % 31
	for _, c := range []byte(codeLetters) {
		if codeValue(c) == want {
			return c
		}
	}
	panic("31 letters cover 31 values")
}

func parseCode(s string, length int, what string) (string, error) {
	code := []byte(foldTyped(s))
	if len(code) != length {
		return "", Errorf(CodeInvalid, "%s应为%d位，请对照单据核对", what, length)
	}
	for i, c := range code {
		if i < codeCounty {
			if j := strings.IndexByte("OIL", c); j >= 0 {
				code[i] = "011"[j]
			}
			if code[i] < '0' || code[i] > '9' {
				return "", Errorf(CodeInvalid, "%s的前4位应为数字，请对照单据核对", what)
			}
		} else if strings.IndexByte(codeLetters, c) < 0 {
			return "", Errorf(CodeInvalid, "%s的第%d位不对，单据上不会出现这个字符", what, i+1)
		}
	}
	if checkLetter(code[:length-1]) != code[length-1] || countyOf(string(code)) == 0 {
		return "", Errorf(CodeInvalid, "%s有误，请对照单据逐位核对", what)
	}
	return string(code), nil
}

func countyOf(code string) int16 {
	if len(code) != demandLength && len(code) != secretLength && len(code) != verificationLength {
		return 0
	}
	var n int16
	for _, c := range []byte(code[:codeCounty]) {
		if c < '0' || c > '9' {
			return 0
		}
		n = n*10 + int16(c-'0')
	}
	return n
}

func group(code string, sizes ...int) string {
	var b strings.Builder
	for _, n := range sizes {
		if len(code) <= n {
			break
		}
		b.WriteString(code[:n])
		b.WriteByte('-')
		code = code[n:]
	}
	b.WriteString(code)
	return b.String()
}

// foldTyped brings a code or number as typed to the form it is checked in: full-width characters to ASCII, letters to
// upper case, without spaces, invisible characters and all kinds of hyphen. What it does not know it leaves, for the check
// to refuse. Over-long input is cut, since no number is that long.
func foldTyped(s string) string {
	var b strings.Builder
	for _, r := range s {
		if b.Len() > 64 {
			break
		}
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		switch {
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r), isHyphen(r):
		case r >= 'a' && r <= 'z':
			b.WriteRune(r - 'a' + 'A')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isHyphen takes every dash of Unicode, the minus sign and the full-width hyphen for a hyphen.
func isHyphen(r rune) bool { return unicode.Is(unicode.Pd, r) || r == '−' }
