package api_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"baimi/domain"
)

func asks(kind, number string) map[string]any {
	return map[string]any{
		"kind": kind, "requestedOn": today, "requestedHow": "visit", "name": "王小明", "idNumber": number, "identityChecked": true,
	}
}

// TestSomebodyGetsACopyOfWhatIsKept: one person in four cases, three of the first committee, one of them confidential, and one elsewhere.
func TestSomebodyGetsACopyOfWhatIsKept(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	const number = "510185199003070013"
	w.caseIn(t, "agreed")
	w.caseIn(t, "registered")
	private := w.caseIn(t, "accepted")
	act := w.Act(t, w.actors["own-director"])
	w.Change(t, act, private, func(_ context.Context, c *domain.Case) error { return c.SetConfidentiality(act, domain.Private) })
	far := w.Register(t, w.Act(t, w.actors["other-town-mediator"]), w.Dispute(0, w.CommitteeB1, w.VillageB1))
	w.users["own-director"].post(fmt.Sprintf("/cases/%s/reveals", private), map[string]any{"partyNo": 1, "fields": []string{"phone"}, "reason": "supervision"}).want(t, http.StatusOK)

	for _, r := range relations {
		want := http.StatusForbidden
		if strings.HasSuffix(r.name, "director") || strings.HasSuffix(r.name, "office") || r.name == "bureau" {
			want = http.StatusCreated
		}
		w.users[r.name].post("/subject-requests", asks("copy", number)).want(t, want)
	}
	dir := w.users["own-director"]
	refused := asks("copy", "510185199003070014")
	refused["identityChecked"] = false
	dir.post("/subject-requests", refused).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	r := dir.post("/subject-requests", asks("copy", number), "Idempotency-Key", "request-0001").want(t, http.StatusCreated)
	if r.text(t, "nameMasked") != "王**" || strings.Contains(string(r.raw), number) || r.text(t, "dueOn") != "2026-12-18" {
		t.Errorf("entered %s", r.raw)
	}
	path := "/subject-requests/" + r.text(t, "id")
	c := dir.post(path+"/copy", nil).want(t, http.StatusOK)
	if c.size(t, "cases") != 3 || c.size(t, "elsewhere") != 1 || c.text(t, "elsewhere", 0, "demandNo") != far.DemandNo.Print() {
		t.Errorf("the director's copy: %s", c.raw)
	}
	if c.text(t, "cases", 0, "idNumber") != number || c.text(t, "cases", 0, "phone") != "13800138000" || !strings.Contains(string(c.raw), "应履行：赔偿款") {
		t.Errorf("the first case: %s", c.raw)
	}
	for _, others := range []string{"李大山", "13900139000", "510185197501010014", "工作人员"} {
		cases := fmt.Sprint(c.at(t, "cases"))
		if strings.Contains(cases, others) {
			t.Errorf("the copy shows %s", others)
		}
	}
	if looks := string(c.raw); !strings.Contains(looks, "查看完整信息") || !strings.Contains(looks, "监督检查") {
		t.Errorf("looks at the confidential case: %s", looks)
	}
	if c.at(t, "request", "doneOn") == nil || c.text(t, "request", "decision") != "granted" {
		t.Errorf("the request after the copy: %s", c.raw)
	}
	page := dir.post(path+"/copy?format=html", nil).want(t, http.StatusOK)
	if html := string(page.raw); !strings.Contains(html, number) || strings.Count(html, "<article>") != 3 || page.header.Get("Content-Security-Policy") != "" && strings.Contains(page.header.Get("Content-Security-Policy"), "unsafe") {
		t.Errorf("page %s", html)
	}
	// the bureau sees the ordinary ones of the county, and of the confidential one not even the number
	own := w.users["bureau"].post("/subject-requests", asks("copy", number)).text(t, "id")
	c = w.users["bureau"].post("/subject-requests/"+own+"/copy", nil).want(t, http.StatusOK)
	if c.size(t, "cases") != 3 || c.size(t, "elsewhere") != 0 || strings.Contains(string(c.raw), demandNo(t, w, private)) {
		t.Errorf("the bureau's copy: %s", c.raw)
	}
	w.users["same-town-director"].post(path+"/copy", nil).refused(t, http.StatusNotFound, domain.CodeNotFound)
	log := w.users["audit-admin"].get("/access-log?what=export").want(t, http.StatusOK)
	if log.size(t, "items") != 9 || !strings.Contains(string(log.raw), "办理个人信息权利请求") {
		t.Errorf("exports in the log: %s", log.raw)
	}
}

