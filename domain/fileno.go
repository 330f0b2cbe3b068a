package domain

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// The words of file numbers (卷号), chosen per committee: the printed form of the ministry says 人调字, a common local
// variant 民调字.
const (
	FileWordRen = "人调字"
	FileWordMin = "民调字"
)

// FileNo is the number of a case file by the template （{yyyy}）{short}{word}第{n}号, for example （2026）简城人调字第12号: the
// year of acceptance in China, the committee's short name, its word and its running number in that year. The number is
// given at acceptance, without gaps, and never reused.
func FileNo(year int, short, word string, n int) string {
	return fmt.Sprintf("（%04d）%s%s第%d号", year, short, word, n)
}

// FileNoParts is a file number taken apart.
type FileNoParts struct {
	Year        int
	Short, Word string
	N           int
}

// Imported ledgers write the brackets in both widths and pad the number with zeros or spaces.
var fileNoForm = regexp.MustCompile(`^[（(〔\[](\d{4})[）)〕\]](.{0,40}?)(人调字|民调字)第0*([1-9]\d{0,8})号$`)

// ParseFileNo reads a file number of an imported ledger, so that the committee's counter starts after the highest (ruling
// P5); the imported number itself is kept as it was written. ok is false for anything else.
func ParseFileNo(s string) (p FileNoParts, ok bool) {
	m := fileNoForm.FindStringSubmatch(strings.Join(strings.Fields(s), ""))
	if m == nil {
		return p, false
	}
	year, err1 := strconv.Atoi(m[1])
	n, err2 := strconv.Atoi(m[4])
	return FileNoParts{Year: year, Short: m[2], Word: m[3], N: n}, err1 == nil && err2 == nil
}
