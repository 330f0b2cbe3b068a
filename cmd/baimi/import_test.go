package main

import (
	"crypto/rand"
	"encoding/csv"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"baimi/app"
	"baimi/storage/storagetest"
)

// realCity is what a real installation starts from: four files.
var realCity = map[string]string{
	"areas": `区划代码,名称,级别,上级代码,启用日期
510185,简阳市,县（市、区）,,2016-01-01
510185102,杨家镇,镇（街道）,510185,2016-01-01
510185102201,试验村,村（社区）,510185102,2016-01-01
`,
	"organisations": `机构编号,名称,类别,调委会类别,简称,上级机构编号,所在区划代码,设立日期
JY,简阳市司法局,司法局,,,,510185,2016-01-01
JY-01,杨家司法所,司法所,,,JY,510185102,2016-01-01
JY-0101,试验村人民调解委员会,人民调解委员会,村调委会,试验,JY-01,510185102201,2016-01-01
`,
	"points": `受理点编号,名称,所属机构编号,所在区划代码,地址,开放时间,启用日期
JY-P1,试验村受理点,JY-0101,510185102201,试验村1号,每天,2020-01-01
`,
	"people": `人员编号,姓名,机构编号,身份,任职日期,登录名
1001,吴磊,JY,系统管理员,2020-01-01,sysadmin
1002,郑晓燕,JY,安全管理员,2020-01-01,secadmin
1003,孙立平,JY,审计管理员,2020-01-01,auditor
1004,周明德,JY-0101,人民调解员,2020-01-01,zhoumd
1005,李春梅,JY-P1,受理点信息员,2020-01-01,
1006,蒋文斌,JY,司法局工作人员,2020-01-01,jiangwb
`,
}

const oldLedger = `调委会编号,卷号,纠纷类型,申请人,被申请人,纠纷简要情况,受理日期,结案日期,调解结果
JY-0101,（2019）试验人调字第12号,邻里纠纷,王小明,李大山,两家因排水沟发生争执。,2019-03-02,2019-03-20,调解成功
`

func TestARealCityIsSetUpFromFilesAlone(t *testing.T) {
	t.Parallel()
	db := storagetest.New(t)
	w := newWorld(t, "DATABASE_URL", db.AppURL)
	dir := t.TempDir()
	passwords := filepath.Join(dir, "passwords.csv")
	if code, _, errs := w.baimi(t, "import", "organisations", write(t, "orgs.csv", realCity["organisations"])); code != 1 || !strings.Contains(errs, "先导入区划") {
		t.Errorf("organisations before there is a county: %d %s", code, errs)
	}
	for _, kind := range []string{"areas", "organisations", "points", "people"} {
		file := write(t, kind+".csv", realCity[kind])
		dry := w.must(t, "import", kind, file, "--dry-run")
		if !strings.Contains(dry, "nothing written") {
			t.Error(dry)
		}
		args := []string{"import", kind, file}
		if kind == "people" {
			args = append(args, "--passwords", passwords)
		}
		first := w.must(t, args...)
		again := w.must(t, "import", kind, file)
		if !strings.Contains(again, "added 0, 更新 / changed 0") {
			t.Errorf("%s: %s then %s", kind, first, again)
		}
	}
	if got := lines(t, db.OwnerURL, "select path from area order by path"); !slices.Equal(got, []string{"510185", "510185001", "510185001001"}) {
		t.Errorf("areas %v", got)
	}

	f, err := os.Open(passwords)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // read only
	if info, err := f.Stat(); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info.Mode(), err)
	}
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) != 6 {
		t.Fatal(rows, err)
	}
	use := app.NewSignIn(openTest(t, db), time.Now, rand.Reader, app.DefaultSignInConfig())
	for _, r := range rows[1:] {
		if _, _, err := use.SignIn(t.Context(), app.SignInInput{Login: r[0], Password: r[2], From: netip.MustParseAddr("10.1.1.1")}); err != nil {
			t.Errorf("%s signs in: %v", r[0], err)
		}
	}

	old := write(t, "ledger.csv", oldLedger)
	for _, as := range []string{"", "nobody", "zhoumd"} {
		if code, _, errs := w.baimi(t, "import", "ledger", old, "--as", as); code != 1 || !strings.Contains(errs, "--as") {
			t.Errorf("a ledger in the name of %q: %d %s", as, code, errs)
		}
	}
	if out := w.must(t, "import", "ledger", old, "--as", "jiangwb"); !strings.Contains(out, "added 1") {
		t.Error(out)
	}
	if out := w.must(t, "import", "ledger", old, "--as", "jiangwb"); !strings.Contains(out, "the same 1") {
		t.Error(out)
	}
	bad := write(t, "more.csv", realCity["areas"]+"510185102202,另一村,村（社区）,510185999,2016-01-01\n")
	out := filepath.Join(dir, "errors.csv")
	code, told, errs := w.baimi(t, "import", "areas", bad, "--out", out)
	back, err := os.ReadFile(out)
	if code != 1 || !strings.Contains(told, "bad 1") || !strings.Contains(errs, out) || err != nil || !strings.Contains(string(back), "没有代码为510185999的区划") {
		t.Errorf("%d %s %s %s %v", code, told, errs, back, err)
	}
	form := filepath.Join(dir, "form.xlsx")
	w.must(t, "import", "template", "points", form)
	if _, err := os.Stat(form); err != nil {
		t.Error(err)
	}
	for name, args := range map[string][]string{
		"an unknown kind":       {"import", "kings", bad},
		"no such file":          {"import", "areas", filepath.Join(dir, "none.csv")},
		"a form over another":   {"import", "template", "points", form},
		"passwords over others": {"import", "people", write(t, "p.csv", realCity["people"]), "--passwords", passwords},
	} {
		if code, _, errs := w.baimi(t, args...); code != 1 || errs == "" {
			t.Errorf("%s: %d %q", name, code, errs)
		}
	}
	if out := w.must(t, "check"); !strings.Contains(out, "bad: 0") {
		t.Error(out)
	}
}
