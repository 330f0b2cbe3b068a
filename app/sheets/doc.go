// Package sheets reads and writes tables as offices keep them: XLSX, and CSV in the encodings that Chinese Excel makes. What
// stands in a file is text and nothing else: no formula is ever worked out, a number that Excel has cut short is told of
// rather than taken, and what is written starts no formula where it is opened.
package sheets

import (
	"bytes"

	"baimi/domain"
)

// Format is a kind of file.
type Format string

// The formats.
const (
	XLSX Format = "xlsx"
	CSV  Format = "csv"
)

// Media is the format's name in HTTP.
func (f Format) Media() string {
	switch f {
	case CSV:
		return "text/csv"
	case JSON:
		return "application/json"
	}
	return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}

// The limits of what is read.
const (
	MaxFile     = 20 << 20  // bytes of a file
	maxUnzipped = 160 << 20 // bytes of what is packed in an XLSX
	maxEntries  = 2000      // files packed in an XLSX
	MaxRows     = 50_000    // below the header
	maxColumns  = 100
	maxCells    = 1_000_000
	MaxText     = 4000 // characters of a cell
)

// Sheet is a table with its header, the first row that is not empty.
type Sheet struct {
	Format   Format
	Encoding Encoding // of a CSV
	Comma    rune     // of a CSV
	Date1904 bool     // days are counted from 1904 (files of old Macs)
	Header   []string
	Codes    []string // of a JSON: the columns' codes
	Rows     []Row    // without the empty ones
}

// Row is a row as it stands in the file.
type Row struct {
	No    int // as Excel numbers it; in a CSV the line it begins on
	Cells []Cell
}

// Cell is what stands in a cell. Problem says in Chinese why the text cannot be what was meant.
type Cell struct {
	Text    string
	Problem string
}

// At is a cell of a row, which may end before it.
func (r Row) At(i int) Cell {
	if i < 0 || i >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[i]
}

func (r Row) empty() bool {
	for _, c := range r.Cells {
		if c.Text != "" {
			return false
		}
	}
	return true
}

func unreadable(format string, args ...any) error {
	return domain.Errorf(domain.CodeInvalid, format, args...)
}

// Read reads a file of either format; which one, its first bytes tell. Every error is a refusal in Chinese.
func Read(file []byte) (Sheet, error) {
	if len(file) > MaxFile {
		return Sheet{}, unreadable("文件不能超过%dMB，请分成几个文件", MaxFile>>20)
	}
	switch kind := sniff(file); kind {
	case "zip":
		return readXLSX(file)
	case "old":
		return Sheet{}, unreadable("这是旧版Excel（.xls）或者加了密码的文件，请在Excel中另存为不加密的“Excel工作簿（.xlsx）”")
	case "json":
		return readJSON(file)
	case "empty":
		return Sheet{}, unreadable("文件是空的")
	}
	return readCSV(file)
}

func sniff(file []byte) string {
	has := func(magic string) bool { return len(file) >= len(magic) && string(file[:len(magic)]) == magic }
	switch {
	case len(file) == 0:
		return "empty"
	case has("PK\x03\x04"):
		return "zip"
	case has("\xD0\xCF\x11\xE0"):
		return "old"
	}
	if text := bytes.TrimLeft(file, "\xEF\xBB\xBF \t\r\n"); len(text) > 0 && text[0] == '{' {
		return "json"
	}
	return "text"
}

// add puts a row to a sheet: the first one that is not empty is the header.
func (s *Sheet) add(r Row) error {
	if r.empty() {
		return nil
	}
	if len(r.Cells) > maxColumns {
		return unreadable("第%d行超过%d列，请删去多余的列", r.No, maxColumns)
	}
	if s.Header == nil {
		for _, c := range r.Cells {
			s.Header = append(s.Header, headerText(c.Text))
		}
		return nil
	}
	if len(s.Rows) == MaxRows {
		return unreadable("一个文件最多%d行，请分成几个文件", MaxRows)
	}
	s.Rows = append(s.Rows, r)
	return nil
}

func (s *Sheet) done() (Sheet, error) {
	if s.Header == nil {
		return *s, unreadable("文件里没有内容")
	}
	return *s, nil
}
