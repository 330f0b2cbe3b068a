package evidence

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // pictures that are taken
	"io"

	"github.com/bep/imagemeta"
	_ "golang.org/x/image/bmp" // likewise
	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // likewise
)

const (
	maxPixels  = 64_000_000 // of a JPEG, whose pixels take 1.5 bytes
	maxPixels4 = 25_000_000 // of the others, whose take four to eight
	shownSide  = 2200       // of what is shown: an A4 page at 190 points to the inch
	quality    = 86
)

// picture draws a picture anew, upright and no larger than a page needs. Whatever stood beside the pixels is left behind.
func picture(content []byte) (Found, error) {
	cfg, format, err := image.DecodeConfig(bytes.NewReader(content))
	if err != nil || cfg.Width <= 0 || cfg.Height <= 0 {
		return Found{}, refuse("damaged", "图片打不开，可能没有完整保存，请重新拍照或者另存后再上传")
	}
	pixels, most := cfg.Width*cfg.Height, maxPixels4
	if format == "jpeg" {
		most = maxPixels
	}
	if cfg.Width > 1<<16 || cfg.Height > 1<<16 || pixels > most {
		return Found{}, refuse("pixels", "图片太大（%d×%d像素），请缩小后再上传", cfg.Width, cfg.Height)
	}
	full, _, err := image.Decode(bytes.NewReader(content))
	if err != nil {
		return Found{}, refuse("damaged", "图片打不开，可能没有完整保存，请重新拍照或者另存后再上传")
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, upright(shrunk(full), orientation(content, format)), &jpeg.Options{Quality: quality}); err != nil {
		return Found{}, refuse("damaged", "图片不能转换，请另存为JPG后再上传")
	}
	return Found{Pixels: &pixels, Rendition: &Shown{Media: JPEG, Content: out.Bytes(), Pages: 1}}, nil
}

// shrunk draws a picture on white, at most shownSide wide and high.
func shrunk(full image.Image) *image.RGBA {
	b := full.Bounds()
	w, h := b.Dx(), b.Dy()
	if side := max(w, h); side > shownSide {
		w, h = max(1, w*shownSide/side), max(1, h*shownSide/side)
	}
	small := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(small, small.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	if w == b.Dx() && h == b.Dy() {
		draw.Draw(small, small.Bounds(), full, b.Min, draw.Over)
	} else {
		draw.ApproxBiLinear.Scale(small, small.Bounds(), full, b, draw.Over, nil)
	}
	return small
}

// orientation is how the camera was held, 1 to 8 (EXIF); 1 when nobody says.
func orientation(content []byte, format string) int {
	formats := map[string]imagemeta.ImageFormat{"jpeg": imagemeta.JPEG, "png": imagemeta.PNG, "webp": imagemeta.WebP}
	f, ok := formats[format]
	if !ok {
		return 1
	}
	held := 1
	_, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(content), ImageFormat: f, Sources: imagemeta.EXIF, LimitNumTags: 500,
		ShouldHandleTag: func(tag imagemeta.TagInfo) bool { return tag.Tag == "Orientation" },
		HandleTag: func(tag imagemeta.TagInfo) error {
			if n, ok := tag.Value.(uint16); ok && n >= 1 && n <= 8 && tag.Namespace == "IFD0" {
				held = int(n)
			}
			return nil
		},
	})
	if err != nil && err != io.EOF { //nolint:errorlint // what a camera wrote wrongly leaves the picture as it lies
		return 1
	}
	return held
}

// upright turns a picture the way it was seen.
func upright(in *image.RGBA, held int) image.Image {
	if held <= 1 || held > 8 {
		return in
	}
	w, h := in.Rect.Dx(), in.Rect.Dy()
	size := image.Rect(0, 0, w, h)
	if held >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			sx, sy := x, y
			switch held {
			case 2:
				sx = w - 1 - x
			case 3:
				sx, sy = w-1-x, h-1-y
			case 4:
				sy = h - 1 - y
			case 5:
				sx, sy = y, x
			case 6:
				sx, sy = y, h-1-x
			case 7:
				sx, sy = w-1-y, h-1-x
			case 8:
				sx, sy = w-1-y, x
			}
			copy(out.Pix[out.PixOffset(x, y):][:4], in.Pix[in.PixOffset(sx, sy):][:4])
		}
	}
	return out
}