// TestTheBureauDecidesOnErasure: what is not a copy is decided before anything is done.
func TestTheBureauDecidesOnErasure(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	dir, bureau := w.users["own-director"], w.users["bureau"]
	take := func(kind string) string {
		t.Helper()
		return "/subject-requests/" + dir.post("/subject-requests", asks(kind, "510185199003070013")).want(t, http.StatusCreated).text(t, "id")
	}
	decide := func(u *user, path string, body map[string]any) answer {
		t.Helper()
		return u.do(http.MethodPut, path+"/decision", body)
	}
	erase, correct := take("erase"), take("correct")
	dir.post(erase+"/copy", nil).refused(t, http.StatusConflict, domain.CodeGuard)
	decide(dir, erase, map[string]any{"decision": "granted"}).refused(t, http.StatusForbidden, domain.CodeForbidden)
	decide(bureau, erase, map[string]any{"decision": "refused"}).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	a := decide(bureau, erase, map[string]any{"decision": "partly", "ground": "archive_duty"}).want(t, http.StatusOK)
	if !strings.Contains(a.text(t, "ground", "label"), "停止其他处理") {
		t.Errorf("decided %s", a.raw)
	}
	decide(bureau, erase, map[string]any{"decision": "granted"}).refused(t, http.StatusConflict, domain.CodeGuard)
	dir.do(http.MethodPut, erase+"/done", nil).refused(t, http.StatusForbidden, domain.CodeForbidden)
	bureau.do(http.MethodPut, correct+"/done", nil).refused(t, http.StatusConflict, domain.CodeNotOpen)
	decide(bureau, correct, map[string]any{"decision": "granted"}).want(t, http.StatusOK)
	bureau.do(http.MethodPut, correct+"/done", nil).want(t, http.StatusOK)
	if n := dir.get("/subject-requests?open=true").want(t, http.StatusOK).size(t, "items"); n != 1 { // the erasure is decided and not done
		t.Errorf("%d requests are open", n)
	}
	first := bureau.get("/subject-requests?pageSize=1").want(t, http.StatusOK)
	if bureau.get("/subject-requests?pageSize=1&cursor="+first.text(t, "nextCursor")).want(t, http.StatusOK).size(t, "items") != 1 {
		t.Error("the second page is empty")
	}
	if n := w.users["same-town-director"].get("/subject-requests").want(t, http.StatusOK).size(t, "items"); n != 0 {
		t.Errorf("a director of another committee sees %d requests", n)
	}
	w.users["system-admin"].get("/subject-requests").refused(t, http.StatusForbidden, domain.CodeForbidden)
}

// TestARequestIsCarriedOut: one person in a case that was not accepted, in a file that must be kept, and in a case in hand.
// The first forgets him, the second keeps him and is not found by him any more, the third goes on.
func TestARequestIsCarriedOut(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	const number = "510185199003070013"
	ids := map[string]string{}
	for name, state := range map[string]string{"not_accepted": "registered", "archived": "archived", "mediating": "mediating"} {
		ids[name] = w.caseIn(t, state).String()
	}
	dir, bureau := w.users["own-director"], w.users["bureau"]
	dir.post("/cases/"+ids["not_accepted"]+"/decline", map[string]any{
		"on": today, "reason": "special_organ", "remedies": []string{"court"}, "remediesToldOn": today,
	}).want(t, http.StatusOK)
	take := func(kind string) string {
		t.Helper()
		return "/subject-requests/" + dir.post("/subject-requests", asks(kind, number)).want(t, http.StatusCreated).text(t, "id")
	}
	granted := map[string]any{"decision": "granted"}
	found := func() int {
		t.Helper()
		return bureau.post("/cases/search", map[string]any{"party": number}).want(t, http.StatusOK).size(t, "items")
	}
	erase := take("erase")
	a := bureau.do(http.MethodPut, erase+"/decision", granted).want(t, http.StatusConflict)
	if !strings.Contains(string(a.raw), "归档保存") || !strings.Contains(string(a.raw), "尚在办理") || found() != 3 {
		t.Errorf("granted as a whole: %s", a.raw)
	}
	bureau.do(http.MethodPut, erase+"/done", nil).refused(t, http.StatusConflict, domain.CodeNotOpen)
	bureau.do(http.MethodPut, erase+"/decision", map[string]any{"decision": "partly", "ground": "archive_duty"}).want(t, http.StatusOK)
	for range 2 { // what is done once is done
		if a = bureau.do(http.MethodPut, erase+"/done", nil).want(t, http.StatusOK); a.text(t, "doneOn") != today {
			t.Errorf("%s", a.raw)
		}
	}
	for state, want := range map[string][3]string{
		"not_accepted": {"已删除（本人要求删除）", "", "erase"}, "archived": {"王小明", today, "stop_processing"}, "mediating": {"王小明", "", ""},
	} {
		c := bureau.get("/cases/"+ids[state]).want(t, http.StatusOK)
		events := bureau.get("/cases/"+ids[state]+"/events").want(t, http.StatusOK)
		last := events.text(t, "items", events.size(t, "items")-1, "kind")
		if c.text(t, "parties", 0, "name") != want[0] || strings.Contains(string(c.raw), `"stoppedOn":"`+today) != (want[1] != "") || want[2] != "" && last != want[2] {
			t.Errorf("%s: %s, last %s", state, c.raw, last)
		}
	}
	if n := found(); n != 1 {
		t.Errorf("found in %d cases by the number", n)
	}
	// the file that is kept goes out masked where the others go out in the clear
	_, file := bureau.exported(t, wish(map[string]any{"clear": true, "purpose": "exchange", "fileType": "json", "reason": "与综治系统交换"}))
	if text := string(file); strings.Count(text, number) != 1 || !strings.Contains(text, "510185********0013") {
		t.Errorf("exported: %s", text)
	}
	stop := take("stop")
	bureau.do(http.MethodPut, stop+"/decision", granted).refused(t, http.StatusConflict, domain.CodeGuard)
	bureau.do(http.MethodPut, stop+"/decision", map[string]any{"decision": "partly", "ground": "in_hand"}).want(t, http.StatusOK)
	bureau.do(http.MethodPut, stop+"/done", nil).want(t, http.StatusOK)
}
