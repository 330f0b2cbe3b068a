package api_test

import (
	"net/http"
	"strings"
	"testing"

	"baimi/domain"
	"baimi/storage/storagetest"
)

// danger is a threat somebody heard half an hour ago.
func danger() map[string]any {
	return map[string]any{"foundAt": "2026-11-18T09:30:00+08:00", "level": "red", "kind": "crime", "signs": "扬言要砸对方的门。"}
}

const draftID = "0198c0de-7a11-4c3e-9d2f-5b6a7c8d9e0f"

// TestADraftIsTypedAndBecomesACase saves twice, as two windows do, registers, and finds nothing left of the form.
func TestADraftIsTypedAndBecomesACase(t *testing.T) {
	t.Parallel()
	o := open(t)
	keeper, _ := o.hired(t, "keeper", domain.RolePointKeeper, o.PointA1)
	other, _ := o.hired(t, "other", domain.RoleMediator, o.PointA1)
	path := "/drafts/" + draftID
	form := map[string]any{"content": `{"facts": "写到一半"}`}
	a := keeper.do(http.MethodPut, path, form).want(t, http.StatusOK)
	if a.header.Get("ETag") != `"1"` || a.text(t, "status") != "draft" {
		t.Errorf("%s %s", a.header.Get("ETag"), a.raw)
	}
	keeper.do(http.MethodPut, path, form, "If-Match", `"1"`).want(t, http.StatusOK)
	keeper.do(http.MethodPut, path, form, "If-Match", `"1"`).refused(t, http.StatusPreconditionFailed, domain.CodeStale)
	keeper.do(http.MethodPut, path, map[string]any{"content": "[1]"}).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	keeper.do(http.MethodPut, path, map[string]any{"content": `{"x": "` + strings.Repeat("很", 30000) + `"}`}).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	if n := keeper.get("/drafts").want(t, http.StatusOK).size(t, "items"); n != 1 {
		t.Errorf("%d drafts", n)
	}
	if n := other.get("/drafts").want(t, http.StatusOK).size(t, "items"); n != 0 {
		t.Errorf("somebody else sees %d drafts", n)
	}
	other.get(path).refused(t, http.StatusNotFound, domain.CodeNotFound)
	other.do(http.MethodDelete, path, nil).refused(t, http.StatusNotFound, domain.CodeNotFound)
	other.do(http.MethodPut, path, form).refused(t, http.StatusConflict, domain.CodeExists)

	in := quarrel()
	in["draftId"] = draftID
	other.post("/cases", in).refused(t, http.StatusNotFound, domain.CodeNotFound)
	c := keeper.post("/cases", in).want(t, http.StatusCreated)
	a = keeper.get(path).want(t, http.StatusOK)
	if a.text(t, "status") != "registered" || a.text(t, "caseId") != c.text(t, "case", "id") || strings.Contains(string(a.raw), "content") {
		t.Errorf("%s", a.raw)
	}
	keeper.do(http.MethodDelete, path, nil).refused(t, http.StatusConflict, domain.CodeNotOpen)
	keeper.post("/cases", in).refused(t, http.StatusConflict, domain.CodeNotOpen)
}

// TestDraftsAreForThoseWhoTakeIn tries a draft as everybody.
func TestDraftsAreForThoseWhoTakeIn(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	for i, r := range relations {
		path := strings.Replace("/drafts/"+draftID, "0f", string("0123456789abcdef"[i%16])+string("0123456789abcdef"[i/16]), 1)
		want := http.StatusForbidden
		if r.role == domain.RolePointKeeper || r.role == domain.RoleMediator || r.role == domain.RoleCommitteeDirector {
			want = http.StatusOK
		}
		u := w.users[r.name]
		for _, a := range []answer{u.do(http.MethodPut, path, map[string]any{"content": "{}"}), u.get(path), u.get("/drafts")} {
			if a.status != want {
				t.Errorf("%s: %d, want %d: %s", r.name, a.status, want, a.raw)
			}
		}
		if want == http.StatusOK {
			want = http.StatusNoContent
		}
		if a := u.do(http.MethodDelete, path, nil); a.status != want {
			t.Errorf("%s: %d, want %d: %s", r.name, a.status, want, a.raw)
		}
	}
}

