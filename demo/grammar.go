package demo

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// story is a kind of quarrel as people tell it, with the ways it varies: {甲} and {乙} are the parties, {物} one of its things
// (the same in every text), {元} the sum, {亲} and {岁} see kin.go, and of [a|b|c] one is taken.
type story struct {
	kind    string // of the ministry's 18
	weight  int    // beside the others
	rural   int    // 1 in villages alone, -1 in town alone
	season  season
	company string // the other side is an organisation: [a|b] of names
	things  string // a|b|c
	facts   string
	wish    string
	terms   string
	duty    string // what is to be done; "" for an agreement without performance
	debtor  int    // number of the party who owes; 2 when left out
	low     int    // yuan; 0 for a duty that is no payment
	high    int
	private bool // of a family's life, a minor, a patient
	kin     int  // how the parties are related
	child   bool // {甲} is a child
	many    bool // a crowd may stand behind it
}

// stories has every type of dispute; how often each comes is by its weight.
var stories = slices.Concat(commonStories, moreStories)

// formal tells that an agreement must be in writing: labour and medical disputes.
func (s story) formal() bool { return s.kind == "10" || s.kind == "11" || s.kind == "15" }

// season is when a kind of quarrel is frequent.
type season int

const (
	allYear   season = iota
	harvest          // May, June; September, October
	newYear          // the weeks before the Spring Festival
	summer           // rain and heat
	gathering        // around the festival, when families are together
)

// factor is how much more often a quarrel of a season comes in a month.
func (s season) factor(month int) float64 {
	table := map[season][12]float64{
		allYear:   {1.1, 0.7, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1.1},
		harvest:   {0.6, 0.5, 1.2, 1, 1.8, 1.9, 0.8, 0.8, 1.7, 1.6, 0.9, 0.6},
		newYear:   {3.4, 1.2, 0.6, 0.6, 0.7, 0.8, 0.8, 0.8, 0.9, 1, 1.2, 2.2},
		summer:    {0.5, 0.5, 0.7, 0.9, 1.3, 1.6, 2.1, 2, 1.2, 0.8, 0.6, 0.5},
		gathering: {1.6, 1.8, 1.1, 0.9, 0.9, 0.9, 0.9, 0.9, 1, 1.2, 0.9, 1},
	}
	return table[s][month-1]
}

// expand takes one of each [a|b|c].
func expand(rnd *rand.Rand, s string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(s, "[")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		choices, after, _ := strings.Cut(rest, "]")
		out.WriteString(pick(rnd, strings.Split(choices, "|")))
		s = after
	}
}

// opening says since when, where that goes with the kind of quarrel: what happened once, or what goes on.
func (s story) opening() string {
	switch s.kind {
	case "06", "16", "18":
		return "[近日，|前几天，|一周前，|半个月前，|上周末，|||]"
	case "02", "09", "17":
		return "[上个月以来，|近两个月，|今年以来，|近段时间，||||]"
	}
	return ""
}

// closing, meeting and parting stand around the texts of every story.
const (
	closing = "[经村组干部劝说未果。|网格员到场劝解后，双方同意调解。|双方为此多次争吵，关系紧张。|双方情绪一度激动，未发生肢体冲突。|" +
		"邻居劝过两次，仍谈不拢。|双方各执一词。|现请调委会出面调解。|家属也参与进来，矛盾有扩大的苗头。||||]"
	meeting = "[经调解员耐心劝导，|经现场查看、背靠背做工作，|经讲解相关法律规定，|双方互相谅解，|]"
	parting = "[双方握手言和。|双方表示今后和睦相处。|双方再无其他争议。|今后遇事先协商。|]"
)
