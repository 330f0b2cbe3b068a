package imports_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"baimi/app/imports"
	"baimi/app/sheets"
	"baimi/domain"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// office is a county with its system administrator, who brings in files.
type office struct {
	*storagetest.Town
	t      *testing.T
	use    *imports.Imports
	admin  domain.Actor
	bureau domain.Actor // brings in the people
}

func clock() time.Time { return storagetest.Now }

func open(t *testing.T) *office {
	t.Helper()
	w := storagetest.NewTown(t)
	return &office{
		Town: w, t: t, use: imports.New(w.Store, clock, rand.Reader, nil), admin: w.Hire(t, "sysadmin", domain.RoleSystemAdmin, w.Bureau),
		bureau: w.Hire(t, "bureau", domain.RoleBureauOfficer, w.Bureau),
	}
}

// table writes rows of cells, with | between, as a CSV in UTF-8.
func table(rows ...string) []byte {
	return []byte(strings.ReplaceAll(strings.Join(rows, "\n"), "|", ","))
}

// bring brings a file in and works it.
func (o *office) bring(kind domain.ImportKind, file []byte, dry bool) domain.ImportRun {
	o.t.Helper()
	run, err := o.use.Start(o.t.Context(), o.who(kind), imports.Upload{Kind: kind, Name: "表.csv", File: file, Dry: dry})
	if err != nil {
		o.t.Fatalf("%s: %v", kind, err)
	}
	run, _, ok, err := o.use.Work(o.t.Context(), domain.CountyInfo{ID: o.County, AreaPath: "510185"}, run.ID)
	if err != nil || !ok || run.State != domain.ImportDone {
		o.t.Fatalf("%s: %+v %v %v", kind, run, ok, err)
	}
	return run
}

// who brings in files of a kind.
func (o *office) who(kind domain.ImportKind) domain.Actor {
	if kind == domain.ImportPeople || kind == domain.ImportLedger {
		return o.bureau
	}
	return o.admin
}

// counts are what became of the rows: added, changed, the same, bad.
func counts(r domain.ImportRun) [4]int { return [4]int{r.Added, r.Changed, r.Same, r.Bad} }

// problems reads the last column of the file that goes back, by row.
func (o *office) problems(run domain.ImportRun) map[int]string {
	o.t.Helper()
	_, file, err := o.use.Errors(o.t.Context(), o.who(run.Kind), run.ID)
	if err != nil {
		o.t.Fatal(err)
	}
	s, err := sheets.Read(file)
	if err != nil {
		o.t.Fatal(err)
	}
	at := slices.Index(s.Header, "问题")
	if at != len(s.Header)-1 {
		o.t.Fatalf("header %v", s.Header)
	}
	found := map[int]string{}
	for _, r := range s.Rows {
		if text := r.At(at).Text; text != "" {
			found[r.No] = text
		}
	}
	return found
}

const (
	areaHeader  = "区划代码|名称|级别|上级代码|启用日期|原代码|依据"
	orgHeader   = "机构编号|名称|类别|调委会类别|简称|卷号用字|上级机构编号|所在区划代码|设立日期|撤销日期"
	pointHeader = "受理点编号|名称|所属机构编号|所在区划代码|地址|开放时间|经度|纬度|坐标系|精度（米）|取点方式|启用日期"
	peopleHead  = "人员编号|姓名|性别|机构编号|身份|调解员类别|专职|任职日期|离任日期|登录名"
)

// city is a small town as files: two villages, offices, points, people.
func city() map[domain.ImportKind][]byte {
	return map[domain.ImportKind][]byte{
		domain.ImportAreas: table(areaHeader,
			"510185300201|新一村|村（社区）|510185300|2026-01-01||", // before its town: order does not matter
			"510185300|新镇|镇（街道）|510185|2026/1/1||GB/T 10114",
			"510185300202|新二村|村（社区）|510185300|20260101||",
			"510185300201001|新一村1组|村（居）民小组|510185300201|2026年1月1日||"),
		domain.ImportOrganisations: table(orgHeader,
			"N-11|新一村人民调解委员会|人民调解委员会|村调委会|新一||N-10|510185300201|2026-01-01|",
			"N-1|新镇司法所|司法所|||||510185300|2026-01-01|",
			"N-10|新镇人民调解委员会|人民调解委员会|乡镇调委会|新镇|民调字|N-1|510185300|2026-01-01|"),
		domain.ImportPoints: table(pointHeader,
			"P-1|新一村受理点|N-11|510185300201|新一村1号|每天|104.5471|30.4110|GCJ-02|10|手机定位|2026-01-01",
			"P-2|新一村1组受理点|N-11|510185300201001|新一村1组1号|每天||||||2026-01-01"),
		domain.ImportPeople: table(peopleHead,
			"T001|周 明德|男|N-11|人民调解员|聘任|是|2026-01-01||ZhouMD",
			"T001|周明德|男|P-1|受理点信息员|||2026-01-01||zhoumd",
			"T002|艾力·买买提|男|N-11|调委会主任|调委会委员||2026-01-01||",
			"T003|林静|女|N-1|司法所工作人员|||2026-01-01||linjing"),
	}
}

