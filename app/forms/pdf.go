package forms

import "strings"

// Sizes of type in points and the height of their lines.
const (
	titleSize, partSize   = 22.0, 16.0
	textSize, gridSize    = 14.0, 12.0
	textLeading, gridLead = 1.75, 1.45
	cellPad               = 1.6 // millimetres
)

// PDF draws documents one after the other, each from a page of its own, with pages numbered through.
func PDF(documents ...Document) ([]byte, error) {
	s, _, err := drawn(documents)
	if err != nil {
		return nil, err
	}
	return s.pdf.GetBytesPdfReturnErr()
}

// PageCount is on how many pages a form is printed.
func PageCount(d Document) (int, error) {
	s, _, err := drawn([]Document{d})
	if err != nil {
		return 0, err
	}
	return s.page, nil
}

// drawn is the sheet with all documents on it, and on which page each begins.
func drawn(documents []Document) (*sheet, []int, error) {
	s, err := newSheet()
	if err != nil {
		return nil, nil, err
	}
	var begin []int
	for _, d := range documents {
		s.foot, s.front = d.Foot, d.Front
		s.newPage()
		begin = append(begin, s.page)
		for _, b := range d.Blocks {
			s.draw(b)
		}
	}
	return s, begin, s.err
}

func (s *sheet) draw(b Block) {
	switch b := b.(type) {
	case Heading:
		s.heading(b)
	case Para:
		for _, line := range strings.Split(b.Text, "\n") {
			s.paragraph(b, line)
		}
	case Grid:
		for _, r := range b.Rows {
			s.gridRow(r)
		}
		s.y += 3
	case Table:
		s.table(b)
	case Sign:
		s.sign(b)
	case Code:
		s.code(b)
	case Gap:
		s.y += float64(b)
	case Picture:
		s.picture(b)
	case PaperPages:
		s.pages(b)
	case NewPage:
		s.newPage()
	}
}

func (s *sheet) heading(h Heading) {
	size := titleSize
	if h.Small {
		size = partSize
	}
	s.useBold(h.Text, size)
	high := size * mmOfPoint
	for _, l := range lines(s.measure, h.Text, lineWidth, 0) {
		s.need(high * 1.6)
		text := strings.Join(l, "")
		s.y += high * 1.3
		s.text(marginLeft+(lineWidth-s.measure(text))/2, s.y, text)
	}
	s.y += high * .7
}

func (s *sheet) paragraph(p Para, text string) {
	s.use(regular, textSize)
	if p.Bold {
		s.useBold(text, textSize)
	}
	em := textSize * mmOfPoint
	high, indent := em*textLeading, 2*em
	if p.Flush || p.Align != "" {
		indent = 0
	}
	all := lines(s.measure, text, lineWidth, indent)
	for i, line := range all {
		if i == 0 && len(all) > 2 {
			s.need(2 * high) // no first line alone at the foot of a page
		}
		s.need(high)
		s.y += high
		first := 0.0
		if i == 0 {
			first = indent
		}
		s.setLine(line, p.Align, first, s.y-high*.28, i < len(all)-1, em)
	}
}

// setLine sets one line; a line that is not its paragraph's last is stretched to the margin.
func (s *sheet) setLine(line []string, align Align, indent, y float64, stretch bool, em float64) {
	total := 0.0
	for _, w := range line {
		total += s.measure(w)
	}
	x, free, gap := marginLeft+indent, lineWidth-indent-total, 0.0
	switch {
	case align == Right:
		x += free
	case align == "" && stretch && len(line) > 1:
		if g := free / float64(len(line)-1); g > 0 && g < em*.35 {
			gap = g
		}
	}
	if gap == 0 {
		s.text(x, y, strings.Join(line, ""))
		return
	}
	for _, w := range line {
		s.text(x, y, w)
		x += s.measure(w) + gap
	}
}

// sign keeps the places for signatures together and leaves the height of a hand's writing.
func (s *sheet) sign(b Sign) {
	const high = 11.0
	s.need(high * float64(len(b.Lines)))
	s.use(regular, textSize)
	for _, text := range b.Lines {
		for _, l := range lines(s.measure, text, lineWidth*.62, 0) {
			s.y += high
			s.text(marginLeft+lineWidth*.38, s.y-3, strings.Join(l, ""))
		}
	}
}
