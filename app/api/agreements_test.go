package api_test

import (
	"net/http"
	"slices"
	"testing"

	"baimi/domain"
)

// TestAnAgreementFromItsDraftToItsEnforcement takes a written agreement over HTTP through all that can come after: drafted
// twice, signed one after the other, sealed, not performed, urged, confirmed by a court, enforced, visited, closed.
func TestAnAgreementFromItsDraftToItsEnforcement(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	path := "/cases/" + w.caseIn(t, "mediating").String()
	mediator, director := w.users["case-mediator"], w.users["own-director"]

	bad := draft()
	bad["on"] = "2026-12-01"
	mediator.post(path+"/agreement-drafts", bad).field(t, "/on")
	mediator.post(path+"/agreement-drafts", draft()).want(t, http.StatusOK)
	a := mediator.post(path+"/agreement-drafts", draft()).want(t, http.StatusOK)
	if a.text(t, "agreements", 0, "status") != "abandoned" || a.text(t, "agreements", 1, "status") != "draft" || a.text(t, "obligations", 0, "status") != "superseded" {
		t.Errorf("two drafts: %s", a.raw)
	}
	director.post(path+"/agreements/2/seal", day()).refused(t, http.StatusConflict, domain.CodeGuard)
	electronic := map[string]any{"signatures": []map[string]any{{"partyNo": 1, "method": "electronic", "signedOn": today}}}
	mediator.post(path+"/agreements/2/signatures", electronic).field(t, "/signatures/0/method")
	mediator.post(path+"/agreements/2/signatures", map[string]any{"signatures": written()["signatures"]}).want(t, http.StatusOK)
	a = mediator.post(path+"/agreements/2/signatures", map[string]any{"mediatorSignedOn": today}).want(t, http.StatusOK)
	if a.text(t, "agreements", 1, "status") != "signed" || a.text(t, "status") != "mediating" || !slices.Contains(a.actions(t), "seal_agreement") {
		t.Errorf("signed: %s", a.raw)
	}
	a = director.post(path+"/agreements/2/seal", day()).want(t, http.StatusOK)
	if a.text(t, "status") != "agreed_written" || a.text(t, "agreements", 1, "effectiveOn") != today || a.at(t, "agreements", 1, "immediate") != true ||
		a.clock(t, "D10")["meaning"] != "right" || a.size(t, "followUps") != 2 || a.text(t, "warnings", 0, "code") != "limitation" {
		t.Errorf("sealed: %s", a.raw)
	}

	performance := path + "/obligations/2/performance"
	mediator.post(performance, map[string]any{"on": today, "status": "enforcement"}).refused(t, http.StatusConflict, domain.CodeGuard) // not confirmed
	mediator.post(performance, map[string]any{"on": today, "status": "payment_order"}).field(t, "/status")                             // no labour dispute
	a = mediator.post(performance, map[string]any{"on": today, "status": "unperformed"}).want(t, http.StatusOK)
	if a.text(t, "performance") != "unperformed" {
		t.Errorf("performance %s", a.text(t, "performance"))
	}
	mediator.post(path+"/obligations/2/urgings", map[string]any{"on": "2026-11-01", "how": "phone"}).field(t, "/on")
	a = mediator.post(path+"/obligations/2/urgings", map[string]any{"on": today, "how": "phone"}).want(t, http.StatusOK)
	if a.size(t, "urgings") != 1 || a.text(t, "urgings", 0, "urgedBy", "name") == "" {
		t.Errorf("urged: %s", a.raw)
	}

	alone := application()
	alone["parties"] = []int{1, 3}
	mediator.post(path+"/confirmations", alone).field(t, "/parties")
	mediator.post(path+"/confirmations", application()).want(t, http.StatusOK)
	result := path + "/confirmations/1/result"
	mediator.post(result, map[string]any{"on": today, "result": "refused"}).field(t, "/reason")
	mediator.post(result, map[string]any{"on": today, "result": "docketed", "courtCaseNo": courtNumber}).want(t, http.StatusOK)
	mediator.post(result, map[string]any{"on": today, "result": "confirmed"}).field(t, "/receivedOn")
	a = mediator.post(result, map[string]any{"on": today, "result": "confirmed", "receivedOn": today}).want(t, http.StatusOK)
	if a.clock(t, "D14")["dueOn"] != "2028-11-20" || a.size(t, "warnings") != 0 {
		t.Errorf("confirmed: %s", a.raw)
	}
	mediator.post(path+"/confirmations/1/objection", map[string]any{"on": today, "by": "interested"}).want(t, http.StatusOK)
	mediator.post(performance, map[string]any{"on": today, "status": "enforcement"}).want(t, http.StatusOK)

	mediator.post(path+"/follow-ups/2/result", map[string]any{"on": today, "how": "phone", "reached": true}).field(t, "/satisfaction")
	director.post(path+"/close", day()).refused(t, http.StatusConflict, domain.CodeGuard)
	mediator.post(path+"/follow-ups/2/result", visit()).want(t, http.StatusOK)
	a = director.post(path+"/close", day()).want(t, http.StatusOK)
	if a.text(t, "followUps", 0, "status") != "cancelled" || a.text(t, "followUps", 1, "visitedBy", "name") == "" {
		t.Errorf("closed: %s", a.raw)
	}
}

// The thirty days are the parties' own time: running out is told (逾期), and is nobody's fault.
func TestTheTimeToAskForConfirmationRunsOut(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	path := "/cases/" + w.caseIn(t, "in force").String()
	w.now = w.now.AddDate(0, 0, 40)
	mediator := w.signIn(t, "case-mediator")
	if d := mediator.get(path).want(t, http.StatusOK).clock(t, "D10"); d["expired"] != true || d["overdue"] != false {
		t.Errorf("D10 %v", d)
	}
	late := application()
	late["on"] = "2026-12-20"
	mediator.post(path+"/confirmations", late).refused(t, http.StatusConflict, domain.CodeGuard)
}
