package storage_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"baimi/domain"
	"baimi/domain/calendar"
	"baimi/storage/storagetest"
)

// gather leaves in an accepted case what there can be about the people around it: an objection to its mediator that was turned
// down, an invited neighbour, a call that nobody took, notices and a consent.
func gather(step func(a domain.Actor, reason string, fn func(c *domain.Case, a domain.Act) error), p people, mediator domain.Actor) {
	today := calendar.DateOf(storagetest.Now)
	step(p.director, "", func(c *domain.Case, a domain.Act) error {
		return c.AskRecusal(a, domain.NewRecusal{
			Kind: domain.RecusalAsked, PartyNo: 2, Mediator: mediator.Person, Grounds: []string{"near_relative"}, Statement: "他是对方的堂兄。", On: today,
		})
	})
	step(p.director, "", func(c *domain.Case, a domain.Act) error {
		return c.DecideRecusal(a, domain.RecusalDecision{No: 1, Status: domain.RecusalRefused, On: today, Reason: "经核实不是近亲属。"})
	})
	step(p.director, "", func(c *domain.Case, a domain.Act) error {
		return c.Invite(a, domain.Invitation{
			Kind: domain.InviteeNeighbour, Name: "王德顺", Phone: "13900139000", PartyNo: 1, Why: "了解院墙的来历。", Parties: []int{1, 2}, AgreedOn: today,
		})
	})
	step(mediator, "", func(c *domain.Case, a domain.Act) error {
		return c.RecordContact(a, domain.NewContact{
			PartyNo: 2, How: domain.ByPhone, At: storagetest.Now.Add(-time.Hour), Result: domain.ContactNotReached, Note: "无人接听。",
		})
	})
	step(mediator, "", func(c *domain.Case, a domain.Act) error {
		return c.GiveNotice(a, domain.Telling{Kind: domain.NoticePrivacy, Parties: []int{1, 2}, How: "written", On: today})
	})
	step(mediator, "", func(c *domain.Case, a domain.Act) error {
		return c.RecordDataConsent(a, domain.NewDataConsent{PartyNo: 1, Kinds: []string{"medical"}, Granted: true, How: "written", On: today})
	})
}

// gathered is such a case.
func gathered(t testing.TB, w *storagetest.Town, p people) *domain.Case {
	t.Helper()
	in := w.Dispute(w.PointA1, w.CommitteeA1, w.VillageA1)
	in.Parties[0].Ethnicity, in.Parties[0].Occupation, in.Parties[0].Workplace = "07", "务农", "红建村三组"
	c := w.Register(t, w.Act(t, p.keeper), in)
	id := c.CaseID()
	w.Accept(t, w.Act(t, p.director), id, p.mediator.Person)
	gather(func(a domain.Actor, reason string, fn func(c *domain.Case, a domain.Act) error) {
		act := w.Act(t, a)
		act.Reason = reason
		c = w.Change(t, act, id, func(_ context.Context, c *domain.Case) error { return fn(c, act) })
	}, p, p.mediator)
	return c
}

// What is stored of the people around a case comes back as it was.
func TestThePeopleAroundACaseAreStored(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	c, err := w.Store.Case(t.Context(), p.director.Scope(), gathered(t, w, p).CaseID())
	if err != nil {
		t.Fatal(err)
	}
	r, x, call, one := c.Recusals[0], c.Invitees[0], c.Contacts[0], c.Parties[0]
	switch {
	case c.Appointments[0].Person != p.mediator.Person || c.Appointments[0].Way != domain.Appointed:
		t.Errorf("appointments %+v", c.Appointments)
	case r.Status != domain.RecusalRefused || r.Statement.Reveal() != "他是对方的堂兄。" || r.Reason.Reveal() != "经核实不是近亲属。" || *r.DecidedBy != p.director.Person:
		t.Errorf("recusal %+v", r)
	case x.Name.Reveal() != "王德顺" || len(x.Consents) != 2 || len(c.InvitedOn(calendar.DateOf(storagetest.Now))) != 1:
		t.Errorf("invitee %+v", x)
	case !call.TriedAt.Equal(storagetest.Now.Add(-time.Hour)) || call.Note.Reveal() != "无人接听。" || c.TriedInVain(2) != 1:
		t.Errorf("contact %+v", call)
	case len(c.Notices) != 2 || c.Notices[1].Text != "privacy_2021" || !c.MayUse(1, "medical", calendar.DateOf(storagetest.Now)):
		t.Errorf("notices %+v, consents %+v", c.Notices, c.DataConsents)
	case one.Ethnicity.Reveal() != "07" || one.Occupation.Reveal() != "务农" || one.Workplace.Reveal() != "红建村三组":
		t.Errorf("party %+v", one)
	}
	if sum, bad := checkTown(t, w, storagetest.Now); sum.Bad > 0 {
		t.Errorf("%s\n%v", sum, bad)
	}
}

