package api_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"

	"baimi/app/jobs"
	"baimi/domain"
	"baimi/storage"
	"baimi/storage/storagetest"
)

// relation is somebody and what he is to a case taken in at the first point of the first village.
type relation struct {
	name  string
	role  domain.Role
	org   func(w *storagetest.Town) domain.OrgID
	sees  bool // the case and its alert
	rates bool // its part in the figures
}

var relations = []relation{
	{"own-keeper", domain.RolePointKeeper, func(w *storagetest.Town) domain.OrgID { return w.PointA1 }, true, false},
	{"own-point-mediator", domain.RoleMediator, func(w *storagetest.Town) domain.OrgID { return w.PointA1 }, true, false},
	{"committee-mediator", domain.RoleMediator, func(w *storagetest.Town) domain.OrgID { return w.CommitteeA1 }, true, true},
	{"case-mediator", domain.RoleMediator, func(w *storagetest.Town) domain.OrgID { return w.CommitteeA1 }, true, true},
	{"own-director", domain.RoleCommitteeDirector, func(w *storagetest.Town) domain.OrgID { return w.CommitteeA1 }, true, true},
	{"next-point-keeper", domain.RolePointKeeper, func(w *storagetest.Town) domain.OrgID { return w.PointA1b }, false, false},
	{"same-town-keeper", domain.RolePointKeeper, func(w *storagetest.Town) domain.OrgID { return w.PointA2 }, false, false},
	{"same-town-director", domain.RoleCommitteeDirector, func(w *storagetest.Town) domain.OrgID { return w.CommitteeA2 }, false, false},
	{"town-director", domain.RoleCommitteeDirector, func(w *storagetest.Town) domain.OrgID { return w.CommitteeTownA }, false, false},
	{"town-office", domain.RoleJudicialOfficer, func(w *storagetest.Town) domain.OrgID { return w.OfficeA }, true, true},
	{"other-town-office", domain.RoleJudicialOfficer, func(w *storagetest.Town) domain.OrgID { return w.OfficeB }, false, false},
	{"other-town-mediator", domain.RoleMediator, func(w *storagetest.Town) domain.OrgID { return w.CommitteeB1 }, false, false},
	{"bureau", domain.RoleBureauOfficer, func(w *storagetest.Town) domain.OrgID { return w.Bureau }, true, true},
	{"center", domain.RoleCenterViewer, func(w *storagetest.Town) domain.OrgID { return w.Center }, false, true},
	{"court", domain.RoleConnector, func(w *storagetest.Town) domain.OrgID { return w.Court }, false, false},
	{"system-admin", domain.RoleSystemAdmin, func(w *storagetest.Town) domain.OrgID { return w.Bureau }, false, false},
	{"security-admin", domain.RoleSecurityAdmin, func(w *storagetest.Town) domain.OrgID { return w.Bureau }, false, false},
	{"audit-admin", domain.RoleAuditAdmin, func(w *storagetest.Town) domain.OrgID { return w.Bureau }, false, false},
}

// caseless are the roles that no case is ever open to.
func (r relation) caseless() bool {
	return slices.Contains([]domain.Role{domain.RoleCenterViewer, domain.RoleSystemAdmin, domain.RoleSecurityAdmin, domain.RoleAuditAdmin}, r.role)
}

const (
	everybody  = "everybody"
	committee  = "own-point-mediator committee-mediator case-mediator own-director"
	intake     = "own-keeper " + committee
	caseMed    = "case-mediator"
	director   = "own-director"
	supervisor = "own-director town-office"
	receiver   = "same-town-director" // of the committee that a case in state "sent" was handed to
)

// world is the office with one signed-in user for each relation.
type world struct {
	*office
	users    map[string]*user
	actors   map[string]domain.Actor
	mediator int64
	brought  string // the file of the case last made in state "brought"
	hours    int    // of the sessions planned so far: no two at a time
}

func peopled(t *testing.T, o *office) *world {
	t.Helper()
	w := &world{office: o, users: map[string]*user{}, actors: map[string]domain.Actor{}}
	for _, r := range relations {
		w.users[r.name], w.actors[r.name] = o.hired(t, r.name, r.role, r.org(o.Town))
	}
	w.mediator = int64(w.actors["case-mediator"].Person)
	return w
}

// operations lists the document: id -> method, path.
func (o *office) operations() map[string][2]string {
	ops := map[string][2]string{}
	for path, item := range o.api.Paths.Map() {
		for method, op := range item.Operations() {
			ops[op.OperationID] = [2]string{method, path}
		}
	}
	return ops
}

