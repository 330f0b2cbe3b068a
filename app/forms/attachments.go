package forms

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // renditions
	"io"

	"github.com/signintech/gopdf"

	"baimi/domain"
)

// Picture is a page's worth of a picture (JPEG) below what it is.
type Picture struct{ Content []byte }

// PaperPages are the pages of a PDF, each on a page of the file, so that they bear its numbers.
type PaperPages struct {
	Content []byte
	Count   int
}

func (Picture) block()    {}
func (PaperPages) block() {}

// place is where files of some kinds lie in the volume: before the form with this code (domain.md 3.1: 3 identity papers, 4 powers, 6
// evidence, 9 receipts).
type place struct {
	before string
	kinds  []domain.AttachmentKind
}

var places = []place{
	{"mandate", []domain.AttachmentKind{domain.AttachmentIdentity}},
	{"declined", []domain.AttachmentKind{domain.AttachmentPower}},
	{"agreement", []domain.AttachmentKind{domain.AttachmentEvidence, domain.AttachmentPhoto, domain.AttachmentRecording}},
	{"follow_up", []domain.AttachmentKind{domain.AttachmentReceipt}},
	{"remarks", []domain.AttachmentKind{domain.AttachmentSignedForm, domain.AttachmentOther}},
}

// attached are the files that lie before a form, by kind and then as they came.
func (m Matter) attached(before string) []domain.Attachment {
	var list []domain.Attachment
	for _, p := range places {
		if p.before != before {
			continue
		}
		for _, k := range p.kinds {
			for _, x := range m.Case.Attachments {
				if x.Kind == k && x.Filed() {
					list = append(list, x)
				}
			}
		}
	}
	return list
}

// attachmentTitle is what the contents of the file call it.
func (m Matter) attachmentTitle(x domain.Attachment) string {
	title := x.Kind.Name() + "：" + x.Title.Reveal()
	if x.PartyNo != nil {
		title += "（" + m.partyName(*x.PartyNo) + "）"
	}
	return title
}

// attachmentDocument is a file in the volume: its picture or its pages, else what it is and where to find it.
func (m Matter) attachmentDocument(x domain.Attachment) Document {
	d := Document{Code: "attachment", Title: m.attachmentTitle(x), Foot: deref(m.Case.FileNo)}
	d.Blocks = append(d.Blocks, Para{Text: fmt.Sprintf("材料%d　%s", x.No, d.Title), Flush: true})
	content := m.Shown[x.No]
	switch {
	case content != nil && deref(x.RenditionMedia) == "application/pdf":
		d.Blocks = append(d.Blocks, PaperPages{Content: content, Count: deref(x.Pages)})
	case content != nil:
		d.Blocks = append(d.Blocks, Picture{Content: content})
	default:
		d.Blocks = append(d.Blocks, unbound(x)...)
	}
	return d
}

// unbound tells of a file that no page can show: what it is and its digest, so that it can be told from another.
func unbound(x domain.Attachment) []Block {
	digest := string(x.Digest)
	return []Block{
		Grid{Rows: []GridRow{
			tall("类别", x.Kind.Name()), tall("文件类型", x.Media), tall("大小", fmt.Sprintf("%d字节", x.Size)), tall("材料日期", day(x.DatedOn)),
			tall("SHA-256", digest[:32]+"\n"+digest[32:]),
		}},
		Para{Text: "本材料为电子文件，保存在系统中，不能打印成页；以上校验值可以核对文件是否被改动。", Flush: true},
	}
}

// Filed are the forms that the file of a case holds, for the manifest of what is locked.
func Filed(m Matter) []domain.FiledDocument {
	var list []domain.FiledDocument
	for _, k := range Kinds() {
		for _, no := range k.filed(m) {
			list = append(list, domain.FiledDocument{Code: k.Code, No: no, On: k.On(m, no)})
		}
	}
	return list
}

// picture sets a picture as large as the rest of the page allows.
func (s *sheet) picture(p Picture) {
	holder, err := gopdf.ImageHolderByBytes(p.Content)
	if err != nil {
		s.fail(fmt.Errorf("picture: %w", err))
		return
	}
	w, h, err := sizeOf(p.Content)
	if err != nil {
		s.fail(fmt.Errorf("picture: %w", err))
		return
	}
	s.y += 4
	w, h = fitted(w, h, lineWidth, s.left())
	s.fail(s.pdf.ImageByHolder(holder, marginLeft+(lineWidth-w)/2, s.y, &gopdf.Rect{W: w, H: h}))
	s.y += h
}

// fitted is a size shrunk, or grown, to what there is room for.
func fitted(w, h, wide, high float64) (float64, float64) {
	scale := min(wide/w, high/h)
	return w * scale, h * scale
}

// pages draws the pages of a PDF, the first below what it is. What cannot be taken over is told on the page: the file itself is
// kept, and a volume must not fail for one paper.
func (s *sheet) pages(p PaperPages) {
	for no := 1; no <= p.Count; no++ {
		if no > 1 {
			s.newPage()
		}
		s.y += 4
		if err := s.page1(p.Content, no); err != nil {
			s.paragraph(Para{Flush: true}, fmt.Sprintf("（第%d页不能打印，请在系统中查看）", no))
		}
	}
}

// page1 takes one page over; the reader's own faults are errors here.
func (s *sheet) page1(content []byte, no int) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("page %d: %v", no, p)
		}
	}()
	var r io.ReadSeeker = bytes.NewReader(content)
	box := s.pdf.GetStreamPageSizes(&r)[no]["/MediaBox"]
	if box["w"] <= 0 || box["h"] <= 0 {
		return fmt.Errorf("page %d has no size", no)
	}
	r = bytes.NewReader(content)
	tpl := s.pdf.ImportPageStream(&r, no, "/MediaBox")
	w, h := fitted(box["w"], box["h"], lineWidth, s.left())
	s.pdf.UseImportedTemplate(tpl, marginLeft+(lineWidth-w)/2, s.y, w, h)
	s.y += h
	return nil
}

// sizeOf is the width and height of a picture in pixels.
func sizeOf(content []byte) (w, h float64, err error) {
	cfg, _, err := image.DecodeConfig(bytes.NewReader(content))
	if err == nil && (cfg.Width <= 0 || cfg.Height <= 0) {
		err = fmt.Errorf("no size")
	}
	return float64(cfg.Width), float64(cfg.Height), err
}
