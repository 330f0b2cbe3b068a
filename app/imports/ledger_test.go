package imports_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
	"baimi/storage/storagetest"
)

const ledgerHeader = "调委会编号|卷号|卷号年份|卷号序号|纠纷类型|申请人|申请人证件号码|申请人电话|被申请人|区划代码|纠纷发生地|纠纷简要情况|申请日期|受理日期|结案日期|归档日期|调解结果|协议内容|调解员编号|调解员|涉及金额（元）|保密级别"

// pastFiles are a small ledger of the committee N-11 of city.
func pastFiles() []byte {
	return table(ledgerHeader,
		"N-11|（2019）新一人调字第12号|||邻里纠纷|王小明|510185199003070013|13800138000|李大山||东门三组|两家因排水沟发生争执。||2019-03-02|2019-03-20|2019-04-01|调解成功|李大山恢复排水沟。|T001||3200|",
		"N-11|（2019）新一人调字第7号|||婚姻家庭纠纷|赵一、钱二|||孙三||西院|夫妻因家务发生争执。|2019-02-01|2019-02-03|2019-02-20||调解不成|||老周||隐私",
		"N-11|2026-0031|2026|31|合同纠纷|新一建材有限公司|||周吴|||欠砂石款。||2026-03-02|2026-03-20||撤回||||12000|")
}

// bringAll makes the city of files.
func (o *office) bringAll() {
	o.t.Helper()
	for _, k := range kinds() {
		if k != domain.ImportLedger {
			o.bring(k, city()[k], false)
		}
	}
}

func (o *office) find(f domain.CaseFilter) []domain.CaseSummary {
	o.t.Helper()
	rows, _, err := o.Store.Cases(o.t.Context(), o.bureau.Scope(), f, domain.Page{Size: 50})
	if err != nil {
		o.t.Fatal(err)
	}
	return rows
}

// goesOn tells a move that would work on a past file; it can be voided, erased, and a danger can be raised anywhere.
func goesOn(m domain.Move) bool {
	return !slices.Contains([]domain.Action{domain.ActionVoid, domain.ActionErase, domain.ActionStopProcessing, domain.ActionRaiseEscalation}, m.Action)
}

