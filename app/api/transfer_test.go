package api_test

import (
	"net/http"
	"slices"
	"testing"

	"baimi/domain"
)

func (p people) toNext() map[string]any {
	return map[string]any{"on": today, "to": p.CommitteeA2, "reason": "outside_venue"}
}

func TestATransferIsTakenUpByItsReceiver(t *testing.T) {
	t.Parallel()
	p := village(t)
	path := p.registered(t)
	for _, wrong := range []map[string]any{
		{"on": today, "reason": "difficult"},                                             // nobody
		{"on": today, "reason": "difficult", "to": p.PointA2},                            // a point
		{"on": today, "reason": "difficult", "to": 9999},                                 // unknown
		{"on": today, "reason": "difficult", "to": p.CommitteeA1},                        // itself
		{"on": today, "reason": "difficult", "to": p.CommitteeA2, "toOrgan": "police"},   // two
		{"on": today, "reason": "special_organ", "to": p.Court},                          // no committee
		{"on": today, "reason": "outside_venue", "to": p.Bureau, "toOrgan": "arbitrary"}, // refused by the document already
	} {
		if a := p.director.post(path+"/transfer", wrong); a.status != http.StatusBadRequest {
			a.field(t, "/to")
		}
	}
	p.next.get(path).refused(t, http.StatusNotFound, domain.CodeNotFound)
	a := p.director.post(path+"/transfer", p.toNext()).want(t, http.StatusOK)
	if d := a.clock(t, "D2"); a.text(t, "status") != "transferred" || d["dueOn"] != "2026-11-23" || d["subject"] != "transfer" || a.text(t, "transfers", 0, "to", "name") != "甲二" {
		t.Errorf("sent: %s", a.raw)
	}
	if slices.Contains(a.actions(t), "close") {
		t.Error("closing is offered before the answer")
	}
	p.director.post(path+"/close", day()).refused(t, http.StatusConflict, domain.CodeGuard)
	p.director.post(path+"/confirm-transfer", day()).refused(t, http.StatusForbidden, domain.CodeForbidden)
	if got := p.next.get(path).want(t, http.StatusOK).actions(t); !slices.Equal(got, []string{"confirm_transfer", "refuse_transfer", "attach", "withdraw_attachment", "raise_escalation"}) {
		t.Errorf("the receiver may %v", got)
	}
	p.next.post(path+"/confirm-transfer", map[string]any{"on": "2026-11-17"}).field(t, "/on")
	if n := p.next.get("/cases/count").want(t, http.StatusOK).text(t, "count"); n != "1" {
		t.Errorf("%s cases after a refusal", n)
	}
	a = p.next.post(path+"/confirm-transfer", day(), "Idempotency-Key", "take-up-1").want(t, http.StatusOK)
	again := p.next.post(path+"/confirm-transfer", day(), "Idempotency-Key", "take-up-1").want(t, http.StatusOK)
	if string(a.raw) != string(again.raw) {
		t.Error("confirmed twice")
	}
	next := "/cases/" + a.text(t, "transfers", 0, "nextCaseId")
	child := p.next.get(next).want(t, http.StatusOK)
	if "/cases/"+child.text(t, "sentFromId") != path || child.text(t, "leg") != "2" || child.text(t, "demandNo") != a.text(t, "demandNo") ||
		child.text(t, "status") != "registered" || child.text(t, "committee", "name") != "甲二" || child.text(t, "parties", 1, "name") != "李大山" {
		t.Errorf("taken up: %s", child.raw)
	}
	p.keeper.get(next).refused(t, http.StatusNotFound, domain.CodeNotFound)
	p.next.post(path+"/confirm-transfer", day()).refused(t, http.StatusForbidden, domain.CodeForbidden)
	a = p.director.post(path+"/close", day()).want(t, http.StatusOK)
	if a.text(t, "outcome") != "transferred" || a.text(t, "status") != "closed" {
		t.Errorf("closed: %s", a.raw)
	}
	_, med := p.hired(t, "second", domain.RoleMediator, p.CommitteeA2)
	p.next.post(next+"/accept", map[string]any{"on": today, "mediators": []int64{int64(med.Person)}}).want(t, http.StatusOK)
	p.job(t, "rates")
	a = p.office2.get("/rates?from=2026-11&to=2026-11").want(t, http.StatusOK)
	if a.text(t, "total", "denominator") != "0" {
		t.Errorf("a transfer counts: %s", a.raw)
	}
}