// kinds are those that make a city.
func kinds() []domain.ImportKind { k, _ := imports.Kinds(); return k[:4] }

func TestACityIsMadeOfFilesAndTwiceAddsNothing(t *testing.T) {
	t.Parallel()
	o := open(t)
	want := map[domain.ImportKind]int{domain.ImportAreas: 4, domain.ImportOrganisations: 3, domain.ImportPoints: 2, domain.ImportPeople: 4}
	for _, k := range kinds() {
		if got := counts(o.bring(k, city()[k], true)); got != [4]int{want[k], 0, 0, 0} {
			t.Errorf("%s, checked only: %v", k, got)
		}
		if got := counts(o.bring(k, city()[k], true)); got != [4]int{want[k], 0, 0, 0} {
			t.Errorf("%s, checked only, again: %v: something was written", k, got)
		}
		if got := counts(o.bring(k, city()[k], false)); got != [4]int{want[k], 0, 0, 0} {
			t.Errorf("%s: %v", k, got)
		}
		if got := counts(o.bring(k, city()[k], false)); got != [4]int{0, 0, want[k], 0} {
			t.Errorf("%s, twice: %v", k, got)
		}
	}
	account, err := o.Store.AccountByLogin(t.Context(), "zhoumd")
	if err != nil || account.PersonName != "周明德" {
		t.Fatalf("%+v %v", account, err)
	}
	held, err := o.Store.Assignments(t.Context(), account.Person, o.Act(t, o.admin).Today())
	if err != nil || len(held) != 2 || held[0].OrgName != "新一村人民调解委员会" || held[1].Committee == nil || *held[1].Committee != held[0].Org {
		t.Errorf("roles %+v %v", held, err)
	}
	point, _, err := o.Store.Point(t.Context(), held[1].Org, o.Act(t, o.admin).Today())
	if err != nil || point.Longitude == nil || *point.Longitude > 104.546 || *point.Longitude < 104.543 || point.Status.Status != "open" {
		t.Errorf("point %+v %v", point, err) // GCJ-02 lies some 250 m east of the true place here
	}
	if point.Origin == nil || *point.Origin != "手机定位（由GCJ-02换算）" {
		t.Errorf("origin %v", point.Origin)
	}
	// what was made can be worked with
	mediator := held[0].Actor(account, domain.ViaSession)
	o.Register(t, o.Act(t, mediator), o.Dispute(point.ID, *held[0].Committee, domain.Area{Path: point.AreaPath, Name: "新一村"}))
}

