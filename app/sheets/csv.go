package sheets

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Encoding is how a CSV writes its characters.
type Encoding string

// The encodings: UTF-8 with and without its mark, what Chinese Excel calls CSV (GBK, of which GB 18030 is the whole), and
// what it calls Unicode text.
const (
	UTF8    Encoding = "utf-8"
	UTF8BOM Encoding = "utf-8-bom"
	GB18030 Encoding = "gb18030"
	UTF16   Encoding = "utf-16"
)

const bom = "\xEF\xBB\xBF"

// decode finds the encoding: a mark tells, else what is valid UTF-8 is, and all else is tried as GB 18030.
func decode(file []byte) (string, Encoding, error) {
	var from encoding.Encoding
	var name Encoding
	switch {
	case bytes.HasPrefix(file, []byte(bom)):
		if !utf8.Valid(file) {
			return "", "", unreadable("文件的编码有误，请另存为“CSV UTF-8”或者Excel工作簿（.xlsx）")
		}
		return string(file[len(bom):]), UTF8BOM, nil
	case bytes.HasPrefix(file, []byte{0xFF, 0xFE}), bytes.HasPrefix(file, []byte{0xFE, 0xFF}):
		from, name = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM), UTF16
	case utf8.Valid(file):
		return string(file), UTF8, nil
	default:
		from, name = simplifiedchinese.GB18030, GB18030
	}
	text, err := from.NewDecoder().Bytes(file)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return "", "", unreadable("文件的编码不能识别，请另存为“CSV UTF-8”或者Excel工作簿（.xlsx）")
	}
	return string(text), name, nil
}

// guardedNumber is how some systems write a number as text: ="0012".
var guardedNumber = regexp.MustCompile(`(?m)(^|[,;\t])="([^"\n]*)"`)

func readCSV(file []byte) (Sheet, error) {
	s := &Sheet{Format: CSV}
	text, name, err := decode(file)
	if err != nil {
		return *s, err
	}
	if strings.ContainsRune(text, 0) {
		return *s, unreadable("这不是表格文件，请上传Excel工作簿（.xlsx）或者CSV文件")
	}
	s.Encoding, s.Comma = name, separator(text)
	r := csv.NewReader(strings.NewReader(guardedNumber.ReplaceAllString(text, `$1"$2"`)))
	r.Comma, r.FieldsPerRecord = s.Comma, -1
	cells := 0
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return s.done()
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return *s, unreadable("第%d行的引号不成对，请改正，或者另存为Excel工作簿（.xlsx）", bad.Line)
		}
		if err != nil {
			return *s, fmt.Errorf("read a csv: %w", err)
		}
		line, _ := r.FieldPos(0)
		row := Row{No: line, Cells: make([]Cell, len(record))}
		for i, field := range record {
			row.Cells[i] = csvCell(field)
		}
		if cells += len(record); cells > maxCells {
			return *s, unreadable("文件太大，请分成几个文件")
		}
		if err := s.add(row); err != nil {
			return *s, err
		}
	}
}

func csvCell(field string) Cell {
	c := cellOf(unguard(clean(field)))
	if c.Problem == "" && scientific.MatchString(c.Text) {
		c.Problem = lostDigits
	}
	return c
}

// separator is what parts the fields of the first line: a comma, a tab or a semicolon.
func separator(text string) rune {
	line, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	best := ','
	for _, c := range "\t;" {
		if strings.Count(line, string(c)) > strings.Count(line, string(best)) {
			best = c
		}
	}
	return best
}

// WriteCSV writes rows as a CSV in an encoding; nothing in it starts a formula.
func WriteCSV(w io.Writer, name Encoding, comma rune, rows [][]string) error {
	to := encoding.Encoding(nil)
	switch name {
	case GB18030:
		to = simplifiedchinese.GB18030
	case UTF16:
		to = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case UTF8BOM:
		if _, err := io.WriteString(w, bom); err != nil {
			return err
		}
	}
	if to != nil {
		encoded := to.NewEncoder().Writer(w)
		w = encoded
		if c, ok := encoded.(io.Closer); ok {
			defer c.Close() //nolint:errcheck // nothing is kept back: whole characters are written
		}
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = comma, true
	for _, row := range rows {
		guarded := make([]string, len(row))
		for i, s := range row {
			guarded[i] = guard(s)
		}
		if err := out.Write(guarded); err != nil {
			return fmt.Errorf("write a csv: %w", err)
		}
	}
	out.Flush()
	return out.Error()
}
