package storagetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"image/jpeg"
	"testing"

	"github.com/google/uuid"

	"baimi/domain"
)

// Picture is a small photograph; each mark is another one.
func Picture(mark byte) []byte {
	img := image.NewGray(image.Rect(0, 0, 40, 30))
	for x := range 40 {
		for y := range 30 {
			img.SetGray(x, y, color.Gray{Y: byte(x*5) ^ byte(y*7) ^ mark})
		}
	}
	var out bytes.Buffer
	_ = jpeg.Encode(&out, img, nil) // a buffer takes all
	return out.Bytes()
}

// Bring stores a picture for a case, as somebody who may open it, and gives what is known of it.
func (t *Town) Bring(tb testing.TB, a domain.Actor, id domain.CaseID, mark byte) domain.StoredFile {
	tb.Helper()
	content := Picture(mark)
	sum := sha256.Sum256(content)
	digest := domain.Digest(hex.EncodeToString(sum[:]))
	pixels := 40 * 30
	file := domain.StoredFile{
		ID: uuid.New(), Media: "image/jpeg", Size: int64(len(content)), Digest: digest, Pixels: &pixels,
		Rendition: &domain.Rendition{Media: "image/jpeg", Size: int64(len(content)), Digest: digest, Pages: 1},
	}
	must(tb, t.Store.InTx(tb.Context(), a.Scope(), func(ctx context.Context) error {
		if _, err := t.Store.Case(ctx, a.Scope(), id); err != nil {
			return err
		}
		return t.Store.KeepFile(ctx, a.Scope(), domain.BroughtFile{Case: id, File: file, Original: content, Rendition: content, By: a.Person, At: Now})
	}))
	return file
}

// Attach brings a picture and makes it a part of the case.
func (t *Town) Attach(tb testing.TB, act domain.Act, id domain.CaseID, mark byte) *domain.Case {
	tb.Helper()
	file := t.Bring(tb, act.Actor, id, mark)
	return t.Change(tb, act, id, func(_ context.Context, c *domain.Case) error {
		return c.Attach(act, domain.NewAttachment{Kind: domain.AttachmentPhoto, Title: "院墙现状", File: file})
	})
}