func TestThreeBadRowsComeBackAndTheGoodOnesGoIn(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"utf-8", "gbk", "xlsx"} {
		t.Run(format, func(t *testing.T) {
			t.Parallel()
			o := open(t)
			file := table(areaHeader,
				"510185300|新镇|镇（街道）|510185|2026-01-01||",
				"51018530X|坏镇|镇（街道）|510185|2026-01-01||", // a letter in the code
				"510185301|好镇|镇（街道）|510185|2026-01-01||",
				"510185302201|孤村|村（社区）|510185302|2026-02-30||", // no such parent, no such day
				"510185300|又一镇|镇（街道）|510185|2026-01-01||",      // twice in the file
				"510185300201|新一村|村（社区）|510185300|2026-01-01||")
			switch format {
			case "gbk":
				var err error
				if file, err = simplifiedchinese.GBK.NewEncoder().Bytes(file); err != nil {
					t.Fatal(err)
				}
			case "xlsx":
				file = asXLSX(t, file)
			}
			for _, dry := range []bool{true, false} {
				run := o.bring(domain.ImportAreas, file, dry)
				if got := counts(run); got != [4]int{3, 0, 0, 3} {
					t.Errorf("dry %v: %v", dry, got)
				}
				got := o.problems(run)
				want := map[int]string{
					3: "【区划代码】应为6至24位数字，例如510185102；请把这一列设为“文本”格式",
					5: "【启用日期】日期不对，应为2026-03-02这样的日期；【上级代码】没有代码为510185302的区划，请先导入区划，或者核对代码",
					6: "【区划代码】与第2行重复",
				}
				for no, text := range want {
					if got[no] != text {
						t.Errorf("row %d: %q, want %q", no, got[no], text)
					}
				}
				if len(got) != len(want) {
					t.Errorf("problems %v", got)
				}
			}
			// the file that came back is mended and brought in again
			last := o.bring(domain.ImportAreas, file, false)
			media, back, err := o.use.Errors(t.Context(), o.admin, last.ID)
			if err != nil || (media == sheets.XLSX) != (format == "xlsx") {
				t.Fatal(media, err)
			}
			s, err := sheets.Read(back)
			if err != nil {
				t.Fatal(err)
			}
			lines := []string{strings.Join(s.Header, "|")}
			for _, r := range s.Rows {
				var cells []string
				for i := range s.Header {
					cells = append(cells, strings.ReplaceAll(r.At(i).Text, ",", "，"))
				}
				lines = append(lines, strings.Join(cells, "|"))
			}
			mended := strings.NewReplacer("51018530X", "510185303", "2026-02-30", "2026-02-28", "510185302201", "510185301201", "|510185302|", "|510185301|",
				"510185300|又一镇", "510185304|又一镇").Replace(strings.Join(lines, "\n"))
			if got := counts(o.bring(domain.ImportAreas, table(mended), false)); got != [4]int{3, 0, 3, 0} {
				t.Errorf("mended: %v", got)
			}
		})
	}
}

// asXLSX makes a workbook of a CSV, every cell text.
func asXLSX(t *testing.T, file []byte) []byte {
	t.Helper()
	s, err := sheets.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	page := sheets.Page{Name: "表"}
	for _, h := range s.Header {
		page.Columns = append(page.Columns, sheets.Column{Header: h})
	}
	for _, r := range s.Rows {
		line := make([]string, len(s.Header))
		for i := range line {
			line[i] = r.At(i).Text
		}
		page.Rows = append(page.Rows, line)
	}
	var out bytes.Buffer
	if err := sheets.WriteXLSX(&out, 0, page); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestChangedRowsChangeAndSayWhat(t *testing.T) {
	t.Parallel()
	o := open(t)
	for _, k := range kinds() {
		o.bring(k, city()[k], false)
	}
	for kind, x := range map[domain.ImportKind]struct{ from, to string }{
		domain.ImportAreas:         {"510185300202|新二村|村（社区）|510185300|20260101", "510185300202|新二社区|村（社区）|510185300|20260601"},
		domain.ImportOrganisations: {"新镇|民调字", "新镇|人调字"},
		domain.ImportPoints:        {"新一村1号", "新一村2号"},
		domain.ImportPeople:        {"聘任|是|2026-01-01", "聘任|否|2026-01-01"},
	} {
		file := []byte(strings.Replace(string(city()[kind]), strings.ReplaceAll(x.from, "|", ","), strings.ReplaceAll(x.to, "|", ","), 1))
		if bytes.Equal(file, city()[kind]) {
			t.Fatalf("%s: nothing was replaced", kind)
		}
		run := o.bring(kind, file, false)
		if got := counts(run); got[0] != 0 || got[1] != 1 || got[3] != 0 {
			t.Errorf("%s: %v", kind, got)
		}
		if got := counts(o.bring(kind, file, false)); got[0] != 0 || got[1] != 0 || got[3] != 0 {
			t.Errorf("%s, again: %v", kind, got)
		}
	}
	// a new code for an area that keeps its place, its points and its cases
	recode := table(areaHeader, "510185300299|新二社区|村（社区）|510185300|2026-11-01|510185300202|")
	if got := counts(o.bring(domain.ImportAreas, recode, false)); got != [4]int{0, 1, 0, 0} {
		t.Errorf("recoded: %v", got)
	}
	if got := counts(o.bring(domain.ImportAreas, recode, false)); got != [4]int{0, 0, 1, 0} {
		t.Errorf("recoded twice: %v", got)
	}
	a, err := o.Store.AreaByCode(t.Context(), "510185300299", o.Act(t, o.admin).Today())
	if err != nil || a.Name != "新二社区" {
		t.Errorf("%+v %v", a, err)
	}
}

func TestWhoMayBringInFiles(t *testing.T) {
	t.Parallel()
	o := open(t)
	up := imports.Upload{Kind: domain.ImportAreas, Name: "区划.csv", File: city()[domain.ImportAreas]}
	run, err := o.use.Start(t.Context(), o.admin, up)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.use.Start(t.Context(), o.bureau, up); domain.CodeOf(err) != domain.CodeForbidden {
		t.Errorf("the bureau brings in areas: %v", err)
	}
	if _, err := o.use.Start(t.Context(), o.admin, imports.Upload{Kind: domain.ImportPeople, File: city()[domain.ImportPeople]}); domain.CodeOf(err) != domain.CodeForbidden {
		t.Errorf("the system administrator gives roles: %v", err)
	}
	for i, role := range []domain.Role{domain.RoleJudicialOfficer, domain.RoleSecurityAdmin, domain.RoleAuditAdmin} {
		a := o.Hire(t, fmt.Sprintf("other%d", i), role, o.OfficeA)
		_, err := o.use.Start(t.Context(), a, up)
		_, _, listed := o.use.List(t.Context(), a, domain.Page{Size: 10})
		_, got := o.use.Get(t.Context(), a, run.ID)
		_, _, fetched := o.use.Errors(t.Context(), a, run.ID)
		for _, err := range []error{err, listed, got, fetched} {
			if domain.CodeOf(err) != domain.CodeForbidden {
				t.Errorf("%s: %v", role, err)
			}
		}
	}
	// one at a time, beside those that only check
	if _, err := o.use.Start(t.Context(), o.admin, up); domain.CodeOf(err) != domain.CodeInProgress {
		t.Errorf("a second file: %v", err)
	}
	up.Dry = true
	if _, err := o.use.Start(t.Context(), o.admin, up); err != nil {
		t.Errorf("a check beside it: %v", err)
	}
	up.Kind = "kings"
	if _, err := o.use.Start(t.Context(), o.admin, up); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("an unknown kind: %v", err)
	}
}

