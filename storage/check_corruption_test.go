package storage_test

import (
	"slices"
	"strings"
	"testing"

	"baimi/storage"
	"baimi/storage/storagetest"
)

// corruptions are planted one a case; %[1]s is the case. Each is found in that case, as these kinds and no others.
var corruptions = []struct {
	name  string
	kinds string
	sql   []string
}{
	{"event: data changed", "chain replay", []string{`update event set data = replace(data::text, '2026-11-18', '2026-11-17')::json where case_id = '%[1]s' and seq = 3`}},
	{"event: time changed", "chain", []string{`update event set recorded_at = recorded_at + interval '1 second' where case_id = '%[1]s' and seq = 2`}},
	{"event: dropped", "chain head move replay", []string{`delete from event where case_id = '%[1]s' and seq = 3`, `update event set seq = 3 where case_id = '%[1]s' and seq = 4`}},
	{"event: last one dropped", "head replay value", []string{`delete from event where case_id = '%[1]s' and seq = 4`}},
	{"event: all dropped", "head", []string{`delete from event where case_id = '%[1]s'`}},
	{"event: two swapped", "chain head move replay", []string{
		`update event set seq = 99 where case_id = '%[1]s' and seq = 4`,
		`update event set seq = 4 where case_id = '%[1]s' and seq = 3`, `update event set seq = 3 where case_id = '%[1]s' and seq = 99`,
	}},
	{"event: another step", "chain move", []string{`update event set kind = 'archive' where case_id = '%[1]s' and seq = 3`}},
	{"event: a mobile number in the clear", "chain clear-text replay", []string{`update event set data = (left(data::text, -1) || ',"note":"电话13700137000"}')::json where case_id = '%[1]s' and seq = 2`}},
	{"event: an identity number in the clear", "chain clear-text replay", []string{`update event set data = (left(data::text, -1) || ',"note":"510185198001010013"}')::json where case_id = '%[1]s' and seq = 2`}},
	{"event: a name of the case in the clear", "chain clear-text replay", []string{`update event set data = (left(data::text, -1) || ',"note":"与李大山通话"}')::json where case_id = '%[1]s' and seq = 2`}},
	{"case: status changed", "figure replay", []string{`update cases set status = 'void', voided_on = '2026-11-18', void_reason = 'x' where id = '%[1]s'`}},
	{"case: a day changed", "replay", []string{`update cases set requested_on = '2026-11-10' where id = '%[1]s'`}},
	{"case: version changed", "head", []string{`update cases set version = 17 where id = '%[1]s'`}},
	{"case: hash changed", "head", []string{`update cases set event_hash = decode(repeat('ab', 32), 'hex') where id = '%[1]s'`}},
	{"case: another type", "figure replay", []string{`update cases set type = '03' where id = '%[1]s'`}},
	{"case: a reader added", "alert replay", []string{`update cases set readers = readers || 999::bigint where id = '%[1]s'`}},
	{"case: file number rewritten", "number replay", []string{`update cases set file_no = '（2026）甲一人调字第77号' where id = '%[1]s'`}},
	{"case: another organisation", "alert grant replay search", []string{`update cases set orgs = orgs || 3 where id = '%[1]s'`}},
	{"party: consent changed", "replay", []string{`update party set consent = 'refused' where case_id = '%[1]s' and no = 2`}},
	{"party: gone", "replay search", []string{`delete from party where case_id = '%[1]s' and no = 2`}},
	{"party: points to another value", "replay search", []string{`update party set name_ref = (select name_ref from party where case_id = '%[1]s' and no = 1) where case_id = '%[1]s' and no = 2`}},
	{"party: points nowhere", "replay value", []string{`update party set phone_ref = gen_random_uuid() where case_id = '%[1]s' and no = 2`}},
	{"signature: of an agreement that is not there", "agreement replay", []string{`update signature set agreement_no = 2 where case_id = '%[1]s' and party_no = 2`}},
	{"agreement: another verification code", "agreement replay", []string{`update agreement set code = left(code, 5) || substr('23', case substr(code, 6, 1) when '2' then 2 else 1 end, 1) || substr(code, 7) where case_id = '%[1]s' and code is not null`}},
	{"agreement: the text of nothing", "replay value", []string{`update agreement set text_ref = gen_random_uuid() where case_id = '%[1]s' and text_ref is not null`}},
	{"obligation: of another duty", "agreement replay", []string{`update obligation set duty = 2 where case_id = '%[1]s'`}},
	{"obligation: amount changed", "replay", []string{`update obligation set amount = 1 where case_id = '%[1]s'`}},
	{"value: gone", "value", []string{`delete from personal_value where case_id = '%[1]s' and kind = 'facts'`}},
	{"value: unreadable", "value", []string{`update personal_value set cipher = set_byte(cipher, octet_length(cipher) - 1, get_byte(cipher, octet_length(cipher) - 1) # 1) where case_id = '%[1]s' and kind = 'terms'`}},
	{"value: two exchanged", "value", []string{`update personal_value a set cipher = b.cipher from personal_value b
		where a.case_id = '%[1]s' and b.case_id = a.case_id and a.kind = 'phone' and b.kind = 'phone' and a.id <> b.id`}},
	{"value: found under another text", "value", []string{`update personal_value set blind = decode(repeat('00', 16), 'hex') where case_id = '%[1]s' and kind = 'name'`}},
	{"value: of nobody", "value", []string{`insert into personal_value (county, case_id, id, kind, cipher) values (1, '%[1]s', gen_random_uuid(), 'statement', decode('01' || repeat('00', 60), 'hex'))`}},
	{"grant: gone", "grant", []string{`delete from case_grant where case_id = '%[1]s' and org = (select min(org) from case_grant where case_id = '%[1]s')`}},
	{"grant: to a stranger", "grant", []string{`insert into case_grant (county, org, sort, case_id) select county, 3, registered_at, id from cases where id = '%[1]s'`}},
	{"grant: at another time", "grant", []string{`update case_grant set sort = sort + interval '1 day' where case_id = '%[1]s'`}},
	{"figure: counted otherwise", "figure", []string{`update rate_case set bucket = 'failed' where case_id = '%[1]s'`}},
	{"figure: not counted", "figure", []string{`delete from rate_case where case_id = '%[1]s'`}},
	{"clock: cached instant changed", "clock replay", []string{`update deadline set due_at = due_at + interval '1 hour' where case_id = '%[1]s' and rule = 'D4'`}},
	{"clock: last day put off", "alert clock replay", []string{`update deadline set due_on = due_on + 30, due_at = due_at + interval '30 days' where case_id = '%[1]s' and rule = 'D13'`}},
	{"clock: begun later, counted right", "agreement alert replay", []string{`update deadline set starts_on = starts_on + 1, due_on = due_on + 1, due_at = due_at + interval '1 day' where case_id = '%[1]s' and rule = 'D13'`}},
	{"alert: gone", "alert", []string{`delete from alert where case_id = '%[1]s'`}},
	{"alert: gone for one audience", "alert", []string{`delete from alert where case_id = '%[1]s' and audience = 'director'`}},
	{"alert: never raised", "alert", []string{`delete from alert where case_id = '%[1]s' and stage = 'overdue_7d'`, `update deadline set next_stage_at = due_at + interval '7 days' where case_id = '%[1]s' and rule = 'D13'`}},
	{"alert: of a time that never came", "alert", []string{`update alert set stage = 'overdue_9d' where case_id = '%[1]s' and stage = 'overdue_7d'`}},
	{"alert: of another clock", "alert", []string{`update alert set deadline_no = 99, about = 99 where case_id = '%[1]s' and rule = 'D13'`}},
	{"alert: of another rule", "alert", []string{`update alert set rule = 'D4' where case_id = '%[1]s'`}},
	{"alert: at another level", "alert", []string{`update alert set level = 1, escalate_at = null where case_id = '%[1]s' and audience = 'director'`}},
	{"alert: told earlier", "alert", []string{`update alert set stage_at = stage_at - interval '1 hour' where case_id = '%[1]s' and audience = 'director'`}},
	{"alert: to whom the matrix does not tell it", "alert", []string{`insert into alert select r.* from alert a, jsonb_populate_record(a, jsonb_build_object('audience', 'bureau', 'id', gen_random_uuid(), 'escalate_at', null)) r where a.case_id = '%[1]s' and a.audience = 'director'`}},
	{"alert: under another name", "alert", []string{`update alert set id = gen_random_uuid() where case_id = '%[1]s' and audience = 'director'`}},
	{"alert: said to be resolved", "alert", []string{`update alert set state = 'resolved', resolved_at = raised_at, resolution = 'stopped', escalate_at = null where case_id = '%[1]s' and audience = 'director'`}},
	{"alert: open though a later one was told", "alert", []string{`update alert set state = 'open', resolved_at = null, resolution = null where case_id = '%[1]s' and stage = 'left_3d'`}},
	{"alert: never to go up", "alert", []string{`update alert set escalate_at = null where case_id = '%[1]s' and audience = 'director'`}},
	{"alert: for other mediators", "alert", []string{`update alert set mediators = '{999}' where case_id = '%[1]s'`}},
	{"clock: never to be told of", "alert", []string{`delete from alert where case_id = '%[1]s' and stage <> 'left_3d'`, `update deadline set next_stage_at = null where case_id = '%[1]s'`, `update alert set state = 'open', resolved_at = null, resolution = null where case_id = '%[1]s'`}},
	{"alert: shown to others", "alert", []string{`update alert set orgs = '{3}' where case_id = '%[1]s'`}},
	{"alert: shown to another area", "alert", []string{`update alert set area_path = '510185002' where case_id = '%[1]s'`}},
	{"alert: of another committee", "alert", []string{`update alert set committee = 3 where case_id = '%[1]s'`}},
	{"alert: of another level", "alert", []string{`update alert set confidentiality = 'private' where case_id = '%[1]s'`}},
	{"search: text of another case", "search", []string{`update search_text set tokens = '{1,2,3}' where case_id = '%[1]s'`}},
	{"search: one token more", "search", []string{`update search_text set tokens = tokens || 7::smallint where case_id = '%[1]s'`}},
	{"search: text gone", "search", []string{`delete from search_text where case_id = '%[1]s'`}},
	{"search: shown to another area", "search", []string{`update search_text set area_path = '510185002' where case_id = '%[1]s'`}},
	{"search: shown to others", "search", []string{`update search_text set orgs = orgs || 3 where case_id = '%[1]s'`}},
	{"search: party gone", "search", []string{`delete from search_party where case_id = '%[1]s' and blind = (select blind from search_party where case_id = '%[1]s' limit 1)`}},
	{"search: party of another case", "search", []string{`insert into search_party (county, blind, case_id) values (1, decode(repeat('ab', 16), 'hex'), '%[1]s')`}},
	{"party: another birth date", "people replay", []string{`update party set birth_ref = null where case_id = '%[1]s' and no = 2`}},
	{"party: a child by now", "people replay", []string{`update party set capacity = 'none' where case_id = '%[1]s' and no = 2`}},
	{"signature: by somebody without the power", "people replay", []string{
		`insert into representative (county, case_id, no, party_no, kind, name_ref, powers, from_on)
			select county, case_id, 1, 2, 'agent', name_ref, '{receive_papers}', '2026-11-01' from party where case_id = '%[1]s' and no = 2`,
		`update signature set signed_by = 1 where case_id = '%[1]s' and party_no = 2`,
	}},
	{"representative: three agents", "people replay", []string{`insert into representative (county, case_id, no, party_no, kind, name_ref, powers, from_on)
		select county, case_id, n, 2, 'agent', name_ref, '{sign}', '2026-11-01' from party, generate_series(1, 3) n where case_id = '%[1]s' and no = 2`}},
	{"escalation: without its alarm", "alert people replay value", []string{`insert into escalation (county, case_id, no, found_at, found_by, level, kind, victim, mandatory, people_count, signs_ref, measures)
		select county, id, 1, registered_at, registered_by, 'red', 'other', 'other', false, 1, gen_random_uuid(), '{}' from cases where id = '%[1]s'`}},
	{"erasure: without a trace", "people search", []string{`update personal_value set cipher = null, blind = null, erased_at = now(), erased_ground = 'subject_request'
		where id = (select name_ref from party where case_id = '%[1]s' and no = 2)`}},
	{"erasure: of what is still there", "people replay", []string{`insert into erasure (county, case_id, no, party_no, texts, ground, refs, erased_on)
		select county, case_id, 1, 2, false, 'subject_request', array[name_ref], '2026-11-18' from party where case_id = '%[1]s' and no = 2`}},
	{"case: a late entry without its event", "replay", []string{`update cases set origin = 'late_entry', late_reason = 'away' where id = '%[1]s'`}},
	{"alert: with another reader", "alert", []string{`update alert set readers = readers || 999::bigint where case_id = '%[1]s'`}},
}

