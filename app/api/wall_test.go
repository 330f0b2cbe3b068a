package api_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"baimi/domain"
	"baimi/storage/storagetest"
)

// secretTalk is a case drawn at random and what was told in it in confidence.
type secretTalk struct {
	state, level, kind string
	party              int
	waived             []int // who let it out; never all
}

var secretTalks = rapid.Custom(func(t *rapid.T) secretTalk {
	return secretTalk{
		state: rapid.SampledFrom([]string{"accepted", "mediating", "meeting", "agreed", "settled", "closed", "archived", "drafted", "in force", "confirmed", "suspended"}).Draw(t, "state"),
		level: rapid.SampledFrom([]string{"", "", "private"}).Draw(t, "level"), kind: rapid.SampledFrom([]string{"note", "concession"}).Draw(t, "kind"),
		party: rapid.IntRange(1, 2).Draw(t, "party"), waived: rapid.SampledFrom([][]int{nil, nil, {1}, {2}}).Draw(t, "waived"),
	}
})

// TestWhatIsToldInConfidenceShowsNowhere writes private notes into cases drawn at random, each with a number that stands
// nowhere else, lets everybody try every operation, search and export, prints every form, and looks for the numbers in every
// answer, header, log line, metric and row, and in a dump of the database. Only the case's mediators see them, in one answer.
func TestWhatIsToldInConfidenceShowsNowhere(t *testing.T) {
	t.Parallel()
	c, log := newCage(), &shouts{}
	o := openLogged(t, storagetest.NewTown(t), nil, log)
	w := peopled(t, o)
	var cases []domain.CaseID
	for i := range 14 {
		talk := secretTalks.Example(i)
		cases = append(cases, w.confideAt(t, talk, "他的底线是"+c.ids[i]+"，电话"+c.phones[i]))
	}
	answers, shown := 0, 0
	look := func(operation, who string, a answer) {
		t.Helper()
		answers++
		found := append(c.escaped(headersOf(a)), c.escaped(unpacked(t, a.raw))...)
		switch {
		case operation == "listPrivateNotes" && who == "case-mediator" && a.status == http.StatusOK:
			shown += len(found)
		case len(found) > 0:
			t.Errorf("%s as %s answers %d with what was told in confidence: %v", operation, who, a.status, found)
		}
	}
	for id, op := range w.operations() {
		if id == "signOut" || id == "signOutEverywhere" || id == "changePassword" {
			continue // they would end the sessions that are needed
		}
		for i, r := range relations {
			for _, at := range []domain.CaseID{cases[i%len(cases)], cases[(i*5+3)%len(cases)]} {
				path := strings.NewReplacer("{caseId}", at.String(), "{no}", "1", "{noteId}", noteID, "{roomId}", "1", "{orgId}", fmt.Sprint(w.PointA1), "{form}", "register",
					"{accountId}", fmt.Sprint(w.actors["case-mediator"].Account)).Replace(op[1])
				if op[0] == http.MethodGet {
					for _, query := range []string{"", "?from=2026-11&to=2026-11", "?from=2026-11-01&to=2026-12-01", "?q=" + c.ids[i%14], "?format=docx"} {
						look(id, r.name, w.users[r.name].do(op[0], path+query, nil))
					}
				} else if x, ok := caseOperations[id]; ok && id != "disclosePrivateNote" && id != "eraseValues" {
					look(id, r.name, w.users[r.name].do(op[0], path, x.body(w), "If-Match", `"1"`))
				}
			}
		}
	}
	w.searchFor(t, c, look)
	w.printAll(t, cases, look)
	for _, format := range []string{"gb31000", "ministry"} {
		for _, clear := range []bool{false, true} {
			_, file := w.users["bureau"].exported(t, map[string]any{"format": format, "fileType": "xlsx", "purpose": "exchange", "reason": "交换", "clear": clear})
			if found := c.escaped(unpacked(t, file)); len(found) > 0 {
				t.Errorf("an export in %s (clear: %v) holds %v", format, clear, found)
			}
		}
	}
	if shown == 0 {
		t.Error("not even the mediators saw what they noted: is anything there?")
	}
	if found := c.escaped(log.String() + w.metrics(t)); len(found) > 0 {
		t.Errorf("%v in the log or the metrics", found)
	}
	rows, dumped := c.rows(t, w.DB.OwnerURL), c.dump(t, w.DB.OwnerURL)
	t.Logf("%d cases, %d answers, %d bytes of rows, %d of dump; shown to mediators %d times", len(cases), answers, rows, dumped, shown)
}