func TestARefusedTransferGoesBackAndOutOfSight(t *testing.T) {
	t.Parallel()
	p := village(t)
	path := p.mediating(t)
	p.director.post(path+"/transfer", p.toNext()).want(t, http.StatusOK)
	p.next.post(path+"/refuse-transfer", map[string]any{"on": today}).refused(t, http.StatusBadRequest, "bad-request")
	p.next.post(path+"/refuse-transfer", map[string]any{"on": today, "reason": "not_ours"}, "If-Match", `"1"`).refused(t, http.StatusPreconditionFailed, domain.CodeStale)
	p.director.post(path+"/refuse-transfer", map[string]any{"on": today, "reason": "not_ours"}).refused(t, http.StatusForbidden, domain.CodeForbidden)
	a := p.next.post(path+"/refuse-transfer", map[string]any{"on": today, "reason": "not_ours"}).want(t, http.StatusOK)
	if a.text(t, "status") != "mediating" || len(a.actions(t)) != 0 {
		t.Errorf("given back: %s", a.raw)
	}
	p.next.get(path).refused(t, http.StatusNotFound, domain.CodeNotFound)
	p.next.post(path+"/refuse-transfer", map[string]any{"on": today, "reason": "not_ours"}).refused(t, http.StatusNotFound, domain.CodeNotFound)
	a = p.mediator.get(path).want(t, http.StatusOK)
	if a.text(t, "transfers", 0, "answerName") != "已退回" || a.clock(t, "D2") != nil || a.clock(t, "D4") == nil {
		t.Errorf("back: %s", a.raw)
	}
	events := p.director.get(path+"/events").want(t, http.StatusOK)
	if last := events.size(t, "items") - 1; events.text(t, "items", last, "reason", "label") != "不属于本单位的受理范围" || events.text(t, "items", last, "actor", "name") != "工作人员next" {
		t.Errorf("events %s", events.raw)
	}
	p.director.post(path+"/transfer", p.toNext()).want(t, http.StatusOK) // it may be sent again
}

func TestAPrivateCaseIsHandedToTheDirectorOfTheReceiver(t *testing.T) {
	t.Parallel()
	p := village(t)
	colleague, _ := p.hired(t, "colleague", domain.RoleMediator, p.CommitteeA2)
	path := p.registered(t)
	p.director.post(path+"/confidentiality", map[string]any{"level": "private"}).want(t, http.StatusOK)
	p.next.get(path).refused(t, http.StatusNotFound, domain.CodeNotFound)
	p.director.post(path+"/transfer", p.toNext()).want(t, http.StatusOK)
	colleague.get(path).refused(t, http.StatusNotFound, domain.CodeNotFound)
	a := p.next.post(path+"/confirm-transfer", day()).want(t, http.StatusOK)
	next := "/cases/" + a.text(t, "transfers", 0, "nextCaseId")
	colleague.get(next).refused(t, http.StatusNotFound, domain.CodeNotFound)
	if p.next.get(next).want(t, http.StatusOK).text(t, "confidentiality") != "private" {
		t.Error("the level was lost on the way")
	}
}

