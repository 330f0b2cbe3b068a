package api_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"baimi/domain"
)

// TestDepartureHandsEverythingOver lets a mediator go who has cases in all states, one with a colleague, one confidential.
func TestDepartureHandsEverythingOver(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	dir, gone, next := w.users["own-director"], w.actors["case-mediator"], w.actors["committee-mediator"]
	accepted, agreed, closed := w.caseIn(t, "accepted"), w.caseIn(t, "agreed"), w.caseIn(t, "closed")
	private, shared, restricted := w.caseIn(t, "accepted"), w.caseIn(t, "accepted"), w.caseIn(t, "accepted")
	act := w.Act(t, w.actors["own-director"])
	level := func(id domain.CaseID, l domain.Confidentiality) {
		t.Helper()
		w.Change(t, act, id, func(_ context.Context, c *domain.Case) error { return c.SetConfidentiality(act, l) })
	}
	level(private, domain.Private)
	w.Change(t, act, shared, func(_ context.Context, c *domain.Case) error {
		return c.Assign(act, []domain.PersonID{gone.Person, w.actors["own-point-mediator"].Person}, w.PointA1)
	})
	med := w.Act(t, gone)
	w.Change(t, med, restricted, func(_ context.Context, c *domain.Case) error { return c.SetConfidentiality(med, domain.Restricted) })

	request := map[string]any{"assignmentId": gone.Assignment, "reason": "departure", "on": today, "dryRun": true}
	for _, r := range relations { // who may end this post at all
		want := http.StatusForbidden
		if strings.Contains("own-director town-office bureau", r.name) {
			want = http.StatusOK
		}
		if r.name == "case-mediator" {
			want = http.StatusForbidden
		}
		w.users[r.name].post("/departures", request).want(t, want)
	}
	look := dir.post("/departures", request).want(t, http.StatusOK)
	if look.size(t, "cases") != 4 || look.text(t, "hidden") != "1" || look.text(t, "closed") != "false" {
		t.Errorf("the first look: %s", look.raw)
	}
	handed := func(a answer) (n int) {
		t.Helper()
		for i := range a.size(t, "cases") {
			if a.text(t, "cases", i, "handed") == "true" {
				n++
			} else if a.text(t, "cases", i, "refusal") == "" {
				t.Errorf("not handed and no reason: %s", a.raw)
			}
		}
		return n
	}
	if n := handed(look); n != 1 {
		t.Errorf("%d would be handed over without a successor, want the shared one", n)
	}
	request["successorId"] = w.actors["other-town-mediator"].Person
	if n := handed(dir.post("/departures", request).want(t, http.StatusOK)); n != 0 {
		t.Errorf("%d cases to a mediator of another committee", n)
	}
	request["successorId"] = gone.Person
	dir.post("/departures", request).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	request["successorId"] = next.Person
	request["successors"] = []any{map[string]any{"caseId": shared.String(), "successorId": w.actors["own-point-mediator"].Person}}
	if n := handed(dir.post("/departures", request).want(t, http.StatusOK)); n != 4 {
		t.Errorf("%d would be handed over", n)
	}
	if a := w.users["case-mediator"].get("/cases/" + accepted.String()); a.text(t, "presiding", "id") != fmt.Sprint(gone.Person) {
		t.Errorf("a look changed %s", a.raw)
	}

	request["dryRun"] = false
	done := dir.post("/departures", request).want(t, http.StatusOK)
	if handed(done) != 4 || done.text(t, "closed") != "false" || done.text(t, "hidden") != "1" {
		t.Errorf("with a case that the director may not open: %s", done.raw)
	}
	for _, id := range []domain.CaseID{accepted, agreed, private} {
		a := w.users["committee-mediator"].get("/cases/"+id.String()).want(t, http.StatusOK)
		if a.text(t, "presiding", "id") != fmt.Sprint(next.Person) || a.size(t, "mediators") != 1 {
			t.Errorf("handed over: %s", a.raw)
		}
	}
	events := dir.get("/cases/"+accepted.String()+"/events").want(t, http.StatusOK)
	last := events.size(t, "items") - 1
	if events.text(t, "items", last, "kind") != "assign" || events.text(t, "items", last, "reason", "label") != "离任" {
		t.Errorf("events %s", events.raw)
	}
	if a := dir.get("/cases/" + closed.String()); a.text(t, "presiding", "id") != fmt.Sprint(gone.Person) {
		t.Error("a closed case changed its mediator")
	}
	w.users["case-mediator"].get("/session").want(t, http.StatusOK) // still in his post: a case is left

	w.users["security-admin"].post("/reading-grants", map[string]any{
		"demandNo": demandNo(t, w, restricted), "personId": w.actors["own-director"].Person, "reason": "next_handler",
	}).want(t, http.StatusOK)
	w.users["case-mediator"].post("/tokens", map[string]any{
		"name": "手机", "scopes": []string{"read"}, "expiresAt": w.now.AddDate(0, 1, 0).Format("2006-01-02T15:04:05Z07:00"),
	}).want(t, http.StatusCreated)
	done = dir.post("/departures", request).want(t, http.StatusOK)
	if done.size(t, "cases") != 1 || done.text(t, "closed") != "true" || done.text(t, "accountDisabled") != "true" ||
		done.text(t, "sessionsEnded") == "0" || done.text(t, "tokensRevoked") != "1" {
		t.Errorf("the rest: %s", done.raw)
	}
	w.users["case-mediator"].get("/session").want(t, http.StatusUnauthorized)
	if n := w.users["audit-admin"].get(fmt.Sprintf("/account-events?account=%d", gone.Account)).size(t, "items"); n != 3 {
		t.Errorf("%d lines in the log of accounts, want the end of the role, of the sign-ins and of the account", n)
	}
}

func demandNo(t *testing.T, w *world, id domain.CaseID) string {
	t.Helper()
	c, err := w.Store.Case(t.Context(), domain.SystemScope(w.County, "510185"), id)
	fatal(t, err)
	return c.DemandNo.Print()
}

// TestLeaveEndsAndComesBack: a leave is a gap between two stretches of the same post.
func TestLeaveEndsAndComesBack(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	gone := w.actors["own-keeper"]
	request := map[string]any{"assignmentId": gone.Assignment, "reason": "leave", "on": "2026-11-20", "dryRun": false}
	dir := w.users["own-director"]
	dir.post("/departures", request).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	request["backOn"] = "2026-12-01"
	done := dir.post("/departures", request).want(t, http.StatusOK)
	if done.text(t, "closed") != "true" || done.text(t, "accountDisabled") != "false" {
		t.Errorf("leave: %s", done.raw)
	}
	w.users["own-keeper"].get("/session").want(t, http.StatusOK) // until the day comes
	w.now = w.now.AddDate(0, 0, 2)
	w.users["own-keeper"].get("/session").want(t, http.StatusUnauthorized)
	nobody := &user{t: t, o: w.office, who: "own-keeper"}
	nobody.post("/session", map[string]any{"login": "own-keeper", "password": "test-password-1"}).refused(t, http.StatusForbidden, domain.CodeForbidden)
	w.now = w.now.AddDate(0, 0, 11)
	if got := w.signIn(t, "own-keeper").get("/session").text(t, "current", "role"); got != "point_keeper" {
		t.Errorf("back as %s", got)
	}
	w.signIn(t, "own-director").post("/departures", request).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
}
