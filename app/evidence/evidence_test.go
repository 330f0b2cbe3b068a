package evidence_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"baimi/app/evidence"
	"baimi/domain"
)

// pdf writes objects as a paper; the first is the root, the second the information of the writer.
func pdf(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.6\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 2 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

func stream(dict, content string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(content), content)
}

// lively is a paper that does everything a paper should not.
func lively() []byte {
	return pdf(
		`<< /Type /Catalog /Pages 3 0 R /OpenAction << /S /JavaScript /JS (app.alert\('x'\)) >> /AA << /WC << /S /JavaScript /JS (1) >> >> /Metadata 7 0 R
			/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (secret_script) >>] >> /EmbeddedFiles << /Names [(f.exe) 8 0 R] >> >> >>`,
		`<< /Author (Wang Xiaoming 13800138000) /Title (secret title) /Creator (c) >>`,
		`<< /Type /Pages /Kids [4 0 R] /Count 1 >>`,
		`<< /Type /Page /Parent 3 0 R /MediaBox [0 0 200 200] /Contents 5 0 R /Resources << /Font << /F 6 0 R >> >>
			/AA << /O << /S /Launch /F (calc.exe) >> >>
			/Annots [ << /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (http://evil.example/) >> >>
			          << /Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS 8 0 R >> ] >>`,
		stream("", "BT /F 24 Tf 20 100 Td (I owe 300) Tj ET"),
		`<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>`,
		stream("/Type /Metadata /Subtype /XML", "<x:xmpmeta>secret meta</x:xmpmeta>"),
		`<< /Type /Filespec /F (f.exe) /EF << /F 9 0 R >> >>`,
		stream("/Type /EmbeddedFile", "MZ secret program"),
	)
}

func refused(t *testing.T, what, code string, content []byte) {
	t.Helper()
	_, err := evidence.Inspect(content)
	var e *domain.Error
	if !errors.As(err, &e) || e.Code != domain.CodeInvalid || len(e.Fields) != 1 || e.Fields[0].Code != code || e.Message == "" {
		t.Errorf("%s: %v, want %s", what, err, code)
	}
}

func TestAPaperIsShownWithoutWhatItDoes(t *testing.T) {
	t.Parallel()
	found, err := evidence.Inspect(lively())
	if err != nil || found.Media != evidence.PDF || found.Rendition == nil || found.Rendition.Pages != 1 {
		t.Fatalf("%+v %v", found, err)
	}
	shown := found.Rendition.Content
	for _, bad := range []string{"JavaScript", "OpenAction", "secret", "Wang", "Launch", "calc.exe", "EmbeddedFile", "evil.example", "/AA", "FileAttachment"} {
		if bytes.Contains(shown, []byte(bad)) {
			t.Errorf("%q is left", bad)
		}
	}
	api.DisableConfigDir()
	ctx, err := api.ReadAndValidate(bytes.NewReader(shown), model.NewDefaultConfiguration())
	if err != nil || ctx.PageCount != 1 {
		t.Fatalf("what is shown: %v", err)
	}
	text := false
	for _, e := range ctx.Table {
		if sd, ok := e.Object.(types.StreamDict); ok && sd.Decode() == nil {
			text = text || bytes.Contains(sd.Content, []byte("I owe 300"))
		}
	}
	if !text {
		t.Error("its text is gone too")
	}
}

func TestPapersThatCannotBeTaken(t *testing.T) {
	t.Parallel()
	refused(t, "cut in the middle", "damaged", lively()[:400])
	refused(t, "an archive behind it", "polyglot", slices.Concat(lively(), []byte("PK\x05\x06"), make([]byte, 18)))
	kids := strings.Repeat("4 0 R ", 301)
	refused(t, "too many pages", "pages", pdf(`<< /Type /Catalog /Pages 3 0 R >>`, `<< >>`, `<< /Type /Pages /Kids [`+kids+`] /Count 301 >>`,
		`<< /Type /Page /Parent 3 0 R /MediaBox [0 0 200 200] >>`))
	var locked bytes.Buffer
	c := model.NewAESConfiguration("geheim", "geheim", 256)
	if err := api.Encrypt(bytes.NewReader(lively()), &locked, c); err != nil {
		t.Fatal(err)
	}
	refused(t, "locked", "locked", locked.Bytes())
}