func TestAnUnansweredTransferComesBackByItself(t *testing.T) {
	t.Parallel()
	p := village(t)
	path := p.registered(t)
	p.director.post(path+"/transfer", p.toNext()).want(t, http.StatusOK)
	p.job(t, "return-transfers")
	p.next.get(path).want(t, http.StatusOK)
	p.later(t, 6) // the 24th; the answer was due on the 23rd
	if got := p.job(t, "return-transfers"); got != "1 transfers returned" {
		t.Error(got)
	}
	if got := p.job(t, "return-transfers"); got != "0 transfers returned" {
		t.Error(got)
	}
	p.next.get(path).refused(t, http.StatusNotFound, domain.CodeNotFound)
	a := p.director.get(path).want(t, http.StatusOK)
	if a.text(t, "status") != "registered" || a.text(t, "transfers", 0, "answer") != "returned" || a.text(t, "transfers", 0, "answeredOn") != "2026-11-24" {
		t.Errorf("returned: %s", a.raw)
	}
	events := p.director.get(path+"/events").want(t, http.StatusOK)
	last := events.size(t, "items") - 1
	if events.text(t, "items", last, "via") != "system" || events.text(t, "items", last, "roleName") != "系统" || events.text(t, "items", last, "label") != "逾期未答复自动退回" {
		t.Errorf("events %s", events.raw)
	}
}

func TestAnOrganOutsideAnswersOnPaper(t *testing.T) {
	t.Parallel()
	p := village(t)
	path := p.registered(t)
	out := map[string]any{"on": today, "toOrgan": "labour_arbitration", "reason": "special_organ"}
	p.director.post(path+"/transfer", out).want(t, http.StatusOK)
	p.director.post(path+"/refuse-transfer", map[string]any{"on": today, "reason": "other"}).want(t, http.StatusOK)
	p.director.post(path+"/transfer", out).want(t, http.StatusOK)
	p.director.post(path+"/confirm-transfer", day()).field(t, "/receipt")
	a := p.director.post(path+"/confirm-transfer", map[string]any{"on": today, "receipt": "（2026）劳仲收字第8号"}).want(t, http.StatusOK)
	if a.text(t, "transfers", 1, "toOrgan", "label") != "劳动人事争议仲裁委员会" || a.at(t, "transfers", 1, "nextCaseId") != nil {
		t.Errorf("confirmed: %s", a.raw)
	}
	p.office2.post(path+"/close", day()).want(t, http.StatusOK)
}

// TestARestrictedMatterGoesOnThroughReadingGrants: nobody at the receiver sees it until the security administrator has logged
// a request; the number then names two cases, of which the restricted one is opened.
func TestARestrictedMatterGoesOnThroughReadingGrants(t *testing.T) {
	t.Parallel()
	p := village(t)
	security, _ := p.hired(t, "security", domain.RoleSecurityAdmin, p.Bureau)
	path := p.mediating(t)
	number := p.mediator.get(path).want(t, http.StatusOK).text(t, "demandNo")
	grant := func(u *user) answer {
		t.Helper()
		return security.post("/reading-grants", map[string]any{"demandNo": number, "personId": p.person(t, u), "reason": "next_handler"})
	}
	p.mediator.post(path+"/confidentiality", map[string]any{"level": "restricted"}).want(t, http.StatusOK)
	grant(p.director).want(t, http.StatusOK)
	p.director.post(path+"/transfer", p.toNext()).want(t, http.StatusOK)
	p.next.get(path).refused(t, http.StatusNotFound, domain.CodeNotFound)
	grant(p.next).want(t, http.StatusOK)
	next := "/cases/" + p.next.post(path+"/confirm-transfer", day()).want(t, http.StatusOK).text(t, "transfers", 0, "nextCaseId")
	p.next.post(next+"/confidentiality", map[string]any{"level": "ordinary"}).want(t, http.StatusOK)
	p.office2.get(path).refused(t, http.StatusNotFound, domain.CodeNotFound)
	grant(p.office2).want(t, http.StatusOK)
	p.office2.get(path).want(t, http.StatusOK)
	grant(p.office2).refused(t, http.StatusConflict, domain.CodeGuard)
}

// person is the number of who is signed in.
func (p people) person(t *testing.T, u *user) any {
	t.Helper()
	return u.get("/session").want(t, http.StatusOK).at(t, "personId")
}
