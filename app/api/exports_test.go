package api_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/xuri/excelize/v2"

	"baimi/app/exports"
	"baimi/domain"
	"baimi/storage/storagetest"
)

// wish is what somebody asks for; change says what is other about it.
func wish(change map[string]any) map[string]any {
	body := map[string]any{"format": "gb31000", "fileType": "xlsx", "purpose": "report", "reason": "第四季度报送"}
	for k, v := range change {
		body[k] = v
	}
	return body
}

// made lets the worker of exports do what the queue would tell it.
func (o *office) made(t *testing.T, a answer) {
	t.Helper()
	id, err := uuid.Parse(a.text(t, "id"))
	fatal(t, err)
	_, ok, err := exports.New(o.Store, o.clock, rand.Reader, nil, exports.DefaultConfig()).Work(t.Context(), domain.CountyInfo{ID: o.County, AreaPath: "510185"}, id)
	fatal(t, err)
	if !ok {
		t.Fatal("nothing to make")
	}
}

// exported asks for a file, has it made and fetches it.
func (u *user) exported(t *testing.T, body map[string]any) (run answer, file []byte) {
	t.Helper()
	asked := u.post("/exports", body).want(t, http.StatusAccepted)
	u.o.made(t, asked)
	path := strings.TrimPrefix(asked.header.Get("Location"), "/api/v1")
	run = u.get(path).want(t, http.StatusOK)
	if run.text(t, "state") != "done" {
		t.Fatalf("%s", run.raw)
	}
	return run, u.get(path+"/file").want(t, http.StatusOK).raw
}

// book reads a worksheet of a file, as rows of cells.
func book(t *testing.T, file []byte, sheet string) [][]string {
	t.Helper()
	b, err := excelize.OpenReader(bytes.NewReader(file))
	fatal(t, err)
	defer b.Close() //nolint:errcheck // a workbook in memory
	rows, err := b.GetRows(sheet)
	fatal(t, err)
	return rows
}

// item is a cell by its column's name.
func item(t *testing.T, rows [][]string, row int, name string) string {
	t.Helper()
	i := slices.Index(rows[0], name)
	if i < 0 {
		t.Fatalf("no column %s in %v", name, rows[0])
	}
	if i >= len(rows[row]) {
		return ""
	}
	return rows[row][i]
}

var cellTag = regexp.MustCompile(`<c [^>]*>`)

