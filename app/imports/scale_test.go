package imports_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"baimi/domain"
)

// TestManyRows brings in some hundred rows of each kind; BAIMI_IMPORT_ROWS asks for more. The times are told, not
// judged: the aim is 10,000 rows within 30 seconds.
func TestManyRows(t *testing.T) {
	t.Parallel()
	n := 300
	if s := os.Getenv("BAIMI_IMPORT_ROWS"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			t.Fatal(err)
		}
	}
	o := open(t)
	for _, k := range kinds()[:2] {
		o.bring(k, city()[k], false)
	}
	areas, orgs, points, people := []string{areaHeader}, []string{orgHeader}, []string{pointHeader}, []string{peopleHead}
	groups := (n + 899) / 900
	for g := range groups {
		areas = append(areas, fmt.Sprintf("5101853002019%02d|第%d组|村（居）民小组|510185300201|2026-01-01||", g, g))
	}
	for i := range n {
		areas = append(areas, fmt.Sprintf("5101853002019%02d%06d|第%d网格|网格|5101853002019%02d|2026-01-01||", i%groups, i, i, i%groups))
		orgs = append(orgs, fmt.Sprintf("G-%d|第%d小组|调解小组||||N-11|510185300201|2026-01-01|", i, i))
		points = append(points, fmt.Sprintf("P-%d|第%d受理点|N-11|510185300201|%d号|每天|104.5|30.4|CGCS2000|10|手机|2026-01-01", i, i, i))
		people = append(people, fmt.Sprintf("S%d|张三|男|N-11|人民调解员|聘任|否|2026-01-01||staff-%06d", i, i))
	}
	for _, x := range []struct {
		kind domain.ImportKind
		rows []string
	}{
		{domain.ImportAreas, areas},
		{domain.ImportOrganisations, orgs},
		{domain.ImportPoints, points},
		{domain.ImportPeople, people},
	} {
		file := asXLSX(t, table(strings.Join(x.rows, "\n")))
		rows := len(x.rows) - 1
		began := time.Now()
		got := counts(o.bring(x.kind, file, false))
		t.Logf("%s: %d rows in %s", x.kind, rows, time.Since(began).Round(time.Millisecond))
		if got != [4]int{rows, 0, 0, 0} {
			t.Errorf("%s: %v of %d", x.kind, got, rows)
		}
		if got := counts(o.bring(x.kind, file, false)); got != [4]int{0, 0, rows, 0} {
			t.Errorf("%s, twice: %v", x.kind, got)
		}
	}
}
