package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"baimi/domain"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// sender is a county with closed cases of many sorts.
func sender(t *testing.T) *world {
	t.Helper()
	w := peopled(t, open(t))
	w.caseIn(t, "closed")
	med := w.users["case-mediator"]
	for i, change := range []map[string]any{
		{"type": "04", "place": "=1+1号厂房", "facts": "-欠砂石款。\n第二天又争吵，电话13712345678。", "parties": []map[string]any{
			{"role": "applicant", "kind": "legal", "name": "李家沟建材有限公司", "idNumber": "91110108551385082Q"},
			{"role": "respondent", "kind": "natural", "name": "周吴", "phone": "13900139000"},
			{"role": "respondent", "kind": "natural", "name": "郑王", "sex": 2},
			{"role": "third", "kind": "other", "name": "新一村合作社"},
		}},
		{"type": "12", "confidentiality": "private", "facts": "+旅行社退款。", "parties": []map[string]any{
			{"role": "applicant", "kind": "natural", "name": "阿依古丽·买买提", "idNumber": "11010519491231002x", "address": "四川省成都市简阳市简城街道建设路8号"},
			{"role": "respondent", "kind": "natural", "name": "钱建国"},
		}},
	} {
		body := settled()
		for k, v := range change {
			body[k] = v
		}
		a := med.post("/cases/instant-settlements", body).want(t, http.StatusCreated)
		if i == 1 && a.text(t, "case", "confidentiality") != "private" {
			t.Fatalf("%s", a.raw)
		}
	}
	for _, end := range []struct {
		path, state string
		body        map[string]any
	}{{"/fail", "mediating", ending("no_prospect")}, {"/withdraw", "accepted", map[string]any{"on": today, "reason": "settled_themselves"}}} {
		id := w.caseIn(t, end.state)
		med.post("/cases/"+id.String()+end.path, end.body).want(t, http.StatusOK)
	}
	return w
}

// receiver is another county's office whose committees have other names.
func receiverOf(t *testing.T) *world {
	t.Helper()
	w := peopled(t, open(t))
	conn, err := pgx.Connect(t.Context(), w.DB.OwnerURL)
	fatal(t, err)
	defer conn.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing is pending
	_, err = conn.Exec(t.Context(), "update org set name = '另县' || name")
	fatal(t, err)
	return w
}

// brought brings a file of cases in.
func (u *user) brought(t *testing.T, format string, file []byte, query string) answer {
	t.Helper()
	a := u.post("/imports/"+format+query, file).want(t, http.StatusAccepted)
	u.o.worked(t, a)
	run := u.get("/import-runs/"+a.text(t, "id")).want(t, http.StatusOK)
	if run.text(t, "state") != "done" {
		t.Fatalf("%s", run.raw)
	}
	return run
}

// rowsByNumber reads an export of JSON: item by item, by the file's number.
func rowsByNumber(t *testing.T, file []byte, number string) map[string]map[string]string {
	t.Helper()
	var e struct{ Rows []map[string]string }
	fatal(t, json.Unmarshal(file, &e))
	m := map[string]map[string]string{}
	for _, r := range e.Rows {
		m[r[number]] = r
	}
	return m
}

// TestWhatGoesOutComesInElsewhereTheSame takes closed cases out in one county, brings them in in another, takes them out there, and
// compares every item.
func TestWhatGoesOutComesInElsewhereTheSame(t *testing.T) {
	t.Parallel()
	w, far := sender(t), receiverOf(t)
	director := w.users["own-director"] // sees the private case too
	takes := fmt.Sprintf("committee=%d", far.CommitteeA1)
	for i, format := range []string{"gb31000", "ministry"} {
		body := map[string]any{
			"format": format, "purpose": "handover", "reason": "移交", "clear": true,
			"filter": map[string]any{"concludedFrom": today},
		}
		body["fileType"] = "json"
		_, asJSON := director.exported(t, body)
		body["fileType"] = "xlsx"
		_, asXLSX := director.exported(t, body)
		sent := rowsByNumber(t, asJSON, "X1")
		if len(sent) != 5 {
			t.Fatalf("%d cases go out", len(sent))
		}
		bureau := far.users["bureau"]
		if i == 1 { // a fresh county for the second format
			far = receiverOf(t)
			bureau = far.users["bureau"]
		}
		bureau.post("/imports/"+format+"?committee=999999", asXLSX).refused(t, http.StatusNotFound, domain.CodeNotFound)
		bureau.post("/imports/ledger?"+takes, asXLSX).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
		if run := bureau.brought(t, format, asXLSX, "?dryRun=true"); run.text(t, "bad") != "5" {
			t.Errorf("nobody takes them: %s", run.raw)
		}
		for j, file := range [][]byte{asXLSX, asJSON, asXLSX} { // the same cases, three times
			run := bureau.brought(t, format, file, "?"+takes)
			want := map[bool]string{true: "5 0 0", false: "0 5 0"}[j == 0]
			if got := run.text(t, "added") + " " + run.text(t, "same") + " " + run.text(t, "bad"); got != want {
				t.Errorf("%s, file %d: %s", format, j, got)
				t.Logf("%s", unpacked(t, bureau.get("/import-runs/"+run.text(t, "id")+"/errors").raw))
			}
		}
		body["fileType"] = "json"
		delete(body, "filter")
		_, again := far.users["own-director"].exported(t, body)
		back := rowsByNumber(t, again, "X1")
		for number, row := range sent {
			for code, value := range row {
				if got := back[number][code]; value != "" && got != value {
					t.Errorf("%s %s item %s: %q went out, %q came back", format, number, code, value, got)
				}
			}
		}
		// where its own facts are asked for, they are what was told
		scope := domain.SystemScope(far.County, "510185")
		sum, err := far.Store.Check(t.Context(), scope, storagetest.Now, func(f storage.Finding) { t.Error(f) })
		if err != nil || sum.Cases != 5 {
			t.Errorf("baimi check: %+v %v", sum, err)
		}
		seen := bureau.get("/cases").want(t, http.StatusOK)
		if n := seen.size(t, "items"); n != 4 { // the private one is not the bureau's
			t.Errorf("the bureau sees %d", n)
		}
	}
}