func TestEveryOperationIsInTheRightsTest(t *testing.T) {
	t.Parallel()
	o := open(t)
	for id := range o.operations() {
		if _, ok := caseOperations[id]; !ok && !slices.Contains(otherOperations, id) {
			t.Errorf("operation %s is not in the rights test", id)
		}
	}
}

// TestRightsToACase tries every operation on a case as everybody: who has no part in it is told that it does not
// exist, who has a part but not the right is told so, nobody else is refused.
func TestRightsToACase(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	ops := w.operations()
	tried := 0
	for id, op := range caseOperations {
		for _, r := range relations {
			c := w.caseIn(t, op.state).String()
			path := strings.NewReplacer("{caseId}", c, "{no}", "1", "{form}", "register", "{noteId}", noteID).Replace(ops[id][1])
			var headers []string
			if id == "bringFile" {
				headers = []string{"Content-Type", "application/octet-stream"}
			}
			if id == "correctCase" || id == "correctDates" {
				headers = []string{"If-Match", `"1"`}
			}
			a := w.users[r.name].do(ops[id][0], path, op.body(w), headers...)
			want := http.StatusOK
			if id == "bringFile" || id == "addPrivateNote" {
				want = http.StatusCreated
			}
			switch {
			case r.caseless():
				want = http.StatusForbidden
			case !r.sees && (op.state != "sent" || r.name != receiver):
				want = http.StatusNotFound
			case op.may != everybody && !slices.Contains(strings.Fields(op.may), r.name):
				want = http.StatusForbidden
			}
			if a.status != want {
				t.Errorf("%s as %s: %d, want %d: %s", id, r.name, a.status, want, a.raw)
			}
			tried++
		}
	}
	t.Logf("%d combinations", tried)
}

// TestNobodyComesInWithoutASession tries every operation with nothing, with nonsense, and with a token that may only
// read.
func TestNobodyComesInWithoutASession(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	expires := w.now.AddDate(0, 1, 0).Format("2006-01-02T15:04:05Z07:00")
	a := w.users["own-director"].post("/tokens", map[string]any{"name": "只读", "scopes": []string{"read"}, "expiresAt": expires}).want(t, http.StatusCreated)
	reader := &user{t: t, o: w.office, who: "read-only token", token: a.text(t, "secret")}
	anonymous := &user{t: t, o: w.office, who: "nobody"}
	nonsense := &user{t: t, o: w.office, who: "nonsense", token: strings.Repeat("x", 43)}
	c := w.caseIn(t, "registered").String()
	for id, op := range w.operations() {
		if slices.Contains([]string{"signIn", "usePasswordCode", "verifyAgreement", "compareAgreement"}, id) { // open to everybody
			continue
		}
		path := strings.NewReplacer("{caseId}", c, "{no}", "1", "{noteId}", noteID, "{orgId}", "1", "{roomId}", "1", "{tokenId}", "0198c0de-7a11-4c3e-9d2f-5b6a7c8d9e0f",
			"{draftId}", draftID, "{importId}", "0198c0de-7a11-4c3e-9d2f-5b6a7c8d9e0f", "{kind}", "areas", "{form}", "register", "{exportId}", "0198c0de-7a11-4c3e-9d2f-5b6a7c8d9e0f", "{format}", "gb31000", "{alertId}", "1-0198c0de-7a11-4c3e-9d2f-5b6a7c8d9e0f").Replace(op[1])
		for _, u := range []*user{anonymous, nonsense} {
			u.do(op[0], path, nil).refused(t, http.StatusUnauthorized, domain.CodeUnauthenticated)
		}
		if op[0] == http.MethodGet {
			continue
		}
		var body any
		if x, ok := caseOperations[id]; ok {
			body = x.body(w)
		}
		if id == "searchCases" { // a question, whose body keeps what is typed out of the address
			reader.do(op[0], path, map[string]any{"party": "王小明"}).want(t, http.StatusOK)
			continue
		}
		if id == "checkTerms" { // stores nothing
			reader.do(op[0], path, body).want(t, http.StatusOK)
			continue
		}
		if a := reader.do(op[0], path, body); a.status != http.StatusForbidden && a.status != http.StatusUnauthorized {
			t.Errorf("%s with a token that may only read: %d %s", id, a.status, a.raw)
		}
	}
	if a := reader.get("/cases/" + c); a.status != http.StatusOK {
		t.Errorf("read by token: %d %s", a.status, a.raw)
	}
}