func TestAPastLedgerKeepsItsNumbersOutsideTheRates(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.bringAll()
	for _, x := range []struct {
		dry  bool
		want [4]int
	}{{true, [4]int{3, 0, 0, 0}}, {false, [4]int{3, 0, 0, 0}}, {false, [4]int{0, 0, 3, 0}}} {
		if got := counts(o.bring(domain.ImportLedger, pastFiles(), x.dry)); got != x.want {
			t.Errorf("dry %v: %v", x.dry, got)
		}
	}
	rows := o.find(domain.CaseFilter{})
	if len(rows) != 2 { // the private one is not the bureau's
		t.Fatalf("%d files: %+v", len(rows), rows)
	}
	byNo := map[string]*domain.Case{}
	for _, r := range rows {
		c, err := o.Store.Case(t.Context(), o.bureau.Scope(), r.CaseID())
		if err != nil {
			t.Fatal(err)
		}
		byNo[*c.FileNo] = c
		if c.Status != domain.StatusArchived || c.Origin != domain.OriginImported || len(c.Deadlines) != 0 || slices.ContainsFunc(c.AvailableActions(o.bureau), goesOn) {
			t.Errorf("%s: %s %s %+v", *c.FileNo, c.Status, c.Origin, c.AvailableActions(o.bureau))
		}
	}
	first := byNo["（2019）新一人调字第12号"]
	if first == nil || first.Parties[0].Name.Reveal() != "王小明" || !strings.Contains(first.Facts.Reveal(), "协议内容：李大山恢复排水沟。") ||
		first.Presiding == nil || first.ArchivedOn.String() != "2019-04-01" || first.RequestedOn.String() != "2019-03-02" {
		t.Errorf("%+v", first)
	}
	if odd := byNo["2026-0031"]; odd == nil || odd.Parties[0].Kind != domain.Legal || odd.Place.Reveal() != "新一村" {
		t.Errorf("%+v", odd)
	}
	// the private file is its director's and the named judicial officer's
	account, err := o.Store.AccountByLogin(t.Context(), "linjing")
	if err != nil {
		t.Fatal(err)
	}
	held, err := o.Store.Assignments(t.Context(), account.Person, calendar.DateOf(storagetest.Now))
	if err != nil {
		t.Fatal(err)
	}
	if rows, _, err := o.Store.Cases(t.Context(), held[0].Actor(account, domain.ViaSession).Scope(), domain.CaseFilter{}, domain.Page{Size: 10}); err != nil || len(rows) != 3 {
		t.Errorf("the judicial officer sees %d files: %v", len(rows), err)
	}
	// it can be found by its words and its people
	if got := o.find(domain.CaseFilter{Words: []string{"排水"}}); len(got) != 1 {
		t.Errorf("found by a word: %d", len(got))
	}
	scope := domain.SystemScope(o.County, "510185")
	sum, err := o.Store.Check(t.Context(), scope, storagetest.Now, func(f storage.Finding) { t.Error(f) })
	if err != nil || sum.Bad != 0 || sum.Cases != 3 {
		t.Errorf("baimi check: %+v %v", sum, err)
	}
	// counters go on after the highest
	for year, want := range map[int]int{2019: 13, 2026: 32, 2025: 1} {
		err := o.Store.InTx(t.Context(), o.bureau.Scope(), func(ctx context.Context) error {
			n, err := o.Store.NextFileNumber(ctx, o.bureau.Scope(), first.Committee, year)
			if err == nil && n.Seq != want {
				t.Errorf("the next number of %d is %d, want %d", year, n.Seq, want)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
	for n := 1; n > 0; {
		if n, err = o.Store.FoldRates(t.Context(), scope, 100); err != nil {
			t.Fatal(err)
		}
	}
	months, err := o.Store.RateMonths(t.Context(), scope, "510185", calendar.MustDate(2019, 1, 1), calendar.MustDate(2026, 12, 1), false)
	if err != nil {
		t.Fatal(err)
	}
	var imported, counted int64
	for _, m := range months {
		imported += m.Counts.Excluded.Imported
		counted += m.Counts.Succeeded + m.Counts.Failed + m.Counts.Withdrawn
	}
	if imported != 3 || counted != 0 {
		t.Errorf("%d imported, %d in the rates", imported, counted)
	}
}

func TestWhatALedgerMayNotSay(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.bringAll()
	o.bring(domain.ImportLedger, pastFiles(), false)
	row := func(edit ...string) string {
		base := "N-11|（2020）新一人调字第1号|||邻里纠纷|王小明|||李大山||东门三组|争执。||2020-03-02|2020-03-20||调解成功|||||"
		return strings.NewReplacer(edit...).Replace(base)
	}
	for text, want := range map[string]string{
		row("N-11", "N-99"): "没有编号为N-99的机构",
		row("N-11", "N-1"):  "不是人民调解委员会",
		row("（2020）新一人调字第1号", "2020-1"):            "请填写年份和序号",
		row("第1号||", "第1号|2019|"):                  "与卷号里的2020不一致",
		row("2020-03-20", "2020-03-01"):            "结案日期不能早于受理日期",
		row("2020-03-20", "2027-03-01"):            "不能晚于今天",
		row("争执。||", "争执。|2020-04-01|"):            "受理日期不能早于申请日期",
		row("邻里纠纷", "吵架"):                          "只能填写：婚姻家庭纠纷",
		row("王小明||", "王小明|510185199003070014|"):    "证件号码",
		row("王小明||", "王小明、张三|510185199003070013|"): "申请人有2个",
		row("王小明|||", "王小明||12345|"):               "电话",
		row("（2020）新一人调字第1号", "（2019）新一人调字第12号"):   "已经导入过，但受理日期、结案日期与系统里的不同",
		row("调解成功||", "调解成功||T999"):                "没有编号为T999的人员",
		row("王小明", "王5明"):                          "【当事人】",
		row("|||||", "||||12-|"):                   "涉及金额",
		row("李大山", ""):                             "【被申请人】请填写",
	} {
		run := o.bring(domain.ImportLedger, table(ledgerHeader, text), true)
		if run.Bad != 1 {
			t.Errorf("%s: %v", text, counts(run))
			continue
		}
		if got := o.problems(run)[2]; !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
	// a number that a case of the system bears
	first := o.find(domain.CaseFilter{})[0]
	keeper := o.Hire(t, "director", domain.RoleCommitteeDirector, first.Committee)
	live := o.Register(t, o.Act(t, keeper), o.Dispute(0, first.Committee, domain.Area{Path: first.AreaPath, Name: "新一村"}))
	mediator := o.Hire(t, "mediator", domain.RoleMediator, first.Committee)
	live = o.Accept(t, o.Act(t, keeper), live.CaseID(), mediator.Person)
	if *live.FileSeq != 32 {
		t.Errorf("the next case got number %d", *live.FileSeq)
	}
	run := o.bring(domain.ImportLedger, table(ledgerHeader, row("（2020）新一人调字第1号", *live.FileNo, "2020-03-02", "2026-03-02", "2020-03-20", "2026-03-20")), true)
	if got := o.problems(run)[2]; !strings.Contains(got, "系统里办理的案件") {
		t.Errorf("a number that is taken: %q", got)
	}
	// an imported file is not mediated anew
	c, err := o.Store.Case(t.Context(), o.bureau.Scope(), first.CaseID())
	if err != nil {
		t.Fatal(err)
	}
	ask := o.Act(t, keeper)
	ask.Reason = "wrong_closing"
	if err := c.AskReopening(ask, true); domain.CodeOf(err) != domain.CodeGuard {
		t.Errorf("mediated anew: %v", err)
	}
}

// TestALargeLedger tells how long one takes; BAIMI_IMPORT_ROWS asks for more rows.
func TestALargeLedger(t *testing.T) {
	t.Parallel()
	n := 300
	if s := os.Getenv("BAIMI_IMPORT_ROWS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	o := open(t)
	o.bringAll()
	lines := []string{ledgerHeader}
	for i := range n {
		lines = append(lines, fmt.Sprintf("N-11|（2019）新一人调字第%d号|||邻里纠纷|王小明|510185199003070013|13800138000|李大山||东门%d组|"+
			"两家因院墙排水发生争执，已有三年，村组多次劝说未果。||2019-03-02|2019-03-20||调解成功|恢复排水沟。|T001||3200|", i+1, i))
	}
	file := asXLSX(t, table(strings.Join(lines, "\n")))
	began := time.Now()
	got := counts(o.bring(domain.ImportLedger, file, false))
	t.Logf("ledger: %d rows in %s", n, time.Since(began).Round(time.Millisecond))
	if got != [4]int{n, 0, 0, 0} {
		t.Errorf("%v of %d", got, n)
	}
	if got := counts(o.bring(domain.ImportLedger, file, false)); got != [4]int{0, 0, n, 0} {
		t.Errorf("twice: %v", got)
	}
}

// TestTheDropDownOfTypesIsTheMinistrys holds the list in the form to the table.
func TestTheDropDownOfTypesIsTheMinistrys(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.bringAll()
	types, err := o.Store.DisputeTypes(t.Context())
	if err != nil || len(types) != 18 {
		t.Fatal(len(types), err)
	}
	lines := []string{ledgerHeader}
	for i, x := range types {
		lines = append(lines, fmt.Sprintf("N-11|（2018）新一人调字第%d号|||%s|王小明|||李大山|||争执。||2018-03-02|2018-03-20||调解成功|||||", i+1, x.Name))
	}
	if got := counts(o.bring(domain.ImportLedger, table(lines...), false)); got != [4]int{18, 0, 0, 0} {
		t.Fatal(got)
	}
	for _, x := range types {
		if got := o.find(domain.CaseFilter{Type: x.Code}); len(got) != 1 {
			t.Errorf("%s: %d files", x.Name, len(got))
		}
	}
}
