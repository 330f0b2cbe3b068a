package storage_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"baimi/domain"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// wrongTotal is something that no single case shows, with what undoes it.
type wrongTotal struct {
	name, kind, where, what string
	plant, undo             []string
}

func wrongTotals(w *storagetest.Town, cases []*domain.Case) []wrongTotal {
	first, second, third := cases[0].ID, cases[1].ID, cases[2].ID
	committee := fmt.Sprintf("committee %d, 2026", w.CommitteeA1)
	figure := fmt.Sprintf("area 510185001001, committee %d, type 02, applied", w.CommitteeA1)
	return []wrongTotal{
		{
			"counter ahead", "number", committee, "the counter stands at 4, the last file is number 3",
			[]string{"update file_number set last = 4"},
			[]string{"update file_number set last = 3"},
		},
		{
			"counter gone", "number", committee, "the counter stands at 0, the last file is number 3",
			[]string{"delete from file_number"},
			[]string{fmt.Sprintf("insert into file_number values (1, %d, 2026, 3)", w.CommitteeA1)},
		},
		{
			"counter of no file", "number", committee[:len(committee)-4] + "2025", "0 files are numbered 0 to 0",
			[]string{fmt.Sprintf("insert into file_number values (1, %d, 2025, 1)", w.CommitteeA1)},
			[]string{"delete from file_number where year = 2025"},
		},
		{
			"a gap", "number", committee, "3 files are numbered 1 to 5",
			[]string{fmt.Sprintf("update cases set file_seq = 5 where id = '%s'", third)},
			[]string{fmt.Sprintf("update cases set file_seq = 3 where id = '%s'", third)},
		},
		{
			"a number twice", "number", committee, "3 files share 2 numbers",
			[]string{"alter table cases drop constraint cases_county_committee_file_year_file_seq_key", fmt.Sprintf("update cases set file_seq = 1 where id = '%s'", second)},
			[]string{fmt.Sprintf("update cases set file_seq = 2 where id = '%s'", second)},
		},
		{
			"an export left behind", "file", "export E20261001-0198C0DE", "its time was over at 2026-10-04T00:00:00Z, and its file is still kept",
			[]string{`insert into export_run (county, id, no, owner, format, file_type, extended, clear, purpose, reason, filter, state, account, person, assignment,
				role, org, via, request, requested_at, started_at, finished_at, expires_at, file, file_hash)
				select 1, gen_random_uuid(), 'E20261001-0198C0DE', 'account:1.1', 'gb31000', 'xlsx', true, false, 'report', b, b, 'done', c.id, c.person, a.id,
				a.role, a.org, 'session', '', '2026-10-01Z', '2026-10-01Z', '2026-10-01Z', '2026-10-04Z', b, decode(repeat('00', 32), 'hex')
				from account c join assignment a on a.person = c.person cross join (select decode(repeat('01', 40), 'hex') as b) x limit 1`},
			[]string{"delete from export_run"},
		},
		{
			"a figure raised", "figure", "2026-11, " + figure, "succeeded is 4, the cases make 3",
			[]string{"update rate_month set succeeded = 4"},
			[]string{"update rate_month set succeeded = 3"},
		},
		{
			"a figure from nowhere", "figure", "2026-10, " + figure, "failed is 2, the cases make 0",
			[]string{"insert into rate_month (county, month, area_path, committee, type, source, failed) select county, '2026-10-01', area_path, committee, type, source, 2 from rate_month"},
			[]string{"delete from rate_month where month = '2026-10-01'"},
		},
		{
			"a case hidden from everybody", "stray", cases[0].CaseID().String(), "4 rows of event belong to no case",
			[]string{fmt.Sprintf("update cases set area_path = '510999' where id = '%s'", first)},
			[]string{fmt.Sprintf("update cases set area_path = '510185001001' where id = '%s'", first)},
		},
		{
			"a case gone", "stray", cases[2].CaseID().String(), "14 rows of personal_value belong to no case",
			[]string{fmt.Sprintf("delete from cases where id = '%s'", third)},
			nil,
		},
	}
}

func TestCheckFindsWrongTotals(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	cases := []*domain.Case{owed(t, w, p), owed(t, w, p), owed(t, w, p)}
	fold(t, w)
	for _, x := range wrongTotals(w, cases) {
		plant(t, w, x.plant...)
		_, found := checkTown(t, w, storagetest.Now)
		if !slices.ContainsFunc(found, func(f storage.Finding) bool {
			return f.Kind == x.kind && f.Where == x.where && strings.HasPrefix(f.What, x.what)
		}) {
			t.Errorf("%s: found %+v", x.name, found)
		}
		if x.undo == nil {
			continue
		}
		plant(t, w, x.undo...)
		if sum, found := checkTown(t, w, storagetest.Now); sum.Bad != 0 {
			t.Fatalf("%s, undone: %+v", x.name, found)
		}
	}
}