// teamCorruptions are planted one a case.
var teamCorruptions = []struct {
	name  string
	kinds string
	sql   string
}{
	{"appointment: of somebody who does not mediate", "people replay", `update appointment set person = (select asked_by from recusal where case_id = '%[1]s') where case_id = '%[1]s'`},
	{"appointment: over", "people replay", `update appointment set until_on = from_on, ended = 'changed' where case_id = '%[1]s'`},
	{"appointment: chosen by nobody there", "people replay", `update appointment set way = 'chosen', chosen_by = '{9}' where case_id = '%[1]s'`},
	{"recusal: granted, and he mediates", "people replay", `update recusal set status = 'granted' where case_id = '%[1]s'`},
	{"recusal: other words", "replay value", `update recusal set statement_ref = gen_random_uuid() where case_id = '%[1]s'`},
	{"invitee: without one's consent", "people replay", `insert into invitee select (r).* from (select jsonb_populate_record(i, '{"no": 2, "consents": [1, 2, 3]}') r from invitee i where case_id = '%[1]s') s`},
	{"invitee: gone", "replay", `delete from invitee where case_id = '%[1]s'`},
	{"contact: reached", "replay", `update contact_attempt set result = 'reached' where case_id = '%[1]s'`},
	{"contact: at another time", "replay", `update contact_attempt set tried_at = tried_at - interval '1 day' where case_id = '%[1]s'`},
	{"notice: of a text that never was", "people replay", `update notice set text_version = 'privacy_1999' where case_id = '%[1]s' and no = 2`},
	{"notice: never given", "people replay", `update notice set kind = 'rights', text_version = 'rights_2011' where case_id = '%[1]s' and no = 1`},
	{"consent: withdrawn", "replay", `update data_consent set withdrawn_on = given_on where case_id = '%[1]s'`},
	{"consent: to more", "replay", `update data_consent set kinds = kinds || 'account'::text where case_id = '%[1]s'`},
	{"party: of another people", "replay value", `update party set ethnicity_ref = gen_random_uuid() where case_id = '%[1]s' and no = 1`},
}

// TestCheckFindsWhatIsWrongWithTheTeam plants each in a case of its own.
func TestCheckFindsWhatIsWrongWithTheTeam(t *testing.T) {
	t.Parallel()
	w := storagetest.NewTown(t)
	p := hire(t, w)
	cases := map[string]int{gathered(t, w, p).CaseID().String(): -1}
	for i := range teamCorruptions {
		c := gathered(t, w, p)
		cases[c.CaseID().String()] = i
		teamCorruptions[i].sql = strings.ReplaceAll(teamCorruptions[i].sql, "%[1]s", c.ID.String())
	}
	fold(t, w)
	if sum, found := checkTown(t, w, storagetest.Now); sum.Bad != 0 {
		t.Fatalf("before: %s\n%v", sum, found)
	}
	for _, x := range teamCorruptions {
		plant(t, w, x.sql)
	}
	_, found := checkTown(t, w, storagetest.Now)
	kinds := make([][]string, len(teamCorruptions))
	for _, f := range found {
		if i, ok := cases[f.Where]; ok && i >= 0 {
			kinds[i] = append(kinds[i], f.Kind)
		} else {
			t.Errorf("found elsewhere: %+v", f)
		}
	}
	for i, x := range teamCorruptions {
		slices.Sort(kinds[i])
		if got := strings.Join(slices.Compact(kinds[i]), " "); got != x.kinds {
			t.Errorf("%s: found as %q, want %q", x.name, got, x.kinds)
		}
	}
}