func TestAListOfCasesGoesOutInTheStandardsItems(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	in.Facts = "=HYPERLINK(\"http://x\") 王小明说电话13800138000、身份证510185199003070013，与李大山争执；又说邻居电话 13712345678。"
	in.Place, in.PeopleCount = "+86号院", 12
	w.Register(t, w.Act(t, w.actors["own-keeper"]), in)
	w.caseIn(t, "agreed")
	bureau := w.users["bureau"]

	run, file := bureau.exported(t, wish(nil))
	if run.text(t, "rows") != "2" || run.text(t, "reason") != "第四季度报送" || run.text(t, "fileSize") == "0" || run.text(t, "unmapped") != "0" {
		t.Errorf("%s", run.raw)
	}
	rows := book(t, file, "案件")
	if len(rows) != 3 || !slices.Equal(rows[0][:3], []string{"事件名称", "发生日期", "发生地点详址"}) || len(rows[0]) != 35 {
		t.Fatalf("%v", rows)
	}
	at := slices.IndexFunc(rows, func(r []string) bool { return strings.Contains(strings.Join(r, "|"), "HYPERLINK") })
	for name, want := range map[string]string{
		"事件名称": "王**与李**邻里纠纷", "发生日期": "2026-11-18", "事件规模": "02", "事件类别": "0299", "涉及人数": "12", "主要当事人证件代码": "111",
		"主要当事人证件号码": "510185********0013", "主要当事人姓名": "王**", "主要当事人性别": "1", "化解方式": "03", "化解组织": "甲一", "化解是否成功": "", "来源": "群众上报",
		"发生地点详址": "****", "主要当事人民族": "",
	} {
		if got := item(t, rows, at, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	facts := item(t, rows, at, "事件简述")
	if !strings.HasPrefix(facts, "=HYPERLINK") {
		t.Errorf("facts: %s", facts)
	}
	for _, clear := range []string{"13800138000", "510185199003070013", "13712345678", "王小明", "李大山"} {
		if strings.Contains(facts, clear) {
			t.Errorf("%s stands in the masked facts: %s", clear, facts)
		}
	}
	if rows := book(t, file, "未对照"); len(rows) != 1 {
		t.Errorf("%v", rows)
	}
	// as it is packed: every cell is a text, there is no formula, and each page says whose it is
	packed := unpacked(t, file)
	cells := cellTag.FindAllString(packed, -1)
	for _, c := range cells {
		if !strings.Contains(c, `t="inlineStr"`) && !strings.Contains(c, `t="s"`) && !strings.HasSuffix(c, "/>") {
			t.Errorf("a cell that is no text: %s", c)
		}
	}
	if len(cells) < 100 || strings.Contains(packed, "<f>") || strings.Count(packed, "<oddHeader>") != 4 || strings.Count(packed, run.text(t, "no")) < 9 {
		t.Errorf("%d cells, %d heads, %d times its number", len(cells), strings.Count(packed, "<oddHeader>"), strings.Count(packed, run.text(t, "no")))
	}
	settled := 3 - at
	if item(t, rows, settled, "化解是否成功") != "1" || item(t, rows, settled, "化解日期") == "" || item(t, rows, settled, "化解责任人姓名") != "工作人员case-mediator" {
		t.Errorf("%v", rows[settled])
	}

	// clear: for a purpose that needs it, by whoever answers for the list
	bureau.post("/exports", wish(map[string]any{"clear": true})).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	run, file = bureau.exported(t, wish(map[string]any{"clear": true, "purpose": "exchange", "fileType": "json", "reason": "与综治系统交换"}))
	var e struct {
		Masked    bool
		Watermark string
		ExportNo  string
		Rows      []map[string]string
	}
	fatal(t, json.Unmarshal(file, &e))
	ids := []string{e.Rows[0]["10"], e.Rows[1]["10"]}
	if e.Masked || e.ExportNo != run.text(t, "no") || !strings.Contains(e.Watermark, e.ExportNo) || !strings.Contains(e.Watermark, "工作人员bureau") ||
		!slices.Equal(ids, []string{"510185199003070013", "510185199003070013"}) {
		t.Errorf("%s %+v", e.Watermark, ids)
	}

	// every case that went out is in the access log, twice where its numbers went out in the clear; every fetch of a file too
	audit := w.users["audit-admin"]
	count := func(what, reason string) int {
		n := 0
		log := audit.get("/access-log?pageSize=200").want(t, http.StatusOK)
		for i := range log.size(t, "items") {
			if log.text(t, "items", i, "what") == what && strings.Contains(log.text(t, "items", i), reason) {
				n++
			}
		}
		return n
	}
	if count("export", "report") != 2 || count("export", "exchange") != 2 || count("unmask", "exchange") != 2 || count("download", "") != 2 {
		t.Errorf("export %d %d, unmask %d, download %d", count("export", "report"), count("export", "exchange"), count("unmask", "exchange"), count("download", ""))
	}
	if seen := audit.get("/exports").want(t, http.StatusOK); seen.size(t, "items") != 2 || seen.text(t, "items", 0, "downloads") != "1" {
		t.Errorf("%s", seen.raw)
	}
	audit.get("/exports/"+run.text(t, "id")).want(t, http.StatusOK)
	audit.get("/exports/"+run.text(t, "id")+"/file").refused(t, http.StatusForbidden, domain.CodeForbidden)

	// three days on it is gone, before the sweep and after
	w.now = w.now.Add(72 * time.Hour)
	again := w.signIn(t, "bureau")
	again.get("/exports/"+run.text(t, "id")+"/file").refused(t, http.StatusGone, domain.CodeGone)
	fatal(t, w.Store.Sweep(t.Context(), domain.SystemScope(w.County, "510185"), w.now))
	again.get("/exports/"+run.text(t, "id")+"/file").refused(t, http.StatusGone, domain.CodeGone)
	if a := again.get("/exports/" + run.text(t, "id")); a.text(t, "state") != "expired" || a.text(t, "fileHash") != run.text(t, "fileHash") {
		t.Errorf("%s", a.raw)
	}
}

// TestWhoTakesCasesOut tries a list and a single case as everybody; nobody fetches another's file, or his own in another role.
func TestWhoTakesCasesOut(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	id := w.caseIn(t, "accepted")
	private := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	private.Confidentiality = domain.Private
	hidden := w.Register(t, w.Act(t, w.actors["own-director"]), private)
	lists := map[string]int{"own-director": 2, "town-office": 2, "bureau": 1, "same-town-director": 0, "town-director": 0, "other-town-office": 0}
	var files []string
	for _, r := range relations {
		u := w.users[r.name]
		want, may := lists[r.name]
		a := u.post("/exports", wish(nil))
		if !may {
			a.refused(t, http.StatusForbidden, domain.CodeForbidden)
		} else {
			a.want(t, http.StatusAccepted)
			w.made(t, a)
			run := u.get("/exports/" + a.text(t, "id"))
			if got := run.at(t, "rows"); got != float64(want) {
				t.Errorf("%s takes out %v cases, want %d: %s", r.name, got, want, run.raw)
			}
			files = append(files, a.text(t, "id"))
		}
		one := u.post("/exports", wish(map[string]any{"caseId": id.String()}))
		switch {
		case r.caseless(), r.role == domain.RoleConnector:
			one.refused(t, http.StatusForbidden, domain.CodeForbidden)
		case !r.sees:
			one.refused(t, http.StatusNotFound, domain.CodeNotFound)
		default:
			one.want(t, http.StatusAccepted)
			w.made(t, one)
		}
		if r.name != "own-director" && r.name != "town-office" && !r.caseless() && r.role != domain.RoleConnector {
			u.post("/exports", wish(map[string]any{"caseId": hidden.CaseID().String()})).refused(t, http.StatusNotFound, domain.CodeNotFound)
		}
	}
	for _, r := range relations {
		for _, f := range files {
			a := w.users[r.name].get("/exports/" + f + "/file")
			if a.status == http.StatusOK && !strings.Contains(a.header.Get("Cache-Control"), "no-store") {
				t.Errorf("%s: %v", r.name, a.header)
			}
			owner := w.users[r.name].get("/exports/" + f)
			if (a.status == http.StatusOK) != (owner.status == http.StatusOK && r.role != domain.RoleAuditAdmin) {
				t.Errorf("%s: file %d, record %d", r.name, a.status, owner.status)
			}
		}
	}
	// the plain 25 items do not say what is confidential, so what is stays here
	run, file := w.users["own-director"].exported(t, wish(map[string]any{"extended": false}))
	if rows := book(t, file, "案件"); len(rows) != 2 || len(rows[0]) != 25 || run.text(t, "withheld") != "1" {
		t.Errorf("%v %s", rows, run.raw)
	}
	u := w.users["bureau"]
	for field, body := range map[string]map[string]any{
		"/reason": wish(map[string]any{"reason": "查王小明 138 0013 8000"}), "/filter": wish(map[string]any{"caseId": id.String(), "filter": map[string]any{}}),
		"/filter/words": wish(map[string]any{"filter": map[string]any{"words": "水 沟"}}),
	} {
		if a := u.post("/exports", body).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid); a.text(t, "errors", 0, "pointer") != field {
			t.Errorf("%s: %s", field, a.raw)
		}
	}
	for range 3 {
		u.post("/exports", wish(nil)).want(t, http.StatusAccepted)
	}
	u.post("/exports", wish(nil)).refused(t, http.StatusConflict, domain.CodeInProgress)
}

// TestARoleThatEndedTakesNothingOut: what was asked for in a role is made in it, or not at all.
func TestARoleThatEndedTakesNothingOut(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	w.caseIn(t, "accepted")
	a := w.users["bureau"].post("/exports", wish(nil)).want(t, http.StatusAccepted)
	w.endRole(t, w.actors["bureau"])
	w.made(t, a)
	run := w.users["audit-admin"].get("/exports/"+a.text(t, "id")).want(t, http.StatusOK)
	if run.text(t, "state") != "failed" || !strings.Contains(run.text(t, "detail"), "岗位") {
		t.Errorf("%s", run.raw)
	}
}

// endRole ends a role past the service.
func (o *office) endRole(t *testing.T, a domain.Actor) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), o.DB.OwnerURL)
	fatal(t, err)
	defer conn.Close(context.WithoutCancel(t.Context())) //nolint:errcheck // nothing is pending
	_, err = conn.Exec(t.Context(), "update assignment set valid_to = $2 where id = $1", a.Assignment, storagetest.Now)
	fatal(t, err)
}

