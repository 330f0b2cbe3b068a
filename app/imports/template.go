package imports

import (
	"io"
	"strings"

	"baimi/app/sheets"
)

// templateRows is how far down the drop-downs of a template go.
const templateRows = 5000

// template writes the empty file of a kind: its columns with drop-downs, and a worksheet that explains them.
func (k *kind) template(w io.Writer) error {
	fill := sheets.Page{Name: k.title}
	explain := sheets.Page{Name: "说明", Columns: []sheets.Column{
		{Header: "列", Width: 18},
		{Header: "必填", Width: 8},
		{Header: "填写说明", Width: 60},
		{Header: "例子", Width: 36},
	}}
	for _, c := range k.columns {
		fill.Columns = append(fill.Columns, sheets.Column{Header: c.header, Width: c.width, Required: c.required, Choices: labels(c.choices), Help: c.help})
		help := c.help
		if len(c.choices) > 0 {
			help = strings.TrimPrefix(help+"；可填："+strings.Join(labels(c.choices), "、"), "；")
		}
		required := ""
		if c.required {
			required = "必填"
		}
		explain.Rows = append(explain.Rows, []string{c.header, required, help, c.example})
	}
	notes := append([]string{"第一行是列名，请不要改动；从第二行起填写，红色的列必填。"}, k.notes...)
	notes = append(notes, "请先“只检查”：有误的行会在同一个表里加一列“问题”退回，改好后再导入；同一个文件导入两次不会重复添加。")
	for _, n := range notes {
		explain.Rows = append(explain.Rows, []string{"", "", n, ""})
	}
	return sheets.WriteXLSX(w, templateRows, fill, explain)
}

// returned writes the file that goes back: as it came, with what is wrong with each bad row.
func (k *kind) returned(w io.Writer, s sheets.Sheet, rows []*row) error {
	page := sheets.Page{Name: k.title, Red: func(i int) bool { return len(rows[i].problems) > 0 }}
	byHeader := map[string]column{}
	for _, c := range k.columns {
		byHeader[c.header] = c
	}
	var at []int // the file's own columns, without an older column of problems
	for i, h := range s.Header {
		if h == problemHeader {
			continue
		}
		at = append(at, i)
		c := byHeader[h]
		page.Columns = append(page.Columns, sheets.Column{Header: h, Width: max(c.width, 12), Required: c.required, Choices: labels(c.choices)})
	}
	page.Columns = append(page.Columns, sheets.Column{Header: problemHeader, Width: 60})
	for i, x := range s.Rows {
		line := make([]string, 0, len(at)+1)
		for _, j := range at {
			line = append(line, asKept(byHeader[s.Header[j]], rows[i], x.At(j).Text))
		}
		page.Rows = append(page.Rows, append(line, strings.Join(rows[i].problems, "；")))
	}
	if s.Format == sheets.XLSX {
		return sheets.WriteXLSX(w, len(rows), page)
	}
	if s.Format == sheets.JSON {
		return returnedJSON(w, s, at, page)
	}
	lines := make([][]string, 0, len(page.Rows)+1)
	header := make([]string, len(page.Columns))
	for i, c := range page.Columns {
		header[i] = c.Header
	}
	return sheets.WriteCSV(w, s.Encoding, s.Comma, append(append(lines, header), page.Rows...))
}

// asKept is a cell as it was understood, so that a day that Excel kept as a number goes back as a day; else as it came.
func asKept(c column, r *row, came string) string {
	value := r.values[c.key]
	switch {
	case c.key == "" || value == "" || came == "":
		return came
	case len(c.choices) > 0:
		return label(c.choices, value)
	}
	return value
}

// returnedJSON is the same for programs: what is wrong is one item more.
func returnedJSON(w io.Writer, s sheets.Sheet, at []int, page sheets.Page) error {
	var codes, names []string
	for i, j := range at {
		codes, names = append(codes, s.Codes[j]), append(names, page.Columns[i].Header)
	}
	return sheets.WriteJSON(w, append(codes, "problem"), append(names, problemHeader), page.Rows)
}
