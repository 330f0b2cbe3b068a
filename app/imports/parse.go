package imports

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"baimi/domain"
	"baimi/domain/calendar"
)

// The readers of cells: each gives the text as it is kept, or in Chinese what is wrong and what would be right.

func anyText(most int) func(c *cellReader) (string, string) {
	return func(c *cellReader) (string, string) {
		text := strings.Join(strings.Fields(c.text), " ")
		if n := utf8.RuneCountInString(text); n > most {
			return "", "最多" + strconv.Itoa(most) + "个字，现有" + strconv.Itoa(n) + "个"
		}
		return text, ""
	}
}

// areaName is a name of a place or an office: it is printed, so it starts no formula and has no line breaks.
func placeName(c *cellReader) (string, string) {
	text, wrong := anyText(100)(c)
	if wrong == "" && strings.ContainsAny(text[:1], "=+-@") {
		return "", "名称不能以“" + text[:1] + "”开头"
	}
	return text, wrong
}

var areaCodeForm = regexp.MustCompile(`^[0-9]{6,24}$`)

func areaCode(c *cellReader) (string, string) {
	code := halfWidth(c.text)
	if !areaCodeForm.MatchString(code) {
		return "", "应为6至24位数字，例如510185102；请把这一列设为“文本”格式"
	}
	return code, ""
}

var ownCodeForm = regexp.MustCompile(`^[0-9A-Z][0-9A-Z-]{0,31}$`)

func ownCode(c *cellReader) (string, string) {
	code := strings.ToUpper(halfWidth(c.text))
	if !ownCodeForm.MatchString(code) {
		return "", "应为1至32位数字、字母或者“-”，例如JY-0102"
	}
	return code, ""
}

// halfWidth takes the digits, letters and hyphens of Chinese keyboards for the plain ones.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '—', r == '–', r == '－':
			return '-'
		case r == ' ':
			return -1
		}
		return r
	}, s)
}

var (
	serialForm  = regexp.MustCompile(`^[0-9]{4,5}(\.[0-9]+)?$`)
	compactForm = regexp.MustCompile(`^[0-9]{8}$`)
	dateForm    = regexp.MustCompile(`^([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?( 0{1,2}:00(:00)?)?$`)
)

const dateWanted = "日期不对，应为2026-03-02这样的日期"

// day reads a day as people and Excel write it: 2026-3-2, 2026/3/2, 2026年3月2日, 20260302, and Excel's own count of days.
func day(c *cellReader) (string, string) {
	text := halfWidth(strings.TrimSpace(c.text))
	var d calendar.Date
	var err error
	switch m := dateForm.FindStringSubmatch(strings.TrimSpace(c.text)); {
	case m != nil:
		d, err = calendar.ParseDate(m[1] + "-" + twoDigits(m[2]) + "-" + twoDigits(m[3]))
	case compactForm.MatchString(text):
		d, err = calendar.ParseDate(text[:4] + "-" + text[4:6] + "-" + text[6:])
	case serialForm.MatchString(text):
		var n float64
		var at time.Time
		if n, err = strconv.ParseFloat(text, 64); err == nil {
			if at, err = excelize.ExcelDateToTime(n, c.date1904); err == nil {
				d = calendar.DateOf(time.Date(at.Year(), at.Month(), at.Day(), 12, 0, 0, 0, calendar.Shanghai))
			}
		}
	default:
		return "", dateWanted
	}
	if err != nil || d.Year() < 1950 || d.Year() > 2199 {
		return "", dateWanted
	}
	return d.String(), ""
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

// pastDay is a day that is not ahead.
func pastDay(c *cellReader) (string, string) {
	text, wrong := day(c)
	if wrong == "" && text > c.today.String() {
		return "", "不能晚于今天（" + c.today.String() + "）"
	}
	return text, wrong
}

func coordinate(least, most float64, example string) func(c *cellReader) (string, string) {
	return func(c *cellReader) (string, string) {
		f, err := strconv.ParseFloat(halfWidth(c.text), 64)
		if err != nil || f < least || f > most || math.IsNaN(f) {
			return "", "应为十进制的度数，例如" + example
		}
		return strconv.FormatFloat(f, 'f', -1, 64), ""
	}
}

func metres(c *cellReader) (string, string) {
	n, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSuffix(halfWidth(c.text), "米"), "m"), 64)
	if err != nil || n < 0 || n > 100000 {
		return "", "应为米数，例如10"
	}
	return strconv.Itoa(int(math.Ceil(n))), ""
}

func personName(c *cellReader) (string, string) {
	name, err := domain.ParseCivilName(c.text, domain.Natural)
	if err != nil {
		return "", messageOf(err)
	}
	return name, ""
}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._-]{2,63}$`)

func login(c *cellReader) (string, string) {
	name := strings.ToLower(halfWidth(c.text))
	if !loginForm.MatchString(name) {
		return "", "应为3至64位小写字母、数字、“.”“-”“_”，以字母或数字开头"
	}
	return name, ""
}

var yesNo = []choice{{"是", "true"}, {"否", "false"}}