// TestBadRowsOfAnotherSystemComeBack: masked files, unknown codes, open cases and numbers that clash, each with what is wrong.
func TestBadRowsOfAnotherSystemComeBack(t *testing.T) {
	t.Parallel()
	w := sender(t)
	director, bureau := w.users["own-director"], w.users["bureau"]
	out := map[string]any{"format": "gb31000", "fileType": "json", "purpose": "exchange", "reason": "交换"}
	_, masked := director.exported(t, out)
	run := bureau.brought(t, "gb31000", masked, "")
	if run.text(t, "bad") != "5" || run.text(t, "added") != "0" {
		t.Errorf("masked: %s", run.raw)
	}
	back := bureau.get("/import-runs/"+run.text(t, "id")+"/errors").want(t, http.StatusOK)
	if !strings.Contains(string(back.raw), "姓名已经遮盖") || !json.Valid(back.raw) || !strings.Contains(back.header.Get("Content-Disposition"), ".json") {
		t.Errorf("%v %.300s", back.header, back.raw)
	}
	out["clear"] = true
	_, clear := director.exported(t, out)
	var e map[string]any
	fatal(t, json.Unmarshal(clear, &e))
	spoil := func(i int, code, value string) {
		rows, _ := e["rows"].([]any)
		row, _ := rows[i].(map[string]any)
		row[code] = value
	}
	rows, _ := e["rows"].([]any)
	first, _ := rows[0].(map[string]any)
	spoil(1, "5", "1601") // 涉民族问题 is no matter for people's mediation
	spoil(2, "X2", "")    // still open
	spoil(3, "10", "510185199003070014")
	spoil(4, "X1", "2026-77")
	file, err := json.Marshal(e)
	fatal(t, err)
	run = bureau.brought(t, "gb31000", file, "?dryRun=true")
	own := rowProblems(t, bureau.get("/import-runs/"+run.text(t, "id")+"/errors").raw)
	there := peopled(t, open(t)).users["bureau"] // where a committee is called the same
	run = there.brought(t, "gb31000", file, "")
	if run.text(t, "added") != "1" || run.text(t, "bad") != "4" {
		t.Errorf("%s", run.raw)
	}
	problems := rowProblems(t, there.get("/import-runs/"+run.text(t, "id")+"/errors").raw)
	problems[0] = own[0]
	for i, want := range []string{"这个卷号是系统里办理的案件", "没有对应的代码，请在对照表“事件类别”中设置", "【化解日期】请填写", "证件号码", "请填写年份和序号"} {
		if !strings.Contains(problems[i], want) {
			t.Errorf("row %d (%v): %s, want %s", i, first["X1"], problems[i], want)
		}
	}
	for _, r := range relations {
		if r.role != domain.RoleBureauOfficer {
			w.users[r.name].post("/imports/ministry", file).refused(t, http.StatusForbidden, domain.CodeForbidden)
		}
	}
	plain := map[string]any{"format": "gb31000", "fileType": "xlsx", "purpose": "exchange", "reason": "交换", "clear": true, "extended": false}
	_, bare := director.exported(t, plain)
	a := bureau.post("/imports/gb31000", bare).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	if !strings.Contains(a.text(t, "detail"), "事件编号") {
		t.Errorf("%s", a.raw)
	}
	for _, bad := range []string{`{}`, `{"items":[{"code":"","name":"a"}]}`, `{"items":[{"code":"1","name":"事件名称"}],"rows":[{"2":"x"}]}`, `{"items":1}`, `{`} {
		bureau.post("/imports/gb31000", []byte(bad)).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	}
	bureau.get("/imports/gb31000/template").want(t, http.StatusOK)
}

// rowProblems are what is wrong with each row of a file that went back as JSON.
func rowProblems(t *testing.T, file []byte) []string {
	t.Helper()
	var e struct{ Rows []map[string]string }
	fatal(t, json.Unmarshal(file, &e))
	list := make([]string, len(e.Rows))
	for i, r := range e.Rows {
		list[i] = r["problem"]
	}
	return list
}
