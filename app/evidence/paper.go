package evidence

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

const maxPages = 300

// unwanted are the entries of a PDF that do something, or hide something: scripts, actions, other files, forms that compute,
// what an editor kept of earlier versions, and what the writer wrote about himself.
var unwanted = []string{
	"JS", "JavaScript", "OpenAction", "AA", "A", "PA", "EmbeddedFiles", "EF", "AF", "FS", "RichMediaContent", "RichMediaSettings", "Metadata", "PieceInfo", "XFA",
	"Collection", "Threads", "URI", "Launch", "Perms", "Legal", "Rendition", "Movie", "Sound", "3DD", "LastModified",
}

// shownNotes are the annotations that are only drawn.
var shownNotes = map[string]bool{
	"Text": true, "FreeText": true, "Line": true, "Square": true, "Circle": true, "Polygon": true, "PolyLine": true, "Highlight": true, "Underline": true,
	"Squiggly": true, "StrikeOut": true, "Stamp": true, "Caret": true, "Ink": true, "Widget": true,
}

var quiet = sync.OnceFunc(api.DisableConfigDir)

func settings() *model.Configuration {
	quiet()
	c := model.NewDefaultConfiguration()
	c.Offline, c.ValidationMode = true, model.ValidationRelaxed
	c.WriteObjectStream, c.WriteXRefStream = false, false // so that the file of the case can take its pages over
	c.OptimizeDuplicateContentStreams = false
	c.Limits.MaxDecodeBytes, c.Limits.MaxImagePixels, c.Limits.MaxObjectCount = 128<<20, maxPixels, 200_000
	return c
}

var (
	errLocked = errors.New("the paper is locked by a password")
	errLives  = errors.New("the paper still does something after cleaning")
)

// paper writes a PDF anew without what does or hides something. One that cannot be cleaned is kept and not shown; one that
// nobody could open is refused.
func paper(content []byte) (found Found, err error) {
	clean, pages, err := cleaned(content)
	switch {
	case errors.Is(err, errLocked):
		return found, refuse("locked", "PDF设有密码，请去掉密码后再上传")
	case errors.Is(err, errLives):
		return found, nil
	case err != nil:
		return found, refuse("damaged", "PDF打不开，可能没有完整保存，请另存后再上传")
	case pages > maxPages:
		return found, refuse("pages", "PDF有%d页，最多%d页，请分成几个文件上传", pages, maxPages)
	}
	return Found{Rendition: &Shown{Media: PDF, Content: clean, Pages: pages}}, nil
}

// cleaned is the paper written anew; the reader's own faults must not end the service.
func cleaned(content []byte) (out []byte, pages int, err error) {
	defer func() {
		if p := recover(); p != nil {
			out, err = nil, fmt.Errorf("reading a PDF: %v", p)
		}
	}()
	conf := settings()
	ctx, err := api.ReadAndValidate(bytes.NewReader(content), conf)
	if err != nil {
		if strings.Contains(strings.ToLower(err.Error()), "password") {
			return nil, 0, errLocked
		}
		return nil, 0, err
	}
	if ctx.E != nil {
		return nil, 0, errLocked
	}
	if pages = ctx.PageCount; pages > maxPages {
		return nil, pages, nil
	}
	scrub(ctx)
	var buf bytes.Buffer
	if err := api.WriteContext(ctx, &buf); err != nil {
		return nil, 0, err
	}
	again, err := api.ReadAndValidate(bytes.NewReader(buf.Bytes()), settings())
	if err != nil {
		return nil, 0, err
	}
	if again.PageCount != pages || lives(again) {
		return nil, pages, errLives
	}
	return buf.Bytes(), pages, nil
}

// scrub takes the unwanted entries out of every object.
func scrub(ctx *model.Context) {
	ctx.Info, ctx.Author, ctx.Title, ctx.Subject, ctx.Keywords, ctx.Creator = nil, "", "", "", "", ""
	clear(ctx.Properties)
	clear(ctx.Names) // scripts and other files that have names; they would be written back otherwise
	if root, err := ctx.Catalog(); err == nil {
		root.Delete("Names")
	}
	for _, entry := range ctx.Table {
		if entry == nil || entry.Free {
			continue
		}
		each(entry.Object, func(d types.Dict) {
			for _, key := range unwanted {
				d.Delete(key)
			}
			if notes, ok := d.Find("Annots"); ok {
				d.Update("Annots", drawn(ctx, notes))
			}
		})
	}
}

// drawn are the annotations of a page that are only drawn.
func drawn(ctx *model.Context, notes types.Object) types.Array {
	list, err := ctx.DereferenceArray(notes)
	kept := types.Array{}
	if err != nil {
		return kept
	}
	for _, n := range list {
		if d, err := ctx.DereferenceDict(n); err == nil && d != nil && d.Subtype() != nil && shownNotes[*d.Subtype()] {
			kept = append(kept, n)
		}
	}
	return kept
}

// lives tells whether something unwanted is left.
func lives(ctx *model.Context) bool {
	found := false
	for _, entry := range ctx.Table {
		if entry == nil || entry.Free {
			continue
		}
		each(entry.Object, func(d types.Dict) {
			for _, key := range unwanted {
				_, has := d.Find(key)
				found = found || has
			}
			if s := d.NameEntry("S"); s != nil {
				found = found || *s == "JavaScript" || *s == "Launch" || *s == "SubmitForm" || *s == "ImportData" || *s == "GoToR" || *s == "GoToE"
			}
		})
	}
	return found
}

// each calls do for every dictionary in an object.
func each(o types.Object, do func(types.Dict)) {
	switch x := o.(type) {
	case types.Dict:
		do(x)
		for _, v := range x {
			each(v, do)
		}
	case types.StreamDict:
		do(x.Dict)
		for _, v := range x.Dict {
			each(v, do)
		}
	case *types.StreamDict:
		if x != nil {
			do(x.Dict)
			for _, v := range x.Dict {
				each(v, do)
			}
		}
	case types.Array:
		for _, v := range x {
			each(v, do)
		}
	}
}
