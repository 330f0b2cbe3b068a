package storage_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// peopleCorruptions are planted one a case in which an agent acts and a danger was reported that is not over yet.
var peopleCorruptions = []struct {
	name  string
	kinds string
	sql   string
}{
	{"representative: other powers", "replay", `update representative set powers = '{receive_papers}' where case_id = '%[1]s'`},
	{"representative: for the other party", "replay", `update representative set party_no = 2 where case_id = '%[1]s'`},
	{"representative: stopped acting", "replay", `update representative set until_on = from_on where case_id = '%[1]s'`},
	{"representative: gone", "replay", `delete from representative where case_id = '%[1]s'`},
	{"representative: of another name", "replay value", `update representative set name_ref = gen_random_uuid() where case_id = '%[1]s'`},
	{"escalation: less grave", "alert replay", `update escalation set level = 'yellow' where case_id = '%[1]s'`},
	{"escalation: of another kind", "replay", `update escalation set kind = 'suicide', mandatory = false where case_id = '%[1]s'`},
	{"escalation: found on another day", "alert replay", `update escalation set found_at = found_at - interval '1 day' where case_id = '%[1]s'`},
	{"escalation: measures nobody took", "replay", `update escalation set measures = measures || 'shelter'::text where case_id = '%[1]s'`},
	{"escalation: said to be over", "alert replay", `update escalation set result = 'lifted', ended_at = measured_at where case_id = '%[1]s'`},
	{"escalation: the signs gone", "value", `delete from personal_value where id = (select signs_ref from escalation where case_id = '%[1]s')`},
	{"report: gone", "people replay", `delete from escalation_report where case_id = '%[1]s'`},
	{"report: to another organ", "replay", `update escalation_report set organ = 'other' where case_id = '%[1]s'`},
	{"report: made earlier", "replay", `update escalation_report set reported_at = reported_at - interval '1 minute' where case_id = '%[1]s'`},
	{"alarm: still running", "alert people replay", `update deadline set ended_on = null where case_id = '%[1]s' and rule = 'D16'`},
	{"alarm: of another length", "clock replay", `update deadline set due_at = due_at + interval '1 hour' where case_id = '%[1]s' and rule = 'D16'`},
	{"red alert: gone", "alert", `delete from alert where case_id = '%[1]s' and kind = 'high_risk' and audience = 'bureau'`},
	{"red alert: said to be over", "alert", `update alert set state = 'resolved', resolved_at = raised_at, resolution = 'over', escalate_at = null where case_id = '%[1]s' and kind = 'high_risk' and audience = 'director'`},
}

// endangered is a case in which an agent acts and a danger was found and reported.
func endangered(t *testing.T, w *storagetest.Town, p people) *domain.Case {
	t.Helper()
	c := w.Register(t, w.Act(t, p.keeper), w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1))
	dir := w.Act(t, p.director)
	for _, step := range []func(c *domain.Case) error{
		func(c *domain.Case) error {
			return c.AddRepresentative(dir, domain.NewRepresentative{
				PartyNo: 1, Kind: domain.RepresentativeAgent, Name: "赵代理", Phone: "13700137000", Powers: []string{"sign"}, From: calendar.DateOf(storagetest.Now),
			})
		},
		func(c *domain.Case) error {
			return c.RaiseEscalation(dir, domain.NewEscalation{
				FoundAt: storagetest.Now.Add(-30 * time.Minute), Level: domain.LevelRed, Kind: domain.EscalationCrime, Signs: "扬言要砸对方的门。",
			})
		},
		func(c *domain.Case) error {
			return c.RecordMeasures(dir, domain.NewMeasures{No: 1, At: storagetest.Now, Taken: []string{"calm"}})
		},
		func(c *domain.Case) error {
			return c.ReportEscalation(dir, domain.NewReport{No: 1, Organ: "police", How: "phone", At: storagetest.Now})
		},
	} {
		w.Change(t, dir, c.CaseID(), func(_ context.Context, c *domain.Case) error { return step(c) })
	}
	return c
}

// TestCheckFindsWhatIsWrongWithPeople plants each in a case of its own, and two in drafts.
func TestCheckFindsWhatIsWrongWithPeople(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	clean := endangered(t, w, p)
	cases := map[string]int{clean.CaseID().String(): -1}
	for i := range peopleCorruptions {
		c := endangered(t, w, p)
		cases[c.CaseID().String()] = i
		peopleCorruptions[i].sql = strings.ReplaceAll(peopleCorruptions[i].sql, "%[1]s", c.ID.String())
	}
	unreadable, lost := draft(t, w, w.Store, p), draft(t, w, w.Store, p)
	fold(t, w)
	runAlerts(t, w, storagetest.Now)
	if sum, found := checkTown(t, w, storagetest.Now); sum.Bad != 0 {
		t.Fatalf("before: %s\n%v", sum, found)
	}
	for _, x := range peopleCorruptions {
		plant(t, w, x.sql)
	}
	plant(t, w, "update draft set content = set_byte(content, octet_length(content) - 1, get_byte(content, octet_length(content) - 1) # 1) where id = '"+unreadable.String()+"'",
		"update draft set status = 'registered', content = null, case_id = gen_random_uuid() where id = '"+lost.String()+"'")
	_, found := checkTown(t, w, storagetest.Now)
	kinds := make([][]string, len(peopleCorruptions))
	drafts := 0
	for _, f := range found {
		i, ok := cases[f.Where]
		switch {
		case ok && i >= 0:
			kinds[i] = append(kinds[i], f.Kind)
		case f.Kind == storage.FoundDraft && (f.Where == "draft "+unreadable.String() || f.Where == "draft "+lost.String()):
			drafts++
		default:
			t.Errorf("found elsewhere: %+v", f)
		}
	}
	if drafts != 2 {
		t.Errorf("%d drafts found, want 2", drafts)
	}
	for i, x := range peopleCorruptions {
		slices.Sort(kinds[i])
		if got := strings.Join(slices.Compact(kinds[i]), " "); got != x.kinds {
			t.Errorf("%s: found as %s, want %s", x.name, got, x.kinds)
			for _, f := range found {
				if n, ok := cases[f.Where]; ok && n == i {
					t.Logf("    %s: %s", f.Kind, f.What)
				}
			}
		}
	}
}
