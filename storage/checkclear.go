package storage

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/valyala/fastjson"

	"baimi/domain"
)

var (
	idLike     = regexp.MustCompile(`(?:^|[^0-9A-Za-z])[0-9]{17}[0-9Xx](?:$|[^0-9A-Za-z])`)
	mobileLike = regexp.MustCompile(`(?:^|[^0-9A-Za-z+/])1[3-9][0-9]{9}(?:$|[^0-9A-Za-z+/=])`) // between letters it is a piece of a hash
)

// digitsOfMobile is how many digits beside each other the shorter of the two has: most words of an event have fewer.
const digitsOfMobile = 11

// opaque are the keys whose content is random or computed: a run of digits in it means nothing.
var opaque = map[string]bool{
	"ref": true, "refs": true, "commitment": true, "trackingHash": true, "file": true, "digest": true, "renditionDigest": true, "size": true, "renditionSize": true,
	"amount": true, "performedAmount": true,
}

// personalTexts are the texts of a case that must not be read in its events: those that are of ASCII alone, and the others,
// which no word of ASCII can hold.
type personalTexts struct{ ascii, others [][]byte }

func personalTextsOf(texts []string) (p personalTexts) {
	for _, t := range texts {
		switch {
		case tooShort(t):
		case isASCII([]byte(t)):
			p.ascii = append(p.ascii, []byte(t))
		default:
			p.others = append(p.others, []byte(t))
		}
	}
	return p
}

func (p personalTexts) in(word []byte) bool {
	held := func(t []byte) bool { return len(t) <= len(word) && bytes.Contains(word, t) }
	return slices.ContainsFunc(p.ascii, held) || !isASCII(word) && slices.ContainsFunc(p.others, held)
}

// clearCheck looks for personal values in the events of a case: by form, and by its very texts.
type clearCheck struct {
	k     *checker
	texts personalTexts
	where string
	seq   int // of the event that is looked at
}

// checkClear looks at every word and key of each event that is no reference, hash or sum.
func (k *checker) checkClear(events []domain.Event, patches *domain.Patches, texts []string, where string) {
	c := clearCheck{k: k, texts: personalTextsOf(texts), where: where}
	for i, e := range events {
		c.seq = e.Seq
		if doc, err := patches.Doc(i); err == nil {
			c.walk(doc)
		} else {
			c.look([]byte(e.Data)) // no JSON: all of it is looked at, and the fold says the rest
		}
		c.look([]byte(e.Reason))
	}
}

func (c *clearCheck) walk(v *fastjson.Value) {
	switch v.Type() {
	case fastjson.TypeObject:
		v.GetObject().Visit(func(key []byte, y *fastjson.Value) {
			c.look(key)
			if !opaque[string(key)] {
				c.walk(y)
			}
		})
	case fastjson.TypeArray:
		for _, y := range v.GetArray() {
			c.walk(y)
		}
	case fastjson.TypeString:
		c.look(v.GetStringBytes())
	case fastjson.TypeNumber:
		c.look(v.MarshalTo(nil)) // as it was written
	}
}

func (c *clearCheck) look(word []byte) {
	long := longestRun(word) >= digitsOfMobile
	switch {
	case long && idLike.Match(word):
		c.k.found(FoundClear, c.where, "event %d shows what looks like an identity number", c.seq)
	case long && mobileLike.Match(word):
		c.k.found(FoundClear, c.where, "event %d shows what looks like a mobile number", c.seq)
	case c.texts.in(word):
		c.k.found(FoundClear, c.where, "event %d shows a personal value of this case", c.seq)
	}
}

// longestRun is how many digits stand beside each other at most.
func longestRun(word []byte) (most int) {
	n := 0
	for _, b := range word {
		if '0' <= b && b <= '9' {
			n++
			most = max(most, n)
		} else {
			n = 0
		}
	}
	return most
}

func isASCII(word []byte) bool {
	return !slices.ContainsFunc(word, func(b byte) bool { return b >= utf8.RuneSelf })
}

// tooShort tells whether a text would be met by chance among code words: Latin letters and digits need six.
func tooShort(text string) bool {
	n := utf8.RuneCountInString(text)
	if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		return n < 2
	}
	return n < 6
}
