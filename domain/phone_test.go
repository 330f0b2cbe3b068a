package domain

import (
	"regexp"
	"testing"
)

func TestPhoneIsReadAsPeopleTypeIt(t *testing.T) {
	for in, want := range map[string]string{
		"13812345678": "13812345678", "138 1234 5678": "13812345678", "+86 138-1234-5678": "13812345678",
		"8613812345678": "13812345678", "００８６１３８１２３４５６７８": "13812345678", "19912345678": "19912345678",
		"028-12345678": "028-12345678", "02812345678": "028-12345678", "（028）12345678": "028-12345678", "028 1234 5678": "028-12345678",
		"028—27012345": "028-27012345", "0832-1234567": "0832-1234567", "08321234567": "0832-1234567", "0832-1234567-801": "0832-1234567-801",
		"028-12345678转801": "028-12345678-801", "010-12345678": "010-12345678", "075512345678": "0755-12345678",
	} {
		if got, err := ParsePhone(in); err != nil || got != want {
			t.Errorf("%q: %q, %v, want %q", in, got, err, want)
		}
	}
}

func TestPhoneRefuses(t *testing.T) {
	for _, in := range []string{
		"", "12345678901", "1381234567", "138123456789", "028-1234567", "12345678", "12345", "110", "0000-1234567",
		"028-12345678-1234567", "13812345678-801", "电话13812345678", "\xff",
	} {
		if got, err := ParsePhone(in); CodeOf(err) != CodeInvalid {
			t.Errorf("%q: %q, %v", in, got, err)
		}
	}
}

func FuzzParsePhone(f *testing.F) {
	for _, s := range []string{"13812345678", "028-12345678", "0832-1234567-801", "—028—", "((028))1234567", "028-12345678转1"} {
		f.Add(s)
	}
	// The forms of domain.md 6.4.
	stored := regexp.MustCompile(`^1[3-9]\d{9}$|^028-\d{8}$|^0\d{2,3}-\d{7,8}(-\d{1,6})?$`)
	f.Fuzz(func(t *testing.T, s string) {
		phone, err := ParsePhone(s)
		if err != nil {
			return
		}
		if again, err := ParsePhone(phone); err != nil || again != phone || !stored.MatchString(phone) {
			t.Errorf("%q: %q, %q, %v", s, phone, again, err)
		}
	})
}
