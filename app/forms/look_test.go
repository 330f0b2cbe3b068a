package forms_test

import (
	"os"
	"testing"

	"baimi/app/forms"
	"baimi/domain"
)

func TestLook(t *testing.T) {
	c := agreed(t)
	m := matter(c)
	var docs []forms.Document
	for _, k := range forms.Kinds() {
		for _, no := range k.Numbers(m) {
			docs = append(docs, k.Make(m, no))
		}
	}
	b, err := forms.PDF(docs...)
	must(t, err)
	must(t, os.WriteFile("/tmp/fonts/all.pdf", b, 0o600))
	w, err := forms.DOCX(docs...)
	must(t, err)
	must(t, os.WriteFile("/tmp/fonts/all.docx", w, 0o600))
	docs = nil
	empty := matter(&domain.Case{})
	empty.TypeName = ""
	for _, k := range forms.Kinds() {
		if k.Blank {
			docs = append(docs, k.Make(empty, 0))
		}
	}
	b, err = forms.PDF(docs...)
	must(t, err)
	must(t, os.WriteFile("/tmp/fonts/blank.pdf", b, 0o600))
}

func TestVolumeLook(t *testing.T) {
	b, err := forms.Volume(matter(agreed(t)))
	must(t, err)
	must(t, os.WriteFile("/tmp/fonts/volume.pdf", b, 0o600))
}
