package forms

import (
	"bytes"
	"fmt"
	"image"
	"image/png"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
)

// Code is a QR code at the left with lines of text beside it: how a paper is verified. It is kept together.
type Code struct {
	Content string // "" leaves the QR code out
	Lines   []string
}

func (Code) block() {}

const (
	codeSide = 26.0 // millimetres; a module of a 45-character address is then 0.7 mm
	codeHigh = 6.5  // of a line beside it
)

// modules is a QR code without its quiet zone, which white paper gives.
func modules(content string) (image.Image, error) {
	code, err := qr.Encode(content, qr.M, qr.Unicode)
	if err != nil {
		return nil, fmt.Errorf("QR code: %w", err)
	}
	return code, nil
}

func dark(code image.Image, x, y int) bool {
	r, _, _, _ := code.At(x, y).RGBA()
	return r < 0x8000
}

func (s *sheet) code(b Code) {
	s.use(regular, gridSize)
	height := float64(len(b.Lines))*codeHigh + 2
	left := marginLeft
	if b.Content != "" {
		height, left = max(height, codeSide+2), marginLeft+codeSide+5
	}
	s.y += 4
	s.need(height)
	if b.Content != "" {
		s.drawCode(b.Content)
	}
	y := s.y
	for _, text := range b.Lines {
		for _, l := range lines(s.measure, text, pageWidth-marginRight-left, 0) {
			y += codeHigh
			line := ""
			for _, w := range l {
				line += w
			}
			s.text(left, y, line)
		}
	}
	s.y = max(s.y+height, y+2)
}

// drawCode fills the dark modules, those of a row that touch as one.
func (s *sheet) drawCode(content string) {
	code, err := modules(content)
	if err != nil {
		s.fail(err)
		return
	}
	n := code.Bounds().Dx()
	each := codeSide / float64(n)
	s.pdf.SetFillColor(0, 0, 0)
	for y := range n {
		for x := 0; x < n; x++ {
			from := x
			for x < n && dark(code, x, y) {
				x++
			}
			if x > from {
				s.pdf.RectFromUpperLeftWithStyle(marginLeft+float64(from)*each, s.y+float64(y)*each, float64(x-from)*each, each, "F")
			}
		}
	}
}

// codePicture is the QR code as a PNG, for the DOCX.
func codePicture(content string) ([]byte, error) {
	code, err := qr.Encode(content, qr.M, qr.Unicode)
	if err != nil {
		return nil, fmt.Errorf("QR code: %w", err)
	}
	n := code.Bounds().Dx() * 8
	scaled, err := barcode.Scale(code, n, n)
	if err != nil {
		return nil, fmt.Errorf("QR code: %w", err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, scaled); err != nil {
		return nil, fmt.Errorf("QR code: %w", err)
	}
	return b.Bytes(), nil
}

const (
	drawingNS = `xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ` +
		`xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`
	emuOfMM = 36000
)

// code sets the picture in a line of its own, the text below.
func (w *word) code(b Code) {
	if b.Content != "" {
		picture, err := codePicture(b.Content)
		if err != nil {
			w.err = err
			return
		}
		w.pictures = append(w.pictures, picture)
		no, side := len(w.pictures), int(codeSide*emuOfMM)
		fmt.Fprintf(&w.b, `<w:p><w:r><w:drawing><wp:inline %s><wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="qr%d" descr="核验二维码"/>`+
			`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="qr%d.png"/>`+
			`<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="qr%d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>`+
			`<a:off x="0" y="0"/><a:ext cx="%d" cy="%d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData>`+
			`</a:graphic></wp:inline></w:drawing></w:r></w:p>`, drawingNS, side, side, no, no, no, no, no, side, side)
	}
	for _, line := range b.Lines {
		w.paragraph(line, wordText, gridSize, "left", 0)
	}
}
