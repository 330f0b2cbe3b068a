package sheets_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"baimi/app/sheets"
	"baimi/domain"
)

func read(t *testing.T, file []byte) sheets.Sheet {
	t.Helper()
	s, err := sheets.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// rows is a sheet as lines, with | between the cells.
func rows(s sheets.Sheet) []string {
	out := []string{strings.Join(s.Header, "|")}
	for _, r := range s.Rows {
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, c.Text)
		}
		out = append(out, strings.Join(cells, "|"))
	}
	return out
}

const plain = "姓名*,证号（必填）\r\n张三丰,510185199003070013\r\n,\r\n\"李,四\",'0012\r\n"

func TestCSVInEveryEncodingThatExcelMakes(t *testing.T) {
	t.Parallel()
	gbk, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(plain))
	if err != nil {
		t.Fatal(err)
	}
	rare, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(strings.ReplaceAll(plain, "丰", "𠮷")))
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(strings.ReplaceAll(plain, ",", "\t")))
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[sheets.Encoding][]byte{
		sheets.UTF8: []byte(plain), sheets.UTF8BOM: []byte("\xEF\xBB\xBF" + plain), sheets.GB18030: gbk, sheets.UTF16: utf16, "": rare,
	} {
		s := read(t, x)
		if name != "" && s.Encoding != name {
			t.Errorf("%s was taken for %s", name, s.Encoding)
		}
		got := strings.Join(rows(s), "\n")
		want := "姓名|证号\n张三丰|510185199003070013\n李,四|0012"
		switch name {
		case "":
			want = strings.ReplaceAll(want, "丰", "𠮷")
		case sheets.UTF16:
			want = strings.ReplaceAll(want, "李,四", "李\t四")
		}
		if got != want || s.Rows[1].No != 4 {
			t.Errorf("%s: %q, row %d", name, got, s.Rows[1].No)
		}
		// and back again, byte for byte in the same encoding
		var out bytes.Buffer
		if err := sheets.WriteCSV(&out, s.Encoding, s.Comma, [][]string{{"姓名"}, {"=1+1"}, {"-5"}}); err != nil {
			t.Fatal(err)
		}
		if again := read(t, out.Bytes()); strings.Join(rows(again), "\n") != "姓名\n=1+1\n-5" || again.Encoding != s.Encoding {
			t.Errorf("%s came back as %v in %s", name, rows(again), again.Encoding)
		}
	}
}

func TestNothingWrittenStartsAFormula(t *testing.T) {
	t.Parallel()
	wild := []string{"=cmd|'/c calc'!A1", "+1+1", "-2+3", "@SUM(A1)", "=HYPERLINK(\"http://x\")", "-5"}
	var out bytes.Buffer
	if err := sheets.WriteCSV(&out, sheets.UTF8BOM, ',', [][]string{{"甲", "乙", "丙", "丁", "戊", "己"}, wild}); err != nil {
		t.Fatal(err)
	}
	for _, field := range strings.Split(strings.Split(out.String(), "\r\n")[1], ",") {
		if field = strings.Trim(field, `"`); strings.ContainsAny(field[:1], "=+@") {
			t.Errorf("%q starts a formula", field)
		}
	}
	out.Reset()
	page := sheets.Page{Name: "表", Columns: make([]sheets.Column, len(wild)), Rows: [][]string{wild}}
	for i := range page.Columns {
		page.Columns[i].Header = string(rune('甲' + i))
	}
	if err := sheets.WriteXLSX(&out, 10, page); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close() //nolint:errcheck // a workbook in memory
	for i, want := range wild {
		at, err := excelize.CoordinatesToCellName(i+1, 2)
		if err != nil {
			t.Fatal(err)
		}
		formula, err := book.GetCellFormula("表", at)
		if err != nil || formula != "" {
			t.Errorf("%s holds the formula %q (%v)", at, formula, err)
		}
		if got, err := book.GetCellValue("表", at); err != nil || got != want {
			t.Errorf("%s: %q %v", at, got, err)
		}
	}
	if got := rows(read(t, out.Bytes()))[1]; got != strings.Join(wild, "|") {
		t.Errorf("read back: %s", got)
	}
}