func TestTheOfficeEditsWhichCodeIsWhich(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	police := domain.ReferrerPolice
	in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	in.Source, in.Referrer = domain.SourceReferred, &police
	w.Register(t, w.Act(t, w.actors["own-keeper"]), in)
	bureau, admin := w.users["bureau"], w.users["system-admin"]
	const path = "/exchange/mappings/gb31000"

	// 来源 has no word for what the police referred: told, not left out in silence
	run, file := bureau.exported(t, wish(nil))
	faults := book(t, file, "未对照")
	if run.text(t, "unmapped") != "1" || len(faults) != 2 || faults[1][2] != "来源" || !strings.Contains(faults[1][3], "公安机关委托移送") {
		t.Errorf("%s %v", run.raw, faults)
	}

	was := admin.get(path).want(t, http.StatusOK)
	if was.header.Get("ETag") != `"0"` || was.text(t, "version") != "0" || was.size(t, "entries") != 0 || was.size(t, "effective") < 60 {
		t.Errorf("%s %.300s", was.header.Get("ETag"), was.raw)
	}
	entry := func(list, way, from, to string) map[string]any {
		return map[string]any{"list": list, "direction": way, "from": from, "to": to}
	}
	set := map[string]any{"entries": []any{entry("event_source", "out", "referred_police", "公安移送"), entry("event_type", "out", "02", "0201")}}
	put := func(u *user, path string, body any, match string) answer {
		t.Helper()
		if match == "" {
			return u.do(http.MethodPut, path, body)
		}
		return u.do(http.MethodPut, path, body, "If-Match", match)
	}
	put(admin, path, set, "").refused(t, http.StatusPreconditionRequired, domain.CodeNeedsMatch)
	put(admin, path, set, `"7"`).refused(t, http.StatusPreconditionFailed, domain.CodeStale)
	for _, r := range relations {
		if r.name != "bureau" && r.name != "system-admin" {
			put(w.users[r.name], path, set, `"0"`).refused(t, http.StatusForbidden, domain.CodeForbidden)
		}
	}
	for _, bad := range []map[string]any{
		entry("kings", "out", "02", "1"), entry("event_type", "out", "77", "1"), entry("event_type", "in", "0201", "77"), entry("form", "out", "oral", "1"),
	} {
		put(admin, path, map[string]any{"entries": []any{bad}}, `"0"`).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)
	}
	twice := map[string]any{"entries": []any{entry("event_type", "out", "02", "1"), entry("event_type", "out", "02", "2")}}
	put(admin, path, twice, `"0"`).refused(t, http.StatusUnprocessableEntity, domain.CodeInvalid)

	now := put(admin, path, set, `"0"`).want(t, http.StatusOK)
	if now.header.Get("ETag") != `"1"` || now.text(t, "changedBy", "name") != "工作人员system-admin" {
		t.Errorf("%.300s", now.raw)
	}
	// the town's office has a receiver of its own
	own := path + "?organisation=" + strconv.Itoa(int(w.OfficeA))
	put(bureau, own, map[string]any{"entries": []any{entry("event_type", "out", "02", "邻里")}}, `"0"`).want(t, http.StatusOK)
	for who, want := range map[string]string{"bureau": "0201", "town-office": "邻里"} {
		run, file := w.users[who].exported(t, wish(nil))
		rows := book(t, file, "案件")
		if got := item(t, rows, 1, "事件类别"); got != want || item(t, rows, 1, "来源") != "公安移送" || run.text(t, "unmapped") != "0" {
			t.Errorf("%s: %s %s", who, got, run.raw)
		}
	}
	// a default taken away is told like any other gap; the states before stay
	put(bureau, path, map[string]any{"entries": []any{entry("event_type", "out", "02", "")}}, `"1"`).want(t, http.StatusOK)
	if run, _ := bureau.exported(t, wish(nil)); run.text(t, "unmapped") != "2" {
		t.Errorf("%s", run.raw)
	}
	if old := bureau.get(path+"?version=1").want(t, http.StatusOK); old.size(t, "entries") != 2 {
		t.Errorf("%s", old.raw)
	}
	bureau.get(path+"?version=9").refused(t, http.StatusNotFound, domain.CodeNotFound)
	bureau.get("/exchange/mappings/kings").want(t, http.StatusNotFound)
	if f := bureau.get("/exchange/formats").want(t, http.StatusOK); f.size(t, "items") != 2 || f.size(t, "items", 0, "items") != 35 {
		t.Errorf("%s", f.raw)
	}
}
