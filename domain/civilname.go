package domain

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	maxPersonName       = 50
	maxOrganisationName = 120
)

// ParseCivilName checks the name of a party and returns its stored form. A natural person's name has 1 to 50 characters:
// Chinese characters (rare ones of GB 18030-2022 too, four bytes in UTF-8), · between the parts of a minority name, and
// Latin letters for foreigners. The name of a legal person or another organisation has 2 to 120 visible characters.
// Invisible characters that come along when a name is copied are dropped, and so are the selectors of glyph variants: the
// character is the name, registers and cards know no variant of it, and two spellings of one person must meet. The many dots that keyboards offer become ·, and
// spaces that only align (张　三) go. The error is an *Error in Chinese.
func ParseCivilName(s string, kind PartyKind) (string, error) {
	if !utf8.ValidString(s) {
		return "", Errorf(CodeInvalid, "名称的编码有误，请重新输入")
	}
	s = strings.TrimSpace(strings.Map(dropInvisible, s))
	if s == "" {
		return "", Errorf(CodeInvalid, "请填写姓名或名称")
	}
	if kind == Natural {
		return parsePersonName(s)
	}
	return parseOrganisationName(s)
}

// CleanText takes out of any text the characters that show nothing and were not typed on purpose: zero-width spaces, marks of
// direction (which could make a printed agreement read backwards), byte order marks. A text of nothing else is empty.
func CleanText(s string) string { return strings.Map(dropInvisible, s) }

func dropInvisible(r rune) rune {
	if unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r) {
		return -1
	}
	return r
}

func parsePersonName(s string) (string, error) {
	in := []rune(s)
	out := make([]rune, 0, len(in))
	for i, r := range in {
		r = foldNameRune(r)
		if r == '.' && len(out) > 0 && isHanzi(out[len(out)-1]) && i+1 < len(in) && isHanzi(in[i+1]) {
			r = '·' // 买买提.吐尔逊: the keyboard's only dot
		}
		switch {
		case isHanzi(r), isLatin(r):
		case r == ' ' && len(out) > 0:
			// A space parts Latin words; beside a Chinese character it is only lay-out.
			next := foldNameRune(in[i+1]) // s is trimmed, so a space is never last
			if !isLatin(out[len(out)-1]) && out[len(out)-1] != '.' || !isLatin(next) {
				continue
			}
		case r == '.' || r == '-' || r == '\'':
			if len(out) == 0 || !isLatin(out[len(out)-1]) {
				return "", badNameRune(i)
			}
		case r == '·':
			if len(out) == 0 || out[len(out)-1] == '·' || i == len(in)-1 {
				return "", Errorf(CodeInvalid, "姓名中的“·”只能在两部分之间")
			}
		default:
			return "", badNameRune(i)
		}
		out = append(out, r)
	}
	if last := out[len(out)-1]; !isHanzi(last) && !isLatin(last) && last != '.' {
		return "", Errorf(CodeInvalid, "请填写完整的姓名")
	}
	if len(out) > maxPersonName {
		return "", Errorf(CodeInvalid, "姓名最多%d个字", maxPersonName)
	}
	return string(out), nil
}

func badNameRune(i int) error {
	return Errorf(CodeInvalid, "姓名的第%d个字符不能用：只能是汉字、字母和“·”，生僻字请用国标输入法录入", i+1)
}

func parseOrganisationName(s string) (string, error) {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.Is(unicode.Zs, r) }), " ")
	n := utf8.RuneCountInString(s)
	for i, r := range []rune(s) {
		if !unicode.IsPrint(r) && !isHanzi(r) {
			return "", Errorf(CodeInvalid, "单位名称的第%d个字符不能用，请删去后重新输入", i+1)
		}
	}
	if n < 2 || n > maxOrganisationName {
		return "", Errorf(CodeInvalid, "单位名称应为2至%d个字", maxOrganisationName)
	}
	return s, nil
}

// foldNameRune brings the dots, spaces and full-width letters that keyboards offer to one form each.
func foldNameRune(r rune) rune {
	switch r {
	case '•', '‧', '∙', '⋅', '・', '･', '．':
		return '·'
	case '’', '‘', '＇', 'ʼ':
		return '\''
	}
	switch {
	case unicode.Is(unicode.Zs, r):
		return ' '
	case isHyphen(r):
		return '-'
	case r >= 'Ａ' && r <= 'Ｚ', r >= 'ａ' && r <= 'ｚ':
		return r - 'Ａ' + 'A'
	}
	return r
}

// isHanzi takes the ideographs, not the radicals that look like them (U+2E80 to U+2FDF), and of the two ideographic planes
// every place: characters are added there faster than Go's tables follow, and GB 18030-2022 has them.
func isHanzi(r rune) bool {
	switch {
	case r < 0x3000:
		return false
	case r >= 0x20000 && r <= 0x3FFFD:
		return r&0xFFFF <= 0xFFFD
	}
	return unicode.Is(unicode.Han, r)
}

func isLatin(r rune) bool { return unicode.Is(unicode.Latin, r) }