// docx packs entries as a Word file.
func docx(t *testing.T, entries map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range append([]string{"[Content_Types].xml", "_rels/.rels", "word/document.xml"}, extra(entries)...) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		text := entries[name]
		if text == "" {
			text = `<?xml version="1.0"?><x/>`
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func extra(entries map[string]string) []string {
	var names []string
	for name := range entries {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func TestOfficeFilesAreKeptAndNotShown(t *testing.T) {
	t.Parallel()
	found, err := evidence.Inspect(docx(t, nil))
	if err != nil || found.Media != evidence.DOCX || found.Rendition != nil {
		t.Errorf("%+v %v", found, err)
	}
	refused(t, "a bomb", "archive", docx(t, map[string]string{"word/media/a.bin": strings.Repeat("\x00", 201<<20)}))
	refused(t, "a macro", "macro", docx(t, map[string]string{"word/vbaProject.bin": "x"}))
	refused(t, "a path that leads out", "archive", docx(t, map[string]string{"../../etc/passwd": "x"}))
	refused(t, "cut in the middle", "damaged", docx(t, map[string]string{"word/media/a": strings.Repeat("abc", 500)})[:300])
}

func TestPictures(t *testing.T) {
	t.Parallel()
	img := image.NewNRGBA(image.Rect(0, 0, 3000, 1500))
	img.Set(10, 10, color.NRGBA{R: 255, A: 128})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	found, err := evidence.Inspect(b.Bytes())
	if err != nil || found.Media != evidence.PNG || *found.Pixels != 4_500_000 {
		t.Fatalf("%+v %v", found, err)
	}
	shown, err := jpeg.Decode(bytes.NewReader(found.Rendition.Content))
	if err != nil || shown.Bounds() != image.Rect(0, 0, 2200, 1100) {
		t.Errorf("%v %v", shown.Bounds(), err)
	}
	if again, err := evidence.Inspect(b.Bytes()); err != nil || !bytes.Equal(again.Rendition.Content, found.Rendition.Content) {
		t.Error("the same picture is shown in another way")
	}
	refused(t, "something behind it", "polyglot", slices.Concat(b.Bytes(), []byte("more")))
	huge := slices.Clone(b.Bytes())
	copy(huge[16:], []byte{0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff}) // says it is 65535 × 65535
	refused(t, "a bomb", "damaged", huge)                       // and its head has another check sum then
	refused(t, "nothing", "empty", nil)
	refused(t, "a script", "media", []byte("#!/bin/sh\nrm -rf /\n"))
	refused(t, "too large", "too_large", make([]byte, evidence.MaxSize+1))
}

// A bomb whose head is right is refused by its size before it is drawn.
func TestAPictureThatWouldFillTheMemory(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 16, 16)), nil); err != nil {
		t.Fatal(err)
	}
	content := b.Bytes()
	at := bytes.Index(content, []byte{0xff, 0xc0})
	copy(content[at+5:], []byte{0xff, 0xff, 0xff, 0xff})
	refused(t, "65535 × 65535", "pixels", content)
}

// Sound is kept as it came and shown to nobody.
func TestSoundIsKeptAsItCame(t *testing.T) {
	t.Parallel()
	wav := slices.Concat([]byte("RIFF\x24\x00\x00\x00WAVEfmt "), []byte{16, 0, 0, 0, 1, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x80, 0x3e, 0, 0, 2, 0, 16, 0}, []byte("data\x00\x00\x00\x00"))
	found, err := evidence.Inspect(wav)
	if err != nil || found.Media != "audio/wav" || found.Rendition != nil || evidence.Ending(found.Media) != "wav" {
		t.Errorf("%+v %v", found, err)
	}
}
