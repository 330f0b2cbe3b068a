package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A notice is tried first, on open cases and past ones; put in force it moves nothing by itself; asked to, it moves what
// runs, and the check is content before and after but for what is still to be recounted.
func TestANoticeIsTriedBeforeTheClocksAreRecounted(t *testing.T) {
	t.Parallel()
	w := seeded(t)
	db, err := openDatabase(t.Context(), w.config(t), quiet, access{share: true})
	if err != nil {
		t.Fatal(err)
	}
	day := lines(t, w.super(t), "select due_on::text from deadline where ended_on is null and rolls and unit <> 'hour' and due_on > current_date order by due_on limit 1")[0]
	past := lines(t, w.super(t), "select due_on::text from deadline where ended_on is not null and rolls and unit <> 'hour' and due_on < current_date order by due_on limit 1")[0]

	notice := filepath.Join(w.dir, "notice.csv")
	if err := os.WriteFile(notice, []byte("日期,安排,节日\n"+day+",放假,试验节\n"+past+",放假,试验节\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out := w.must(t, "deadlines", "try", "--calendar", notice, "--lines", "0")
	for _, want := range []string{"running: ", "stopped: ", "改为", "推后", "试验节放假", "0 by another calendar or other rules"} {
		if !strings.Contains(out, want) {
			t.Errorf("the trial does not say %q:\n%s", want, out)
		}
	}
	if out := w.must(t, "deadlines", "try"); strings.Contains(out, "改为") {
		t.Errorf("nothing has changed, yet:\n%s", out)
	}

	for _, q := range []string{
		"insert into calendar_version values ('2099.1', '2099-01-01', 'a holiday more')",
		"insert into calendar_day (day, working, name, source, version) values ('" + day + "', false, '试验节', 'test', '2099.1') on conflict (day) do update set working = false",
	} {
		run(t, w.super(t), q)
	}
	if code, out, _ := w.baimi(t, "check"); code == 0 || !strings.Contains(out, "the job recount has to write") {
		t.Errorf("the check sees no clock to recount:\n%s", out)
	}
	out = w.must(t, "deadlines", "recount")
	if !strings.Contains(out, "工作日历由版本2027.0改为版本2099.1") || !strings.Contains(out, "nothing was written") {
		t.Errorf("before: %s", out)
	}
	stale := "select count(*)::text from deadline where ended_on is null and calendar_version <> '2099.1'"
	if lines(t, w.super(t), stale)[0] == "0" {
		t.Error("it was written without being asked to")
	}
	out = w.must(t, "deadlines", "recount", "--apply")
	if !strings.Contains(out, " cases recounted") || lines(t, w.super(t), stale)[0] != "0" {
		t.Errorf("after: %s", out)
	}
	if out := w.must(t, "deadlines", "recount"); !strings.Contains(out, "\n0 running clocks to recount") {
		t.Errorf("again: %s", out)
	}
	w.must(t, "job", "alerts") // what another day makes due is told by the next run
	w.must(t, "check")
	if err := db.close(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestANoticeThatCannotBeReadIsRefusedAtItsLine(t *testing.T) {
	t.Parallel()
	w := seeded(t)
	notice := filepath.Join(w.dir, "notice.csv")
	for text, want := range map[string]string{
		"":                  "没有任何一天",
		"2027-02-05,休,春节\n": "第1行",
		"日期,安排,节日\n明天,放假,春节\n":                 "第2行",
		"2027-02-05,放假\n":                      "wrong number of fields",
		"2027-02-05,放假,\n":                     "没有节日名称",
		"2027-02-05,放假,春节\n2027-02-05,上班,春节\n": "entered twice",
	} {
		if err := os.WriteFile(notice, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, _, stderr := w.baimi(t, "deadlines", "try", "--calendar", notice); code == 0 || !strings.Contains(stderr, want) {
			t.Errorf("%q: exit %d %s", text, code, stderr)
		}
	}
}
