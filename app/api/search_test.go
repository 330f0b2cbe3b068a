package api_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"baimi/domain"
)

// TestSearchByWordsPartyAndNumber as somebody at a point, through the interface.
func TestSearchByWordsPartyAndNumber(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	keeper := w.users["own-keeper"]
	first := keeper.post("/cases", quarrel()).want(t, http.StatusCreated)
	other := quarrel()
	other["facts"], other["type"] = "子女拖欠赡养费。", "01"
	other["parties"] = []map[string]any{
		{"role": "applicant", "kind": "natural", "name": "赵老五", "phone": "13700137000"},
		{"role": "respondent", "kind": "natural", "name": "赵小五"},
	}
	second := keeper.post("/cases", other).want(t, http.StatusCreated)
	for name, x := range map[string]struct {
		ask  map[string]any
		want answer
	}{
		"words":        {map[string]any{"words": "赡养"}, second},
		"two words":    {map[string]any{"words": "院墙　三组"}, first},
		"a name":       {map[string]any{"party": "赵老五"}, second},
		"a telephone":  {map[string]any{"party": "＋86 137-0013-7000"}, second},
		"a number":     {map[string]any{"number": first.text(t, "case", "demandNo")[:11]}, first},
		"with filters": {map[string]any{"words": "赡养费", "type": "01", "status": []string{"registered"}, "registeredFrom": today, "organisation": w.PointA1}, second},
	} {
		x.ask["count"] = true
		a := keeper.post("/cases/search", x.ask).want(t, http.StatusOK)
		if a.size(t, "items") != 1 || a.text(t, "items", 0, "id") != x.want.text(t, "case", "id") || a.text(t, "count", "display") != "1" {
			t.Errorf("%s: %s", name, a.raw)
		}
		if strings.Contains(string(a.raw), "赵老五") || strings.Contains(string(a.raw), "13700137000") {
			t.Errorf("%s: a list shows masks: %s", name, a.raw)
		}
	}
	page := keeper.post("/cases/search", map[string]any{"words": "发生地 甲一村"}).want(t, http.StatusOK)
	if page.size(t, "items") != 0 {
		t.Errorf("every word must be there: %s", page.raw)
	}
	ahead := keeper.post("/cases/search", map[string]any{"words": "甲一村", "pageSize": 1}).want(t, http.StatusOK)
	page = keeper.post("/cases/search", map[string]any{"words": "甲一村", "pageSize": 1, "cursor": ahead.text(t, "nextCursor")}).want(t, http.StatusOK)
	if page.size(t, "items") != 1 || page.text(t, "items", 0, "id") == ahead.text(t, "items", 0, "id") || strings.Contains(string(page.raw), "nextCursor") {
		t.Errorf("second page: %s", page.raw)
	}
	for _, ask := range []map[string]any{{"words": "墙 院墙"}, {"words": "13700137000"}, {"words": "，。"}} {
		a := keeper.post("/cases/search", ask).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
		if a.text(t, "errors", 0, "pointer") != "/words" {
			t.Errorf("%v: %s", ask, a.raw)
		}
	}
	for path, n := range map[string]int{"": 2, "?type=01": 1, "?registeredTo=2026-11-17": 0, "?confidentiality=private": 0, fmt.Sprintf("?organisation=%d", w.PointA1): 2} {
		if got := keeper.get("/cases/count"+path).want(t, http.StatusOK).text(t, "count"); got != fmt.Sprint(n) {
			t.Errorf("count%s: %s, want %d", path, got, n)
		}
	}
	audit := w.users["audit-admin"].get("/access-log?what=search_person").want(t, http.StatusOK)
	if audit.size(t, "items") != 2 || strings.Contains(string(audit.raw), "赵老五") {
		t.Errorf("looking for a person is logged, the person is not: %s", audit.raw)
	}
}

// TestAQuarrelTakenInTwice: two points of two committees register the same one. Each is told where the other's is; of a
// confidential case nobody is told but its readers.
func TestAQuarrelTakenInTwice(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	id := w.users["own-keeper"].post("/cases", quarrel()).want(t, http.StatusCreated).text(t, "case", "id")
	typed := map[string]any{"place": "甲一村三组", "facts": "王家与李家因院墙排水起争执", "parties": []map[string]any{{"name": "王 小明"}, {"name": "李大山", "phone": "139-0013-9000"}}}
	own := w.users["own-director"].post("/cases/similar", typed).want(t, http.StatusOK)
	if own.size(t, "items") != 1 || own.text(t, "items", 0, "case", "id") != id {
		t.Fatalf("one's own: %s", own.raw)
	}
	var reasons []string
	for i := range own.size(t, "items", 0, "reasons") {
		reasons = append(reasons, own.text(t, "items", 0, "reasons", i, "label"))
	}
	if got := strings.Join(reasons, "，"); got != "当事人联系电话相同，当事人姓名或者名称相同，纠纷情况相似，发生地点相似，发生在同一村（社区），申请日期相近（90天内）" {
		t.Error(got)
	}
	stranger := w.users["other-town-mediator"]
	foreign := stranger.post("/cases/similar", typed).want(t, http.StatusOK)
	if foreign.size(t, "items") != 1 || foreign.text(t, "items", 0, "committee", "name") != "甲一" ||
		foreign.text(t, "items", 0, "demandNo") != own.text(t, "items", 0, "demandNo") {
		t.Errorf("another's: %s", foreign.raw)
	}
	for _, told := range []string{id, `"case"`, "王", "registered", "甲一村", "areaPath"} {
		if strings.Contains(string(foreign.raw), told) {
			t.Errorf("of another's case more than committee, number and reasons is told (%s): %s", told, foreign.raw)
		}
	}
	if n := stranger.post("/cases/similar", map[string]any{"parties": []map[string]any{{"name": "王小明"}}}).want(t, http.StatusOK).size(t, "items"); n != 0 {
		t.Errorf("a name alone: %d", n)
	}
	if n := stranger.post("/cases/similar", map[string]any{}).want(t, http.StatusOK).size(t, "items"); n != 0 {
		t.Errorf("an empty form: %d", n)
	}
	again := stranger.post("/cases", quarrel()).want(t, http.StatusCreated).text(t, "case", "id")
	a := stranger.get("/cases/"+again+"/similar").want(t, http.StatusOK)
	if a.size(t, "items") != 1 || a.text(t, "items", 0, "reasons", 0, "reason") != "same_id_number" {
		t.Errorf("of a registered case: %s", a.raw)
	}
	w.users["own-director"].post("/cases/"+id+"/confidentiality", map[string]any{"level": "private"}).want(t, http.StatusOK)
	for who, n := range map[string]int{"own-director": 2, "other-town-mediator": 1, "committee-mediator": 1, "bureau": 1, "same-town-keeper": 1} {
		if got := w.users[who].post("/cases/similar", typed).want(t, http.StatusOK); got.size(t, "items") != n {
			t.Errorf("%s is told of %s", who, got.raw)
		}
	}
	if n := stranger.get("/cases/"+again+"/similar").want(t, http.StatusOK).size(t, "items"); n != 0 {
		t.Errorf("a private case is proposed to a stranger")
	}
	w.users["center"].post("/cases/similar", typed).refused(t, http.StatusForbidden, domain.CodeForbidden)
}
