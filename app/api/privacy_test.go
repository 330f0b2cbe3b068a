package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"baimi/domain"
)

// TestFullValuesAreShownAtAReasonAndLogged follows one case: what is masked, who unmasks it and why, and who is told of it.
func TestFullValuesAreShownAtAReasonAndLogged(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	id := w.caseIn(t, "accepted").String()
	med, dir := w.users["case-mediator"], w.users["own-director"]
	audit := w.users["audit-admin"]

	a := med.get("/cases/"+id).want(t, http.StatusOK)
	for _, clear := range []string{"510185199003070013", "13800138000"} {
		if strings.Contains(string(a.raw), clear) {
			t.Errorf("the case shows %s", clear)
		}
	}
	later := func() { w.now = w.now.Add(time.Second) }
	later()
	ask := map[string]any{"partyNo": 1, "fields": []string{"phone", "id_number", "address"}, "reason": "verify_identity"}
	a = dir.post("/cases/"+id+"/reveals", ask).want(t, http.StatusOK)
	if a.text(t, "idNumber") != "510185199003070013" || a.text(t, "phone") != "13800138000" || a.at(t, "address") != nil {
		t.Errorf("revealed %s", a.raw)
	}
	dir.post("/cases/"+id+"/reveals", map[string]any{"partyNo": 1, "fields": []string{"phone"}}).refused(t, http.StatusBadRequest, "bad-request")
	dir.post("/cases/"+id+"/reveals", map[string]any{"partyNo": 7, "fields": []string{"phone"}, "reason": "supervision"}).refused(t, http.StatusNotFound, domain.CodeNotFound)
	later()
	for _, party := range []int{1, 1, 2} { // one tap after another: one line a day
		med.post(fmt.Sprintf("/cases/%s/parties/%d/phone", id, party), nil).want(t, http.StatusOK)
	}
	dir.post("/cases/"+id+"/parties/1/phone", nil).refused(t, http.StatusForbidden, domain.CodeForbidden)
	w.now = w.now.AddDate(0, 0, 1)
	med = w.signIn(t, "case-mediator")
	med.post("/cases/"+id+"/parties/1/phone", nil).want(t, http.StatusOK)

	audit = w.signIn(t, audit.who)
	log := audit.get("/access-log").want(t, http.StatusOK)
	var lines []string
	for i := range log.size(t, "items") {
		lines = append(lines, fmt.Sprint(log.at(t, "items", i, "what"), log.at(t, "items", i, "fields"), log.at(t, "items", i, "roleName")))
	}
	want := []string{
		"unmask[phone]人民调解员", "unmask[phone]人民调解员", "unmask[address id_number phone]调委会主任", "detail[]人民调解员",
	}
	if strings.Join(lines, ",") != strings.Join(want, ",") {
		t.Errorf("the log holds %q, want %q", lines, want)
	}
	if strings.Contains(string(log.raw), "13800138000") || !strings.Contains(string(log.raw), "联系当事人") {
		t.Errorf("the log is %s", log.raw)
	}
	// what the audit administrator asks for, page by page
	first := audit.get("/access-log?pageSize=3&what=unmask&from=2026-11-18&to=2026-11-19").want(t, http.StatusOK)
	if first.size(t, "items") != 3 || first.at(t, "nextCursor") != nil {
		t.Errorf("unmaskings: %s", first.raw)
	}
	first = audit.get("/access-log?pageSize=3").want(t, http.StatusOK)
	if n := audit.get("/access-log?pageSize=3&cursor="+first.text(t, "nextCursor")).want(t, http.StatusOK).size(t, "items"); n != 1 {
		t.Errorf("%d lines on the second page", n)
	}
	no := log.text(t, "items", 0, "demandNo")
	if n := audit.get("/access-log?demandNo="+no).want(t, http.StatusOK).size(t, "items"); n != 4 {
		t.Errorf("%d lines of the case %s", n, no)
	}
	audit.get("/access-log?demandNo=0001AAAAAAAAA").refused(t, http.StatusBadRequest, "bad-request")
	audit.get("/access-log?from=2026-11-19&to=2026-11-18").refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	if n := w.signIn(t, "own-director").get("/cases/"+id+"/accesses").want(t, http.StatusOK).size(t, "items"); n != 4 {
		t.Errorf("the director is told of %d looks", n)
	}
	for _, r := range relations {
		if r.role != domain.RoleAuditAdmin {
			w.signIn(t, r.name).get("/access-log").refused(t, http.StatusForbidden, domain.CodeForbidden)
		}
	}
}

// TestNothingIsLoggedOfWhatWasRefused: the line and what it is of are one transaction.
func TestNothingIsLoggedOfWhatWasRefused(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	id := w.caseIn(t, "accepted").String()
	ask := map[string]any{"partyNo": 1, "fields": []string{"phone"}, "reason": "supervision"}
	for _, who := range []string{"next-point-keeper", "other-town-office", "court", "center", "security-admin"} {
		w.users[who].get("/cases/" + id)
		w.users[who].post("/cases/"+id+"/reveals", ask)
		w.users[who].post("/cases/"+id+"/parties/1/phone", nil)
	}
	w.users["own-keeper"].post("/cases/"+id+"/parties/1/phone", nil).want(t, http.StatusForbidden)
	w.users["own-keeper"].get("/cases").want(t, http.StatusOK) // lists are masked and not logged
	w.users["own-keeper"].get("/cases/"+id+"/deadlines/1").want(t, http.StatusOK)
	if n := w.users["audit-admin"].get("/access-log").want(t, http.StatusOK).size(t, "items"); n != 0 {
		t.Errorf("%d lines of what nobody saw", n)
	}
}
