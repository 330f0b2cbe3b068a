package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"baimi/domain"
)

// nasty is what people and programs send where something else was meant.
var nasty = []any{
	nil, true, -1, 0, 1.5, 1e300, json.Number("99999999999999999999"), "", " ", "　\u3000", "\u0000", "a\u0000b", "\u202e倒", "\ud7ff\ufffd", "😀𠮷",
	"'; drop table cases; --", strings.Repeat("长", 6000), "2000-01-01", "2199-12-31", "2026-02-30", "999999999999.99", "-0", "NaN",
	[]any{},
	map[string]any{},
	[]any{nil},
	[]any{1, 1},
	"999", "x'\"\\%_{}", 2147483647, 9007199254740991,
}

// variants puts each nasty value in the place of each value of a body, one at a time.
func variants(body any, visit func(at string)) {
	var walk func(at string, v any, set func(any))
	walk = func(at string, v any, set func(any)) {
		switch x := v.(type) {
		case map[string]any:
			for k := range x {
				walk(at+"/"+k, x[k], func(n any) { x[k] = n })
			}
		case []any:
			for i := range x {
				walk(fmt.Sprintf("%s/%d", at, i), x[i], func(n any) { x[i] = n })
			}
		}
		if set == nil {
			return
		}
		for _, n := range nasty {
			set(n)
			visit(at)
		}
		set(v)
	}
	walk("", body, nil)
}

// generic is a body as JSON has it.
func generic(t *testing.T, body any) any {
	t.Helper()
	b, err := json.Marshal(body)
	fatal(t, err)
	var v any
	fatal(t, json.Unmarshal(b, &v))
	return v
}

// TestNoInputBreaksTheService sends nonsense everywhere; user.do fails the test for any answer of 500 and more, and for
// any that the document does not know.
func TestNoInputBreaksTheService(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	mediator, director, bureau := w.users["case-mediator"], w.users["own-director"], w.users["bureau"]
	path := func(state, move string) string { return "/cases/" + w.caseIn(t, state).String() + move }
	sent := 0
	for _, x := range []struct {
		by   *user
		path string
		body any
	}{
		{mediator, "/cases", quarrel()},
		{mediator, "/cases/instant-settlements", settled()},
		{director, path("registered", "/accept"), map[string]any{"on": today, "mediators": []int64{w.mediator}}},
		{director, path("registered", "/decline"), ending("already_seized")},
		{mediator, path("registered", "/consents"), map[string]any{"partyNo": 1, "consent": "consented", "on": today}},
		{mediator, path("accepted", "/start"), start()},
		{mediator, path("mediating", "/written-agreement"), written()},
		{mediator, path("agreed", "/obligations/1/performance"), map[string]any{"on": today, "status": "partly_performed", "amount": "1.00"}},
		{director, path("settled", "/close"), day()},
		{mediator, path("mediating", "/agreement-drafts"), draft()},
		{mediator, path("drafted", "/agreements/1/signatures"), map[string]any{"mediatorSignedOn": today, "signatures": written()["signatures"]}},
		{director, path("agreed", "/agreements/1/ruling"), map[string]any{"on": today, "result": "invalid", "rulingNo": courtNumber}},
		{mediator, path("agreed", "/obligations/1/urgings"), map[string]any{"on": today, "how": "phone"}},
		{mediator, path("in force", "/confirmations"), application()},
		{mediator, path("applied", "/confirmations/1/result"), map[string]any{"on": today, "result": "docketed", "courtCaseNo": courtNumber, "receivedOn": today, "reason": "unclear"}},
		{mediator, path("agreed", "/follow-ups/1/result"), visit()},
		{bureau, path("registered", "/void"), map[string]any{"reason": "registered_twice"}},
		{bureau, fmt.Sprintf("/points/%d/status-changes", w.PointA2), map[string]any{"status": "paused", "from": today, "reason": "房屋改造"}},
		{director, "/tokens", map[string]any{"name": "x", "scopes": []string{"read"}, "expiresAt": "2026-12-01T00:00:00Z"}},
		{&user{t: t, o: w.office, who: "nobody"}, "/session", map[string]any{"login": "x", "password": "y", "assignmentId": 1}},
	} {
		body := generic(t, x.body)
		variants(body, func(string) {
			x.by.post(x.path, body)
			sent++
		})
	}
	for _, p := range []string{"/cases", "/cases/count", "/organisations", "/points", "/areas", "/alerts", "/rates"} {
		for _, name := range []string{"area", "cursor", "pageSize", "status", "type", "mediator", "parent", "q", "from", "kind", "open", "by", "x"} {
			for _, n := range nasty {
				if text := fmt.Sprint(n); len(text) < 500 {
					bureau.get(p + "?" + name + "=" + url.QueryEscape(text))
					sent++
				}
			}
		}
	}
	for _, id := range []string{"%00", "1-", "99999-0198c0de-7a11-4c3e-9d2f-5b6a7c8d9e0f", "2-0198c0de-7a11-4c3e-9d2f-5b6a7c8d9e0f", "..%2f.."} {
		mediator.get("/cases/"+id).refused(t, http.StatusNotFound, domain.CodeNotFound)
	}
	t.Logf("%d requests", sent)
}