// TestAWorkerThatDiedIsFollowedByAnother: rows that were written stay and count as the same.
func TestAWorkerThatDiedIsFollowedByAnother(t *testing.T) {
	t.Parallel()
	o := open(t)
	run, err := o.use.Start(t.Context(), o.admin, imports.Upload{Kind: domain.ImportAreas, Name: "区划.csv", File: city()[domain.ImportAreas]})
	if err != nil {
		t.Fatal(err)
	}
	county := domain.CountyInfo{ID: o.County, AreaPath: "510185"}
	scope := domain.SystemScope(o.County, "510185")
	if _, ok, err := o.Store.ClaimImport(t.Context(), scope, run.ID, storagetest.Now, storagetest.Now.Add(-time.Minute)); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if _, _, ok, err := o.use.Work(t.Context(), county, run.ID); ok || err != nil {
		t.Fatalf("two at one file: %v %v", ok, err)
	}
	later := imports.New(o.Store, func() time.Time { return storagetest.Now.Add(5 * time.Minute) }, rand.Reader, nil)
	if run, _, ok, err := later.Work(t.Context(), county, run.ID); !ok || err != nil || run.Added != 4 {
		t.Fatalf("%+v %v %v", run, ok, err)
	}
}

// TestBothWallsHideRunsOfOthers reads the table of runs as people who bring in no files.
func TestBothWallsHideRunsOfOthers(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.bring(domain.ImportAreas, city()[domain.ImportAreas], true)
	bare := o.Reopen(t, storage.Options{SecondWallOnly: true})
	keeper := o.Hire(t, "keeper", domain.RolePointKeeper, o.PointA1)
	rows, _, err := bare.Imports(t.Context(), keeper.Scope(), domain.Page{Size: 10})
	if err != nil || len(rows) != 0 {
		t.Errorf("a keeper reads %d runs: %v", len(rows), err)
	}
	if rows, _, err := bare.Imports(t.Context(), o.admin.Scope(), domain.Page{Size: 10}); err != nil || len(rows) != 1 {
		t.Errorf("the administrator reads %d runs: %v", len(rows), err)
	}
}
