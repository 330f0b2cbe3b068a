package api_test

import (
	"net/http"
	"testing"

	"baimi/domain"
)

// TestTownsAreMergedOverHTTP tries the merger as everybody; then the office of the one town opens a case of the other.
func TestTownsAreMergedOverHTTP(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	id := w.caseIn(t, "registered").String()
	other := w.users["other-town-office"]
	other.get("/cases/"+id).want(t, http.StatusNotFound)
	merger := map[string]any{
		"on": today, "from": []string{"510185000002", "510185000003"}, "into": "510185200", "name": "新镇", "source": "川府民政〔2026〕1号",
	}
	for _, r := range relations {
		if r.role == domain.RoleSystemAdmin {
			continue
		}
		w.users[r.name].post("/area-mergers", merger).refused(t, http.StatusForbidden, domain.CodeForbidden)
		w.users[r.name].get("/area-mergers").refused(t, http.StatusForbidden, domain.CodeForbidden)
	}
	admin := w.users["system-admin"]
	for field, value := range map[string]any{"/on": "2026-12-31", "/from/0": []string{"510185999999"}, "/into": "510185999"} {
		wrong := map[string]any{"on": today, "from": merger["from"], "into": merger["into"], "name": "新镇", "source": "批复"}
		switch field {
		case "/on":
			wrong["on"] = value
		case "/from/0":
			wrong["from"] = value
		default:
			wrong["into"] = value
			delete(wrong, "name")
		}
		a := admin.post("/area-mergers", wrong).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
		if got := a.text(t, "errors", 0, "pointer"); got != field {
			t.Errorf("wrong %s: %s", field, a.raw)
		}
	}
	a := admin.post("/area-mergers", merger, "Idempotency-Key", "merger-0001").want(t, http.StatusCreated)
	again := admin.post("/area-mergers", merger, "Idempotency-Key", "merger-0001").want(t, http.StatusCreated)
	if string(a.raw) != string(again.raw) || a.text(t, "areasMoved") != "3" {
		t.Errorf("%s\n%s", a.raw, again.raw)
	}
	if n := admin.get("/area-mergers").want(t, http.StatusOK).size(t, "items"); n != 1 {
		t.Errorf("%d mergers", n)
	}
	if name := other.get("/cases/"+id).want(t, http.StatusOK).text(t, "areaName"); name != "甲一村" {
		t.Errorf("the case's area is called %s", name)
	}
}
