package domain

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Masks take any text, valid or not: what is stored may be older than today's checks. They never fail, and in doubt they
// show less.

// MaskIDNumber masks a certificate's number: 510185********0013. The region and the last four stay, the birth date goes;
// of shorter numbers (passports, officers' cards) two characters at each end stay, and nothing of very short ones.
func MaskIDNumber(s string) string {
	switch n := utf8.RuneCountInString(s); {
	case n >= 18:
		return maskMiddle(s, 6, 4)
	case n >= 8:
		return maskMiddle(s, 2, 2)
	default:
		return strings.Repeat("*", n)
	}
}

// MaskPhone masks a telephone number: 138****1234, 028-****5678. Of a landline the area code and the last digits stay, an
// extension goes.
func MaskPhone(s string) string {
	area, rest, landline := strings.Cut(s, "-")
	if landline {
		local, _, _ := strings.Cut(rest, "-")
		if n := utf8.RuneCountInString(local); (n == 7 || n == 8) && utf8.RuneCountInString(area) <= 4 {
			return area + "-" + maskMiddle(local, 0, n-4)
		}
	}
	switch n := utf8.RuneCountInString(s); {
	case n >= 11:
		return maskMiddle(s, 3, 4)
	case n >= 7:
		return maskMiddle(s, 0, 2)
	default:
		return strings.Repeat("*", n)
	}
}

// MaskName masks a person's name: 张*, 张**. At most two stars are shown, so that the length of a long name does not
// give it away; a name of one character shows a star alone.
func MaskName(s string) string {
	n := utf8.RuneCountInString(s)
	if n < 2 {
		return strings.Repeat("*", n)
	}
	first, _ := utf8.DecodeRuneInString(s)
	return string(first) + strings.Repeat("*", min(n-1, 2))
}

// The administrative beginning of an address: province, city, county, town. The excluded characters are those of streets,
// villages and estates: 红建路小区 must not pass for a district.
var addressHead = regexp.MustCompile(`^\s*` +
	`(?:[^\P{Han}路街巷道弄号栋幢村组社园苑院小省]{2,5}(?:省|自治区))?` +
	`(?:[^\P{Han}路街巷道弄号栋幢村组社园苑院小市]{1,8}(?:市|自治州|地区))?` +
	`(?:[^\P{Han}路街巷道弄号栋幢村组社园苑院小区县市]{1,6}(?:区|县|市))?` +
	`(?:[^\P{Han}路街巷道弄号栋幢村组社园苑院小镇乡]{1,6}(?:街道|镇|乡))?`)

// MaskAddress keeps province, city, county and town of an address and hides what follows: 四川省成都市简阳市简城街道****. Of
// an address that does not begin with them nothing is shown. No digit ever is.
func MaskAddress(s string) string {
	s = strings.TrimSpace(s)
	head := addressHead.FindString(s)
	if len(head) == len(s) {
		return head // nothing beyond the town to hide
	}
	return head + "****"
}

// maskMiddle keeps head and tail characters and stars the rest.
func maskMiddle(s string, head, tail int) string {
	r := []rune(s)
	return string(r[:head]) + strings.Repeat("*", len(r)-head-tail) + string(r[len(r)-tail:])
}
