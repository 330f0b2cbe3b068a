package main

import (
	"slices"
	"strings"
	"testing"

	"baimi/storage/storagetest"
)

func TestTownsAreMergedFromTheCommandLine(t *testing.T) {
	t.Parallel()
	db := storagetest.New(t)
	w := newWorld(t, "DATABASE_URL", db.AppURL)
	w.must(t, "demo", "--size", "small")
	out := w.must(t, "area", "merge", "--on", "2026-01-01", "--from", "510185115,510185116", "--into", "510185115", "--name", "演示新镇", "--source", "演示")
	if !strings.Contains(out, "2 个区域") {
		t.Error(out)
	}
	got := lines(t, db.OwnerURL, "select c.name from area_code c join area a on a.id = c.area where c.code = '510185115' order by c.valid_from")
	if !slices.Equal(got, []string{"施家镇", "演示新镇"}) {
		t.Errorf("names under the code: %v", got)
	}
	for name, args := range map[string][]string{
		"no such day":    {"--on", "2026-02-30", "--from", "510185117", "--into", "510185119", "--source", "演示"},
		"a town merged":  {"--on", "2026-01-02", "--from", "510185116", "--into", "510185119", "--source", "演示"},
		"no such county": {"--on", "2026-01-02", "--from", "510185117", "--into", "510185119", "--source", "演示", "--county", "7"},
	} {
		if code, _, errs := w.baimi(t, append([]string{"area", "merge"}, args...)...); code != 1 || errs == "" {
			t.Errorf("%s: %d %q", name, code, errs)
		}
	}
}