// TestListsCountsAlertsAndFigures reads what goes over many cases as everybody, first with both walls, then with the
// application's own condition switched off: no foreign row shows either way.
func TestListsCountsAlertsAndFigures(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	id := w.caseIn(t, "registered")
	w.caseIn(t, "settled")
	w.now = w.now.AddDate(0, 0, 10)
	run, err := jobs.New(w.Store, w.Store.Pool(), w.clock, slog.New(slog.DiscardHandler))
	fatal(t, err)
	for _, job := range []string{"alerts", "rates"} {
		_, err := run.RunOnce(t.Context(), job, w.now)
		fatal(t, err)
	}
	bare := openOn(t, w.Town, w.Reopen(t, storage.Options{SecondWallOnly: true}))
	bare.now = w.now
	for _, o := range []*office{w.office, bare} {
		for _, r := range relations {
			t.Run(fmt.Sprintf("%v %s", o == bare, r.name), func(t *testing.T) {
				u := o.signIn(t, r.name)
				if r.caseless() {
					for _, path := range []string{"/cases", "/cases/count", "/alerts"} {
						u.get(path).refused(t, http.StatusForbidden, domain.CodeForbidden)
					}
					for path, body := range questions() {
						u.post(path, body).refused(t, http.StatusForbidden, domain.CodeForbidden)
					}
				} else {
					r.readsLists(t, u, id)
				}
				a := u.get("/rates?from=2026-11&to=2026-11")
				switch {
				case a.status == http.StatusForbidden && !r.rates:
				case a.status != http.StatusOK:
					t.Errorf("rates: %d %s", a.status, a.raw)
				case (a.text(t, "total", "denominator") == "1") != r.rates:
					t.Errorf("rates: %s", a.raw)
				}
			})
		}
	}
}

func (r relation) readsLists(t *testing.T, u *user, id domain.CaseID) {
	t.Helper()
	cases := 0
	if r.sees {
		cases = 2
	}
	if n := u.get("/cases").want(t, http.StatusOK).size(t, "items"); n != cases {
		t.Errorf("%d cases in the list, want %d", n, cases)
	}
	if n := u.get("/cases/count").want(t, http.StatusOK).text(t, "count"); n != fmt.Sprint(cases) {
		t.Errorf("%s counted, want %d", n, cases)
	}
	for path, body := range questions() {
		if path == "/cases/similar" && r.role == domain.RoleConnector {
			u.post(path, body).refused(t, http.StatusForbidden, domain.CodeForbidden)
			continue
		}
		a := u.post(path, body).want(t, http.StatusOK)
		if n := strings.Count(string(a.raw), `"areaPath"`); n != cases {
			t.Errorf("%s shows %d cases, want %d: %s", path, n, cases, a.raw)
		}
		// that it is there, and with whom, is told to whoever takes in disputes
		if n := a.size(t, "items"); path == "/cases/similar" && n != 2 || path != "/cases/similar" && n != cases {
			t.Errorf("%s: %d answered: %s", path, n, a.raw)
		}
	}
	status := http.StatusNotFound
	if r.sees {
		status = http.StatusOK
	}
	u.get("/cases/"+id.String()).want(t, status)
	u.get("/cases/"+id.String()+"/events").want(t, status)
}

// TestWhoTakesInDisputes tries intake, and the change of a point, as everybody.
func TestWhoTakesInDisputes(t *testing.T) {
	t.Parallel()
	w := peopled(t, open(t))
	keepers := "own-keeper next-point-keeper same-town-keeper"
	mediators := committee + " same-town-director town-director other-town-mediator"
	for _, r := range relations {
		for path, x := range map[string]struct {
			body any
			may  string
			ok   int
		}{
			"/cases":                     {quarrel(), keepers + " " + mediators, http.StatusCreated},
			"/cases/clues":               {clue(), keepers + " " + mediators, http.StatusCreated},
			"/cases/instant-settlements": {settled(), mediators, http.StatusCreated},
			fmt.Sprintf("/points/%d/status-changes", w.PointA2): {
				map[string]any{"status": "paused", "from": today, "reason": "房屋改造"}, "town-office bureau", http.StatusOK,
			},
		} {
			a := w.users[r.name].post(path, x.body)
			want := http.StatusForbidden
			if slices.Contains(strings.Fields(x.may), r.name) {
				want = x.ok
			}
			if strings.HasPrefix(path, "/points") && want == http.StatusOK && a.status == http.StatusConflict {
				continue // the second of the two finds it paused
			}
			if a.status != want && (want != http.StatusOK || a.status != http.StatusCreated) {
				t.Errorf("%s as %s: %d, want %d: %s", path, r.name, a.status, want, a.raw)
			}
		}
	}
}
