package api_test

import (
	"archive/zip"
	"bytes"
	"net/http"
	"strings"
	"testing"

	"baimi/domain"
)

// What was typed once comes out of the printer: one form, those of a moment, the whole file; and it is logged who printed.
func TestFormsOfACaseArePrinted(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	at := "/cases/" + w.caseIn(t, "in force").String()
	u := w.users["case-mediator"]

	a := u.get(at+"/forms").want(t, http.StatusOK)
	for _, form := range []string{`"cover"`, `"register"`, `"agreement"`, `"confirmation"`, `"closing_report"`} {
		if !strings.Contains(string(a.raw), `"form":`+form) {
			t.Errorf("%s is not offered: %s", form, a.raw)
		}
	}
	for path, want := range map[string]string{
		"/forms/agreement": "application/pdf", "/forms/notice?no=2": "application/pdf", "/volume": "application/pdf",
		"/volume?forms=register,notice,agreement": "application/pdf",
		"/forms/agreement?format=docx":            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	} {
		a := u.get(at+path).want(t, http.StatusOK)
		if got := a.header.Get("Content-Type"); got != want || !strings.Contains(a.header.Get("Content-Disposition"), "; filename*=UTF-8''") {
			t.Errorf("%s: %s, %s", path, got, a.header.Get("Content-Disposition"))
		}
		if want == "application/pdf" && !bytes.HasPrefix(a.raw, []byte("%PDF-1.")) {
			t.Errorf("%s is no PDF: %.20q", path, a.raw)
		}
		if want != "application/pdf" {
			if _, err := zip.NewReader(bytes.NewReader(a.raw), int64(len(a.raw))); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
	u.get(at+"/forms/terminated").refused(t, http.StatusConflict, domain.CodeGuard)
	u.get(at+"/forms/notice?no=9").refused(t, http.StatusConflict, domain.CodeGuard)
	u.get(at+"/volume?forms=volume").refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)

	log := w.users["own-director"].get(at+"/accesses").want(t, http.StatusOK)
	if n := strings.Count(string(log.raw), `"what":"print"`); n != 5 {
		t.Errorf("%d prints in the access log, want 5: %s", n, log.raw)
	}
	u.get("/blank-forms/application").want(t, http.StatusOK)
	u.get("/blank-forms/urging").refused(t, http.StatusConflict, domain.CodeGuard)
}
