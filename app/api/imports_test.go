package api_test

import (
	"crypto/rand"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"baimi/app/imports"
	"baimi/app/sheets"
	"baimi/domain"
)

const newTown = "区划代码,名称,级别,上级代码,启用日期\n510185300,新镇,镇（街道）,510185,2026-01-01\n5101853,坏镇,镇（街道）,510185,明天\n"

// worked lets the worker of imports do what the queue would tell it.
func (o *office) worked(t *testing.T, a answer) {
	t.Helper()
	id, err := uuid.Parse(a.text(t, "id"))
	fatal(t, err)
	_, _, ok, err := imports.New(o.Store, o.clock, rand.Reader, nil).Work(t.Context(), domain.CountyInfo{ID: o.County, AreaPath: "510185"}, id)
	fatal(t, err)
	if !ok {
		t.Fatal("nothing to work")
	}
}

// TestAFileIsBroughtInOverHTTP tries a file as everybody; then the administrator's is checked, brought in, and its bad row
// comes back.
func TestAFileIsBroughtInOverHTTP(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	for _, r := range relations {
		if r.role == domain.RoleSystemAdmin {
			continue
		}
		u := w.users[r.name]
		u.post("/imports/areas", []byte(newTown)).refused(t, http.StatusForbidden, domain.CodeForbidden)
		if r.role != domain.RoleBureauOfficer { // who brings in the people
			u.get("/imports").refused(t, http.StatusForbidden, domain.CodeForbidden)
			u.post("/imports/people", []byte(newTown)).refused(t, http.StatusForbidden, domain.CodeForbidden)
		}
		u.get("/imports/areas/template").want(t, http.StatusOK) // an empty form is nobody's secret
	}
	admin := w.users["system-admin"]
	template := admin.get("/imports/people/template").want(t, http.StatusOK)
	if s, err := sheets.Read(template.raw); err != nil || s.Header[0] != "人员编号" || len(s.Rows) != 0 {
		t.Errorf("template %v %v", s.Header, err)
	}

	for body, code := range map[string]domain.Code{
		"PK\x03\x04 no workbook": domain.CodeInvalid, "\xD0\xCF\x11\xE0": domain.CodeInvalid, "姓名,电话\n张三,1\n": domain.CodeInvalid,
		"\n\n": domain.CodeInvalid, "a,\"b\nc": domain.CodeInvalid, "\xff\xff\xff": domain.CodeInvalid,
	} {
		admin.post("/imports/areas", []byte(body)).refused(t, http.StatusUnprocessableEntity, code)
	}
	admin.post("/imports/areas", newTown).want(t, http.StatusUnsupportedMediaType) // as JSON
	admin.post("/imports/areas", []byte{}).want(t, http.StatusBadRequest)
	admin.post("/imports/kings", []byte(newTown)).want(t, http.StatusNotFound)
	admin.post("/imports/areas", []byte(strings.Repeat("x", 20<<20+1))).want(t, http.StatusRequestEntityTooLarge)

	dry := admin.post("/imports/areas?dryRun=true&fileName=%E5%8C%BA%E5%88%92.csv", []byte(newTown), "Idempotency-Key", "file-0001").want(t, http.StatusAccepted)
	again := admin.post("/imports/areas?dryRun=true&fileName=%E5%8C%BA%E5%88%92.csv", []byte(newTown), "Idempotency-Key", "file-0001").want(t, http.StatusAccepted)
	if string(dry.raw) != string(again.raw) || dry.text(t, "state") != "waiting" || dry.text(t, "fileName") != "区划.csv" {
		t.Errorf("%s\n%s", dry.raw, again.raw)
	}
	w.worked(t, dry)
	path := strings.TrimPrefix(dry.header.Get("Location"), "/api/v1")
	run := admin.get(path).want(t, http.StatusOK)
	if run.text(t, "state") != "done" || run.text(t, "added") != "1" || run.text(t, "bad") != "1" || run.text(t, "hasErrors") != "true" {
		t.Errorf("checked: %s", run.raw)
	}
	if n := admin.get("/areas?q=%E6%96%B0%E9%95%87").want(t, http.StatusOK).size(t, "items"); n != 0 {
		t.Errorf("a check has made %d areas", n)
	}
	real := admin.post("/imports/areas", []byte(newTown)).want(t, http.StatusAccepted)
	w.worked(t, real)
	if n := admin.get("/areas?q=%E6%96%B0%E9%95%87").want(t, http.StatusOK).size(t, "items"); n != 1 {
		t.Errorf("%d areas", n)
	}
	back := admin.get("/import-runs/"+real.text(t, "id")+"/errors").want(t, http.StatusOK)
	if !strings.Contains(string(back.raw), "问题") || !strings.Contains(string(back.raw), "应为2026-03-02这样的日期") ||
		!strings.Contains(back.header.Get("Content-Disposition"), ".csv") {
		t.Errorf("%v %s", back.header, back.raw)
	}
	if n := admin.get("/imports?pageSize=1").want(t, http.StatusOK); n.size(t, "items") != 1 || n.at(t, "nextCursor") == nil {
		t.Errorf("%s", n.raw)
	}
	admin.get("/import-runs/0198c0de-7a11-4c3e-9d2f-5b6a7c8d9e0f").refused(t, http.StatusNotFound, domain.CodeNotFound)
	admin.post("/imports/people", []byte(newTown)).refused(t, http.StatusForbidden, domain.CodeForbidden)
	w.users["bureau"].get("/import-runs/"+real.text(t, "id")).want(t, http.StatusOK)
	w.users["bureau"].get("/import-runs/"+real.text(t, "id")+"/errors").refused(t, http.StatusForbidden, domain.CodeForbidden)
	w.users["town-office"].get(path).refused(t, http.StatusForbidden, domain.CodeForbidden)
}
