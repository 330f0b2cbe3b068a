package forms

import (
	"math"
	"strings"
)

// cellLines breaks a cell's text, which may have lines of its own.
func (s *sheet) cellLines(c Cell, width float64) []string {
	s.cellFont(c)
	if c.Label {
		return s.evenLines(c.Text, width-2*cellPad)
	}
	var out []string
	for _, part := range strings.Split(c.Text, "\n") {
		for _, l := range lines(s.measure, part, width-2*cellPad, 0) {
			out = append(out, strings.Join(l, ""))
		}
	}
	return out
}

// evenLines breaks a label into lines of about the same length, so that no character stands alone.
func (s *sheet) evenLines(text string, width float64) []string {
	chars := []rune(text)
	n := max(1, int(math.Ceil(s.measure(text)/width)))
	each := (len(chars) + n - 1) / n
	var out []string
	for len(chars) > each {
		out, chars = append(out, string(chars[:each])), chars[each:]
	}
	return append(out, string(chars))
}

func (s *sheet) cellFont(c Cell) {
	s.use(regular, gridSize)
	if c.Label {
		s.useBold(c.Text, gridSize)
	}
}

const gridLine = gridSize * mmOfPoint * gridLead

func widthOf(twelfths int) float64 { return lineWidth * float64(twelfths) / 12 }

// gridRow draws a row. One that is higher than what is left goes to the next page; one that no page can hold is drawn in
// pieces, its labels in each.
func (s *sheet) gridRow(r GridRow) {
	all := make([][]string, len(r.Cells))
	most := 1
	for i, c := range r.Cells {
		all[i] = s.cellLines(c, widthOf(c.Width))
		most = max(most, len(all[i]))
	}
	fit := func(height float64) int { return max(1, int((height-2*cellPad)/gridLine)) }
	whole := fit(pageHeight - marginTop - marginBottom)
	if most <= whole {
		s.need(max(r.Least, float64(most)*gridLine+2*cellPad))
	}
	for from := 0; from < most; {
		if s.left() < gridLine+2*cellPad {
			s.newPage()
		}
		until := min(most, from+fit(s.left()))
		least := r.Least
		if until < most || from > 0 {
			least = 0
		}
		piece := make([][]string, len(r.Cells))
		for i, c := range r.Cells {
			if c.Label || len(all[i]) <= from && from == 0 {
				piece[i] = all[i]
			} else {
				piece[i] = all[i][min(from, len(all[i])):min(until, len(all[i]))]
			}
		}
		s.pieceOfRow(r, piece, max(least, float64(until-from)*gridLine+2*cellPad))
		from = until
	}
}

func (s *sheet) pieceOfRow(r GridRow, piece [][]string, height float64) {
	for i := range r.Cells {
		height = max(height, float64(len(piece[i]))*gridLine+2*cellPad)
	}
	height = min(height, max(s.left(), gridLine+2*cellPad))
	x := marginLeft
	for i, c := range r.Cells {
		w := widthOf(c.Width)
		s.box(x, s.y, w, height)
		s.cellFont(c)
		y := s.y + cellPad
		if !c.Top {
			y = s.y + (height-float64(len(piece[i]))*gridLine)/2
		}
		for _, l := range piece[i] {
			y += gridLine
			at := x + cellPad
			if c.Label {
				at = x + (w-s.measure(l))/2
			}
			s.text(at, y-gridLine*.26, l)
		}
		x += w
	}
	s.y += height
}

// table draws a list, its head again on each page.
func (s *sheet) table(t Table) {
	head := GridRow{}
	for i, h := range t.Head {
		head.Cells = append(head.Cells, label(h, t.Widths[i]))
	}
	s.need(4 * gridLine)
	s.gridRow(head)
	for _, cells := range t.Rows {
		row := GridRow{}
		most := 1
		for i, text := range cells {
			c := value(text, t.Widths[i])
			row.Cells = append(row.Cells, c)
			most = max(most, len(s.cellLines(c, widthOf(c.Width))))
		}
		if float64(most)*gridLine+2*cellPad > s.left() {
			s.newPage()
			s.gridRow(head)
		}
		s.gridRow(row)
	}
	s.y += 3
}