// TestCheckFindsEveryCorruption plants each in a case of its own, in one town, so that one pass must tell them apart.
func TestCheckFindsEveryCorruption(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	clean := owed(t, w, p)
	cases := map[string]int{clean.CaseID().String(): -1}
	ids := make([]string, len(corruptions))
	for i := range corruptions {
		c := owed(t, w, p)
		cases[c.CaseID().String()], ids[i] = i, c.ID.String()
	}
	fold(t, w)
	raise(t, w, monthLater) // each has eight alerts, of the payment's clock, and those of the visit after it and of the time to ask for confirmation
	if sum, found := checkTown(t, w, monthLater); sum.Bad != 0 || sum.Alerts != 8*len(cases) {
		t.Fatalf("before: %s\n%v", sum, found)
	}
	for i, x := range corruptions {
		for _, q := range x.sql {
			plant(t, w, strings.ReplaceAll(q, "%[1]s", ids[i]))
		}
	}
	_, found := checkTown(t, w, monthLater)
	kinds := make([]map[string]bool, len(corruptions))
	for _, f := range found {
		i, ok := cases[f.Where]
		switch {
		case !ok && f.Kind != storage.FoundFigure:
			t.Errorf("found elsewhere: %+v", f)
		case ok && i < 0:
			t.Errorf("found in the clean case: %+v", f)
		case ok:
			if kinds[i] == nil {
				kinds[i] = map[string]bool{}
			}
			kinds[i][f.Kind] = true
		}
		for _, secret := range []string{"王小明", "李大山", "13800138000", "13900139000", "510185199003070013", "补偿款", "院墙"} {
			if strings.Contains(f.What, secret) {
				t.Errorf("a finding shows %q: %+v", secret, f)
			}
		}
	}
	for i, x := range corruptions {
		var got []string
		for kind := range kinds[i] {
			got = append(got, kind)
		}
		slices.Sort(got)
		if strings.Join(got, " ") != x.kinds {
			t.Errorf("%s: found as %v, want %s", x.name, got, x.kinds)
			for _, f := range found {
				if cases[f.Where] == i {
					t.Logf("    %s: %s", f.Kind, f.What)
				}
			}
		}
	}
}
