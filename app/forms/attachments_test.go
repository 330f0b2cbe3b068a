package forms_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"baimi/app/forms"
	"baimi/domain"
)

// shade is a small picture.
func shade(tb testing.TB, w, h int) []byte {
	tb.Helper()
	img := image.NewGray(image.Rect(0, 0, w, h))
	for i := range img.Pix {
		img.Pix[i] = color.Gray{Y: byte(i)}.Y
	}
	var out bytes.Buffer
	must(tb, jpeg.Encode(&out, img, nil))
	return out.Bytes()
}

// furnished is an agreed case with files of several kinds, and what is shown of them.
func furnished(tb testing.TB) forms.Matter {
	tb.Helper()
	c := agreed(tb)
	m := matter(c)
	paper, err := forms.PDF(forms.Document{Blocks: []forms.Block{forms.Para{Text: "借条第一页"}, forms.NewPage{}, forms.Para{Text: "第二页"}}})
	must(tb, err)
	m.Shown = map[int][]byte{}
	for i, x := range []struct {
		kind  domain.AttachmentKind
		title string
		party int
		media string
		shown []byte
		pages int
	}{
		{domain.AttachmentReceipt, "转账凭证", 0, "image/jpeg", shade(tb, 400, 900), 1},
		{domain.AttachmentEvidence, "借条", 0, "application/pdf", paper, 2},
		{domain.AttachmentIdentity, "身份证", 2, "image/jpeg", shade(tb, 856, 540), 1},
		{domain.AttachmentRecording, "通话录音", 0, "audio/mpeg", nil, 0},
		{domain.AttachmentIdentity, "身份证", 1, "image/jpeg", shade(tb, 856, 540), 1},
	} {
		in := domain.NewAttachment{Kind: x.kind, Title: x.title, PartyNo: x.party, File: domain.StoredFile{
			ID: uuid.New(), Media: x.media, Size: 1000, Digest: domain.Digest(strings.Repeat(fmt.Sprintf("%02x", i), 32)),
		}}
		if x.shown != nil {
			in.File.Rendition = &domain.Rendition{Media: x.media, Size: int64(len(x.shown)), Digest: in.File.Digest, Pages: x.pages}
			m.Shown[i+1] = x.shown
		}
		must(tb, c.Attach(by(director, "2026-09-15"), in))
	}
	return m
}

// The files lie in the volume where the contents of 3.1 want them, each on pages that are numbered through.
func TestTheVolumeHoldsTheFilesAtTheirPlace(t *testing.T) {
	t.Parallel()
	m := furnished(t)
	var order []string
	for _, name := range forms.Contents(t, m) {
		for _, part := range []string{"身份证明：身份证（王小明）", "身份证明：身份证（欧阳", "证据材料：借条", "录音录像：通话录音", "协议书", "履行凭证：转账凭证"} {
			if strings.Contains(name, part) {
				order = append(order, part)
			}
		}
	}
	want := []string{"身份证明：身份证（欧阳", "身份证明：身份证（王小明）", "证据材料：借条", "录音录像：通话录音", "协议书", "履行凭证：转账凭证"}
	if !slices.Equal(order, want) {
		t.Errorf("%v, want %v", order, want)
	}
	said, begin, err := forms.Pages(m)
	must(t, err)
	if !slices.Equal(said, begin) {
		t.Errorf("the contents say %v, the documents begin on %v", said, begin)
	}
	with, err := forms.Volume(m)
	must(t, err)
	again, err := forms.Volume(m)
	must(t, err)
	if len(with) != len(again) { // the library takes pages of a PDF over in any order of their parts
		t.Error("the volume differs from itself")
	}
	delete(m.Shown, 2)
	for range 2 {
		a, err := forms.Volume(m)
		must(t, err)
		b, err := forms.Volume(m)
		must(t, err)
		if !bytes.Equal(a, b) {
			t.Error("the volume of pictures alone differs from itself")
		}
	}
	bare := matter(agreed(t))
	without, err := forms.Volume(bare)
	must(t, err)
	for code := range forms.Places() {
		if _, ok := forms.Find(code); !ok {
			t.Errorf("files lie before %q, which is no form", code)
		}
	}
	if grown := bytes.Count(with, []byte("/Type /Page\n")) - bytes.Count(without, []byte("/Type /Page\n")); grown != 6 {
		t.Errorf("%d more pages, want six: four files of one page and one of two", grown)
	}
}

// A paper that cannot be taken over must not keep the volume from being printed.
func TestAPaperThatCannotBePrintedDoesNotStopTheVolume(t *testing.T) {
	t.Parallel()
	m := furnished(t)
	m.Shown[2] = []byte("%PDF-1.4\nnothing")
	_, err := forms.Volume(m)
	must(t, err)
}

// What is filed is what the volume prints, so that the manifest of what is locked leaves nothing out.
func TestWhatIsFiledIsWhatTheVolumePrints(t *testing.T) {
	t.Parallel()
	for name, c := range ended(t) {
		m := matter(c)
		filed := 0
		for _, d := range forms.Filed(m) {
			if d.Code != "cover" && d.Code != "back_cover" {
				filed++
			}
		}
		if got := len(forms.Contents(t, m)); got != filed {
			t.Errorf("%s: %d in the contents, %d filed", name, got, filed)
		}
	}
}