// confideAt brings a case to a state and writes the note into it while that is possible.
func (w *world) confideAt(t *testing.T, talk secretTalk, text string) domain.CaseID {
	t.Helper()
	id := w.caseIn(t, "accepted")
	if talk.state != "accepted" {
		id = w.caseIn(t, talk.state)
	}
	med := w.users["case-mediator"]
	body := map[string]any{"kind": talk.kind, "partyNo": talk.party, "text": text}
	a := med.post("/cases/"+id.String()+"/private-notes", body, "Idempotency-Key", "wall-"+id.String())
	if talk.state == "archived" {
		a.refused(t, http.StatusConflict, domain.CodeNotOpen)
		return id
	}
	note := a.want(t, http.StatusCreated).text(t, "id")
	for _, no := range talk.waived {
		med.post("/cases/"+id.String()+"/private-notes/"+note+"/waivers", map[string]any{"partyNo": no, "on": today, "how": "written"}).want(t, http.StatusOK)
	}
	// one party is not enough, and nobody else may
	med.post("/cases/"+id.String()+"/private-notes/"+note+"/opening", nil).want(t, http.StatusConflict)
	w.users["own-director"].post("/cases/"+id.String()+"/private-notes/"+note+"/opening", nil).want(t, http.StatusForbidden)
	if talk.level == "private" && slices.Contains([]string{"accepted", "mediating"}, talk.state) {
		act := w.Act(t, w.actors["case-mediator"])
		w.Change(t, act, id, func(_ context.Context, c *domain.Case) error { return c.SetConfidentiality(act, domain.Private) })
	}
	return id
}

// searchFor looks for the words of the notes as everybody, in every way there is.
func (w *world) searchFor(t *testing.T, c *cage, look func(operation, who string, a answer)) {
	t.Helper()
	for _, r := range relations {
		u := w.users[r.name]
		for _, body := range []map[string]any{{"words": "底线"}, {"words": "他的底线是", "count": true}, {"party": c.ids[0]}, {"number": c.phones[0]}} {
			a := u.post("/cases/search", body)
			look("searchCases", r.name, a)
			if a.status == http.StatusOK && a.size(t, "items") > 0 {
				t.Errorf("%s finds a case by what was told in confidence: %s", r.name, a.raw)
			}
		}
		look("similarToTyped", r.name, u.post("/cases/similar", map[string]any{"facts": "他的底线是" + c.ids[0] + "，电话" + c.phones[0], "parties": []map[string]any{{"phone": c.phones[0]}}}))
	}
}

// printAll prints every form of every case as an editable document, which holds its text as text.
func (w *world) printAll(t *testing.T, cases []domain.CaseID, look func(operation, who string, a answer)) {
	t.Helper()
	for _, id := range cases {
		for _, who := range []string{"case-mediator", "own-director", "bureau"} {
			list := w.users[who].get("/cases/" + id.String() + "/forms")
			if list.status != http.StatusOK {
				continue
			}
			for i := range list.size(t, "items") {
				path := fmt.Sprintf("/cases/%s/forms/%s?format=docx&no=%s", id, list.text(t, "items", i, "form"), list.text(t, "items", i, "no"))
				look("printForm", who, w.users[who].get(path))
			}
		}
	}
}
