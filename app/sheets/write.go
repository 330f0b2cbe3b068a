package sheets

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Page is a worksheet to be written. Every cell is text.
type Page struct {
	Name    string
	Columns []Column
	Rows    [][]string
	Red     func(row int) bool // rows to be marked; nil for none
	Mark    string             // stands at the head and foot of each printed page
}

// Column is the head of a column.
type Column struct {
	Header   string
	Width    float64
	Required bool
	Choices  []string // a drop-down
	Help     string   // shown beside the cell
}

const listSheet = "选项"

// WriteXLSX writes worksheets; the drop-downs of the first have their lists on a hidden one. rows is how far down they go.
func WriteXLSX(w io.Writer, rows int, pages ...Page) error {
	book := excelize.NewFile()
	defer book.Close() //nolint:errcheck // nothing is in temporary files
	for i, p := range pages {
		if i == 0 {
			if err := book.SetSheetName(book.GetSheetName(0), p.Name); err != nil {
				return fmt.Errorf("name a worksheet: %w", err)
			}
		} else if _, err := book.NewSheet(p.Name); err != nil {
			return fmt.Errorf("add a worksheet: %w", err)
		}
		if err := writePage(book, p); err != nil {
			return err
		}
	}
	if rows > 0 {
		if err := addChoices(book, pages[0], rows); err != nil {
			return err
		}
	}
	book.SetActiveSheet(0)
	return book.Write(w)
}

func writePage(book *excelize.File, p Page) error {
	style := func(s excelize.Style) (id int, err error) {
		s.NumFmt = 49 // text: digits stay as they are typed
		return book.NewStyle(&s)
	}
	plain, err := style(excelize.Style{})
	if err != nil {
		return fmt.Errorf("style: %w", err)
	}
	red, err := style(excelize.Style{Font: &excelize.Font{Color: "C00000"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FDE9E7"}}})
	if err != nil {
		return fmt.Errorf("style: %w", err)
	}
	head, err := style(excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF7"}}})
	if err != nil {
		return fmt.Errorf("style: %w", err)
	}
	must, err := style(excelize.Style{Font: &excelize.Font{Bold: true, Color: "C00000"}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8EEF7"}}})
	if err != nil {
		return fmt.Errorf("style: %w", err)
	}
	if p.Mark != "" {
		if err := book.SetHeaderFooter(p.Name, mark(p.Mark)); err != nil {
			return fmt.Errorf("mark a worksheet: %w", err)
		}
	}
	out, err := book.NewStreamWriter(p.Name)
	if err != nil {
		return fmt.Errorf("write a worksheet: %w", err)
	}
	header := make([]any, len(p.Columns))
	for i, c := range p.Columns {
		if err := out.SetColWidth(i+1, i+1, max(c.Width, 10)); err != nil {
			return fmt.Errorf("width of a column: %w", err)
		}
		if err := out.SetColStyle(i+1, i+1, plain); err != nil {
			return fmt.Errorf("style of a column: %w", err)
		}
		header[i] = excelize.Cell{Value: c.Header, StyleID: head}
		if c.Required {
			header[i] = excelize.Cell{Value: c.Header, StyleID: must}
		}
	}
	if err := out.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("fix the header: %w", err)
	}
	if err := out.SetRow("A1", header); err != nil {
		return fmt.Errorf("write the header: %w", err)
	}
	for i, row := range p.Rows {
		id := plain
		if p.Red != nil && p.Red(i) {
			id = red
		}
		cells := make([]any, len(row))
		for j, s := range row {
			cells[j] = excelize.Cell{Value: s, StyleID: id}
		}
		if err := out.SetRow(fmt.Sprintf("A%d", i+2), cells); err != nil {
			return fmt.Errorf("write a row: %w", err)
		}
	}
	return out.Flush()
}

// addChoices gives the columns of a page their drop-downs and help.
func addChoices(book *excelize.File, p Page, rows int) error {
	if _, err := book.NewSheet(listSheet); err != nil {
		return fmt.Errorf("add the lists: %w", err)
	}
	for i, c := range p.Columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return fmt.Errorf("name a column: %w", err)
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(fmt.Sprintf("%s2:%s%d", name, name, rows+1))
		if c.Help != "" {
			v.SetInput(c.Header, short(c.Help, 250))
		}
		if len(c.Choices) > 0 {
			if err := book.SetSheetCol(listSheet, name+"1", &c.Choices); err != nil {
				return fmt.Errorf("write a list: %w", err)
			}
			v.SetSqrefDropList(fmt.Sprintf("%s!$%s$1:$%s$%d", listSheet, name, name, len(c.Choices)))
			v.SetError(excelize.DataValidationErrorStyleStop, c.Header, "请从下拉列表中选择")
		}
		if c.Help == "" && len(c.Choices) == 0 {
			continue
		}
		if err := book.AddDataValidation(p.Name, v); err != nil {
			return fmt.Errorf("add a drop-down: %w", err)
		}
	}
	return book.SetSheetVisible(listSheet, false)
}

// mark is a text for the head and the foot of the pages; & would begin a field in it.
func mark(s string) *excelize.HeaderFooterOptions {
	text := strings.ReplaceAll(short(s, 200), "&", "&&")
	return &excelize.HeaderFooterOptions{OddHeader: "&C" + text, OddFooter: "&L" + text + "&R&P/&N"}
}

func short(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}
