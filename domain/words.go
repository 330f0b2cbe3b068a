package domain

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Chinese writes no spaces between words, and half of what people look for has two characters (婚姻, 赡养). So texts are
// compared and looked up by their pairs of neighbouring characters.

// numberRun is how many digits in a row are somebody's number, not a count: their pairs are left out, so that telephone
// and identity numbers that slipped into a text are not looked up by pieces.
const numberRun = 6

// plainText brings a text to the form it is compared in: letters, digits and Chinese characters, full-width ones to ASCII
// and all in lower case, everything between them one space.
func plainText(s string) string {
	var b strings.Builder
	gap := false
	for _, r := range s {
		if r >= '！' && r <= '～' {
			r -= '！' - '!'
		}
		switch {
		case unicode.Is(unicode.Cf, r):
		case unicode.IsLetter(r), unicode.IsDigit(r), isHanzi(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		default:
			gap = true
		}
	}
	return b.String()
}

// Bigrams are the pairs of neighbouring characters of the texts, each once, sorted.
func Bigrams(texts ...string) []string {
	var all []string
	for _, t := range texts {
		for run := range strings.FieldsSeq(plainText(t)) {
			all = append(all, bigramsOf([]rune(run))...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func bigramsOf(run []rune) []string {
	var pairs []string
	digits := 0 // of the run of digits that ends at i-1
	for i, r := range run {
		switch {
		case !unicode.IsDigit(r):
			digits = 0
		case digits == 0:
			for digits = 1; i+digits < len(run) && unicode.IsDigit(run[i+digits]); digits++ {
			}
		}
		if i+1 < len(run) && (digits < numberRun || !unicode.IsDigit(run[i+1])) {
			pairs = append(pairs, string(run[i:i+2]))
		}
	}
	return pairs
}

// Words are what somebody looks for in a text: each of them must stand in it.
type Words []string

// maxWords bounds what one search compares.
const maxWords = 8

// ParseWords reads words of two characters and more, parted by spaces or signs. The error is an *Error in Chinese.
func ParseWords(s string) (Words, error) {
	w := Words(strings.Fields(plainText(s)))
	if len(w) == 0 && !blank(s) {
		return nil, Errorf(CodeInvalid, "请输入要查找的词")
	}
	if len(w) > maxWords {
		return nil, Errorf(CodeInvalid, "一次最多查找%d个词", maxWords)
	}
	for _, x := range w {
		if utf8.RuneCountInString(x) < 2 {
			return nil, Errorf(CodeInvalid, "请输入两个字以上的词，“%s”只有一个字", x)
		}
		if len(bigramsOf([]rune(x))) == 0 {
			return nil, Errorf(CodeInvalid, "号码不能作为词查找，请在“编号”或者“当事人”中查找")
		}
	}
	slices.Sort(w)
	return slices.Compact(w), nil
}

// In tells whether every word stands in one of the texts.
func (w Words) In(texts ...string) bool {
	plain := make([]string, len(texts))
	for i, t := range texts {
		plain[i] = plainText(t)
	}
	for _, x := range w {
		if !slices.ContainsFunc(plain, func(t string) bool { return strings.Contains(t, x) }) {
			return false
		}
	}
	return true
}

// Likeness is how much of two texts is the same, 0 to 1: twice the shared pairs of characters by all pairs of both (the
// coefficient of Dice). Texts of a few words are like nothing.
func Likeness(a, b string) float64 {
	const few = 4
	x, y := Bigrams(a), Bigrams(b)
	if len(x) < few || len(y) < few {
		return 0
	}
	shared := 0
	for _, pair := range x {
		if _, ok := slices.BinarySearch(y, pair); ok {
			shared++
		}
	}
	return 2 * float64(shared) / float64(len(x)+len(y))
}
