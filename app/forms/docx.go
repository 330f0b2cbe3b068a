package forms

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
)

// Fonts by the names that offices in China have (GB/T 9704); others show what they have instead.
const (
	wordTitle = "方正小标宋简体"
	wordBold  = "黑体"
	wordText  = "仿宋_GB2312"
)

// DOCX writes documents that a clerk can edit, each from a page of its own.
func DOCX(documents ...Document) ([]byte, error) {
	var w word
	for i, d := range documents {
		if i > 0 {
			w.b.WriteString(wordPage)
		}
		for _, b := range d.Blocks {
			w.write(b)
		}
	}
	var out bytes.Buffer
	title := ""
	if len(documents) > 0 {
		title = documents[0].Title
	}
	if w.err != nil {
		return nil, w.err
	}
	if err := writeParts(&out, title, w.b.String(), w.pictures); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

const wordPage = `<w:p><w:r><w:br w:type="page"/></w:r></w:p>`

// word is the body of a WordprocessingML document (ISO/IEC 29500) being written.
type word struct {
	b        strings.Builder
	pictures [][]byte // qr1.png, qr2.png
	err      error
}

func (w *word) write(b Block) {
	switch b := b.(type) {
	case Heading:
		size := titleSize
		if b.Small {
			size = partSize
		}
		w.paragraph(b.Text, wordTitle, size, "center", 0)
	case Para:
		font, align, indent := wordText, "both", 2
		if b.Bold {
			font = wordBold
		}
		if b.Align != "" {
			align = string(b.Align)
		}
		if b.Flush || b.Align != "" {
			indent = 0
		}
		for _, line := range strings.Split(b.Text, "\n") {
			w.paragraph(line, font, textSize, align, indent)
		}
	case Grid:
		w.grid(b.Rows, false)
	case Table:
		w.grid(tableRows(b), true)
	case Sign:
		for _, line := range b.Lines {
			w.paragraph("　　　　　　　　　　　"+line, wordText, textSize, "left", 0)
		}
	case Code:
		w.code(b)
	case Gap:
		w.paragraph("", wordText, textSize, "left", 0)
	case NewPage:
		w.b.WriteString(wordPage)
	}
}

func tableRows(t Table) []GridRow {
	head := GridRow{}
	for i, h := range t.Head {
		head.Cells = append(head.Cells, label(h, t.Widths[i]))
	}
	rows := []GridRow{head}
	for _, cells := range t.Rows {
		row := GridRow{}
		for i, text := range cells {
			row.Cells = append(row.Cells, value(text, t.Widths[i]))
		}
		rows = append(rows, row)
	}
	return rows
}

// paragraph gives the indent twice: one program reads characters, another only lengths.
func (w *word) paragraph(text, font string, size float64, align string, indent int) {
	w.b.WriteString(`<w:p><w:pPr><w:spacing w:line="500" w:lineRule="atLeast"/>`)
	if indent > 0 {
		fmt.Fprintf(&w.b, `<w:ind w:firstLineChars="%d" w:firstLine="%d"/>`, indent*100, int(float64(indent)*size*20))
	}
	fmt.Fprintf(&w.b, `<w:jc w:val="%s"/></w:pPr>`, align)
	w.run(text, font, size)
	w.b.WriteString(`</w:p>`)
}

func (w *word) run(text, font string, size float64) {
	fmt.Fprintf(&w.b, `<w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="%s" w:hint="eastAsia"/><w:sz w:val="%d"/></w:rPr><w:t xml:space="preserve">`, font, int(size*2))
	w.b.WriteString(escaped(text))
	w.b.WriteString(`</w:t></w:r>`)
}

// gridTwips is a twelfth of a line in twentieths of a point.
var gridTwips = lineWidth / mmOfPoint * 20 / 12

func (w *word) grid(rows []GridRow, head bool) {
	w.b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&w.b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="000000"/>`, side)
	}
	w.b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for range 12 {
		fmt.Fprintf(&w.b, `<w:gridCol w:w="%d"/>`, int(gridTwips))
	}
	w.b.WriteString(`</w:tblGrid>`)
	for i, r := range rows {
		w.b.WriteString(`<w:tr><w:trPr>`)
		if r.Least > 0 {
			fmt.Fprintf(&w.b, `<w:trHeight w:val="%d" w:hRule="atLeast"/>`, int(r.Least/mmOfPoint*20))
		}
		if head && i == 0 {
			w.b.WriteString(`<w:tblHeader/>`)
		}
		w.b.WriteString(`</w:trPr>`)
		for _, c := range r.Cells {
			w.cell(c)
		}
		w.b.WriteString(`</w:tr>`)
	}
	w.b.WriteString(`</w:tbl>`)
	w.paragraph("", wordText, 5, "left", 0) // two tables in a row would grow together
}

func (w *word) cell(c Cell) {
	align, font, stands := "left", wordText, "center"
	if c.Label {
		align, font = "center", wordBold
	}
	if c.Top {
		stands = "top"
	}
	fmt.Fprintf(&w.b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:gridSpan w:val="%d"/><w:vAlign w:val="%s"/></w:tcPr>`,
		int(gridTwips*float64(c.Width)), c.Width, stands)
	for _, line := range strings.Split(c.Text, "\n") {
		fmt.Fprintf(&w.b, `<w:p><w:pPr><w:jc w:val="%s"/></w:pPr>`, align)
		w.run(line, font, gridSize)
		w.b.WriteString(`</w:p>`)
	}
	w.b.WriteString(`</w:tc>`)
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a Builder takes everything
	return b.String()
}
