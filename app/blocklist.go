package app

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
	"unicode"
)

// The blocklist refuses what is guessed first, as NIST SP 800-63B asks: words of leaked lists, the habits of those who
// type here (woaini1314, zhangwei123, a phone number), runs along the keyboard, and repetition. It asks for no mixture of
// character classes, which makes passwords worse.

//go:embed blocklist.txt
var blocklist string

var commonWords = sync.OnceValue(func() map[string]bool {
	words := map[string]bool{}
	for line := range strings.Lines(blocklist) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			words[line] = true
		}
	}
	return words
})

// syllable is a syllable of pinyin without its tone. It lets through some that no dictionary has, which only makes the
// check a little stricter.
const syllable = `(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uan|uai|ai|ei|ui|ao|ou|iu|ie|ue|ve|er|an|en|in|un|vn|ia|ua|uo|a|o|e|i|u|v))`

var (
	pinyin = regexp.MustCompile(`^` + syllable + `{1,4}$`)
	// habitual are the digits that people add: years, days, love and luck, runs and repeats.
	habitual = regexp.MustCompile(`^(?:19\d\d|20\d\d)?(?:0[1-9]|1[0-2])?(?:[0-2]\d|3[01])?$|^(?:1314|520|521|5201314|1314520|168|518|588|666|888|110|119|120|123|321|12345|54321|0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)+$`)
	oneWord  = regexp.MustCompile(`^[^a-z]*[a-z]*[^a-z]*$`)
	digits   = regexp.MustCompile(`^[0-9]+$`)
)

// guessable says why a password would be guessed early, "" for one that would not.
func guessable(password string) string {
	p := strings.ToLower(password)
	if digits.MatchString(p) {
		return "密码不能只用数字：电话、生日、证件号最先被猜到"
	}
	if repeats(p) {
		return "密码不能由同一小段重复而成"
	}
	if rest := withoutRuns(p); len(rest) < 4 {
		return "密码不能是键盘上或者字母表里连续的字符"
	}
	letters := strings.Map(keep(unicode.IsLetter), unleet(p))
	added := strings.Map(keep(unicode.IsDigit), p)
	plain := strings.Map(keep(unicode.IsLetter), p)
	if common(letters) || common(plain) {
		return "密码太常见，请换一个。可以用几个互不相关的词连成一句"
	}
	if oneWord.MatchString(p) && (pinyin.MatchString(plain) || len(plain) <= 2) && (habitual.MatchString(added) || withoutRuns(added) == "") {
		return "拼音、姓名加常用数字太容易猜，请换一个"
	}
	return ""
}

// common tells whether the letters are a word of the list, or two.
func common(letters string) bool {
	words := commonWords()
	if words[letters] {
		return true
	}
	for i := 3; i+3 <= len(letters); i++ {
		if words[letters[:i]] && words[letters[i:]] {
			return true
		}
	}
	return false
}

func keep(f func(rune) bool) func(rune) rune {
	return func(r rune) rune {
		if f(r) {
			return r
		}
		return -1
	}
}

var leet = strings.NewReplacer("@", "a", "4", "a", "3", "e", "1", "i", "!", "i", "0", "o", "$", "s", "5", "s", "7", "t")

// unleet reads p@ssw0rd as password. Digits at the end were added, not put for letters.
func unleet(p string) string {
	head := strings.TrimRight(p, "0123456789!@#$%^&*._- ")
	return leet.Replace(head)
}

// repeats tells that the text is one short piece again and again.
func repeats(p string) bool {
	for n := 1; n <= 4 && 2*n <= len(p); n++ {
		if strings.HasPrefix(strings.Repeat(p[:n], len(p)/n+1), p) {
			return true
		}
	}
	return false
}

// rows are the runs that fingers make.
var rows = []string{
	"1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "0123456789",
	"1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p", "!@#$%^&*()", "qazwsxedcrfvtgbyhnujmikolp", "147258369", "159357",
}

// withoutRuns takes out every run of four and more along a row, forwards or backwards.
func withoutRuns(p string) string {
	for i := 0; i+4 <= len(p); {
		n := run(p[i:])
		if n < 4 {
			i++
			continue
		}
		p = p[:i] + p[i+n:]
	}
	return p
}

// run is the longest beginning of p along one row.
func run(p string) int {
	longest := 0
	for _, row := range rows {
		for _, r := range []string{row, reversed(row)} {
			n := 0
			for n < len(p) && n < len(r) && strings.Contains(r, p[:n+1]) {
				n++
			}
			longest = max(longest, n)
		}
	}
	return longest
}

func reversed(s string) string {
	b := []byte(s)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}
