package demo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"sync"
	"time"

	"github.com/google/uuid"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"baimi/app/forms"
	"baimi/domain"
)

// photographed tells whether the papers of a dispute are in the demo's file store: of some that show a state, and of one in so many of
// the others. Each file is forced to disk, which takes longer than the dispute itself; of the others the papers lie in the paper file.
func photographed(n int) bool { return n < len(shown) && n%3 == 1 || n%170 == 0 }

// specimen is a made-up paper, drawn once: it says in large letters that it is one.
type specimen struct {
	content []byte
	digest  domain.Digest
	err     error
}

var specimens = map[domain.AttachmentKind]func() specimen{
	domain.AttachmentIdentity: sync.OnceValue(func() specimen { return drawn("居民身份证", "（样张，非真实证件）", 860, 540) }),
	domain.AttachmentPhoto:    sync.OnceValue(func() specimen { return drawn("现场照片", "（样张）", 900, 600) }),
	domain.AttachmentEvidence: sync.OnceValue(func() specimen { return drawn("借条、收据等证据", "（样张）", 620, 870) }),
	domain.AttachmentReceipt:  sync.OnceValue(func() specimen { return drawn("转账凭证", "（样张）", 620, 400) }),
}

// drawn draws a paper of a name with the mark of the demo across.
func drawn(name, note string, w, h int) specimen {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Bounds(), image.NewUniform(color.RGBA{0xee, 0xf3, 0xf8, 0xff}), image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(12, 12, w-12, h-12), image.NewUniform(color.White), image.Point{}, draw.Src)
	face, err := opentype.Parse(forms.Font())
	if err != nil {
		return specimen{err: err}
	}
	for _, t := range []struct {
		text string
		size float64
		y    int
		ink  color.RGBA
	}{
		{Mark, float64(w) / 4, h * 2 / 3, color.RGBA{0xd8, 0xde, 0xe6, 0xff}},
		{name, float64(w) / 14, h / 4, color.RGBA{0x20, 0x2a, 0x36, 0xff}},
		{note, float64(w) / 28, h - 40, color.RGBA{0x6a, 0x74, 0x80, 0xff}},
	} {
		f, err := opentype.NewFace(face, &opentype.FaceOptions{Size: t.size, DPI: 72})
		if err != nil {
			return specimen{err: err}
		}
		d := font.Drawer{Dst: img, Src: image.NewUniform(t.ink), Face: f}
		d.Dot = fixed.Point26_6{X: (fixed.I(w) - d.MeasureString(t.text)) / 2, Y: fixed.I(t.y)}
		d.DrawString(t.text)
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 80}); err != nil {
		return specimen{err: err}
	}
	sum := sha256.Sum256(out.Bytes())
	return specimen{content: out.Bytes(), digest: domain.Digest(hex.EncodeToString(sum[:]))}
}

// brings puts a made-up paper into the case; its bytes are stored with the dispute.
func (d *dispute) brings(who, officer domain.Actor, at time.Time, kind domain.AttachmentKind, title string, party int) error {
	s := specimens[kind]()
	if s.err != nil {
		return fmt.Errorf("draw a made-up paper: %w", s.err)
	}
	id, err := uuid.NewRandomFromReader(d.rnd)
	if err != nil {
		return err
	}
	size := int64(len(s.content))
	file := domain.StoredFile{
		ID: id, Media: "image/jpeg", Size: size, Digest: s.digest, Rendition: &domain.Rendition{Media: "image/jpeg", Size: size, Digest: s.digest, Pages: 1},
	}
	if err := d.c.Attach(d.act(who, at, "", officer), domain.NewAttachment{Kind: kind, Title: title, PartyNo: party, File: file}); err != nil {
		return err
	}
	d.files = append(d.files, domain.BroughtFile{
		Case: d.c.CaseID(), File: file, Original: s.content, Rendition: s.content, By: who.Person, At: at.UTC(),
	})
	return nil
}

// bring plans that the mediator photographs the papers when the mediation begins.
func (p *plan) bring() {
	if !p.fate.papers {
		return
	}
	at := p.at
	p.do(func(d *dispute, now time.Time) error {
		now = now.Add(10 * time.Minute)
		for _, x := range d.c.Parties {
			if x.Kind == domain.Natural {
				if err := d.brings(at.mediator, at.officer, now, domain.AttachmentIdentity, "身份证（"+Mark+"）", x.No); err != nil {
					return err
				}
			}
		}
		if err := d.brings(at.mediator, at.officer, now, domain.AttachmentPhoto, "现场照片（"+Mark+"）", 0); err != nil {
			return err
		}
		return d.brings(at.mediator, at.officer, now, domain.AttachmentEvidence, "证据材料（"+Mark+"）", 0)
	})
}

// filed are the forms that a case prints, for the manifest of what is locked.
func filed(c *domain.Case) []domain.FiledDocument {
	return forms.Filed(forms.Matter{Case: c, Label: func(_, code string) string { return code }})
}
