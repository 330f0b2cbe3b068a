package api_test

import (
	"net/http"
	"testing"

	"baimi/domain"
)

// TestARestrictedCaseIsOpenedAndClosed takes a restricted case to its end: nobody but its mediator sees it until the
// security administrator has logged a request, and then the named person and nobody else.
func TestARestrictedCaseIsOpenedAndClosed(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	c := w.caseIn(t, "mediating")
	path := "/cases/" + c.String()
	med, dir, sec := w.users["case-mediator"], w.users["own-director"], w.users["security-admin"]
	number := med.get(path).want(t, http.StatusOK).text(t, "demandNo")
	med.post(path+"/confidentiality", map[string]any{"level": "restricted"}).want(t, http.StatusOK)
	med.post(path+"/oral-agreement", map[string]any{"on": today, "terms": "和好。", "noPerformance": true}).want(t, http.StatusOK)
	for _, name := range []string{"own-director", "town-office", "bureau", "own-keeper", "committee-mediator"} {
		w.users[name].get(path).refused(t, http.StatusNotFound, domain.CodeNotFound)
	}
	grant := map[string]any{"demandNo": number, "personId": w.actors["own-director"].Person, "reason": "supervision"}
	dir.post("/reading-grants", grant).refused(t, http.StatusForbidden, domain.CodeForbidden)
	sec.post("/reading-grants", map[string]any{"demandNo": "0001-AAAA-AAAAA", "personId": 1, "reason": "supervision"}).want(t, http.StatusUnprocessableEntity)
	sec.post("/reading-grants", grant).want(t, http.StatusOK)
	sec.get(path).refused(t, http.StatusForbidden, domain.CodeForbidden)
	w.users["town-office"].get(path).refused(t, http.StatusNotFound, domain.CodeNotFound)
	events := dir.get(path+"/events").want(t, http.StatusOK)
	if kind := events.text(t, "items", events.size(t, "items")-1, "kind"); kind != "grant_reading" {
		t.Errorf("last event %s", kind)
	}
	med.post(path+"/follow-ups/1/result", visit()).want(t, http.StatusOK)
	dir.post(path+"/close", day()).want(t, http.StatusOK)
	dir.post(path+"/confidentiality", map[string]any{"level": "ordinary"}).want(t, http.StatusOK)
	w.users["own-keeper"].get(path).want(t, http.StatusOK)
}

// TestANewDirectorSeesOlderPrivateCases: he comes by his role, not by a list made when the case was.
func TestANewDirectorSeesOlderPrivateCases(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	c := w.caseIn(t, "accepted")
	path := "/cases/" + c.String()
	w.users["case-mediator"].post(path+"/confidentiality", map[string]any{"level": "private"}).want(t, http.StatusOK)
	successor, _ := w.hired(t, "successor", domain.RoleCommitteeDirector, w.CommitteeA1)
	successor.get(path).want(t, http.StatusOK)
	if n := successor.get("/cases/count").want(t, http.StatusOK).text(t, "count"); n != "1" {
		t.Errorf("%s cases counted", n)
	}
	w.users["committee-mediator"].get(path).refused(t, http.StatusNotFound, domain.CodeNotFound)
}

// TestAReplayAsksForTheRightAgain: who has lost sight of a case does not get it back from a stored answer.
func TestAReplayAsksForTheRightAgain(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	keeper := w.users["own-keeper"]
	path := "/cases/" + keeper.post("/cases", quarrel(), "Idempotency-Key", "slip-0001").want(t, http.StatusCreated).text(t, "case", "id")
	keeper.post("/cases", quarrel(), "Idempotency-Key", "slip-0001").want(t, http.StatusCreated)
	w.users["own-director"].post(path+"/accept", map[string]any{"on": today, "mediators": []int64{w.mediator}}).want(t, http.StatusOK)
	w.users["case-mediator"].post(path+"/confidentiality", map[string]any{"level": "private"}).want(t, http.StatusOK)
	keeper.post("/cases", quarrel(), "Idempotency-Key", "slip-0001").refused(t, http.StatusNotFound, domain.CodeNotFound)
}

// TestAMediatorOfAnotherPointCanWork: who is named mediator can open the case, wherever he sits in the committee.
func TestAMediatorOfAnotherPointCanWork(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	sibling, actor := w.hired(t, "sibling", domain.RoleMediator, w.PointA1b)
	c := w.caseIn(t, "registered")
	path := "/cases/" + c.String()
	sibling.get(path).refused(t, http.StatusNotFound, domain.CodeNotFound)
	w.users["own-director"].post(path+"/accept", map[string]any{"on": today, "mediators": []int64{int64(actor.Person)}}).want(t, http.StatusOK)
	sibling.post(path+"/start", start()).want(t, http.StatusOK)
	if n := sibling.get("/cases").want(t, http.StatusOK).size(t, "items"); n != 1 {
		t.Errorf("%d cases in his list", n)
	}
}
