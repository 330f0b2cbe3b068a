package sheets

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var blanks = strings.NewReplacer("\u00a0", " ", "\u3000", " ", "\ufeff", "", "\u200b", "", "\r\n", "\n", "\r", "\n")

// clean is what somebody meant to type: without blanks around it, no-break spaces as spaces, line breaks as one kind.
func clean(s string) string { return strings.TrimSpace(blanks.Replace(s)) }

// headerText also drops the marks of required columns.
func headerText(s string) string {
	s = strings.NewReplacer("*", "", "＊", "", "（必填）", "", "(必填)", "", "\n", "").Replace(clean(s))
	return strings.TrimSpace(s)
}

var (
	numeric    = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)
	scientific = regexp.MustCompile(`^-?[0-9](\.[0-9]+)?[eE]\+?[0-9]+$`)
	faulty     = regexp.MustCompile(`^#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!)$`)
)

const lostDigits = "数字超过15位，Excel已经丢失末尾的数字；请先把这一列设为“文本”格式，再重新填写"

// cellOf is a cell of text.
func cellOf(s string) Cell {
	s = clean(s)
	switch {
	case faulty.MatchString(s):
		return Cell{Text: s, Problem: "单元格里的公式有错误，请改为填写内容本身"}
	case utf8.RuneCountInString(s) > MaxText:
		return Cell{Text: string([]rune(s)[:MaxText]), Problem: "内容超过" + strconv.Itoa(MaxText) + "个字"}
	case strings.ContainsFunc(s, unprintable):
		return Cell{Text: strings.Map(dropUnprintable, s), Problem: "含有不可见的字符，已为您删去，请核对"}
	}
	return Cell{Text: s}
}

// numberOf is a cell that Excel keeps as a number: 15 digits at most are what was typed.
func numberOf(s string) Cell {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return cellOf(s)
	}
	if math.Abs(f) >= 1e15 {
		return Cell{Text: s, Problem: lostDigits}
	}
	return Cell{Text: strconv.FormatFloat(f, 'f', -1, 64)}
}

func unprintable(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' || r == 0xFFFD || r == 0xFFFE || r == 0xFFFF
}

func dropUnprintable(r rune) rune {
	if unprintable(r) {
		return -1
	}
	return r
}

// startsFormula tells what a spreadsheet would work out when a CSV with it is opened.
func startsFormula(s string) bool { return s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) }

// guard lets a text of a CSV start no formula; unguard takes that back. A number with a sign is no formula.
func guard(s string) string {
	if startsFormula(s) && !numeric.MatchString(s) {
		return "'" + s
	}
	return s
}

func unguard(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok {
		return rest // people type it too, to keep a number's digits
	}
	return s
}
