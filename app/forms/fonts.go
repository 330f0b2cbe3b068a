package forms

import (
	"bytes"
	_ "embed"
	"sync"

	"github.com/signintech/gopdf"
)

// Noto Serif SC (OFL 1.1, fonts/OFL.txt). The regular weight is whole, because names have rare characters; the bold one,
// for labels and titles, has the characters of GB 2312.
var (
	//go:embed fonts/NotoSerifSC-Regular.ttf
	regularFont []byte
	//go:embed fonts/NotoSerifSC-Bold-GB2312.ttf
	boldFont []byte
)

const (
	regular = "regular"
	bold    = "bold"
)

// parsedFonts reads the fonts when the first form is drawn; a service that prints none keeps the memory.
var parsedFonts = sync.OnceValues(func() (*gopdf.FontContainer, error) {
	var c gopdf.FontContainer
	for name, font := range map[string][]byte{regular: regularFont, bold: boldFont} {
		if err := c.AddTTFFontByReader(name, bytes.NewReader(font)); err != nil {
			return nil, err
		}
	}
	return &c, nil
})

// Font is the regular weight, for whoever draws pictures with the same characters.
func Font() []byte { return regularFont }