// TestAPageSaysBeforehandWhatIsMissing registers a child against a firm and reads what each step asks for.
func TestAPageSaysBeforehandWhatIsMissing(t *testing.T) {
	t.Parallel()
	o := open(t)
	director, _ := o.hired(t, "director", domain.RoleCommitteeDirector, o.CommitteeA1)
	in := quarrel()
	in["parties"] = []map[string]any{
		{"role": "applicant", "kind": "natural", "name": "李小朵", "idNumber": "510185201506010020"},
		{"role": "respondent", "kind": "legal", "name": "简阳市宏远物业有限公司"},
	}
	in["requestedOn"], in["lateReason"] = "2026-10-01", "paper_case"
	a := director.post("/cases", in).want(t, http.StatusCreated)
	path := "/cases/" + a.text(t, "case", "id")
	missing := func(a answer, action string) string {
		for i := range a.size(t, "availableActions") {
			if a.text(t, "availableActions", i, "action") == action {
				return a.text(t, "availableActions", i, "missing")
			}
		}
		return "not open"
	}
	a = director.get(path).want(t, http.StatusOK)
	if got := missing(a, "accept"); !strings.Contains(got, "1号当事人未满14周岁，请先登记其监护人") {
		t.Errorf("missing for the acceptance: %s", got)
	}
	if a.text(t, "lateReason", "label") != "补录纸质案卷" || a.text(t, "lagDays") != "48" || a.text(t, "unexplainedLag") != "false" || a.text(t, "parties", 0, "age") != "11" {
		t.Errorf("%s", a.raw)
	}
	if e := director.get(path+"/events").want(t, http.StatusOK); e.text(t, "items", 0, "late") != "true" || e.text(t, "items", 0, "lagDays") != "48" {
		t.Errorf("%s", e.raw)
	}
	a = director.post(path+"/representatives", map[string]any{
		"partyNo": 1, "kind": "guardian", "name": "陈桂芳\u200b", "relation": "mother", "phone": "13700137000", "from": today,
	}).want(t, http.StatusOK)
	if missing(a, "accept") != "[]" || a.text(t, "representatives", 0, "name") != "陈桂芳" || a.text(t, "representatives", 0, "phoneMasked") != "137****7000" {
		t.Errorf("%s", a.raw)
	}
	director.do(http.MethodPost, path+"/date-corrections", map[string]any{"reason": "verified", "requestedOn": "2026-10-02"}).
		refused(t, http.StatusPreconditionRequired, domain.CodeNeedsMatch)
	a = director.post(path+"/date-corrections", map[string]any{"reason": "verified", "requestedOn": "2026-10-02"}, "If-Match", a.header.Get("ETag")).want(t, http.StatusOK)
	if a.text(t, "requestedOn") != "2026-10-02" {
		t.Errorf("%s", a.raw)
	}
	director.post(path+"/date-corrections", map[string]any{"reason": "verified", "requestedOn": "2010-10-02"}, "If-Match", a.header.Get("ETag")).
		refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
}

// TestADangerIsToldReportedAndEnded goes the way of an escalation over HTTP.
func TestADangerIsToldReportedAndEnded(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	path := "/cases/" + w.caseIn(t, "archived").String() + "/escalations"
	u := w.users["own-keeper"]
	a := u.post(path, danger()).want(t, http.StatusOK)
	if a.text(t, "escalations", 0, "mandatory") != "true" || a.text(t, "escalations", 0, "reported") != "false" || a.text(t, "status") != "archived" {
		t.Errorf("%s", a.raw)
	}
	u.post(path+"/1/measures", map[string]any{"at": noon, "measures": []string{"calm"}, "note": "已劝离。"}).want(t, http.StatusOK)
	u.post(path+"/1/end", map[string]any{"at": noon, "result": "stable"}).refused(t, http.StatusConflict, domain.CodeGuard)
	u.post(path+"/1/reports", map[string]any{"organ": "police", "how": "phone", "at": noon, "receipt": "J2026-1"}).want(t, http.StatusOK)
	a = u.post(path+"/1/end", map[string]any{"at": noon, "result": "stable", "prevented": "crime", "preventedPeople": 2}).want(t, http.StatusOK)
	x := func(p ...any) string { return a.text(t, append([]any{"escalations", 0}, p...)...) }
	if x("reported") != "true" || x("reports", 0, "receipt") != "J2026-1" || x("result") != "stable" || x("preventedPeople") != "2" || x("measuresNote") != "已劝离。" {
		t.Errorf("%s", a.raw)
	}
	u.post(path+"/7/end", map[string]any{"at": noon, "result": "stable"}).refused(t, http.StatusNotFound, domain.CodeNotFound)
	if storagetest.Now.Format("15:04") != "02:00" {
		t.Error("noon is not when tests live")
	}
}
