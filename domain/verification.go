package domain

import (
	"fmt"
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// VerificationCode stands on a written agreement (核验码): four digits of the county, 13 random characters, a check character.
// Whoever holds the paper can ask with it whether the agreement is what it says; it tells nothing by itself, so it is stored
// as it is, to be printed again.
type VerificationCode string

const (
	verificationRandom = 13 // 31¹³ ≈ 2⁶⁴
	verificationLength = codeCounty + verificationRandom + 1
)

// NewVerificationCode draws a code for a county (1 to 9999); rnd must be unpredictable (crypto/rand). Errors are internal.
func NewVerificationCode(county int16, rnd io.Reader) (VerificationCode, error) {
	code, err := newCode(county, verificationRandom, rnd)
	return VerificationCode(code), err
}

// ParseVerificationCode reads a code as tolerantly as ParseDemandNo reads a number.
func ParseVerificationCode(s string) (VerificationCode, error) {
	code, err := parseCode(s, verificationLength, "核验码")
	return VerificationCode(code), err
}

// County is the county's number, which says where to look the agreement up; 0 for what is no code.
func (v VerificationCode) County() int16 { return countyOf(string(v)) }

// Print groups the code for paper: 0001-7KMP2-WXYCA-BCDE.
func (v VerificationCode) Print() string { return group(string(v), 4, 5, 5) }

// Standing is what the public is told of an agreement, by its code.
type Standing string

// The standings.
const (
	StandingValid      Standing = "valid"        // 有效
	StandingSuperseded Standing = "superseded"   // 已被新的协议代替
	StandingWithdrawn  Standing = "withdrawn"    // 已变更、撤销、确认无效或者作废
	StandingNotInForce Standing = "not_in_force" // 尚未生效，或者未生效即放弃
	StandingRestricted Standing = "restricted"   // 案件查阅受限（产品规定P14）
)

// Standings lists them with what they are called.
var Standings = []struct {
	Standing Standing
	Name     string
}{
	{StandingValid, "有效"},
	{StandingSuperseded, "已被新的协议代替"},
	{StandingWithdrawn, "已失效"},
	{StandingNotInForce, "未生效"},
	{StandingRestricted, "查阅受限"},
}

// Name is the standing in Chinese; of an unknown word, the word.
func (s Standing) Name() string {
	for _, x := range Standings {
		if x.Standing == s {
			return x.Name
		}
	}
	return string(s)
}

// PublicStanding is what the public is told of one of the case's agreements. Of a case that only a logged request opens (ruling
// P14) it tells nothing but that.
func (c *Case) PublicStanding(g Agreement) Standing {
	switch {
	case c.Confidentiality == Restricted:
		return StandingRestricted
	case g.EffectiveOn == nil:
		return StandingNotInForce
	case c.Status == StatusVoid:
		return StandingWithdrawn
	case g.InForce():
		return StandingValid
	case g.Status == AgreementChanged && c.ReplacedBy(g) != nil:
		return StandingSuperseded
	}
	return StandingWithdrawn
}

// Replaces is the agreement whose place another takes or would take: the last before it that had taken effect; nil when it is the first.
func (c *Case) Replaces(g Agreement) *Agreement {
	for i := g.No - 2; i >= 0; i-- {
		if x := &c.Agreements[i]; x.EffectiveOn != nil {
			return x
		}
	}
	return nil
}

// ReplacedBy is the agreement that took its place; nil while none did.
func (c *Case) ReplacedBy(g Agreement) *Agreement {
	for i := g.No; i < len(c.Agreements); i++ {
		if x := &c.Agreements[i]; x.EffectiveOn != nil {
			return x
		}
	}
	return nil
}

// The headings over the two parts of the text; who copies the text from paper may copy them or not.
const (
	headingTerms  = "经调解，自愿达成如下协议："
	headingDuties = "履行方式、时限："
)

// AgreementText is what an agreement says, as its paper prints it: the terms, then each duty. It is kept with the agreement
// from the day it takes effect, so that a paper can be compared with it even after the program prints otherwise.
func (c *Case) AgreementText(g Agreement) string {
	return g.Terms.Reveal() + "\n" + Numbered(c.Duties(g))
}

// Numbered writes 1. 2. 3.; one alone stands without a number.
func Numbered(items []string) string {
	if len(items) == 1 {
		return items[0]
	}
	lines := make([]string, len(items))
	for i, s := range items {
		lines[i] = fmt.Sprintf("%d. %s", i+1, s)
	}
	return strings.Join(lines, "\n")
}

// SameText tells whether two texts of an agreement say the same, character by character: full-width and half-width letters,
// digits and signs are one, white space, line breaks, invisible characters and the two headings do not count.
func SameText(a, b string) bool { return canonicalText(a) == canonicalText(b) }

func canonicalText(s string) string {
	s = norm.NFKC.String(CleanText(s))
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
	for _, heading := range []string{headingTerms, headingDuties} {
		s = strings.Replace(s, norm.NFKC.String(heading), "", 1)
	}
	return s
}
