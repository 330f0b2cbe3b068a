package forms

import (
	"fmt"

	"github.com/signintech/gopdf"
)

// A4 with the margins of GB/T 9704, in millimetres.
const (
	pageWidth, pageHeight   = 210.0, 297.0
	marginLeft, marginRight = 28.0, 26.0
	marginTop, marginBottom = 37.0, 35.0
	lineWidth               = pageWidth - marginLeft - marginRight
	mmOfPoint               = 0.352778
)

// sheet is a PDF being drawn: where the pen is, and which page. The first error is kept; drawing goes on without effect.
type sheet struct {
	pdf    *gopdf.GoPdf
	font   string
	size   float64
	y      float64
	page   int
	foot   string
	front  bool
	width  map[string]float64 // of words already measured in this font and size
	err    error
	astray []string // what was drawn outside the margins, for the tests
}

func newSheet() (*sheet, error) {
	fonts, err := parsedFonts()
	if err != nil {
		return nil, err
	}
	s := &sheet{pdf: &gopdf.GoPdf{}}
	s.pdf.Start(gopdf.Config{Unit: gopdf.UnitMM, PageSize: *gopdf.PageSizeA4})
	for _, name := range []string{regular, bold} {
		if err := s.pdf.AddTTFFontFromFontContainer(name, fonts); err != nil {
			return nil, err
		}
	}
	s.pdf.SetLineWidth(0.2)
	return s, nil
}

func (s *sheet) fail(err error) {
	if s.err == nil && err != nil {
		s.err = err
	}
}

// newPage begins a page and writes its foot.
func (s *sheet) newPage() {
	s.pdf.AddPage()
	s.y = marginTop
	if s.front {
		return
	}
	s.page++
	font, size := s.font, s.size
	s.use(regular, 10.5)
	no := fmt.Sprintf("— %d —", s.page)
	s.text((pageWidth-s.measure(no))/2, pageHeight-22, no)
	if s.foot != "" {
		s.text(pageWidth-marginRight-s.measure(s.foot), pageHeight-22, s.foot)
	}
	if font != "" {
		s.use(font, size)
	}
}

// need goes to the next page when so much height is not left, unless the page is still empty.
func (s *sheet) need(height float64) {
	if s.y > marginTop && s.y+height > pageHeight-marginBottom {
		s.newPage()
	}
}

// left is the height that the page still has.
func (s *sheet) left() float64 { return pageHeight - marginBottom - s.y }

func (s *sheet) use(font string, size float64) {
	if s.font == font && s.size == size && s.width != nil {
		return
	}
	s.font, s.size, s.width = font, size, map[string]float64{}
	s.fail(s.pdf.SetFont(font, "", size))
}

// useBold takes the bold font if it has all characters of the text, which rare names have not.
func (s *sheet) useBold(text string, size float64) {
	s.use(bold, size)
	if s.drawable(text) != text {
		s.use(regular, size)
	}
}

func (s *sheet) measure(text string) float64 {
	if w, ok := s.width[text]; ok {
		return w
	}
	w, err := s.pdf.MeasureTextWidth(s.drawable(text))
	s.fail(err)
	s.width[text] = w
	return w
}

// text draws on a base line.
func (s *sheet) text(x, y float64, text string) {
	if y < pageHeight-marginBottom+10 && (x < marginLeft-.1 || x+s.measure(text) > pageWidth-marginRight+.3 || y > pageHeight-marginBottom+.5) {
		s.astray = append(s.astray, text)
	}
	s.pdf.SetXY(x, y)
	s.fail(s.pdf.Text(s.drawable(text)))
}

// drawable is the text with a geta mark (〓) for each character that no font of ours has, so that a gap is seen.
func (s *sheet) drawable(text string) string {
	out := []rune(text)
	for i, r := range out {
		has, err := s.pdf.IsCurrFontContainGlyph(r)
		s.fail(err)
		if !has {
			out[i] = '〓'
		}
	}
	return string(out)
}

func (s *sheet) rule(x1, y1, x2, y2 float64) { s.pdf.Line(x1, y1, x2, y2) }

func (s *sheet) box(x, y, w, h float64) {
	s.rule(x, y, x+w, y)
	s.rule(x, y+h, x+w, y+h)
	s.rule(x, y, x, y+h)
	s.rule(x+w, y, x+w, y+h)
}