// workbook makes an XLSX as Excel would: numbers as numbers.
func workbook(t *testing.T, cells map[string]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close() //nolint:errcheck // a workbook in memory
	for at, v := range cells {
		if f, ok := v.(formula); ok {
			if err := book.SetCellFormula("Sheet1", at, string(f)); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := book.SetCellValue("Sheet1", at, v); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := book.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

type formula string

func TestLongNumbersAreKeptOrRefusedNeverChanged(t *testing.T) {
	t.Parallel()
	s := read(t, workbook(t, map[string]any{
		"A1": "证号", "B1": "数", "C1": "算式",
		"A2": "510185199003070013", "B2": 510185199003070013, "C2": formula("1+1"),
		"A3": "00123", "B3": 123456789012345, "C3": "=1+1",
		"A4": "5.1E+17", "B4": 5.10185199003070e17, "C4": "#N/A",
		"A5": "13800138000", "B5": 30.411,
	}))
	if s.Rows[0].At(0).Text != "510185199003070013" || s.Rows[0].At(0).Problem != "" {
		t.Errorf("text of 18 digits: %+v", s.Rows[0].At(0))
	}
	for row, want := range map[int]bool{0: true, 1: false, 2: true, 3: false} {
		if c := s.Rows[row].At(1); (c.Problem != "") != want || want && !strings.Contains(c.Problem, "丢失") {
			t.Errorf("number in row %d: %+v", row, c)
		}
	}
	if s.Rows[1].At(0).Text != "00123" || s.Rows[1].At(1).Text != "123456789012345" || s.Rows[3].At(1).Text != "30.411" {
		t.Errorf("%v", rows(s))
	}
	if s.Rows[1].At(2).Text != "=1+1" || s.Rows[2].At(2).Problem == "" {
		t.Errorf("formulas: %+v", s.Rows)
	}
	if c := read(t, []byte("证号\n5.10185E+17\n")).Rows[0].At(0); c.Problem == "" {
		t.Errorf("a number cut short in a CSV: %+v", c)
	}
	if c := read(t, []byte("证号\n=\"510185199003070013\"\n")).Rows[0].At(0); c.Text != "510185199003070013" {
		t.Errorf("a number guarded by another system: %+v", c)
	}
}

func TestFilesThatAreNoTables(t *testing.T) {
	t.Parallel()
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	w, err := z.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for range 200 {
		if _, err := w.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	wide := strings.Repeat("列,", 150)
	long := "列\n" + strings.Repeat("1\n", sheets.MaxRows+1)
	cut := workbook(t, map[string]any{"A1": "列"})
	for name, file := range map[string][]byte{
		"nothing": {}, "blank": []byte("\n \n"), "a zip bomb": bomb.Bytes(), "a cut workbook": cut[:len(cut)/2], "an old workbook": []byte("\xD0\xCF\x11\xE0 xls"),
		"a picture": []byte("\x89PNG\r\n\x1a\n\x00\x00"), "too wide": []byte(wide), "too long": []byte(long), "an open quote": []byte("列\n\"x"),
		"too large": make([]byte, sheets.MaxFile+1), "half a character": []byte("姓名\n\xFF\xFF\n"),
	} {
		if _, err := sheets.Read(file); domain.CodeOf(err) != domain.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(plain))
	f.Add([]byte("PK\x03\x04"))
	f.Add([]byte("\xFF\xFEa\x00"))
	f.Fuzz(func(t *testing.T, file []byte) {
		s, err := sheets.Read(file)
		if err != nil && domain.CodeOf(err) == "" {
			t.Errorf("an internal error: %v", err)
		}
		if err == nil && len(s.Header) == 0 {
			t.Error("no header and no refusal")
		}
	})
}
