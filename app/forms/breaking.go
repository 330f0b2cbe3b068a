package forms

import (
	"strings"
	"unicode"
)

// What may not begin and what may not end a line (GB/T 15834, the usual 禁则).
const (
	noStart = "，。、；：？！）》〉」』】〕”’…—·％℃)]%"
	noEnd   = "（《〈「『【〔“‘(["
)

// words splits a text where a line may end: Chinese characters each for itself, letters and digits of one word together.
func words(s string) []string {
	var out []string
	var run strings.Builder
	end := func() {
		if run.Len() > 0 {
			out = append(out, run.String())
			run.Reset()
		}
	}
	for _, r := range s {
		if r < 0x2000 && !unicode.IsSpace(r) {
			run.WriteRune(r)
			continue
		}
		end()
		out = append(out, string(r))
	}
	end()
	return out
}

// lines breaks one paragraph into lines of words no wider than the given width, the first shorter by the indent. A word
// wider than a whole line, a long number or address, is cut anywhere.
func lines(measure func(string) float64, s string, width, indent float64) [][]string {
	var out [][]string
	var line []string
	x := indent
	for _, w := range cutWide(measure, words(s), width) {
		ww := measure(w)
		if x+ww > width+0.01 && len(line) > 0 {
			kept, carried := carry(line, w)
			out = append(out, kept)
			line, x = carried, 0
			for _, c := range carried {
				x += measure(c)
			}
		}
		line, x = append(line, w), x+ww
	}
	return append(out, line)
}

func cutWide(measure func(string) float64, in []string, width float64) []string {
	var out []string
	for _, w := range in {
		if measure(w) > width {
			out = append(out, strings.Split(w, "")...)
		} else {
			out = append(out, w)
		}
	}
	return out
}

// carry decides what of a full line goes down with the next word: something before a mark that may not begin a line, and
// every mark that may not end one.
func carry(line []string, next string) (kept, down []string) {
	n := len(line)
	if strings.Contains(noStart, next) {
		for n > 1 {
			n--
			if !strings.Contains(noStart, line[n]) {
				break
			}
		}
	}
	for n > 1 && strings.Contains(noEnd, line[n-1]) {
		n--
	}
	return line[:n], append([]string(nil), line[n:]...)
}
